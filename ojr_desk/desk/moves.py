"""What becomes of things: how their moves may be, and what the cards say after them."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.standing import effective
from ojr_desk.desk.things import executed, held_now, ungranted, unusable
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS
from ojr_desk.registers.asset_move import TELLING
from ojr_desk.rules.property import DISPOSALS, Held, share
from ojr_desk.store import records
from ojr_desk.text import _


def complete(session: Session, office: Office, move: Any) -> None:
    """Take all pieces where nobody said how many."""
    asset = records.get(session, REGISTERS["asset"], move.asset)
    if move.quantity is None:
        held = held_now(session, asset)
        move.quantity = held.repairing or None if move.move_type == "repaired" else asset.quantity


def judge(session: Session, office: Office, move: Any, was: Any) -> Iterator[Problem]:
    """Refuse to move what is gone, lent or not there, and to part with what nobody approved."""
    if was is not None:
        return
    asset = records.get(session, REGISTERS["asset"], move.asset)
    if (problem := unusable(office, asset, "asset")) is not None:
        yield problem
        return
    if move.moved_on < asset.acquired_on:
        told = _("变动日期早于取得日期 {day}，请检查").format(day=asset.acquired_on.isoformat())
        yield Problem(told, "wrong_order", "moved_on")
    if move.move_type not in ("repair", "repaired") and move.moved_on < asset.valid_from:
        told = _("这张卡片 {day} 已经变动过，变动要按先后登记").format(day=asset.valid_from.isoformat())
        yield Problem(told, "wrong_order", "moved_on")
    held = held_now(session, asset)
    if move.move_type in (*TELLING, "give_up") and move.quantity != asset.quantity:
        told = _("这张卡片共 {all}，只动一部分的，请把它分成两张卡片")
        yield Problem(told.format(all=asset.quantity), "too_many", "quantity")
    elif move.move_type == "repair":
        yield from _enough(move.quantity, held, held.at_hand)
    elif (move.move_type == "repaired" and (move.quantity or 0) > held.repairing) or move.quantity is None:
        told = _("送修未回的只有 {n}，请检查").format(n=held.repairing)
        yield Problem(told, "too_many", "quantity")
    elif move.move_type == "dispose":
        yield from _disposed(session, move, asset, held)


def _enough(wanted: int, held: Held, there: int) -> Iterator[Problem]:
    if wanted > there:
        told = _("在手的只有 {there}（共 {all}，借出 {lent}，送修 {repairing}），不够 {wanted}")
        told = told.format(
            there=there, all=held.quantity, lent=held.lent, repairing=held.repairing, wanted=wanted
        )
        yield Problem(told, "too_many", "quantity")


def _disposed(session: Session, move: Any, asset: Any, held: Held) -> Iterator[Problem]:
    """Hold a disposal against what was approved, and against what is in the house."""
    request = records.get(session, REGISTERS["asset_request"], move.request)
    if request.request_type not in DISPOSALS or request.asset != asset.uid:
        told = _("{number} 不是这件资产的处置申请").format(number=request.record_no)
        yield Problem(told, "not_approved", "request")
        return
    if problem := ungranted(request, move.moved_on, "request"):
        yield problem
        return
    left = request.approved_quantity - executed(session, request)
    if move.quantity > left:
        told = _("{number} 批准处置 {granted}，还剩 {left}，不能处置 {wanted}")
        told = told.format(
            number=request.record_no, granted=request.approved_quantity, left=left, wanted=move.quantity
        )
        yield Problem(told, "beyond_approval", "quantity")
    there = held.at_hand + (held.missing if request.request_type == "loss" else 0)
    if move.quantity > there and held.lent:
        told = _("还有 {lent} 借出没有归还，不能处置；请先收回").format(lent=held.lent)
        yield Problem(told, "lent", "quantity")
    else:
        yield from _enough(move.quantity, held, there)


def post(session: Session, office: Office, move: Any) -> None:
    """Have the card say from the day of a move on what the move says."""
    register = REGISTERS["asset"]
    asset = records.get(session, register, move.asset)
    values: dict[str, Any] = {}
    if name := TELLING.get(move.move_type):
        values[name] = getattr(move, name)
    elif move.move_type == "give_up":
        values["used_by"] = None
    elif move.move_type == "dispose" and move.quantity < asset.quantity:
        values["quantity"] = asset.quantity - move.quantity
        gone = share(asset.original_value, move.quantity, asset.quantity)
        values["original_value"] = asset.original_value - gone
    elif move.move_type == "dispose":
        values["use_state"] = "disposed"
    if values:
        values["valid_from"] = effective(session, office, asset, move.moved_on)
        records.change(session, register, asset.uid, values)
