"""R27-B 购置、处置申请: one request for one sort of thing, and the steps of its way to the superior and back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ojr_desk.problems import Problem
from ojr_desk.register import (
    Amount,
    Book,
    Count,
    Day,
    Drawn,
    Given,
    Privacy,
    Record,
    Shown,
    Whole,
    column,
    register,
)
from ojr_desk.rules.money import in_words
from ojr_desk.rules.property import (
    DISPOSALS,
    FORBIDDEN,
    OWNERSHIPS,
    PATHS,
    REQUEST_STATES,
    REQUESTS,
    RESULTS,
    SOURCES,
    STEPS,
    state_after,
)
from ojr_desk.text import N_, _

_PURCHASE = {"request_type": ("purchase",)}
_OF_A_THING = {"request_type": tuple(code for code in REQUESTS if code != "purchase")}


def _what(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask of a purchase what it costs, and of all else which thing it is about."""
    kind = values.get("request_type")
    if kind == "purchase":
        for name, told in (
            ("thing", N_("购置要填买什么")),
            ("unit_price", N_("购置要填单价")),
            ("fund_source", N_("购置要填预算来源")),
        ):
            if values.get(name) in (None, ""):
                yield Problem(_(told), "required", name)
        if values.get("asset"):
            yield Problem(_("选了已有的资产，申请类型就不是购置，请检查"), "contradiction", "request_type")
    elif kind and not values.get("asset"):
        yield Problem(_("请选是哪一件资产"), "required", "asset")


def _forbidden(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Say what 8.2.3 forbids: sale, alteration, letting and mortgaging on one's own."""
    if values.get("request_type") in FORBIDDEN and values.get("request_state") not in (
        "refused",
        "withdrawn",
    ):
        told = _("禁止事项：场所和设施不得私自改造、租赁、抵押（8.2.3），没有上级书面批复不能办")
        yield Problem(told, "forbidden", "request_type")


def _derive(values: dict[str, Any], given: Given) -> Mapping[str, Any]:
    """Reckon the total."""
    price = values.get("unit_price")
    return {"amount": None if price is None else price * values["quantity"]}


def project(request: Any, steps: Sequence[Any]) -> Mapping[str, Any]:
    """Tell how far a request has come, and what was granted."""
    approval = next((each for each in reversed(steps) if each.step == "approve"), None)
    submission = next((each for each in reversed(steps) if each.step == "submit"), None)
    granted = approval is not None and approval.result != "refuse"
    return {
        "request_state": state_after([(each.step, each.result) for each in steps]),
        "submitted_on": submission.occurred_on if submission else None,
        "approved_on": approval.occurred_on if approval else None,
        "approval_no": approval.approval_no if approval else "",
        "approved_quantity": approval.approved_quantity if approval and granted else None,
        "approved_amount": approval.approved_amount if approval and granted else None,
    }


def _state(request: Any, steps: Sequence[Any]) -> str:
    if request.record_status == "void":
        return _("已作废")
    return _(REQUEST_STATES[project(request, steps)["request_state"]])


def _approval(request: Any, steps: Sequence[Any]) -> str:
    told = project(request, steps)
    day = told["approved_on"]
    return f"{day:%Y-%m-%d}\n{told['approval_no']}".strip() if day else "—"


def _words(request: Any, steps: Sequence[Any]) -> str:
    return in_words(request.amount) if request.amount else "—"


def _one(request: Any, steps: Sequence[Any]) -> int:
    return int(request.record_status != "void")


@register(
    code="asset_request",
    title=N_("资产申请"),
    group="assets",
    number="SQ",
    dated_by="asked_on",
    label_by="thing",
    rules=(_what,),
    hints=(_forbidden,),
    derive=_derive,
    as_of=project,
    books=(
        Book(
            code="asset_request",
            title=N_("资产购置处置申请登记簿"),
            number="SQ",
            unit=N_("件"),
            columns=(
                "record_no",
                "asked_on",
                "request_type",
                Shown("thing", width_mm=28),
                "quantity",
                "amount",
                Drawn(N_("大写"), 42, _words),
                "ownership",
                Drawn(N_("批复"), 30, _approval),
                Drawn(N_("申请状态"), 18, _state),
            ),
            counts=(Count("count", N_("申请"), N_("件"), _one),),
        ),
    ),
)
class AssetRequest(Record, table=True):
    """What is asked for: to buy, to part with, to alter. How far it has come is told by its steps."""

    __tablename__ = "asset_request"

    asked_on: date = column(
        N_("申请日期"), Day(future=False), default=lambda given: given.now.date(), width=22
    )
    request_type: str = column(N_("申请类型"), choices=REQUESTS, width=18)
    ownership: str = column(
        N_("权属性质"), choices=OWNERSHIPS, default="village", width=24, help=N_("由谁批复就看它。")
    )
    asset: str | None = column(N_("资产"), link="asset", default=None, width=36, index=True, when=_OF_A_THING)
    thing: str = column(
        N_("物品名称"), max=60, default="", width=32, search=True, help=N_("一种东西一份申请，批复才对得上。")
    )
    spec: str = column(N_("规格型号"), max=60, default="", width=26, when=_PURCHASE)
    quantity: int = column(N_("数量"), Whole(least=1, most=1_000_000), default=1, width=14)
    unit_price: Decimal | None = column(
        N_("单价（元）"), Amount(least=Decimal("0.01")), default=None, width=20, when=_PURCHASE
    )
    fund_source: str | None = column(N_("预算来源"), choices=SOURCES, default=None, width=24, when=_PURCHASE)
    reason: str = column(N_("事由"), long=True, max=500, width=50, search=True)
    asked_by: str | None = column(
        N_("申请人"), link="staff", default=lambda given: given.user, privacy=Privacy.PERSONAL
    )
    amount: Decimal | None = column(N_("总价（元）"), computed=True, width=22)
    request_state: str = column(
        N_("申请状态"), choices=REQUEST_STATES, computed=True, default="asked", width=18
    )
    submitted_on: date | None = column(N_("上报日期"), computed=True, width=22)
    approved_on: date | None = column(N_("批复日期"), computed=True, width=22)
    approval_no: str = column(N_("批复文号"), computed=True, default="", width=30)
    approved_quantity: int | None = column(N_("批准数量"), computed=True, width=16)
    approved_amount: Decimal | None = column(N_("批准金额（元）"), computed=True, width=22)

    @property
    def path(self) -> str:
        """Say who has to agree."""
        return _(PATHS[self.ownership])

    @property
    def is_disposal(self) -> bool:
        """Tell whether it is asked to part with a thing."""
        return self.request_type in DISPOSALS


def _complete_step(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask of each step what it is nothing without."""
    step, result = values.get("step"), values.get("result")
    asked = [
        ("submit", "submitted_to", N_("上报要填报给谁")),
        ("study", "text", N_("村级研究要写会议和结果")),
    ]
    asked.append(("approve", "result", N_("批复要填结果")))
    if result in ("agree", "partly"):
        asked.append(("approve", "approval_no", N_("同意的要填批复文号；没有书面批复不能执行")))
    if result == "partly":
        asked.append(("approve", "approved_quantity", N_("部分同意的要填批准数量")))
    asked.append(("execute", "text", N_("执行要写结果")))
    for each, name, told in asked:
        if step == each and not values.get(name):
            yield Problem(_(told), "required", name)


@register(
    code="request_step",
    title=N_("申请经过"),
    group="assets",
    number="SJ",
    dated_by="occurred_on",
    rules=(_complete_step,),
    steps_of={"asset_request": "asset_request"},
)
class RequestStep(Record, table=True):
    """One dated step of a request. Rows are only added."""

    __tablename__ = "request_step"

    asset_request: str = column(N_("资产申请"), link="asset_request", width=28, index=True)
    step: str = column(N_("步骤"), choices=STEPS, width=18)
    occurred_on: date = column(
        N_("日期"), Day(future=False), default=lambda given: given.now.date(), width=22
    )
    submitted_to: str = column(
        N_("报给"),
        max=60,
        default="",
        width=36,
        when={"step": ("submit",)},
        help=N_("上级党委、政府（8.2.3）。"),
    )
    result: str | None = column(
        N_("批复结果"), choices=RESULTS, default=None, width=18, when={"step": ("approve",)}
    )
    approval_no: str = column(N_("批复文号"), max=40, default="", width=30, when={"step": ("approve",)})
    approved_quantity: int | None = column(
        N_("批准数量"),
        Whole(least=1, most=1_000_000),
        default=None,
        width=16,
        when={"step": ("approve",)},
        help=N_("不填就是申请的全部。"),
    )
    approved_amount: Decimal | None = column(
        N_("批准金额（元）"),
        default=None,
        width=22,
        when={"step": ("approve",)},
        help=N_("不填就是申请的总价。"),
    )
    income: Decimal | None = column(
        N_("处置收入（元）"),
        default=None,
        width=22,
        when={"step": ("execute", "finish")},
        help=N_("另在经费里记一笔收入。"),
    )
    text: str = column(N_("经过和结果"), long=True, max=500, default="", width=50)
    by: str | None = column(
        N_("经办人"), link="staff", default=lambda given: given.user, privacy=Privacy.PERSONAL
    )
