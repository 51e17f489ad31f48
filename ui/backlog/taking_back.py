"""Taking a batch back as one deed, and telling what became of it: taken back, changed since, impossible."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMessageBox, QWidget

from ojr_desk.problems import UserError
from ojr_desk.text import _
from ui import errors, undone
from ui.buttons import button
from ui.changes import Changes
from ui.front import present
from ui.notice import Notice
from ui.office import Office


class TakingBack(QObject):
    """A button for the batch that was stored last; `undone` brings the numbers that were taken back."""

    undone = Signal(list)

    def __init__(self, parent: QWidget, office: Office, notice: Notice) -> None:
        super().__init__(parent)
        self._office, self.notice = office, notice
        self._offer: Any = None
        self._asks = False
        self.button = button("", self.take_back, parent)
        self.button.hide()
        QShortcut(
            QKeySequence("Ctrl+Z"),
            parent,
            self.take_back,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def offer(self, offer: Any, asks: bool = False) -> None:
        """Offer to undo a deed; None offers nothing. What was not done just now *asks* before it is undone."""
        self._offer, self._asks = offer, asks
        self.button.setText(_("撤销：{words}（Ctrl+Z）").format(words=offer.words) if offer else "")
        self.button.setVisible(offer is not None)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is offered."""
        return self._offer is None

    def take_back(self) -> None:
        """Undo what is offered, or ask first."""
        if self._offer is None or not self._asks:
            self._carry_out()
            return
        told = _("要撤销{words}吗？以后改过的、已经结账的月份里的，会留着不动。").format(
            words=self._offer.words
        )
        question = errors.box(_("撤销一批补录"), told, QMessageBox.Icon.Question)
        yes = QMessageBox.StandardButton.Yes
        question.setStandardButtons(yes | QMessageBox.StandardButton.Cancel)
        question.buttonClicked.connect(
            lambda pressed: self._carry_out() if question.standardButton(pressed) == yes else None
        )
        present(question)

    def _carry_out(self) -> None:
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
