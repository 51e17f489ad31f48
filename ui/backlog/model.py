"""The rows of the grid as Qt asks for them, and what a hand changes in them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from ojr_desk.text import _, labelled, listed
from ui.backlog.layout import Batch, Cell, Cells, Layout
from ui.backlog.rows import Row, Rows
from ui.backlog.trial import Told
from ui.style import FAINT, TONES

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WRONG, _MIND = QColor(TONES["bad"][0]), QColor(TONES["warn"][0])
_GREY = QColor(FAINT)
#: Between two lines of a cell, which shows all of them in one.
_LINES = "⏎ "
#: Longer texts are told whole when the mouse rests on them.
_LONG = 12


class GridModel(QAbstractTableModel):
    """Rows of text; the last one is always empty. `touched` tells of a change by hand."""

    touched = Signal()

    def __init__(self, parent: QObject, layout: Layout, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self.layout_, self._now = layout, now
        self.batch = Batch()
        self.rows = Rows(layout)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt asks."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt asks."""
        return 0 if parent.isValid() else len(self.layout_.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt asks: everything may be typed into."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks."""
        row, name = self.rows[index.row()], self.layout_.columns[index.column()].name
        own = row.cells.get(name, Cell()).text
        match role:
            case Qt.ItemDataRole.EditRole:
                return own
            case Qt.ItemDataRole.DisplayRole:
                return self.shown(index.row(), name)
            case Qt.ItemDataRole.ForegroundRole:
                return None if own else _GREY
            case Qt.ItemDataRole.BackgroundRole:
                return self.ground(row, name)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(row.said_of(name)) or (own if len(own) > _LONG else "")
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._aloud(index, own)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt asks: labels above, numbers beside."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        target = self.layout_.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            label = self.layout_.label(target)
            return f"{label} *" if target.column.required and not target.link else label
        return _(target.column.help) if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt tells: a cell was typed into; a *value* that is a cell brings the record that was chosen."""
        name = self.layout_.columns[index.column()].name
        cell = value if isinstance(value, Cell) else self._tidied(index.row(), name, str(value))
        row = self.rows[index.row()]
        before = row.cells.get(name, Cell())
        if cell == before or (cell.text == before.text and not isinstance(value, Cell)):
            return False
        row.cells[name] = cell
        if not cell.text:
            del row.cells[name]
        self.rows.changed(index.row(), name)
        self._end_blank()
        self.repaint()
        self.touched.emit()
        return True

    def shown(self, place: int, name: str) -> str:
        """Write what a cell shows in one line: its own text, or what it stands for while it is empty."""
        own = self.rows[place].cells.get(name, Cell()).text
        return _LINES.join((own or self.rows.behind(place, name)).split("\n"))

    def ground(self, row: Row, name: str) -> QColor | None:
        """Give the colour behind a cell of which something is said."""
        return _WRONG if row.is_wrong(name) else _MIND if row.is_to_be_minded(name) else None

    def repeat(self, place: int, column: int) -> None:
        """Write what stands above: 同上."""
        if place:
            name = self.layout_.columns[column].name
            self.setData(self.index(place, column), self.rows.cell(place - 1, name))

    def take(self, told: Sequence[Told]) -> None:
        """Show what the desk says of rows."""
        self.rows.take(told)
        self.repaint()

    def put_in(self, place: int, rows: Sequence[Cells]) -> None:
        """Put rows in before *place*."""
        if rows:
            self.beginInsertRows(_NOWHERE, place, place + len(rows) - 1)
            self.rows.put(place, [self.rows.made(cells) for cells in rows])
            self.endInsertRows()
            self.touched.emit()

    def take_out(self, serials: Iterable[int]) -> None:
        """Take rows out; what went on from them into others stays there."""
        for first, last in self.rows.runs(serials):
            self.beginRemoveRows(_NOWHERE, first, last)
            self.rows.take_out(first, last)
            self.endRemoveRows()
        self._end_blank()

    def widen(self, names: Iterable[str]) -> None:
        """Ask for more columns."""
        more = [name for name in dict.fromkeys(names) if name not in self.layout_.names]
        if more:
            here = self.columnCount()
            self.beginInsertColumns(_NOWHERE, here, here + len(more) - 1)
            for name in more:
                self.layout_.add(name)
            self.endInsertColumns()

    def start_over(self, rows: Sequence[Cells]) -> None:
        """Hold these rows, and an empty one."""
        self.beginResetModel()
        self.rows.start_over(rows)
        self.endResetModel()

    def recheck(self) -> None:
        """Have all rows checked anew: what holds for all of them was changed."""
        self.rows.recheck()
        self.repaint()

    def repaint(self) -> None:
        """Have everything that is seen painted anew."""
        last = self.index(len(self.rows) - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def _tidied(self, place: int, name: str, text: str) -> Cell:
        text = text.strip()
        if not text:
            return Cell()
        above = self.rows.cell(place - 1, name).text if place else ""
        tidy = self.layout_.tidied(name, text, above, self.batch, self._now())
        if not tidy and place:
            return self.rows.cell(place - 1, name)
        return Cell(tidy or text)

    def _end_blank(self) -> None:
        if not len(self.rows) or self.rows[-1].cells:
            self.beginInsertRows(_NOWHERE, len(self.rows), len(self.rows))
            self.rows.put(len(self.rows), [self.rows.blank()])
            self.endInsertRows()

    def _aloud(self, index: Index, own: str) -> str:
        """Tell who listens instead of looking what stands in a cell, and what is wrong with it."""
        target = self.layout_.columns[index.column()]
        told = own or self.rows.behind(index.row(), target.name) or _("空")
        said = self.rows[index.row()].said_of(target.name)
        place = _("第 {row} 行 {label}").format(row=index.row() + 1, label=self.layout_.label(target))
        return listed((labelled(place, told), *said))
