"""Who is in the office on a day, and who is away: what a roster has to know of people."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.in_force import in_force
from ojr_desk.desk.office import Office
from ojr_desk.moments import show_moment
from ojr_desk.register import REGISTERS
from ojr_desk.rules.leaves import AWAY, until
from ojr_desk.rules.shifts import DUTIES, SHIFTS, overlap, span
from ojr_desk.store import records
from ojr_desk.store.asof import standing
from ojr_desk.text import _, on_paper

#: Who is in this state can be rostered.
_WORKING = "working"


def is_in_post(member: Any, day: date) -> bool:
    """Tell whether somebody works here on a day, by what stands of them then."""
    if member is None or member.record_status == "void":
        return False
    if (member.start_on and day < member.start_on) or (member.end_on and member.end_on < day):
        return False
    # Who has left by now was still here up to the last day.
    return member.employment_state == _WORKING or bool(member.end_on and day <= member.end_on)


def leaves(session: Session, office: Office, start: datetime, end: datetime, who: str = "") -> list[Any]:
    """Read the leaves, of everybody or of one, that take people away at some time from *start* to *end*."""
    model: Any = REGISTERS["leave"].model
    if not office.enabled(REGISTERS["leave"]):
        return []
    chosen = select(model).where(
        model.center == office.center,
        model.record_status != "void",
        model.leave_state.in_(AWAY),
        model.start_at < end,
        (model.end_at > start) | (model.returned_at > start),
    )
    if who:
        chosen = chosen.where(model.staff == who)
    return [
        each for each in session.execute(chosen).scalars() if until(each.end_at, each.returned_at) > start
    ]


def shifts(
    session: Session, office: Office, since: date, to: date, who: str = "", code: str = "on_duty"
) -> list[Any]:
    """Read the shifts that begin on the days from *since* to *to*, of everybody or of one, in their order."""
    model: Any = REGISTERS["duty"].model
    if not office.enabled(REGISTERS["duty"]):
        return []
    chosen = select(model).where(
        model.center == office.center,
        model.record_status != "void",
        model.duty_date >= since,
        model.duty_date <= to,
        # What never came through the judgement of a roster has no hours, and so no place in it.
        model.starts.is_not(None),
        model.on_duty.is_not(None),
    )
    if who:
        chosen = chosen.where(getattr(model, code) == who)
    found = session.execute(chosen.execution_options(populate_existing=True)).scalars()
    return sorted(found, key=lambda each: (each.duty_date, each.starts, each.ends, each.id))


def span_of(shift: Any) -> tuple[datetime, datetime]:
    """Tell the first and last moment of a stored shift."""
    return span(shift.duty_date, shift.starts, shift.ends)


def why_not(
    session: Session, office: Office, who: str, shift: Any, besides: Iterable[str] = ()
) -> Iterator[str]:
    """Say why somebody cannot have a shift: not in post, away, on duty elsewhere *besides* some shifts."""
    member = standing(session, "staff", [who], shift.duty_date).get(who)
    name = member.full_name if member is not None else ""
    if not is_in_post(member, shift.duty_date):
        told = _("{name}在 {day} 不在岗，不能排班，请另选一位")
        yield told.format(name=name, day=shift.duty_date.isoformat())
        return
    start, end = span_of(shift)
    for leave in leaves(session, office, start, end, who):
        told = _("{name}那时请假（{start} 至 {end}），请另选一位")
        yield told.format(
            name=name,
            start=show_moment(leave.start_at),
            end=show_moment(until(leave.end_at, leave.returned_at)),
        )
    others = shifts(session, office, date.fromordinal(shift.duty_date.toordinal() - 1), end.date(), who)
    for other in others:
        if other.uid not in {shift.uid, *besides} and overlap(span_of(other), (start, end)):
            told = _("{name}同一时间已有班：{shift}（{number}），请另选一位")
            yield told.format(name=name, shift=other.label, number=other.record_no)


def turns(session: Session, office: Office, day: date, duty: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """List who takes turns at a duty on a day, in their order, each with the weekdays on which they do not.

    Without a list of its own an office goes by its staff as they were entered: all at the desk, 两委 as leaders.
    """
    listed = [
        each
        for each in in_force(session, office, "turn", day)
        if each.duty_type == duty and (each.until is None or day <= each.until)
    ]
    if listed:
        listed.sort(key=lambda each: each.place)
        return tuple((each.staff, frozenset(each.not_on or ())) for each in listed)
    members = [each for each in in_force(session, office, "staff", day) if is_in_post(each, day)]
    members.sort(key=lambda each: each.record_no)
    leading = {"secretary", "committee"}
    chosen = [each for each in members if duty != "lead" or leading & set(each.staff_category or ())]
    return tuple((each.uid, frozenset()) for each in chosen)


def label_of(session: Session, shift: Any, who: str) -> str:
    """Write by what people know a shift: day, shift, duty and name."""
    name = records.labels(session, "staff", [who]).get(who, "")
    with on_paper():
        words = (shift.duty_date.isoformat(), _(SHIFTS[shift.shift]), _(DUTIES[shift.duty_type]), name)
    return " ".join(word for word in words if word)


def is_own_phone(session: Session, duty: Any) -> bool:
    """Tell whether the telephone on a shift is that of who has it, not one that somebody typed."""
    member = standing(session, "staff", [duty.on_duty], duty.duty_date)[duty.on_duty]
    return duty.contact_phone in ("", member.office_tel, member.mobile)
