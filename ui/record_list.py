"""The list of a register's records, and what is looked for in it."""

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from ojr_desk.moments import Month
from ojr_desk.store.query import Query
from ojr_desk.text import N_, _, listed
from ui.buttons import button
from ui.changes import Changes
from ui.office import Office
from ui.record_columns import Row, rows
from ui.record_model import PAGE
from ui.record_table import RecordTable
from ui.remarks import any_remarks, remarks_on
from ui.search_bar import SearchBar
from ui.view import View

#: So many are shown before the rest is counted; whole pages, and more than a screen holds.
_FIRST = 2 * PAGE


class RecordList(QWidget):
    """A table under a search bar. `wanted` asks for a new record, `opened` for one of the list."""

    wanted = Signal()
    opened = Signal(str)

    def __init__(self, parent: QWidget, office: Office, view: View) -> None:
        super().__init__(parent)
        self._office, self.view, self.register = office, view, view.register
        self._ticket = 0
        self._stale, self._is_opening = True, False
        self._columns = view.shown
        self.only, self.live = view.only, False
        self.search = SearchBar(self, bool(self.register.dated_by))
        self._leaves = QStackedWidget(self)
        head = view.sign.head if view.sign else _("批注")
        self.table = RecordTable(self._leaves, self._columns, head, many=view.many)
        self.table.setAccessibleName(view.title)
        self.empty = QLabel(self._leaves)
        self.add = button(_("新登记（F6）"), self.wanted.emit, self, main=True)
        self.add.setVisible(view.adds)
        self.backlog = button(_("补录、导入…"), self._open_backlog, self)
        self.backlog.setVisible(view.adds)
        self._lay_out()
        self.search.asked.connect(self.reload)
        self.search.left.connect(self._go_to_first)
        self.table.opened.connect(self.opened)
        self.table.records.wanted.connect(self._fetch)
        office.changes.changed.connect(self._changed)
        office.informed.connect(self._informed)
        self._informed()

    def reload(self) -> None:
        """Find anew what the search bar asks for; an answer to an older question is dropped."""
        self._stale = False
        self._ticket += 1
        ticket, sought, code = self._ticket, self.search.sought(), self.register.code
        facts = self._office.facts
        # A village holds no records but its own: to look at whose they are would only cost time.
        center = facts.center if facts.is_superior and not self.view.everywhere else ""
        query = Query(sought.words, sought.month, center, self.only, self.live, self.view.by)

        def first(desk: Any) -> tuple["array[int]", list[Row], bool]:
            found = desk.registers.ids(code, query, _FIRST)
            return found, self._rows(desk, list(found[:PAGE])), any_remarks(desk, code)

        def done(answer: tuple["array[int]", list[Row], bool]) -> None:
            if ticket == self._ticket:
                self.table.show_sign(self.view.sign is not None or answer[2])
                self._found(ticket, query, *answer[:2])

        self._office.ask(first, done)

    def seek(self) -> None:
        """Put the cursor where one says what is looked for."""
        self.search.words.setFocus()
        self.search.words.selectAll()

    def _go_to_first(self) -> None:
        """Put the keys into the list, on its first record: Enter opens it."""
        if self.table.records.rowCount():
            self.table.setFocus()
            self.table.selectRow(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what changed meanwhile is read now."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _found(self, ticket: int, query: Query, found: "array[int]", first: list[Row]) -> None:
        """Show the first that were found; the others are counted once these are seen."""
        if ticket != self._ticket:
            return
        self.table.show_ids(found)
        if first:
            self.table.take(0, first)
        if len(found) < _FIRST:
            self.search.found(len(found))
        else:
            self._ask_rest(ticket, query)
        self._leaves.setCurrentWidget(self.table if len(found) else self.empty)
        if query.words or query.month:
            self.empty.setText(_("没有找到。换个字词，或者把月份改成“全部月份”再试。"))
        elif self.view.everywhere:
            self.empty.setText(_("还没有记录。收下村社的月报，这里就有了。"))
        elif self.register.through:
            self.empty.setText(_("还没有记录。这里的记录由程序在办理、更正时登记。"))
        else:
            self.empty.setText(_("还没有记录。按 {key} 记下第一条。").format(key=self.view.begins))

    def _ask_rest(self, ticket: int, query: Query) -> None:
        code = self.register.code

        def rest(desk: Any) -> "array[int] | None":
            return desk.registers.ids(code, query) if ticket == self._ticket else None

        def done(found: "array[int] | None") -> None:
            if found is not None and ticket == self._ticket:
                self.table.grow_ids(found)
                self.search.found(len(found))

        self._office.ask(rest, done)

    def _rows(self, desk: Any, wanted: Sequence[int]) -> list[Row]:
        """Read at the desk what the list shows of some records."""
        found = desk.registers.page(self.register.code, wanted)
        told = rows(self._columns, found.records, found.labels)
        nothing = [("", "")] * len(told)
        signs = self.view.sign.tell(desk, found.records) if self.view.sign else nothing
        remarks = remarks_on(desk, [row.uid for row in told])
        return [
            _signed(row, words, tone, row.uid in remarks)
            for row, (words, tone) in zip(told, signs, strict=True)
        ]

    def _fetch(self, page: int) -> None:
        ticket, wanted = self._ticket, self.table.records.ids_of(page)

        def fetched(desk: Any) -> list[Row] | None:
            # What was scrolled past while it waited is not read any more.
            if ticket != self._ticket or not self.table.sees(page):
                return None
            return self._rows(desk, wanted)

        def done(answer: list[Row] | None) -> None:
            if ticket != self._ticket:
                return
            if answer is None:
                self.table.records.given_up(page)
                self.table.viewport().update()
            else:
                self.table.take(page, answer)

        self._office.ask(fetched, done)

    def _changed(self, what: str) -> None:
        self._stale = True
        if self.isVisible() and what in (self.register.code, Changes.EVERYTHING):
            self.reload()

    def _informed(self) -> None:
        self.search.offer_months(Month.of(self._office.now().date()))
        self.table.show_centers(self.view.everywhere)

    def _open_backlog(self) -> None:
        """Open the window for what was kept before, once its modules are loaded; twice asked it opens once."""
        if not self._is_opening:
            self._is_opening = True
            self._office.draw(_load_backlog, self._backlog_loaded)

    def _backlog_loaded(self, opening: Callable[[Office, View], object]) -> None:
        self._is_opening = False
        opening(self._office, self.view)

    def _lay_out(self) -> None:
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self._leaves.addWidget(self.table)
        self._leaves.addWidget(self.empty)
        self.search.add(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self._leaves, 1)
        # Below: at the counter there is room for what is sought and little else.
        column.addWidget(self.backlog, 0, Qt.AlignmentFlag.AlignLeft)


def _signed(row: Row, words: str, tone: str, is_remarked: bool) -> Row:
    """Put before a row how it stands, and that somebody else wrote to it."""
    told = listed((_("批注") if is_remarked else "", words), N_("·"))
    return row._replace(texts=(told, *row.texts), tone=tone or ("mark" if is_remarked else ""))


def _load_backlog() -> Callable[[Office, View], object]:
    from ui.backlog.dialog import open_backlog  # noqa: PLC0415 - it loads the readers of workbooks

    return open_backlog
