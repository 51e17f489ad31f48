"""The files of a record in the window: added by dialog, hand and clipboard, looked at, kept elsewhere, taken off."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from ojr_desk.desk.attachments import MOST_BYTES
from ojr_desk.moments import Month
from tests.ui.conftest import cell, front, is_a, press
from ui.asking import Asking
from ui.attachments_dialog import AttachmentsDialog
from ui.month_page import MonthPage
from ui.register_page import RegisterPage
from ui.stage import Stage

PAPER = b"%PDF-1.7 application\n%%EOF\n"


class Receiver(QObject):
    """Takes the place of the system's own programs."""

    def __init__(self, opened: list[Path]) -> None:
        super().__init__()
        self.opened = opened

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


def first_visit(stage: Stage) -> RegisterPage:
    page = is_a(stage.go("visit"), RegisterPage)
    row = page.list.table.records.row(0)
    assert row is not None
    page.open(row.uid)
    stage.settle()
    return page


def files_of(stage: Stage, page: RegisterPage) -> AttachmentsDialog:
    page.panel.files.click()
    stage.settle()
    (dialog,) = front(AttachmentsDialog)
    return dialog


@pytest.fixture
def page(stage: Stage) -> RegisterPage:
    return first_visit(stage)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "低保申请.pdf"
    path.write_bytes(PAPER)
    return path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "路灯.png"
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#C8102E"))
    assert image.save(str(path))
    return path


def names(dialog: AttachmentsDialog) -> list[str]:
    return [cell(dialog.table, row, 0) for row in range(dialog.table.rowCount())]


def test_a_new_record_has_no_files_yet(stage: Stage) -> None:
    page = is_a(stage.go("visit"), RegisterPage)
    assert page.panel.files.isHidden()


def test_photos_and_papers_are_added_listed_and_counted(
    stage: Stage, page: RegisterPage, paper: Path, photo: Path
) -> None:
    assert page.panel.files.text() == "附件…"
    dialog = files_of(stage, page)
    dialog.add_files([paper, photo])
    stage.settle()
    assert names(dialog) == [paper.name, photo.name]
    assert cell(dialog.table, 0, 1) == "1 KB"
    assert cell(dialog.table, 0, 2) == "2026-11-22 23:59"
    assert "2 个附件" in dialog.notice.text()
    assert page.panel.files.text() == "附件（2）…"
    dialog.table.setCurrentCell(1, 0)
    stage.settle()
    assert not dialog.picture.pixmap().isNull()
    dialog.close()


def test_files_are_dropped_onto_the_window(stage: Stage, page: RegisterPage, paper: Path) -> None:
    dialog = files_of(stage, page)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(dialog, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(dialog, QDropEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, left, none))
    stage.settle()
    assert names(dialog) == [paper.name]
    dialog.close()


def test_a_picture_is_pasted_by_its_key(stage: Stage, page: RegisterPage, photo: Path) -> None:
    dialog = files_of(stage, page)
    QApplication.clipboard().setText("字")
    press(dialog.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert "没有可以粘贴的" in dialog.notice.text()
    QApplication.clipboard().setImage(QImage(str(photo)))
    press(dialog.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert names(dialog) == ["粘贴的照片 2026-11-22 235900.png"]
    QApplication.clipboard().clear()
    dialog.close()


def test_each_file_that_cannot_be_taken_gets_its_sentence_and_the_others_are_added(
    stage: Stage, page: RegisterPage, paper: Path, photo: Path, tmp_path: Path
) -> None:
    cut, program, large = tmp_path / "半张.png", tmp_path / "程序.exe", tmp_path / "大.jpg"
    cut.write_bytes(photo.read_bytes()[:60])
    program.write_bytes(b"MZ")
    large.write_bytes(b"%PDF-" + bytes(MOST_BYTES))
    large = large.rename(tmp_path / "大.pdf")
    dialog = files_of(stage, page)
    dialog.add_files([cut, program, paper, large, tmp_path / "没有.pdf"])
    stage.settle()
    assert names(dialog) == [paper.name]
    told = dialog.notice.text().splitlines()
    for line, word in zip(told, ("可能没有拷全", "不能作附件", "超过 10 MB", "没有找到"), strict=True):
        assert word in line
    dialog.close()


def test_a_file_is_opened_as_a_copy_by_enter_and_kept_elsewhere(
    stage: Stage, page: RegisterPage, paper: Path, tmp_path: Path
) -> None:
    opened: list[Path] = []

    dialog = files_of(stage, page)
    dialog.add_files([paper])
    stage.settle()
    receiver = Receiver(opened)
    QDesktopServices.setUrlHandler("file", receiver, "take")  # type: ignore[arg-type] # so it takes the name
    try:
        dialog.table.setFocus()
        press(dialog.table, Qt.Key.Key_Return)
        stage.settle()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (copy,) = opened
    assert (copy.name, copy.read_bytes()) == (paper.name, PAPER)
    dialog.save_chosen(tmp_path / "存出来.pdf")
    stage.settle()
    assert (tmp_path / "存出来.pdf").read_bytes() == PAPER
    dialog.save_chosen(tmp_path / "没有这个文件夹" / "存出来.pdf")
    stage.settle()
    assert "找不到文件夹" in dialog.notice.text()
    dialog.close()


def test_what_is_taken_off_with_a_reason_comes_back_by_undoing(
    stage: Stage, page: RegisterPage, paper: Path
) -> None:
    dialog = files_of(stage, page)
    dialog.add_files([paper])
    stage.settle()
    dialog.table.setFocus()
    press(dialog.table, Qt.Key.Key_Delete)
    (asking,) = front(Asking)
    asking.lines[0].setText("附错了人")
    asking.accept()
    stage.settle()
    assert names(dialog) == []
    assert "已取下" in dialog.notice.text()
    dialog.close()
    stage.settle()
    assert page.panel.files.text() == "附件…"
    assert "取下附件" in stage.window.undo.text()
    stage.window.undo.click()
    stage.settle()
    assert "已撤销" in stage.window.notice.text()
    dialog = files_of(stage, first_visit(stage))
    assert names(dialog) == [paper.name]
    dialog.close()


def test_in_a_closed_month_files_are_only_looked_at(stage: Stage, page: RegisterPage, paper: Path) -> None:
    dialog = files_of(stage, page)
    dialog.add_files([paper])
    stage.settle()
    dialog.close()
    months = is_a(stage.go("months"), MonthPage)
    months.choose(Month(2026, 10))
    months.close_month.click()
    stage.settle()
    page = first_visit(stage)
    dialog = files_of(stage, page)
    assert "已经结账" in dialog.notice.text()
    assert dialog.add.isHidden()
    assert not dialog.off.isEnabled()
    assert dialog.look.isEnabled()
    dialog.close()


def test_an_answer_that_comes_after_the_window_was_closed_harms_nobody(
    stage: Stage, page: RegisterPage, paper: Path
) -> None:
    dialog = files_of(stage, page)
    dialog.add_files([paper])
    dialog.close()
    stage.settle()
    assert page.panel.files.text() == "附件（1）…"
