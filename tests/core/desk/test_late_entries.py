"""What was forgotten is entered late: in the open month's book, with its true time and the reason."""

from datetime import date, datetime
from typing import Any

import pytest

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid
from tests.office import add, visit

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
FORGOTTEN = {"occurred_at": "2026-10-30 09:00", "backfill_reason": "忘记登记"}


@pytest.fixture
def closed(desk: Desk) -> Desk:
    """An office whose October is closed."""
    desk.months.close(OCTOBER)
    return desk


def refused(desk: Desk, code: str, values: Any) -> list[tuple[str | None, str]]:
    with pytest.raises(Invalid) as problems:
        desk.registers.add(code, [values])
    return [(each.column, each.code) for each in problems.value.problems]


def test_what_a_closed_month_lacks_comes_into_the_open_one_with_its_true_time(closed: Desk) -> None:
    stored = add(closed, "intake", visit(**FORGOTTEN, left_at="2026-10-30 09:20"))
    assert stored.record_no == "LF-202611-0001"
    assert stored.happened_at == datetime(2026, 10, 30, 9)
    assert (stored.occurred_at.date(), stored.is_backfilled) == (date(2026, 11, 22), True)
    (row,) = closed.books.ledger("visit", NOVEMBER).rows
    assert "10-30 09:00\n补录" in row
    assert closed.books.ledger("visit", OCTOBER).rows == ()
    edited = closed.registers.edit("intake", stored.uid, {"remark": "补"})
    assert (edited.happened_at, edited.occurred_at) == (stored.happened_at, stored.occurred_at)


def test_without_a_reason_the_way_in_is_named(closed: Desk) -> None:
    with pytest.raises(Invalid, match="请选补录原因"):
        add(closed, "intake", visit(occurred_at="2026-10-30 09:00"))
    row = {"title": "路灯不亮", "occurred_at": "2026-10-30 09:00"}
    assert refused(closed, "case", row) == [("occurred_at", "closed_month")]
    assert add(closed, "case", row | {"backfill_reason": "忘记登记"}).record_no == "BL-202611-0001"


def test_what_lies_in_an_open_month_stays_in_it(desk: Desk) -> None:
    stored = add(desk, "intake", visit(**FORGOTTEN))
    assert (stored.record_no, stored.happened_at, stored.is_backfilled) == ("LF-202610-0001", None, True)


def test_a_centre_takes_nothing_from_before_it_was_opened(desk: Desk) -> None:
    desk.registers.edit("center", desk.office.center, {"opened_on": "2026-11-01"})
    desk.months.close(OCTOBER)
    assert refused(desk, "intake", visit(**FORGOTTEN)) == [("occurred_at", "before_opening")]


def test_a_late_entry_without_its_reason_is_stored_told_and_listed(desk: Desk) -> None:
    (added,) = desk.registers.add("intake", [visit(occurred_at="2026-11-02 09:00")])
    assert added.record.is_backfilled
    assert any("补录原因" in each for each in added.notices)
    assert any("补录原因" in each and added.record.record_no in each for each in desk.months.hints(NOVEMBER))
    desk.registers.edit("intake", added.record.uid, {"backfill_reason": "停电补录"})
    assert not any("补录原因" in each for each in desk.months.hints(NOVEMBER))


def test_an_office_says_itself_after_how_many_days_an_entry_is_late(desk: Desk) -> None:
    assert add(desk, "intake", visit(occurred_at="2026-11-18 09:00")).is_backfilled
    desk.limits.set("late_entry", 5, since=date(2026, 11, 20))
    assert not add(desk, "intake", visit(occurred_at="2026-11-18 09:00")).is_backfilled
    assert add(desk, "intake", visit(occurred_at="2026-11-10 09:00")).is_backfilled


def test_a_letter_was_received_on_its_day_and_a_referral_made_at_its_time(desk: Desk) -> None:
    letter = add(desk, "intake", visit(channel="来信", occurred_at="2026-11-20 09:00"))
    assert letter.received_on == date(2026, 11, 20)
    (added,) = desk.registers.add(
        "intake",
        [
            visit(
                disposition="转介其他部门",
                transferred_to="镇司法所 0577-66661234",
                occurred_at="2026-11-20 09:00",
            )
        ],
    )
    assert added.record.transferred_at == datetime(2026, 11, 20, 9)
    assert any("告知来人去向" in each for each in added.notices)
    assert any("告知来人去向" in each for each in desk.months.hints(NOVEMBER))
    desk.registers.edit("intake", added.record.uid, {"transfer_informed": "是"})
    assert not any("告知来人去向" in each for each in desk.months.hints(NOVEMBER))


def test_many_who_come_together_are_asked_for_speakers_once(desk: Desk) -> None:
    (added,) = desk.registers.add("intake", [visit(headcount=8)])
    assert any("推选代表" in each for each in added.notices)
    assert not any("推选代表" in each for each in desk.months.hints(NOVEMBER))


def test_a_first_responder_is_changed_with_a_reason(desk: Desk) -> None:
    add(desk, "staff", {"full_name": "李文书"}, {"full_name": "王主任"})
    stored = add(desk, "intake", visit(first_responder="李文书"))
    with pytest.raises(Invalid) as problems:
        desk.registers.edit("intake", stored.uid, {"first_responder": "王主任"})
    assert [(each.column, each.code) for each in problems.value.problems] == [
        ("responder_reason", "required")
    ]
    why = {"first_responder": "王主任", "responder_reason": "调离"}
    assert desk.registers.edit("intake", stored.uid, why).responder_reason == "调离"
    assert desk.registers.edit("intake", stored.uid, {"remark": "x"}).remark == "x"
