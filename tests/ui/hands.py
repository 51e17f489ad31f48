"""Two hands on the keyboard of the real window, and what they find there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from ojr_desk.desk import Clock, Desk
from ojr_desk.store.query import Query
from tests.office import add
from tests.ui.conftest import front, is_a
from ui.backlog.dialog import BacklogDialog
from ui.reception.page import ReceptionPage
from ui.reception.panel import ReceptionPanel
from ui.stage import Stage, on_stage

_NONE, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
KEYS = {
    "F2": (Qt.Key.Key_F2, _NONE),
    "F3": (Qt.Key.Key_F3, _NONE),
    "F4": (Qt.Key.Key_F4, _NONE),
    "F8": (Qt.Key.Key_F8, _NONE),
    "F9": (Qt.Key.Key_F9, _NONE),
    "Enter": (Qt.Key.Key_Return, _NONE),
    "Tab": (Qt.Key.Key_Tab, _NONE),
    "Space": (Qt.Key.Key_Space, _NONE),
    "Ctrl+A": (Qt.Key.Key_A, _CONTROL),
    "Ctrl+Enter": (Qt.Key.Key_Return, _CONTROL),
    "Ctrl+K": (Qt.Key.Key_K, _CONTROL),
    "Ctrl+PgUp": (Qt.Key.Key_PageUp, _CONTROL),
}
#: No page has so many things that keys can go to.
_MOST = 150


class Hands:
    """Each run of keys for one purpose counts as a group."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.groups = 0

    def press(self, *names: str) -> None:
        """Press keys by name, or letters and digits one by one."""
        self.groups += 1
        for name in names:
            if name in KEYS:
                QTest.keyClick(self.target, *KEYS[name])
            else:
                QTest.keyClicks(self.target, name)
            self.rest()

    def compose(self, text: str) -> None:
        """Write Chinese as an input method does: composed first, then committed."""
        self.groups += 1
        composing = QInputMethodEvent(text[:1], [])
        QApplication.sendEvent(self.target, composing)
        done = QInputMethodEvent()
        done.setCommitString(text)
        QApplication.sendEvent(self.target, done)
        self.rest()

    def go_to(self, words: str) -> QWidget:
        """Press Tab until what has the keys has a name that begins so."""
        for _place in range(_MOST):
            QTest.keyClick(self.target, Qt.Key.Key_Tab)
            here = QApplication.focusWidget()
            if here is not None and called(here).startswith(words):
                self.rest()
                return here
        raise AssertionError(f"Tab does not lead to {words}")

    def choose(self, words: str) -> None:
        """Go to a button and press it."""
        self.go_to(words)
        self.press("Space")

    def fill(self, **values: str) -> None:
        """Write values into the fields that are called so, one by one; Latin letters are typed, Chinese is composed."""
        for label, text in values.items():
            here = self.go_to(label)
            if text.isascii():
                self.press(*(("Ctrl+A",) if isinstance(here, QLineEdit) else ()), text)
            else:
                self.compose(text)

    @property
    def target(self) -> QWidget:
        """Whatever has the keys at present."""
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or self.stage.window

    def rest(self) -> None:
        """Let what was typed be looked up."""
        QTest.qWait(160)
        self.stage.settle()
        if QApplication.activePopupWidget() is None:
            # Without a screen a list that has dropped and gone stays the active window.
            self.stage.window.activateWindow()
            self.stage.settle()


@contextmanager
def at_the_counter(village: Path, clock: Clock) -> Iterator[Stage]:
    """Open a village's window to which the phrase zz1 was taught, with its reply."""
    desk = Desk.open(village, clock)
    add(desk, "phrase", {"keyword": "zz1", "text": "来问医保怎么交，到哪里交。", "used_for": "content"})
    add(desk, "phrase", {"keyword": "zz1", "text": "已告知缴费时间和办法。", "used_for": "reply"})
    desk.close()
    with on_stage(village, clock, "林小娟") as opened:
        opened.window.activateWindow()
        yield opened


@contextmanager
def at_old_books(village: Path, clock: Clock) -> Iterator[Stage]:
    """Open a village's window to which old books may be copied; what is left open of that is closed."""
    with on_stage(village, clock, "林小娟") as opened:
        opened.window.activateWindow()
        yield opened
        for dialog in front(BacklogDialog):
            dialog.close()


def called(widget: QWidget) -> str:
    """Read what a control is called by those who listen."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def counter(stage: Stage) -> ReceptionPanel:
    """Find the form of the counter that is seen."""
    page = stage.window.stack.currentWidget()
    return is_a(is_a(page, ReceptionPage).panel, ReceptionPanel)


def intakes(stage: Stage) -> list[object]:
    """Read what was taken in, newest first."""
    found: list[object] = []
    stage.office.ask(lambda desk: desk.registers.find("intake", Query(), 50).records, found.extend)
    stage.settle()
    return found
