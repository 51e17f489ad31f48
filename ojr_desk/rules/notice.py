"""The yearly notice of holidays: read from its text, written as one line for each holiday, turned into days.

The notice names for each holiday from when to when it lasts and which weekends are worked instead. Its
sentences have kept one form since 2008; what cannot be read is left to the hand.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from ojr_desk.moments import plain
from ojr_desk.problems import Wrong
from ojr_desk.rules.workdays import CalendarDay
from ojr_desk.text import _

#: The holidays of every year, in the order of the notice.
NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
IN_LIEU = "调休"
#: A holiday longer than this is a slip of the pen: with 调休 none had more than nine days.
LONGEST = 16
_HEAD = re.compile(r"(?:^|[一二三四五六七八九十]+、|\n)\s*([\u4e00-\u9fff]{2,8})[:\uff1a]")
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_DAY = re.compile(r"(?:(\d{4})\s*[年\-./])?\s*(\d{1,2})\s*(?:月|[\-./])\s*(\d{1,2})\s*日?")
_SPAN = re.compile(rf"{_DAY.pattern}\s*(?:[至到~—\-]+\s*(?:{_DAY.pattern}|(\d{{1,2}})\s*日))?")


@dataclass(frozen=True)
class Holiday:
    """One holiday: from its first to its last day, and the days at weekends that are worked for it."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...] = ()


def read_notice(text: str, year: int) -> list[Holiday]:
    """Read the holidays of *year* out of the text of the notice; raises `Wrong` where there are none."""
    text = _REMARK.sub("", plain(text) if "\n" not in text else "\n".join(map(plain, text.splitlines())))
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)][: len(heads)]
    found = [
        holiday
        for head, end in zip(heads, ends, strict=True)
        if (holiday := _read_one(head.group(1), text[head.end() : end], year)) is not None
    ]
    if not found:
        raise Wrong(
            _("没有读出放假日期，请把通知里“一、元旦：1月1日至3日放假……”这几段整段贴进来"), "no_holidays"
        )
    return found


def read_day(text: str, year: int) -> date:
    """Read a day of *year*, or of the December before, as people write it: `1.1`, `10月10日`, `2025-12-31`."""
    found = _DAY.fullmatch(plain(text))
    day = _day(found.groups(), year) if found else None
    if day is None:
        raise Wrong(_("“{text}”不是日期，请写成 10.1 这样").format(text=text[:20]), "day")
    return day


def read_days(text: str, year: int) -> tuple[date, ...]:
    """Read days parted by 、 or blanks."""
    return tuple(read_day(part, year) for part in re.split(r"[、，,;；\s]+", plain(text)) if part)


def days_of(holidays: Iterable[Holiday]) -> list[CalendarDay]:
    """Write holidays as the days of a yearly table; raises `Wrong` for a holiday that ends before it begins."""
    days: dict[date, CalendarDay] = {}
    for each in holidays:
        long = (each.last - each.first).days
        if not 0 <= long < LONGEST:
            raise Wrong(
                _("{name}从 {first} 到 {last}，请检查起止日期").format(
                    name=each.name, first=each.first.isoformat(), last=each.last.isoformat()
                ),
                "span",
            )
        for offset in range(long + 1):
            day = each.first + timedelta(days=offset)
            days[day] = CalendarDay(day, each.name, off=True)
        for day in each.worked:
            if day.weekday() < 5:
                told = _("{name}的上班日 {day} 本来就是工作日，请检查").format(
                    name=each.name, day=day.isoformat()
                )
                raise Wrong(told, "worked")
            days[day] = CalendarDay(day, each.name, off=False)
    return sorted(days.values(), key=lambda each: each.day)


def holidays_of(days: Sequence[CalendarDay]) -> Iterator[Holiday]:
    """Tell the holidays that the days of a yearly table make."""
    off = [each for each in days if each.off]
    runs = groupby(enumerate(off), lambda one: (_whose(one[1]), one[1].day.toordinal() - one[0]))
    for (name, _place), run in runs:
        span = [each.day for _at, each in run]
        worked = tuple(each.day for each in days if not each.off and _whose(each) == name)
        yield Holiday(name, span[0], span[-1], worked)


def _whose(day: CalendarDay) -> str:
    """Name the holiday that a day belongs to: some tables call the days in lieu by a name of their own."""
    return day.name.removesuffix(IN_LIEU)


def _read_one(name: str, told: str, year: int) -> Holiday | None:
    """Read what is told of one holiday: the first span are its days off, days before 上班 are worked."""
    span = _SPAN.search(told)
    if span is None:
        return None
    first = _day(span.groups()[:3], year)
    if first is None:
        return None
    last = _day(span.groups()[3:6], year) or first
    if span.group(7):
        last = first.replace(day=int(span.group(7))) if _exists(first, int(span.group(7))) else first
    worked: list[date] = []
    for sentence in re.split(r"[。；;\n]", told[span.end() :]):
        if "上班" in sentence:
            worked += [day for each in _DAY.finditer(sentence) if (day := _day(each.groups(), year))]
    return Holiday(name, first, last, tuple(worked))


def _exists(month: date, day: int) -> bool:
    try:
        month.replace(day=day)
    except ValueError:
        return False
    return True


def _day(parts: Sequence[str | None], year: int) -> date | None:
    stated, month, day = parts
    if not (month and day):
        return None
    try:
        return date(int(stated) if stated else year, int(month), int(day))
    except ValueError:
        return None
