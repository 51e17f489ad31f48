"""The memo book: balances that never fall below nought silently, four names, totals that are their lines."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from tests.belongings import approve, expense, furnished, income, purchase
from tests.core.desk.test_property import refused
from tests.office import add

NOVEMBER = Month(2026, 11)


@pytest.fixture(autouse=True)
def _furnished(desk: Desk) -> None:
    furnished(desk)


def told(desk: Desk, month: Month = NOVEMBER) -> list[tuple[str, str, str]]:
    """Tell of each line what came in, went out and was left."""
    ledger = desk.books.ledger("fund_entry", month)
    place = [each.label for each in ledger.headings].index("收入")
    return [(row[place], row[place + 1], row[place + 2]) for row in ledger.rows]


def test_each_source_has_its_own_balance(desk: Desk) -> None:
    add(desk, "fund_entry", income(), income(fund_source="party_dues", amount="300"), expense())
    assert told(desk) == [
        ("1,000.00", "—", "1,000.00"),
        ("300.00", "—", "300.00"),
        ("—", "120.50", "879.50"),
    ]
    assert desk.funds.left() == {"finance": 87950, "party_dues": 30000}


def test_a_balance_does_not_fall_below_nought_silently(desk: Desk) -> None:
    add(desk, "fund_entry", income(amount="100"))
    assert refused(desk, "fund_entry", expense(amount="100.01")) == [("amount", "overdrawn")]
    add(desk, "fund_entry", expense(amount="100"))
    with pytest.raises(Invalid, match="财政资助到 2026-11-02"):
        desk.registers.add("fund_entry", [expense(amount="1", occurred_on="2026-11-02")])
    add(desk, "fund_entry", expense(amount="50", overdraft_reason="村集体先垫，12月拨款后归还"))
    assert desk.funds.left()["finance"] == -5000


def test_an_income_that_was_spent_is_neither_void_nor_less(desk: Desk) -> None:
    came = add(desk, "fund_entry", income(amount="100"))
    add(desk, "fund_entry", expense(amount="90"))
    with pytest.raises(Refused, match="负数"):
        desk.registers.void("fund_entry", came.uid, "重了")
    with pytest.raises(Invalid, match="负数"):
        desk.registers.edit("fund_entry", came.uid, {"amount": "89"})
    with pytest.raises(Invalid, match="负数"):
        desk.registers.edit("fund_entry", came.uid, {"fund_source": "village"})
    assert desk.registers.edit("fund_entry", came.uid, {"amount": "95"}).amount == Decimal(95)


def test_undoing_does_not_overdraw_either(desk: Desk) -> None:
    add(desk, "fund_entry", income(amount="100"))
    deed = desk.undo.last()
    assert deed is not None
    add(desk, "fund_entry", expense(amount="90"))
    with pytest.raises(Refused):
        desk.undo.take_back(deed.deed)


@pytest.mark.parametrize(
    ("more", "column", "code"),
    [
        ({"auditor": "陈国平"}, "approver", "same_person"),
        ({"auditor": ""}, "auditor", "required"),
        ({"approver": ""}, "approver", "required"),
        ({"witness": ""}, "witness", "required"),
        ({"purpose": ""}, "purpose", "required"),
        ({"handler": ""}, "handler", "required"),
        ({"amount": "0"}, "amount", "out_of_range"),
        ({"amount": "-5"}, "amount", "out_of_range"),
        ({"amount": "1.005"}, "amount", "bad_number"),
        ({"amount": "99999999999"}, "amount", "out_of_range"),
        ({"purpose": "equipment"}, "request", "required"),
    ],
)
def test_an_expense_is_signed_by_four_and_makes_sense(
    desk: Desk, more: dict[str, Any], column: str, code: str
) -> None:
    add(desk, "fund_entry", income(amount="5000"))
    assert (column, code) in refused(desk, "fund_entry", expense(**more))


def test_equipment_is_not_paid_for_before_its_approval(desk: Desk) -> None:
    add(desk, "fund_entry", income(amount="5000"))
    request = add(desk, "asset_request", purchase())
    row = expense(purpose="equipment", request=request.uid, amount="1040")
    assert refused(desk, "fund_entry", row) == [("request", "not_approved")]
    approve(desk, request)
    assert refused(desk, "fund_entry", row | {"occurred_on": "2026-11-08"}) == [
        ("request", "before_approval")
    ]
    add(desk, "fund_entry", row)


def test_the_book_tells_months_and_years_words_and_what_it_is_not(desk: Desk) -> None:
    add(desk, "fund_entry", income(occurred_on="2026-10-05"))
    add(desk, "fund_entry", expense(amount="325.04", occurred_on="2026-10-08"))
    add(desk, "fund_entry", income(amount="500"), expense(amount="74.96"))
    void = add(desk, "fund_entry", expense(amount="1"))
    desk.registers.void("fund_entry", void.uid, "重了")
    ledger = desk.books.ledger("fund_entry", NOVEMBER)
    assert ledger.totals == {"in": 50000, "out": 7496, "carried": 0}
    assert ledger.tally() == "收入 500.00 元 支出 74.96 元"
    closing = "\n".join(ledger.closing)
    assert "本年累计：收入 1,500.00 元，支出 400.00 元" in closing
    assert "本月支出合计（大写）：人民币柒拾肆元玖角陆分" in closing
    assert "财政资助：期初 674.96 元，期末 1,100.00 元" in closing
    assert "不是会计账" in closing
    assert "（已作废）" in ledger.rows[-1][4]


def test_what_was_left_of_last_year_is_no_income_of_this_one(desk: Desk) -> None:
    left = income(direction="carried", amount="800", summary="上年结转", occurred_on="2026-11-02")
    add(desk, "fund_entry", left, income(amount="200"))
    ledger = desk.books.ledger("fund_entry", NOVEMBER)
    assert ledger.tally() == "收入 200.00 元 支出 0.00 元　其中：上年结转 800.00 元"
    assert ledger.closing[0] == "本年累计：收入 200.00 元，支出 0.00 元"
    assert desk.funds.left() == {"finance": 100000}


def test_a_closed_months_sum_is_not_corrected_but_balanced_by_another(desk: Desk) -> None:
    came = add(desk, "fund_entry", income(occurred_on="2026-10-05"))
    desk.months.close(Month(2026, 10))
    with pytest.raises(Refused, match="冲销"):
        desk.months.correct("fund_entry", came.uid, {"amount": "900"}, "看错了")
    desk.months.correct("fund_entry", came.uid, {"summary": "镇财政拨付运行经费"}, "写全")


def test_a_white_slip_and_an_expense_without_paper_are_told(desk: Desk) -> None:
    add(desk, "fund_entry", income())
    added = desk.registers.add("fund_entry", [expense(receipt_kind="slip"), expense(receipt_kind="none")])
    assert "白条" in added[0].notices[0]
    assert "没有票据" in added[1].notices[0]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["income", "expense"]),
            st.sampled_from(["village", "companies"]),
            st.integers(1, 50_000),
            st.integers(1, 20),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_balance_is_opening_and_receipts_less_payments(
    desk: Desk, sums: list[tuple[str, str, int, int]]
) -> None:
    before = dict(desk.funds.left())
    for direction, source, cents, day in sums:
        make = income if direction == "income" else expense
        row = make(
            fund_source=source,
            amount=Decimal(cents).scaleb(-2),
            occurred_on=f"2026-11-{day:02}",
            overdraft_reason="先垫",
        )
        add(desk, "fund_entry", row)
        before[source] = before.get(source, 0) + (cents if direction == "income" else -cents)
    assert desk.funds.left() == before
    ledger = desk.books.ledger("fund_entry", NOVEMBER)
    assert ledger.totals["in"] - ledger.totals["out"] == sum(before.values())
    last: dict[str, str] = {}
    for line in ledger.rows:
        last[line[3]] = line[7]
    names = {"village": "村集体资金", "companies": "非公有制企业支持"}
    for source, left in before.items():
        assert last[names[source]] == f"{Decimal(left).scaleb(-2):,.2f}"
