"""What a booking of a room meets in the office: the room itself, who must agree, who is there already."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.moments import show_moment
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS, Audience
from ojr_desk.rules.bookings import HELD, outranks
from ojr_desk.rules.masking import mask_name
from ojr_desk.rules.shifts import overlap
from ojr_desk.store import records
from ojr_desk.store.uid import uid as new_uid
from ojr_desk.text import N_, _, listed, on_paper

#: States of a room in which nobody books it, and who does all the same.
_SHUT = {"repair": (), "off": (), "requisitioned": ("emergency",)}
#: Priorities that need nobody's yes.
_AT_ONCE = frozenset({"closure", "emergency"})
#: So many are named in one sentence.
_SHOWN = 3


def held_between(
    session: Session, room: str, since: datetime, until: datetime, but: str = ""
) -> Iterator[Any]:
    """Read the bookings that hold a room at any time from *since* up to *until*, the first first.

    One after the other is read until one begins too late: of a room with thousands of them only these.
    """
    booking = REGISTERS["booking"]
    assert booking.no_overlap is not None
    asked = text(
        f"SELECT id, uid, start_at FROM venue_booking WHERE venue = :room AND {booking.no_overlap.holding()} "
        "AND end_at > :since ORDER BY end_at"
    )
    for row in session.execute(asked, {"room": room, "since": _stored(since)}):
        if datetime.fromisoformat(row.start_at) >= until:
            return
        if row.uid != but:
            yield from records.by_ids(session, booking, [row.id])


def clashes(session: Session, room: Any, start: datetime, end: datetime, but: str = "") -> list[Any]:
    """Read the bookings that a use of *room* would meet, the pause for cleaning counted in."""
    pause = pause_of(room)
    return list(held_between(session, room.uid, start - pause, end + pause, but))


def pause_of(room: Any) -> timedelta:
    """Tell how long lies between two uses of a room at least."""
    return timedelta(minutes=room.cleanup or 0)


def settle(session: Session, office: Office, booking: Any) -> Iterator[str]:
    """Leave a new booking to whom its room asks, and say so; who gives the yes may book with it at once."""
    room = _room(session, booking)
    if booking.booking_state != "approved" or not _asks(room, booking, office.now()):
        return
    if room.approver == office.user:
        booking.approved_by, booking.approved_at = office.user, office.now().replace(second=0)
        return
    booking.booking_state = "pending"
    told = _("{room}要{name}同意，先记为“待审”")
    yield told.format(room=room.venue_name, name=_approver(session, room))


def refusals(session: Session, office: Office, booking: Any, was: Any = None) -> Iterator[Problem]:
    """Tell why a booking cannot be kept as it is; *was* is what it was before it was changed."""
    if booking.booking_state not in HELD:
        return
    room = _room(session, booking)
    holds_more = was is None or _holds_more(booking, was)
    if holds_more:
        yield from _shut(room, booking)
    if (was is None or (was.venue, was.people) != (booking.venue, booking.people)) and _is_crowded(
        room, booking
    ):
        told = _("{room}最多坐{most}人，{people}人坐不下：请换大一点的场地，确要用的写明超员原因")
        words = told.format(room=room.venue_name, most=room.capacity, people=booking.people)
        yield Problem(words, "too_many", "people")
    agrees = booking.booking_state == "approved" and (was is None or was.booking_state != "approved")
    if agrees and _asks(room, booking, office.now()):
        told = _("{room}要{name}同意：请填审批人；领导在申请表上签了字的，再勾“纸签”")
        words = told.format(room=room.venue_name, name=_approver(session, room))
        yield Problem(words, "not_approved", "approved_by")
    met = _met(session, room, booking, was) if holds_more else []
    if met and not (booking.takes_over and _all_give_way(booking, met)):
        yield Problem(clash_words(session, room, booking, met), "taken", "start_at")


def judge_row(session: Session, office: Office, booking: Any, earlier: Sequence[Any]) -> Iterator[Problem]:
    """Judge a booking of a batch: no room is given twice, to an earlier row neither."""
    yield from refusals(session, office, booking)
    pause = pause_of(_room(session, booking))
    own = (booking.start_at - pause, booking.end_at + pause)
    holding = [each for each in earlier if each.booking_state in HELD]
    met = [each for each in holding if overlap((each.start_at, each.end_at), own)]
    if booking.booking_state in HELD and met and not (booking.takes_over and _all_give_way(booking, met)):
        yield Problem(_("前面的行已经订了这个时段"), "taken", "start_at")


def make_way(session: Session, booking: Any, was: Any = None) -> list[str]:
    """Have those give way whom a booking takes its room from; answer whom to tell.

    It takes once: whoever moves it later is asked again.
    """
    if not booking.takes_over:
        return []
    booking.takes_over = False
    booking.uid = booking.uid or new_uid()
    told = []
    with on_paper():
        # It is kept and printed, so it is Chinese whatever language the window speaks.
        priority = REGISTERS["booking"].by_name["priority"].kind.show(booking.priority)
        reason = _("让给：{priority}").format(priority=priority)
    room = _room(session, booking)
    for each in _met(session, room, booking, was) if booking.booking_state in HELD else ():
        values = {"booking_state": "bumped", "state_reason": reason, "gave_way_to": booking.uid}
        records.change(session, REGISTERS["booking"], each.uid, values)
        told.append(_("请通知让出的：{who}").format(who=_one(session, each)))
    return told


def _room(session: Session, booking: Any) -> Any:
    return records.get(session, REGISTERS["venue"], booking.venue)


def _approver(session: Session, room: Any) -> str:
    return records.labels(session, "staff", [room.approver]).get(room.approver, "")


def _asks(room: Any, booking: Any, now: datetime) -> bool:
    """Tell whether somebody's yes is wanting; of what has been already nobody asks."""
    return bool(
        room.approver
        and not booking.approved_by
        and booking.priority not in _AT_ONCE
        and booking.end_at > now
    )


def _is_crowded(room: Any, booking: Any) -> bool:
    return (booking.people or 0) > (room.capacity or booking.people or 0) and not booking.over_reason


def _holds_more(booking: Any, was: Any) -> bool:
    """Tell whether a booking holds what it did not hold before."""
    return bool(
        was.booking_state not in HELD
        or was.venue != booking.venue
        or booking.start_at < was.start_at
        or booking.end_at > was.end_at
    )


def _met(session: Session, room: Any, booking: Any, was: Any) -> list[Any]:
    own = booking.uid or (was.uid if was is not None else "")
    return clashes(session, room, booking.start_at, booking.end_at, own)


def _shut(room: Any, booking: Any) -> Iterator[Problem]:
    """Refuse a room that nobody may book; to close it is always allowed."""
    told = ""
    if room.record_status == "void":
        told = _("{room}已经作废，请换一间")
    elif booking.purpose == "closure" or booking.priority in _SHUT.get(room.venue_state, ()):
        return
    elif room.venue_state in _SHUT:
        told = _("{room}现在{state}，不能预约，请换一间")
    elif not room.bookable:
        told = _("{room}不对外预约，请换一间；要开放预约的，先在“场地”里勾上")
    if told:
        state = REGISTERS["venue"].by_name["venue_state"].kind.show(room.venue_state)
        yield Problem(told.format(room=room.venue_name, state=state), "shut", "venue")


def _all_give_way(booking: Any, met: list[Any]) -> bool:
    return all(
        each.booking_state in ("pending", "approved") and outranks(booking.priority, each.priority)
        for each in met
    )


def clash_words(session: Session, room: Any, booking: Any, met: list[Any]) -> str:
    """Say who has the room already, for what and how they are reached, and whether they must give way."""
    told = listed((_one(session, each) for each in met), N_("；"), _SHOWN)
    words = _("{room}已经有人订了：{told}。").format(room=room.venue_name, told=told)
    if pause_of(room) and all(not _overlaps(booking, each) for each in met):
        words += _("（两次之间要留{minutes}分钟清场）").format(minutes=room.cleanup)
    if _all_give_way(booking, met):
        return words + _("优先级更高的可以勾“请占用的让出”，并逐个通知；或换时间、换场地")
    return words + _("请换时间或换场地")


def _overlaps(one: Any, other: Any) -> bool:
    return bool(one.start_at < other.end_at and other.start_at < one.end_at)


def _one(session: Session, booking: Any) -> str:
    columns = REGISTERS["booking"].by_name
    parts = (
        span_words(booking.start_at, booking.end_at),
        user_of(session, booking),
        columns["purpose"].kind.show(booking.purpose),
        columns["phone"].cell(booking.phone, Audience.SCREEN),
        booking.record_no,
    )
    return " ".join(part for part in parts if part)


def user_of(session: Session, booking: Any) -> str:
    """Name who uses the room, as a screen that faces the counter may: an organisation, or a person by a mask."""
    if booking.confidentiality in ("sensitive", "sealed"):
        return _("（内部）")
    if booking.org_name or not booking.person:
        return str(booking.org_name or "")
    return mask_name(records.labels(session, "person", [booking.person]).get(booking.person, ""))


def span_words(start: datetime, end: datetime) -> str:
    """Write from when to when, the day once."""
    if start.date() == end.date():
        return f"{show_moment(start)}–{end:%H:%M}"
    return f"{show_moment(start)}–{show_moment(end)}"


def charged(session: Session, _office: Office, booking: Any) -> Iterator[Problem]:
    """Remind that rooms of the centre are not for rent."""
    room = _room(session, booking)
    if room.is_charged and booking.purpose != "closure":
        told = _("{room}登记为收费：中心场地不得租赁；确需收费的要有批复（8.2.3）")
        yield Problem(told.format(room=room.venue_name), "charged", "venue")


def left_behind(session: Session, office: Office, room: Any) -> Iterator[Problem]:
    """Remind of the bookings of a room that is shut or not to be booked any more."""
    if room.bookable and room.venue_state == "normal" and room.record_status != "void":
        return
    to_come = held_between(session, room.uid, office.now(), datetime.max)
    if met := [each for each in to_come if each.purpose != "closure"]:
        told = _("还有{count}个预约：{told}；请逐个改期或取消，并通知本人")
        shown = listed((_one(session, each) for each in met), N_("；"), _SHOWN)
        yield Problem(told.format(count=len(met), told=shown), "booked", "venue_state")


def _stored(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
