"""Opening days: which days of a month a centre should be open by its rules, and on which it was shut all the same.

Opening days are not working days: centres open at weekends too. A later rule takes an earlier one's place, 临时关闭 the
place of all; on public holidays only a rule for holidays holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ojr_desk.moments import Month
from ojr_desk.rules.workdays import Calendar

#: The days of the week as rules name them, Monday first.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FREE = ("holiday", "lieu")


@dataclass(frozen=True)
class Hours:
    """One rule: its kind, from when to when it holds, and on which days of the week."""

    kind: str
    since: date
    until: date | None
    weekdays: tuple[str, ...]

    def holds(self, day: date) -> bool:
        """Tell whether the rule speaks of *day*."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class OpenDays:
    """On which days of a month a centre should have been open, and was."""

    due: tuple[date, ...]
    kept: tuple[date, ...]


def open_days(rules: Sequence[Hours], month: Month, calendar: Calendar) -> OpenDays:
    """Tell the opening days of *month* by *rules*."""
    days = [month.first + timedelta(step) for step in range(month.last.day)]
    due = tuple(day for day in days if _is_due(rules, day, calendar))
    shut = [rule for rule in rules if rule.kind == "closed"]
    return OpenDays(due, tuple(day for day in due if not any(rule.holds(day) for rule in shut)))


def _is_due(rules: Sequence[Hours], day: date, calendar: Calendar) -> bool:
    held = [rule for rule in rules if rule.kind != "closed" and rule.holds(day)]
    if calendar.kind(day) in _FREE:
        return any(rule.kind == "holiday" for rule in held)
    return any(rule.kind != "holiday" and WEEKDAYS[day.weekday()] in rule.weekdays for rule in held)
