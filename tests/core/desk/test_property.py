"""Things: their numbers, their moves, and that none is bought or given away before its approval."""

from decimal import Decimal
from typing import Any

import pytest

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from tests.belongings import TOWN, approve, back, bought, card, furnished, loan, purchase, step
from tests.office import add, run_sql


@pytest.fixture(autouse=True)
def _furnished(desk: Desk) -> None:
    furnished(desk)


def refused(desk: Desk, code: str, row: dict[str, Any]) -> list[tuple[str | None, str]]:
    """Tell what was wrong with a row: where and what."""
    with pytest.raises(Invalid) as told:
        desk.registers.add(code, [row])
    return [(each.column, each.code) for each in told.value.problems]


def again(desk: Desk, thing: Any) -> Any:
    return desk.registers.get("asset", thing.uid)


def test_numbers_count_by_class_and_year_and_are_never_used_again(desk: Desk) -> None:
    first, second = add(desk, "asset", card()), add(desk, "asset", card())
    assert (first.asset_no, second.asset_no) == ("LCC-05-2024-0001", "LCC-05-2024-0002")
    assert add(desk, "asset", card(asset_class="设备")).asset_no == "LCC-02-2024-0001"
    assert add(desk, "asset", card(acquired_on="2023-01-05")).asset_no == "LCC-05-2023-0001"
    desk.registers.void("asset", second.uid, "登记重了")
    assert add(desk, "asset", card()).asset_no == "LCC-05-2024-0003"
    assert refused(desk, "asset", card(asset_no="LCC-05-2024-0002")) == [("asset_no", "double")]


def test_a_number_from_the_old_labels_is_kept_and_never_changes(desk: Desk) -> None:
    thing = add(desk, "asset", card(asset_no="村资－017"))
    assert thing.asset_no == "村资-017"
    with pytest.raises(Invalid, match="村资-017"):
        desk.registers.edit("asset", thing.uid, {"asset_no": "村资-018"})
    with pytest.raises(Invalid, match="不再改"):
        desk.registers.edit("asset", thing.uid, {"asset_no": ""})


def test_two_cards_with_one_serial_number_are_refused(desk: Desk) -> None:
    add(desk, "asset", card(serial_no="SN-77"))
    assert refused(desk, "asset", card(serial_no="SN-77")) == [("serial_no", "double")]
    other = add(desk, "asset", card(serial_no="SN-78"))
    with pytest.raises(Invalid, match="SN-77"):
        desk.registers.edit("asset", other.uid, {"serial_no": "SN-77"})


def test_a_thing_is_found_by_the_number_on_its_label(desk: Desk) -> None:
    thing = add(desk, "asset", card())
    add(desk, "asset", card())
    assert add(desk, "item_loan", loan(thing) | {"asset": thing.asset_no}).asset == thing.uid


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"original_value": "-5"}, "original_value"),
        ({"original_value": "99999999999999"}, "original_value"),
        ({"original_value": "0"}, "original_value"),
        ({"value_basis": "nominal", "original_value": "30"}, "original_value"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "3.5"}, "quantity"),
        ({"acquired_on": "2027-01-01"}, "acquired_on"),
        ({"warranty_until": "2024-01-01"}, "warranty_until"),
        ({"asset_class": "A05", "class_code": "A02010100"}, "class_code"),
        ({"venue": "没有的房间"}, "venue"),
        ({"use_state": "disposed"}, "use_state"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(desk: Desk, more: dict[str, Any], column: str) -> None:
    assert column in {where for where, _code in refused(desk, "asset", card(**more))}


def test_its_price_tells_whether_it_is_a_fixed_asset_unless_somebody_says(desk: Desk) -> None:
    assert add(desk, "asset", card(quantity=1, original_value="1000")).is_fixed is True
    assert add(desk, "asset", card(quantity=2, original_value="1999")).is_fixed is False
    assert add(desk, "asset", card(quantity=2, original_value="1999", is_fixed="是")).is_fixed is True


def test_nothing_is_bought_without_a_request_that_was_approved(desk: Desk) -> None:
    request = add(desk, "asset_request", purchase())
    assert refused(desk, "asset", bought(request) | {"request": ""}) == [("request", "required")]
    assert refused(desk, "asset", bought(request)) == [("request", "not_approved")]
    step(desk, request, "submit", "2026-11-05", submitted_to=TOWN)
    assert refused(desk, "asset", bought(request)) == [("request", "not_approved")]
    step(desk, request, "approve", "2026-11-09", result="refuse")
    assert refused(desk, "asset", bought(request)) == [("request", "not_approved")]


def test_after_the_program_came_a_purchase_is_no_history(desk: Desk) -> None:
    assert refused(desk, "asset", card(acquired_on="2026-01-01")) == [("request", "not_approved")]
    assert add(desk, "asset", card(acquired_on="2025-12-31")).request is None


def test_an_approved_purchase_is_held_to_its_day_its_pieces_and_its_money(desk: Desk) -> None:
    request = approve(desk, add(desk, "asset_request", purchase()))
    assert refused(desk, "asset", bought(request, acquired_on="2026-11-08")) == [
        ("request", "before_approval")
    ]
    assert refused(desk, "asset", bought(request, quantity=5)) == [("quantity", "beyond_approval")]
    assert refused(desk, "asset", bought(request, original_value="1040.01")) == [
        ("original_value", "beyond_approval")
    ]
    add(desk, "asset", bought(request, quantity=3, original_value="780"))
    assert refused(desk, "asset", bought(request, quantity=2, original_value="100")) == [
        ("quantity", "beyond_approval")
    ]
    last = add(desk, "asset", bought(request, quantity=1, original_value="260"))
    with pytest.raises(Invalid):
        desk.registers.edit("asset", last.uid, {"quantity": 2})


def test_a_table_of_purchases_is_held_to_the_approval_as_a_whole(desk: Desk) -> None:
    request = approve(desk, add(desk, "asset_request", purchase()))
    rows = [
        bought(request, quantity=3, original_value="300"),
        bought(request, quantity=3, original_value="300"),
    ]
    with pytest.raises(Invalid) as told:
        desk.registers.add("asset", rows)
    assert [each.row for each in told.value.problems] == [2]
    assert desk.property.request(request.uid).record.approved_quantity == 4
    assert run_sql(desk, "SELECT count(*) FROM asset")[0][0] == 0


def disposal(desk: Desk, thing: Any, **more: Any) -> Any:
    row = {
        "asked_on": "2026-11-02",
        "request_type": "scrap",
        "asset": thing.uid,
        "quantity": 5,
        "reason": "断了腿",
    } | more
    return add(desk, "asset_request", row)


def gone(thing: Any, request: Any, **more: Any) -> dict[str, Any]:
    return {
        "asset": thing.uid,
        "move_type": "dispose",
        "moved_on": "2026-11-12",
        "quantity": 5,
        "request": request.uid,
    } | more


def test_nothing_is_disposed_of_on_any_way_before_its_approval(desk: Desk) -> None:
    thing = add(desk, "asset", card(ownership="state"))
    request = disposal(desk, thing)
    assert request.thing == "折叠椅"
    assert refused(desk, "asset_move", gone(thing, request) | {"request": ""}) == [("request", "required")]
    assert refused(desk, "asset_move", gone(thing, request)) == [("request", "not_approved")]
    assert refused(desk, "asset", card(use_state="已处置")) == [("use_state", "unknown_choice")]
    with pytest.raises(Invalid):
        desk.registers.edit("asset", thing.uid, {"use_state": "disposed"})
    with pytest.raises(Invalid, match="登记变动"):
        desk.registers.edit("asset", thing.uid, {"quantity": 45})
    with pytest.raises(Refused, match="申请处置"):
        desk.registers.void("asset", thing.uid, "不要了")
    other = disposal(desk, add(desk, "asset", card(asset_name="长桌", ownership="state")))
    assert refused(desk, "asset_move", gone(thing, approve(desk, other))) == [("request", "not_approved")]
    assert again(desk, thing).quantity == 50


def test_an_approved_disposal_takes_its_share_from_the_card_from_that_day_on(desk: Desk) -> None:
    thing = add(desk, "asset", card(ownership="state"))
    request = approve(desk, disposal(desk, thing))
    assert refused(desk, "asset_move", gone(thing, request, moved_on="2026-11-08")) == [
        ("request", "before_approval")
    ]
    assert refused(desk, "asset_move", gone(thing, request, quantity=6)) == [("quantity", "beyond_approval")]
    add(desk, "asset_move", gone(thing, request, quantity=2))
    assert refused(desk, "asset_move", gone(thing, request, quantity=4)) == [("quantity", "beyond_approval")]
    now = again(desk, thing)
    assert (now.quantity, now.original_value, now.use_state) == (48, Decimal("3840.00"), "in_use")
    assert now.valid_from.isoformat() == "2026-11-12"


def test_a_lent_thing_is_not_disposed_of(desk: Desk) -> None:
    thing = add(desk, "asset", card(ownership="state", quantity=3))
    lent = add(desk, "item_loan", loan(thing, quantity=2))
    request = approve(desk, disposal(desk, thing, quantity=3))
    row = gone(thing, request, quantity=3, moved_on="2026-11-19")
    assert refused(desk, "asset_move", row) == [("quantity", "lent")]
    back(desk, lent)
    add(desk, "asset_move", row)
    assert again(desk, thing).use_state == "disposed"
    assert refused(desk, "item_loan", loan(thing, quantity=1)) == [("asset", "disposed")]
    assert refused(desk, "asset_move", {"asset": thing.uid, "move_type": "repair", "counterparty": "店"}) == [
        ("asset", "disposed")
    ]
    with pytest.raises(Refused, match="已经处置"):
        desk.registers.edit("asset", thing.uid, {"spec": "新"})


def test_undoing_a_disposal_leaves_everything_as_it_was(desk: Desk) -> None:
    thing = add(desk, "asset", card(ownership="state"))
    request = approve(desk, disposal(desk, thing))
    add(desk, "asset_move", gone(thing, request))
    offer = desk.undo.last()
    assert offer is not None
    desk.undo.take_back(offer.deed)
    assert (again(desk, thing).quantity, again(desk, thing).original_value) == (50, Decimal("4000.00"))
    add(desk, "asset_move", gone(thing, request))


def test_an_approval_by_which_something_was_done_is_not_undone(desk: Desk) -> None:
    request = add(desk, "asset_request", purchase())
    step(desk, request, "submit", "2026-11-05", submitted_to=TOWN)
    step(desk, request, "approve", "2026-11-09", result="agree", approval_no="8号")
    offer = desk.undo.last()
    assert offer is not None
    add(desk, "asset", bought(request))
    with pytest.raises(Refused):
        desk.undo.take_back(offer.deed)


def test_a_thing_moves_and_changes_hands_from_a_day_on(desk: Desk) -> None:
    add(desk, "venue", {"venue_name": "文化礼堂", "area": "200", "capacity": 100})
    thing = add(desk, "asset", card())
    move = {"asset": thing.uid, "moved_on": "2026-11-05"}
    add(desk, "asset_move", move | {"move_type": "移位", "venue": "文化礼堂"})
    add(desk, "asset_move", move | {"move_type": "更换责任人", "keeper": "陈国平", "moved_on": "2026-11-06"})
    standing = desk.property.asset(thing.uid)
    labels = desk.registers.labels("asset", [standing.record])
    assert (labels[standing.record.venue], labels[standing.record.keeper]) == ("文化礼堂", "陈国平")
    assert [each.move_type for each in standing.rows] == ["relocate", "hand_over"]
    early = move | {"move_type": "移位", "venue": "党员活动室"}
    assert refused(desk, "asset_move", early) == [("moved_on", "wrong_order")]
    some = move | {"move_type": "移位", "venue": "党员活动室", "moved_on": "2026-11-07", "quantity": 20}
    assert refused(desk, "asset_move", some) == [("quantity", "too_many")]


def test_what_is_at_the_repair_shop_is_not_at_hand(desk: Desk) -> None:
    thing = add(desk, "asset", card())
    move = {"asset": thing.uid, "moved_on": "2026-11-05"}
    assert refused(desk, "asset_move", move | {"move_type": "repair"}) == [("counterparty", "required")]
    assert refused(desk, "asset_move", move | {"move_type": "repaired"}) == [("quantity", "too_many")]
    add(desk, "asset_move", move | {"move_type": "repair", "counterparty": "维修部", "quantity": 10})
    assert desk.property.held(thing.uid).at_hand == 40
    assert refused(desk, "item_loan", loan(thing, quantity=41)) == [("quantity", "too_many")]
    add(desk, "asset_move", move | {"move_type": "repaired", "moved_on": "2026-11-06"})
    assert desk.property.held(thing.uid).at_hand == 50


def test_moves_are_only_added(desk: Desk) -> None:
    thing = add(desk, "asset", card())
    move = add(desk, "asset_move", {"asset": thing.uid, "move_type": "assign", "used_by": "陈国平"})
    with pytest.raises(Refused, match="只能往后添加"):
        desk.registers.edit("asset_move", move.uid, {"used_by": "林晓敏"})
    with pytest.raises(Refused, match="不能作废"):
        desk.registers.void("asset_move", move.uid, "错了")


def test_a_card_of_a_closed_month_is_no_more_declared_void(desk: Desk) -> None:
    thing = add(desk, "asset", card())
    run_sql(desk, "UPDATE asset SET recorded_at = '2026-10-05 08:00:00' WHERE uid = ?", thing.uid)
    desk.months.close(Month(2026, 10))
    with pytest.raises(Refused, match="申请处置"):
        desk.registers.void("asset", thing.uid, "不要了")
