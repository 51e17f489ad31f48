"""Bookings of rooms: which of them clash, and which must give way to which.

A booking holds its room from its start up to, not including, its end: who leaves at ten meets nobody who
comes at ten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ojr_desk.text import N_

#: What a booking is for, the most urgent first; who comes later in the list gives way.
PRIORITIES: Mapping[str, str] = {
    "emergency": N_("应急征用"),
    "party": N_("党组织生活、上级会议"),
    "village": N_("村级会议"),
    "approved": N_("已批准活动"),
    "ordinary": N_("一般"),
}
_RANKS = tuple(PRIORITIES)


@dataclass(frozen=True)
class Slot:
    """One room from *start* up to *end*, for a purpose of some *priority*, a key of `PRIORITIES`."""

    room: str
    start: datetime
    end: datetime
    priority: str = "ordinary"


def clash(one: Slot, other: Slot, buffer: timedelta = timedelta()) -> bool:
    """Tell whether two bookings want one room at one time; *buffer* is for cleaning up between them."""
    return one.room == other.room and one.start < other.end + buffer and other.start < one.end + buffer


def bumped(wanted: Slot, held: Sequence[Slot], buffer: timedelta = timedelta()) -> tuple[Slot, ...] | None:
    """Return which of the *held* give way to *wanted*, each to be told so; None where one of them may stay."""
    rank = _RANKS.index(wanted.priority)
    clashing = tuple(each for each in held if clash(wanted, each, buffer))
    return clashing if all(rank < _RANKS.index(each.priority) for each in clashing) else None
