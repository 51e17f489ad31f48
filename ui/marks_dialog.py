"""上级批注: what the superior found in a month that was returned, each with the way to it and its answer."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout

from ojr_desk.moments import Month
from ojr_desk.problems import UserError
from ojr_desk.text import _
from ui.asking import Asking
from ui.buttons import button, row
from ui.changes import Changes
from ui.front import front, present
from ui.here import here
from ui.notice import Notice
from ui.office import Office
from ui.plain_table import PlainTable


class MarksDialog(QDialog):
    """The marks of one month in a table; what may be done about the chosen one below it."""

    def __init__(self, office: Office, month: Month) -> None:
        super().__init__(front())
        self._office, self._month = office, month
        self._found: Sequence[Any] = ()
        self.setWindowTitle(_("{month}的上级批注").format(month=month.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        self.table = PlainTable(_("上级批注"), [_("编号"), _("栏目"), _("期限"), _("状态"), _("批注")])
        self.whole = QLabel(self)
        self.whole.setWordWrap(True)
        self.whole.setTextFormat(Qt.TextFormat.PlainText)
        self.go = button(_("去改"), self._go, self, main=True)
        self.handle = button(_("已处理（说明）…"), self._ask, self)
        self.table.itemSelectionChanged.connect(self._chosen)
        self._lay_out()
        self._reload()

    @property
    def chosen(self) -> Any:
        """The mark that is chosen."""
        place = self.table.currentRow()
        return self._found[place] if 0 <= place < len(self._found) else None

    def answer(self, said: str) -> None:
        """Say what was done about the chosen mark."""
        uid = self.chosen.mark.uid

        def done(_marked: object) -> None:
            self.notice.tell(_("已记下，随新版月报报给上级。"))
            self._reload()
            self._office.changes.changed.emit(Changes.EVERYTHING)

        def refused(error: UserError) -> None:
            self.notice.refuse(error.message)

        self._office.ask(lambda desk: desk.marks_in.handle(uid, said), here(self, done), here(self, refused))

    def _reload(self) -> None:
        month = self._month
        self._office.ask(lambda desk: desk.marks_in.all(month), here(self, self._show))

    def _show(self, found: Sequence[Any]) -> None:
        self._found = found
        self.table.show_rows([_texts(each) for each in found])

    def _chosen(self) -> None:
        chosen = self.chosen
        self.whole.setText(chosen.mark.what if chosen is not None else "")
        self.go.setEnabled(chosen is not None and bool(chosen.mark.record))
        self.handle.setEnabled(chosen is not None and chosen.state in ("open", "changed", "handled"))

    def _go(self) -> None:
        mark = self.chosen.mark
        self.close()
        self._office.wanted.emit(mark.register, mark.record)

    def _ask(self) -> None:
        question = _("怎么处理的，或者为什么不用改？上级收到新版月报时能看到。")
        present(Asking(_("已处理"), question, [_("说明")], here(self, lambda told: self.answer(told[0]))))

    def _lay_out(self) -> None:
        told = QLabel(
            _("月份结了账的，先“重新打开”再改；不打开，改动就另开更正单。都改好以后再结账、导出新版月报。"),
            self,
        )
        told.setWordWrap(True)
        told.setProperty("faint", True)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addWidget(self.table, 1)
        column.addWidget(self.whole)
        column.addWidget(self.notice)
        column.addLayout(row(self.go, self.handle, button(_("关上"), self.close, self)))
        self.resize(960, 520)
        self._chosen()


def _texts(marked: Any) -> tuple[str, ...]:
    due = marked.due_on.isoformat() if marked.due_on else ""
    mark = marked.mark
    label = mark.label or (_("整条") if mark.number else "")
    return mark.number or _("整月"), label, due, marked.state_words, mark.what
