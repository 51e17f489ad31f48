"""The rooms: who uses them on a day, what a wished time meets, what is free nearby; moving and taking back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.booking_rules import (
    clash_words,
    clashes,
    held_between,
    pause_of,
)
from ojr_desk.desk.entries import Added, add_all, change_one
from ojr_desk.desk.office import Office
from ojr_desk.desk.registers import Registers
from ojr_desk.desk.uses import Room, Use, is_open, told_room, told_use
from ojr_desk.moments import Month
from ojr_desk.problems import Refused, Wrong
from ojr_desk.register import REGISTERS, Given, is_blank
from ojr_desk.rules.bookings import HELD, Slot, nearest_free
from ojr_desk.store import records
from ojr_desk.text import _, on_paper

_DAY = timedelta(days=1)
#: So many free slots and rooms are proposed.
_OFFERED = 3
#: Around a wish so much is looked at: what is proposed lies within two weeks.
_AROUND = timedelta(days=15)
_TIMES = ("start_at", "end_at")
#: What a booking that is moved into another month does not take along: it happened to the one that stays behind.
_STAYS_BEHIND = frozenset(
    {"state_reason", "key_out_at", "returned_at", "return_check", "damage", "backfill_reason"}
)


@dataclass(frozen=True)
class Proposal:
    """What a wished time meets: *clash* says who is there, "" for nobody; else when and where it is free.

    *slots* are times at which the same room is free, *rooms* such as are free at the same time.
    """

    clash: str = ""
    slots: tuple[Slot, ...] = ()
    rooms: tuple[Room, ...] = ()


@dataclass(frozen=True)
class Restored:
    """What became of those who had given way: by number, who has the room back, and who found it taken."""

    back: tuple[str, ...]
    taken: tuple[str, ...]


class Rooms:
    """The rooms of this office and their uses."""

    def __init__(self, office: Office, registers: Registers) -> None:
        self._office = office
        self._registers = registers

    def all(self) -> tuple[Room, ...]:
        """List the rooms that may be booked at present, in the order in which they were entered."""
        with self._office.reading() as session:
            return tuple(told_room(each) for each in self._rooms(session) if is_open(each))

    def uses(self, day: date) -> tuple[Use, ...]:
        """List who has a room on *day*, by time and room; closures too."""
        return self.uses_between(day, day + _DAY)

    def uses_between(self, first: date, until: date) -> tuple[Use, ...]:
        """List who has a room from *first* up to, not including, *until*."""
        since, end = (datetime.combine(each, time()) for each in (first, until))
        with self._office.reading() as session:
            found = [
                told_use(session, room, each)
                for room in self._rooms(session)
                for each in held_between(session, room.uid, since, end)
            ]
        return tuple(sorted(found, key=lambda each: (each.start, each.venue)))

    def clashes(self, venue: str, start: datetime, end: datetime, but: str = "") -> tuple[Use, ...]:
        """List whom a use of *venue* would meet, the pause for cleaning counted in; *but* is left out."""
        with self._office.reading() as session:
            room = self._room(session, venue)
            return tuple(told_use(session, room, each) for each in clashes(session, room, start, end, but))

    def free_slots(self, venue: str, start: datetime, end: datetime, but: str = "") -> tuple[Slot, ...]:
        """Propose the three times nearest to the wished one at which *venue* is free as long; none has begun."""
        with self._office.reading() as session:
            return self._slots(session, self._room(session, venue), start, end, but)

    def free_rooms(self, start: datetime, end: datetime, people: int = 0) -> tuple[Room, ...]:
        """List the rooms that are free then and hold so many *people*, the one that fits best first."""
        with self._office.reading() as session:
            return tuple(self._free(session, start, end, people))

    def propose(self, values: Mapping[str, Any], uid: str = "") -> Proposal:
        """Tell what the booking *values*, as typed, would meet, and what is free nearby; *uid* is left out.

        As long as room and times are not all there, or make no sense, there is nothing to tell.
        """
        with self._office.reading() as session:
            wish = _read(values, self._office.given(session))
            start, end, venue = (wish.get(name) for name in ("start_at", "end_at", "venue"))
            if start is None or end is None or end <= start:
                return Proposal()
            people = wish.get("people") or 0
            if venue is None:
                return Proposal(rooms=tuple(self._free(session, start, end, people)))
            room = records.get(session, REGISTERS["venue"], venue)
            met = clashes(session, room, start, end, uid)
            if not met and people <= (room.capacity or people):
                return Proposal()
            booking = REGISTERS["booking"].model(**wish)
            return Proposal(
                clash_words(session, room, booking, met) if met else _too_small(room, people),
                self._slots(session, room, start, end, uid) if met else (),
                tuple(each for each in self._free(session, start, end, people) if each.uid != venue),
            )

    def move(self, uid: str, venue: str, start: datetime, end: datetime) -> Added:
        """Move a booking to another time or room; raises `Invalid` where that is taken."""
        _refuse_gone(self._registers.get("booking", uid))
        return self.edit(uid, {"venue": venue, "start_at": start, "end_at": end})

    def edit(self, uid: str, values: Mapping[str, Any]) -> Added:
        """Change a booking. Into the book of another month it goes under a new number.

        The old one stays, cancelled, and says so; raises `Invalid` and `Refused` as every edit does.
        """
        booking = self._registers.to_write("booking")
        notices: list[str] = []
        with self._office.writing("edit booking") as session:
            record = self._registers.must_get(session, booking, uid)
            self._registers.refuse_locked(session, booking, record, booking.day_of(record))
            wish = {"start_at": record.start_at, "end_at": record.end_at} | dict(values)
            wish |= {
                name: told
                for name, told in _read(wish, self._office.given(session)).items()
                if name in _TIMES
            }
            ends = wish["end_at"]
            if isinstance(ends, datetime) and Month.of(ends.date()) != Month.of(record.end_at.date()):
                return self._move_on(session, record, wish)
            change_one(session, self._office, booking, record, values, notices)
            return Added(records.get(session, booking, record.uid), tuple(notices))

    def take_back(self, uid: str, reason: str) -> Restored:
        """Cancel a closure or another use that had taken its room over, and give the room back as far as it is free."""
        booking = self._registers.to_write("booking")
        model: Any = booking.model
        back: list[str] = []
        taken: list[str] = []
        with self._office.writing("edit booking") as session:
            record = self._registers.must_get(session, booking, uid)
            self._registers.refuse_locked(session, booking, record, booking.day_of(record))
            values = {"booking_state": "cancelled", "state_reason": reason}
            change_one(session, self._office, booking, record, values)
            gave_way = select(model).where(
                model.gave_way_to == record.uid,
                model.booking_state == "bumped",
                model.record_status != "void",
            )
            room = self._room(session, record.venue)
            for each in session.execute(gave_way.order_by(model.start_at)).scalars().all():
                if each.venue != room.uid or clashes(session, room, each.start_at, each.end_at, each.uid):
                    taken.append(each.record_no)
                    continue
                state = "approved" if each.approved_by or not room.approver else "pending"
                given_back = {"booking_state": state, "state_reason": "", "gave_way_to": None}
                records.change(session, booking, each.uid, given_back)
                back.append(each.record_no)
        return Restored(tuple(back), tuple(taken))

    def _move_on(self, session: Session, record: Any, wish: Mapping[str, Any]) -> Added:
        booking = REGISTERS["booking"]
        _refuse_gone(record)
        kept = {
            each.name: getattr(record, each.name) for each in booking.typed if each.name not in _STAYS_BEHIND
        }
        with on_paper():
            # Its new time is known to make sense once the new one stands.
            reason = _("改期到 {day}").format(day=wish["end_at"].date().isoformat())
        change_one(
            session, self._office, booking, record, {"booking_state": "cancelled", "state_reason": reason}
        )
        (added,) = add_all(session, self._office, booking, [{**kept, **wish}], self._office.given(session))
        records.change(session, booking, added.record.uid, {"moved_from": record.uid, "revision": 0})
        return Added(records.get(session, booking, added.record.uid), added.notices)

    def _rooms(self, session: Session) -> list[Any]:
        model: Any = REGISTERS["venue"].model
        chosen = select(model).where(model.center == self._office.center, model.record_status != "void")
        return list(session.execute(chosen.order_by(model.id)).scalars())

    def _room(self, session: Session, venue: str) -> Any:
        return self._registers.must_get(session, REGISTERS["venue"], venue)

    def _slots(
        self, session: Session, room: Any, start: datetime, end: datetime, but: str
    ) -> tuple[Slot, ...]:
        near = held_between(session, room.uid, start - _AROUND, end + _AROUND, but)
        held = [Slot(room.uid, each.start_at, each.end_at) for each in near]
        return nearest_free(Slot(room.uid, start, end), held, pause_of(room), self._office.now(), _OFFERED)

    def _free(self, session: Session, start: datetime, end: datetime, people: int) -> Iterator[Room]:
        fit = [each for each in self._rooms(session) if is_open(each) and (each.capacity or 0) >= people]
        for each in sorted(fit, key=lambda each: (each.capacity or 0, each.id)):
            if not clashes(session, each, start, end):
                yield told_room(each)


def _refuse_gone(booking: Any) -> None:
    if booking.booking_state not in HELD or booking.record_status == "void":
        raise Refused(_("{number} 已经不占场地了，请重新订。").format(number=booking.record_no))


def _too_small(room: Any, people: int) -> str:
    told = _("{room}最多坐{most}人，{people}人坐不下")
    return told.format(room=room.venue_name, most=room.capacity, people=people)


def _read(values: Mapping[str, Any], given: Given) -> dict[str, Any]:
    """Understand what was typed so far, as far as it makes sense."""
    columns = REGISTERS["booking"].by_name
    told: dict[str, Any] = {"priority": "ordinary"}
    for name in ("venue", "start_at", "end_at", "people", "priority", "purpose"):
        if not is_blank(values.get(name)):
            try:
                told[name] = columns[name].kind.parse(values[name], given)
            except Wrong:
                continue
    if derive := REGISTERS["booking"].derive:
        told |= derive(told, given)
    return told
