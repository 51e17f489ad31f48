"""A pasted table before it is taken: which of its columns goes where, and which lines are left out."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QLabel, QSplitter, QVBoxLayout

from ojr_desk.exchange.old_book_headings import Target
from ojr_desk.exchange.old_book_hints import Hints, Memory
from ojr_desk.exchange.reading import ReadSheet
from ojr_desk.text import _, labelled, listed
from ui.backlog.layout import Layout
from ui.backlog.meanings import Meanings
from ui.backlog.pasted import Pasted, understand
from ui.buttons import button, row
from ui.front import front
from ui.here import here
from ui.notice import Notice
from ui.office import Office
from ui.plain_table import PlainTable

_FEW = 5
#: Rows that are shown before they are taken.
_SHOWN = 100


class PasteDialog(QDialog):
    """Shows what a table is taken for; *taken* gets it when the person agrees, and what was said of it.

    *what* is the table, the column of the grid where it begins if it has no headings, and what is known of
    such tables.
    """

    def __init__(
        self,
        office: Office,
        layout: Layout,
        what: tuple[ReadSheet, int, Memory],
        taken: Callable[[Pasted, Hints], object],
    ) -> None:
        super().__init__(front())
        self._office, self._layout, self._what, self._taken = office, layout, what, taken
        self.pasted = Pasted("", (), (), ())
        self.setWindowTitle(_("粘贴表格"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        self.meanings = Meanings(self, layout.known, _("内容举例"))
        self.meanings.said.connect(self._understand)
        self.meanings.explained.connect(self._understand)
        self._table: PlainTable | None = None
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.addWidget(self.meanings)
        self.take = button(_("放进表格"), self.accept, self, main=True)
        self._lay_out()
        self._understand()

    def accept(self) -> None:
        """Hand the table over."""
        super().accept()
        self._taken(self.pasted, self.meanings.hints())

    def _lay_out(self) -> None:
        told = QLabel(_("还没有放进去：请看每一栏记到哪里，不对的在右边改。"), self)
        told.setWordWrap(True)
        told.setProperty("faint", True)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addWidget(self.notice)
        column.addWidget(self._split, 1)
        column.addLayout(row(self.take, button(_("不要了"), self.reject, self)))
        self._split.setSizes([400, 260])
        parent = front()
        if parent is not None:
            self.resize(parent.window().size() - QSize(80, 40))

    def _understand(self) -> None:
        layout, (sheet, at, memory), said = self._layout, self._what, self.meanings.hints()
        self.take.setEnabled(False)
        self._office.draw(lambda: understand(sheet, layout, at, said, memory), here(self, self._show))

    def _show(self, pasted: Pasted) -> None:
        self.pasted = pasted
        self.meanings.show_table(pasted.headings, pasted.words)
        self._show_rows()
        self._say(pasted)
        self.take.setEnabled(bool(pasted.rows))
        if not self.meanings.isAncestorOf(self.focusWidget() or self):
            self.take.setFocus()

    def _say(self, pasted: Pasted) -> None:
        """Write what would be taken, and what not."""
        count = len(pasted.rows)
        words = [_("{count} 行可以放进表格。").format(count=count)]
        if not pasted.key:
            words.append(_("没有认出表头，按位置从左到右对应。"))
        if unknown := [each.text for each in pasted.words if each.meant is None]:
            words.append(
                _("不认识的词：{words}，请在下面选它是哪一项，下次会记得。").format(
                    words=listed(unknown, most=_FEW)
                )
            )
        if unused := [each.text for each in pasted.headings if not each.names]:
            words.append(_("没有用上的栏：{names}").format(names=listed(unused, most=_FEW)))
        if left_out := [
            labelled(_("第 {row} 行").format(row=each.number), each.why)
            for each in pasted.skipped
            if each.why != _("空行")
        ]:
            words.append(_("不放进去的行：{rows}").format(rows=listed(left_out, most=_FEW)))
        (self.notice.warn if count else self.notice.refuse)(*words)

    def _show_rows(self) -> None:
        """Show the rows as the grid would hold them."""
        targets: list[Target] = [self._layout.known[name] for name in self.pasted.names]
        table = PlainTable(_("要放进去的行"), [self._layout.label(each) for each in targets])
        table.show_rows(
            [
                [" ".join(row[each.name].text.split()) if each.name in row else "" for each in targets]
                for row in self.pasted.rows[:_SHOWN]
            ]
        )
        if self._table is None:
            self._split.addWidget(table)
        else:
            self._split.replaceWidget(1, table)
            self._table.deleteLater()
        self._table = table
