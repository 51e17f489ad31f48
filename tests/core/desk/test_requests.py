"""Requests: the way up and back in its order, and what is forbidden said plainly."""

from decimal import Decimal

import pytest

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from tests.belongings import TOWN, approve, card, furnished, purchase, step
from tests.core.desk.test_property import refused
from tests.office import add


@pytest.fixture(autouse=True)
def _furnished(desk: Desk) -> None:
    furnished(desk)


def test_a_request_goes_up_and_comes_back(desk: Desk) -> None:
    request = add(desk, "asset_request", purchase())
    assert (request.amount, request.request_state) == (Decimal(1040), "asked")
    assert desk.property.request(request.uid).may == ("study", "submit", "withdraw")
    done = approve(desk, request)
    assert (done.request_state, done.approved_on.isoformat()) == ("approved", "2026-11-09")
    assert (done.approved_quantity, done.approved_amount) == (4, Decimal(1040))
    step(desk, request, "finish", "2026-11-20")
    assert desk.property.request(request.uid).may == ()


def test_what_is_the_villages_own_is_decided_by_the_village_first(desk: Desk) -> None:
    request = add(desk, "asset_request", purchase(ownership="village"))
    row = {"asset_request": request.uid, "step": "submit", "submitted_to": TOWN, "occurred_on": "2026-11-05"}
    assert refused(desk, "request_step", row) == [("step", "illegal_step")]
    step(desk, request, "study", "2026-11-04", text="村民代表会议通过")
    step(desk, request, "submit", "2026-11-05", submitted_to=TOWN)
    assert desk.property.request(request.uid).record.request_state == "submitted"


def test_an_approval_dated_before_its_request_is_refused(desk: Desk) -> None:
    request = add(desk, "asset_request", purchase())
    early = {
        "asset_request": request.uid,
        "step": "submit",
        "submitted_to": TOWN,
        "occurred_on": "2026-11-01",
    }
    assert refused(desk, "request_step", early) == [("occurred_on", "wrong_order")]
    step(desk, request, "submit", "2026-11-05", submitted_to=TOWN)
    row = {
        "asset_request": request.uid,
        "step": "approve",
        "result": "agree",
        "approval_no": "8号",
        "occurred_on": "2026-11-04",
    }
    assert refused(desk, "request_step", row) == [("occurred_on", "wrong_order")]


def test_an_approval_has_its_number_and_never_more_than_was_asked(desk: Desk) -> None:
    request = add(desk, "asset_request", purchase())
    step(desk, request, "submit", "2026-11-05", submitted_to=TOWN)
    row = {"asset_request": request.uid, "step": "approve", "occurred_on": "2026-11-09"}
    assert refused(desk, "request_step", row) == [("result", "required")]
    assert refused(desk, "request_step", row | {"result": "agree"}) == [("approval_no", "required")]
    partly = row | {"result": "partly", "approval_no": "8号"}
    assert refused(desk, "request_step", partly) == [("approved_quantity", "required")]
    assert refused(desk, "request_step", partly | {"approved_quantity": 5}) == [
        ("approved_quantity", "too_many"),
        ("approved_amount", "too_many"),
    ]
    add(desk, "request_step", partly | {"approved_quantity": 2})
    done = desk.registers.get("asset_request", request.uid)
    assert (done.approved_quantity, done.approved_amount) == (2, Decimal(520))


def test_nothing_is_executed_before_it_is_granted(desk: Desk) -> None:
    thing = add(desk, "asset", card(ownership="state"))
    rent = {"asked_on": "2026-11-02", "request_type": "rent", "asset": thing.uid, "reason": "租给婚庆公司"}
    added = desk.registers.add("asset_request", [rent])[0]
    assert any("禁止事项" in notice for notice in added.notices)
    row = {"asset_request": added.record.uid, "step": "execute", "text": "租出", "occurred_on": "2026-11-06"}
    assert refused(desk, "request_step", row) == [("step", "illegal_step")]
    step(desk, added.record, "submit", "2026-11-05", submitted_to=TOWN)
    assert refused(desk, "request_step", row) == [("step", "illegal_step")]
    step(desk, added.record, "approve", "2026-11-06", result="refuse")
    assert refused(desk, "request_step", row) == [("step", "illegal_step")]
    assert not [hint for hint in desk.months.hints(Month(2026, 11)) if "禁止事项" in hint]


def test_what_has_gone_up_is_neither_changed_nor_void(desk: Desk) -> None:
    request = add(desk, "asset_request", purchase())
    desk.registers.edit("asset_request", request.uid, {"quantity": 3})
    step(desk, request, "submit", "2026-11-05", submitted_to=TOWN)
    with pytest.raises(Invalid, match="不能再改"):
        desk.registers.edit("asset_request", request.uid, {"quantity": 30})
    with pytest.raises(Refused, match="撤回"):
        desk.registers.void("asset_request", request.uid, "错了")
    step(desk, request, "withdraw", "2026-11-06")
    desk.registers.void("asset_request", request.uid, "错了")


def test_only_the_last_step_is_undone(desk: Desk) -> None:
    request = add(desk, "asset_request", purchase())
    step(desk, request, "submit", "2026-11-05", submitted_to=TOWN)
    first = desk.undo.last()
    assert first is not None
    step(desk, request, "withdraw", "2026-11-06")
    with pytest.raises(Refused):
        desk.undo.take_back(first.deed)
    last = desk.undo.last()
    assert last is not None
    desk.undo.take_back(last.deed)
    assert desk.registers.get("asset_request", request.uid).request_state == "submitted"


def test_a_purchase_names_what_it_costs_and_all_else_a_thing(desk: Desk) -> None:
    assert refused(desk, "asset_request", purchase(unit_price="")) == [("unit_price", "required")]
    assert refused(desk, "asset_request", purchase(unit_price="-3"))[0][0] == "unit_price"
    assert refused(desk, "asset_request", {"request_type": "sell", "reason": "旧了"}) == [
        ("asset", "required")
    ]


def test_the_book_of_requests_tells_the_sum_in_words(desk: Desk) -> None:
    approve(desk, add(desk, "asset_request", purchase()))
    ledger = desk.books.ledger("asset_request", Month(2026, 11))
    row = ledger.rows[0]
    assert "人民币壹仟零肆拾元整" in row
    assert "2026-11-09\n临街〔2026〕8号" in row
    assert row[-1] == "已批复"
