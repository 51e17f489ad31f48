"""From the command line to the window, and what happens when there is nothing to show."""

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ojr_desk import paths
from ojr_desk.desk import Clock, Desk
from ojr_desk.problems import Refused, UserError
from ojr_desk.store.lockfile import hold
from ojr_desk.store.query import Query
from tests.ui.conftest import children, front
from ui import app, drafts, errors, memory
from ui.errors import CrashHook
from ui.program import Program
from ui.setup_dialog import SetupDialog
from ui.stage import Stage, on_stage
from ui.style import SIZES
from ui.window import Window


def boxes() -> list[QMessageBox]:
    return front(QMessageBox)


@pytest.fixture
def no_boxes_left() -> Iterator[None]:
    yield
    for each in boxes():
        each.close()


def test_a_second_window_on_the_folder_is_refused_with_a_sentence(
    qtbot: QtBot, village: Path, clock: Clock
) -> None:
    window = Window("standard")
    qtbot.addWidget(window)
    told: list[UserError] = []
    with hold(village, 0, "window"):
        program = Program(window, village, clock, "")
        program.refused.connect(told.append)
        program.load()
        qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    program.office.close()
    assert "已经在另一个窗口里打开" in told[0].message


def test_the_program_ends_with_status_1_when_the_folder_is_taken(
    qtbot: QtBot, village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(errors, "refuse", lambda error: said.append(error.message))
    hook = sys.excepthook
    with hold(village, 0, "window"):
        assert app.main(["--data", str(village), "--today", "2026-11-22"]) == app.REFUSED
    sys.excepthook = hook
    assert "已经在另一个窗口里打开" in said[0]


def test_a_damaged_office_is_brought_back_where_it_is_refused_and_opened(
    qtbot: QtBot, village: Path, clock: Clock
) -> None:
    desk = Desk.open(village, clock)
    copy = desk.backups.make().path
    desk.close()
    (village / "office.db").write_bytes(b"")
    seen: list[str] = []

    def answer() -> None:
        for dialog in front(SetupDialog):
            if not seen:
                seen.append(dialog.notice.text())
                assert not dialog.make.isVisible()
                dialog.restore(copy)
        for window in front(Window):
            if "龙川村" in window.windowTitle():
                seen.append(window.windowTitle())
                timer.stop()
                window.close()
                QApplication.exit(0)

    timer = QTimer(interval=50)
    timer.timeout.connect(answer)
    timer.start()
    hook = sys.excepthook
    assert app.main(["--data", str(village), "--today", "2026-11-22"]) == 0
    sys.excepthook = hook
    assert "请从备份恢复" in seen[0]
    assert len(seen) == 2


def test_a_lost_data_folder_is_told_and_no_empty_office_is_made(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(argument: str | None) -> Path:
        raise Refused("找不到资料文件夹")

    monkeypatch.setattr(paths, "data_folder", lost)
    monkeypatch.setattr(paths, "chosen_folder", lambda: tmp_path / "gone")
    said: list[str] = []
    monkeypatch.setattr(errors, "refuse", lambda error: said.append(error.message))
    assert app.main([]) == app.REFUSED
    assert said == ["找不到资料文件夹"]
    assert not (tmp_path / "gone").exists()


def test_without_a_screen_there_is_a_sentence_instead_of_qt_s_wall_of_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.main([]) == app.REFUSED
    assert "没有图形界面" in capsys.readouterr().err


def test_the_clock_of_a_rehearsal_stands_at_the_end_of_its_day() -> None:
    assert app.clock_of(date(2026, 11, 22))() == datetime(2026, 11, 22, 23, 59)
    assert abs((app.clock_of(None)() - datetime.now()).total_seconds()) < 5


def test_the_window_shows_whose_office_it_is_and_lets_go_of_the_folder(
    qapp: QApplication, village: Path, clock: Clock
) -> None:
    with on_stage(village, clock) as stage:
        assert "龙川村" in stage.window.windowTitle()
        assert stage.window.here == "today"
    desk = Desk.open(village, clock)
    with desk.alone("test"):
        assert not stage.office.busy
    desk.close()


def test_the_size_of_letters_is_remembered(stage: Stage) -> None:
    for size in reversed(SIZES):
        stage.window.set_size(size)
        assert memory.recall(stage.office.folder)["size"] == size
    assert stage.window.font().pointSizeF() == SIZES["standard"]


def test_another_size_of_letters_reaches_everything_that_is_seen(stage: Stage) -> None:
    stage.window.set_size("huge")
    stage.settle()
    page = stage.go("visit")
    small = [
        type(widget).__name__
        for widget in (*children(page, QWidget), *children(stage.window, QLabel))
        if widget.isVisible() and widget.font().pointSizeF() < SIZES["huge"]
    ]
    stage.window.set_size("standard")
    assert small == []


def test_a_broken_memory_is_as_good_as_none(tmp_path: Path) -> None:
    assert memory.recall(tmp_path) == {}
    for broken in ("{", "[1]", "\x00", "9" * 2_000_000):
        (tmp_path / memory.FILE_NAME).write_text(broken, encoding="utf-8")
        assert memory.recall(tmp_path) == {}
    memory.remember(tmp_path, size="large")
    memory.remember(tmp_path, user="x")
    assert memory.recall(tmp_path) == {"size": "large", "user": "x"}
    # A folder that is gone is no reason to stop.
    memory.remember(tmp_path / "gone", size="large")


@pytest.mark.skipif(sys.platform == "win32", reason="there a folder's rights are handed down by the system")
def test_what_the_window_keeps_is_open_to_whom_the_folder_is_open(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    memory.remember(tmp_path, size="large")
    drafts.keep(tmp_path, "intake", {"content": ("x", "x")})
    kept = (tmp_path / memory.FILE_NAME, tmp_path / "drafts", tmp_path / "drafts" / "intake.json")
    assert [oct(path.stat().st_mode & 0o777) for path in kept] == ["0o666", "0o777", "0o666"]


def test_what_the_window_keeps_is_whole_or_as_it_was_and_stops_nobody(tmp_path: Path) -> None:
    drafts.keep(tmp_path, "intake", {"content": ("x", "x")})
    (tmp_path / "drafts" / "intake.json.part").mkdir()
    drafts.keep(tmp_path, "intake", {"content": ("y", "y")})
    assert drafts.recall(tmp_path, "intake") == {"content": ("x", "x")}
    # A folder that is gone, as with its disk, is not made up for.
    drafts.keep(tmp_path / "gone", "intake", {"content": ("x", "x")})
    assert not (tmp_path / "gone").exists()


def test_who_sat_there_last_sits_there_again_unless_he_has_left(
    qapp: QApplication, village: Path, clock: Clock
) -> None:
    memory.remember(village, user="陈志明")
    with on_stage(village, clock) as stage:
        assert stage.office.facts.user_name == "陈志明"
    memory.remember(village, user="走了的人")
    with on_stage(village, clock) as stage:
        assert stage.office.facts.user_name == ""
        assert boxes() == []


def test_a_bug_is_reported_without_data_and_shown_once(
    qtbot: QtBot, tmp_path: Path, no_boxes_left: None
) -> None:
    hook = CrashHook(lambda: tmp_path)
    for _time in range(2):
        try:
            raise KeyError("陈志明 13800001234")
        except KeyError as error:
            hook.take(KeyError, error, error.__traceback__)
    reports = list(tmp_path.rglob("crash-*.txt"))
    assert len(reports) == 2
    assert not [report for report in reports if "陈志明" in report.read_text(encoding="utf-8")]
    (box,) = boxes()
    copy = next(button for button in box.buttons() if "复制" in button.text())
    copy.click()
    assert "KeyError" in QApplication.clipboard().text()


def test_what_a_person_stopped_needs_no_box(qtbot: QtBot) -> None:
    from ojr_desk.problems import Cancelled

    errors.show(Cancelled("stopped"))
    assert boxes() == []


def test_a_refusal_before_the_window_is_read_and_put_away(qtbot: QtBot) -> None:
    QTimer.singleShot(50, lambda: [box.close() for box in boxes()])
    errors.refuse(Refused("不行"))
    assert boxes() == []


def set_up(folder: Path | None, clock: Clock, qtbot: QtBot) -> SetupDialog:
    dialog = SetupDialog(folder, clock)
    qtbot.addWidget(dialog)
    return dialog


def test_the_first_day_makes_an_office(qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    dialog = set_up(tmp_path / "new", clock, qtbot)
    dialog.name.setText("龙港市河底高社区")
    dialog.superior.setText("龙港市")
    with qtbot.waitSignal(dialog.ready, timeout=20_000) as made:
        dialog.make.click()
    assert made.args == [tmp_path / "new"]
    desk = Desk.open(tmp_path / "new", clock)
    assert desk.office.level == "village"
    desk.close()


def test_a_first_day_without_a_name_is_refused_and_leaves_nothing(
    qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    dialog = set_up(tmp_path / "new", clock, qtbot)
    dialog.make.click()
    qtbot.waitUntil(lambda: not dialog.notice.is_clear)
    assert "名称" in dialog.notice.text()
    assert not (tmp_path / "new").exists()
    assert dialog.make.isEnabled()


@pytest.mark.parametrize("typed", ["", "台账", "./台账"])
def test_half_a_path_is_no_place_for_an_office(
    qtbot: QtBot, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    dialog = set_up(None, clock, qtbot)
    dialog.name.setText("龙港市河底高社区")
    dialog.folder.setText(typed)
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog.make.isEnabled(), timeout=10_000)
    assert "要写全" in dialog.notice.text()
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_refused_leaves_nothing(qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    dialog = set_up(tmp_path / "new", clock, qtbot)
    dialog.name.setText("河" * 209)
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog.make.isEnabled(), timeout=10_000)
    assert "缩短" in dialog.notice.text()
    assert list(tmp_path.iterdir()) == []


def test_an_office_that_is_there_already_is_opened(qtbot: QtBot, village: Path, clock: Clock) -> None:
    dialog = set_up(village, clock, qtbot)
    assert "已经有一个中心" in dialog.notice.text()
    assert not dialog.name.isEnabled()
    with qtbot.waitSignal(dialog.ready, timeout=20_000):
        dialog.make.click()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_an_office_comes_back_from_one_copy(
    qtbot: QtBot, village: Path, tmp_path: Path, clock: Clock
) -> None:
    desk = Desk.open(village, clock)
    copy = desk.backups.make(tmp_path / "stick").path
    desk.close()
    dialog = set_up(tmp_path / "new pc", clock, qtbot)
    with qtbot.waitSignal(dialog.ready, timeout=20_000):
        dialog.restore(copy)
    restored = Desk.open(tmp_path / "new pc", clock)
    assert restored.registers.ids("intake", Query())
    restored.close()


def test_who_brings_a_copy_back_without_its_pictures_is_told_before_the_window_opens(
    qtbot: QtBot, village: Path, tmp_path: Path, clock: Clock
) -> None:
    desk = Desk.open(village, clock)
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    record = desk.registers.find("intake", Query()).records[0]
    desk.attachments.add("intake", record.uid, tmp_path / "a.png")
    alone = Path(shutil.copy(desk.backups.make().path, tmp_path))
    desk.close()
    dialog = set_up(tmp_path / "new pc", clock, qtbot)
    dialog.restore(alone)
    qtbot.waitUntil(lambda: "附件没有恢复" in dialog.notice.text(), timeout=20_000)
    assert dialog.make.text() == "打开这个中心"
    with qtbot.waitSignal(dialog.ready, timeout=20_000):
        dialog.make.click()


def test_what_the_window_remembers_is_plain_json(stage: Stage) -> None:
    stage.window.set_size("large")
    told = json.loads((stage.office.folder / memory.FILE_NAME).read_text(encoding="utf-8"))
    assert told["size"] == "large"
    stage.window.set_size("standard")
