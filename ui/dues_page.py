"""到期一览: everything with a date, the most urgent first; a line opens its record."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ojr_desk.text import _
from ui.buttons import button
from ui.files import ask_where
from ui.flow import Flow
from ui.front import present
from ui.notice import Notice
from ui.office import Office
from ui.page import Page
from ui.paper_dialog import PaperDialog
from ui.plain_table import PlainTable
from ui.style import faint


class DuesPage(Page):
    """What is due in the next weeks and what is late, of all registers."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._stale = True
        self._items: tuple[Any, ...] = ()
        self.notice = Notice(self)
        self.total = QLabel(self)
        self.table = PlainTable(
            _("到期一览"), [_("到期日"), _("还有几天"), _("要办什么"), _("是哪一件"), _("找谁"), _("编号")]
        )
        self.table.itemActivated.connect(lambda _item: self.open())
        self.see = button(_("打开"), self.open, self)
        self.print = button(_("打印…"), self.show_paper, self)
        self.excel = button(_("存成 Excel…"), self._ask_excel, self)
        self._lay_out()
        office.changes.changed.connect(lambda _what: self._changed())

    def reload(self) -> None:
        """Read the list anew."""
        self._stale = False
        self._office.ask(lambda desk: desk.dues.until(), self._show)

    def open(self) -> None:
        """Open the record of the chosen line."""
        place = self.table.currentRow()
        if 0 <= place < len(self._items):
            item = self._items[place]
            self._office.wanted.emit(item.register, item.uid)

    def show_paper(self) -> None:
        """Show the list as it is printed."""
        path = self._office.scratch / "dues.pdf"
        self._office.aside(
            _("正在排版"),
            lambda desk, _progress: desk.dues.print(path),
            lambda _printed: present(PaperDialog(self._office, _("到期一览"), path)),
            lambda error: self.notice.refuse(error.message),
        )

    def export(self, path: Path) -> None:
        """Write the list as a workbook."""
        told = _("已存到 {file}").format(file=path)
        self._office.aside(
            _("正在写 Excel"),
            lambda desk, _progress: desk.dues.export(path),
            lambda _ledger: self.notice.tell(told),
            lambda error: self.notice.refuse(error.message),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what changed meanwhile is read now."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def _ask_excel(self) -> None:
        day = self._office.now().date().isoformat()
        ask_where(self, _("存成 Excel"), _("到期一览_{day}.xlsx").format(day=day), self.export)

    def _show(self, items: tuple[Any, ...]) -> None:
        self._items = items
        late = sum(each.days < 0 for each in items)
        self.total.setText(_("共 {count} 件，其中逾期 {late} 件。").format(count=len(items), late=late))
        self.table.show_rows(
            [
                (each.day.isoformat(), each.words, each.what, each.about, each.who, each.record_no)
                for each in items
            ]
        )
        for each in (self.see, self.print, self.excel):
            each.setEnabled(bool(items))

    def _lay_out(self) -> None:
        top = Flow(across=8, down=4)
        for each in (self.see, self.print, self.excel):
            top.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(faint(_("60 天以内到期的和已经逾期的都在这里；双击一行就打开那一条。"), self))
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.total)
        column.addWidget(self.table, 1)
