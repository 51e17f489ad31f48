"""接上月最后一人轮排, with the office's own rules, people and calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.hours import rules_of
from ojr_desk.desk.in_force import in_force
from ojr_desk.desk.office import Office
from ojr_desk.desk.posted import is_in_post, leaves, shifts, span_of, turns
from ojr_desk.moments import Month
from ojr_desk.rules.hours import WEEKDAYS
from ojr_desk.rules.leaves import until
from ojr_desk.rules.rotation import REASONS, Filled, Rotation, Span, Unmet, rotate
from ojr_desk.rules.shifts import Slot, overlap, slots
from ojr_desk.store import records
from ojr_desk.store.asof import standing
from ojr_desk.text import N_, _, labelled, listed

#: Farther back nobody looks for who was last.
_LOOKED_BACK = timedelta(days=100)
_LEAD, _DESK = "lead", "desk"


@dataclass(frozen=True)
class Proposal:
    """A month's roster as the rotation would have it; *names* are of everybody in it, by key."""

    month: Month
    filled: tuple[Filled, ...]
    unmet: tuple[Unmet, ...]
    names: Mapping[str, str]

    def why(self, one: Filled | Unmet) -> str:
        """Say in a sentence why somebody got a place, or why nobody did."""
        passed = listed(
            (labelled(self.names.get(who, ""), _(REASONS[reason])) for who, reason in one.passed), N_("；")
        )
        if isinstance(one, Unmet):
            return _("没有人能来（{passed}）").format(passed=passed) if passed else _("轮值名单里没有人")
        if one.is_pinned:
            return _("已经排定，没有改动")
        return (
            _("轮到的来不了，和下一位对调（{passed}）").format(passed=passed) if passed else _("按顺序轮到")
        )


def wanted(session: Session, office: Office, month: Month) -> tuple[Slot, ...]:
    """List the places that the roster of *month* has to fill; leaders on ordinary days where a list of them is kept."""
    with_leader = any(each.duty_type == _LEAD for each in in_force(session, office, "turn", month.last))
    return slots(month, rules_of(session, office, month), office.calendar(session), with_leader)


def propose(session: Session, office: Office, month: Month) -> Proposal:
    """Go on with the rotation over *month*; what was given by hand, swapped or published stays."""
    places = wanted(session, office, month)
    fixed = _pinned(session, office, month, places)
    there = [each for each in shifts(session, office, month.first, month.last) if is_fixed(each)]
    taken = [(each.on_duty, span_of(each)) for each in there]
    found: list[Rotation] = []
    for duty in (_LEAD, _DESK):
        own = [slot for slot in places if (slot.duty == _LEAD) == (duty == _LEAD)]
        elsewhere = taken + [(each.who, each.slot.span) for part in found for each in part.filled]
        found.append(_rotate(session, office, month, own, fixed, elsewhere))
    filled = sorted((e for part in found for e in part.filled), key=lambda e: (e.slot.day, e.slot.starts))
    unmet = sorted((e for part in found for e in part.unmet), key=lambda e: (e.slot.day, e.slot.starts))
    told: list[Filled | Unmet] = [*filled, *unmet]
    people = {each.who for each in filled} | {who for each in told for who, _reason in each.passed}
    return Proposal(month, tuple(filled), tuple(unmet), records.labels(session, "staff", people))


def is_fixed(shift: Any) -> bool:
    """Tell whether a shift was given by hand, swapped or published, so that no rotation changes it."""
    return shift.source != "rotation" or shift.version is not None


def slot_of(shift: Any) -> tuple[date, str, str]:
    """Tell which place of the roster a stored shift fills."""
    return shift.duty_date, shift.shift, shift.duty_type


def _pinned(session: Session, office: Office, month: Month, places: Sequence[Slot]) -> dict[Slot, str]:
    fixed = {
        slot_of(each): each.on_duty
        for each in shifts(session, office, month.first, month.last)
        if is_fixed(each)
    }
    return {
        slot: fixed[slot.day, slot.shift, slot.duty]
        for slot in places
        if (slot.day, slot.shift, slot.duty) in fixed
    }


def _rotate(
    session: Session,
    office: Office,
    month: Month,
    own: Sequence[Slot],
    fixed: Mapping[Slot, str],
    taken: Sequence[tuple[str, Span]],
) -> Rotation:
    duty = own[0].duty if own and own[0].duty == _LEAD else _DESK
    listed_ = turns(session, office, month.last, duty)
    # Who leaves within the month is on the list up to the last day.
    listed_ += tuple(each for each in turns(session, office, month.first, duty) if each not in listed_)
    pinned = {slot: who for slot, who in fixed.items() if slot in set(own)}
    mine = {(who, slot.span) for slot, who in pinned.items()}
    people = [who for who, _not_on in listed_]
    unable = _Unable(session, office, month, people, dict(listed_))
    last = _last(session, office, month, duty)
    return rotate(own, people, unable, last, pinned, [each for each in taken if each not in mine])


class _Unable:
    """Tells why somebody cannot take a place: read once for a month, asked for every place."""

    def __init__(
        self,
        session: Session,
        office: Office,
        month: Month,
        people: Sequence[str],
        not_on: Mapping[str, frozenset[str]],
    ) -> None:
        start, end = datetime.combine(month.first, time()), datetime.combine(month.next().first, time())
        self._session, self._people, self._not_on = session, people, not_on
        self._away: dict[str, list[Span]] = {}
        for leave in leaves(session, office, start, end):
            span = (leave.start_at, until(leave.end_at, leave.returned_at))
            self._away.setdefault(leave.staff, []).append(span)
        self._members: dict[date, dict[str, Any]] = {}

    def __call__(self, who: str, slot: Slot) -> str:
        """Answer with a key of `REASONS`, or "" where nothing speaks against it."""
        if slot.day not in self._members:
            self._members[slot.day] = standing(self._session, "staff", self._people, slot.day)
        if not is_in_post(self._members[slot.day].get(who), slot.day):
            return "away"
        if any(overlap(slot.span, span) for span in self._away.get(who, ())):
            return "leave"
        return "weekday" if WEEKDAYS[slot.day.weekday()] in self._not_on.get(who, ()) else ""


def _last(session: Session, office: Office, month: Month, duty: str) -> str:
    """Name who was last before *month* as it was planned: a swap moves nobody's place on the list."""
    found = shifts(session, office, month.first - _LOOKED_BACK, month.first - timedelta(days=1))
    of_duty = [each for each in found if (each.duty_type == _LEAD) == (duty == _LEAD)]
    return str(of_duty[-1].staff) if of_duty else ""
