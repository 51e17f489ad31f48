"""Which pages there are besides the registers, and the whole menu."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ojr_desk.register import GROUPS
from ojr_desk.text import N_, _
from ui.backup_page import BackupPage
from ui.book_page import BookPage
from ui.menu import register_entries
from ui.month_page import MonthPage
from ui.office import Office
from ui.page import Page
from ui.receive_page import ReceivePage
from ui.settings_page import SettingsPage
from ui.window import Entry


@dataclass(frozen=True)
class Leaf:
    """One page that is no register: its key, its words, its group and its class."""

    key: str
    title: str
    group: str
    build: Callable[[QWidget, Office], Page]


PAGES = (
    Leaf("books", N_("本子"), "month", BookPage),
    Leaf("months", N_("月末结账"), "month", MonthPage),
    Leaf("receive", N_("接收"), "month", ReceivePage),
    Leaf("backups", N_("备份"), "month", BackupPage),
    Leaf("settings", N_("启用与放假"), "settings", SettingsPage),
)


def entries(office: Office) -> list[Entry]:
    """List every line of the menu, group by group."""
    lines = [*register_entries(office), *(_entry(office, page) for page in PAGES)]
    order = [_(title) for title in GROUPS.values()]
    return sorted(lines, key=lambda line: order.index(line.group))


def _entry(office: Office, page: Leaf) -> Entry:
    return Entry(page.key, _(page.title), _(GROUPS[page.group]), lambda parent: page.build(parent, office))
