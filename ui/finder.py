"""Finding in everything: what is typed above brings records of every register, each under its own page."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit

from ojr_desk.text import N_, _, listed
from ui.editor import Offer
from ui.offer_list import OfferList
from ui.office import Office

#: How long typing rests before it is looked for, in milliseconds.
_REST = 200
#: How many of each register.
_MOST = 4


class Finder(QObject):
    """Makes a line one that finds; *show* is told the register and the key of the record that is chosen."""

    def __init__(self, line: QLineEdit, office: Office, show: Callable[[str, str], object]) -> None:
        super().__init__(line)
        self._line, self._office, self._show = line, office, show
        self._ticket = 0
        self.offers = OfferList(line)
        self.offers.setMaxVisibleItems(12)
        self.offers.chosen.connect(self._chosen)
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._timer.timeout.connect(self._ask)
        line.textEdited.connect(lambda _text: self._timer.start())
        line.returnPressed.connect(self._ask)

    def _ask(self) -> None:
        self._timer.stop()
        self._ticket += 1
        ticket, typed = self._ticket, self._line.text().strip()
        if not typed:
            self.offers.popup().hide()
            return
        self._office.ask(lambda desk: _found(desk, typed), lambda found: self._offer(ticket, found))

    def _offer(self, ticket: int, found: list[Offer]) -> None:
        if ticket == self._ticket and self._line.hasFocus():
            nothing = [Offer("", _("没有找到，换个字词再试"))]
            self.offers.show_offers(found or nothing, prefer_first=bool(found))

    def _chosen(self, offer: Offer) -> None:
        register, _colon, uid = offer.uid.partition(":")
        self._line.clear()
        if uid:
            self._show(register, uid)


def _found(desk: Any, typed: str) -> list[Offer]:
    return [
        Offer(f"{hit.register}:{hit.uid}", _words(group.title, hit), hit.context)
        for group in desk.search.everything(typed, _MOST)
        for hit in group.hits
    ]


def _words(title: str, hit: Any) -> str:
    day = f"{hit.day:%Y-%m-%d}" if hit.day else ""
    return listed(dict.fromkeys((title, day, hit.record_no, hit.label)), N_("　"))
