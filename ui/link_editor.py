"""The editor for a record of another register: typed by name, initials or last digits, chosen from offers."""

from functools import cached_property
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QToolButton, QWidget

from ojr_desk.text import _
from ui.editor import Editor, LookUp, Offer
from ui.tall import TallItems

#: How long typing rests before it is looked up, in milliseconds.
_REST = 120
_OFFER = Qt.ItemDataRole.UserRole + 1


class LinkEditor(Editor):
    """A line that offers records while it is typed into; what is not chosen is handed on as typed."""

    def __init__(self, parent: QWidget, register: str, look_up: LookUp, hint: str) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        opener = QToolButton(self)
        opener.setObjectName("open")
        opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        opener.setAccessibleName(_("列出可选的"))
        self.hold(self.line, opener)
        self._register, self._look_up = register, look_up
        self._uid = ""
        self._ticket = 0
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._timer.timeout.connect(lambda: self._ask(self.line.text()))
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self._typed)
        opener.clicked.connect(self._list)

    def value(self) -> Any:
        """Answer with the key of the record chosen, else the words typed."""
        return self._uid or self.line.text()

    def words(self) -> str:
        """Answer with the name that stands there."""
        return self.line.text()

    def put(self, value: Any, text: str) -> None:
        """Have the record *value* stand there under its name."""
        self._uid = str(value or "")
        self._ticket += 1
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def lock(self, locked: bool) -> None:
        """Let the name be copied but not changed."""
        self.line.setReadOnly(locked)
        for button in self.beside:
            button.setEnabled(not locked)

    @cached_property
    def _model(self) -> QStandardItemModel:
        return QStandardItemModel(self)

    @cached_property
    def _offers(self) -> QCompleter:
        """The list of offers, made when somebody first types: most forms are never typed into."""
        offers = _popup(self._model, self.line)
        offers.activated[QModelIndex].connect(self._chosen)  # type: ignore[index] # the stubs lack overloads
        return offers

    def _typed(self) -> None:
        self._uid = ""
        self._timer.start()
        self.typed.emit()

    def _list(self) -> None:
        self.line.setFocus()
        self._ask("" if self._uid else self.line.text())

    def _ask(self, typed: str) -> None:
        self._ticket += 1
        ticket = self._ticket
        self._look_up(self._register, typed.strip(), lambda offers: self._show(ticket, typed, offers))

    def _show(self, ticket: int, typed: str, offers: list[Offer]) -> None:
        """Offer what was found, unless something else has been asked since."""
        if ticket != self._ticket or not self.line.hasFocus():
            return
        self._model.clear()
        for offer in offers:
            item = QStandardItem("　".join(part for part in (offer.name, offer.note) if part))
            item.setData(offer, _OFFER)
            self._model.appendRow(item)
        if not offers:
            self._offers.popup().hide()
            return
        self._offers.complete()
        popup = self._offers.popup()
        # A name with its telephone may be longer than the line it is typed into.
        popup.setMinimumWidth(min(popup.sizeHintForColumn(0) + 32, 600))
        # Latin letters and digits can only mean somebody known; Chinese may be a new name.
        if typed and typed.isascii():
            self._offers.popup().setCurrentIndex(self._model.index(0, 0))

    def _chosen(self, index: QModelIndex) -> None:
        offer: Offer = index.data(_OFFER)
        self.put(offer.uid, offer.name)
        self.typed.emit()


def _popup(model: QStandardItemModel, line: QLineEdit) -> QCompleter:
    offers = QCompleter(model, line)
    offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    offers.setMaxVisibleItems(8)
    view = QListView()
    view.setObjectName("offers")
    offers.setPopup(view)
    view.setItemDelegate(TallItems(view))
    # The line must not ask by itself: what it would show belongs to what was typed before.
    offers.setWidget(line)
    return offers
