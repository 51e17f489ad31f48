"""The list of pages on the left: lines under the headings of their groups."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.page import Page
from ui.style import HIT, em

_KEY = Qt.ItemDataRole.UserRole
_BROKEN = Qt.TextFlag.TextWordWrap
#: What stands beside the words of a line: margins, and the bar that scrolls.
_BESIDE = 56


class Line(NamedTuple):
    """One line of a list of pages, under the heading of its group if it has one."""

    key: str
    title: str
    group: str = ""


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

    @property
    def line(self) -> Line:
        """What stands in the list."""
        return Line(self.key, self.title, self.group)


class SideMenu(QListWidget):
    """Where one can go, in lines of so many *letters*; `chosen` brings the key of the line."""

    chosen = Signal(str)

    def __init__(self, name: str, letters: int = 6) -> None:
        super().__init__()
        self._letters = letters
        self.setObjectName("menu")
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.currentRowChanged.connect(lambda _row: self._choose())
        self._fit()

    def list_lines(self, lines: Sequence[Line], here: str) -> None:
        """List *lines* and mark the one whose page is seen; chooses nothing by itself."""
        self.blockSignals(True)
        if self.keys() != [line.key for line in lines]:
            self.clear()
            group = ""
            for line in lines:
                if line.group and line.group != group:
                    self._add(line.group, None)
                group = line.group
                self._add(line.title, line.key)
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
        letters = self.fontMetrics()
        wide = self._letters * em(self)
        self.setFixedWidth(wide + _BESIDE)
        for place in range(self.count()):
            item = self.item(place)
            # The words of another language may take more than one line.
            high = letters.boundingRect(QRect(0, 0, wide, 0), _BROKEN, item.text()).height()
            item.setSizeHint(QSize(0, max(HIT, high + 12) if item.data(_KEY) else high + 4))

    def _choose(self) -> None:
        item = self.currentItem()
        if item is not None and item.data(_KEY):
            self.chosen.emit(item.data(_KEY))
