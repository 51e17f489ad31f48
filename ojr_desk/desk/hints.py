"""What is still to be put right: told when a record is stored, and listed for its month until it is.

A hint never keeps anybody from writing down what happened.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.desk.booking_rules import charged, left_behind
from ojr_desk.desk.in_force import limits_in_force
from ojr_desk.desk.office import Office
from ojr_desk.desk.posted import shifts, span_of, why_not
from ojr_desk.desk.steps import as_done, rows_of
from ojr_desk.moments import Month
from ojr_desk.printing.fonts import undrawn
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS, Book, Given, Register, Text, hints_of, parted
from ojr_desk.registers.opening import EVERYWHERE
from ojr_desk.registers.staff import GONE
from ojr_desk.rules.cases import owed
from ojr_desk.rules.leaves import AWAY, until
from ojr_desk.rules.shifts import overlap
from ojr_desk.store import records
from ojr_desk.text import N_, _, labelled, listed

#: What is told when a record is stored, and is so for good: there is nothing to put right.
TOLD_ONCE = frozenset({"no_way_back", "group", "charged", "rostered", "late_for_duty", "long"})
#: Registers with too many records to go through month by month: their hints are told when they are stored.
_MANY = frozenset({"person"})
_WHOLE = Book(code="", title="", columns=())
#: Of the cases that were closed so many in a hundred are to be called back (100 of the complaints).
_CALLED_BACK = 30
#: Who comes later than that is told so.
_LATE_MINUTES = 10
_LookUp = Callable[[Session, Office, Any], Iterator[Problem]]


def hints(session: Session, office: Office, register: Register, record: Any, given: Given) -> list[Problem]:
    """List what is still to be put right in a stored record."""
    found = hints_of(register, record, given)
    if register.code in _LOOKED_UP and record.record_status != "void" and record.confidentiality != "sealed":
        found += _LOOKED_UP[register.code](session, office, record)
    return found


@dataclass(frozen=True)
class Hinted:
    """What is to be put right, and in which record, if it is in one."""

    words: str
    register: str = ""
    uid: str = ""


def hints_of_month(session: Session, office: Office, month: Month, given: Given) -> Iterator[Hinted]:
    """Tell what is to be put right in the records of *month*, and in what stands."""
    for register in REGISTERS.values():
        if not office.enabled(register) or register.code in _MANY:
            continue
        if not register.hints and register.code not in _LOOKED_UP:
            continue
        for record in _records(session, office, register, month):
            found = hints(session, office, register, record, given)
            found = [each for each in found if each.code not in TOLD_ONCE]
            if found:
                told = listed((each.message for each in found), N_("；"))
                yield Hinted(labelled(_name(register, record), told), register.code, record.uid)
    yield from map(Hinted, _seldom_called(session, office, month))


def unprintable(session: Session, office: Office, month: Month) -> Iterator[Hinted]:
    """Name the records of *month* with characters that no font of ours draws: no paper of it could be printed."""
    for register in REGISTERS.values():
        columns = [column for column in register.columns if isinstance(column.kind, Text)]
        if register.standing or not office.enabled(register):
            continue
        for record in _records(session, office, register, month):
            for column in columns:
                if lost := undrawn(getattr(record, column.name) or ""):
                    told = _("{number}「{label}」里的{characters}打印不出来，请改用文字")
                    words = told.format(number=record.record_no, label=_(column.label), characters=lost)
                    yield Hinted(words, register.code, record.uid)


def _records(session: Session, office: Office, register: Register, month: Month) -> list[Any]:
    if not register.standing:
        return binding.dated(session, register, _WHOLE, month, office.center)
    model: Any = register.model
    chosen = select(model).where(model.center == office.center, model.record_status != "void")
    return list(session.execute(chosen.order_by(model.id)).scalars())


def _name(register: Register, record: Any) -> str:
    label = register.label_of(record)
    return label if label == record.record_no else f"{record.record_no} {label}"


def _responder(session: Session, _office: Office, intake: Any) -> Iterator[Problem]:
    """Doubt a first responder who has left, or whose post it is not."""
    asked = "SELECT employment_state, end_on, is_first_responder, full_name FROM staff WHERE uid = ?"
    found = session.connection().exec_driver_sql(asked, (intake.first_responder or "",)).first()
    if found is None:
        return
    state, end_on, responds, name = found
    day = intake.occurred_at.date().isoformat()
    if (end_on and end_on < day) or (state in GONE and not end_on):
        told = _("首问负责人{name}那时已不在岗，请核对").format(name=name)
        yield Problem(told, "strange", "first_responder")
    elif not responds:
        told = _("{name}不是首问责任岗，请核对首问负责人").format(name=name)
        yield Problem(told, "strange", "first_responder")


def _of_intake(session: Session, office: Office, intake: Any) -> Iterator[Problem]:
    yield from _responder(session, office, intake)
    if intake.case and not (intake.person and records.get(session, REGISTERS["person"], intake.person).phone):
        told = _("没有留电话，办好了没法答复：请问一个电话，或者约好哪天来听答复")
        yield Problem(told, "no_way_back", "person")


def _same_number(session: Session, office: Office, person: Any) -> Iterator[Problem]:
    """Doubt a citizen's number that another person bears: one of the two is mistyped, or they are one."""
    model: Any = REGISTERS["person"].model
    if not person.citizen_id:
        return
    chosen = select(model.record_no).where(
        model.center == office.center,
        model.citizen_id == person.citizen_id,
        model.uid != person.uid,
        model.record_status != "void",
        model.merged_into.is_(None),
    )
    if numbers := list(session.execute(chosen.limit(5)).scalars()):
        told = _("身份证号和 {numbers} 的一样：如果是同一个人请合并，不是的请照证件核对")
        yield Problem(told.format(numbers=listed(numbers)), "same_number", "citizen_id")


def _rooms(session: Session, office: Office, opening: Any) -> Iterator[Problem]:
    """Doubt a place that is no room of the centre."""
    strange = [
        place
        for place in parted(opening.scope or "")
        if place != EVERYWHERE and not records.resolve(session, "venue", place, office.center)
    ]
    if strange:
        told = _("适用范围里的{places}不是登记过的场地，请核对").format(places=listed(strange))
        yield Problem(told, "strange", "scope")


def _not_called(session: Session, office: Office, case: Any) -> Iterator[Problem]:
    """Remind of a step with a limit of its own that is over."""
    steps = [as_done(each) for each in rows_of(session, "case", case.uid)]
    today = office.today()
    limits = limits_in_force(session, office, today)
    found = owed(case.matter_nature, steps, office.calendar(session), limits)
    if found is None or found.deadline.day >= today:
        return
    if found.what == "follow_up" and case.matter_nature != "complaint":
        return
    told = _LATE[found.what]
    yield Problem(_(told).format(day=found.deadline.day.isoformat()), "late", "case_state")


def _seldom_called(session: Session, office: Office, month: Month) -> Iterator[str]:
    """Tell when fewer of the month's closed cases were called back than should be."""
    case: Any = REGISTERS["case"].model
    since, until = (datetime.combine(day, time()) for day in (month.first, month.next().first))
    closed = select(func.count()).where(
        case.center == office.center,
        case.record_status != "void",
        case.closed_at >= since,
        case.closed_at < until,
        case.case_state.in_(("closed", "followed_up", "archived")),
    )
    asked = closed.where(case.uid.in_(_followed_up()))
    ended, called = session.execute(closed).scalar_one(), session.execute(asked).scalar_one()
    if called * 100 < ended * _CALLED_BACK and month.last + timedelta(days=7) <= office.today():
        told = _("{month}办结 {ended} 件办理单，回访 {called} 件，不到{share}%")
        yield told.format(month=month.title, ended=ended, called=called, share=_CALLED_BACK)


def _followed_up() -> Any:
    step: Any = REGISTERS["step"].model
    return select(step.case).where(step.step == "follow_up", step.record_status != "void")


def _away(session: Session, office: Office, duty: Any) -> Iterator[Problem]:
    """Doubt a shift of somebody who is away, has left or is on duty elsewhere by now."""
    for told in why_not(session, office, duty.on_duty, duty):
        yield Problem(told, "clash", "on_duty")


def _rostered(session: Session, office: Office, leave: Any) -> Iterator[Problem]:
    """Ask for a stand-in or a swap of each shift that lies within a leave."""
    if leave.leave_state not in AWAY:
        return
    end = until(leave.end_at, leave.returned_at)
    for each in shifts(session, office, leave.start_at.date(), end.date(), leave.staff):
        if overlap(span_of(each), (leave.start_at, end)):
            told = _("请假期间有班：{shift}，请开换班单安排互换或顶班").format(shift=each.label)
            yield Problem(told, "rostered", "start_at")


def _late_for_duty(session: Session, office: Office, log: Any) -> Iterator[Problem]:
    """Tell who came more than ten minutes late."""
    if log.arrived_at is None:
        return
    for each in shifts(session, office, log.duty_date, log.duty_date):
        if each.shift == log.shift and each.duty_type != "lead" and each.on_duty == log.keeper:
            came = datetime.combine(log.duty_date, log.arrived_at)
            late = (came - span_of(each)[0]) // timedelta(minutes=1)
            if late > _LATE_MINUTES:
                yield Problem(_("到岗晚了 {n} 分钟").format(n=late), "late_for_duty", "arrived_at")


_LATE: Mapping[str, str] = {
    "take_up": N_("派单后还没有签收，最晚应在 {day}"),
    "mediate": N_("还没有首次调解，最晚应在 {day}"),
    "follow_up": N_("投诉办结后还没有回访，最晚应在 {day}"),
}
_LOOKED_UP: Mapping[str, _LookUp] = {
    "intake": _of_intake,
    "person": _same_number,
    "opening": _rooms,
    "case": _not_called,
    "duty": _away,
    "leave": _rostered,
    "duty_log": _late_for_duty,
    "venue": left_behind,
    "booking": charged,
}
