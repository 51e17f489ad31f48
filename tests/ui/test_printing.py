"""Paper in the window: sent to a printer, given up, and what is said where there is no printer or no longer one.

There is no printer here, so Qt's own dialog prints into a file, which is counted and looked at.
"""

import sys
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPushButton, QRadioButton, QSpinBox, QWidget

from ojr_desk.moments import Month
from ojr_desk.printing.preview import count, render
from ojr_desk.problems import Refused
from ojr_desk.progress import silent
from tests.ui.conftest import children, front, is_a
from ui import paper
from ui.book_page import BookPage
from ui.paper_dialog import PaperDialog
from ui.reception.panel import ReceptionPanel
from ui.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there the system's own dialog asks")


@pytest.fixture(autouse=True)
def one_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "printers", lambda: ["HP LaserJet 1020"])


@pytest.fixture
def page(stage: Stage) -> BookPage:
    """The book of October, of several pages."""
    values = {
        "anonymous": True,
        "matter_category": "other",
        "content": "村口路灯不亮，" * 12,
        "reply_content": "已记下",
    }
    rows = [values | {"occurred_at": f"2026-10-{day:02} 09:00"} for day in range(10, 30)]
    for row in rows:
        row["reason"] = ""
    stage.office.ask(lambda desk: desk.registers.add("intake", rows), lambda _added: None)
    stage.settle()
    made = is_a(stage.go("books"), BookPage)
    made.months.choose(Month(2026, 10))
    made.reload()
    stage.settle()
    assert made.view.pages > 2
    return made


def asked(stage: Stage) -> QPrintDialog:
    stage.settle()
    (dialog,) = front(QPrintDialog)
    return dialog


def fill(dialog: QPrintDialog, path: Path, first: int = 0, last: int = 0) -> None:
    """Choose a file, and a range of pages."""
    (name,) = (each for each in children(dialog, QLineEdit) if each.objectName() == "filename")
    name.setText(str(path))
    if first:
        (radio,) = (each for each in children(dialog, QRadioButton) if each.objectName() == "printRange")
        radio.setChecked(True)
        for spin, number in (("from", first), ("to", last)):
            (box,) = (each for each in children(dialog, QSpinBox) if each.objectName() == spin)
            box.setValue(number)


def push(dialog: QWidget, role: QDialogButtonBox.ButtonRole) -> None:
    (box,) = children(dialog, QDialogButtonBox)
    next(each for each in box.buttons() if box.buttonRole(each) == role).click()


ACCEPT, REJECT = QDialogButtonBox.ButtonRole.AcceptRole, QDialogButtonBox.ButtonRole.RejectRole


def test_a_book_is_printed_whole(stage: Stage, page: BookPage, tmp_path: Path) -> None:
    page.print.click()
    dialog = asked(stage)
    fill(dialog, tmp_path / "printed.pdf")
    push(dialog, ACCEPT)
    stage.settle()
    assert page.path is not None
    assert count(tmp_path / "printed.pdf") == page.view.pages == count(page.path)
    assert f"共 {page.view.pages} 页" in page.notice.text()
    # It is the book, not white paper; dots of the size of a printer are thinned when they are drawn small.
    for number in range(page.view.pages):
        printed, shown = (
            render(path, number, 400).rgba[::4] for path in (tmp_path / "printed.pdf", page.path)
        )
        dark, wanted = (sum(255 - each for each in dots) for dots in (printed, shown))
        assert 0.3 * wanted < dark < 3 * wanted


def test_the_range_that_is_typed_is_printed_and_no_more(stage: Stage, page: BookPage, tmp_path: Path) -> None:
    page.print.click()
    dialog = asked(stage)
    fill(dialog, tmp_path / "range.pdf", 2, 2)
    push(dialog, ACCEPT)
    stage.settle()
    assert count(tmp_path / "range.pdf") == 1
    assert "共 1 页" in page.notice.text()
    assert page.path is not None
    printed, second, first = (
        render(path, number, 200).rgba[::4]
        for path, number in ((tmp_path / "range.pdf", 0), (page.path, 1), (page.path, 0))
    )
    assert far(printed, second) < far(printed, first)


def far(one: bytes, other: bytes) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=False))


def test_a_print_that_is_given_up_prints_nothing_and_says_so(
    stage: Stage, page: BookPage, tmp_path: Path
) -> None:
    page.print.click()
    dialog = asked(stage)
    fill(dialog, tmp_path / "never.pdf")
    push(dialog, REJECT)
    stage.settle()
    assert page.notice.text() == "没有打印。"
    assert not (tmp_path / "never.pdf").exists()
    assert page.print.isEnabled() and page.view.pages > 0


def test_a_print_that_is_stopped_says_so_and_can_be_begun_again(
    stage: Stage, page: BookPage, tmp_path: Path
) -> None:
    page.print.click()
    dialog = asked(stage)
    fill(dialog, tmp_path / "printed.pdf")
    push(dialog, ACCEPT)
    for task in list(stage.office._files._tasks):
        task.stop()
    stage.settle()
    assert "已停止打印" in page.notice.text()
    page.print.click()
    dialog = asked(stage)
    fill(dialog, tmp_path / "again.pdf")
    push(dialog, ACCEPT)
    stage.settle()
    assert count(tmp_path / "again.pdf") == page.view.pages


def test_without_any_printer_pdf_is_offered_and_nothing_is_asked(
    stage: Stage, page: BookPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "printers", list)
    page.print.click()
    stage.settle()
    assert front(QPrintDialog) == []
    assert "没有找到打印机" in page.notice.text() and "存成 PDF" in page.notice.text()
    assert page.keep.isEnabled()


@pytest.mark.qt_log_ignore("QPainter::begin..: Returned false", extend=True)
def test_a_printer_that_takes_nothing_is_told_and_the_next_try_works(
    stage: Stage, page: BookPage, tmp_path: Path
) -> None:
    folder, printing = tmp_path / "stick", Event()
    folder.mkdir()

    # What is printed onto goes after the dialog has looked at it, and before the first page.
    def pull_out() -> None:
        printing.wait()
        folder.rmdir()

    stage.office.draw(pull_out, lambda _done: None)
    page.print.click()
    (dialog,) = front(QPrintDialog)
    fill(dialog, folder / "printed.pdf")
    push(dialog, ACCEPT)
    printing.set()
    stage.settle()
    assert "打印机没有接受" in page.notice.text()
    assert page.view.pages > 0
    folder.mkdir()
    page.print.click()
    dialog = asked(stage)
    fill(dialog, folder / "printed.pdf")
    push(dialog, ACCEPT)
    stage.settle()
    assert count(folder / "printed.pdf") == page.view.pages
    assert "已送到打印机" in page.notice.text()


class Unplugged(QPrinter):
    """A printer that was chosen in the dialog and then pulled out."""

    def outputFormat(self) -> QPrinter.OutputFormat:
        """Answer as a real printer does."""
        return QPrinter.OutputFormat.NativeFormat

    def printerName(self) -> str:
        """Name a printer that this PC no longer has."""
        return "HP LaserJet 1018"


def test_a_printer_that_has_gone_since_it_was_chosen_is_named(page: BookPage) -> None:
    assert page.path is not None
    with pytest.raises(Refused, match="“HP LaserJet 1018”不见了"):
        paper.print_pages(Unplugged(), page.path, [0], silent)
    with pytest.raises(Refused, match="页码范围"):
        paper.print_pages(Unplugged(), page.path, [], silent)


def test_a_slip_that_is_not_printed_is_still_there_to_be_printed(stage: Stage, tmp_path: Path) -> None:
    panel = is_a(stage.go("visit").panel, ReceptionPanel)  # type: ignore[attr-defined] # the counter's page
    for name, text in (
        ("person", "周阿芳"),
        ("matter_category", "other"),
        ("content", "路灯不亮"),
        ("reply_content", "已记下"),
    ):
        panel.form.field(name).editor.put(text, text)
    panel.submit()
    stage.settle()
    panel.slip.click()
    stage.settle()
    (shown,) = front(PaperDialog)
    (button,) = (each for each in children(shown, QPushButton) if "打印" in each.text())
    button.click()
    push(asked(stage), REJECT)
    assert shown.notice.text() == "没有打印。"
    button.click()
    dialog = asked(stage)
    fill(dialog, tmp_path / "slip.pdf")
    push(dialog, ACCEPT)
    stage.settle()
    assert count(tmp_path / "slip.pdf") == 1
    assert "已送到打印机" in shown.notice.text()
    shown.close()
