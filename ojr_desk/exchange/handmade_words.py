"""By what words villages call our indicators, and write numbers, months and names, in tables of their own."""

import re
from collections.abc import Mapping

from ojr_desk.exchange.old_book_words import is_closing
from ojr_desk.exchange.table import forms
from ojr_desk.figures import INDICATORS
from ojr_desk.moments import plain

#: Words for indicators beside their titles; each means one of them only.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "open_days_due": ("应开放", "应开放天数"),
    "open_days_actual": ("开放天数", "实开放", "实际开放", "实际开放天数", "开放"),
    "shifts_due": ("应到岗班次", "排班班次"),
    "shifts_kept": ("实到班次", "实际到岗班次"),
    "n_visit": ("来访", "接待来访", "来访登记", "来访批次", "接待群众来访", "群众来访"),
    "visit_heads": ("来访人数", "接待人次", "接待人数", "接待群众人次", "来访群众人次"),
    "n_call": ("来电", "接听来电", "来电登记", "群众来电", "电话咨询"),
    "n_letter": ("来信", "收到来信", "来信登记", "群众来信", "信件"),
    "carry_in": ("上月结转", "结转", "上月未办结", "上期未办结"),
    "accepted": ("受理", "新受理", "受理诉求", "受理事项"),
    "closed": ("办结", "已办结", "办结事项"),
    "withdrawn": ("撤回",),
    "carry_out": ("在办", "月末在办", "未办结", "正在办理", "办理中"),
    "not_accepted": ("不予受理",),
    "ontime": ("按期办结", "按时办结", "期限内办结"),
    "late": ("超期", "超期未办结"),
    "overdue": ("逾期", "逾期未办结"),
    "rated": ("回访", "回访评价"),
    "satisfied": ("满意",),
    "entries": ("登记", "台账登记"),
    "backfilled": ("补录",),
}
#: What heads the column of this month's numbers, and any column of numbers.
NOW = frozenset(("本月", "本期", "当月", "本月数", "本期数"))
NUMBERS = frozenset(("数", "数量", "数值", "数字", "件数", "填报", "填报数", "合计", "多少"))
#: How much a sign behind a number multiplies it, and units that may follow any number, whatever is counted.
SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
ANY_UNIT = ("", "个", "次")
_NUMBER = re.compile(
    r"[共计]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|\.[0-9]+)(千万|百万|亿|万|千|百)?"
    r"(人次|件次|小时|[人名位个件次天班条场元封起批户家])?"
)
#: By what words the title of a list says which of the three books it is.
VISITS, CALLS, LETTERS = "来访", "来电", "来信"
_BOOKS = {VISITS: VISITS, CALLS: CALLS, LETTERS: LETTERS, "接待": VISITS, "电话": CALLS, "信件": LETTERS}
#: A day on which a table was made, which says nothing of the month that it is about.
_MADE_ON = re.compile(r"(?:日期|时间|截至|截止)[:]?[0-9]{4}[-年./][0-9]{1,2}[-月./][0-9]{1,2}(?:日|00:00)*")
_DAY = ("日期", "时间")
#: What the name of a unit ends in, which people leave out.
_SORTS = ("社区", "村", "居")
_LEAST_NAME = 2
_ORDINAL = re.compile(
    r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[.、)]|^\([0-9一二三四五六七八九十]{1,3}\)"
)
_LEADING = re.compile(r"^(?:其中|本月|本期|当月)[:]?")
_TRAILING = re.compile(r"(?:件数|总数|数量|数|情况|\(?件\)?)$")


def meant_by(*labels: str) -> str | None:
    """Find the code of the indicator that the first of *labels* to be known stands for; None if none is."""
    return next((known for label in labels for word in _shapes(label) if (known := _KNOWN.get(word))), None)


def is_title(label: str, code: str) -> bool:
    """Tell whether *label* is what we call an indicator ourselves."""
    return not set(forms(label)).isdisjoint(forms(INDICATORS[code].title))


def number_of(text: str) -> tuple[str, str, str] | None:
    """Part a number, written without blanks and full width, into digits, scale and unit; None if it is none."""
    found = _NUMBER.fullmatch(text)
    return (found[1].replace(",", ""), found[2] or "", found[3] or "") if found else None


def books_of(title: str) -> set[str]:
    """Tell of which of the three books the title of a list speaks."""
    return {book for word, book in _BOOKS.items() if word in title}


def without_days(text: str) -> str:
    """Leave the day out on which a table was made."""
    said = _MADE_ON.sub("", "".join(plain(text).split()))
    return "" if is_closing([said]) and any(word in said for word in _DAY) else said


def bare(name: str) -> str:
    """Name a unit without its sort, as 前岸 for 前岸村; nothing where too little would be left."""
    found = next((name.removesuffix(sort) for sort in _SORTS if name.endswith(sort)), name)
    return found if len(found) >= _LEAST_NAME else ""


def _shapes(label: str) -> list[str]:
    """Write a label in ever shorter shapes."""
    full, short = forms(label)
    found = [full, short]
    bare = _LEADING.sub("", _ORDINAL.sub("", short))
    found += [bare, _TRAILING.sub("", bare)]
    return list(dict.fromkeys(each for each in found if each))


def _known() -> dict[str, str]:
    """Gather every word; a title goes before a synonym, that before what is left of a title."""
    told: dict[str, str] = {}
    for shape in range(4):
        for code, each in INDICATORS.items():
            shapes = _shapes(each.title)
            told.setdefault(shapes[min(shape, len(shapes) - 1)], code)
        if shape == 0:
            told |= {word: code for code, words in SYNONYMS.items() for word in words if word not in told}
    return told


_KNOWN = _known()
