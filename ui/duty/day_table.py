"""The month's roster by day, where a person is chosen with the keyboard."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from ojr_desk.desk.month_roster import MonthRoster, RosterDay
from ojr_desk.text import N_, _, listed
from ui.choice_editors import ChoiceBox
from ui.duty.cells import HEADS, WEEK, Cell, by_day, columns, kind_words
from ui.duty.grid import GROUNDS, Grid, Grounds
from ui.style import em

_DATE, _KIND, _FIRST = 0, 1, 2
#: Chooses somebody for the cell of a row and column.
Choose = Callable[[int, int, str], object]


class _People(Grounds):
    """Opens a list of people in a cell; letters find by initials, Enter takes, Escape leaves it as it was."""

    def __init__(self, table: "DayTable") -> None:
        super().__init__(table)
        self._table = table

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Qt asks."""
        box = ChoiceBox(parent)
        box.setAccessibleName(_("值班人"))
        box.addItem(_("（不排）"), "")
        for who, name in self._table.people.items():
            box.addItem(name, who)
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Qt tells: begin with who stands there."""
        assert isinstance(editor, ChoiceBox)
        cell = self._table.cell(index.row(), index.column())
        who = cell.shifts[0].who if cell.shifts else ""
        editor.setCurrentIndex(max(0, editor.findData(who)))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt tells: hand over whom was chosen, if it is another."""
        assert isinstance(editor, ChoiceBox)
        cell = self._table.cell(index.row(), index.column())
        who = str(editor.currentData() or "")
        if who != (cell.shifts[0].who if cell.shifts else ""):
            self._table.choose(index.row(), index.column(), who)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt asks: a name must be legible while it is chosen."""
        area: Any = option.rect  # type: ignore[attr-defined] # the stubs lack it
        editor.setGeometry(area.x(), area.y(), max(area.width(), 7 * em(editor)), area.height())


class DayTable(Grid):
    """Days down, shifts across: the page on which a roster is made."""

    def __init__(self, choose: Choose) -> None:
        super().__init__(_("按日排班"))
        self.choose = choose
        self.people: Mapping[str, str] = {}
        self.names: tuple[str, ...] = ()
        self._days: Sequence[RosterDay] = ()
        self._cells: dict[tuple[date, str], Cell] = {}
        self.verticalHeader().hide()
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self._delegate = _People(self)
        self.setItemDelegate(self._delegate)

    def show_roster(self, roster: MonthRoster, today: date) -> None:
        """Show a month; the cell that was chosen stays chosen."""
        row, column = self.currentRow(), self.currentColumn()
        self.people, self.names, self._days = roster.people, columns(roster), roster.days
        self._cells = by_day(roster)
        self.setColumnCount(_FIRST + len(self.names))
        self.setRowCount(len(roster.days))
        self.setHorizontalHeaderLabels([_("日期"), _("日别"), *(_(HEADS[name]) for name in self.names)])
        for place, day in enumerate(roster.days):
            ground, is_today = GROUNDS.get(day.kind, ""), day.day == today
            heads = (f"{day.day:%m-%d} {_(WEEK[day.day.weekday()])}", kind_words(day))
            for at, words in enumerate(heads):
                tip = listed((words, day.name), N_(" ")) if day.name != words else words
                head = self.put(place, at, Cell(words, tip), ground, is_today)
                head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            for at, name in enumerate(self.names, _FIRST):
                self.put(place, at, self._cells[day.day, name], ground)
        self.fit()
        first = next((at for at, day in enumerate(roster.days) if day.day >= today), 0)
        self.setCurrentCell(row if 0 <= row < self.rowCount() else first, max(column, _FIRST))

    def cell(self, row: int, column: int) -> Cell:
        """Tell what stands in a cell."""
        if column < _FIRST or not 0 <= row < len(self._days):
            return Cell()
        return self._cells[self._days[row].day, self.names[column - _FIRST]]

    def day(self, row: int) -> RosterDay:
        """Tell of which day a line is."""
        return self._days[row]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: Enter opens the list of people, Delete takes the person off, a letter begins to find one."""
        row, column, item = self.currentRow(), self.currentColumn(), self.currentItem()
        typed = event.text()
        if self.state() == QAbstractItemView.State.EditingState:
            # The list in the cell lets Enter through, and takes it afterwards.
            event.accept()
        elif item is None or column < _FIRST:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editItem(item)
        elif event.key() == Qt.Key.Key_Delete and self.cell(row, column).shifts:
            self.choose(row, column, "")
        elif len(typed) == 1 and typed.isascii() and typed.isalpha():
            self.editItem(item)
            box: Any = self.viewport().findChild(ChoiceBox)
            if box is not None:
                box.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """Give the columns their room: names are legible, and what is left is shared."""
        super().fit()
        if self.columnCount() <= _FIRST:
            return
        letter = em(self)
        for at, letters in ((_DATE, 6.5), (_KIND, 6)):
            self.setColumnWidth(at, int(letters * letter))
        left = self.viewport().width() - self.columnWidth(_DATE) - self.columnWidth(_KIND)
        shared = left // (self.columnCount() - _FIRST)
        for at in range(_FIRST, self.columnCount()):
            self.setColumnWidth(at, max(int(5.5 * letter), shared))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: there is more room, or less."""
        super().resizeEvent(event)
        self.fit()
