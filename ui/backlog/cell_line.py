"""The line in one cell of the grid: what it offers, and the keys that it leaves to the grid."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ojr_desk.exchange.old_book_headings import Target
from ojr_desk.register import Choice, Flag, Link
from ojr_desk.rules.pinyin import initials
from ojr_desk.text import _
from ui.backlog.layout import Cell
from ui.backlog.model import GridModel
from ui.editor import LookUp, Offer
from ui.here import here
from ui.offer_list import OfferList
from ui.style import CHOSEN, FAINT, INK

Index = QModelIndex | QPersistentModelIndex
#: How long typing rests before it is looked up, in milliseconds.
_REST = 120
_MOST = 30
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_INK, _FAINT, _CHOSEN = QColor(INK), QColor(FAINT), QColor(CHOSEN)
_SIDE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
#: Pixels between a cell's edge and its text.
_EDGE = 8


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

    def __init__(
        self,
        parent: QObject,
        look_up: LookUp,
        key: Callable[[QKeyEvent], bool],
        typed: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._look_up, self._key, self._typed = look_up, key, typed

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
        place = QPersistentModelIndex(index)
        line.took.connect(lambda cell: model.setData(place, cell) if place.isValid() else None)
        line.textEdited.connect(lambda _text: self._typed())
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
        """Qt asks: plain text and its ground, several times as fast as what can also paint icons and ticks."""
        state: Any = option
        rect: QRect = state.rect
        model = index.model()
        assert isinstance(model, GridModel)
        row, name = model.rows[index.row()], model.layout_.columns[index.column()].name
        ground = model.ground(row, name)
        if ground is None and state.state & QStyle.StateFlag.State_Selected:
            ground = _CHOSEN
        if ground is not None:
            painter.fillRect(rect, ground)
        if text := model.shown(index.row(), name):
            inside = rect.adjusted(_EDGE, 0, -_EDGE, 0)
            painter.setPen(_INK if name in row.cells else _FAINT)
            elided = state.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, _SIDE, elided)

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
            if is_ours(event):
                event.accept()
                return event.type() == QEvent.Type.ShortcutOverride or self._key(event)
        return super().eventFilter(watched, event)


def is_ours(event: QKeyEvent) -> bool:
    """Tell whether a key may mean more than letters here."""
    key, control = event.key(), bool(event.modifiers() & _CONTROL)
    if event.modifiers() & (_SHIFT | Qt.KeyboardModifier.AltModifier):
        return False
    functions = (Qt.Key.Key_F4, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8)
    plain = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape, *functions)
    if key in _ENTER or (key in plain and not control):
        return True
    return (control and key in (Qt.Key.Key_D, Qt.Key.Key_Delete)) or event.matches(
        QKeySequence.StandardKey.Paste
    )
