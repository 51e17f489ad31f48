"""报送进度: who was to report of a month, who has, and what this office says to it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QVBoxLayout, QWidget

from ojr_desk.desk.board import SORTS, Board, Standing
from ojr_desk.moments import Month, show_moment
from ojr_desk.text import _, listed
from ui.buttons import button
from ui.changes import Changes
from ui.files import ask_folder
from ui.flow import Flow, empty
from ui.front import present
from ui.hand_dialogs import SourcesDialog, TelephoneDialog
from ui.months import MonthBox
from ui.notice import Notice
from ui.office import Office
from ui.page import Page
from ui.paper_dialog import PaperDialog
from ui.plain_table import PlainTable
from ui.return_dialog import ReturnDialog
from ui.review_dialog import ReviewDialog
from ui.style import mark

#: How the counts are coloured, where they are not nought.
_TONES = {"late": "warn", "returned": "warn", "missing": "bad", "accepted": "good"}


class BoardPage(Page):
    """The units of a month in a table, who has not reported first named for a chat, then on paper."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._board: Board | None = None
        today = office.now().date()
        self.months = MonthBox(Month.of(today), Month.of(today).previous())
        self.due = QLabel()
        self.counts = QWidget()
        self._counts = Flow(self.counts, across=8, down=6)
        heads = [_("单位"), _("状态"), _("收到时间"), _("版次"), _("完整度"), _("缺的、意见")]
        self.table = PlainTable(_("报送进度"), heads)
        self.notice = Notice()
        self.review = button(_("审核…"), self._ask_review)
        self.accept = button(_("通过"), self._ask_accept, main=True)
        self.give_back = button(_("退回…"), self._ask_return)
        self.telephone = button(_("电话报数…"), self._ask_telephone)
        self.by_hand = button(_("手工报的来源…"), self._show_by_hand)
        self.copy = button(_("复制催报名单"), self._copy)
        self.urge = button(_("催报通知…"), lambda: self._show_paper(only_missing=True))
        self.paper = button(_("打印进度表…"), lambda: self._show_paper(only_missing=False))
        self._lay_out()
        self.months.currentIndexChanged.connect(lambda _place: self.reload())
        self.table.itemSelectionChanged.connect(self._chosen)
        office.changes.changed.connect(lambda _what: self.reload() if self.isVisible() else None)

    @property
    def line(self) -> Standing | None:
        """The unit that is chosen."""
        place = self.table.currentRow()
        lines = self._board.lines if self._board else ()
        return lines[place] if 0 <= place < len(lines) else None

    def reload(self) -> None:
        """Read the board of the chosen month anew."""
        month = self.months.month
        self._office.ask(
            lambda desk: desk.boards.of(month), self._show, lambda error: self.notice.refuse(error.message)
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what came meanwhile is read now."""
        super().showEvent(event)
        self.reload()

    def answer(self, state: str, note: str, folder: Path) -> None:
        """Accept or return what the chosen unit reported; the answer is written into *folder*."""
        from ojr_desk.desk.outbox import Verdict  # noqa: PLC0415 - it is loaded with the desk

        self.judge(Verdict(state, note), folder)

    def judge(self, verdict: Any, folder: Path) -> None:
        """Write what is said to the report of the chosen unit into *folder*."""
        line = self.line
        if line is None:
            return
        month, center = self.months.month, line.unit.center
        self._office.ask(
            lambda desk: desk.outbox.judge(center, month, verdict, folder),
            lambda path: self._done(
                _("已写出 {path}，请交给{name}。").format(path=path, name=line.unit.name)
            ),
            lambda error: self.notice.refuse(error.message),
        )

    def set_deadline(self, days: int) -> None:
        """Let reports be due on another working day after the month."""
        self._office.ask(
            lambda desk: desk.boards.set_deadline(days),
            lambda _nothing: self._done(_("报送期限改为次月第{n}个工作日。").format(n=days)),
            lambda error: self.notice.refuse(error.message),
        )

    def _show(self, board: Board) -> None:
        self._board = board
        told = _("报送期限：{day}").format(day=_day(board.due_on))
        self.due.setText(
            listed((told, _("（节假日安排还没有公布，按估计）") if board.is_estimated else ""), "")
        )
        empty(self._counts)
        for sort, label in SORTS.items():
            made = QLabel(f"{_(label)} {board.count(sort)}", self.counts)
            made.setObjectName("state")
            mark(made, "tone", _TONES.get(sort, "plain") if board.count(sort) else "plain")
            self._counts.addWidget(made)
        self.table.show_rows([_texts(line) for line in board.lines])
        if not board.lines:
            self.notice.warn(
                _("名册里没有这个月要报的单位：请在“下级单位”里登记，或者先收一份月报，会自动加入。")
            )
        elif self.notice.property("tone") == "warn":
            self.notice.clear()

    def _chosen(self) -> None:
        line = self.line
        is_in = line is not None and line.is_in
        has_pack = is_in and line is not None and not line.is_manual
        self.accept.setEnabled(has_pack and line is not None and line.state != "accepted")
        self.give_back.setEnabled(has_pack)
        self.telephone.setEnabled(line is not None and bool(line.unit.uid))
        self.by_hand.setVisible(line is not None and bool(line.handmade.reports))
        self.review.setEnabled(has_pack)
        missing = bool(self._board and self._board.missing)
        self.urge.setEnabled(missing)
        self.paper.setEnabled(bool(self._board and self._board.lines))
        self.copy.setEnabled(bool(self._board and self._board.lines))

    def _ask_accept(self) -> None:
        self._ask_where(lambda folder: self.answer("accepted", "", folder))

    def _ask_review(self) -> None:
        line = self.line
        if line is None:
            return
        center, month = line.unit.center, self.months.month
        self._office.ask(
            lambda desk: desk.reviews.of(center, month),
            lambda found: present(ReviewDialog(self._office, found, self._ask_accept, self._ask_return)),
            lambda error: self.notice.refuse(error.message),
        )

    def _ask_return(self) -> None:
        line = self.line
        if line is None:
            return
        center, month, name = line.unit.center, self.months.month, line.unit.name

        def answered(verdict: Any) -> None:
            self._ask_where(lambda folder: self.judge(verdict, folder))

        self._office.ask(
            lambda desk: desk.marks_out.waiting(center, month),
            lambda marks: present(ReturnDialog(self._office, name, marks, answered)),
        )

    def _ask_where(self, chosen: Callable[[Path], object]) -> None:
        ask_folder(self, _("答复存到哪里（U盘也可以）"), chosen)

    def _ask_telephone(self) -> None:
        if self.line is not None:
            unit = self.line.unit
            present(TelephoneDialog(self._office, unit.uid, unit.name, self.months.month))

    def _show_by_hand(self) -> None:
        if self.line is not None:
            present(SourcesDialog(self._office, self.line, self.months.month))

    def _copy(self) -> None:
        month = self.months.month

        def copied(told: str) -> None:
            QGuiApplication.clipboard().setText(told)
            self.notice.tell(_("已复制，可以粘贴到工作群里："), told)

        self._office.ask(lambda desk: desk.boards.reminder(month), copied)

    def _show_paper(self, *, only_missing: bool) -> None:
        month = self.months.month
        path = self._office.scratch / ("missing.pdf" if only_missing else "board.pdf")
        title = _("催报通知") if only_missing else _("报送进度表")
        self._office.aside(
            _("正在排版"),
            lambda desk, _progress: desk.boards.paper(month, path, only_missing),
            lambda _printed: present(PaperDialog(self._office, title, path)),
        )

    def _ask_deadline(self) -> None:
        def read(days: int) -> None:
            asked = QInputDialog(self)
            asked.setWindowTitle(_("报送期限"))
            asked.setLabelText(_("次月第几个工作日以前要报到："))
            asked.setInputMode(QInputDialog.InputMode.IntInput)
            asked.setIntRange(1, 23)
            asked.setIntValue(days)
            asked.setOkButtonText(_("确定"))
            asked.setCancelButtonText(_("取消"))
            asked.intValueSelected.connect(self.set_deadline)
            asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            asked.open()

        self._office.ask(lambda desk: desk.boards.deadline(), read)

    def _done(self, told: str) -> None:
        self.notice.tell(told)
        self._office.changes.changed.emit(Changes.MONTHS)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.months)
        top.addSpacing(12)
        top.addWidget(self.due)
        top.addWidget(button(_("改期限…"), self._ask_deadline, flat=True))
        top.addStretch(1)
        below = QWidget()
        flow = Flow(below, across=8, down=6)
        for each in (
            self.review,
            self.accept,
            self.give_back,
            self.telephone,
            self.by_hand,
            self.copy,
            self.urge,
            self.paper,
        ):
            flow.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addLayout(top)
        column.addWidget(self.counts)
        column.addWidget(self.table, 1)
        column.addWidget(self.notice)
        column.addWidget(below)
        self._chosen()


def _day(day: date) -> str:
    return _("{month}月{day}日").format(month=day.month, day=day.day)


def _texts(line: Standing) -> tuple[str, ...]:
    return (
        listed((*line.unit.path, line.unit.name), " › "),
        line.word,
        show_moment(line.received_at) if line.received_at else "",
        _("第{n}版").format(n=line.revision) if line.revision else "",
        f"{line.completeness}%" if line.completeness is not None else "",
        listed((*line.lacking, line.note)),
    )
