"""The grid itself: a line in every cell as soon as one is there, and the keys of a person who copies a book."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from ui.backlog.cell_line import CellDelegate, CellLine, is_ours
from ui.backlog.layout import Cell
from ui.backlog.model import GridModel
from ui.editor import LookUp
from ui.style import HIT, em

Index = QModelIndex | QPersistentModelIndex
#: The width of a column in letters, by what it holds.
_LONG, _SHORT, _DATED = 16, 8, 10
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Grid(QTableView):
    """The table; `went_on` tells that another row is typed into, `typed` that a letter was.

    `wanted` names what else a key asks for.
    """

    went_on = Signal()
    typed = Signal()
    wanted = Signal(str)

    def __init__(self, parent: QWidget, model: GridModel, look_up: LookUp) -> None:
        super().__init__(parent)
        self.table = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self, look_up, self._key, self.typed.emit))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(left)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setStyleSheet("QHeaderView::section { border-bottom: 1px solid #DCD7CD; }")
        model.columnsInserted.connect(lambda *_what: self.fit())
        self.fit()

    def fit(self) -> None:
        """Give rows and columns the room that their letters need."""
        height = max(HIT, self.fontMetrics().height() + 16)
        self.verticalHeader().setMinimumSectionSize(HIT)
        self.verticalHeader().setDefaultSectionSize(height)
        for at, target in enumerate(self.table.layout_.columns):
            letters = _LONG if target.is_long else _DATED if target.is_dated else _SHORT
            label = self.horizontalHeader().sectionSizeHint(at) + 8
            self.setColumnWidth(at, max(letters * em(self), label))

    @property
    def line(self) -> CellLine | None:
        """Answer with the line that is typed into."""
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, CellLine) and self.isAncestorOf(focus) else None

    @property
    def half_typed(self) -> tuple[int, str, str] | None:
        """Tell what is typed in the open cell and not taken over yet: the row, the column, the text."""
        at, line = self.currentIndex(), self.line
        if line is None or not line.isModified():
            return None
        return at.row(), self.table.layout_.names[at.column()], line.text().strip()

    def settle(self) -> None:
        """Take over what is typed in the cell that is open, and close it."""
        line = self.line
        if line is not None and line.isVisible():
            self.commitData(line)
            self.closeEditor(line, QStyledItemDelegate.EndEditHint.NoHint)

    def go(self, row: int, column: int) -> None:
        """Go to a cell and type into it."""
        self.settle()
        index = self.table.index(
            min(max(row, 0), self.table.rowCount() - 1), min(max(column, 0), self.table.columnCount() - 1)
        )
        self.setFocus()
        self.setCurrentIndex(index)
        if self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "table"):
            self.fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt tells: another cell is the current one."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.went_on.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells of a key where no cell is open."""
        if not is_ours(event) or not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        """Do what a key means beyond letters; answer whether it meant something."""
        at, line = self.currentIndex(), self.line
        control = bool(event.modifiers() & _CONTROL)
        match event.key():
            case key if key in _ENTER:
                if control:
                    self.settle()
                    self.wanted.emit("save")
                else:
                    self.go(at.row() + 1, 0)
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.go(at.row() + (1 if event.key() == Qt.Key.Key_Down else -1), at.column())
            case Qt.Key.Key_Escape:
                if line is None or not line.isModified():
                    return False
                line.setText(
                    self.table.rows[at.row()].cells.get(self.table.layout_.names[at.column()], Cell()).text
                )
                line.selectAll()
            case Qt.Key.Key_F4 if line is not None:
                line.look()
            case Qt.Key.Key_D | Qt.Key.Key_F8:
                self.repeat_above()
            case Qt.Key.Key_Delete:
                self.wanted.emit("remove")
            case Qt.Key.Key_F6 | Qt.Key.Key_F7:
                self.wanted.emit("leave" if event.key() == Qt.Key.Key_F6 else "next")
            case _:
                return self._paste()
        return True

    def repeat_above(self) -> None:
        """Write what stands in the cell above, and go on to the next."""
        at = self.currentIndex()
        if at.isValid() and at.row():
            row, column = at.row(), at.column()
            line = self.line
            if line is not None:
                line.setModified(False)
            self.table.repeat(row, column)
            last = column + 1 >= self.table.columnCount()
            self.go(row + last, 0 if last else column + 1)

    def _paste(self) -> bool:
        """Ask for a table to be taken from the clipboard; a few words are pasted into the line."""
        mime = QApplication.clipboard().mimeData()
        text = mime.text().rstrip("\r\n")
        if "\t" not in text and "<table" not in mime.html():
            at = self.currentIndex()
            # Several lines from a chat belong into one long text; anywhere else they are rows.
            if "\n" not in text or (at.isValid() and self.table.layout_.columns[at.column()].is_long):
                return False
        elif text and "\t" not in text and "\n" not in text:
            return False
        self.wanted.emit("paste")
        return True
