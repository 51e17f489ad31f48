"""A page of pages: what is seldom needed, under one line of the menu and a list of its own."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ojr_desk.text import _
from ui.page import Act, Page
from ui.side_menu import Entry, SideMenu


class SheafPage(Page):
    """Shows one of several pages beside the list of them; each is made when it is first turned to."""

    def __init__(self, parent: QWidget, entries: Sequence[Entry]) -> None:
        super().__init__(parent)
        self._entries = {entry.key: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self.list = SideMenu(_("设置的各页"))
        self.stack = QStackedWidget(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.list.chosen.connect(self.turn)

    def turn(self, key: str) -> Page:
        """Show a page; make it if this is the first time."""
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._entries[key].build(self.stack)
            page.acts_changed.connect(self.acts_changed)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.list.list_lines([entry.line for entry in self._entries.values()], key)
        self.acts_changed.emit()
        return page

    @property
    def acts(self) -> tuple[Act, ...]:
        """List what the keys do on the page that is seen."""
        page = self.stack.currentWidget()
        return page.acts if isinstance(page, Page) else ()

    def put_by(self) -> None:
        """Keep what is half typed on any of them."""
        for page in self._pages.values():
            page.put_by()

    @property
    def is_touched(self) -> bool:
        """Tell whether anything that was typed would be lost with the window."""
        return any(page.is_touched for page in self._pages.values())

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: something must be seen."""
        super().showEvent(event)
        if self.stack.currentWidget() is None:
            self.turn(next(iter(self._entries)))
