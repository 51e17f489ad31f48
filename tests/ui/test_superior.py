"""What passes between a superior and its villages besides the packs: notices, and who has read them."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel

from ojr_desk.desk import Desk
from ojr_desk.desk.notices import Draft
from tests.ui.conftest import children, front, is_a
from ui.notify_dialog import NotifyDialog
from ui.receive_page import ReceivePage
from ui.stage import Stage
from ui.superior_dialog import SuperiorDialog


def asked(stage: Stage, work: Any) -> Any:
    """Ask the desk behind the window."""
    told: list[Any] = []
    stage.office.ask(work, told.append)
    stage.settle()
    return told[0]


def said(dialog: SuperiorDialog) -> str:
    return "\n".join(label.text() for label in children(dialog, QLabel))


def test_a_notice_of_the_superior_is_read_in_the_window(stage: Stage, superior: Desk, tmp_path: Path) -> None:
    page = is_a(stage.go("receive"), ReceivePage)
    assert not page.write.isVisible()
    page.told_us.click()
    stage.settle()
    (empty,) = front(SuperiorDialog)
    assert ("还没有" in said(empty), empty.done_reading.isVisible()) == (True, False)
    empty.close()
    stage.settle()
    written = superior.notices.write(Draft("报送<b>台账", "请在月底前报送。"), [], tmp_path / "stick")
    page.look_at([tmp_path / "stick"])
    stage.settle()
    page.take.click()
    stage.settle()
    assert [each.uid for each in asked(stage, lambda desk: desk.today()).notices] == [written.uid]
    page.told_us.click()
    stage.settle()
    (dialog,) = front(SuperiorDialog)
    assert "未读：瓯江红临江街道党群服务中心通知：报送<b>台账" in said(dialog)
    assert "请在月底前报送。" in said(dialog)
    dialog.done_reading.click()
    stage.settle()
    assert not front(SuperiorDialog)
    assert asked(stage, lambda desk: desk.notices.unread()) == ()
    page.told_us.click()
    stage.settle()
    (again,) = front(SuperiorDialog)
    assert ("未读" in said(again), "报送<b>台账" in said(again)) == (False, True)
    again.close()


def test_a_superior_writes_a_notice(superior_stage: Stage, tmp_path: Path) -> None:
    page = is_a(superior_stage.go("receive"), ReceivePage)
    page.write.click()
    superior_stage.settle()
    (dialog,) = front(NotifyDialog)
    dialog.write(tmp_path)
    superior_stage.settle()
    assert "标题" in dialog.notice.text()
    assert list(tmp_path.glob("通知*.xlsx")) == []
    dialog.title.setText("报送台账")
    dialog.text.setPlainText("请在月底前报送。")
    dialog.is_due.setChecked(True)
    dialog.due.setDate(QDate(2026, 11, 30))
    assert dialog.chosen == []
    dialog.write(tmp_path)
    superior_stage.settle()
    assert "已写出 1 个文件" in dialog.notice.text()
    (path,) = tmp_path.glob("通知*.xlsx")
    assert "各村社区" in path.name
    dialog.close()


def test_a_notice_may_be_for_one_of_those_who_report(superior_stage: Stage, tmp_path: Path) -> None:
    dialog = NotifyDialog(superior_stage.office, [("a", "龙川村"), ("b", "垟头村")])
    dialog.centers.item(1).setCheckState(Qt.CheckState.Checked)
    assert dialog.chosen == ["b"]
    dialog.close()
