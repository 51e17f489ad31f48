"""排班 in the window: rotated, mended with the keyboard, published; gaps and counts stand beside it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from tests.office import add
from tests.ui.conftest import is_a
from ui.choice_editors import ChoiceBox
from ui.duty.page import RosterPage
from ui.stage import Stage

DECEMBER = Month(2026, 12)
REGULAR = {
    "title": "平时", "rule_type": "常规", "session1_start": "08:30", "session1_end": "11:30",
    "session2_start": "14:00", "session2_end": "17:00", "valid_from": "2026-01-01",
}  # fmt: skip


@pytest.fixture
def page(stage: Stage) -> RosterPage:
    """December, with nobody rostered yet, in an office of two."""
    stage.office.ask(lambda desk: add(desk, "opening", REGULAR), lambda _rule: None)
    stage.settle()
    found = is_a(stage.go("rostering"), RosterPage)
    found.months.choose(DECEMBER)
    stage.settle()
    return found


def words(page: RosterPage, row: int) -> list[str]:
    items = [page.days.item(row, at) for at in range(page.days.columnCount())]
    return [item.text() for item in items if item is not None]


def editor(page: RosterPage) -> ChoiceBox:
    found = page.days.viewport().findChild(ChoiceBox)
    return is_a(found, ChoiceBox)


def test_a_month_is_rotated_and_published(stage: Stage, page: RosterPage) -> None:
    assert words(page, 0) == ["12-01 周二", "", "", "缺", "缺"]
    assert not page.publish.isEnabled()
    page.rotate.click()
    stage.settle()
    assert words(page, 0)[3:] == ["林小娟", "林小娟"]
    assert words(page, 1)[3:] == ["陈志明", "陈志明"]
    assert words(page, 4)[1:] == ["周末", "", "", ""]
    assert "46 班" in page.notice.text()
    count = [page.counts.item(0, at) for at in range(6)]
    assert [item.text() for item in count if item is not None] == ["林小娟", "12", "0", "0", "0", "12"]
    page.publish.click()
    stage.settle()
    assert "第1版" in page.state.text()
    assert not page.publish.isEnabled()


def test_another_person_is_chosen_by_the_letters_of_the_name(stage: Stage, page: RosterPage) -> None:
    page.rotate.click()
    stage.settle()
    page.publish.click()
    stage.settle()
    page.days.setCurrentCell(0, 3)
    QTest.keyClick(page.days, Qt.Key.Key_C)
    QTest.keyClick(editor(page), Qt.Key.Key_Return)
    stage.settle()
    assert words(page, 0)[3:] == ["陈志明 *", "林小娟"]
    assert page.publish.text() == "公布第2版"
    assert "以后改了 1 班" in page.state.text()
    QTest.keyClick(page.days, Qt.Key.Key_Delete)
    stage.settle()
    assert words(page, 0)[3:] == ["缺", "林小娟"]
    assert "没有人：12-01 上午" in page.troubles.text()
    page.publish.click()
    stage.settle()
    assert "第2版" in page.state.text()


def test_escape_leaves_a_cell_as_it_was(stage: Stage, page: RosterPage) -> None:
    page.rotate.click()
    stage.settle()
    page.days.setCurrentCell(0, 3)
    QTest.keyClick(page.days, Qt.Key.Key_Return)
    QTest.keyClick(editor(page), Qt.Key.Key_Down)
    QTest.keyClick(editor(page), Qt.Key.Key_Escape)
    stage.settle()
    assert words(page, 0)[3:] == ["林小娟", "林小娟"]


def test_double_duty_is_refused_with_a_sentence_and_nothing_changes(stage: Stage, page: RosterPage) -> None:
    page.rotate.click()
    stage.settle()
    page.days.setCurrentCell(0, 2)
    QTest.keyClick(page.days, Qt.Key.Key_L)
    QTest.keyClick(editor(page), Qt.Key.Key_Return)
    stage.settle()
    assert "林小娟同一时间已有班" in page.notice.text()
    assert words(page, 0)[2:] == ["", "林小娟", "林小娟"]


def test_a_swap_and_a_leave_are_seen_at_once(stage: Stage, page: RosterPage) -> None:
    page.rotate.click()
    stage.settle()

    def happen(desk: Desk) -> None:
        shift = desk.duty.shifts(date(2026, 12, 1))[0]
        values = {"shift": shift.uid, "counterpart": "陈志明", "reason": "看病", "on_paper": True}
        add(desk, "swap", values)
        away = {"staff": "林小娟", "delegate": "陈志明", "on_paper": True}
        add(desk, "leave", away | {"start_at": "2026-12-03 08:00", "end_at": "2026-12-03 12:00"})

    stage.office.ask(happen, lambda _nothing: stage.office.changes.changed.emit("swap"))
    stage.settle()
    assert words(page, 0)[3] == "陈志明（换）"
    assert "林小娟那时请假" in page.troubles.text()
    page.other_view.click()
    stage.settle()
    assert page.views.currentWidget() is page.people
    signs = [page.people.item(0, at) for at in range(3)]
    assert sorted(item.text() for item in signs if item is not None) == ["", "下", "全"]


def test_holidays_and_working_sundays_are_named_and_coloured(stage: Stage, page: RosterPage) -> None:
    page.months.choose(Month(2026, 10))
    stage.settle()
    assert words(page, 0)[1] == "国庆节"
    assert words(page, 9)[1] == "调休上班"
    grounds = [page.days.item(row, 0) for row in (0, 9, 10, 11)]
    colours = [item.background().color().name() for item in grounds if item is not None]
    assert len(set(colours)) == 4


def test_a_closed_month_is_only_looked_at(stage: Stage, page: RosterPage) -> None:
    stage.office.ask(lambda desk: desk.months.close(Month(2026, 10)), lambda _state: None)
    page.months.choose(Month(2026, 10))
    stage.settle()
    assert not page.rotate.isEnabled()
    assert "已结账" in page.state.text()
