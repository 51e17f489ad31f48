"""The list that drops from a link while one types: records that may be meant."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from ojr_desk.text import N_, listed
from ui.editor import Offer
from ui.tall import TallItems

_OFFER = Qt.ItemDataRole.UserRole + 1
_WIDEST = 600  # pixels


class OfferList(QCompleter):
    """Offers under a line; `chosen` brings the one that was taken.

    While an input method composes, nothing drops or goes: what is being composed would be lost with the focus.
    """

    chosen = Signal(object)

    def __init__(self, line: QWidget) -> None:
        self._model = QStandardItemModel(line)
        self._line, self._composing = line, False
        self._held: tuple[Sequence[Offer], bool, QRect | None] | None = None
        super().__init__(self._model, line)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(8)
        view = QListView()
        view.setObjectName("offers")
        self.setPopup(view)
        view.setItemDelegate(TallItems(view))
        # The line must not ask by itself: what it would show belongs to what was typed before.
        self.setWidget(line)
        self.activated[QModelIndex].connect(self._taken)  # type: ignore[index] # the stubs lack overloads

    def show_offers(self, offers: Sequence[Offer], prefer_first: bool, at: QRect | None = None) -> None:
        """Show *offers*, below *at* in the line or below all of it; with *prefer_first* Enter takes the first."""
        if self._composing:
            self._held = (offers, prefer_first, at)
            return
        self._model.clear()
        for offer in offers:
            item = QStandardItem(listed((offer.name, offer.note), N_("　")))
            item.setData(offer, _OFFER)
            self._model.appendRow(item)
        popup = self.popup()
        if not offers:
            popup.hide()
            return
        self.complete(at or QRect())
        # A name with its telephone may be longer than the line it is typed into.
        popup.setMinimumWidth(min(popup.sizeHintForColumn(0) + 32, _WIDEST))
        if prefer_first:
            popup.setCurrentIndex(self._model.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks: notice when an input method composes in the line."""
        if isinstance(event, QInputMethodEvent) and watched is self._line:
            self._composing = bool(event.preeditString())
            if event.commitString():
                # The line asks anew for what stands in it now.
                self._held = None
            elif not self._composing:
                QTimer.singleShot(0, self, self._show_held)
        return super().eventFilter(watched, event)

    def _show_held(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self.show_offers(*held)

    def _taken(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(_OFFER))
