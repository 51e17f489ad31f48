"""What is there before the office is open: today's page and the counter, so that nobody has to wait."""

from functools import partial

from PySide6.QtWidgets import QWidget

from ojr_desk.registers.intake import CHANNELS
from ojr_desk.text import _
from ui.office import Office
from ui.page import Act
from ui.reception.page import KEYS
from ui.reception.page import entries as at_the_counter
from ui.register_page import RegisterPage
from ui.side_menu import Entry
from ui.today_page import TodayPage
from ui.window import Window


def entries(office: Office) -> list[Entry]:
    """List the lines of the menu that are there first."""

    def today(parent: QWidget) -> TodayPage:
        return TodayPage(parent, office)

    return [Entry("today", _("今日"), "", today), *at_the_counter(office)]


#: The page on which a room is booked, and its key.
BOOKING, BOOKING_KEY = "booking", "F5"


def acts(window: Window) -> list[Act]:
    """List what the keys do on every page: begin a record at the counter, or the booking of a room, if it is kept."""
    there = {entry.key for entry in window.entries}
    keys = [(key, _(CHANNELS[each]), each) for each, key in KEYS.items()]
    return [
        Act(key, words, partial(begin, window, page))
        for key, words, page in (*keys, (BOOKING_KEY, _("订场地"), BOOKING))
        if page in there
    ]


def begin(window: Window, key: str) -> None:
    """Begin a new record on the page *key*, where it is kept."""
    if any(entry.key == key for entry in window.entries):
        page = window.go(key)
        assert isinstance(page, RegisterPage)
        page.begin()
