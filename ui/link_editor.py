"""The editor for a record of another register: typed by name, initials or last digits, chosen from offers."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QToolButton, QWidget

from ojr_desk.text import _
from ui.editor import LookUp, Offer
from ui.line_editors import LineEditor

#: How long typing rests before it is looked up, in milliseconds.
_REST = 120


class LinkEditor(LineEditor):
    """A line that offers records while it is typed into; what is not chosen is handed on as typed."""

    def __init__(self, parent: QWidget, register: str, look_up: LookUp, hint: str) -> None:
        super().__init__(parent, hint)
        self._register, self._look_up = register, look_up
        self._uid = ""
        self._ticket = 0
        self._offers: Any = None
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._timer.timeout.connect(lambda: self._ask(self.line.text()))

    def _buttons(self) -> tuple[QToolButton, ...]:
        return (self.opener("open", _("列出可选的"), self._list),)

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
        super().put(value, text)

    def _make_list(self) -> None:
        """Make the list of offers when somebody begins: most links are never typed into.

        Not later, for it has to hear what is being composed when an answer comes.
        """
        if self._offers is None:
            from ui.offer_list import OfferList  # noqa: PLC0415 - the first form must not wait for it

            self._offers = OfferList(self.line)
            self._offers.chosen.connect(self._chosen)

    def changed(self, *_what: object) -> None:
        """Tell that something was typed, and look soon what may be meant by it."""
        self._uid = ""
        self._make_list()
        self._timer.start()
        super().changed()

    def _list(self) -> None:
        self.line.setFocus()
        self._make_list()
        self._ask("" if self._uid else self.line.text())

    def _ask(self, typed: str) -> None:
        self._ticket += 1
        ticket = self._ticket
        self._look_up(self._register, typed.strip(), lambda offers: self._show(ticket, typed, offers))

    def _show(self, ticket: int, typed: str, offers: list[Offer]) -> None:
        """Offer what was found, unless something else has been asked since."""
        if ticket == self._ticket and self.line.hasFocus() and self._offers is not None:
            # Latin letters and digits can only mean somebody known; Chinese may be a new name.
            self._offers.show_offers(offers, bool(typed) and typed.isascii())

    def _chosen(self, offer: Offer) -> None:
        self.put(offer.uid, offer.name)
        self.typed.emit()
