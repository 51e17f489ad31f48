"""The printed books in the window: looked at, printed, kept."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from ojr_desk.moments import Month
from ojr_desk.printing.preview import count
from ojr_desk.problems import Cancelled, NoRoom
from ojr_desk.progress import silent
from tests.ui.conftest import is_a
from ui.book_page import BookPage
from ui.paper import chosen, keep, print_pages
from ui.stage import Stage


@pytest.fixture
def page(stage: Stage) -> BookPage:
    made = is_a(stage.go("books"), BookPage)
    made.months.choose(Month(2026, 10))
    made.reload()
    stage.settle()
    return made


def test_a_book_is_shown_page_by_page(stage: Stage, page: BookPage) -> None:
    assert page.path is not None
    assert page.view.pages == count(page.path) > 0
    assert page.view.drawn >= 1
    assert "3 条" in page.facts.text()
    assert page.print.isEnabled()


def test_the_book_that_is_shown_becomes_a_workbook_of_the_same_rows(
    stage: Stage, page: BookPage, tmp_path: Path
) -> None:
    page.export(tmp_path / "book.xlsx")
    stage.settle()
    assert "book.xlsx" in page.notice.text()
    sheet = load_workbook(tmp_path / "book.xlsx").worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sum(text.startswith("LF-202610-") for text in texts) == 3
    assert any("校验码" in text for text in texts)


def test_another_book_is_chosen_beside_the_page(stage: Stage, page: BookPage) -> None:
    page.books.chosen.emit("call")
    stage.settle()
    assert page.code == "call"
    assert "0 条" in page.facts.text()


def test_the_notice_board_s_copy_is_another_book(stage: Stage, page: BookPage) -> None:
    before = page.facts.text()
    page.audiences.setCurrentIndex(1)
    page.audiences.activated.emit(1)
    stage.settle()
    assert page.facts.text() != before


def test_a_stopped_print_leaves_no_file(stage: Stage, page: BookPage) -> None:
    files = set(stage.office.scratch.rglob("*.pdf"))
    page.reload()
    for task in list(stage.office._files._tasks):
        task.stop()
    stage.settle()
    assert set(stage.office.scratch.rglob("*.pdf")) == files
    assert not list(stage.office.scratch.rglob("*.part"))
    assert "已停止" in page.notice.text()
    assert page.view.pages == 0
    page.reload()
    stage.settle()
    assert page.view.pages > 0


def test_an_answer_to_an_older_choice_is_dropped(stage: Stage, page: BookPage) -> None:
    page.months.choose(Month(2026, 9))
    page.reload()
    page.months.choose(Month(2026, 10))
    page.reload()
    stage.settle()
    assert "3 条" in page.facts.text()


def test_a_page_range_is_printed_and_no_more(page: BookPage, tmp_path: Path) -> None:
    assert page.path is not None
    printer = to_file(tmp_path / "range.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    assert chosen(printer, 3) == [1]
    assert chosen(printer, 1) == []
    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    assert chosen(printer, 3) == [0, 1, 2]
    assert print_pages(printer, page.path, [0], silent) == 1
    assert count(tmp_path / "range.pdf") == 1


def test_printing_that_is_stopped_ends(page: BookPage, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled("stopped")

    assert page.path is not None
    with pytest.raises(Cancelled):
        print_pages(to_file(tmp_path / "stopped.pdf"), page.path, [0], stop)


def test_a_kept_copy_is_whole_or_not_there(page: BookPage, tmp_path: Path) -> None:
    assert page.path is not None
    keep(page.path, tmp_path / "kept.pdf")
    assert (tmp_path / "kept.pdf").read_bytes() == page.path.read_bytes()
    with pytest.raises(NoRoom):
        keep(page.path, tmp_path / "no such folder" / "kept.pdf")


def test_a_change_elsewhere_binds_the_book_anew_when_it_is_seen_again(
    stage: Stage, page: BookPage, qtbot: QtBot
) -> None:
    first = page.path
    stage.go("visit")
    stage.office.changes.changed.emit("intake")
    stage.go("books")
    assert page.path != first


def to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF())
    )
    return printer
