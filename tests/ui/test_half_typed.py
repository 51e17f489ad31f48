"""A visit that is half typed when the power goes: the window that is opened again shows it as it was."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from ojr_desk.desk import Clock
from tests.office import TODAY
from tests.ui.conftest import is_a
from ui import drafts
from ui.reception.page import ReceptionPage
from ui.stage import Stage, on_stage

ROOT = Path(__file__).resolve().parents[2]
KILLS = 5
TEXT = "村口㛃溪边的𠮷姓人家说，门口路灯三盏不亮，晚上老人孩子出门看不见路，已经跌倒两次，请尽快派人来修。"
#: The program itself, with hands that type into it; it says what stands in the form whenever that was kept.
TYPING = """
import json, sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.conftest import type_in
from ui import app, drafts
from ui.window import Window

folder, letters = Path(sys.argv[1]), sys.argv[2]
application = app.make_application()
told, waiting = None, list(letters)

def say(what):
    print(json.dumps(what), flush=True)

def look():
    global told
    window = next((each for each in application.topLevelWidgets() if isinstance(each, Window)), None)
    if window is None or len(window.entries) < 6:
        return
    if window.here != "visit":
        begin(window)
        say("ready")
        return
    panel = window.stack.currentWidget().panel
    if waiting:
        type_in(panel.content.text, waiting.pop(0))
    kept = drafts.recall(folder, "visit")
    if kept != told:
        told = kept
        say({"kept": kept, "shown": panel.form.draft()})

def begin(window):
    QTest.keyClick(window, Qt.Key.Key_F2)
    panel = window.stack.currentWidget().panel
    type_in(panel.visitor.line, "郑㛃")
    type_in(panel.form.field("phone").editor.control, "13957770009")
    QTest.keyClick(panel.category.control, "3")
    QTest.keyClick(panel.disposition.control, "3")
    type_in(panel.content.text, waiting.pop(0))

timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
sys.exit(app.main(["--data", str(folder), "--today", sys.argv[3], "--user", "林小娟"]))
"""


@contextmanager
def typing(village: Path, letters: str) -> Iterator["subprocess.Popen[str]"]:
    """Have somebody type in another process, which is killed in the end."""
    command = [sys.executable, "-c", TYPING, str(village), letters, TODAY.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == "ready"
        yield process
        process.kill()


def told(process: "subprocess.Popen[str]") -> Any:
    """Wait for what the other process says next."""
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def shown(stage: Stage) -> Any:
    """Read what the form of visits shows to whoever opens the window again."""
    page = is_a(stage.go("visit"), ReceptionPage)
    return json.loads(json.dumps(page.panel.form.draft())), page.panel.notice.text()


def test_a_form_that_was_half_typed_is_as_it_was_after_a_kill(
    qapp: QApplication, village: Path, clock: Clock
) -> None:
    with typing(village, TEXT[:1]) as process:
        said = told(process)
        while said["kept"] != said["shown"]:
            said = told(process)
    assert set(said["kept"]) == {"person", "phone", "matter_category", "disposition", "content"}
    with on_stage(village, clock, "林小娟") as stage:
        form, notice = shown(stage)
        assert form == said["kept"]
        assert "已经恢复" in notice
        # It is typed to its end and stored like any other, once.
        panel = is_a(stage.go("visit"), ReceptionPage).panel
        panel.form.field("content").editor.put("", TEXT)
        panel.submit()
        stage.settle()
        assert "已保存" in panel.notice.text()
        assert drafts.recall(village, "visit") == {}
    with on_stage(village, clock, "林小娟") as stage:
        assert shown(stage) == ({}, "")


@pytest.mark.parametrize("chance", range(KILLS))
def test_a_kill_at_any_moment_costs_no_more_than_the_last_words(
    qapp: QApplication, village: Path, clock: Clock, chance: int
) -> None:
    with typing(village, TEXT) as process:
        said = told(process)
        while "content" not in said["kept"]:
            said = told(process)
        time.sleep(random.Random(chance).uniform(0, 2.5))
    with on_stage(village, clock, "林小娟") as stage:
        form, notice = shown(stage)
    assert "已经恢复" in notice
    (content, text) = form.pop("content")
    assert TEXT.startswith(content) and content == text
    assert len(content) >= len(said["kept"].pop("content")[0])
    assert form == said["kept"]
