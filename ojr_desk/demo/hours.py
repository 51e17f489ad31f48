"""When the invented office is open: its rules, read as the register of opening hours means them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from ojr_desk.registers.opening import WEEKDAYS
from ojr_desk.rules.shifts import day_kind
from ojr_desk.rules.workdays import Calendar

_DAY = timedelta(days=1)
_WEEK = tuple(WEEKDAYS)
#: Which rules hold on a sort of day, the strongest first.
_RULES = {
    "working": ("summer", "regular"),
    "makeup": ("summer", "regular"),
    "weekend": ("weekend",),
    "holiday": ("holiday",),
    "lieu": ("holiday",),
}


@dataclass(frozen=True)
class Hours:
    """The opening hours of an office: rows of the register, and the calendar that they refer to."""

    calendar: Calendar
    rules: Sequence[Mapping[str, Any]]
    _known: dict[date, tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict)

    def sessions(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """List from when to when the office is open on *day*."""
        if day not in self._known:
            self._known[day] = tuple(self._sessions(day))
        return self._known[day]

    def is_office_day(self, day: date) -> bool:
        """Tell whether the staff are in: a working day on which the office is not shut."""
        return self.calendar.is_working(day) and bool(self.sessions(day))

    def office_days(self, since: date, until: date) -> Iterator[date]:
        """Yield the days from *since* to *until* on which the staff are in."""
        day = since
        while day <= until:
            if self.is_office_day(day):
                yield day
            day += _DAY

    def later(self, moment: datetime, days: int, rng: Random) -> datetime:
        """Draw a moment in office hours, *days* office days after *moment*; on the same day if there is time."""
        if days == 0 and self.is_office_day(moment.date()):
            soon = moment + timedelta(minutes=rng.randrange(6, 70))
            if any(start <= soon <= end for start, end in self.sessions(soon.date())):
                return soon
        day = moment.date()
        for _passed in range(max(days, 1)):
            day += _DAY
            while not self.is_office_day(day):
                day += _DAY
        return within(rng, *rng.choice(self.sessions(day)))

    def _sessions(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if any(rule["rule_type"] == "closed" and _holds(rule, day) for rule in self.rules):
            return
        for kind in _RULES[day_kind(day, self.calendar)]:
            rule = next((r for r in self.rules if r["rule_type"] == kind and _holds(r, day)), None)
            if rule is not None and (kind != "weekend" or _WEEK[day.weekday()] in rule["weekdays"]):
                for session in ("session1", "session2"):
                    if f"{session}_start" in rule:
                        start: time = rule[f"{session}_start"]
                        end: time = rule[f"{session}_end"]
                        yield datetime.combine(day, start), datetime.combine(day, end)
                return


def within(rng: Random, start: datetime, end: datetime) -> datetime:
    """Draw a minute between *start* and *end*."""
    return start + timedelta(minutes=rng.randrange(int((end - start).total_seconds()) // 60))


def _holds(rule: Mapping[str, Any], day: date) -> bool:
    since, until = rule.get("valid_from", date.min), rule.get("valid_to", date.max)
    return bool(since <= day <= until)
