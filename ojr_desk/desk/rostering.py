"""Shifts and leaves before they are stored: blanks are filled in and clashes refused, however they came."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session

from ojr_desk.desk import swaps
from ojr_desk.desk.hours import rules_of
from ojr_desk.desk.office import Office
from ojr_desk.desk.posted import is_in_post, is_own_phone, label_of, leaves, span_of, why_not
from ojr_desk.moments import Month
from ojr_desk.problems import Problem
from ojr_desk.rules import leaves as rules_of_leave
from ojr_desk.rules.hours import sittings
from ojr_desk.rules.shifts import TIMES, day_kind, overlap, shift_of
from ojr_desk.store.asof import standing
from ojr_desk.text import _

#: What makes a shift another one; what is on the wall.
_SHIFT = ("duty_date", "shift", "duty_type", "staff", "starts", "ends")
_ON_THE_WALL = (*_SHIFT, "on_duty", "contact_phone", "backup")


def holds_duty(session: Session, office: Office, duty: Any) -> Iterator[Problem]:
    """Keep a shift that a swap was built on."""
    if found := swaps.of(session, [duty.uid]):
        told = _("这个班换过（{number}），请先作废那张换班单。")
        yield Problem(told.format(number=found[-1].record_no), "swapped")


def judge_duty(session: Session, office: Office, duty: Any, before: Any = None) -> Iterator[Problem]:
    """Fill in the hours, the day and the telephone of a shift, and refuse who is away, gone or on duty elsewhere."""
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


def judge_duty_row(session: Session, office: Office, duty: Any, earlier: Sequence[Any]) -> Iterator[Problem]:
    """Judge a shift of a batch: somebody is on duty at one time once, in the earlier rows too."""
    yield from judge_duty(session, office, duty)
    if any(overlap(span_of(duty), span_of(each)) for each in earlier):
        yield Problem(_("这个人同一时间前面的行已经有班，请另选一位"), "clash", "staff")


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


def judge_leave(session: Session, office: Office, leave: Any, before: Any = None) -> Iterator[Problem]:
    """Count the working days of a leave, and refuse two at a time and a delegate who cannot stand in."""
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


def judge_leave_row(
    session: Session, office: Office, leave: Any, earlier: Sequence[Any]
) -> Iterator[Problem]:
    """Judge a leave of a batch: nobody is away twice at a time, in the earlier rows too."""
    yield from judge_leave(session, office, leave)
    away = [each for each in (leave, *earlier) if each.leave_state in rules_of_leave.AWAY]
    own = (leave.start_at, leave.end_at)
    if leave in away and any(
        overlap((each.start_at, each.end_at), own) for each in away if each is not leave
    ):
        yield Problem(_("和前面的行请假时间重叠，请检查"), "overlap", "start_at")
