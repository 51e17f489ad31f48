"""R39 物品借用: umbrellas, chairs, a projector — lent to somebody, for so long, given back in parts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Index
from sqlalchemy import text as sql

from ojr_desk.problems import Problem
from ojr_desk.register import (
    Book,
    Count,
    Day,
    Drawn,
    DueOn,
    Given,
    Privacy,
    Record,
    Whole,
    column,
    register,
)
from ojr_desk.registers import old_words
from ojr_desk.registers.asset_move import CONDITIONS
from ojr_desk.rules.identity import phone
from ojr_desk.rules.masking import mask_name, mask_phone
from ojr_desk.text import N_, _

STATES = {"out": N_("未还"), "partly": N_("还了一部分"), "back": N_("已还清")}
#: The states in which something is still to be given back, in the very words by which SQLite knows its index.
OPEN = ("out", "partly")
IS_OUT = "loan_state IN ('out', 'partly')"


def _to_whom(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask who has it: a person that is known here, or any other name."""
    if not values.get("person") and not values.get("borrower"):
        yield Problem(_("借用人没有填，请填写；借给单位的填“借用单位”"), "required", "person")


def _in_order(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse what would be due before it is lent."""
    lent, due = values.get("lent_on"), values.get("due_back_on")
    if lent and due and due < lent:
        yield Problem(_("应还日期早于借出日期，请检查"), "wrong_order", "due_back_on")


def _a_number(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Remind of the telephone by which somebody is asked for the thing."""
    if values.get("borrower") and not values.get("phone"):
        yield Problem(_("还没有填：借用电话"), "wanted", "phone")


def _of(returns: Sequence[Any]) -> int:
    return sum(each.quantity or 0 for each in returns)


def project(loan: Any, returns: Sequence[Any]) -> Mapping[str, Any]:
    """Tell how much of a loan has come back, and when the last of it did."""
    back = _of(returns)
    state = "out" if not back else "partly" if back < (loan.quantity or 0) else "back"
    return {
        "returned_quantity": back,
        "loan_state": state,
        "returned_on": max(each.returned_on for each in returns) if state == "back" else None,
    }


def _counted(loan: Any, returns: Sequence[Any]) -> int:
    return int(loan.record_status != "void") * (loan.quantity or 0)


def _came_back(loan: Any, returns: Sequence[Any]) -> int:
    return int(loan.record_status != "void") * _of(returns)


def _how_it_stands(loan: Any, returns: Sequence[Any]) -> str:
    if loan.record_status == "void":
        return _("已作废")
    told = project(loan, returns)
    if told["loan_state"] == "partly":
        return _("还了 {n}").format(n=told["returned_quantity"])
    day = told["returned_on"]
    return _("{day} 还清").format(day=f"{day:%m-%d}") if day else _(STATES[told["loan_state"]])


def _who(loan: Any, returns: Sequence[Any]) -> str:
    return loan.borrower or "—"


@register(
    code="item_loan",
    title=N_("物品借用"),
    group="assets",
    number="WJ",
    dated_by="lent_on",
    rules=(_to_whom, _in_order),
    hints=(_a_number,),
    as_of=project,
    dues=(
        DueOn(
            "due_back_on",
            N_("归还借用物品"),
            about="asset",
            who=("person", "borrower"),
            only={"loan_state": OPEN},
        ),
    ),
    books=(
        Book(
            code="item_loan",
            title=N_("物品借用登记簿"),
            number="WJ",
            unit=N_("件"),
            columns=(
                "record_no",
                "lent_on",
                "asset",
                "quantity",
                Drawn(N_("借用人"), 34, _who, Privacy.PERSONAL, of="person"),
                "due_back_on",
                Drawn(N_("归还情况"), 28, _how_it_stands),
                "handled_by",
            ),
            counts=(
                Count("lent", N_("借出"), N_("件"), _counted),
                Count("returned", N_("已还"), N_("件"), _came_back),
            ),
        ),
    ),
)
class ItemLoan(Record, table=True):
    """Something lent. What came back is told by its returns."""

    __tablename__ = "item_loan"
    __table_args__ = (Index("ix_item_loan_out", "due_back_on", sqlite_where=sql(IS_OUT)),)

    asset: str = column(
        N_("物品"), link="asset", width=40, search=True, index=True, synonyms=old_words.LOAN_ASSET
    )
    quantity: int = column(N_("借出数量"), Whole(least=1, most=1_000_000), default=1, width=16)
    person: str | None = column(
        N_("借用人"),
        link="person",
        default=None,
        width=24,
        search=True,
        privacy=Privacy.PETITIONER,
        index=True,
    )
    borrower: str = column(
        N_("借用单位"),
        max=60,
        default="",
        width=34,
        search=True,
        pinyin=True,
        privacy=Privacy.PERSONAL,
        mask=mask_name,
        help=N_("借给单位，或不想登记姓名的，写在这里。"),
    )
    phone: str = column(
        N_("借用电话"),
        check=phone,
        default="",
        width=26,
        privacy=Privacy.PRIVATE,
        mask=mask_phone,
        synonyms=old_words.LOAN_PHONE,
    )
    lent_on: date = column(
        N_("借出日期"), Day(future=False), default=lambda given: given.now.date(), width=22
    )
    due_back_on: date = column(N_("应还日期"), width=22, synonyms=old_words.LOAN_DUE_BACK_ON)
    deposit: Decimal | None = column(N_("押金（元）"), default=None, width=18)
    purpose: str = column(N_("借用事由"), max=60, default="", width=36)
    condition: str = column(N_("借出时"), choices={"good": N_("完好"), "worn": N_("有旧伤")}, default="good")
    handled_by: str | None = column(
        N_("经手人"), link="staff", default=lambda given: given.user, privacy=Privacy.PERSONAL
    )
    returned_quantity: int = column(N_("已还数量"), computed=True, default=0, width=16)
    loan_state: str = column(N_("归还情况"), choices=STATES, computed=True, default="out", width=20)
    returned_on: date | None = column(N_("还清日期"), computed=True, width=22)


@register(
    code="loan_return",
    title=N_("借用归还"),
    group="assets",
    number="GH",
    dated_by="returned_on",
    steps_of={"item_loan": "item_loan"},
)
class LoanReturn(Record, table=True):
    """What of a loan was given back on a day. Rows are only added."""

    __tablename__ = "loan_return"

    item_loan: str = column(N_("借用登记"), link="item_loan", width=28, index=True)
    returned_on: date = column(
        N_("归还日期"), Day(future=False), default=lambda given: given.now.date(), width=22
    )
    quantity: int | None = column(
        N_("归还数量"),
        Whole(least=1, most=1_000_000),
        default=None,
        width=16,
        help=N_("不填就是全部还清。"),
    )
    condition: str = column(
        N_("完好情况"),
        choices=CONDITIONS,
        default="good",
        width=18,
        help=N_("缺失的，这里登记后再申请报损。"),
    )
    text: str = column(N_("说明"), max=200, default="", width=40)
    handled_by: str | None = column(
        N_("经手人"), link="staff", default=lambda given: given.user, privacy=Privacy.PERSONAL
    )
