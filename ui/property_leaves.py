"""The leaves beside a loan, a thing and a request: giving back, moving, going up and coming back."""

from collections.abc import Mapping
from typing import Any

from ojr_desk.register import REGISTERS
from ojr_desk.registers.asset_move import MOVES
from ojr_desk.rules.property import FORBIDDEN, PATHS, STEPS
from ojr_desk.text import N_, _, listed
from ui.following import Following

#: What lists show first: what a thing or a loan is known by, and how it stands.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "asset": ("asset_no", "asset_name", "quantity", "venue", "keeper", "use_state", "record_status"),
    "item_loan": (
        "record_no",
        "asset",
        "quantity",
        "person",
        "due_back_on",
        "loan_state",
        "borrower",
        "record_status",
    ),
    "asset_request": (
        "record_no",
        "thing",
        "request_type",
        "quantity",
        "amount",
        "request_state",
        "asked_on",
        "record_status",
    ),
    "fund_entry": (
        "record_no",
        "occurred_on",
        "direction",
        "amount",
        "summary",
        "fund_source",
        "record_status",
    ),
}
_MOVE_ASKS: Mapping[str, tuple[str, ...]] = {
    "relocate": ("venue",),
    "hand_over": ("keeper",),
    "assign": ("used_by",),
    "give_up": (),
    "repair": ("quantity", "counterparty", "phone"),
    "repaired": ("quantity", "condition"),
    "dispose": ("request", "quantity", "counterparty"),
}
_STEP_ASKS: Mapping[str, tuple[str, ...]] = {
    "study": ("text",),
    "submit": ("submitted_to", "text"),
    "approve": ("result", "approval_no", "approved_quantity", "approved_amount", "text"),
    "execute": ("text", "income"),
    "finish": ("text", "income"),
    "withdraw": ("text",),
}


class LoanReturns(Following):
    """What of a loan came back, and the button by which the rest does."""

    rows, link, heads = "loan_return", "item_loan", ("returned_on", "quantity", "handled_by")

    @property
    def words(self) -> str:
        """Name the leaf."""
        return _("归还")

    def read(self, desk: Any, uid: str) -> Any:
        """Read how the loan stands."""
        return desk.property.loan(uid)

    def told(self, standing: Any) -> str:
        """Say how much is out."""
        if not standing.left:
            return _("已还清")
        day = standing.record.due_back_on.isoformat()
        return _("还有 {n} 没有归还，{day} 应还").format(n=standing.left, day=day)

    def label(self, key: str) -> str:
        """Name giving back."""
        return _("归还")

    def asked(self, key: str) -> tuple[str, ...]:
        """Ask for how many, when and in what state."""
        return ("quantity", "condition", "returned_on", "text", "handled_by")


class AssetMoves(Following):
    """What became of a thing, and what may become of it."""

    rows, link, heads = "asset_move", "asset", ("moved_on", "move_type", "quantity", "handled_by")

    @property
    def words(self) -> str:
        """Name the leaf."""
        return _("变动")

    def read(self, desk: Any, uid: str) -> Any:
        """Read how the thing stands."""
        return desk.property.asset(uid)

    def told(self, standing: Any) -> str:
        """Say how many pieces are at hand."""
        held = standing.held
        told = _("{number}：共 {all}，在手 {there}，借出 {lent}，送修 {repairing}").format(
            number=standing.record.asset_no,
            all=held.quantity,
            there=held.at_hand,
            lent=held.lent,
            repairing=held.repairing,
        )
        return listed((told, _("缺失 {n}").format(n=held.missing) if held.missing else ""), N_("，"))

    def label(self, key: str) -> str:
        """Name a move."""
        return _(MOVES[key])

    def asked(self, key: str) -> tuple[str, ...]:
        """Ask for what this move is about."""
        return (*_MOVE_ASKS[key], "moved_on", "handled_by", "remark")

    def given(self, key: str) -> Mapping[str, Any]:
        """Say which move it is."""
        return {"move_type": key}


class RequestSteps(Following):
    """The way of a request, and the steps that it may take; none out of turn is offered."""

    rows, link, heads = "request_step", "asset_request", ("occurred_on", "step", "by")

    @property
    def words(self) -> str:
        """Name the leaf."""
        return _("申请经过")

    def read(self, desk: Any, uid: str) -> Any:
        """Read how the request stands."""
        return desk.property.request(uid)

    def told(self, standing: Any) -> str:
        """Say how far it has come, who has to agree, and what is forbidden without a paper."""
        record = standing.record
        state = REGISTERS["asset_request"].by_name["request_state"].kind.show(record.request_state)
        forbidden = _("禁止事项：没有上级书面批复不能办（8.2.3）") if record.request_type in FORBIDDEN else ""
        return listed((state, _(PATHS[record.ownership]), forbidden), N_("　"))

    def label(self, key: str) -> str:
        """Name a step."""
        return _(STEPS[key])

    def asked(self, key: str) -> tuple[str, ...]:
        """Ask for what this step needs."""
        return ("occurred_on", *_STEP_ASKS[key], "by")

    def given(self, key: str) -> Mapping[str, Any]:
        """Say which step it is."""
        return {"step": key}
