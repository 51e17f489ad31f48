"""Counting a deadline again once a year's holidays are known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ojr_desk.rules.cases import Done, deadline_now, due, state_of
from ojr_desk.rules.workdays import Calendar, Deadline

#: By which step the clock of a stopped case would run again.
_RESTART = {"paused": "resume", "escalated": "answer"}


def recounted(
    case: Any, steps: Sequence[tuple[Done, bool]], calendar: Calendar, now: datetime
) -> Deadline | None:
    """Tell the deadline that *steps* would have set, had *calendar* been known; None where none is set.

    Each step comes with whether it was itself a counting again. A day that a person chose stays; one
    that the program had counted, with the years known then, is counted anew.
    """
    then: list[Done] = []
    fresh: list[Done] = []
    for done, again in steps:
        then.append(done)
        if again:
            continue
        day = done.values.get("due_on")
        if day is not None:
            bare = replace(
                done, values={name: value for name, value in done.values.items() if name != "due_on"}
            )
            if day == _counted(case, [*then[:-1], bare], _known_in(calendar, done.at.year)):
                done = replace(
                    done, values={**done.values, "due_on": _counted(case, [*fresh, bare], calendar)}
                )
        fresh.append(done)
    if restart := _RESTART.get(state_of(fresh)):
        fresh.append(Done(restart, now, "", {}))
    return deadline_now(fresh, calendar)


def _counted(case: Any, steps: Sequence[Done], calendar: Calendar) -> date | None:
    """Tell the deadline that the program sets with the last of *steps*."""
    last = steps[-1]
    if last.step == "accept":
        return due(case.matter_nature, case.urgency, last.at.date(), calendar).day
    deadline = deadline_now(steps, calendar)
    return deadline.day if deadline else None


def _known_in(calendar: Calendar, year: int) -> Calendar:
    """Give the calendar without the notices of later years, which an estimate did not know."""
    days = tuple(day for day in calendar.days if day.day.year <= year)
    return Calendar(days, frozenset(known for known in calendar.years if known <= year))
