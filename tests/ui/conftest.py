"""A real window on a real office for every test, without a screen."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget, QWidget

from ojr_desk.desk import Clock, Desk
from tests.office import add, visit
from ui.stage import Stage, on_stage

# Before pytest-qt makes the application: no test may open a window on somebody's screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

Kind = TypeVar("Kind")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a window without a screen say that it can neither be raised nor grab the keys: popups ask for both."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def village(village_template: Path, tmp_path: Path, clock: Clock) -> Path:
    """A village's office with two people on its staff and three visits, closed."""
    folder = tmp_path / "village"
    shutil.copytree(village_template, folder)
    desk = Desk.open(folder, clock)
    add(desk, "staff", {"full_name": "林小娟", "mobile": "13800001234"}, {"full_name": "陈志明"})
    add(desk, "person", {"full_name": "王碎姆", "phone": "13957770001", "grid": "第一网格"})
    for hour, name in ((8, "王碎姆"), (9, "黄阿妹"), (10, "𠮷田")):
        add(
            desk,
            "intake",
            visit(person=name, occurred_at=f"2026-10-15 {hour:02}:30"),
        )
    desk.close()
    return folder


@pytest.fixture
def stage(qapp: QApplication, village: Path, clock: Clock) -> Iterator[Stage]:
    """The village's window, with 林小娟 sitting at it."""
    with on_stage(village, clock, "林小娟") as opened:
        yield opened


@pytest.fixture
def superior_stage(qapp: QApplication, superior: Desk, clock: Clock) -> Iterator[Stage]:
    """The window of the superior's office."""
    superior.close()
    with on_stage(superior.office.folder, clock) as opened:
        yield opened


def is_a(thing: object, kind: type[Kind]) -> Kind:
    """Answer with *thing*, which is a *kind*."""
    assert isinstance(thing, kind)
    return thing


def children(widget: QWidget, kind: type[Kind]) -> list[Kind]:
    """List all in *widget* that are of a *kind*."""
    found: Any = widget.findChildren(kind)
    return list(found)


def front(kind: type[Kind]) -> list[Kind]:
    """List the dialogs of a *kind* that stand open."""
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]


def cell(table: QTableWidget, row: int, column: int) -> str:
    """Read a cell."""
    item = table.item(row, column)
    return item.text() if item is not None else ""


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key."""
    QTest.keyClick(widget, key, modifier)


def type_in(widget: QWidget, text: str) -> None:
    """Type as an input method does: QTest knows Latin letters only."""
    widget.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def fill(form: Any, **values: str) -> None:
    """Write values into the fields of a form, as a person would."""
    for name, text in values.items():
        editor = form.field(name).editor
        line = getattr(editor, "line", None) or getattr(editor, "text", None)
        if line is not None:
            line.selectAll()
            type_in(line, text)
        else:
            editor.put(text, text)
            editor.typed.emit()
