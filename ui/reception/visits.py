"""What is known of the person at the counter: the last visits by date, kind and state, never what they were about."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ojr_desk.text import _
from ui.buttons import button
from ui.flow import Flow

#: How many are shown; more are on the person's card.
MOST = 3


class Visit(NamedTuple):
    """An earlier record of a person: where it is found, and the words that may stand on a screen that faces others."""

    register: str
    uid: str
    words: str


class Visits(QWidget):
    """One line of earlier visits; opening one is a deliberate act: `opened` brings its register and its key."""

    opened = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = Flow(self, across=6, down=2)
        self._there: list[QWidget] = []
        self.hide()

    def show_visits(self, visits: Sequence[Visit], *notices: str) -> None:
        """Show the last times that somebody came; *notices* say what else is to be minded."""
        self.clear()
        for words in notices:
            self._add(_told(words, self))
        if visits:
            self._add(_told(_("以前："), self))
        for each in visits[:MOST]:
            made = button(each.words, partial(self.opened.emit, each.register, each.uid), self, flat=True)
            made.setToolTip(_("打开这一条"))
            self._add(made)
        self.setVisible(bool(self._there))

    def clear(self) -> None:
        """Show nothing."""
        for each in self._there:
            each.hide()
            each.setParent(None)
            each.deleteLater()
        self._there = []
        self.hide()

    @property
    def words(self) -> list[str]:
        """List what is shown."""
        return [str(each.property("text")) for each in self._there]

    def _add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        self._there.append(widget)
        widget.show()


def _told(words: str, parent: QWidget) -> QLabel:
    made = QLabel(words, parent)
    made.setProperty("faint", True)
    return made
