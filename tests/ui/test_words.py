"""Every visible word comes from the catalogues: under a catalogue that puts ⟦⟧ around each, none is bare."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableView,
    QWidget,
)

from ojr_desk import text
from ojr_desk.desk import Clock
from ojr_desk.register import REGISTERS
from ojr_desk.rules.cases import STEPS
from ojr_desk.store.query import Query
from tests.ui.conftest import children
from ui.case_steps import CaseSteps
from ui.history_dialog import HistoryDialog
from ui.register_page import RegisterPage
from ui.setup_dialog import SetupDialog
from ui.stage import Stage, on_stage
from ui.step_form import StepForm

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
#: What is left of a translated text whose beginning was cut off: a button shows the second level alone.
_CUT = re.compile(r"^[^⟦⟧]*⟧")


class Pseudo(gettext.NullTranslations):
    """Translates every message into itself between ⟦⟧."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{context}:{message}⟧"


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch, village: Path) -> None:
    monkeypatch.setattr(text, "_catalogue", Pseudo())


@pytest.fixture
def marked(qapp: QApplication, pseudo: None, village: Path, clock: Clock) -> Iterator[Stage]:
    with on_stage(village, clock) as opened:
        yield opened


def words(root: QWidget) -> Iterator[str]:
    """Every word that *root* and what is in it can show or say."""
    for widget in (root, *children(root, QWidget)):
        yield from (
            widget.windowTitle(),
            widget.toolTip(),
            widget.accessibleName(),
            widget.accessibleDescription(),
        )
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QGroupBox):
            yield widget.title()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QListWidget):
            yield from (widget.item(place).text() for place in range(widget.count()))
        elif isinstance(widget, QTableView):
            model = widget.model()
            yield from (
                str(model.headerData(at, Qt.Orientation.Horizontal) or "")
                for at in range(model.columnCount())
            )
    yield from (action.text() for action in children(root, QAction))


def bare(root: QWidget, *data: str) -> list[str]:
    """The words that wear no marks, but for *data* of the office."""
    found = []
    for word in words(root):
        rest = re.sub("<[^>]*>", "", word)
        while _MARKED.search(rest):
            rest = _MARKED.sub("", rest)
        rest = _CUT.sub("", rest)
        for each in data:
            rest = rest.replace(each, "")
        if _HAN.search(rest):
            found.append(word)
    return found


def test_every_word_of_every_page_is_translated(marked: Stage) -> None:
    names = (
        "瓯江红龙川村党群服务中心",
        "林小娟",
        "陈志明",
        "黄*妹",
        "王*姆",
        "𠮷*",
        "简体中文",
        "𠮷田",
        "龙川村",
    )
    for entry in marked.window.entries:
        page = marked.go(entry.key)
        if isinstance(page, RegisterPage):
            page.panel.form.unfold()
            row = page.list.table.records.row(0) if page.list.table.records.rowCount() else None
            if row is not None:
                page.open(row.uid)
                marked.settle()
    assert bare(marked.window, *names) == []
    assert len({word for word in words(marked.window) if "⟦" in word}) > 200


def test_every_word_of_every_step_is_translated(marked: Stage) -> None:
    steps = CaseSteps(marked.window, marked.office)
    form = StepForm(marked.window, marked.office)
    for step in STEPS:
        form.begin("case", "", step)
    assert bare(form) == []
    assert bare(steps) == []


def test_every_word_of_the_dialogs_is_translated(marked: Stage, tmp_path: Path, clock: Clock) -> None:
    dialogs = (
        SetupDialog(tmp_path / "new", clock),
        HistoryDialog(marked.office, REGISTERS["staff"], _anybody(marked), "RY"),
    )
    marked.settle()
    for dialog in dialogs:
        assert bare(dialog, str(tmp_path)) == []
        dialog.close()


def _anybody(stage: Stage) -> str:
    found: list[str] = []
    stage.office.ask(lambda desk: desk.registers.find("staff", Query(), 1).records[0].uid, found.append)
    stage.settle()
    return found[0]
