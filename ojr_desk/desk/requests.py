"""Requests beside their steps and what was done by them: nothing out of turn, nothing before its approval."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.things import executed, unusable
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS
from ojr_desk.rules.property import STEPS, steps_from
from ojr_desk.store import records
from ojr_desk.text import _

#: What was decided upon; once a request has gone up, it stays what it was.
_ASKED = ("request_type", "ownership", "asset", "quantity", "unit_price", "asked_on")


def steps_of(session: Session, request: Any) -> list[Any]:
    """Read the steps of a request that were not taken back, oldest first."""
    found = records.by_links(session, REGISTERS["request_step"], "asset_request", [request.uid])
    return [each for each in found if each.record_status != "void"]


def complete(session: Session, office: Office, request: Any) -> None:
    """Name what is asked about as its card does, and ask as whose it is."""
    if request.asset:
        asset = records.get(session, REGISTERS["asset"], request.asset)
        request.ownership = asset.ownership
        request.thing = request.thing or asset.asset_name


def judge(session: Session, office: Office, request: Any, was: Any) -> Iterator[Problem]:
    """Refuse to ask about what is gone or more than there is, and to change what has gone up."""
    if request.asset:
        asset = records.get(session, REGISTERS["asset"], request.asset)
        if was is None and (problem := unusable(office, asset, "asset")):
            yield problem
        elif was is None and request.quantity > asset.quantity:
            told = _("这张卡片只有 {n}").format(n=asset.quantity)
            yield Problem(told, "too_many", "quantity")
    if was is not None and was.request_state != "asked":
        for name in _ASKED:
            if getattr(request, name) != getattr(was, name):
                label = _(REGISTERS["asset_request"].by_name[name].label)
                told = _("{label}：已经研究或上报，不能再改；要改的请撤回后重新申请").format(label=label)
                yield Problem(told, "submitted", name)


def holds(session: Session, office: Office, request: Any) -> Iterator[Problem]:
    """Keep a request that has gone up: it is withdrawn by a step."""
    if request.request_state not in ("asked", "withdrawn"):
        yield Problem(_("已经研究或上报，不能作废；不办了的请登记“撤回”"), "submitted")


def complete_step(session: Session, office: Office, step: Any) -> None:
    """Take a whole approval for all that was asked."""
    request = records.get(session, REGISTERS["asset_request"], step.asset_request)
    if step.step != "approve" or step.result not in ("agree", "partly"):
        return
    if step.approved_quantity is None:
        step.approved_quantity = request.quantity
    if step.approved_amount is None and request.unit_price is not None:
        step.approved_amount = request.unit_price * step.approved_quantity


def judge_step(session: Session, office: Office, step: Any, was: Any) -> Iterator[Problem]:
    """Refuse a step out of turn, one dated before the last, and more than was asked."""
    if was is not None:
        return
    request = records.get(session, REGISTERS["asset_request"], step.asset_request)
    if request.record_status == "void" or request.center != office.center:
        yield Problem(_("{number} 已经作废").format(number=request.record_no), "void", "asset_request")
        return
    may = steps_from(request.request_state, request.ownership)
    if step.step not in may:
        yield Problem(_out_of_turn(request, step.step), "illegal_step", "step")
        return
    last = max([request.asked_on, *(each.occurred_on for each in steps_of(session, request))])
    if step.occurred_on < last:
        told = _("{step}日期早于上一步的 {day}，请检查：先申请、再上报、后批复")
        told = told.format(step=_(STEPS[step.step]), day=last.isoformat())
        yield Problem(told, "wrong_order", "occurred_on")
    if step.approved_quantity is not None and step.approved_quantity > request.quantity:
        told = _("申请的只有 {n}，批准数量不会更多，请检查").format(n=request.quantity)
        yield Problem(told, "too_many", "approved_quantity")
    if (
        step.approved_amount is not None
        and request.amount is not None
        and step.approved_amount > request.amount
    ):
        told = _("申请的总价是 {amount} 元，批准金额不会更多，请检查").format(amount=f"{request.amount:,.2f}")
        yield Problem(told, "too_many", "approved_amount")


def _out_of_turn(request: Any, step: str) -> str:
    state = REGISTERS["asset_request"].by_name["request_state"].kind.show(request.request_state)
    if step == "submit" and request.ownership == "village" and request.request_state == "asked":
        return _("村集体的要先经村级研究（五议两公开），再上报")
    if step in ("execute", "finish"):
        return _("还没有批复同意（{state}），不能执行；应先上报上级党委、政府（8.2.3）").format(state=state)
    return _("现在是“{state}”，不能登记“{step}”").format(state=state, step=_(STEPS[step]))


def holds_step(session: Session, office: Office, step: Any) -> Iterator[Problem]:
    """Keep an approval by which something was bought or given away, and all but the last step."""
    request = records.get(session, REGISTERS["asset_request"], step.asset_request)
    if step.step == "approve" and executed(session, request):
        yield Problem(_("已经按这个批复购置或处置，不能撤销"), "executed")
    steps = steps_of(session, request)
    if steps and steps[-1].uid != step.uid:
        yield Problem(_("后面还有步骤，请先撤销后面的"), "built_on")
