"""Bookings of rooms: which of them clash, which must give way to which, and what is free nearby.

A booking holds its room from its start up to, not including, its end: who leaves at ten meets nobody who
comes at ten.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from ojr_desk.text import N_

#: What a booking is for, the most urgent first; who comes later in the list gives way.
PRIORITIES: Mapping[str, str] = {
    "closure": N_("停用检修"),
    "emergency": N_("应急征用"),
    "party": N_("党组织生活、上级会议"),
    "village": N_("村级会议"),
    "approved": N_("已批准活动"),
    "ordinary": N_("一般"),
}
STATES: Mapping[str, str] = {
    "pending": N_("待审"),
    "approved": N_("已同意"),
    "declined": N_("已拒绝"),
    "cancelled": N_("已取消"),
    "bumped": N_("被让渡"),
    "in_use": N_("使用中"),
    "finished": N_("已完成"),
    "no_show": N_("未到场"),
}
#: In these states a booking holds its room.
HELD = ("pending", "approved", "in_use", "finished")
#: In these its room is, was or will be used.
USED = frozenset({"approved", "in_use", "finished"})
#: Nobody books a room for longer: a year that was mistyped would hold it for ever.
LONGEST = timedelta(days=92)
#: What is proposed lies between these hours of a day, unless the wish itself does not.
_HOURS = (time(8), time(21, 30))
_STEP = timedelta(minutes=30)
_DAY = timedelta(days=1)
#: How far from the wish something free is looked for.
_NEAR = timedelta(days=14)
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


def outranks(one: str, other: str) -> bool:
    """Tell whether a use of priority *one* may take the room from one of priority *other*."""
    return _RANKS.index(one) < _RANKS.index(other)


def bumped(wanted: Slot, held: Sequence[Slot], buffer: timedelta = timedelta()) -> tuple[Slot, ...] | None:
    """Return which of the *held* give way to *wanted*, each to be told so; None where one of them may stay."""
    clashing = tuple(each for each in held if clash(wanted, each, buffer))
    return clashing if all(outranks(wanted.priority, each.priority) for each in clashing) else None


def nearest_free(
    wanted: Slot, held: Sequence[Slot], buffer: timedelta, earliest: datetime, count: int = 3
) -> tuple[Slot, ...]:
    """Return the free slots of the same length nearest to *wanted*, none before *earliest*, none over another.

    They begin at half hours from the wish, or right beside what is *held*, on days up to two weeks away. What
    lasts over midnight is only moved by whole days.
    """
    found: list[Slot] = []
    for start in sorted(_starts(wanted, held, buffer), key=lambda each: (abs(each - wanted.start), each)):
        slot = replace(wanted, start=start, end=start + (wanted.end - wanted.start))
        if start < earliest or not _fits(slot, wanted):
            continue
        if any(clash(slot, each, buffer) for each in held) or any(clash(slot, each) for each in found):
            continue
        found.append(slot)
        if len(found) == count:
            break
    return tuple(found)


def _starts(wanted: Slot, held: Sequence[Slot], buffer: timedelta) -> set[datetime]:
    length = wanted.end - wanted.start
    step = _STEP if _is_within_a_day(wanted) else _DAY
    ticks = range(-(_NEAR // step), _NEAR // step + 1)
    starts = {wanted.start + tick * step for tick in ticks}
    if step == _DAY:
        return starts
    beside = (start for each in held for start in (each.end + buffer, each.start - buffer - length))
    return starts | {start for start in beside if abs(start - wanted.start) <= _NEAR}


def _is_within_a_day(slot: Slot) -> bool:
    return slot.start.date() == slot.end.date()


def _fits(slot: Slot, wanted: Slot) -> bool:
    """Tell whether people come at such hours."""
    if not _is_within_a_day(wanted):
        return True
    opens, shuts = min(_HOURS[0], wanted.start.time()), max(_HOURS[1], wanted.end.time())
    return _is_within_a_day(slot) and opens <= slot.start.time() and slot.end.time() <= shuts


def parts_of_day(day: datetime) -> Iterator[tuple[str, datetime, datetime]]:
    """Give 上午, 下午 and 晚上 of a day with the hours that a booking has when nobody says otherwise."""
    for name, start, end in (
        (N_("上午"), time(8, 30), time(11, 30)),
        (N_("下午"), time(14), time(17)),
        (N_("晚上"), time(18, 30), time(21)),
    ):
        yield name, datetime.combine(day, start), datetime.combine(day, end)
