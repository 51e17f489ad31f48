"""The grid itself: a line in every cell as soon as one is there, and the keys of a person who copies a book."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ojr_desk.exchange.old_book_headings import Target
from ojr_desk.register import Choice, Flag, Link
from ojr_desk.rules.pinyin import initials
from ojr_desk.text import _
from ui.backlog.here import here
from ui.backlog.layout import Cell
from ui.backlog.model import GridModel
from ui.editor import LookUp, Offer
from ui.offer_list import OfferList
from ui.style import HIT, em

Index = QModelIndex | QPersistentModelIndex
#: How long typing rests before it is looked up, in milliseconds.
_REST = 120
_MOST = 30
#: The width of a column in letters, by what it holds.
_LONG, _SHORT, _DATED = 16, 8, 10
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellLine(QLineEdit):
    """The line in one cell; it offers what may be meant. `took` brings what was chosen."""

    took = Signal(object)

    def __init__(self, parent: QWidget, target: Target, look_up: LookUp) -> None:
        super().__init__(parent)
        self.composing = False
        self._target, self._look_up = target, look_up
        self._ticket = 0
        kind = target.column.kind
        self._asks = isinstance(kind, Link | Choice | Flag)
        self._offers = OfferList(self) if self._asks else None
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._timer.timeout.connect(self.look)
        if self._offers is not None:
            self.textEdited.connect(lambda _text: self._timer.start())
            self._offers.chosen.connect(self._chosen)
            # Behind the list's own filter, and so asked before it.
            self._offers.popup().installEventFilter(self)

    def look(self) -> None:
        """Offer what may be meant by what stands here."""
        typed, kind = self.text().strip(), self._target.column.kind
        self._ticket += 1
        ticket = self._ticket
        if isinstance(kind, Link):
            self._look_up(kind.to, typed, here(self, lambda offers: self._show(ticket, typed, offers)))
        elif isinstance(kind, Choice):
            self._show(ticket, typed, _fitting(kind.offered, typed))
        elif isinstance(kind, Flag):
            self._show(ticket, typed, _fitting({"yes": kind.show(True), "no": kind.show(False)}, typed))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt tells: an input method composes; until it has done, the keys are its own."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks of the list below: Tab takes what is marked there, and goes on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._offers is not None:
            popup = self._offers.popup()
            if watched is popup and event.key() == Qt.Key.Key_Tab:
                if popup.currentIndex().isValid():
                    self._offers.activated[QModelIndex].emit(popup.currentIndex())  # type: ignore[index] # overload
                popup.hide()
                QApplication.postEvent(self, QKeyEvent(event.type(), event.key(), event.modifiers()))
                return True
        return super().eventFilter(watched, event)

    def _show(self, ticket: int, typed: str, offers: list[Offer]) -> None:
        if ticket == self._ticket and self._offers is not None and self.hasFocus():
            # Latin letters and digits can only mean what is known; Chinese may be a new name.
            self._offers.show_offers(offers, bool(typed) and typed.isascii())

    def _chosen(self, offer: Offer) -> None:
        self._ticket += 1
        self._timer.stop()
        is_link = isinstance(self._target.column.kind, Link)
        self.setText(offer.name)
        self.took.emit(Cell(offer.name, offer.uid if is_link else ""))


def _fitting(choices: Mapping[str, str], typed: str) -> list[Offer]:
    """Offer the choices whose label has what was typed, or begins with these initials."""
    word = typed.lower()
    labels = [(code, _(label)) for code, label in choices.items()]
    return [
        Offer(code, label)
        for code, label in labels
        if not word or word in label.lower() or any(word in each for each in initials(label))
    ][:_MOST]


class CellDelegate(QStyledItemDelegate):
    """Makes the lines of the grid, and hands over the keys that mean more than letters."""

    def __init__(self, parent: "Grid", look_up: LookUp, key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(parent)
        self._look_up, self._key = look_up, key

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt asks for the line of a cell."""
        model = index.model()
        assert isinstance(model, GridModel)
        target = model.layout_.columns[index.column()]
        line = CellLine(parent, target, self._look_up)
        line.setAccessibleName(
            _("第 {row} 行 {label}").format(row=index.row() + 1, label=model.layout_.label(target))
        )
        line.setAccessibleDescription(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
        line.setPlaceholderText(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        here = QPersistentModelIndex(index)
        line.took.connect(lambda cell: model.setData(here, cell) if here.isValid() else None)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt asks: a cell is repainted while it is typed into; only what changed in it is shown anew."""
        assert isinstance(editor, CellLine)
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if not editor.isModified() and editor.text() != text:
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Qt tells: the person goes on."""
        assert isinstance(editor, CellLine)
        if editor.isModified():
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt asks where the line stands: over all of its cell."""
        editor.setGeometry(option.rect)  # type: ignore[attr-defined] # the stubs leave the members out

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt asks: the style sheet would leave out the ground of what is wrong."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)  # type: ignore[attr-defined] # the stubs leave the members out
        super().paint(painter, option, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks: keys that mean more go to the grid, not to the letters; none while an input method composes."""
        keyed = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if keyed and isinstance(event, QKeyEvent) and isinstance(watched, CellLine):
            if watched.composing:
                return False
            if event.matches(QKeySequence.StandardKey.Undo) and not watched.isUndoAvailable():
                # Where no letter can be taken back, the batch is.
                event.ignore()
                return event.type() == QEvent.Type.ShortcutOverride
            if _is_ours(event):
                event.accept()
                return event.type() == QEvent.Type.ShortcutOverride or self._key(event)
        return super().eventFilter(watched, event)


class Grid(QTableView):
    """The table; `went_on` tells that another row is typed into, `wanted` names what else a key asks for."""

    went_on = Signal()
    wanted = Signal(str)

    def __init__(self, parent: QWidget, model: GridModel, look_up: LookUp) -> None:
        super().__init__(parent)
        self.rows = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self, look_up, self._key))
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
        for at, target in enumerate(self.rows.layout_.columns):
            letters = _LONG if target.is_long else _DATED if target.is_dated else _SHORT
            label = self.horizontalHeader().sectionSizeHint(at) + 8
            self.setColumnWidth(at, max(letters * em(self), label))

    @property
    def line(self) -> CellLine | None:
        """Answer with the line that is typed into."""
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, CellLine) and self.isAncestorOf(focus) else None

    def settle(self) -> None:
        """Take over what is typed in the cell that is open, and close it."""
        line = self.line
        if line is not None:
            self.commitData(line)
            self.closeEditor(line, QStyledItemDelegate.EndEditHint.NoHint)

    def go(self, row: int, column: int) -> None:
        """Go to a cell and type into it."""
        self.settle()
        index = self.rows.index(
            min(max(row, 0), self.rows.rowCount() - 1), min(max(column, 0), self.rows.columnCount() - 1)
        )
        self.setFocus()
        if index == self.currentIndex():
            self.edit(index)
        else:
            self.setCurrentIndex(index)

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "rows"):
            self.fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt tells: another cell is the current one."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.went_on.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells of a key where no cell is open."""
        if not _is_ours(event) or not self._key(event):
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
            case Qt.Key.Key_F4 if line is not None:
                line.look()
            case Qt.Key.Key_D | Qt.Key.Key_F8:
                self.repeat_above()
            case Qt.Key.Key_Delete:
                self.wanted.emit("remove")
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
            self.rows.repeat(row, column)
            last = column + 1 >= self.rows.columnCount()
            self.go(row + last, 0 if last else column + 1)

    def _paste(self) -> bool:
        """Ask for a table to be taken from the clipboard; a few words are pasted into the line."""
        text = QApplication.clipboard().text().rstrip("\r\n")
        if "\t" not in text and "\n" not in text:
            return False
        self.wanted.emit("paste")
        return True


def _is_ours(event: QKeyEvent) -> bool:
    """Tell whether a key may mean more than letters here."""
    key, control = event.key(), bool(event.modifiers() & _CONTROL)
    if event.modifiers() & (_SHIFT | Qt.KeyboardModifier.AltModifier):
        return False
    plain = (*_ENTER, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F4, Qt.Key.Key_F8)
    if key in _ENTER or (key in plain and not control):
        return True
    return (control and key in (Qt.Key.Key_D, Qt.Key.Key_Delete)) or event.matches(
        QKeySequence.StandardKey.Paste
    )
