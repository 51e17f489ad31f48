"""What a cell holds, and the same as text that a person would have typed."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from ojr_desk.problems import Wrong
from ojr_desk.text import _

#: How a column is shown in a workbook and read out of it.
Format = Literal["text", "integer", "decimal", "date", "moment", "clock"]


class Fault(str):
    """What a cell shows when its formula failed, such as `#REF!` or `#N/A`."""

    __slots__ = ()


Value = str | int | float | Decimal | bool | date | datetime | time | timedelta | None

#: Digits that Excel and WPS keep of a number; the rest become noughts for ever.
EXACT_DIGITS = 15
#: Days that a bare number in a date column may stand for: 2000-01-01 to 2099-12-31.
FIRST_SERIAL, LAST_SERIAL = 36526, 73050
_MAC_SHIFT = (MAC_EPOCH - WINDOWS_EPOCH).days
_DAY = timedelta(days=1)
#: Blanks and marks that cling to pasted text and cannot be seen.
_UNSEEN = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+[0-9]{2,3}")


def text_of(value: Value) -> str:
    """Write a cell's value as a person reads it; an empty cell is no text, and 0 is `0`."""
    match value:
        case None:
            return ""
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").strip(_UNSEEN)
        case bool():
            return _("是") if value else _("否")
        case int():
            return str(value)
        case float() | Decimal():
            return _number(value)
        case datetime():
            return f"{value.date().isoformat()} {_clock(value.time())}"
        case date():
            return value.isoformat()
        case time():
            return _clock(value)
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"


def typed(value: Value, format: Format, epoch_1904: bool = False) -> str:
    """Write a cell's value as a person would have typed it into a field of *format*; raise `Wrong`.

    Only what is certain is turned: days that Excel counts, numbers that it kept exactly. What cannot be
    right is left as it stands, for `check` to judge.
    """
    if isinstance(value, Fault):
        message = _("公式出错，显示为 {fault}，请改成实际内容").format(fault=value)
        raise Wrong(message, "cell_error")
    if format == "text":
        return _exact(value)
    if isinstance(value, str):
        return unicodedata.normalize("NFKC", text_of(value)).strip(_UNSEEN)
    if format == "date":
        return _day(value, epoch_1904)
    if format == "moment":
        return _moment(value, epoch_1904)
    if format == "clock":
        return _time_of_day(value)
    if isinstance(value, date | time | timedelta):
        message = _("要填数字，却是日期或时间（{text}）。请把这一格的格式改成“常规”，重新填写")
        raise Wrong(message.format(text=text_of(value)), "date_for_number")
    return text_of(value)


def _exact(value: Value) -> str:
    """Write a number that stands for text, unless digits of it are lost already."""
    lost = isinstance(value, int | float | Decimal) and abs(value) >= 10**EXACT_DIGITS
    if lost or (isinstance(value, str) and _SCIENTIFIC.fullmatch(text_of(value))):
        message = _("号码被表格当成了数，末尾几位已经变成 0。请先把这一格设为“文本”格式，再重新填写")
        raise Wrong(message, "excel_rounded")
    return text_of(value)


def _day(value: Value, epoch_1904: bool) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = _counted(value, epoch_1904)
        return found.date().isoformat() if found else text_of(value)
    return text_of(value)


def _moment(value: Value, epoch_1904: bool) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = _counted(value, epoch_1904)
        if found:
            return text_of(found if found.time() != time() else found.date())
    return text_of(value)


def _time_of_day(value: Value) -> str:
    if isinstance(value, datetime):
        # People see the time alone where the cell's format shows only that.
        return _clock(value.time())
    if isinstance(value, float) and 0 < value < 1:
        value = timedelta(days=value)
    if isinstance(value, timedelta) and timedelta() <= value < _DAY:
        return text_of((datetime.min + value).time())
    return text_of(value)


def _counted(value: int | float, epoch_1904: bool) -> datetime | None:
    """Find the moment that a bare number of days stands for, if it is one of this century."""
    days = value + _MAC_SHIFT if epoch_1904 else value
    if not FIRST_SERIAL <= days < LAST_SERIAL + 1:
        return None
    found = from_excel(days, WINDOWS_EPOCH)
    return found if isinstance(found, datetime) else None


def _number(value: float | Decimal) -> str:
    """Write a number with the digits that Excel shows and no exponent."""
    exact = value if isinstance(value, Decimal) else Decimal(format(value, f".{EXACT_DIGITS}g"))
    plain = format(exact, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain and isinstance(value, float) else plain


def _clock(value: time) -> str:
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
