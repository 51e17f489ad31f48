"""The end of a month, step by step: check, mend, look over, close, print, write the report; and opening it again."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.text import _, listed
from ui import errors
from ui.asking import Asking
from ui.buttons import button
from ui.changes import Changes
from ui.files import ask_folder
from ui.findings_view import FindingsView
from ui.flow import Flow
from ui.front import present
from ui.marks_dialog import MarksDialog
from ui.month_lines import Line, entered, lines, texts, waiting
from ui.month_steps import MonthSteps
from ui.notice import Notice
from ui.office import Office
from ui.page import Page
from ui.paper_dialog import PaperDialog
from ui.plain_table import PlainTable
from ui.style import heading


class MonthPage(Page):
    """The months in a table; what may be done with the chosen one below it."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._stale = True
        self._lines: list[Line] = []
        self.table = PlainTable(_("月份"), [_("月份"), _("状态")])
        self.title = heading(QLabel(), 1.1)
        self.entered = QLabel()
        self.entered.setProperty("faint", True)
        self.entered.setWordWrap(True)
        self.steps = MonthSteps()
        self.findings = FindingsView(self, office, self._confirm_none)
        self.notice = Notice()
        self.review = button(_("送审稿…"), self._show_stack)
        self.stack = button(_("整套打印…"), self._show_stack, main=True)
        self.close_month = button(_("结账"), self._close, main=True)
        self.send = button(_("导出月报…"), self._ask_send, main=True)
        self.full = button(_("导出补充件（加密）…"), self._ask_full)
        self.marks = button(_("上级批注…"), self._show_marks)
        self.reopen = button(_("重新打开…"), self._ask_reopen)
        self.folder = button(_("打开所在文件夹"), self._show_folder, flat=True)
        self._written = Path()
        self._check = QTimer(self, singleShot=True, interval=0)
        self._check.timeout.connect(self._inspect)
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._chosen)
        office.changes.changed.connect(lambda _what: self._changed())

    @property
    def line(self) -> Line | None:
        """The month that is chosen."""
        place = self.table.currentRow()
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def choose(self, month: Month) -> None:
        """Choose a month of the table."""
        for place, line in enumerate(self._lines):
            if line.month == month:
                self.table.setCurrentCell(place, 0)

    def reload(self) -> None:
        """Read anew how the months stand."""
        self._stale = False
        last = Month.of(self._office.now().date())
        self._office.ask(lambda desk: lines(desk, last), self._show)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what changed meanwhile is read now."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def _show(self, found: list[Line]) -> None:
        is_first = not self._lines
        self._lines = found
        self.table.show_rows([texts(line) for line in found])
        if is_first and (month := waiting(found, self._office.now().date())) is not None:
            self.choose(month)

    def _chosen(self) -> None:
        line = self.line
        closed = line is not None and line.state == "closed"
        ended = line is not None and line.month.last <= self._office.now().date()
        self.close_month.setVisible(line is not None and not closed)
        self.close_month.setEnabled(ended)
        self.close_month.setToolTip("" if ended else _("这个月结束以后才能结账。"))
        self.reopen.setVisible(closed)
        self.send.setVisible(closed)
        self.full.setVisible(closed)
        self.review.setVisible(line is not None and not closed)
        self.stack.setVisible(closed)
        if line is not None:
            month = line.month
            self.title.setText(_("{month}月末").format(month=month.title))
            self.close_month.setText(_("{month}结账").format(month=month.title))
            self.entered.setText(entered(line))
            self.steps.show_stage(line.stage)
            self._check.start()

    def _inspect(self) -> None:
        """Have the month that is chosen checked, once, however often it was chosen meanwhile."""
        if self.line is not None:
            month = self.line.month
            self._office.ask(lambda desk: (month, desk.months.findings(month)), self._found)
            self._office.ask(lambda desk: (month, desk.marks_in.all(month)), self._marked)

    def _found(self, found: tuple[Month, tuple[Any, ...]]) -> None:
        """Show what a check of the month that is chosen found."""
        month, findings = found
        if self.line is not None and self.line.month == month:
            self.findings.show_findings(findings)

    def _marked(self, found: tuple[Month, tuple[Any, ...]]) -> None:
        """Offer the superior's marks on the month that is chosen, if there are any."""
        month, marks = found
        if self.line is not None and self.line.month == month:
            self.marks.setVisible(bool(marks))
            left = sum(each.is_open for each in marks)
            self.marks.setText(_("上级批注（{n} 处没处理）…").format(n=left) if left else _("上级批注…"))

    def _show_marks(self) -> None:
        if self.line is not None:
            present(MarksDialog(self._office, self.line.month))

    def _confirm_none(self) -> None:
        line = self.line
        if line is None:
            return
        month = line.month

        def confirmed(registers: Any) -> None:
            titles = listed(_(each.title) for each in registers)
            self._done(_("{month}已确认本月无：") + titles, month)

        self._office.ask(
            lambda desk: desk.months.confirm_none(month),
            confirmed,
            lambda error: self.notice.refuse(error.message),
        )

    def _show_stack(self) -> None:
        """Print the whole stack, as long as the month is open as a copy to be looked over."""
        line = self.line
        if line is None:
            return
        month = line.month
        path = self._office.scratch / f"stack-{month}.pdf"
        closed = line.state == "closed"
        title = (_("{month}整套本子") if closed else _("{month}送审稿（未结账）")).format(month=month.title)
        self._office.aside(
            _("正在排版"),
            lambda desk, progress: desk.stack.print(month, path, progress),
            lambda _stacked: present(PaperDialog(self._office, title, path)),
            lambda error: self.notice.refuse(error.message) if error.message else None,
        )

    def _close(self) -> None:
        line = self.line
        if line is None:
            return
        month = line.month
        self._office.ask(
            lambda desk: desk.months.close(month),
            lambda _state: self._done(
                _("{month}已结账：这个月的记录不能再改，可以打印本子、导出月报。"), month
            ),
            lambda error: self.notice.refuse(error.message),
        )

    def _ask_reopen(self) -> None:
        line = self.line
        if line is None:
            return
        month = line.month
        sent = line.stage != "closed"

        def answered(told: list[str]) -> None:
            self._office.ask(
                lambda desk: desk.months.reopen(month, *told),
                lambda _state: self._done(_("{month}已重新打开，理由已记下。改好后请再结账。"), month),
                lambda error: self.notice.refuse(error.message),
            )

        question = _("月报还没有写出，写明理由就能打开，改好后再结账。")
        labels = [_("理由")]
        if sent:
            question = _("重新打开以后，这个月的本子和月报都可能改变，要有第二个人同意。")
            labels.append(_("第二个人姓名"))
        present(Asking(_("重新打开{month}").format(month=month.title), question, labels, answered))

    def _ask_send(self) -> None:
        ask_folder(self, _("月报存到哪里（U盘也可以）"), lambda folder: self.write(folder, None))

    def _ask_full(self) -> None:
        def answered(told: list[str]) -> None:
            if told[0] != told[1]:
                errors.show(Refused(_("两次输入的密码不一样，请重新输入。")))
                return
            ask_folder(self, _("补充件存到哪里"), lambda folder: self.write(folder, told[0]))

        question = _("补充件含个人信息，只在上级要求时报，必须加密。密码请当面或打电话告诉上级。")
        present(Asking(_("导出补充件"), question, [_("密码"), _("再输一次")], answered, secret=True))

    def write(self, folder: Path, password: str | None) -> None:
        """Write the report of the chosen month into *folder*; with a *password* the full one."""
        line = self.line
        if line is None:
            return
        month = line.month
        self._office.labour(
            _("正在导出{month}月报").format(month=month.title),
            lambda desk, progress: desk.outbox.send(month, folder, password, progress),
            self._sent,
            lambda error: self.notice.refuse(error.message) if error.message else None,
        )

    def _sent(self, sent: Any) -> None:
        told = _("已写出第{revision}版，校验码 {code}：").format(
            revision=sent.pack.revision, code=sent.pack.code
        )
        self.notice.tell(told, *(str(each) for each in sent.files), _("请把这些文件一起交给上级，再等回执。"))
        self._written = sent.files[0].parent
        self.folder.show()
        self._office.changes.changed.emit(Changes.MONTHS)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _done(self, told: str, month: Month) -> None:
        self.notice.tell(told.format(month=month.title))
        self.folder.hide()
        self._office.changes.changed.emit(Changes.MONTHS)

    def _lay_out(self) -> None:
        below = QWidget()
        flow = Flow(below, across=8, down=6)
        acts = (
            self.close_month,
            self.stack,
            self.send,
            self.review,
            self.marks,
            self.full,
            self.reopen,
            self.folder,
        )
        for each in acts:
            flow.addWidget(each)
        self.folder.hide()
        self.marks.hide()
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.entered)
        column.addWidget(self.steps)
        column.addWidget(self.findings, 1)
        column.addWidget(self.notice)
        column.addWidget(below)
        both = QHBoxLayout(self)
        both.setContentsMargins(10, 10, 10, 10)
        both.addWidget(self.table, 1)
        both.addWidget(right, 2)
        self._chosen()
