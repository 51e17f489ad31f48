"""The rows of the grid: what is typed in them, what goes on from above, and what the desk says of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from ojr_desk.problems import Problem
from ojr_desk.text import _, labelled, listed
from ui.backlog.layout import Batch, Cell, Cells, Layout
from ui.backlog.trial import Told, Typed
from ui.style import FAINT, TONES

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WRONG, _MIND = QColor(TONES["bad"][0]), QColor(TONES["warn"][0])
_GREY = QColor(FAINT)
#: Between two cells of a row in what is typed; a cell shows its first line.
_LINES = "⏎ "


class Row:
    """One row that is being typed."""

    def __init__(self, serial: int, cells: Cells) -> None:
        self.serial, self.cells = serial, cells
        self.problems: tuple[Problem, ...] = ()
        self.notes: tuple[Problem, ...] = ()
        #: Whether the desk has seen it as it stands.
        self.is_checked = not cells
        #: What a file may hold of it, once that is known.
        self.kept: dict[str, tuple[str, str]] | None = None

    def said_of(self, name: str | None) -> tuple[str, ...]:
        """List what is said of one column."""
        return tuple(each.message for each in (*self.problems, *self.notes) if each.column == name)


class GridModel(QAbstractTableModel):
    """Rows of text; the last one is always empty. `touched` tells of a change by hand."""

    touched = Signal()

    def __init__(self, parent: QObject, layout: Layout, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self.layout_, self._now = layout, now
        self._serials = count(1)
        self.batch = Batch()
        #: What goes on into the first row.
        self.firsts: Cells = {}
        self.rows: list[Row] = [self._blank()]

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
                return _LINES.join((own or self._behind(index.row(), name)).split("\n"))
            case Qt.ItemDataRole.ForegroundRole:
                return None if own else _GREY
            case Qt.ItemDataRole.BackgroundRole:
                return self._ground(row, name)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(row.said_of(name)) or (own if len(own) > 12 else "")
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
        if cell.text:
            row.cells[name] = cell
        else:
            row.cells.pop(name, None)
        self._changed(index.row(), name)
        return True

    def cell(self, place: int, name: str) -> Cell:
        """Answer with what a cell holds, or what goes on into it from above."""
        for row in self.rows[place::-1]:
            if name in row.cells:
                return row.cells[name]
            if name not in self.layout_.carried:
                return Cell()
        return self.firsts.get(name, Cell())

    def repeat(self, place: int, column: int) -> None:
        """Write what stands above: 同上."""
        if place:
            name = self.layout_.columns[column].name
            self.setData(self.index(place, column), self.cell(place - 1, name))

    def typed(self, places: Iterable[int]) -> list[Typed]:
        """Give rows, from the top, as they are to be understood."""
        wanted, found = set(places), []
        above = {name: cell for name, cell in self.firsts.items() if name in self.layout_.carried}
        for place, row in enumerate(self.rows):
            cells = {**above, **row.cells}
            above = {name: cell for name, cell in cells.items() if name in self.layout_.carried}
            if place in wanted:
                found.append(Typed(row.serial, {name: cell for name, cell in cells.items() if cell.text}))
        return found

    def filled(self) -> list[int]:
        """List the places of the rows that hold something."""
        return [place for place, row in enumerate(self.rows) if row.cells]

    def take(self, told: Sequence[Told]) -> None:
        """Show what the desk says of rows; one that was changed meanwhile waits for its own answer."""
        places = {row.serial: place for place, row in enumerate(self.rows)}
        for each in told:
            place = places.get(each.serial)
            if place is None:
                continue
            row = self.rows[place]
            row.problems, row.notes, row.kept = each.problems, each.notes, None
            for name, cell in each.put.items():
                row.cells[name] = cell
                if not cell.text:
                    del row.cells[name]
        self._repaint()

    def put_in(self, place: int, rows: Sequence[Cells]) -> None:
        """Put rows in before *place*."""
        if rows:
            self.beginInsertRows(_NOWHERE, place, place + len(rows) - 1)
            self.rows[place:place] = [Row(next(self._serials), dict(cells)) for cells in rows]
            self.endInsertRows()
            self.touched.emit()

    def take_out(self, serials: Iterable[int]) -> None:
        """Take rows out; what went on from them into others stays there."""
        gone = set(serials)
        for place in [place for place, row in enumerate(self.rows) if row.serial in gone][::-1]:
            self._hand_on(place, gone)
            self.beginRemoveRows(_NOWHERE, place, place)
            del self.rows[place]
            self.endRemoveRows()
        self._end_blank()

    def widen(self, names: Iterable[str]) -> None:
        """Ask for more columns."""
        for name in names:
            if name not in self.layout_.names:
                self.beginInsertColumns(_NOWHERE, self.columnCount(), self.columnCount())
                self.layout_.add(name)
                self.endInsertColumns()

    def start_over(self, rows: Sequence[Cells]) -> None:
        """Hold these rows, and an empty one."""
        self.beginResetModel()
        self.rows = [Row(next(self._serials), dict(cells)) for cells in rows if cells]
        self.rows.append(self._blank())
        self.endResetModel()

    def recheck(self) -> None:
        """Have all rows checked anew: what holds for all of them was changed."""
        for row in self.rows:
            row.is_checked = not row.cells
        self._repaint()

    def kept_with(self, place: int, name: str, text: str) -> dict[str, tuple[str, str]]:
        """Write a row as a file may hold it, with what is half typed in one of its cells."""
        cells = {**self.rows[place].cells, name: Cell(text)}
        allowed = self.layout_.allowed(cells)
        return {
            each: (cell.text, cell.uid)
            for each, cell in cells.items()
            if cell.text and (allowed is None or each in allowed)
        }

    def kept(self, place: int) -> dict[str, tuple[str, str]]:
        """Write a row as a file may hold it; of what is sealed next to nothing."""
        row = self.rows[place]
        if row.kept is None:
            allowed = self.layout_.allowed(row.cells)
            row.kept = {
                name: (cell.text, cell.uid)
                for name, cell in row.cells.items()
                if allowed is None or name in allowed
            }
        return row.kept

    def complaints(self) -> list[tuple[int, int, str, bool]]:
        """List what is said of rows: the row's place, the column's or -1, the sentence, whether it is wrong."""
        names = self.layout_.names
        return [
            (
                place,
                names.index(each.column) if each.column in names else -1,
                each.message,
                each in row.problems,
            )
            for place, row in enumerate(self.rows)
            for each in (*row.problems, *row.notes)
        ]

    def _behind(self, place: int, name: str) -> str:
        """Write what an empty cell stands for."""
        if not self.rows[place].cells:
            return ""
        return self.cell(place, name).text if name in self.layout_.carried else self.layout_.assumed(name)

    def _tidied(self, place: int, name: str, text: str) -> Cell:
        text = text.strip()
        if not text:
            return Cell()
        above = self.cell(place - 1, name).text if place else ""
        tidy = self.layout_.tidied(name, text, above, self.batch, self._now())
        if not tidy and place:
            return self.cell(place - 1, name)
        return Cell(tidy or text)

    def _changed(self, place: int, name: str) -> None:
        row = self.rows[place]
        row.problems, row.kept = tuple(each for each in row.problems if each.column != name), None
        # What goes on from here is changed as well.
        below = place + 1
        while name in self.layout_.carried and below < len(self.rows) and name not in self.rows[below].cells:
            self.rows[below].is_checked = not self.rows[below].cells
            below += 1
        row.is_checked = not row.cells
        if not row.cells:
            row.problems = row.notes = ()
        self._end_blank()
        self._repaint()
        self.touched.emit()

    def _hand_on(self, place: int, gone: set[int]) -> None:
        """Write what goes on from a row into the next that stays, where it has nothing of its own."""
        if (
            place + 1 < len(self.rows)
            and self.rows[place + 1].cells
            and self.rows[place + 1].serial not in gone
        ):
            for name in self.layout_.carried:
                if name not in self.rows[place + 1].cells and (cell := self.cell(place, name)).text:
                    self.rows[place + 1].cells[name] = cell
                    self.rows[place + 1].kept = None

    def _end_blank(self) -> None:
        if not self.rows or self.rows[-1].cells:
            self.beginInsertRows(_NOWHERE, len(self.rows), len(self.rows))
            self.rows.append(self._blank())
            self.endInsertRows()

    def _blank(self) -> Row:
        return Row(next(self._serials), {})

    def _repaint(self) -> None:
        last = self.index(len(self.rows) - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def _ground(self, row: Row, name: str) -> QColor | None:
        if any(each.column == name for each in row.problems):
            return _WRONG
        return _MIND if any(each.column == name for each in row.notes) else None

    def _aloud(self, index: Index, own: str) -> str:
        """Tell who listens instead of looking what stands in a cell, and what is wrong with it."""
        target = self.layout_.columns[index.column()]
        told = own or self._behind(index.row(), target.name) or _("空")
        said = self.rows[index.row()].said_of(target.name)
        place = _("第 {row} 行 {label}").format(row=index.row() + 1, label=self.layout_.label(target))
        return listed((labelled(place, told), *said))


def placed(model: GridModel, complaint: tuple[int, int, str, bool]) -> str:
    """Write a complaint in words, with row and column."""
    row, column, message, _wrong = complaint
    if column < 0:
        return _("第 {row} 行：{what}").format(row=row + 1, what=message)
    label = model.layout_.label(model.layout_.columns[column])
    return _("第 {row} 行“{label}”：{what}").format(row=row + 1, label=label, what=message)


def restored(kept: object) -> list[Cells]:
    """Read the rows that `GridModel.kept` wrote; what is not of that shape is left out."""
    found: list[Cells] = []
    for row in kept if isinstance(kept, list) else ():
        if isinstance(row, Mapping):
            cells = {
                str(name): Cell(str(cell[0]), str(cell[1]))
                for name, cell in row.items()
                if isinstance(cell, Sequence) and len(cell) == 2 and not isinstance(cell, str)
            }
            found.append(cells)
    return found
