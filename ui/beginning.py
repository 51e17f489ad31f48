"""What is there before the office is open: today's page and the counter, so that nobody has to wait."""

from functools import partial

from PySide6.QtWidgets import QWidget

from ojr_desk.registers.intake import CHANNELS
from ojr_desk.text import _
from ui.office import Office
from ui.page import Act
from ui.reception.page import KEYS, ReceptionPage
from ui.reception.page import entries as at_the_counter
from ui.side_menu import Entry
from ui.today_page import TodayPage
from ui.window import Window


def entries(office: Office) -> list[Entry]:
    """List the lines of the menu that are there first."""

    def today(parent: QWidget) -> TodayPage:
        return TodayPage(parent, office)

    return [Entry("today", _("今日"), "", today), *at_the_counter(office)]


def acts(window: Window) -> list[Act]:
    """List what the keys do on every page: begin a record at the counter."""
    return [Act(key, _(CHANNELS[each]), partial(begin, window, each)) for each, key in KEYS.items()]


def begin(window: Window, channel: str) -> None:
    """Begin a new record at the counter, where it is kept."""
    if any(entry.key == channel for entry in window.entries):
        page = window.go(channel)
        assert isinstance(page, ReceptionPage)
        page.begin()
