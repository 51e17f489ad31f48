"""Shifts: which sorts there are, from when to when each lasts, and which a day needs.

Every opening session needs somebody at the desk; a day off by the State Council's notice needs somebody on watch
and a leader (带班), open or not; a day on which the centre is shut (临时关闭) needs nobody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ojr_desk.moments import Month
from ojr_desk.rules.hours import Hours, Sitting, sittings
from ojr_desk.rules.workdays import Calendar
from ojr_desk.text import N_

#: When a shift is.
SHIFTS: Mapping[str, str] = {
    "day": N_("全天"),
    "morning": N_("上午"),
    "afternoon": N_("下午"),
    "evening": N_("晚间"),
    "weekend": N_("周末"),
    "holiday": N_("节假日"),
    "flood": N_("防汛防台24小时"),
}
#: What is done in it.
DUTIES: Mapping[str, str] = {
    "desk": N_("坐班"),
    "watch": N_("值班"),
    "lead": N_("带班"),
    "extended": N_("错时延时服务"),
    "deputy": N_("党代表接待"),
    "emergency": N_("应急值守"),
}
#: From when to when a shift lasts where nobody says.
TIMES: Mapping[str, tuple[time, time]] = {
    "day": (time(8, 30), time(17)),
    "morning": (time(8, 30), time(11, 30)),
    "afternoon": (time(14), time(17)),
    "evening": (time(18, 30), time(20, 30)),
    "weekend": (time(9), time(11, 30)),
    "holiday": (time(8, 30), time(17)),
    "flood": (time(8), time(8)),
}
#: Shifts that may last until the next morning.
OVERNIGHT = frozenset({"evening", "holiday", "weekend", "flood"})
#: The sorts of days off of which the notice tells, as `day_kind` names them.
HOLIDAYS = frozenset({"holiday", "lieu"})
_NOON = time(12, 30)
_EVENING = time(17)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """One place on the roster: on which day, in which shift, for what, from when to when."""

    day: date
    shift: str
    duty: str
    starts: time
    ends: time

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Tell its first and last moment."""
        return span(self.day, self.starts, self.ends)


def span(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Tell the first and last moment of a shift; one that ends before it begins lasts into the next day."""
    last = day if ends > starts else day + _DAY
    return datetime.combine(day, starts), datetime.combine(last, ends)


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Tell whether two spans have a moment in common; who ends at noon may begin at noon."""
    return one[0] < other[1] and other[0] < one[1]


def day_kind(day: date, calendar: Calendar) -> str:
    """Tell what sort of day it is for a roster: a weekend within a holiday is one of its days."""
    kind = calendar.kind(day)
    return "holiday" if kind == "weekend" and calendar.name(day) else kind


def slots(month: Month, rules: Sequence[Hours], calendar: Calendar, with_leader: bool) -> tuple[Slot, ...]:
    """List the places that a month's roster has to fill, day by day; *with_leader* on every day that is open."""
    days = (month.first + n * _DAY for n in range(month.last.day))
    return tuple(slot for day in days for slot in _of_day(day, rules, calendar, with_leader))


def _of_day(day: date, rules: Sequence[Hours], calendar: Calendar, with_leader: bool) -> Iterator[Slot]:
    if any(rule.kind == "closed" and rule.holds(day) for rule in rules):
        return
    found = sittings(rules, day, calendar)
    is_holiday = day_kind(day, calendar) in HOLIDAYS
    if is_holiday:
        hours = found or (Sitting(*TIMES["holiday"]),)
        yield Slot(day, "holiday", "lead", hours[0].starts, hours[-1].ends)
        for each in hours:
            yield Slot(day, "holiday", "watch", each.starts, each.ends)
        return
    sitting = [each for each in found if each.kind != "extended"]
    if sitting and with_leader:
        yield Slot(day, "day", "lead", sitting[0].starts, sitting[-1].ends)
    for each in found:
        duty = "extended" if each.kind == "extended" else "desk"
        yield Slot(day, shift_of(each.starts, each.ends), duty, each.starts, each.ends)


def shift_of(starts: time, ends: time) -> str:
    """Name the shift of an opening session by its hours."""
    if starts >= _EVENING:
        return "evening"
    if starts >= _NOON:
        return "afternoon"
    return "day" if ends > _NOON else "morning"
