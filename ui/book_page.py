"""The printed books: looked at page by page, printed, kept as PDF."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.moments import Month
from ojr_desk.problems import Cancelled, UserError
from ojr_desk.progress import Progress
from ojr_desk.register import Audience
from ojr_desk.text import N_, _
from ui.buttons import button
from ui.files import ask_where
from ui.flow import Flow
from ui.months import MonthBox
from ui.notice import Notice
from ui.office import Office
from ui.page import Page
from ui.paper import ask_print, ask_save
from ui.sheet_view import SheetView
from ui.side_menu import Line, SideMenu
from ui.tall import TallItems

_AUDIENCES = {Audience.PAPER: N_("存档用"), Audience.NOTICE: N_("公示用（不含个人信息）")}


class BookPage(Page):
    """One book of one month, for one audience, as it will lie on paper."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._ticket = 0
        self._stale = True
        self.path: Path | None = None
        self.code = self.title = ""
        self._titles: list[tuple[str, str]] = []
        self.books = SideMenu(_("本子"), letters=9)
        self.audiences = _box(_("给谁看"))
        month = Month.of(office.now().date())
        self.months = MonthBox(month, month)
        for audience, words in _AUDIENCES.items():
            self.audiences.addItem(_(words), audience)
        self.facts = QLabel()
        self.notice = Notice()
        self.view = SheetView(office)
        self.print = button(_("打印…"), self._print, main=True)
        self.keep = button(_("存成 PDF…"), self._save)
        self.excel = button(_("存成 Excel…"), self._ask_excel)
        self._lay_out()
        self.view.clear()
        for box in (self.months, self.audiences):
            box.activated.connect(lambda _place: self.reload())
        self.books.chosen.connect(self.choose)
        office.changes.changed.connect(lambda _what: self._changed())
        office.ask(_books, self._offer)

    def reload(self) -> None:
        """Bind what is chosen and show it; an answer to an older choice is dropped."""
        code = self.code
        if not code:
            return
        self._stale = False
        self._ticket += 1
        ticket, month, audience = self._ticket, self.months.month, Audience(self.audiences.currentData())
        name = f"{self.title}_{month.compact}.pdf"
        path = self._office.scratch / f"{ticket}" / name

        def work(desk: Any, progress: Progress) -> tuple[Path, Any, Any]:
            path.parent.mkdir(parents=True, exist_ok=True)
            return path, *desk.books.print(code, month, path, audience, progress)

        self._enable(False)
        title = _("正在排版《{book}》").format(book=self.title)
        self._office.aside(title, work, lambda answer: self._show(ticket, *answer), self._failed)

    def choose(self, code: str) -> None:
        """Show another book."""
        self.code = code
        self.title = next(title for each, title in self._titles if each == code)
        self.books.list_lines([Line(each, title) for each, title in self._titles], code)
        self.reload()

    def export(self, path: Path) -> None:
        """Write what is shown as a workbook."""
        code, month, audience = self.code, self.months.month, Audience(self.audiences.currentData())
        told = _("已存到 {file}").format(file=path)
        self._office.aside(
            _("正在写 Excel"),
            lambda desk, progress: desk.books.export(code, month, path, audience, progress),
            lambda _ledger: self.notice.tell(told),
            lambda error: self.notice.refuse(error.message),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what changed meanwhile is bound anew."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _offer(self, books: list[tuple[str, str]]) -> None:
        self._titles = books
        if books:
            self.choose(self.code if self.code in dict(books) else books[0][0])
        else:
            self._enable(False)
            self.notice.warn(_("还没有启用有本子的台账，请到“设置”里启用。"))

    def _ask_excel(self) -> None:
        name = f"{self.title}_{self.months.month.compact}.xlsx"
        ask_where(self, _("存成 Excel"), name, self.export)

    def _show(self, ticket: int, path: Path, ledger: Any, printed: Any) -> None:
        if ticket != self._ticket:
            return
        self.path = path
        self._enable(True)
        told = _("{rows} 条，{pages} 页　校验码 {code}")
        self.facts.setText(told.format(rows=len(ledger.rows), pages=printed.pages, code=ledger.code))
        self.view.show_file(path)

    def _failed(self, error: UserError) -> None:
        self.view.clear()
        self.facts.setText("")
        if isinstance(error, Cancelled):
            self.notice.warn(_("已停止排版，没有写出文件。重新选一下就会再排。"))
        else:
            self.notice.refuse(error.message)

    def _enable(self, ready: bool) -> None:
        self.print.setEnabled(ready)
        self.keep.setEnabled(ready)
        self.excel.setEnabled(ready)
        if ready:
            self.notice.clear()

    def _changed(self) -> None:
        self._stale = True

    def _print(self) -> None:
        if self.path is not None:
            ask_print(self._office, self, self.path, self.view.pages, self.notice)

    def _save(self) -> None:
        if self.path is not None:
            ask_save(self._office, self, self.path, self.notice.tell)

    def _lay_out(self) -> None:
        top = Flow(across=8, down=4)
        for each in (self.months, self.audiences, self.print, self.keep, self.excel):
            top.addWidget(each)
        self.facts.setProperty("faint", True)
        column = QVBoxLayout()
        column.setContentsMargins(10, 10, 10, 10)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.view, 1)
        column.addWidget(self.facts)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self.books)
        both.addLayout(column, 1)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setItemDelegate(TallItems(box))
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _books(desk: Any) -> list[tuple[str, str]]:
    return [(book.code, _(book.title)) for _register, book in desk.books.all()]
