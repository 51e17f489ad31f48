"""Numbers as people write them into tables of their own: read with certainty, or refused with what to write.

Nothing that is no number ever counts as nought, and an empty cell is none at all.
"""

import re
from datetime import date, time, timedelta
from decimal import Decimal

from ojr_desk.exchange.cells import Fault, Value, text_of
from ojr_desk.exchange.handmade_words import ANY_UNIT, SCALES, number_of
from ojr_desk.exchange.old_book_words import is_nothing
from ojr_desk.figures import Sum
from ojr_desk.moments import plain
from ojr_desk.problems import Wrong
from ojr_desk.text import _

#: More than this of anything that is counted one by one is a slip; of money a hundred times a million times more.
_MOST = 10**7
_MOST_PARTS = 10**13
_QUOTED = 20


def number_in(value: Value, indicator: Sum) -> int | None:
    """Read how much of *indicator* a cell tells, in its parts; None where it tells nothing. Raises `Wrong`.

    `2 000`, `２０`, `1,200件` and `3万` are numbers; 无 and / tell nothing; 约20, 95% and 二十来件 are refused.
    """
    if isinstance(value, Fault):
        raise Wrong(_("公式出错，显示为 {fault}，请改成实际的数").format(fault=value), "cell_error")
    if isinstance(value, bool | date | time | timedelta):
        told = _("要填数字，却是“{text}”。请把这一格的格式改成“常规”，重新填写")
        raise Wrong(told.format(text=text_of(value)), "not_a_number")
    said = "".join(plain(text_of(value)).split())
    if is_nothing(said):
        return None
    found = number_of(said)
    if found is None:
        told = _("“{text}”看不出是多少，请只写数字，例如 12；没有的写 0")
        raise Wrong(told.format(text=text_of(value)[:_QUOTED]), "not_a_number")
    digits, scale, unit = found
    if unit not in (*ANY_UNIT, indicator.unit):
        told = _("要填多少{unit}，写的却是“{text}”，请核对")
        raise Wrong(told.format(unit=_(indicator.unit), text=text_of(value)[:_QUOTED]), "other_unit")
    return _parts(Decimal(digits) * SCALES[scale], indicator, text_of(value))


def looks_like_a_number(value: Value) -> bool:
    """Tell whether a cell may be meant as a number, however it is written."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float | Decimal):
        return True
    said = plain(text_of(value))
    return isinstance(value, str) and len(said) <= _QUOTED and bool(re.search(r"[0-9]", said))


def _parts(number: Decimal, indicator: Sum, text: str) -> int:
    parts = number * indicator.scale
    if parts != parts.to_integral_value():
        told = _("“{text}”不是整数，要填多少{unit}，请核对")
        raise Wrong(told.format(text=text[:_QUOTED], unit=_(indicator.unit)), "not_whole")
    if parts > (_MOST if indicator.scale == 1 else _MOST_PARTS):
        told = _("“{text}”大得不像真的，请核对是不是多写了几位或带错了单位")
        raise Wrong(told.format(text=text[:_QUOTED]), "too_much")
    return int(parts)
