"""Counting a deadline again once a year's holidays are known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ojr_desk.rules.cases import LIMITS, Done, Limit, deadline_now, due, state_of
from ojr_desk.rules.workdays import Calendar, Deadline
from ojr_desk.text import _, listed

#: By which step the clock of a stopped case would run again.
_RESTART = {"paused": "resume", "escalated": "answer"}
Limits = Mapping[str, Limit]


@dataclass(frozen=True)
class Recounted:
    """What counting again did: number, old and new day of each case that moved, and the cases that must wait.

    A counting again is a step of today. Where today's month is closed already it takes no more steps, so
    the cases wait for the next month, as corrections do.
    """

    moved: tuple[tuple[str, date, date], ...]
    waiting: tuple[str, ...]

    @property
    def notice(self) -> str:
        """Say what could not be counted again, and what to do; nothing where all was."""
        if not self.waiting:
            return ""
        told = _(
            "本月已经结账，{n} 件的到期日（{numbers}）还是暂估的：请到下个月再录入一次放假安排，那时重算。"
        )
        return told.format(n=len(self.waiting), numbers=listed(self.waiting, most=5))


def recounted(
    case: Any,
    steps: Sequence[tuple[Done, bool]],
    calendar: Calendar,
    now: datetime,
    limits_on: Callable[[date], Limits],
) -> Deadline | None:
    """Tell the deadline that *steps* would have set, had *calendar* been known; None where none is set.

    Each step comes with whether it was itself a counting again. A day that a person chose stays; one
    that the program had counted, with the years known then, is counted anew, by the limits of its day or,
    where these were entered later, by the defaults that it was counted by.
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
            known = _known_in(calendar, done.at.year)
            for limits in (limits_on(done.at.date()), LIMITS):
                if day == _counted(case, [*then[:-1], bare], known, limits):
                    anew = _counted(case, [*fresh, bare], calendar, limits)
                    done = replace(done, values={**done.values, "due_on": anew})
                    break
        fresh.append(done)
    if restart := _RESTART.get(state_of(fresh)):
        fresh.append(Done(restart, now, "", {}))
    return deadline_now(fresh, calendar)


def _counted(case: Any, steps: Sequence[Done], calendar: Calendar, limits: Limits) -> date | None:
    """Tell the deadline that the program sets with the last of *steps*."""
    last = steps[-1]
    if last.step == "accept":
        return due(case.matter_nature, case.urgency, last.at.date(), calendar, limits, case.source).day
    deadline = deadline_now(steps, calendar)
    return deadline.day if deadline else None


def _known_in(calendar: Calendar, year: int) -> Calendar:
    """Give the calendar without the notices of later years, which an estimate did not know."""
    days = tuple(day for day in calendar.days if day.day.year <= year)
    return Calendar(days, frozenset(known for known in calendar.years if known <= year))
