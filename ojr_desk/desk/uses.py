"""A room and a use of it, as they are told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.booking_rules import user_of
from ojr_desk.register import REGISTERS


@dataclass(frozen=True)
class Use:
    """One use of a room. *who* is an organisation or a masked name; *purpose* and *state* are words, *code* the state's."""

    uid: str
    record_no: str
    room: str
    venue: str
    start: datetime
    end: datetime
    who: str
    purpose: str
    state: str
    code: str


@dataclass(frozen=True)
class Room:
    """A room that is booked or may be."""

    uid: str
    name: str
    capacity: int


def is_open(room: Any) -> bool:
    """Tell whether a room may be booked at present."""
    return bool(room.bookable and room.venue_state == "normal")


def told_room(room: Any) -> Room:
    """Tell of a room."""
    return Room(room.uid, room.venue_name, room.capacity or 0)


def told_use(session: Session, room: Any, booking: Any) -> Use:
    """Tell of a booking of *room*."""
    columns = REGISTERS["booking"].by_name
    return Use(
        uid=booking.uid,
        record_no=booking.record_no,
        room=room.uid,
        venue=room.venue_name,
        start=booking.start_at,
        end=booking.end_at,
        who=user_of(session, booking),
        purpose=columns["purpose"].kind.show(booking.purpose),
        state=columns["booking_state"].kind.show(booking.booking_state),
        code=booking.booking_state,
    )
