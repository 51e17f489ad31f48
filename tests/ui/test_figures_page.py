"""The monthly table in the window: numbers that open their records, papers, and 快报 in three clicks."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ojr_desk.desk import Clock, Desk
from ojr_desk.figures import Span
from ojr_desk.figures.chart import Columns
from ojr_desk.moments import Month
from ojr_desk.printing.preview import count
from tests.office import add, visit
from tests.ui.conftest import cell, children, front, is_a, press, type_in
from ui.behind_dialog import BehindDialog
from ui.figures_page import FiguresPage
from ui.paper_dialog import PaperDialog
from ui.quick_dialog import QuickDialog, days_of
from ui.stage import Stage


@pytest.fixture
def page(stage: Stage) -> FiguresPage:
    return is_a(stage.go("figures"), FiguresPage)


def row_of(page: FiguresPage, code: str) -> int:
    return next(at for at, line in enumerate(page.lines) if line.indicator.code == code)


def choose(stage: Stage, page: FiguresPage, code: str) -> None:
    page.table.setCurrentCell(row_of(page, code), 0)
    stage.settle()


def click(widget: QPushButton) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_month_that_is_over_stands_there_first(page: FiguresPage) -> None:
    assert page.months.month == Month(2026, 10)
    place = row_of(page, "n_visit")
    assert [cell(page.table, place, at) for at in range(3)] == ["来访件数", "3", "0"]


def test_below_stands_what_the_chosen_number_means_and_how_it_went(stage: Stage, page: FiguresPage) -> None:
    choose(stage, page, "close_rate")
    assert page.means.text() == "办结率：本期办结÷（上期结转＋本期受理）。"
    choose(stage, page, "n_visit")
    chart = is_a(page.chart.chart, Columns)
    assert chart.names[-1] == "10月" and chart.series[0].values == (0.0,) * 11 + (3.0,)
    assert "10月 3" in page.chart.accessibleName()


def test_the_same_chart_is_painted_as_is_printed(stage: Stage, page: FiguresPage) -> None:
    choose(stage, page, "n_visit")
    picture = page.chart.grab().toImage()
    inks = {picture.pixel(x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)}
    assert len(inks) > 3


def test_a_number_opens_its_records_and_these_their_page(stage: Stage, page: FiguresPage) -> None:
    choose(stage, page, "n_visit")
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    stage.settle()
    (dialog,) = front(BehindDialog)
    assert dialog.table.rowCount() == 3
    assert (cell(dialog.table, 0, 1), cell(dialog.table, 0, 2)) == ("2026-10-15", "来访")
    assert "王碎姆" not in cell(dialog.table, 0, 4)
    click(dialog.open_it)
    stage.settle()
    assert front(BehindDialog) == []
    assert stage.window.stack.currentWidget() is not page


def test_a_number_of_nothing_opens_an_empty_list(stage: Stage, page: FiguresPage) -> None:
    choose(stage, page, "overdue")
    page.open_chosen()
    stage.settle()
    (dialog,) = front(BehindDialog)
    assert dialog.table.rowCount() == 0 and not dialog.open_it.isEnabled()
    dialog.close()


def test_what_changes_meanwhile_is_reckoned_anew(stage: Stage, page: FiguresPage) -> None:
    stage.office.ask(
        lambda desk: desk.registers.add("intake", [visit(occurred_at="2026-10-20 08:30")]),
        lambda _added: stage.office.changes.changed.emit("intake"),
    )
    stage.settle()
    assert cell(page.table, row_of(page, "n_visit"), 1) == "4"


def test_table_and_analysis_are_shown_as_they_will_be_printed(stage: Stage, page: FiguresPage) -> None:
    for pressed in (page.paper, page.analysis):
        click(pressed)
        stage.settle()
        (dialog,) = front(PaperDialog)
        assert dialog.view.pages >= 1
        assert [each.text() for each in children(dialog, QPushButton)] == ["打印…", "存成 PDF…", "关上"]
        dialog.close()
        stage.settle()
    (paper,) = stage.office.scratch.rglob("月度分析_202610.pdf")
    assert count(paper) == 1


def test_the_table_becomes_a_workbook(stage: Stage, page: FiguresPage, tmp_path: Path) -> None:
    page.export(tmp_path / "t.xlsx")
    stage.settle()
    (sheet,) = load_workbook(tmp_path / "t.xlsx").worksheets
    assert {"来访件数", "3"} <= {str(each.value) for row in sheet.iter_rows() for each in row}
    assert "t.xlsx" in page.notice.text()


def test_a_quick_report_takes_three_clicks(stage: Stage, page: FiguresPage) -> None:
    choose(stage, page, "visit_heads")
    click(page.quick)
    stage.settle()
    (dialog,) = front(QuickDialog)
    box = dialog.boxes["n_visit"]
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(12, box.height() // 2))
    stage.settle()
    click(dialog.copy)
    stage.settle()
    told = QGuiApplication.clipboard().text().split("\n")
    assert told[0].endswith("（2026年10月）") and told[1:] == ["来访件数：3件", "来访人次：3人次"]
    assert "已复制" in dialog.notice.text()
    dialog.close()


def test_any_days_can_be_typed_and_nonsense_is_told(stage: Stage, page: FiguresPage) -> None:
    page.ask_quick()
    stage.settle()
    (dialog,) = front(QuickDialog)
    dialog.boxes["n_visit"].setChecked(True)
    dialog.first.line.selectAll()
    type_in(dialog.first.line, "10月16日")
    stage.settle()
    assert dialog.text.toPlainText().endswith("来访件数：0件")
    assert dialog.ranges.currentData() == "own"
    dialog.first.line.selectAll()
    type_in(dialog.first.line, "乱写")
    stage.settle()
    assert "乱写" in dialog.notice.text() and not dialog.copy.isEnabled()
    dialog.ranges.setCurrentIndex(0)
    dialog.ranges.activated.emit(0)
    stage.settle()
    assert dialog.copy.isEnabled() and dialog.last.line.text() == "2026-11-22"
    for box in dialog.boxes.values():
        box.setChecked(False)
    stage.settle()
    assert "还没有选指标" in dialog.notice.text() and dialog.text.toPlainText() == ""
    assert not dialog.copy.isEnabled()
    dialog.close()


def test_ranges_end_today_or_with_the_month_before() -> None:
    today = date(2026, 11, 22)
    assert days_of("month", today) == Span(date(2026, 11, 1), today)
    assert days_of("last", date(2026, 1, 5)) == Span(date(2025, 12, 1), date(2025, 12, 31))
    assert days_of("quarter", today) == Span(date(2026, 10, 1), today)
    assert days_of("year", today) == Span(date(2026, 1, 1), today)


def test_an_office_that_keeps_nothing_is_told_so(stage: Stage, page: FiguresPage, clock: Clock) -> None:
    def switch(desk: Desk) -> None:
        for code in ("intake", "case", "duty", "duty_log", "opening"):
            desk.registers.switch(code, False)

    stage.office.ask(switch, lambda _done: stage.office.changes.changed.emit("switch"))
    stage.settle()
    page.months.choose(Month(2026, 11))
    page.reload()
    stage.settle()
    assert {line.indicator.code for line in page.lines} == {"entries", "backfill_rate"}
    page.ask_quick()
    stage.settle()
    (dialog,) = front(QuickDialog)
    dialog.close()


def test_a_superior_has_a_table_of_its_own(superior_stage: Stage, desk: Desk) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    page = is_a(superior_stage.go("figures"), FiguresPage)
    assert cell(page.table, row_of(page, "n_visit"), 1) == "0"
