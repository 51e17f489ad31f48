"""Taking a batch back as one deed, and telling what became of it: taken back, changed since, impossible."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ojr_desk.problems import UserError
from ojr_desk.text import _
from ui import undone
from ui.buttons import button
from ui.changes import Changes
from ui.notice import Notice
from ui.office import Office


class TakingBack(QObject):
    """A button for the batch that was stored last; `undone` brings the numbers that were taken back."""

    undone = Signal(list)

    def __init__(self, parent: QWidget, office: Office, notice: Notice) -> None:
        super().__init__(parent)
        self._office, self.notice = office, notice
        self._offer: Any = None
        self.button = button("", self.take_back, parent)
        self.button.hide()
        QShortcut(
            QKeySequence("Ctrl+Z"),
            parent,
            self.take_back,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def offer(self, offer: Any) -> None:
        """Offer to undo a deed; None offers nothing."""
        self._offer = offer
        self.button.setText(_("撤销：{words}（Ctrl+Z）").format(words=offer.words) if offer else "")
        self.button.setVisible(offer is not None)

    def take_back(self) -> None:
        """Undo what is offered, once."""
        offer, self._offer = self._offer, None
        if offer is not None:
            self.button.hide()
            self._office.labour(
                _("正在撤销"),
                lambda desk, _progress: desk.undo.take_back(offer.deed),
                partial(self._done, offer.words),
                self._refused,
            )

    def _done(self, words: str, told: Any) -> None:
        self._office.changes.changed.emit(Changes.EVERYTHING)
        self.undone.emit(list(told.back))
        # Who was registered along with a row goes with it: more records than there were rows.
        message = _("已撤销：{words}；连同一起登记的人，共撤销 {count} 条。")
        sentences = [message.format(words=words, count=len(told.back)), *undone.left(told)]
        (self.notice.warn if told.changed or told.impossible else self.notice.tell)(*sentences)

    def _refused(self, error: UserError) -> None:
        self.notice.refuse(error.message)
