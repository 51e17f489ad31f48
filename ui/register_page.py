"""A register: its list, what is looked for in it, and one record beside it."""

from array import array
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ojr_desk.moments import Month
from ojr_desk.register import Register
from ojr_desk.text import _
from ui.beside import Beside
from ui.buttons import button
from ui.office import Office
from ui.page import Page
from ui.record_columns import rows, shown_columns
from ui.record_panel import RecordPanel
from ui.record_table import RecordTable
from ui.search_bar import SearchBar, Sought
from ui.style import em

#: A page narrower than so many letters shows the list or the form, not both.
_BOTH = 56
#: The form's share of the page.
_FORM_LETTERS = 27


def ids(desk: Any, code: str, sought: Sought) -> "array[int]":
    """List at the desk the row numbers of what is looked for."""
    from ojr_desk.store.query import Query  # noqa: PLC0415 - it is loaded with the desk; the form must not wait

    found: array[int] = desk.registers.ids(code, Query(sought.words, sought.month))
    return found


class RegisterPage(Page):
    """The list of one register on the left, the form on the right; on a narrow page one of them."""

    def __init__(
        self,
        parent: QWidget,
        office: Office,
        register: Register,
        beside: Callable[[QWidget, Office], Beside] | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self.register = office, register
        self._ticket = 0
        self._stale = True
        self._columns = shown_columns(register)
        self._left = QWidget(self)
        self._list = QStackedWidget(self._left)
        self.search = SearchBar(self._left, bool(register.dated_by))
        self.table = RecordTable(self._list, self._columns)
        self.table.setAccessibleName(_(register.title))
        self.empty = QLabel(self._list)
        self.add = button(_("新登记（F2）"), self.begin, self._left, main=True)
        self.panel = RecordPanel(self, office, register, beside)
        self._lay_out()
        self.search.asked.connect(self.reload)
        self.table.opened.connect(self.open)
        self.table.records.wanted.connect(self._fetch)
        self.panel.closed.connect(self.put_away)
        office.changes.changed.connect(self._changed)
        office.informed.connect(self._informed)
        for keys, act in (
            ("F2", self.begin),
            ("F3", self._seek),
            ("F5", self.reload),
            ("Esc", self.put_away),
        ):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._informed()
        if register.through:
            self.put_away()

    @property
    def is_touched(self) -> bool:
        """Tell whether changes of a stored record would be lost."""
        return self.panel.is_touched

    def put_by(self) -> None:
        """Keep a new record that is half typed."""
        self.panel.keep_draft()

    def begin(self) -> None:
        """Begin a new record."""
        if self.add.isHidden():
            return
        self.table.clearSelection()
        self.panel.new()
        self._show_panel(True)

    def open(self, uid: str) -> None:
        """Show a stored record beside the list."""
        self.panel.open(uid)
        self._show_panel(True)

    def put_away(self) -> None:
        """Put the form away and show the whole list."""
        self._show_panel(False)
        self.table.setFocus()

    def reload(self) -> None:
        """Find anew what the search bar asks for; an answer to an older question is dropped."""
        self._stale = False
        self._ticket += 1
        ticket, sought, code = self._ticket, self.search.sought(), self.register.code
        self._office.ask(
            lambda desk: ids(desk, code, sought), lambda found: self._found(ticket, sought, found)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: there is room for list and form, or for one of them."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: larger letters need more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what changed meanwhile is read now."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _found(self, ticket: int, sought: Sought, found: "array[int]") -> None:
        if ticket != self._ticket:
            return
        self.table.show_ids(found)
        self.search.found(len(found))
        self._list.setCurrentWidget(self.table if len(found) else self.empty)
        looking = bool(sought.words or sought.month)
        if looking:
            self.empty.setText(_("没有找到。换个字词，或者把月份改成“全部月份”再试。"))
        elif self.register.through:
            self.empty.setText(_("还没有记录。这里的记录由程序在办理、更正时登记。"))
        else:
            self.empty.setText(_("还没有记录。按 F2 或“新登记”记下第一条。"))

    def _fetch(self, page: int) -> None:
        ticket, code, columns = self._ticket, self.register.code, self._columns
        wanted = self.table.records.ids_of(page)

        def fetched(desk: Any) -> Any:
            # What was scrolled past while it waited is not read any more.
            if ticket != self._ticket or not self._is_near(page):
                return None
            found = desk.registers.page(code, wanted)
            return rows(columns, found.records, found.labels)

        def done(answer: Any) -> None:
            if ticket != self._ticket:
                return
            if answer is None:
                self.table.records.given_up(page)
                self.table.viewport().update()
            else:
                self.table.take(page, answer)

        self._office.ask(fetched, done)

    def _is_near(self, page: int) -> bool:
        """Tell whether a page is on the screen; asked on the lane, so it looks at plain numbers only."""
        return self.table.sees(page)

    def _changed(self, what: str) -> None:
        self._stale = True
        if self.isVisible() and what == self.register.code:
            self.reload()

    def _informed(self) -> None:
        facts = self._office.facts
        self.search.offer_months(Month.of(self._office.now().date()))
        self.add.setVisible(not self.register.through)
        self.table.show_centers(facts.is_superior)
        if facts.name and self.isVisible() and self._stale:
            self.reload()

    def _seek(self) -> None:
        self.search.words.setFocus()
        self.search.words.selectAll()

    def _show_panel(self, shown: bool) -> None:
        self._wants_panel = shown
        self._arrange()

    def _arrange(self) -> None:
        letter = em(self)
        both = self.width() >= _BOTH * letter
        self.panel.setVisible(self._wants_panel)
        self._left.setVisible(both or not self._wants_panel)
        self.panel.setMaximumWidth(_FORM_LETTERS * letter if both else 16_777_215)
        self.panel.setMinimumWidth(_FORM_LETTERS * letter if both else 0)

    def _lay_out(self) -> None:
        self._wants_panel = True
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self._list.addWidget(self.table)
        self._list.addWidget(self.empty)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.add)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._list, 1)
        page = QHBoxLayout(self)
        page.setContentsMargins(10, 10, 10, 10)
        page.addWidget(self._left, 1)
        page.addWidget(self.panel)
