"""Working days: which days the State Council made free or working, and deadlines counted in them.

The day a thing is received is not counted (民法典 第二百零一条); a period of natural days that ends on
a free day ends on the next working day (第二百零三条). The yearly notice arrives in November, so a year
may be missing: then fixed-date holidays and weekends are taken, and what was counted is *estimated*.
"""

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from ojr_desk.moments import FIRST_YEAR, LAST_YEAR, Month
from ojr_desk.problems import Damaged
from ojr_desk.text import N_, _

#: The kinds of a day (日别).
KINDS = {
    "working": N_("工作日"),
    "makeup": N_("调休上班"),
    "weekend": N_("周末"),
    "holiday": N_("法定节假日"),
    "lieu": N_("调休休息"),
}

#: The years that `seed` knows.
SEED_YEARS = frozenset(range(2004, 2027))

#: Holidays whose statutory days are known by date; the lunar ones are known from the notice only.
_FIXED_NAMES = {"元旦", "劳动节", "国庆节"}
#: How the seed's names differ from those of the notices.
_NOTICE_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
_LIEU = "调休"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class CalendarDay:
    """One day that a notice names: free (*off*), or a weekend day that is worked.

    A name with 调休 marks a free day that is made up for; packs from elsewhere do not mark them.
    """

    day: date
    name: str
    off: bool


@dataclass(frozen=True)
class Deadline:
    """The last day of a period; *estimated* when a year without its notice was counted through."""

    day: date
    estimated: bool


@dataclass(frozen=True)
class Calendar:
    """What the notices of *years* say; of two *days* for one date the later in the tuple holds.

    An end of December may be governed by the next year's notice, so *days* reach beyond their year.
    """

    days: tuple[CalendarDay, ...]
    years: frozenset[int]

    @cached_property
    def _named(self) -> dict[date, CalendarDay]:
        return {named.day: named for named in self.days}

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on *day*."""
        named = self._named.get(day)
        if named:
            return not named.off
        return day.weekday() < 5 and (day.year in self.years or not _is_fixed_holiday(day))

    def is_estimated(self, day: date) -> bool:
        """Tell whether the notice for the year of *day* is missing."""
        return day.year not in self.years

    def kind(self, day: date) -> str:
        """Return what sort of day it is, a key of `KINDS`.

        A pack does not tell the statutory day of a lunar holiday from the days around it: there
        every free day that is not marked as 调休 counts as the holiday.
        """
        named = self._named.get(day)
        weekend = day.weekday() >= 5
        if self.is_working(day):
            return "makeup" if weekend else "working"
        if _is_fixed_holiday(day):
            return "holiday"
        if named and (_LIEU in named.name or named.name in _FIXED_NAMES):
            return "weekend" if weekend else "lieu"
        return "holiday" if named else "weekend"

    def name(self, day: date) -> str:
        """Name the holiday that *day* belongs to or is worked for; "" on an ordinary day."""
        named = self._named.get(day)
        return named.name if named else ""

    def working_days_after(self, day: date, count: int) -> Deadline:
        """Count *count* working days on from *day*, which itself is not counted; nought is *day*."""
        end = day
        for _counted in range(count):
            end = self._next_working(end)
        return Deadline(end, self.is_estimated_between(day, end))

    def natural_days_after(self, day: date, count: int) -> Deadline:
        """Count *count* natural days on from *day*; a free last day rolls to the next working day."""
        end = day + count * _DAY
        if count and not self.is_working(end):
            end = self._next_working(end)
        return Deadline(end, self.is_estimated_between(day, end))

    def working_days_between(self, start: date, end: date, pauses: Iterable[tuple[date, date]] = ()) -> int:
        """Count the working days after *start* up to *end*, without those after a pause began to its end.

        So a deadline of n working days lies n working days after its start; nought if *end* is not later.
        """
        stopped = {day for since, until in pauses for day in _days_after(since, min(until, end))}
        return sum(self.is_working(day) and day not in stopped for day in _days_after(start, end))

    def working_days_of(self, month: Month) -> int:
        """Count the working days of *month*."""
        return self.working_days_between(month.first - _DAY, month.last)

    def is_estimated_between(self, start: date, end: date) -> bool:
        """Tell whether a count from the day after *start* to *end* passes through a year without notice."""
        return start < end and any(
            year not in self.years for year in range((start + _DAY).year, end.year + 1)
        )

    def _next_working(self, day: date) -> date:
        day += _DAY
        while not self.is_working(day):
            day += _DAY
        return day


def seed() -> tuple[CalendarDay, ...]:
    """Return every named day of the notices for 2004 to 2026, as chinesecalendar publishes them."""
    from chinese_calendar import constants  # noqa: PLC0415 - twenty years of tables, for a new office only

    words = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    names = {key: _NOTICE_NAMES.get(word, word) for key, word in words.items()}
    off = [
        CalendarDay(day, names[key] + _LIEU if day in constants.in_lieu_days else names[key], True)
        for day, key in constants.holidays.items()
    ]
    worked = [CalendarDay(day, names[key], False) for day, key in constants.workdays.items()]
    return tuple(sorted(off + worked, key=lambda named: named.day))


def governing(day: date, years: Container[int]) -> int:
    """Tell the year whose notice governs *day*: of December the next year's, where that is among *years*.

    元旦 may begin in December and be worked for in December; no other holiday comes near it.
    """
    return day.year + 1 if day.month == 12 and day.year + 1 in years else day.year


def read_pack(json_text: str) -> tuple[int, tuple[CalendarDay, ...]]:
    """Read the notice of one year in the format of holiday-cn: `{year, papers, days: [{name, date, isOffDay}]}`.

    Raises `Damaged`, also for a year whose days are not published yet: such a file is empty.
    """
    try:
        pack = json.loads(json_text)
        year, entries = pack["year"], pack["days"]
        days = {_entry(entry, year) for entry in entries}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Damaged(_("这不是节假日文件，或者内容已损坏，请重新下载或向上级索取")) from error
    if not days:
        raise Damaged(_("{year}年的节假日文件是空的：通知还没有公布，请等公布后再导入").format(year=year))
    if len({named.day for named in days}) < len(days):
        raise Damaged(_("{year}年的节假日文件里同一天写了两次，而且不一致，请核对后再导入").format(year=year))
    return year, tuple(sorted(days, key=lambda named: named.day))


def write_pack(year: int, days: Sequence[CalendarDay]) -> str:
    """Write the notice of *year* for the neighbours, in the format that `read_pack` reads."""
    entries = [
        {"name": named.name, "date": named.day.isoformat(), "isOffDay": named.off}
        for named in sorted(days, key=lambda named: named.day)
    ]
    return json.dumps({"year": year, "papers": [], "days": entries}, ensure_ascii=False, indent=2) + "\n"


def _entry(entry: dict[str, object], year: object) -> CalendarDay:
    name, text, off = entry["name"], entry["date"], entry["isOffDay"]
    if not (isinstance(name, str) and isinstance(text, str) and isinstance(off, bool)):
        raise TypeError(entry)
    if not (type(year) is int and FIRST_YEAR <= year <= LAST_YEAR and 0 < len(name.strip()) <= 50):
        raise ValueError(year)
    day = date.fromisoformat(text)
    if day.year != year and Month.of(day) != Month(year - 1, 12):
        raise ValueError(text)
    return CalendarDay(day, name.strip(), off)


def _is_fixed_holiday(day: date) -> bool:
    """Tell whether 全国年节及纪念日放假办法 names the date: 1 January, 1 May (and more), 1 to 3 October."""
    labour = 3 if day.year < 2008 else 1 if day.year < 2025 else 2
    return day.day <= {1: 1, 5: labour, 10: 3}.get(day.month, 0)


def _days_after(start: date, end: date) -> Iterator[date]:
    return (start + step * _DAY for step in range(1, (end - start).days + 1))
