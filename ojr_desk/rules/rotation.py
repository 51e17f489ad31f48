"""接上月最后一人轮排: the list goes on where last month ended, whoever cannot come changes places with the next.

Who is passed over keeps the front of the queue and comes as soon as possible, so nobody loses a turn by being away
for a day. Sessions of one day go to one person where one can take them all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations, groupby

from ojr_desk.rules.shifts import HOLIDAYS, Slot, day_kind, overlap
from ojr_desk.rules.workdays import Calendar
from ojr_desk.text import N_

Span = tuple[datetime, datetime]
#: Why somebody cannot take a place, or "" where nothing speaks against it.
Unable = Callable[[str, Slot], str]
#: Why people are passed over.
REASONS: Mapping[str, str] = {
    "leave": N_("请假"),
    "away": N_("不在岗"),
    "weekday": N_("这个星期几不排"),
    "busy": N_("同一时间已有班"),
}


@dataclass(frozen=True)
class Filled:
    """A place and who got it; *passed* are those whose turn it was, each with a key of `REASONS`."""

    slot: Slot
    who: str
    passed: tuple[tuple[str, str], ...] = ()
    is_pinned: bool = False


@dataclass(frozen=True)
class Unmet:
    """A place that nobody could take, and why each could not."""

    slot: Slot
    passed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rotation:
    """A month's places, filled as far as people reach."""

    filled: tuple[Filled, ...]
    unmet: tuple[Unmet, ...]

    @property
    def last(self) -> str:
        """Name who was last: next month goes on after them."""
        return self.filled[-1].who if self.filled else ""


@dataclass
class _Queue:
    """Who is next, and when everybody is taken already."""

    waiting: list[str]
    unable: Unable
    taken: dict[str, list[Span]] = field(default_factory=dict)

    def why_not(self, who: str, slot: Slot) -> str:
        """Tell why *who* cannot take a place."""
        if reason := self.unable(who, slot):
            return reason
        return "busy" if any(overlap(slot.span, span) for span in self.taken.get(who, ())) else ""

    def take(self, who: str, slot: Slot) -> None:
        """Give a place to *who*, whose next turn comes after everybody else's."""
        self.taken.setdefault(who, []).append(slot.span)
        if who in self.waiting:
            self.waiting.remove(who)
            self.waiting.append(who)


def rotate(
    wanted: Sequence[Slot],
    order: Sequence[str],
    unable: Unable,
    last: str = "",
    pinned: Mapping[Slot, str] | None = None,
    taken: Iterable[tuple[str, Span]] = (),
) -> Rotation:
    """Fill the *wanted* places of one duty by the list *order*, beginning after *last*.

    *pinned* places stay with whom a person gave them; *taken* is when people are on duty elsewhere.
    """
    pinned = pinned or {}
    queue = _Queue(after(order, last), unable)
    for who, span in (*taken, *((who, slot.span) for slot, who in pinned.items())):
        queue.taken.setdefault(who, []).append(span)
    filled: list[Filled] = []
    unmet: list[Unmet] = []
    in_order = sorted(wanted, key=lambda slot: (slot.day, slot.starts, slot.ends))
    for _day, group in groupby(in_order, key=lambda slot: slot.day):
        for each in _turn(tuple(group), queue, pinned):
            if isinstance(each, Filled):
                filled.append(each)
            else:
                unmet.append(each)
    return Rotation(tuple(filled), tuple(unmet))


def after(order: Sequence[str], last: str) -> list[str]:
    """Turn a list so that it begins after *last*; whoever is named twice comes once."""
    names = list(dict.fromkeys(order))
    if last not in names:
        return names
    place = names.index(last) + 1
    return names[place:] + names[:place]


def _turn(day: tuple[Slot, ...], queue: _Queue, pinned: Mapping[Slot, str]) -> Iterator[Filled | Unmet]:
    """Fill the places of a day: by one person if one can come to all that are free, else one by one."""
    free = [slot for slot in day if slot not in pinned]
    at_once = any(overlap(one.span, other.span) for one, other in combinations(free, 2))
    who, passed = _first(free, queue) if free and not at_once else ("", ())
    for slot in day:
        if slot in pinned:
            queue.take(pinned[slot], slot)
            yield Filled(slot, pinned[slot], (), is_pinned=True)
            continue
        chosen, why = (who, passed) if who else _first([slot], queue)
        if not chosen:
            yield Unmet(slot, why)
            continue
        queue.take(chosen, slot)
        yield Filled(slot, chosen, why)


def _first(places: Sequence[Slot], queue: _Queue) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Find the first in the queue who can take all *places*, and who was passed over and why."""
    passed: list[tuple[str, str]] = []
    for who in queue.waiting:
        reason = next((why for slot in places if (why := queue.why_not(who, slot))), "")
        if not reason:
            return who, tuple(passed)
        passed.append((who, reason))
    return "", tuple(passed)


@dataclass(frozen=True)
class Tally:
    """How many days somebody was on duty: in all, at weekends, on holidays, as leader."""

    total: int = 0
    weekends: int = 0
    holidays: int = 0
    leads: int = 0


def tally(duties: Iterable[tuple[str, date, str]], calendar: Calendar) -> dict[str, Tally]:
    """Count for everybody the days of *duties*: who, when, what; two sessions of a day are one day."""
    found: dict[str, Tally] = {}
    for who, day, duty in sorted({(who, day, duty == "lead") for who, day, duty in duties}):
        so_far, kind = found.get(who, Tally()), day_kind(day, calendar)
        found[who] = Tally(
            so_far.total + 1,
            so_far.weekends + (kind == "weekend"),
            so_far.holidays + (kind in HOLIDAYS),
            so_far.leads + duty,
        )
    return found
