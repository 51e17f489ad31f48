"""The end of a month: how each month stands, closing it, opening it again, writing the report for the superior."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.desk.months import STAGES
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS
from ojr_desk.store.query import Query
from ojr_desk.text import N_, _, labelled, listed
from ui import errors
from ui.asking import Asking
from ui.buttons import button
from ui.changes import Changes
from ui.files import ask_folder
from ui.front import present
from ui.notice import Notice
from ui.office import Office
from ui.page import Page
from ui.plain_table import PlainTable

_MONTHS = 14
#: So many of the things to be put right are named; the rest comes when these are done.
_MOST_HINTS = 5


@dataclass(frozen=True)
class Line:
    """A month: how it stands, what was entered in it, which numbers are missing, how far it has come."""

    month: Month
    state: str
    counts: tuple[tuple[str, int], ...]
    gaps: tuple[str, ...]
    stage: str
    note: str = ""


def lines(desk: Any, last: Month) -> list[Line]:
    """Read at the desk how the months up to *last* stand, newest first."""
    kept = [
        each
        for each in REGISTERS.values()
        if each.dated_by and each.books and desk.registers.enabled(each.code)
    ]
    # A village holds no records but its own: to look at whose they are would only cost time.
    center = "" if desk.office.level == "village" else desk.office.center
    found = []
    month = last
    for _place in range(_MONTHS):
        state = desk.months.state(month)
        query = Query(month=month, center=center)
        counts = tuple((each.title, desk.registers.find(each.code, query, 0).total) for each in kept)
        found.append(Line(month, state.state, counts, state.gaps, state.stage, state.note))
        month = month.previous()
    return found


class MonthPage(Page):
    """The months in a table; what may be done with the chosen one below it."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._stale = True
        self._lines: list[Line] = []
        self.table = PlainTable(_("月份"), [_("月份"), _("状态"), _("登记"), _("断号")])
        self.notice = Notice()
        self.close_month = button(_("结账"), self._close, main=True)
        self.send = button(_("导出月报…"), self._ask_send, main=True)
        self.full = button(_("导出补充件（加密）…"), self._ask_full)
        self.reopen = button(_("重新打开…"), self._ask_reopen)
        self.folder = button(_("打开所在文件夹"), self._show_folder, flat=True)
        self._written = Path()
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
        self._lines = found
        self.table.show_rows([_texts(line) for line in found])

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
        if line is not None and not closed and ended:
            month = line.month
            self._office.ask(lambda desk: (month, desk.months.hints(month)), self._hint)
        if line is not None:
            self.close_month.setText(_("{month}结账").format(month=line.month.title))

    def _hint(self, found: tuple[Month, tuple[str, ...]]) -> None:
        """Tell what is still to be put right in the month that is chosen, before it is closed."""
        month, hints = found
        if self.line is not None and self.line.month == month and hints:
            told = _("{month}还有 {n} 处要补（不补也能结账）：").format(month=month.title, n=len(hints))
            self.notice.tell(told, *hints[:_MOST_HINTS])

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

        def answered(told: list[str]) -> None:
            self._office.ask(
                lambda desk: desk.months.reopen(month, told[0], told[1]),
                lambda _state: self._done(
                    _("{month}已重新打开，理由和两个人的姓名已记下。改好后请再结账。"), month
                ),
                lambda error: self.notice.refuse(error.message),
            )

        question = _("重新打开以后，这个月的本子和月报都可能改变，要有第二个人同意。")
        title = _("重新打开{month}").format(month=month.title)
        present(Asking(title, question, [_("理由"), _("第二个人姓名")], answered))

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
        told = QLabel(_("月底：先看断号和没办完的，再结账，再打印本子，最后导出月报交上级。"))
        told.setWordWrap(True)
        told.setProperty("faint", True)
        below = QHBoxLayout()
        for each in (self.close_month, self.send, self.full, self.reopen, self.folder):
            below.addWidget(each)
        below.addStretch(1)
        self.folder.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(told)
        column.addWidget(self.table, 1)
        column.addWidget(self.notice)
        column.addLayout(below)
        self._chosen()


def _texts(line: Line) -> tuple[str, ...]:
    entered = [
        _("{title} {count} 条").format(title=_(title), count=count) for title, count in line.counts if count
    ]
    gaps = listed(line.gaps, most=5)
    return (
        line.month.title,
        labelled(_(STAGES[line.stage]), line.note) if line.note else _(STAGES[line.stage]),
        listed(entered, N_("，")) or _("没有登记"),
        gaps or _("无"),
    )
