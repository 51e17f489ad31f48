"""The list of pages on the left: lines under the headings of their groups."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ojr_desk.text import _
from ui.page import Page
from ui.style import HIT, em

_KEY = Qt.ItemDataRole.UserRole
#: The width of the list in letters; none of its lines is longer.
_LETTERS = 6


class Entry(NamedTuple):
    """One line of the menu, under the heading of its group if it has one; its page is built when first gone to.

    *side* names the half of a superior's window that it belongs to: its own centre, or its villages; *under*
    the line on whose page it is listed, if it is not in the menu itself.
    """

    key: str
    title: str
    group: str
    build: Callable[[QWidget], Page]
    side: str = ""
    under: str = ""


class SideMenu(QListWidget):
    """Where one can go; `chosen` brings the key of the line."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("menu")
        self.setAccessibleName(_("台账和页面"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(lambda _row: self._choose())
        self._fit()

    def list_entries(self, entries: Sequence[Entry], here: str) -> None:
        """List *entries* and mark the one whose page is seen; chooses nothing by itself."""
        self.blockSignals(True)
        if self.keys() != [entry.key for entry in entries]:
            self.clear()
            group = ""
            for entry in entries:
                if entry.group and entry.group != group:
                    self._add(entry.group, None)
                group = entry.group
                self._add(entry.title, entry.key)
            self._fit()
        for place in range(self.count()):
            if self.item(place).data(_KEY) == here:
                self.setCurrentRow(place)
        self.blockSignals(False)

    def keys(self) -> list[str]:
        """List the keys of its lines."""
        told = (self.item(place).data(_KEY) for place in range(self.count()))
        return [key for key in told if key]

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: larger letters need a wider menu."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _add(self, words: str, key: str | None) -> None:
        item = QListWidgetItem(words)
        if key is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setData(_KEY, key)
        self.addItem(item)

    def _fit(self) -> None:
        high = self.fontMetrics().height()
        self.setFixedWidth(_LETTERS * em(self) + 56)
        for place in range(self.count()):
            item = self.item(place)
            item.setSizeHint(QSize(0, max(HIT, high + 12) if item.data(_KEY) else high + 4))

    def _choose(self) -> None:
        item = self.currentItem()
        if item is not None and item.data(_KEY):
            self.chosen.emit(item.data(_KEY))
