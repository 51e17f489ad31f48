"""A short table of plain texts, such as the months or the copies: at most a few hundred rows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from ui.style import HIT

#: In lines: what is longer is shown whole when the mouse rests on it.
_WIDEST = 17
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PlainTable(QTableWidget):
    """Rows of text, one of which is chosen; the last column takes the room that is left."""

    def __init__(self, name: str, heads: Sequence[str]) -> None:
        super().__init__(0, len(heads))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(heads))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        # Names of files differ at their ends.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(_TOP)
        self._fit()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; the one that was chosen stays chosen."""
        chosen = max(0, self.currentRow())
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for place, texts in enumerate(rows):
            for at, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text if len(text) > 20 else "")
                self.setItem(place, at, item)
        self._fit()
        self.blockSignals(False)
        if rows:
            self.setCurrentCell(min(chosen, len(rows) - 1), 0)
        self.itemSelectionChanged.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(HIT, self.fontMetrics().height() + 16))
        # While the last one is stretched, it forgets what it needs.
        self.horizontalHeader().setStretchLastSection(False)
        self.resizeColumnsToContents()
        for at in range(self.columnCount()):
            self.setColumnWidth(at, min(self.columnWidth(at) + 20, _WIDEST * self.fontMetrics().height()))
        self.horizontalHeader().setStretchLastSection(True)
