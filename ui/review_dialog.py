"""审核: the same checks as in the village run again, what a newer revision says otherwise, and what was marked."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QTabWidget, QVBoxLayout, QWidget

from ojr_desk.problems import UserError
from ojr_desk.text import _
from ui.buttons import button, row
from ui.changes import Changes
from ui.findings_view import FindingsView
from ui.front import front
from ui.here import here
from ui.mark_lines import MarkLines
from ui.notice import Notice
from ui.office import Office
from ui.plain_table import PlainTable


class ReviewDialog(QDialog):
    """One report: its findings, each of which becomes a mark by one click; the changes; the marks.

    *accept* and *give_back* do what the buttons say, once the dialog is closed.
    """

    def __init__(
        self, office: Office, review: Any, accept: Callable[[], object], give_back: Callable[[], object]
    ) -> None:
        super().__init__(front())
        self._office, self._review = office, review
        self._accept, self._give_back = accept, give_back
        self.setWindowTitle(
            _("审核 {name} {month} 第{n}版").format(
                name=review.name, month=review.month.title, n=review.revision
            )
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        self.findings = FindingsView(self, office, lambda: None, self.mark, self._go)
        heads = [_("改了什么"), _("编号"), _("栏目"), _("原来"), _("现在")]
        self.changes = PlainTable(_("和上一版比"), heads)
        self.changes.itemSelectionChanged.connect(self._chosen)
        self.whole = QLabel(self)
        self.whole.setWordWrap(True)
        self.whole.setTextFormat(Qt.TextFormat.PlainText)
        self.marks = MarkLines(self, self._remove)
        against = QWidget()
        column = QVBoxLayout(against)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.changes, 1)
        column.addWidget(self.whole)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.findings, "")
        self.tabs.addTab(against, "")
        self.tabs.addTab(self.marks, "")
        self._lay_out()
        self._show(review)

    def mark(self, finding: Any) -> None:
        """Make a mark of a finding."""
        from ojr_desk.desk.review import as_draft  # noqa: PLC0415 - it is loaded with the desk

        center, month = self._review.center, self._review.month
        self._act(
            lambda desk: desk.marks_out.add(center, month, as_draft(finding)),
            _("已转为批注，退回时一起发给村里。"),
        )

    def _remove(self, uid: str) -> None:
        self._act(lambda desk: desk.marks_out.remove(uid), _("已删去。"))

    def _act(self, work: Callable[[Any], object], told: str) -> None:
        center, month = self._review.center, self._review.month

        def acted(desk: Any) -> Any:
            work(desk)
            return desk.reviews.of(center, month)

        def done(review: Any) -> None:
            self.notice.tell(told)
            self._show(review)
            self._office.changes.changed.emit(Changes.MONTHS)

        self._office.ask(acted, here(self, done), here(self, self._refused))

    def _refused(self, error: UserError) -> None:
        self.notice.refuse(error.message)

    def _go(self, register: str, uid: str) -> None:
        """Go to a record of the village, or to a page; the dialog makes way."""
        self.close()
        self._office.wanted.emit(f"all_{register}" if register else "", uid)

    def _chosen(self) -> None:
        """Show whole what stood and stands in the cell that is chosen."""
        place = self.changes.currentRow()
        items = [self.changes.item(place, at) for at in (2, 3, 4)]
        column, was, now = (item.text() if item is not None else "" for item in items)
        told = _("{label}：“{was}”→“{is_}”").format(label=column, was=was, is_=now) if was else now
        self.whole.setText(told if column else "")

    def _decide(self, what: Callable[[], object]) -> None:
        self.close()
        what()

    def _show(self, review: Any) -> None:
        self._review = review
        doubts = sum(each.light != "green" for each in review.findings)
        waiting = sum(each.state in ("draft", "sent") for each in review.marks)
        self.findings.show_findings(review.findings)
        self.changes.show_rows([line for each in review.revised for line in _lines(each)])
        self.marks.show_marks(review.marks)
        self.tabs.setTabText(0, _("检查结果（{n} 处要看）").format(n=doubts))
        self.tabs.setTabText(1, _("和上一版比（{n} 条）").format(n=len(review.revised)))
        words = _("批注（{n} 处，{waiting} 处没改）")
        self.tabs.setTabText(2, words.format(n=len(review.marks), waiting=waiting))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addWidget(self.tabs, 1)
        column.addLayout(
            row(
                button(_("通过…"), lambda: self._decide(self._accept), self, main=True),
                button(_("退回…"), lambda: self._decide(self._give_back), self),
                button(_("关上"), self.close, self),
            )
        )
        self.resize(1000, 600)


def _lines(revised: Any) -> list[tuple[str, ...]]:
    """Write a row that is otherwise, a line for each cell."""
    from ojr_desk.exchange.revising import SORTS  # noqa: PLC0415 - it is loaded with the desk

    head = (_(SORTS[revised.sort]), revised.number)
    if not revised.cells:
        return [(*head, "", "", "")]
    return [(*head, each.label, each.was, each.is_) for each in revised.cells]
