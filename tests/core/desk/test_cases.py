"""Cases at the desk: their steps are only added, and the deadline follows the calendar."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from ojr_desk.rules.workdays import CalendarDay, write_pack
from ojr_desk.store.query import Query
from tests.office import add, run_sql, visit

NEW_YEAR = (
    CalendarDay(date(2027, 1, 1), "元旦", True),
    CalendarDay(date(2027, 1, 2), "元旦", True),
    CalendarDay(date(2027, 1, 3), "元旦", True),
    CalendarDay(date(2027, 1, 4), "元旦", True),
    CalendarDay(date(2027, 1, 9), "元旦", False),
)


@pytest.fixture
def late(desk: Desk) -> Any:
    """The office at the end of the year, when the next year's holidays are not published yet."""
    desk.close()
    opened = Desk.open(desk.office.folder, rehearsed(date(2026, 12, 30)))
    add(opened, "staff", {"full_name": "李文书"}, {"full_name": "王主任"})
    yield opened
    opened.close()


def taken_up(desk: Desk, **more: Any) -> Any:
    """A case that was just taken up."""
    row = visit(disposition="受理转办理单", matter_nature="求助", received_by="李文书") | more
    return desk.registers.get("case", add(desk, "intake", row).case)


def publish(desk: Desk, tmp_path: Path) -> list[tuple[str, date, date]]:
    """Take the next year's holidays in; answer with what moved."""
    pack = tmp_path / "2027.json"
    pack.write_text(write_pack(2027, NEW_YEAR), encoding="utf-8")
    year, counted = desk.holidays.take_in(pack)
    assert year == 2027
    return list(counted.moved)


def test_a_case_that_is_taken_up_has_its_deadline(desk: Desk) -> None:
    case = taken_up(desk, received_by="")
    assert (case.case_state, case.due_on, case.due_is_estimated) == ("accepted", date(2026, 11, 25), False)
    assert case.record_no == "BL-202611-0001"
    intake = desk.registers.get("intake", case.intake)
    assert (intake.case, intake.closed_at) == (case.uid, None)


def test_what_is_accepted_later_gets_its_case_then(desk: Desk) -> None:
    added = add(desk, "intake", visit(disposition="仅记录"))
    edited = desk.registers.edit(
        "intake", added.uid, {"disposition": "受理转办理单", "matter_nature": "投诉"}
    )
    case = desk.registers.get("case", edited.case)
    assert (case.intake, case.case_state, case.matter_nature) == (added.uid, "accepted", "complaint")
    with pytest.raises(Invalid) as refused:
        desk.registers.edit("intake", added.uid, {"disposition": "仅记录"})
    assert [(p.column, p.code) for p in refused.value.problems] == [("disposition", "taken_up")]


def test_what_follows_from_an_edit_is_stored_too(desk: Desk) -> None:
    added = add(desk, "intake", visit(disposition="仅记录", occurred_at="2026-11-20 09:00"))
    assert (added.closed_at, added.is_group) == (None, False)
    edited = desk.registers.edit("intake", added.uid, {"disposition": "当场答复", "headcount": "5"})
    assert (edited.closed_at, edited.is_group) == (added.occurred_at, True)


def test_a_step_takes_no_value_that_is_the_programs(desk: Desk) -> None:
    case = taken_up(desk, received_by="")
    for name, value in (("step", "close"), ("state_after", "closed"), ("case", "x"), ("elapsed_workdays", 0)):
        with pytest.raises(Invalid) as refused:
            desk.cases.act("case", case.uid, "take_up", {name: value})
        assert [(p.column, p.code) for p in refused.value.problems] == [(name, "computed")]
    assert desk.registers.get("case", case.uid).case_state == "accepted"


def test_a_step_is_refused_with_what_may_be_done(desk: Desk) -> None:
    case = taken_up(desk, received_by="")
    with pytest.raises(Invalid, match="不能“办结”") as refused:
        desk.cases.act("case", case.uid, "close", {"result": "已解决"})
    assert refused.value.problems[0].code == "illegal_step"
    with pytest.raises(Invalid, match="没有“dance”"):
        desk.cases.act("case", case.uid, "dance", {})


def test_a_case_goes_from_beginning_to_end(late: Desk) -> None:
    case = taken_up(late, occurred_at="2026-12-28 09:00", matter_nature="投诉")
    act = late.cases.act
    assert act("case", case.record_no, "assign", {"handler": "王主任"}).case_state == "assigned"
    act("case", case.uid, "take_up", {"by": "王主任"})
    act("case", case.uid, "progress", {"text": "换了灯泡"})
    act("case", case.uid, "reply", {"text": "已告知", "method": "电话"})
    closed = act("case", case.uid, "close", {"result": "已解决"})
    assert (closed.case_state, closed.elapsed_workdays) == ("closed", 2)
    assert closed.closed_at is not None
    with pytest.raises(Invalid, match="投诉要先回访"):
        act("case", case.uid, "archive", {})
    act("case", case.uid, "follow_up", {"satisfaction": "满意"})
    done = act("case", case.uid, "archive", {})
    assert (done.case_state, done.handler) == ("archived", late.cases.standing(case.uid).steps[1].handler)
    assert late.cases.standing(case.uid).steps[-1].archive_no == case.record_no


def test_steps_typed_in_the_same_minute_follow_each_other(desk: Desk) -> None:
    case = taken_up(desk, received_by="")
    desk.cases.act("case", case.uid, "take_up", {})
    assert desk.cases.act("case", case.uid, "progress", {"text": "看过", "occurred_at": "23:59"})
    with pytest.raises(Invalid, match="早于上一步"):
        desk.cases.act("case", case.uid, "progress", {"text": "看过", "occurred_at": "23:58"})


def test_an_acceptance_dated_back_counts_from_its_day(desk: Desk) -> None:
    case = add(desk, "case", {"title": "路灯不亮", "occurred_at": "2026-11-02 09:00"})
    taken = desk.cases.act("case", case.uid, "accept", {"occurred_at": "2026-11-03 09:00"})
    assert taken.due_on == date(2026, 11, 6)


def test_only_a_call_back_is_noted_on_an_intake_without_a_case(desk: Desk) -> None:
    added = add(desk, "intake", visit())
    with pytest.raises(Refused, match="只能回访"):
        desk.cases.act("intake", added.uid, "redo", {"reason": "没说清"})
    with pytest.raises(Refused, match="办理单上办理"):
        desk.cases.act("intake", taken_up(desk, received_by="").intake, "follow_up", {"satisfaction": "满意"})
    with pytest.raises(Refused, match="没有办理步骤"):
        desk.cases.act("venue", added.uid, "accept", {})


def test_estimated_deadlines_move_when_the_holidays_are_published(late: Desk, tmp_path: Path) -> None:
    case = taken_up(late)
    assert (case.due_on, case.due_is_estimated) == (date(2027, 1, 5), True)
    assert publish(late, tmp_path) == [(case.record_no, date(2027, 1, 5), date(2027, 1, 6))]
    now = late.registers.get("case", case.uid)
    assert (now.due_on, now.due_is_estimated) == (date(2027, 1, 6), False)
    assert [each.step for each in late.cases.standing(case.uid).steps] == ["accept", "recount"]
    assert late.cases.recount().moved == ()
    assert now.case_state == "accepted"


def test_what_a_closed_month_takes_no_more_steps_for_is_told_and_counted_in_the_next(
    desk: Desk, tmp_path: Path
) -> None:
    """December is closed on its last day, and the notice comes the same evening."""
    last = Desk.open(desk.office.folder, rehearsed(date(2026, 12, 31)))
    case = taken_up(last, received_by="")
    fine = taken_up(last, received_by="", matter_nature="咨询", occurred_at="2026-12-30 09:00")
    last.months.close(Month(2026, 12))
    before = last.books.ledger("case", Month(2026, 12)).rows
    assert publish(last, tmp_path) == []
    counted = last.cases.recount()
    assert (counted.moved, counted.waiting) == ((), (case.record_no,))
    assert case.record_no in counted.notice
    assert fine.record_no not in counted.notice
    assert last.registers.get("case", case.uid).due_is_estimated
    last.close()
    later = Desk.open(desk.office.folder, rehearsed(date(2027, 1, 4)))
    counted = later.cases.recount()
    assert counted.moved == ((case.record_no, date(2027, 1, 6), date(2027, 1, 7)),)
    assert (counted.waiting, counted.notice) == ((), "")
    assert later.books.ledger("case", Month(2026, 12)).rows == before
    later.close()


def test_a_year_and_the_deadlines_that_follow_are_one_act(late: Desk, tmp_path: Path) -> None:
    taken_up(late, occurred_at="2026-12-30 09:00")
    assert len(publish(late, tmp_path)) == 1
    deeds = run_sql(
        late,
        "SELECT DISTINCT deed FROM history WHERE act = 'calendar' AND register IN ('calendar_year', 'step')",
    )
    registers = run_sql(late, "SELECT DISTINCT register FROM history WHERE deed = ?", *deeds[0])
    assert len(deeds) == 1
    assert {row[0] for row in registers} >= {"calendar_year", "step", "case"}


def test_what_is_not_estimated_stays(late: Desk, tmp_path: Path) -> None:
    case = taken_up(late, matter_nature="咨询")
    assert (case.due_on, case.due_is_estimated) == (date(2026, 12, 31), False)
    assert publish(late, tmp_path) == []
    assert len(late.cases.standing(case.uid).steps) == 1


def test_a_day_that_a_person_chose_stays_and_is_no_estimate_any_more(late: Desk, tmp_path: Path) -> None:
    case = taken_up(late)
    late.cases.act("case", case.uid, "take_up", {})
    chosen = {"due_on": "2027-01-12", "reason": "缺材料", "approver": "王主任"}
    extended = late.cases.act("case", case.uid, "extend", chosen)
    assert (extended.due_on, extended.due_is_estimated) == (date(2027, 1, 12), True)
    assert publish(late, tmp_path) == []
    now = late.registers.get("case", case.uid)
    assert (now.due_on, now.due_is_estimated) == (date(2027, 1, 12), False)


def test_a_pause_that_is_over_keeps_its_effect(late: Desk, tmp_path: Path) -> None:
    case = taken_up(late, occurred_at="2026-12-25 09:00", matter_nature="投诉")
    assert (case.due_on, case.due_is_estimated) == (date(2027, 1, 4), True)
    act = late.cases.act
    act("case", case.uid, "take_up", {"occurred_at": "2026-12-25 10:00"})
    waiting = {"occurred_at": "2026-12-28 09:00", "reason": "等材料", "resume_on": "2026-12-30"}
    act("case", case.uid, "pause", waiting)
    resumed = act("case", case.uid, "resume", {"occurred_at": "2026-12-30 09:00"})
    assert (resumed.due_on, resumed.due_is_estimated) == (date(2027, 1, 6), True)
    assert publish(late, tmp_path) == [(case.record_no, date(2027, 1, 6), date(2027, 1, 7))]
    assert late.cases.recount().moved == ()


def test_a_pause_that_goes_on_counts_up_to_now(late: Desk, tmp_path: Path) -> None:
    case = taken_up(late, occurred_at="2026-12-25 09:00", matter_nature="投诉")
    late.cases.act("case", case.uid, "take_up", {"occurred_at": "2026-12-25 10:00"})
    waiting = {"occurred_at": "2026-12-28 09:00", "reason": "等材料", "resume_on": "2026-12-31"}
    late.cases.act("case", case.uid, "pause", waiting)
    publish(late, tmp_path)
    assert late.registers.get("case", case.uid).due_on == date(2027, 1, 7)
    resumed = late.cases.act("case", case.uid, "resume", {})
    assert resumed.due_on == date(2027, 1, 7)


def test_a_finished_case_is_left_alone(late: Desk, tmp_path: Path) -> None:
    case = taken_up(late)
    late.cases.act("case", case.uid, "take_up", {"text": "当场办好"})
    late.cases.act("case", case.uid, "reply", {"text": "已告知", "method": "电话"})
    late.cases.act("case", case.uid, "close", {"result": "已解决"})
    assert publish(late, tmp_path) == []
    assert [each.step for each in late.cases.standing(case.uid).steps][-1] == "close"


def test_an_accusation_opens_no_case(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        add(desk, "case", {"title": "某事", "matter_nature": "检举控告", "content": "某人收钱"})
    assert [p.code for p in refused.value.problems] == ["accusation"]
    sealed = add(desk, "intake", visit(matter_nature="检举控告", disposition="受理转办理单"))
    assert (sealed.case, desk.registers.find("case", Query()).total) == (None, 0)
    with pytest.raises(Refused, match="不由本中心办理"):
        desk.cases.act("intake", sealed.uid, "follow_up", {"satisfaction": "满意"})


ALL_AT_ONCE = {"text": "换了灯泡，已告知", "method": "电话", "result": "已解决"}


def test_a_case_is_closed_at_once_with_every_step_of_its_own(desk: Desk) -> None:
    case = taken_up(desk, received_by="", matter_nature="投诉", occurred_at="2026-11-20 09:00")
    assert desk.cases.standing(case.uid).can_be_finished
    closed = desk.cases.finish(case.record_no, ALL_AT_ONCE)
    assert (closed.case_state, closed.elapsed_workdays) == ("closed", 0)
    standing = desk.cases.standing(case.uid)
    assert [(each.step, each.state_after) for each in standing.steps] == [
        ("accept", "accepted"),
        ("take_up", "handling"),
        ("reply", "replied"),
        ("close", "closed"),
    ]
    assert [each.text for each in standing.steps[1:]] == ["换了灯泡，已告知", "换了灯泡，已告知", ""]
    assert not standing.can_be_finished
    with pytest.raises(Invalid, match="投诉要先回访"):
        desk.cases.act("case", case.uid, "archive", {})


def test_a_case_that_somebody_else_has_to_act_on_is_not_closed_at_once(desk: Desk) -> None:
    case = taken_up(desk, received_by="", occurred_at="2026-11-20 09:00")
    desk.cases.act("case", case.uid, "take_up", {})
    desk.cases.act("case", case.uid, "pause", {"reason": "等材料", "resume_on": "2026-11-24"})
    with pytest.raises(Invalid, match="“中止”环节，不能“一步办结”"):
        desk.cases.finish(case.uid, ALL_AT_ONCE)
    assert len(desk.cases.standing(case.uid).steps) == 3


def test_a_closing_at_once_that_is_refused_half_way_leaves_nothing(desk: Desk) -> None:
    case = taken_up(desk, received_by="", occurred_at="2026-11-20 09:00")
    for wrong in ({}, {"result": "天知道"}, {"occurred_at": "2026-11-19 09:00"}, {"due_is_estimated": True}):
        with pytest.raises(Invalid):
            desk.cases.finish(case.uid, {**ALL_AT_ONCE, **wrong} if wrong else {})
    assert [each.step for each in desk.cases.standing(case.uid).steps] == ["accept"]
    assert desk.registers.get("case", case.uid).case_state == "accepted"


def test_what_was_sent_down_is_settled_and_closed_at_once(desk: Desk) -> None:
    case = add(desk, "case", {"title": "路灯不亮", "occurred_at": "2026-11-02 09:00"})
    assert desk.cases.finish(case.uid, ALL_AT_ONCE).case_state == "closed"
    assert [each.step for each in desk.cases.standing(case.uid).steps] == ["settle", "close"]


def test_an_intake_without_a_case_is_not_closed_again(desk: Desk) -> None:
    added = add(desk, "intake", visit())
    with pytest.raises(Refused, match="只能回访"):
        desk.cases.act("intake", added.uid, "finish", ALL_AT_ONCE)


def test_several_cases_take_a_step_together(desk: Desk) -> None:
    add(desk, "staff", {"full_name": "王主任"})
    cases = [taken_up(desk, received_by="") for _n in range(3)]
    acted = desk.cases.act_all(
        [cases[0].uid, cases[1].record_no, cases[2].uid, cases[0].record_no], "assign", {"handler": "王主任"}
    )
    assert [(each.uid, each.case_state) for each in acted] == [(each.uid, "assigned") for each in cases]
    closed = desk.cases.act_all([each.uid for each in cases], "finish", ALL_AT_ONCE)
    assert {each.case_state for each in closed} == {"closed"}
    archived = desk.cases.act_all([each.uid for each in cases], "archive", {})
    assert [desk.cases.standing(each.uid).steps[-1].archive_no for each in archived] == [
        each.record_no for each in cases
    ]


def test_of_several_cases_all_take_the_step_or_none(desk: Desk) -> None:
    good, closed, void = (taken_up(desk, received_by="") for _n in range(3))
    desk.cases.finish(closed.uid, ALL_AT_ONCE)
    desk.registers.void("case", void.uid, "录错")
    with pytest.raises(Invalid) as refused:
        desk.cases.act_all([good.uid, closed.uid, void.uid, "BL-202611-9999"], "take_up", {})
    assert [(p.row, p.code) for p in refused.value.problems] == [
        (2, "illegal_step"),
        (3, "refused"),
        (4, "refused"),
    ]
    assert refused.value.problems[0].message.startswith(closed.record_no)
    assert desk.registers.get("case", good.uid).case_state == "accepted"
    with pytest.raises(Refused, match="还没有选"):
        desk.cases.act_all([], "take_up", {})
