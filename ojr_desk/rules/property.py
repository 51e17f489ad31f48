"""The words of property: what a thing is, whose it is, who has to agree before it is bought or given away.

8.2.3 of the standard: 购置、处置应先上报上级党委、政府, and nothing is sold, rebuilt, rented out or mortgaged on one's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ojr_desk.text import N_, NP_

#: The first level of GB/T 14885-2022; codes below it meant other things in each edition, so they are only typed.
CLASSES: Mapping[str, str] = {
    "A01": N_("房屋和构筑物"),
    "A02": N_("设备"),
    "A03": N_("文物和陈列品"),
    "A04": N_("图书和档案"),
    "A05": N_("家具和用具"),
    "A06": N_("特种动植物"),
    "A07": N_("物资"),
    "A08": N_("无形资产"),
}
OWNERSHIPS: Mapping[str, str] = {
    "state": N_("国有（行政事业）"),
    "village": N_("村集体"),
    "party_dues": N_("党费购置"),
    "donated": N_("捐赠"),
    "borrowed": N_("借用"),
    "rented": N_("租入"),
    "partner": N_("共建单位所有"),
}
#: Who has to agree, by whose the thing is.
PATHS: Mapping[str, str] = {
    "state": N_("报乡镇（街道）和财政部门批复"),
    "village": N_("五议两公开，再报乡镇（街道）批复"),
    "party_dues": N_("报组织部门批复"),
    "donated": N_("按捐赠协议，报乡镇（街道）批复"),
    "borrowed": N_("先征得出借方书面同意，再报乡镇（街道）批复"),
    "rented": N_("先征得出租方书面同意，再报乡镇（街道）批复"),
    "partner": N_("先征得共建单位书面同意，再报乡镇（街道）批复"),
}
ACQUISITIONS: Mapping[str, str] = {
    "purchase": N_("购置"),
    "allocation": N_("调拨（划拨）"),
    "donation": N_("接受捐赠"),
    "built": N_("自建（自制）"),
    "exchange": N_("置换"),
    "surplus": N_("盘盈"),
    "lent_free": N_("无偿借入"),
    "other": N_("其他"),
}
SOURCES: Mapping[str, str] = {
    "finance": N_("财政资助"),
    "party_dues": N_("党费补助"),
    "donations": N_("社会众筹（捐赠）"),
    "companies": N_("非公有制企业支持"),
    "societies": N_("社会组织支持"),
    "village": N_("村集体资金"),
    "purchased": N_("政府购买服务"),
    "earmarked": N_("上级专项"),
    "other": N_("其他"),
}
#: What may be asked for. The last three are what 8.2.3 forbids without a written approval.
REQUESTS: Mapping[str, str] = {
    "purchase": N_("购置"),
    "scrap": N_("报废"),
    "loss": N_("报损"),
    "transfer": N_("调拨"),
    "donate": N_("捐赠"),
    "exchange": N_("置换"),
    "sell": N_("出售"),
    "alter": N_("改造"),
    "rent": N_("出租出借"),
    "mortgage": N_("抵押"),
}
DISPOSALS = frozenset({"scrap", "loss", "transfer", "donate", "exchange", "sell"})
FORBIDDEN = frozenset({"alter", "rent", "mortgage"})
REQUEST_STATES: Mapping[str, str] = {
    "asked": N_("已提出"),
    "studied": N_("村级研究"),
    "submitted": N_("已上报"),
    "approved": N_("已批复"),
    "executing": N_("执行中"),
    "done": N_("完结"),
    "refused": N_("驳回"),
    "withdrawn": N_("撤回"),
}
#: The states in which what was asked for may be done.
GRANTED = frozenset({"approved", "executing"})
RESULTS: Mapping[str, str] = {"agree": N_("同意"), "partly": N_("部分同意"), "refuse": N_("不同意")}
STEPS: Mapping[str, str] = {
    "study": NP_("request", "村级研究"),
    "submit": NP_("request", "上报"),
    "approve": NP_("request", "批复"),
    "execute": NP_("request", "执行"),
    "finish": NP_("request", "完结"),
    "withdraw": NP_("request", "撤回"),
}
_FROM: Mapping[str, frozenset[str]] = {
    "study": frozenset({"asked"}),
    "submit": frozenset({"asked", "studied"}),
    "approve": frozenset({"submitted"}),
    "execute": GRANTED,
    "finish": GRANTED,
    "withdraw": frozenset({"asked", "studied", "submitted"}),
}
_TO: Mapping[str, str] = {
    "study": "studied",
    "submit": "submitted",
    "approve": "approved",
    "execute": "executing",
    "finish": "done",
    "withdraw": "withdrawn",
}


def steps_from(state: str, ownership: str) -> tuple[str, ...]:
    """List the steps that a request may take; what is the village's own is decided by the village first."""
    steps = [step for step, states in _FROM.items() if state in states]
    if ownership == "village" and state == "asked":
        steps.remove("submit")
    return tuple(steps)


def state_after(steps: Sequence[tuple[str, str | None]]) -> str:
    """Return the state that *steps* lead to, each with the result of an approval, oldest first."""
    state = "asked"
    for step, result in steps:
        state = "refused" if step == "approve" and result == "refuse" else _TO[step]
    return state


@dataclass(frozen=True)
class Held:
    """How many pieces of a thing there are, and how many of them are out of the house."""

    quantity: int
    lent: int = 0
    repairing: int = 0
    missing: int = 0

    @property
    def at_hand(self) -> int:
        """Count the pieces that can be lent, sent to repair or given away now."""
        return self.quantity - self.lent - self.repairing - self.missing


def share(value: Decimal, pieces: int, of: int) -> Decimal:
    """Return the part of *value* that *pieces* of so many bear, to the cent; of all pieces it is all of it."""
    return (value * pieces / of).quantize(Decimal("0.01"))


def net_value(value: Decimal, years: int | None, since: date, day: date) -> Decimal | None:
    """Return what is left of *value* on *day*, in equal parts over so many years; it informs and is no account."""
    if not years:
        return None
    months = min(max((day.year - since.year) * 12 + day.month - since.month, 0), years * 12)
    return (value * (years * 12 - months) / (years * 12)).quantize(Decimal("0.01"))
