"""The clock of a case: the limits, the deadline with its pauses, the time taken, and 督办 when it runs out.

The day of acceptance does not count. Limits are told with their unit, for 日 are natural days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ojr_desk.rules.casebook import NATURES, RUNNING, Done, day_in, state_of, trail
from ojr_desk.rules.workdays import Calendar, Deadline
from ojr_desk.text import N_

UNITS: Mapping[str, str] = {"working": N_("个工作日"), "natural": N_("日（自然日）")}


@dataclass(frozen=True)
class Limit:
    """How long a matter may take, in days of a *unit*, a key of `UNITS`."""

    days: int
    unit: str = "working"


#: What is limited: a matter of each nature, and what has a limit of its own whatever the matter is.
LIMITED: Mapping[str, str] = {
    **NATURES,
    "livelihood": N_("民生小事（村社即办）"),
    "mediate": N_("首次调解"),
    "take_up": N_("签收"),
    "follow_up": N_("回访"),
    "late_entry": N_("补录宽限"),
}
#: The default limits; none is in the standard, and the superior may set others.
LIMITS: Mapping[str, Limit] = {
    "consult": Limit(1),
    "help": Limit(3),
    "service": Limit(3),
    "suggestion": Limit(5),
    "criticism": Limit(5),
    "complaint": Limit(5),
    "accusation": Limit(1),
    "praise": Limit(5),
    "dispute": Limit(30, "natural"),
    "booking": Limit(1),
    "other": Limit(5),
    "livelihood": Limit(2),
    "mediate": Limit(3),
    "take_up": Limit(1),
    "follow_up": Limit(5),
    "late_entry": Limit(1),
}
SUPERVISION: Mapping[str, str] = {
    "none": N_("正常"),
    "near": N_("临期"),
    "due": N_("到期"),
    "late1": N_("逾期，督办一次"),
    "late3": N_("逾期，督办二次"),
    "late5": N_("逾期件，报上级"),
}


def due(
    nature: str,
    urgency: str,
    accepted_on: date,
    calendar: Calendar,
    limits: Mapping[str, Limit] = LIMITS,
    source: str = "",
) -> Deadline:
    """Return the deadline of a matter accepted on a day; urgent help is due on that day itself.

    A small matter of people's livelihood has the limit of its *source*, whatever its nature.
    """
    if (nature, urgency) == ("help", "urgent"):
        return Deadline(accepted_on, estimated=False)
    return _within(accepted_on, limits["livelihood" if source == "livelihood" else nature], calendar)


def _within(day: date, limit: Limit, calendar: Calendar) -> Deadline:
    count = calendar.natural_days_after if limit.unit == "natural" else calendar.working_days_after
    return count(day, limit.days)


@dataclass(frozen=True)
class Owed:
    """What is to be done next within a limit of its own, a key of `LIMITED`, and until when."""

    what: str
    deadline: Deadline


def owed(
    nature: str, steps: Sequence[Done], calendar: Calendar, limits: Mapping[str, Limit] = LIMITS
) -> Owed | None:
    """Tell which step has a limit of its own now: 签收 of what was assigned, the first mediation, the call-back."""
    state = state_of(steps)
    what, since = "", ""
    if state == "assigned":
        what, since = "take_up", "assign"
    elif state == "closed":
        what, since = "follow_up", "close"
    elif nature == "dispute" and state in RUNNING and all(done.step != "progress" for done in steps):
        what, since = "mediate", "accept"
    began = next((done.at.date() for done in reversed(steps) if done.step == since), None)
    return Owed(what, _within(began, limits[what], calendar)) if began else None


def deadline_now(steps: Sequence[Done], calendar: Calendar) -> Deadline | None:
    """Return the deadline as *steps* have set it, put off by every stop of the clock since; None without one.

    It is put off by as many working days as the clock stood, also where the limit is of natural days. A stop that
    began after the deadline puts off nothing. A pause that goes on counts to the day on which it is expected
    to end, any other stop that goes on not yet.
    """
    setter = next((done for done in reversed(steps) if day_in(done.values, "due_on")), None)
    day = day_in(setter.values, "due_on") if setter else None
    if setter is None or day is None:
        return None
    set_on = setter.at.date()
    estimated = calendar.is_estimated_between(set_on, day)
    for since, until in _stops(steps):
        since = max(since, set_on)
        if since <= day:
            expected = until or _expected(steps) or since
            later = calendar.working_days_after(day, calendar.working_days_between(since, expected))
            day, estimated = later.day, estimated or later.estimated
    return Deadline(day, estimated)


def elapsed(steps: Sequence[Done], calendar: Calendar, today: date) -> int:
    """Count the working days since the clock started, without those on which it stood."""
    started = next(
        (done.at.date() for done, state in zip(steps, trail(steps), strict=True) if state in RUNNING), None
    )
    if started is None:
        return 0
    return calendar.working_days_between(
        started, today, [(since, until or today) for since, until in _stops(steps)]
    )


def supervision(deadline: Deadline, today: date, calendar: Calendar) -> str:
    """Tell how a case whose clock runs stands to its deadline, a key of `SUPERVISION`."""
    if today <= deadline.day:
        left = calendar.working_days_between(today, deadline.day)
        return "due" if today == deadline.day else "near" if left <= 2 else "none"
    late = calendar.working_days_between(deadline.day, today)
    return next((f"late{days}" for days in (5, 3, 1) if late >= days), "due")


def lateness(due_on: date | None, state: str, day: date, calendar: Calendar) -> int | None:
    """Count the working days by which a case in *state* is late on *day*; None where it is not."""
    if due_on is None or state not in RUNNING or day <= due_on:
        return None
    return calendar.working_days_between(due_on, day) or None


def _stops(steps: Sequence[Done]) -> list[tuple[date, date | None]]:
    """Return from when to when the clock stood; a stop that goes on has no end."""
    stops: list[tuple[date, date | None]] = []
    before = "registered"
    for done, after in zip(steps, trail(steps), strict=True):
        if before in RUNNING and after not in RUNNING:
            stops.append((done.at.date(), None))
        elif stops and before not in RUNNING and after in RUNNING:
            stops[-1] = (stops[-1][0], done.at.date())
        before = after
    return stops


def _expected(steps: Sequence[Done]) -> date | None:
    """Return the day on which the pause that goes on is expected to end."""
    if state_of(steps) != "paused":
        return None
    return next(day_in(done.values, "resume_on") for done in reversed(steps) if done.step == "pause")
