"""Marks as lines of text, those that were not sent yet with a button that removes them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.text import _
from ui.buttons import button
from ui.flow import empty
from ui.scrolled import scrolled


class MarkLines(QWidget):
    """The marks on a record or a report; *remove* takes the key of one that is not wanted any more."""

    def __init__(self, parent: QWidget, remove: Callable[[str], object] | None = None) -> None:
        super().__init__(parent)
        self._remove = remove
        inside = QWidget()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        within = QVBoxLayout(inside)
        within.addLayout(self._grid)
        within.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inside, _("批注")))

    def show_marks(self, made: Sequence[Any]) -> None:
        """Show these marks."""
        empty(self._grid)
        for place, each in enumerate(made):
            self._grid.addWidget(self._label(each.words), place, 0)
            if each.state == "draft" and self._remove is not None:
                gone = button(_("删去"), partial(self._remove, each.mark.uid), self)
                self._grid.addWidget(gone, place, 1, Qt.AlignmentFlag.AlignTop)
        if not made:
            self._grid.addWidget(self._label(_("还没有批注。")), 0, 0)

    def _label(self, words: str) -> QLabel:
        told = QLabel(words, self)
        told.setWordWrap(True)
        # What comes from outside is shown as it is.
        told.setTextFormat(Qt.TextFormat.PlainText)
        return told
