"""Opening days and sessions: when a centre should be open by its rules, and when it was shut all the same.

Opening days are not working days: centres open at weekends too. A later rule takes an earlier one's place, 临时关闭 the
place of all; on public holidays only a rule for holidays holds. A Sunday that is worked (调休上班) is opened as the
weekday whose place it takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from ojr_desk.moments import Month
from ojr_desk.rules.workdays import Calendar

#: The days of the week as rules name them, Monday first.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FREE = ("holiday", "lieu")
_WORKDAYS = 5


@dataclass(frozen=True)
class Hours:
    """One rule: its kind, from when to when it holds, on which days of the week, and its sessions."""

    kind: str
    since: date
    until: date | None
    weekdays: tuple[str, ...]
    sessions: tuple[tuple[time, time], ...] = ()

    def holds(self, day: date) -> bool:
        """Tell whether the rule speaks of *day*."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Sitting:
    """One session of a day, and the kind of the rule by which it is."""

    starts: time
    ends: time
    kind: str = "regular"


@dataclass(frozen=True)
class OpenDays:
    """On which days of a month a centre should have been open, and was."""

    due: tuple[date, ...]
    kept: tuple[date, ...]


def open_days(rules: Sequence[Hours], month: Month, calendar: Calendar) -> OpenDays:
    """Tell the opening days of *month* by *rules*."""
    days = [month.first + timedelta(step) for step in range(month.last.day)]
    due = tuple(day for day in days if ruling(rules, day, calendar))
    shut = [rule for rule in rules if rule.kind == "closed"]
    return OpenDays(due, tuple(day for day in due if not any(rule.holds(day) for rule in shut)))


def sittings(rules: Sequence[Hours], day: date, calendar: Calendar) -> tuple[Sitting, ...]:
    """List the sessions of *day* in their order: those of the last rule that holds, and beside them 延时服务.

    *rules* are in the order in which they began. A day on which the centre is shut has none.
    """
    if any(rule.kind == "closed" and rule.holds(day) for rule in rules):
        return ()
    held = ruling(rules, day, calendar)
    chosen = [rule for rule in held if rule.kind != "extended"][-1:]
    chosen += [rule for rule in held if rule.kind == "extended"]
    found = {Sitting(*session, rule.kind) for rule in chosen for session in rule.sessions}
    return tuple(sorted(found, key=lambda each: (each.starts, each.ends, each.kind)))


def ruling(rules: Sequence[Hours], day: date, calendar: Calendar) -> list[Hours]:
    """List the rules by which the centre should be open on *day*."""
    held = [rule for rule in rules if rule.kind != "closed" and rule.holds(day)]
    kind = calendar.kind(day)
    if kind in _FREE or (kind == "weekend" and calendar.name(day)):
        return [rule for rule in held if rule.kind == "holiday"]
    held = [rule for rule in held if rule.kind != "holiday"]
    if kind == "makeup":
        workdays = set(WEEKDAYS[:_WORKDAYS])
        if found := [rule for rule in held if workdays & set(rule.weekdays)]:
            return found
    return [rule for rule in held if WEEKDAYS[day.weekday()] in rule.weekdays]
