"""A dry run tells of each row what entering it would meet: stored records, and the earlier rows of its batch."""

from collections.abc import Mapping
from typing import Any

import pytest

from ojr_desk.desk import Desk
from ojr_desk.problems import Invalid
from tests.belongings import card, expense, furnished, income, loan
from tests.office import add

DAY = "2026-12-01"


@pytest.fixture(autouse=True)
def _furnished(desk: Desk) -> None:
    furnished(desk)


def tried(desk: Desk, code: str, *rows: Mapping[str, Any]) -> list[tuple[int | None, str | None, str]]:
    return [(each.row, each.column, each.code) for each in desk.registers.try_out(code, rows)]


def entered(desk: Desk, code: str, *rows: Mapping[str, Any]) -> list[tuple[int | None, str | None, str]]:
    """Tell what entering *rows* meets; where nothing is wrong, they are stored."""
    try:
        desk.registers.add(code, rows)
    except Invalid as invalid:
        return [(each.row, each.column, each.code) for each in invalid.problems]
    return []


def shift(who: str = "林晓敏", **more: Any) -> dict[str, Any]:
    times = {"starts": "08:00", "ends": "12:00"}
    return {"duty_date": DAY, "shift": "上午", "staff": who} | times | more


def away(start: str, end: str, **more: Any) -> dict[str, Any]:
    times = {"start_at": f"{DAY} {start}", "end_at": f"{DAY} {end}"}
    return {"staff": "林晓敏", "delegate": "陈国平", "reason": "家里有事", "on_paper": True} | times | more


def use(start: str, end: str, **more: Any) -> dict[str, Any]:
    times = {"start_at": f"{DAY} {start}", "end_at": f"{DAY} {end}"}
    whom = {"purpose": "会议", "org_name": "老年协会", "phone": "13805770001", "people": 20}
    return {"venue": "党员活动室"} | times | whom | more


def test_nobody_is_on_duty_twice_at_a_time(desk: Desk) -> None:
    add(desk, "duty", shift())
    later = {"starts": "13:00", "ends": "17:00", "shift": "下午"}
    rows = [shift(), shift("陈国平"), shift("陈国平", starts="11:00"), shift(**later), shift(**later)]
    clashes = [(1, "staff", "clash"), (3, "staff", "clash"), (5, "staff", "clash")]
    assert tried(desk, "duty", *rows) == clashes == entered(desk, "duty", *rows)


def test_nobody_is_away_twice_at_a_time(desk: Desk) -> None:
    add(desk, "leave", away("08:00", "10:00"))
    rows = [away("09:00", "11:00"), away("10:00", "12:00"), away("11:00", "13:00"), away("12:00", "13:00")]
    overlaps = [(1, "start_at", "overlap"), (3, "start_at", "overlap")]
    assert tried(desk, "leave", *rows) == overlaps == entered(desk, "leave", *rows)


def test_a_shift_has_one_log(desk: Desk) -> None:
    log = {"duty_date": "2026-11-20", "shift": "上午", "done_items": "无"}
    rows = [log, log | {"shift": "下午"}, log]
    doubles = [(3, "shift", "double")]
    assert tried(desk, "duty_log", *rows) == doubles == entered(desk, "duty_log", *rows)


def test_no_room_is_given_twice_and_the_pause_is_kept(desk: Desk) -> None:
    add(desk, "venue", {"venue_name": "礼堂", "area": "80", "capacity": 40, "cleanup": 30})
    add(desk, "booking", use("08:00", "09:00"))
    hall = {"venue": "礼堂"}
    rows = [
        use("08:30", "09:30"),
        use("09:00", "10:00"),
        use("09:30", "10:30"),
        use("09:00", "10:00", **hall),
        use("10:15", "11:00", **hall),
        use("10:30", "11:00", **hall),
        use("09:00", "10:00", **hall, booking_state="cancelled", state_reason="雨"),
    ]
    taken = [(1, "start_at", "taken"), (3, "start_at", "taken"), (5, "start_at", "taken")]
    assert tried(desk, "booking", *rows) == taken == entered(desk, "booking", *rows)


def test_no_more_is_lent_than_there_is(desk: Desk) -> None:
    chairs = add(desk, "asset", card())
    add(desk, "item_loan", loan(chairs))
    rows = [loan(chairs, quantity=number) for number in (21, 15, 6, 5)]
    too_many = [(1, "quantity", "too_many"), (3, "quantity", "too_many")]
    assert tried(desk, "item_loan", *rows) == too_many == entered(desk, "item_loan", *rows)


def test_what_came_in_by_an_earlier_row_may_be_spent_once(desk: Desk) -> None:
    rows = [income(amount="100"), expense(amount="60"), expense(amount="60"), expense(amount="40")]
    overdrawn = [(3, "amount", "overdrawn")]
    assert tried(desk, "fund_entry", *rows) == overdrawn == entered(desk, "fund_entry", *rows)


def test_things_without_a_number_are_not_taken_for_one(desk: Desk) -> None:
    assert tried(desk, "asset", card(), card()) == [] == entered(desk, "asset", card(), card())
    rows = [card(asset_no="ZC-1"), card(asset_no="ZC-1")]
    doubles = [(2, "asset_no", "double")]
    assert tried(desk, "asset", *rows) == doubles == entered(desk, "asset", *rows)
