"""The two tables of the month's roster: by day, where a person is chosen with the keyboard, and by person."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ojr_desk.desk.month_roster import MonthRoster, RosterDay
from ojr_desk.text import N_, _, listed
from ui.choice_editors import ChoiceBox
from ui.duty.cells import HEADS, WEEK, Cell, by_day, by_person, columns, kind_words
from ui.style import FAINT, HIT, TONES, em

#: The grounds of days that are no ordinary ones; each is named too.
_GROUNDS = {"holiday": "#FBE3E3", "lieu": "#FBE3E3", "makeup": "#FFF0B8", "weekend": "#F0EDE7"}
_DATE, _KIND, _FIRST = 0, 1, 2
_CENTRE = Qt.AlignmentFlag.AlignCenter
#: Chooses somebody for the cell of a row and column.
Choose = Callable[[int, int, str], object]


class _Grounds(QStyledItemDelegate):
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


class _People(_Grounds):
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


class _Grid(QTableWidget):
    """A table whose lines follow the letters."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Grounds(self))
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


class DayTable(_Grid):
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
            ground, is_today = _GROUNDS.get(day.kind, ""), day.day == today
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


class PeopleTable(_Grid):
    """People down, days across: who has how much, at a glance."""

    def __init__(self) -> None:
        super().__init__(_("按人看"))
        self.horizontalHeader().setMinimumSectionSize(20)
        # The heads of other tables have room to their sides; here there are 31 of them.
        self.horizontalHeader().setStyleSheet("QHeaderView::section { padding: 0; }")
        self.verticalHeader().setStyleSheet("QHeaderView::section { border-bottom: 1px solid #E5E0D8; }")

    def show_roster(self, roster: MonthRoster, today: date) -> None:
        """Show a month."""
        cells = by_person(roster)
        people = sorted(
            roster.people, key=lambda who: -roster.tallies[who].total if who in roster.tallies else 0
        )
        self.setRowCount(len(people))
        self.setColumnCount(len(roster.days))
        self.setVerticalHeaderLabels([roster.people[who] for who in people])
        for at, day in enumerate(roster.days):
            head = QTableWidgetItem(f"{day.day.day}\n{_(WEEK[day.day.weekday()])[-1]}")
            head.setToolTip(kind_words(day))
            if day.kind != "working":
                head.setForeground(QBrush(QColor(TONES["bad"][1] if day.kind != "makeup" else FAINT)))
            self.setHorizontalHeaderItem(at, head)
            for place, who in enumerate(people):
                cell = cells.get((who, day.day), Cell(tip=kind_words(day)))
                self.put(place, at, cell, _GROUNDS.get(day.kind, ""), day.day == today)
        self.fit()

    def fit(self) -> None:
        """Give every day the same room."""
        super().fit()
        if self.columnCount():
            self.horizontalHeader().setFixedHeight(2 * self.fontMetrics().height() + 10)
            shared = self.viewport().width() // self.columnCount()
            self.horizontalHeader().setDefaultSectionSize(max(int(1.6 * em(self)), shared))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: there is more room, or less."""
        super().resizeEvent(event)
        self.fit()


class CountTable(_Grid):
    """How often everybody is on duty, who has most first."""

    def __init__(self) -> None:
        super().__init__(_("次数"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.horizontalHeader().setStyleSheet("QHeaderView::section { padding: 0; }")

    def show_counts(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these counts."""
        self.setColumnCount(len(heads))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(heads))
        for place, texts in enumerate(rows):
            for at, text in enumerate(texts):
                self.put(place, at, Cell(text, text if at == 0 else ""), "")
        self.fit()

    def fit(self) -> None:
        """Give the numbers no more room than they and their headings need."""
        super().fit()
        for at in range(self.columnCount()):
            heading = self.horizontalHeader().sectionSizeHint(at)
            self.setColumnWidth(at, max(int((4.5 if at == 0 else 2.7) * em(self)), heading))

    @property
    def whole_width(self) -> int:
        """Tell how wide it is when nothing is cut off."""
        return sum(self.columnWidth(at) for at in range(self.columnCount())) + em(self)
