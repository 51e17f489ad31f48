"""What follows when something of the roster is stored: blanks are filled, clashes refused, swaps carried through.

`judge` looks at a record before it is stored, `added`, `changed` and `voided` do what follows after: a clerk's form,
the rotation and an old book all come through them, so the roster is the same however something came into it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from ojr_desk.desk import duty_logs, swaps
from ojr_desk.desk.hours import rules_of
from ojr_desk.desk.office import Office
from ojr_desk.desk.posted import is_in_post, is_own_phone, label_of, leaves, why_not
from ojr_desk.moments import Month
from ojr_desk.problems import Problem, Refused
from ojr_desk.register import REGISTERS, Register
from ojr_desk.rules import leaves as rules_of_leave
from ojr_desk.rules.hours import sittings
from ojr_desk.rules.shifts import TIMES, day_kind, shift_of
from ojr_desk.store.asof import standing
from ojr_desk.text import _

#: What makes a shift another one; what is on the wall.
_SHIFT = ("duty_date", "shift", "duty_type", "staff", "starts", "ends")
_ON_THE_WALL = (*_SHIFT, "on_duty", "contact_phone", "backup")


def judge(
    session: Session, office: Office, register: Register, record: Any, before: Any = None
) -> list[Problem]:
    """Fill in what the program knows of a checked *record* and tell what clashes; *before* is what it was."""
    look = _JUDGES.get(register.code)
    return list(look(session, office, record, before)) if look else []


def worked_out(register: Register, record: Any) -> Mapping[str, Any]:
    """Give the columns of a record as `judge` left them."""
    own = [each.name for each in register.columns if not each.common]
    return {name: getattr(record, name) for name in own} if register.code in _JUDGES else {}


def added(session: Session, office: Office, register: Register, record: Any) -> None:
    """Do what follows from a new record."""
    if register.code == "swap":
        swaps.carry_through(session, record)
    changed(session, office, register, [register.day_of(record)])


def changed(session: Session, office: Office, register: Register, days: Iterable[date | None]) -> None:
    """Count again for the logs of the days on which something was changed."""
    if register.code in ("intake", "duty_log") and office.enabled(REGISTERS["duty_log"]):
        duty_logs.recount(session, office, days)


def refuse_void(session: Session, office: Office, register: Register, record: Any) -> None:
    """Refuse to void what later swaps were built on."""
    if register.code == "duty" and (found := swaps.of(session, [record.uid])):
        told = _("这个班换过（{number}），请先作废那张换班单。")
        raise Refused(told.format(number=found[-1].record_no))
    if register.code == "swap":
        swaps.refuse_void(session, office, record)


def voided(session: Session, office: Office, register: Register, record: Any) -> None:
    """Do what follows when a record was voided: shifts go back to who had them."""
    if register.code == "swap":
        swaps.carry_back(session, record)
    changed(session, office, register, [register.day_of(record)])


def _judge_duty(session: Session, office: Office, duty: Any, before: Any) -> Iterator[Problem]:
    calendar = office.calendar(session)
    if duty.starts is None:
        duty.starts, duty.ends = _hours(session, office, duty)
    duty.day_kind = day_kind(duty.duty_date, calendar)
    is_same = before is not None and all(getattr(before, each) == getattr(duty, each) for each in _SHIFT)
    if before is not None and not is_same and swaps.of(session, [before.uid]):
        told = _("这个班已经换过，不能再改日期、班次和人；要再换人的请另开换班单")
        yield Problem(told, "swapped", "staff")
    is_his = before is not None and before.staff == duty.staff
    duty.on_duty = before.on_duty if is_his else duty.staff
    duty.source = before.source if is_his else "manual"
    member = standing(session, "staff", [duty.staff], duty.duty_date)[duty.staff]
    if not duty.contact_phone or (before is not None and not is_his and is_own_phone(session, before)):
        duty.contact_phone = member.office_tel or ""
    duty.label = label_of(session, duty, duty.on_duty)
    shown = before is not None and all(getattr(before, e) == getattr(duty, e) for e in _ON_THE_WALL)
    duty.version = before.version if shown else None
    if not is_same:
        duty.uid = before.uid if before is not None else duty.uid
        for told in why_not(session, office, duty.on_duty, duty):
            yield Problem(told, "clash", "staff")


def _hours(session: Session, office: Office, duty: Any) -> tuple[Any, Any]:
    """Tell from when to when a shift lasts: by the opening rules of its day, else by its sort."""
    rules = rules_of(session, office, Month.of(duty.duty_date))
    found = sittings(rules, duty.duty_date, office.calendar(session))
    if found and duty.shift == "day":
        return found[0].starts, found[-1].ends
    for each in found:
        if duty.shift == shift_of(each.starts, each.ends):
            return each.starts, each.ends
    return TIMES[duty.shift]


def _judge_leave(session: Session, office: Office, leave: Any, before: Any) -> Iterator[Problem]:
    leave.days = rules_of_leave.days(leave.start_at, leave.end_at, office.calendar(session))
    if leave.leave_state in ("refused", "withdrawn"):
        return
    uid = before.uid if before is not None else ""
    for other in leaves(session, office, leave.start_at, leave.end_at, leave.staff):
        if other.uid != uid:
            told = _("和 {number} 的请假时间重叠，请检查").format(number=other.record_no)
            yield Problem(told, "overlap", "start_at")
    kept = before is not None and (before.delegate, before.start_at) == (leave.delegate, leave.start_at)
    if kept:
        return
    if found := leaves(session, office, leave.start_at, leave.end_at, leave.delegate):
        told = _("工作代理人那时也请假（{number}），请另选一位").format(number=found[0].record_no)
        yield Problem(told, "clash", "delegate")
    for name in ("staff", "delegate"):
        who = getattr(leave, name)
        day = leave.start_at.date()
        if not is_in_post(standing(session, "staff", [who], day).get(who), day):
            yield Problem(_("那时不在岗，请检查日期或人员"), "clash", name)


_Judge = Callable[[Session, Office, Any, Any], Iterator[Problem]]
_JUDGES: Mapping[str, _Judge] = {
    "duty": _judge_duty,
    "leave": _judge_leave,
    "swap": swaps.judge,
    "duty_log": duty_logs.judge,
}
