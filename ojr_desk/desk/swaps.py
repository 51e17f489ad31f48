"""Swaps and stand-ins: who may take whose shift, and the roster after it."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.posted import is_own_phone, label_of, why_not
from ojr_desk.moments import Month
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS
from ojr_desk.store import months, records
from ojr_desk.store.asof import standing
from ojr_desk.text import _


def judge(session: Session, office: Office, swap: Any, before: Any = None) -> Iterator[Problem]:
    """Find whose shifts are meant, and refuse a swap that cannot be."""
    if before is not None:
        yield from _judge_again(swap, before)
        return
    shift = _one(session, swap.shift)
    other = _one(session, swap.other_shift) if swap.swap_kind == "swap" else None
    swap.other_shift = other.uid if other else None
    swap.applicant = shift.on_duty
    named = "other_shift" if other else "counterpart"
    yield from _unfit(office, session, shift, "shift")
    if other is not None:
        yield from _unfit(office, session, other, "other_shift")
        if swap.counterpart and swap.counterpart != other.on_duty:
            yield Problem(_("对方的班不是这个人的，请检查；互换的对方不用填"), "other_person", "counterpart")
        swap.counterpart = other.on_duty
    if swap.counterpart == swap.applicant:
        yield Problem(_("不能和自己换班，请另选一位"), "same_person", named)
        return
    yield from _by_another(swap)
    besides = [other.uid] if other is not None else []
    for told in why_not(session, office, swap.counterpart, shift, besides):
        yield Problem(told, "clash", named)
    for told in why_not(session, office, swap.applicant, other, [shift.uid]) if other is not None else ():
        yield Problem(told, "clash", named)


def _judge_again(swap: Any, before: Any) -> Iterator[Problem]:
    """Refuse another shift or person: others may have been swapped on since."""
    swap.applicant = before.applicant
    if swap.swap_kind == "swap" and swap.counterpart is None:
        swap.counterpart = before.counterpart
    for name in ("swap_kind", "shift", "other_shift", "counterpart"):
        if getattr(swap, name) != getattr(before, name):
            yield Problem(_("换班单登记后班次和人不能再改，登错的请作废后重登"), "fixed", name)
    yield from _by_another(swap)


def _by_another(swap: Any) -> Iterator[Problem]:
    if swap.approved_by and swap.approved_by == swap.applicant:
        yield Problem(_("不能自己批准自己换班，请选批准人"), "same_person", "approved_by")


def holds(session: Session, office: Office, swap: Any) -> Iterator[Problem]:
    """Keep a swap that another one was built on, or of a closed month."""
    shifts = [uid for uid in (swap.shift, swap.other_shift) if uid]
    found = of(session, shifts)
    if found and found[-1].uid != swap.uid:
        told = _("这个班后来又换过（{number}），请先作废后一张换班单。")
        yield Problem(told.format(number=found[-1].record_no), "swapped")
        return
    for shift in (_one(session, uid) for uid in shifts):
        if months.is_closed(session, office.center, Month.of(shift.duty_date)):
            told = _("{shift}所在的月份已经结账，不能再换回去。").format(shift=shift.label)
            yield Problem(told, "closed_month")
            return


def carry_through(session: Session, office: Office, swap: Any) -> None:
    """Give the shifts of a new swap to who has them now."""
    _give(session, swap.shift, swap.counterpart, swap.swap_kind)
    if swap.other_shift:
        _give(session, swap.other_shift, swap.applicant, swap.swap_kind)


def carry_back(session: Session, office: Office, swap: Any) -> None:
    """Give the shifts of a void swap back to who had them."""
    for uid, who in ((swap.shift, swap.applicant), (swap.other_shift, swap.counterpart)):
        if uid:
            found = of(session, [uid])
            _give(session, uid, who, found[-1].swap_kind if found else "manual")


def _unfit(office: Office, session: Session, shift: Any, name: str) -> Iterator[Problem]:
    """Refuse a shift that is void, another centre's, or in a closed month."""
    if shift.record_status == "void" or shift.center != office.center:
        yield Problem(_("这个班已经作废，或者是别的中心的，请另选"), "void", name)
    elif months.is_closed(session, office.center, Month.of(shift.duty_date)):
        told = _("{shift}所在的月份已经结账，请对那个班开更正单").format(shift=shift.label)
        yield Problem(told, "closed_month", name)


def _one(session: Session, uid: str) -> Any:
    return records.get(session, REGISTERS["duty"], uid)


def of(session: Session, shifts: Iterable[str]) -> list[Any]:
    """Read the swaps that hold of some shifts, oldest first."""
    model: Any = REGISTERS["swap"].model
    wanted = list(shifts)
    chosen = select(model).where(
        model.record_status != "void", or_(model.shift.in_(wanted), model.other_shift.in_(wanted))
    )
    return list(session.execute(chosen.order_by(model.id)).scalars())


def _give(session: Session, uid: str, who: str, source: str) -> None:
    shift = _one(session, uid)
    told: dict[str, Any] = {"on_duty": who, "source": source, "version": None}
    if is_own_phone(session, shift):
        told["contact_phone"] = standing(session, "staff", [who], shift.duty_date)[who].office_tel or ""
    told["label"] = label_of(session, shift, who)
    records.change(session, REGISTERS["duty"], uid, told)
