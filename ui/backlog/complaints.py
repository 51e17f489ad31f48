"""What is wrong with rows, in words: a list from which one goes to each."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ojr_desk.text import _
from ui.style import HIT
from ui.tall import TallItems

_LINES = 3
#: Complaints that are written out; of more is told how many.
_MOST = 200
T = TypeVar("T")


class Complaints(QListWidget):
    """Sentences, each with what it is about; hidden while there are none."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(TallItems(self))
        self.setWordWrap(True)
        self.hide()

    def show_all(self, found: Sequence[T], told: Callable[[T], tuple[str, Any]]) -> None:
        """Show what was *found*; *told* gives the sentence of each, and what it is about."""
        self.clear()
        for words, what in map(told, found[:_MOST]):
            item = QListWidgetItem(words)
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.UserRole, what)
            self.addItem(item)
        if len(found) > _MOST:
            rest = QListWidgetItem(_("还有 {count} 处没有列出。").format(count=len(found) - _MOST))
            rest.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(rest)
        self._fit()
        self.setVisible(bool(found))

    def clear_all(self) -> None:
        """Show that nothing is wrong."""
        self.clear()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Take no more room than there is to say."""
        line = max(HIT, self.fontMetrics().height() + 12)
        self.setFixedHeight(min(self.count(), _LINES) * line + 8)
