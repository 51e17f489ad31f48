"""R28 经费收支备查账: what came in and went out, by source and with four names — a memo book, not the accounts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ojr_desk.moments import Month
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
    Running,
    Shown,
    column,
    parted,
    register,
)
from ojr_desk.registers import old_words
from ojr_desk.rules.funds import balances, by_source, signed, told
from ojr_desk.rules.identity import person_name
from ojr_desk.rules.masking import mask_name
from ojr_desk.rules.money import in_words
from ojr_desk.rules.property import SOURCES
from ojr_desk.text import N_, _

DIRECTIONS = {"income": N_("收入"), "expense": N_("支出"), "carried": N_("上年结转")}
PURPOSES = {
    "utilities": N_("水电网络"),
    "supplies": N_("办公耗材"),
    "activities": N_("活动经费"),
    "training": N_("培训"),
    "equipment": N_("设备购置"),
    "repairs": N_("维修"),
    "publicity": N_("宣传"),
    "visits": N_("慰问"),
    "volunteers": N_("志愿者补贴保险"),
    "labour": N_("劳务"),
    "safety": N_("安全消防"),
    "other": N_("其他"),
}
RECEIPTS = {
    "invoice": N_("发票"),
    "fiscal": N_("财政票据"),
    "receipt": N_("收据"),
    "slip": N_("白条"),
    "none": N_("无"),
}
_SPENT = {"direction": ("expense",)}
_LEAST = Decimal("0.01")


def _names(text: str) -> str:
    """Return the names of one or several persons, parted by 、."""
    return "、".join(person_name(each) for each in parted(text))


def _signed_by_four(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask of an expense what for and who signed; who audits is not who approves (8.1.6)."""
    if not values.get("handler"):
        yield Problem(_("请填经手人"), "required", "handler")
    if values.get("direction") == "expense":
        for name, told in (
            ("purpose", N_("支出要填用途科目")),
            ("witness", N_("支出要有证明人")),
            ("auditor", N_("支出要有村监委审核人")),
            ("approver", N_("支出要有审批人")),
        ):
            if not values.get(name):
                yield Problem(_(told), "required", name)
    if values.get("auditor") and values["auditor"] == values.get("approver"):
        yield Problem(_("审核人和审批人不能是同一个人"), "same_person", "approver")


def _equipment(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Keep equipment from being paid for that nobody has approved (8.2.3)."""
    paid = values.get("direction") == "expense" and values.get("purpose") == "equipment"
    if paid and not values.get("request"):
        yield Problem(_("设备购置要先上报批复：请选已经批复的购置申请"), "required", "request")


def _doubtful(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Doubt a slip of white paper, an expense without any, and who approves what he spent himself."""
    spent = values.get("direction") == "expense"
    if spent and values.get("receipt_kind") == "slip":
        yield Problem(_("白条不是正式票据，请尽快换成发票或收据"), "slip", "receipt_kind")
    if spent and values.get("receipt_kind") == "none":
        yield Problem(_("支出没有票据，请补"), "wanted", "receipt_kind")
    if spent and values.get("handler") and values["handler"] == values.get("approver"):
        yield Problem(_("经手人自己审批，请换一位审批人"), "same_person", "approver")


def _void(entry: Any) -> str:
    return _("（已作废）") if entry.record_status == "void" else ""


def _summary(entry: Any, _steps: Sequence[Any]) -> str:
    return f"{entry.summary}{_void(entry)}"


def _in(entry: Any, _steps: Sequence[Any]) -> int:
    return max(signed(entry), 0)


def _income(entry: Any, steps: Sequence[Any]) -> int:
    """Count what came in; what was left of last year is no income of this one."""
    return _in(entry, steps) if entry.direction == "income" else 0


def _carried(entry: Any, steps: Sequence[Any]) -> int:
    return _in(entry, steps) if entry.direction == "carried" else 0


def _out(entry: Any, _steps: Sequence[Any]) -> int:
    return max(-signed(entry), 0)


def _money_in(entry: Any, steps: Sequence[Any]) -> str:
    return told(_in(entry, steps)) if _in(entry, steps) else ""


def _money_out(entry: Any, steps: Sequence[Any]) -> str:
    return told(_out(entry, steps)) if _out(entry, steps) else ""


def _balance(before: Sequence[Any], entries: Sequence[Any]) -> Sequence[str]:
    return [told(each) for each in balances([*before, *entries])[len(before) :]]


def _closing(before: Sequence[Any], entries: Sequence[Any], month: Month) -> Iterable[str]:
    """Tell the year's totals, what each source has left, the month's expense in words, and what this book is not."""
    year = [each for each in before if each.occurred_on.year == month.year]
    came, went = (sum(value(each, ()) for each in [*year, *entries]) for value in (_income, _out))
    yield _("本年累计：收入 {came} 元，支出 {went} 元").format(came=told(came), went=told(went))
    spent = sum(_out(each, ()) for each in entries)
    yield _("本月支出合计（大写）：{words}").format(words=in_words(Decimal(spent).scaleb(-2)))
    was, now = by_source(before), by_source([*before, *entries])
    for source, label in SOURCES.items():
        if was.get(source) or now.get(source) or any(each.fund_source == source for each in entries):
            yield _("{source}：期初 {was} 元，期末 {now} 元").format(
                source=_(label), was=told(was.get(source, 0)), now=told(now.get(source, 0))
            )
    yield _("本表是备查账，不是会计账；村级会计核算由委托代理机构办理，以其账簿为准。")


@register(
    code="fund_entry",
    title=N_("经费"),
    group="assets",
    number="JF",
    dated_by="occurred_on",
    label_by="summary",
    rules=(_signed_by_four, _equipment),
    hints=(_doubtful,),
    settled=("direction", "fund_source", "amount"),
    books=(
        Book(
            code="fund_entry",
            title=N_("经费收支备查账"),
            number="JF",
            unit=N_("元"),
            columns=(
                "record_no",
                Shown("occurred_on", N_("日期"), 22),
                Shown("fund_source", N_("来源"), 26),
                Drawn(N_("摘要"), 38, _summary),
                Drawn(N_("收入"), 22, _money_in, right=True),
                Drawn(N_("支出"), 22, _money_out, right=True),
                Running(N_("本来源结余"), 24, _balance),
                Shown("handler", width_mm=16),
                Shown("witness", width_mm=16),
                Shown("auditor", N_("审核人"), 16),
                Shown("approver", width_mm=16),
            ),
            counts=(
                Count("in", N_("收入"), N_("元"), _income, money=True),
                Count("out", N_("支出"), N_("元"), _out, money=True),
                Count("carried", N_("上年结转"), N_("元"), _carried, aside=True, money=True),
            ),
            closing=_closing,
        ),
    ),
)
class FundEntry(Record, table=True):
    """One sum that came in or went out. The balance follows from all of its source."""

    __tablename__ = "fund_entry"

    occurred_on: date = column(
        N_("收支日期"),
        Day(future=False),
        default=lambda given: given.now.date(),
        width=22,
        synonyms=old_words.FUND_OCCURRED_ON,
    )
    direction: str = column(N_("收支"), choices=DIRECTIONS, width=16)
    fund_source: str = column(N_("经费来源"), choices=SOURCES, width=26, synonyms=old_words.FUND_FUND_SOURCE)
    amount: Decimal = column(
        N_("金额（元）"),
        Amount(least=_LEAST),
        width=24,
        synonyms=old_words.FUND_AMOUNT,
        help=N_("不填负数：退款记相反的一笔。"),
    )
    summary: str = column(N_("摘要"), max=80, width=42, search=True)
    purpose: str | None = column(N_("用途科目"), choices=PURPOSES, default=None, width=22, when=_SPENT)
    request: str | None = column(
        N_("购置申请"),
        link="asset_request",
        default=None,
        width=28,
        index=True,
        when={"direction": ("expense",), "purpose": ("equipment",)},
        help=N_("设备购置要先上报批复（8.2.3）。"),
    )
    counterparty: str = column(
        N_("对方"), max=60, default="", width=34, search=True, privacy=Privacy.PERSONAL, mask=mask_name
    )
    receipt_kind: str = column(N_("票据类型"), choices=RECEIPTS, default="invoice", width=18)
    receipt_no: str = column(N_("票据号码"), max=40, default="", width=28, search=True)
    handler: str = column(
        N_("经手人"), link="staff", default=lambda given: given.user, privacy=Privacy.PERSONAL
    )
    witness: str = column(
        N_("证明人"), max=50, check=_names, default="", privacy=Privacy.PERSONAL, mask=mask_name
    )
    auditor: str | None = column(
        N_("审核人（村监委）"), link="staff", default=None, width=20, privacy=Privacy.PERSONAL
    )
    approver: str | None = column(N_("审批人"), link="staff", default=None, privacy=Privacy.PERSONAL)
    overdraft_reason: str = column(
        N_("透支说明"), max=200, default="", width=36, help=N_("结余要成负数时，写明为什么，钱从哪里来。")
    )
