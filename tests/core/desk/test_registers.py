"""Adding, editing and voiding: what is typed is checked once, and what is stored stays true."""

from datetime import date, datetime
from typing import Any

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from ojr_desk.register import REGISTERS
from ojr_desk.store.asof import standing
from ojr_desk.store.query import Query
from tests.office import add, visit


def test_all_rows_are_stored_or_none(desk: Desk) -> None:
    rows = [visit(), visit(content="短"), visit(headcount="很多", urgency="火急")]
    with pytest.raises(Invalid) as refused:
        desk.registers.add("intake", rows)
    assert [(p.row, p.column, p.code) for p in refused.value.problems] == [
        (2, "content", "too_short"),
        (3, "headcount", "bad_number"),
        (3, "urgency", "unknown_choice"),
    ]
    assert desk.registers.find("intake", Query()).total == 0
    assert desk.registers.find("person", Query()).total == 0
    assert add(desk, "intake", visit()).record_no == "LF-202611-0001"


def test_a_check_stores_nothing_and_says_the_same(desk: Desk) -> None:
    assert desk.registers.check("intake", visit(person={"full_name": "新来的人"})) == ()
    wrong = desk.registers.check("intake", visit(content="短", person={"full_name": ""}))
    assert {problem.column for problem in wrong} == {"content", "person"}
    assert desk.registers.find("person", Query()).total == 0


def test_what_comes_by_an_act_alone_is_not_added(desk: Desk) -> None:
    for code, way in (("step", "act"), ("correction", "correct"), ("center", "中心")):
        with pytest.raises(Refused, match=way):
            desk.registers.add(code, [{}])
    with pytest.raises(Refused, match="没有“visit”这本台账"):
        desk.registers.add("visit", [visit()])


def test_an_edit_changes_what_is_named_and_keeps_the_rest(desk: Desk) -> None:
    record = add(desk, "intake", visit(headcount="3", org_name="某公司"))
    edited = desk.registers.edit("intake", record.record_no, {"headcount": 0o4, "content": "改了内容吧"})
    assert (edited.headcount, edited.content, edited.org_name) == (4, "改了内容吧", "某公司")
    assert (edited.revision, edited.record_no, edited.recorded_at) == (
        1,
        record.record_no,
        record.recorded_at,
    )
    last = desk.registers.story(record.uid)[-1]
    assert last.was == {"headcount": 3, "content": "询问低保怎么申请", "revision": 0}
    assert last.now == {"headcount": 4, "content": "改了内容吧", "revision": 1}


def test_an_edit_that_changes_nothing_leaves_no_trace(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    desk.registers.edit("intake", record.uid, {"headcount": "1", "content": record.content})
    assert len(desk.registers.story(record.uid)) == 1


def test_a_form_that_gives_back_what_it_showed_changes_nothing(desk: Desk) -> None:
    desk.close()
    morning = Desk.open(desk.office.folder, lambda: datetime(2026, 11, 22, 9, 30, 41))
    morning.office.trusting = True
    record = add(morning, "intake", visit())
    shown = {
        column.name: column.kind.show(value)
        for column in REGISTERS["intake"].typed
        if (value := getattr(record, column.name)) is not None
    }
    assert shown["occurred_at"] == "2026-11-22 09:30"
    morning.registers.edit("intake", record.uid, shown)
    assert len(morning.registers.story(record.uid)) == 1
    morning.close()


def test_an_edit_is_checked_like_an_entry(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    for values, column, code in (
        ({"occurred_at": ""}, "occurred_at", "required"),
        ({"reply_content": ""}, "reply_content", "required"),
        ({"record_no": "LF-202611-0009"}, "record_no", "computed"),
        ({"contents": "x"}, "contents", "unknown_column"),
        ({"left_at": "2026-11-01 08:00"}, "left_at", "wrong_order"),
    ):
        with pytest.raises(Invalid) as refused:
            desk.registers.edit("intake", record.uid, values)
        assert [(p.column, p.code) for p in refused.value.problems] == [(column, code)]
    with pytest.raises(Refused, match="没有“nobody”"):
        desk.registers.edit("intake", "nobody", {})


def test_a_number_stays_in_its_book_and_its_month(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    assert desk.registers.edit("intake", record.uid, {"channel": "走访发现"}).record_no == record.record_no
    for values, column in (({"channel": "来电"}, "channel"), ({"occurred_at": "2026-10-31"}, "occurred_at")):
        with pytest.raises(Invalid, match="作废后重新登记") as refused:
            desk.registers.edit("intake", record.uid, values)
        assert [(p.column, p.code) for p in refused.value.problems] == [(column, "numbered")]


def test_a_voided_record_keeps_its_number_and_its_values(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    with pytest.raises(Refused, match="写明原因"):
        desk.registers.void("intake", record.uid, "  ")
    void = desk.registers.void("intake", record.record_no, " 录错 ")
    assert (void.record_status, void.void_reason, void.content) == ("void", "录错", record.content)
    assert add(desk, "intake", visit()).record_no == "LF-202611-0002"
    ledger = desk.books.ledger("visit", Month(2026, 11))
    assert ledger.totals["count"] == 1
    assert "已作废：录错" in ledger.rows[0]
    with pytest.raises(Refused, match="已经作废"):
        desk.registers.void("intake", record.uid, "再废")
    with pytest.raises(Refused, match="已经作废"):
        desk.registers.edit("intake", record.uid, {"remark": "x"})


def test_a_step_is_never_voided_nor_edited(desk: Desk) -> None:
    case = add(desk, "intake", visit(disposition="受理转办理单")).case
    step = desk.cases.standing(case).steps[0]
    with pytest.raises(Refused):
        desk.registers.void("step", step.uid, "录错")
    with pytest.raises(Refused, match="只能往后添加"):
        desk.registers.edit("step", step.uid, {"text": "x"})


def test_the_own_centre_is_edited_but_never_voided(desk: Desk) -> None:
    center = desk.office.center
    assert desk.registers.edit("center", center, {"hotline": "0577-66661234"}).hotline == "0577-66661234"
    with pytest.raises(Refused, match="不能作废"):
        desk.registers.void("center", center, "x")


def test_what_was_entered_late_says_so(desk: Desk) -> None:
    """On a Sunday, Friday is one working day ago at most; Thursday is more."""
    rows = {"2026-11-22 08:00": False, "2026-11-20 08:00": False, "2026-11-18 08:00": True}
    for day, late in rows.items():
        assert add(desk, "intake", visit(occurred_at=day)).is_backfilled is late, day


def test_nothing_happened_before_the_centre_was_opened(desk: Desk) -> None:
    desk.registers.edit("center", desk.office.center, {"opened_on": "2026-11-01"})
    with pytest.raises(Invalid) as refused:
        add(desk, "intake", visit(occurred_at="2026-10-31 08:00"))
    assert [(p.column, p.code) for p in refused.value.problems] == [("occurred_at", "before_opening")]
    assert add(desk, "intake", visit(occurred_at="2026-11-01 08:00"))
    assert add(desk, "venue", {"venue_name": "会议室", "area": "40", "capacity": "30"}).valid_from == date(
        2026, 11, 1
    )


def names_on(desk: Desk, uid: str, *days: date) -> list[str]:
    with desk.office.reading() as session:
        return [standing(session, "staff", [uid], day)[uid].full_name for day in days]


def test_a_standing_record_is_known_as_it_was_on_each_day(desk: Desk) -> None:
    staff = add(desk, "staff", {"full_name": "甲", "valid_from": "2026-01-01"})
    for day, name in (("2026-03-01", "乙"), ("2026-06-15", "丙"), ("2026-12-01", "丁")):
        desk.registers.edit("staff", staff.uid, {"full_name": name, "valid_from": day})
    days = [date(2025, 5, 5), date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 14), date(2026, 6, 15)]
    assert names_on(desk, staff.uid, *days) == ["甲", "甲", "乙", "乙", "丙"]
    assert names_on(desk, staff.uid, date(2026, 11, 30), date(2026, 12, 1)) == ["丙", "丁"]


def test_a_mistyped_name_is_put_right_from_the_start(desk: Desk) -> None:
    staff = add(desk, "staff", {"full_name": "李闻书"})
    desk.registers.edit("staff", staff.uid, {"full_name": "李文书"})
    assert names_on(desk, staff.uid, date(2026, 1, 1), date(2026, 11, 22)) == ["李文书", "李文书"]


def test_a_change_may_be_dated_back_to_what_is_open(desk: Desk) -> None:
    staff = add(desk, "staff", {"full_name": "甲"})
    desk.registers.edit("staff", staff.uid, {"full_name": "乙", "valid_from": "2026-11-10"})
    desk.registers.edit("staff", staff.uid, {"full_name": "丙", "valid_from": "2026-10-20"})
    days = [date(2026, 10, 19), date(2026, 10, 20), date(2026, 11, 22)]
    assert names_on(desk, staff.uid, *days) == ["甲", "丙", "丙"]
    desk.registers.edit("staff", staff.uid, {"full_name": "丁", "valid_from": "2026-12-01"})
    assert names_on(desk, staff.uid, *days) == ["甲", "丙", "丙"]
    with pytest.raises(Invalid, match="再上一次变更") as refused:
        desk.registers.edit("staff", staff.uid, {"valid_from": "2026-10-20"})
    assert [(p.column, p.code) for p in refused.value.problems] == [("valid_from", "too_early")]


def test_who_left_is_still_named_where_they_worked(desk: Desk) -> None:
    staff = add(desk, "staff", {"full_name": "李文书"})
    add(desk, "intake", visit(received_by="李文书", occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    printed = desk.books.ledger("visit", Month(2026, 10))
    voided = desk.registers.void("staff", staff.uid, "重复登记")
    assert (voided.record_status, voided.valid_from) == ("void", date(2026, 11, 1))
    assert desk.books.ledger("visit", Month(2026, 10)) == printed
    with desk.office.reading() as session:
        then = standing(session, "staff", [staff.uid], date(2026, 10, 31))[staff.uid]
    assert (then.record_status, then.void_reason) == ("normal", None)


def test_a_months_pack_says_the_same_after_everything_that_came_later(desk: Desk, tmp_path: Any) -> None:
    month = Month(2026, 10)
    staff = add(desk, "staff", {"full_name": "李文书"}, {"full_name": "王主任", "start_on": "2020-02-02"})
    row = visit(occurred_at="2026-10-12 08:30", disposition="受理转办理单", received_by="李文书")
    taken = add(desk, "intake", row)
    plain = add(desk, "intake", visit(occurred_at="2026-10-13 08:30", received_by="李文书"))
    desk.months.close(month)
    first = desk.outbox.send(month, tmp_path / "first").pack
    desk.close()
    later = Desk.open(desk.office.folder, rehearsed(date(2026, 11, 24)))
    later.registers.edit("staff", staff.uid, {"full_name": "王新名"})
    later.registers.void("staff", later.registers.find("staff", Query(("李文书",))).records[0].uid, "离职")
    add(later, "staff", {"full_name": "新来的"})
    add(later, "venue", {"venue_name": "会议室", "area": "40", "capacity": "30"})
    later.cases.act("case", taken.case, "take_up", {"text": "看过"})
    later.months.correct("intake", plain.uid, {"headcount": "2"}, "少记一人")
    later.registers.edit("center", later.office.center, {"hotline": "0577-66661234"})
    again = later.outbox.send(month, tmp_path / "again").pack
    assert (again.revision, again.code) == (1, first.code)
    later.close()
