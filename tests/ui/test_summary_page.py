"""The superior's month of all villages in the window: the table, a call keyed in, a strange table explained."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QDialog

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from tests.office import add, visit
from tests.ui.conftest import is_a
from ui.behind_dialog import BehindDialog
from ui.board_page import BoardPage
from ui.hand_dialogs import MeaningDialog, SourcesDialog, TelephoneDialog
from ui.receive_page import ReceivePage
from ui.stage import Stage
from ui.summary_page import SummaryPage

OCTOBER = Month(2026, 10)


def dialog(kind: type[QDialog]) -> QDialog:
    """Find the dialog of this kind that is open."""
    return next(
        each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()
    )


@pytest.fixture
def town(superior_stage: Stage, desk: Desk, tmp_path: Path) -> Stage:
    """A superior with three villages, of which one has sent its pack."""
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    pack = desk.outbox.send(OCTOBER, tmp_path / "stick").files[0]
    rows = [{"unit_name": name, "reports_from": "2026-10"} for name in ("前岸村", "后岸村")]
    superior_stage.office.ask(lambda at: at.registers.add("unit", rows), lambda _added: None)
    superior_stage.office.ask(lambda at: at.inbox.receive([pack]), lambda _received: None)
    superior_stage.settle()
    return superior_stage


def summary(stage: Stage) -> SummaryPage:
    """Open the table of October."""
    page = is_a(stage.go("summary"), SummaryPage)
    page.months.choose(OCTOBER)
    stage.settle()
    return page


def cell(page: SummaryPage, name: str, head: str) -> tuple[int, int]:
    """Find a cell by its unit and its column."""
    table = page.table
    heads = [table.horizontalHeaderItem(at).text() for at in range(table.columnCount())]  # type: ignore[union-attr] # all are set
    names = [table.verticalHeaderItem(at).text() for at in range(table.rowCount())]
    return names.index(name), heads.index(head)


def text(page: SummaryPage, name: str, head: str) -> str:
    item = page.table.item(*cell(page, name, head))
    return item.text() if item is not None else ""


def test_a_number_told_on_the_telephone_stands_in_the_table_with_its_teller(town: Stage) -> None:
    board = is_a(town.go("board"), BoardPage)
    board.months.choose(OCTOBER)
    town.settle()
    names = [line.unit.name for line in board._board.lines] if board._board else []
    board.table.setCurrentCell(names.index("前岸村"), 0)
    board.telephone.click()
    asked = is_a(dialog(TelephoneDialog), TelephoneDialog)
    asked.keep()
    town.settle()
    assert asked.isVisible(), "without a teller nothing is kept"
    asked.teller.setText("陈支书")
    asked.lines["n_visit"].setText("十来件")
    asked.keep()
    town.settle()
    assert "看不出是多少" in asked.notice.text()
    asked.lines["n_visit"].setText("12件")
    asked.keep()
    town.settle()
    assert "手工报" in [line.word[:3] for line in board._board.lines] if board._board else False
    page = summary(town)
    assert text(page, "前岸村*", "来访件数") == "12"
    assert text(page, "后岸村", "来访件数") == ""
    assert text(page, "合计", "来访件数") == "13"
    assert "后岸村" in page.counts.text()
    page.table.setCurrentCell(*cell(page, "前岸村*", "来访件数"))
    page.open_number.click()
    sources = is_a(dialog(SourcesDialog), SourcesDialog)
    item = sources.table.item(0, 2)
    assert item is not None
    assert "陈支书" in item.text()
    sources.void("报错了")
    town.settle()
    assert text(page, "合计", "来访件数") == "1"


def test_a_number_of_a_pack_opens_its_records(town: Stage) -> None:
    page = summary(town)
    name = next(each.name for each in page.summary.lines if each.standing.is_in) if page.summary else ""
    page.table.setCurrentCell(*cell(page, name, "来访件数"))
    page.open_number.click()
    town.settle()
    behind = is_a(dialog(BehindDialog), BehindDialog)
    assert behind.table.rowCount() == 1
    page.table.setCurrentCell(*cell(page, "前岸村", "来访件数"))
    assert not page.open_number.isEnabled()


def test_a_table_of_a_villages_own_is_explained_once(town: Stage, tmp_path: Path) -> None:
    for name in ("前岸村", "后岸村"):
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in ([f"{name}2026年10月"], ["来访", "来电", "跑腿代办"], [12, 3, 7]):
            sheet.append(row)
        book.save(tmp_path / f"{name}.xlsx")
    page = is_a(town.go("receive"), ReceivePage)
    page.look_at([tmp_path / "前岸村.xlsx"])
    town.settle()
    assert not page.take.isEnabled()
    assert page.confirm.isVisible()
    page.confirm.click()
    asked = is_a(dialog(MeaningDialog), MeaningDialog)
    assert asked.units.currentText() == "前岸村"
    assert asked.months.month == OCTOBER
    assert {heading: box.currentData() for heading, box in asked.columns.items()} == {
        "来访": "n_visit", "来电": "n_call", "跑腿代办": "",
    }  # fmt: skip
    asked.confirm(replaces=False)
    town.settle()
    page.look_at([tmp_path / "后岸村.xlsx"])
    town.settle()
    assert not page.confirm.isVisible()
    assert page.take.isEnabled()
    page.carry_out()
    town.settle()
    assert text(summary(town), "合计", "来电件数") == "6"


def test_table_and_form_are_written(town: Stage, tmp_path: Path) -> None:
    page = summary(town)
    page.write(tmp_path / "汇总.xlsx")
    page.write_form(tmp_path / "空白.xlsx")
    town.settle()
    assert (tmp_path / "汇总.xlsx").is_file()
    assert (tmp_path / "空白.xlsx").is_file()
