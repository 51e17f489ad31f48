"""The board: who was to report, who did and when, judged by the day of receipt."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.desk.board import SORTS, Board, Standing
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from ojr_desk.store.query import Query
from tests.office import OCTOBER as OCT
from tests.office import add, copied, create, visit

OCTOBER, NOVEMBER = Month.parse(OCT), Month(2026, 11)
#: The third working day of November 2026 is a Wednesday.
IN_TIME, LATE = datetime(2026, 11, 4, 18, 0), datetime(2026, 11, 6, 9, 0)


def village(folder: Path, name: str, *rows: dict[str, Any], code: str = "") -> Desk:
    """Open a new village that entered *rows* in October, and is at the end of November."""
    made = create(folder, NewOffice(name, "village", code))
    desk = Desk.open(made, rehearsed(date(2026, 11, 30)))
    for row in rows:
        add(desk, "intake", row)
    return desk


def send(desk: Desk, folder: Path, month: Month = OCTOBER) -> Path:
    """Close *month* and write its pack."""
    desk.months.close(month)
    return desk.outbox.send(month, folder).files[0]


def take_in(superior: Desk, at: datetime, *files: Path) -> None:
    """Let the superior take *files* in at a moment."""
    superior.office.clock = lambda: at
    assert all(each.fine for each in superior.inbox.receive(files))


def line(board: Board, name: str) -> Standing:
    """Find a unit's line."""
    return next(each for each in board.lines if each.unit.name == name)


@pytest.fixture
def late_september(superior_template: Path, tmp_path: Path) -> Desk:
    """A superior who lists two villages, of which one belongs to a district."""
    desk = copied(superior_template, tmp_path / "township", rehearsed(date(2026, 9, 30)))
    add(desk, "unit", {"unit_name": "东片", "is_due": "否"})
    add(
        desk,
        "unit",
        {"unit_name": "龙川村", "division_code": "330302104203", "under": "东片", "reports_from": "2026-10"},
        {"unit_name": "前岸村", "reports_from": "2026-10"},
    )
    return desk


def test_who_is_listed_and_has_not_reported_is_missing(late_september: Desk) -> None:
    superior = late_september
    superior.office.clock = lambda: LATE
    board = superior.boards.of(OCTOBER)
    assert [each.unit.name for each in board.lines] == ["前岸村", "龙川村"]
    assert line(board, "龙川村").unit.path == ("东片",)
    assert {sort: board.count(sort) for sort in ("due", "in", "missing")} == {
        "due": 2, "in": 0, "missing": 2,
    }  # fmt: skip
    assert board.due_on == date(2026, 11, 4)
    assert "逾期2天" in board.lines[0].word
    assert superior.boards.of(Month(2026, 9)).lines == ()


def test_a_report_is_judged_by_the_day_on_which_it_came(late_september: Desk, tmp_path: Path) -> None:
    superior = late_september
    first = village(tmp_path / "a", "龙川村", visit(occurred_at="2026-10-12 08:30"), code="330302104203")
    second = village(tmp_path / "b", "前岸村")
    take_in(superior, IN_TIME, send(first, tmp_path / "stick"))
    take_in(superior, LATE, send(second, tmp_path / "stick"))
    board = superior.boards.of(OCTOBER)
    assert line(board, "龙川村").is_on_time
    assert (line(board, "前岸村").days_late, line(board, "前岸村").is_zero) == (2, True)
    told = {sort: board.count(sort) for sort in SORTS}
    assert told == {
        "due": 2, "in": 2, "on_time": 1, "late": 1, "zero": 1, "manual": 0, "returned": 0, "accepted": 0, "missing": 0,
    }  # fmt: skip
    assert "已全部收到" in superior.boards.reminder(OCTOBER)


def test_a_return_and_its_second_revision_are_both_told(late_september: Desk, tmp_path: Path) -> None:
    superior = late_september
    sender = village(tmp_path / "a", "龙川村", visit(occurred_at="2026-10-12 08:30"), code="330302104203")
    take_in(superior, IN_TIME, send(sender, tmp_path / "stick"))
    answer = superior.outbox.answer("龙川村", OCTOBER, "returned", "请补电话", tmp_path / "return.xlsx")
    returned = line(superior.boards.of(OCTOBER), "龙川村")
    assert (returned.state, returned.returns, returned.note) == ("returned", 1, "请补电话")
    sender.inbox.receive([answer])
    sender.months.reopen(OCTOBER, "退回", "李书记")
    take_in(superior, LATE, send(sender, tmp_path / "stick"))
    again = line(superior.boards.of(OCTOBER), "龙川村")
    assert (again.state, again.revision, again.returns, again.is_on_time) == ("received", 2, 1, True)
    superior.outbox.answer("龙川村", OCTOBER, "accepted", "", tmp_path / "accept.xlsx")
    assert line(superior.boards.of(OCTOBER), "龙川村").state == "accepted"


def test_a_report_that_nobody_expected_is_listed_and_its_unit_entered(
    late_september: Desk, tmp_path: Path
) -> None:
    superior = late_september
    stranger = village(tmp_path / "c", "后垟村")
    superior.office.clock = lambda: IN_TIME
    received = superior.inbox.receive([send(stranger, tmp_path / "stick")])[0]
    assert any("后垟村" in each and "名册" in each for each in received.notices)
    assert line(superior.boards.of(OCTOBER), "后垟村").is_on_time
    assert "后垟村" in superior.boards.reminder(NOVEMBER)


def test_a_village_that_was_merged_and_one_renamed_keep_their_past(late_september: Desk) -> None:
    superior = late_september
    find = superior.registers.find
    units = {each.unit_name: each for each in find("unit", Query()).records}
    superior.office.clock = lambda: datetime(2026, 11, 20, 9, 0)
    merged = {"reports_until": "2026-10", "became": "前岸村"}
    superior.registers.edit("unit", units["龙川村"].uid, merged)
    renamed = {"unit_name": "新岸村", "valid_from": "2026-11-01"}
    superior.registers.edit("unit", units["前岸村"].uid, renamed)
    assert [each.unit.name for each in superior.boards.of(OCTOBER).lines] == ["前岸村", "龙川村"]
    assert [each.unit.name for each in superior.boards.of(NOVEMBER).lines] == ["新岸村"]


def test_who_merges_into_another_says_until_when_it_reports(late_september: Desk) -> None:
    unit = late_september.registers.find("unit", Query()).records[0]
    with pytest.raises(Invalid, match="最后一次报送"):
        late_september.registers.edit("unit", unit.uid, {"became": "前岸村"})


def test_how_complete_a_report_is_is_counted(late_september: Desk, tmp_path: Path) -> None:
    superior = late_september
    sender = village(tmp_path / "a", "龙川村", visit(occurred_at="2026-10-12 08:30"), code="330302104203")
    hours = {"title": "平日", "rule_type": "常规", "session1_start": "8:30", "session1_end": "11:30"}
    add(sender, "opening", {**hours, "weekdays": "周一，周二", "valid_from": "2026-10-01"})
    take_in(superior, IN_TIME, send(sender, tmp_path / "stick"))
    told = line(superior.boards.of(OCTOBER), "龙川村")
    assert told.completeness is not None
    assert 0 < told.completeness < 100
    assert any("没有任何登记" in each for each in told.lacking)


def test_a_village_has_no_board(desk: Desk) -> None:
    with pytest.raises(Refused, match="下级单位"):
        desk.boards.of(OCTOBER)


def test_the_deadline_is_the_offices_own(late_september: Desk) -> None:
    late_september.boards.set_deadline(5)
    assert late_september.boards.of(OCTOBER).due_on == date(2026, 11, 6)
    with pytest.raises(Refused, match="1 到 23"):
        late_september.boards.set_deadline(0)
