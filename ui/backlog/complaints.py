"""What is wrong with rows, in words: a list from which one goes to each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ojr_desk.text import _
from ui.style import HIT
from ui.tall import TallItems

_LINES = 3


class Complaints(QListWidget):
    """Sentences, each with what it is about; hidden while there are none."""

    #: Complaints that are written out; of more is told how many.
    MOST = 200

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(TallItems(self))
        self.setWordWrap(True)
        self.hide()

    def show_all(self, sentences: Sequence[tuple[str, Any]], count: int = 0) -> None:
        """Show *sentences*, each with what it is about; *count* tells of how many these are the first."""
        self.clear()
        for words, what in sentences[: self.MOST]:
            item = QListWidgetItem(words)
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.UserRole, what)
            self.addItem(item)
        more = max(count, len(sentences)) - self.MOST
        if more > 0:
            rest = QListWidgetItem(_("还有 {count} 处没有列出。").format(count=more))
            rest.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(rest)
        self._fit()
        self.setVisible(bool(sentences))

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Take no more room than there is to say."""
        line = max(HIT, self.fontMetrics().height() + 12)
        self.setFixedHeight(min(self.count(), _LINES) * line + 8)
