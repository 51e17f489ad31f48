"""Loans: as much as there is, back in parts, never more than was lent, and told in time."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from tests.belongings import back, card, furnished, loan
from tests.core.desk.test_property import refused
from tests.office import add


@pytest.fixture
def chairs(desk: Desk) -> Any:
    furnished(desk)
    return add(desk, "asset", card())


def again(desk: Desk, lent: Any) -> Any:
    return desk.registers.get("item_loan", lent.uid)


def test_a_loan_comes_back_in_parts(desk: Desk, chairs: Any) -> None:
    lent = add(desk, "item_loan", loan(chairs))
    assert (lent.loan_state, desk.property.held(chairs.uid).at_hand) == ("out", 20)
    back(desk, lent, quantity=12)
    assert (again(desk, lent).loan_state, desk.property.loan(lent.uid).left) == ("partly", 18)
    assert desk.property.held(chairs.uid).at_hand == 32
    rest = back(desk, lent, returned_on="2026-11-19")
    assert rest.quantity == 18
    done = again(desk, lent)
    assert (done.loan_state, done.returned_on.isoformat()) == ("back", "2026-11-19")
    assert desk.property.loan(lent.uid).may == ()


def test_more_than_was_lent_does_not_come_back(desk: Desk, chairs: Any) -> None:
    lent = add(desk, "item_loan", loan(chairs))
    row = {"item_loan": lent.uid, "quantity": 31}
    assert refused(desk, "loan_return", row) == [("quantity", "too_many")]
    back(desk, lent, quantity=30)
    assert refused(desk, "loan_return", row | {"quantity": 1}) == [("quantity", "too_many")]
    assert refused(desk, "loan_return", {"item_loan": lent.uid}) == [("quantity", "too_many")]
    early = add(desk, "item_loan", loan(chairs))
    assert refused(desk, "loan_return", {"item_loan": early.uid, "returned_on": "2026-11-09"}) == [
        ("returned_on", "wrong_order")
    ]


def test_no_more_is_lent_than_there_is(desk: Desk, chairs: Any) -> None:
    first = add(desk, "item_loan", loan(chairs))
    assert refused(desk, "item_loan", loan(chairs, quantity=21)) == [("quantity", "too_many")]
    add(desk, "item_loan", loan(chairs, quantity=20))
    with pytest.raises(Invalid, match="在手的只有 30"):
        desk.registers.edit("item_loan", first.uid, {"quantity": 31})
    back(desk, first, quantity=10)
    with pytest.raises(Invalid, match="已经归还 10"):
        desk.registers.edit("item_loan", first.uid, {"quantity": 9})
    assert desk.registers.edit("item_loan", first.uid, {"quantity": 10}).loan_state == "back"


def test_two_lines_of_one_table_do_not_lend_the_same_chairs(desk: Desk, chairs: Any) -> None:
    with pytest.raises(Invalid) as told:
        desk.registers.add("item_loan", [loan(chairs), loan(chairs)])
    assert [each.row for each in told.value.problems] == [2]


def test_it_is_lent_to_somebody_and_due_after_that(desk: Desk, chairs: Any) -> None:
    assert refused(desk, "item_loan", loan(chairs, person="")) == [("person", "required")]
    row = loan(chairs, due_back_on="2026-11-09")
    assert refused(desk, "item_loan", row) == [("due_back_on", "wrong_order")]
    assert refused(desk, "item_loan", loan(chairs, lent_on="2024-05-05")) == [("lent_on", "wrong_order")]
    unit = add(desk, "item_loan", loan(chairs, person="", borrower="村小学", phone="0577-66661234"))
    assert unit.borrower == "村小学"


def test_what_got_lost_is_not_at_hand_until_it_is_written_off(desk: Desk, chairs: Any) -> None:
    lent = add(desk, "item_loan", loan(chairs))
    back(desk, lent, quantity=28)
    back(desk, lent, quantity=2, condition="缺失")
    assert again(desk, lent).loan_state == "back"
    held = desk.property.held(chairs.uid)
    assert (held.missing, held.at_hand) == (2, 48)


def test_a_return_is_undone_and_a_loan_with_returns_is_not_void(desk: Desk, chairs: Any) -> None:
    lent = add(desk, "item_loan", loan(chairs))
    back(desk, lent, quantity=12)
    with pytest.raises(Refused, match="已经有归还"):
        desk.registers.void("item_loan", lent.uid, "错了")
    offer = desk.undo.last()
    assert offer is not None
    desk.undo.take_back(offer.deed)
    assert (again(desk, lent).loan_state, again(desk, lent).returned_quantity) == ("out", 0)
    desk.registers.void("item_loan", lent.uid, "错了")
    assert desk.property.held(chairs.uid).at_hand == 50


def test_the_day_tells_what_is_to_be_returned(desk: Desk, chairs: Any) -> None:
    for day in ("2026-11-20", "2026-11-22", "2026-11-25", "2026-11-26"):
        add(desk, "item_loan", loan(chairs, quantity=2, due_back_on=day))
    late = desk.property.to_be_returned()
    assert (late.overdue.count, late.today.count, late.soon.count) == (1, 1, 1)
    first = late.overdue.loans[0]
    assert (first.thing, first.quantity, first.unit, first.who) == ("折叠椅", 2, "把", "陈*英")
    assert first.words == "折叠椅 2把，11-20 应还"


def test_a_persons_card_tells_what_that_person_still_has(desk: Desk, chairs: Any) -> None:
    lent = add(desk, "item_loan", loan(chairs))
    assert [each.quantity for each in desk.persons.card(lent.person).lent] == [30]
    back(desk, lent, quantity=30)
    card_ = desk.persons.card(lent.person)
    assert (card_.lent, [each.state for each in card_.events]) == ((), ["已还清"])


def test_the_book_of_loans_adds_up(desk: Desk, chairs: Any) -> None:
    lent = add(desk, "item_loan", loan(chairs))
    void = add(desk, "item_loan", loan(chairs, quantity=5))
    desk.registers.void("item_loan", void.uid, "重了")
    back(desk, lent, quantity=12)
    ledger = desk.books.ledger("item_loan", Month(2026, 11))
    assert ledger.totals == {"lent": 30, "returned": 12}
    assert [row[-2] for row in ledger.rows] == ["还了 12", "已作废"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=12))
def test_at_hand_and_out_are_always_all_there_is(
    desk: Desk, chairs: Any, acts: list[tuple[bool, int]]
) -> None:
    fresh = add(desk, "asset", card())
    loans: list[Any] = []
    out = 0
    for lends, pieces in acts:
        with suppress(Invalid):
            if lends:
                loans.append(add(desk, "item_loan", loan(fresh, quantity=pieces)))
                out += pieces
            elif loans:
                back(desk, loans[-1], quantity=pieces)
                out -= pieces
        held = desk.property.held(fresh.uid)
        assert (held.lent, held.at_hand) == (out, 50 - out)
        assert 0 <= held.at_hand <= 50
