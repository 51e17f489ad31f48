"""Copies, the check-up, the switches and the holidays, in the window."""

from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from tests.ui.conftest import cell, fill, front, is_a
from tests.ui.test_stories import VISIT, answer, intake
from ui.backup_page import BackupPage
from ui.holidays_page import HolidaysPage
from ui.settings_page import SettingsPage
from ui.stage import Stage


def test_a_copy_is_made_proved_and_listed(stage: Stage, tmp_path: Path) -> None:
    page = is_a(stage.go("backups"), BackupPage)
    page.make(None)
    stage.settle()
    assert "已备份并核对" in page.notice.text()
    assert page.table.rowCount() == 1
    assert cell(page.table, 0, 3) == "完好"
    page.make(tmp_path / "stick")
    stage.settle()
    assert list((tmp_path / "stick").glob("*.ojrbak"))


def test_going_back_to_a_copy_brings_what_was_and_keeps_what_is(stage: Stage) -> None:
    page = is_a(stage.go("backups"), BackupPage)
    page.make(None)
    stage.settle()
    register = intake(stage)
    fill(register.panel.form, **VISIT)
    register.panel.submit()
    stage.settle()
    assert register.list.table.records.rowCount() == 4
    page = is_a(stage.go("backups"), BackupPage)
    place = next(at for at in range(page.table.rowCount()) if cell(page.table, at, 1) == "平时")
    page.table.setCurrentCell(place, 0)
    page.restore.click()
    answer(stage)
    assert "已恢复" in page.notice.text()
    register = intake(stage)
    stage.settle()
    assert register.list.table.records.rowCount() == 3
    # The window still holds the folder, and what was there before the going back can be gone back to.
    page = is_a(stage.go("backups"), BackupPage)
    kinds = [cell(page.table, at, 1) for at in range(page.table.rowCount())]
    assert "恢复之前" in kinds


def test_a_copy_that_is_none_is_refused_and_the_office_stays_open(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "x.ojrbak").write_text("no copy", encoding="utf-8")
    page = is_a(stage.go("backups"), BackupPage)
    page.go_back(tmp_path / "x.ojrbak")
    stage.settle()
    (box,) = front(QMessageBox)
    assert "x.ojrbak" in box.text()
    box.close()
    assert intake(stage).list.table.records.rowCount() == 3


def test_the_check_up_says_what_is_well(stage: Stage) -> None:
    page = is_a(stage.go("backups"), BackupPage)
    page.check()
    stage.settle()
    assert "都好" in page.notice.text()
    assert "数据库文件" in page.findings.text()


def test_a_register_that_is_switched_off_leaves_the_menu_and_comes_back(stage: Stage) -> None:
    page = is_a(stage.go("switches"), SettingsPage)
    page.ticks["venue"].setChecked(False)
    stage.settle()
    assert "venue" not in {entry.key for entry in stage.window.entries}
    assert stage.window.here == "settings"
    page.ticks["venue"].setChecked(True)
    stage.settle()
    assert "venue" in {entry.key for entry in stage.window.entries}


def test_registers_that_others_need_cannot_be_switched_off(stage: Stage) -> None:
    page = is_a(stage.go("switches"), SettingsPage)
    assert not {"center", "staff", "person", "step", "correction"} & set(page.ticks)


def test_a_file_that_is_no_holiday_table_is_refused(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    page = is_a(stage.go("holidays"), HolidaysPage)
    page.take_in(tmp_path / "x.json")
    stage.settle()
    assert "节假日" in page.notice.text()
    assert "还没录入" not in page.years.itemText(page.years.findData(2026))


def test_a_year_is_read_out_of_the_notice_looked_over_and_stored(stage: Stage) -> None:
    page = is_a(stage.go("holidays"), HolidaysPage)
    page.years.setCurrentIndex(0)
    page.reload()
    stage.settle()
    assert "还没录入" in page.years.currentText()
    assert page.lines[6].name.text() == "国庆节"
    page.text.setPlainText("一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。")
    page.read()
    assert (page.lines[0].first.text(), page.lines[0].last.text()) == ("1.1", "1.3")
    page.lines[0].worked.setText("2.30")
    page.store()
    assert "不是日期" in page.notice.text()
    assert page.lines[0].worked.hasFocus() or page.lines[0].worked.property("wrong")
    page.lines[0].worked.setText("")
    page.store()
    stage.settle()
    assert "已保存" in page.notice.text()
    assert "还没录入" not in page.years.currentText()
