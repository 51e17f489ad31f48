"""What can be done on every page: find in everything, go to what was found, undo the last deed."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from ojr_desk.problems import UserError
from ojr_desk.text import _
from ui import undone
from ui.beginning import BOOKING, begin
from ui.changes import Changes
from ui.finder import Finder
from ui.menu import OF_ALL, place_of
from ui.office import Office
from ui.reception.page import KEYS
from ui.register_page import RegisterPage
from ui.window import Window


def attend(window: Window, office: Office) -> None:
    """Have *window* do what it does on every page."""
    office.wanted.connect(partial(show, window))
    Finder(window.top.search, office, office.wanted.emit)
    Undoing(window, office)


def show(window: Window, register: str, uid: str) -> None:
    """Show a record on the page where it lives; without a register, the page *uid*."""
    if not register:
        if uid in KEYS or uid == BOOKING:
            begin(window, uid)
        else:
            window.go(uid)
        return
    key = register if register.startswith(OF_ALL) else place_of(register)
    if key not in {each.key for each in window.entries}:
        window.notice.warn(_("这条记录没有自己的页面：请到它所属的事项里看。"))
        return
    page = window.go(key)
    assert isinstance(page, RegisterPage)
    page.open(uid)


class Undoing(QObject):
    """Offers at the foot of the window to take the last deed back, and takes it back."""

    def __init__(self, window: Window, office: Office) -> None:
        super().__init__(window)
        self._window, self._office = window, office
        self._offer: Any = None
        office.changes.changed.connect(lambda _what: self._look())
        office.informed.connect(self._look)
        window.undo_wanted.connect(self.take_back)
        window.again_wanted.connect(self.do_again)
        self._look()

    def take_back(self) -> None:
        """Undo what is offered, once."""
        offer, self._offer = self._offer, None
        if offer is not None:
            self._window.offer_undo("")
            told = _("已撤销：{words}").format(words=offer.words)
            self._office.labour(
                _("正在撤销"),
                lambda desk, _progress: desk.undo.take_back(offer.deed),
                partial(self._done, told),
                self._refused,
            )

    def do_again(self) -> None:
        """Do again what has just been undone."""

        def work(desk: Any) -> tuple[str, Any] | None:
            offer = desk.undo.again()
            return (offer.words, desk.undo.take_back(offer.deed)) if offer else None

        def done(answer: tuple[str, Any] | None) -> None:
            if answer:
                self._done(_("已恢复：{words}").format(words=answer[0]), answer[1])

        self._office.ask(work, done, self._refused)

    def _look(self) -> None:
        self._office.ask(lambda desk: desk.undo.last(), self._show)

    def _show(self, offer: Any) -> None:
        self._offer = offer
        self._window.offer_undo(offer.words if offer else "")

    def _done(self, what: str, told: Any) -> None:
        self._office.changes.changed.emit(Changes.EVERYTHING)
        self._window.notice.tell(what, *undone.left(told))

    def _refused(self, error: UserError) -> None:
        self._window.notice.refuse(error.message)
        self._look()
