"""R09 请假 and R08 换班: what takes people off the roster, and what puts others in their place."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import NaiveDatetime

from ojr_desk.problems import Problem
from ojr_desk.register import Given, Moment, Privacy, Record, column, register, why_late
from ojr_desk.rules.identity import has_citizen_id
from ojr_desk.rules.leaves import KINDS, STATES
from ojr_desk.text import N_, _

SWAPS = {"swap": N_("互换"), "cover": N_("顶班")}


def _in_order(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a leave that ends before it begins, and one that ended before it began."""
    start, end, back = (values.get(name) for name in ("start_at", "end_at", "returned_at"))
    if start and end and end <= start:
        yield Problem(_("结束时间要晚于开始时间"), "wrong_order", "end_at")
    if start and back and back < start:
        yield Problem(_("销假时间早于请假开始，请检查"), "wrong_order", "returned_at")


def _by_others(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse who does the own work while away, and who allows the own leave."""
    who = values.get("staff")
    if who and values.get("delegate") == who:
        yield Problem(_("工作代理人不能是请假人自己，请另选一位"), "same_person", "delegate")
    if who and values.get("approved_by") == who:
        yield Problem(_("不能自己批自己的假，请选审批人"), "same_person", "approved_by")


def _decided(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask who decided, or for the tick that paper was signed; who came back was away."""
    state = values.get("leave_state")
    if state not in ("pending", "withdrawn", None) and not (
        values.get("approved_by") or values.get("on_paper")
    ):
        yield Problem(_("请选审批人；批在纸上的请勾“纸签”"), "required", "approved_by")
    if state in ("returned", "overrun") and not values.get("returned_at"):
        yield Problem(_("已销假的请填销假时间"), "required", "returned_at")
    if values.get("returned_at") and state not in ("approved", "returned", "overrun"):
        yield Problem(_("没有同意的假不用销假，请检查状态"), "contradiction", "returned_at")


def _no_citizen_ids(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Keep ID numbers out of the reason."""
    if has_citizen_id(values.get("reason") or ""):
        yield Problem(_("这里写了身份证号，请删去"), "citizen_id_in_text", "reason")


def _state(values: dict[str, Any], given: Given) -> Mapping[str, Any]:
    """Tell by the time of coming back whether it was in time."""
    if values.get("leave_state") in ("approved", "returned", "overrun") and values.get("returned_at"):
        late = values["returned_at"] > values["end_at"]
        return {"leave_state": "overrun" if late else "returned"}
    return {}


@register(
    code="leave",
    title=N_("请假"),
    group="duty",
    number="QJ",
    dated_by="start_at",
    rules=(_in_order, _by_others, _decided, _no_citizen_ids),
    derive=_state,
)
class Leave(Record, table=True):
    """One leave, from asking to coming back. It stays home: reasons are nobody else's business."""

    __tablename__ = "leave_request"

    staff: str = column(N_("请假人"), link="staff", search=True, index=True, privacy=Privacy.PERSONAL)
    leave_type: str = column(N_("类别"), choices=KINDS, default="personal", privacy=Privacy.PERSONAL)
    start_at: NaiveDatetime = column(N_("开始"), Moment(), width=30)
    end_at: NaiveDatetime = column(N_("结束"), Moment(), width=30)
    days: Decimal | None = column(N_("天数"), computed=True, width=14, help=N_("只算工作日，半天算0.5天。"))
    reason: str = column(
        N_("事由"),
        max=100,
        default="",
        width=40,
        privacy=Privacy.PERSONAL,
        help=N_("病假不要写病情。"),
    )
    delegate: str = column(N_("工作代理人"), link="staff", privacy=Privacy.PERSONAL)
    leave_state: str = column(N_("审批"), choices=STATES, default="approved")
    approved_by: str | None = column(N_("审批人"), link="staff", default=None, privacy=Privacy.PERSONAL)
    on_paper: bool = column(N_("纸签"), default=False, width=12, help=N_("批在纸上的勾这里，纸另存。"))
    approved_at: NaiveDatetime | None = column(N_("审批时间"), Moment(future=False), default=None, width=30)
    opinion: str = column(N_("审批意见"), max=100, default="", width=40, privacy=Privacy.PERSONAL)
    returned_at: NaiveDatetime | None = column(
        N_("销假时间"), Moment(future=False), default=None, width=30, help=N_("晚于结束时间的记为超假。")
    )


def _named(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask for the other one's shift, or for who takes this one."""
    if values.get("swap_kind") == "swap" and not values.get("other_shift"):
        yield Problem(_("互换要选对方的班；只是顶一个班的请选“顶班”"), "required", "other_shift")
    if values.get("swap_kind") == "cover" and not values.get("counterpart"):
        yield Problem(_("请选谁来顶班"), "required", "counterpart")
    if values.get("shift") and values.get("shift") == values.get("other_shift"):
        yield Problem(_("两个班是同一个，请另选对方的班"), "same_shift", "other_shift")


def _allowed(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask who allowed it, or for the tick that paper was signed."""
    if not (values.get("approved_by") or values.get("on_paper")):
        yield Problem(_("请选批准人；双方签在纸上的请勾“纸签”"), "required", "approved_by")


@register(
    code="swap",
    title=N_("换班"),
    group="duty",
    number="HB",
    dated_by="agreed_at",
    rules=(_named, _allowed, _no_citizen_ids),
    hints=(why_late,),
)
class Swap(Record, table=True):
    """One swap or stand-in, agreed and allowed; one clerk enters it for both, if need be afterwards."""

    __tablename__ = "shift_swap"

    agreed_at: NaiveDatetime = column(
        N_("说定时间"), Moment(future=False), default=lambda given: given.now, width=30
    )
    swap_kind: str = column(N_("方式"), choices=SWAPS, default="cover", width=14)
    shift: str = column(N_("原班次"), link="duty", index=True, width=50, privacy=Privacy.PERSONAL)
    applicant: str | None = column(
        N_("申请人"), link="staff", computed=True, search=True, privacy=Privacy.PERSONAL
    )
    counterpart: str | None = column(
        N_("对方"),
        link="staff",
        default=None,
        search=True,
        privacy=Privacy.PERSONAL,
        help=N_("互换的不用填，按对方班次。"),
    )
    other_shift: str | None = column(
        N_("对方班次"),
        link="duty",
        index=True,
        default=None,
        width=50,
        privacy=Privacy.PERSONAL,
        search=True,
        when={"swap_kind": ("swap",)},
    )
    reason: str = column(N_("原因"), max=100, width=40, privacy=Privacy.PERSONAL)
    approved_by: str | None = column(N_("批准人"), link="staff", default=None, privacy=Privacy.PERSONAL)
    on_paper: bool = column(N_("纸签"), default=False, width=12, help=N_("双方和负责人签在纸上的勾这里。"))
