"""What the tables of a roster have in common: lines that follow the letters, cells with grounds and tips."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from ui.duty.cells import Cell
from ui.style import HIT, TONES

#: The grounds of days that are no ordinary ones; each is named too.
GROUNDS = {"holiday": "#FBE3E3", "lieu": "#FBE3E3", "makeup": "#FFF0B8", "weekend": "#F0EDE7"}
_CENTRE = Qt.AlignmentFlag.AlignCenter


class Grounds(QStyledItemDelegate):
    """Paints the ground of a cell, which the style sheet would leave out."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt asks."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QBrush):
            area: Any = option.rect  # type: ignore[attr-defined] # the stubs lack it
            painter.fillRect(area, ground)
        super().paint(painter, option, index)


class Grid(QTableWidget):
    """A table whose lines follow the letters."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(Grounds(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.horizontalHeader().setHighlightSections(False)

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def fit(self) -> None:
        """Give lines and columns the room that their words need."""
        self.verticalHeader().setDefaultSectionSize(max(HIT, self.fontMetrics().height() + 12))

    def put(self, row: int, column: int, cell: Cell, ground: str, today: bool = False) -> QTableWidgetItem:
        """Show one cell."""
        item = QTableWidgetItem(f"{cell.words} *" if cell.is_new else cell.words)
        item.setToolTip(cell.tip)
        item.setTextAlignment(_CENTRE)
        if cell.tone:
            back, ink = TONES[cell.tone]
            item.setBackground(QBrush(QColor(back)))
            item.setForeground(QBrush(QColor(ink)))
        elif ground:
            item.setBackground(QBrush(QColor(ground)))
        if cell.is_new or today:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            item.setFont(font)
        self.setItem(row, column, item)
        return item
