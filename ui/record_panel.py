"""One record beside its list: entered, read, changed, declared void; its history."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, UserError
from ojr_desk.register import Given, Register
from ojr_desk.text import _
from ui.beside import Beside
from ui.buttons import button, row
from ui.front import present
from ui.notice import Notice
from ui.offers import look_up
from ui.office import Office
from ui.record_form import Content, Plan, RecordForm
from ui.record_table import seldom
from ui.style import heading
from ui.tabs import Tabs


class Opened(NamedTuple):
    """A stored record with the names it links to."""

    record: Any
    labels: dict[str, str]


def read(desk: Any, code: str, uid: str) -> Opened:
    """Read one record at the desk."""
    record = desk.registers.get(code, uid)
    return Opened(record, desk.registers.labels(code, [record]))


class RecordPanel(QFrame):
    """The form of one register with its buttons. `closed` asks to be put away."""

    closed = Signal()

    def __init__(
        self,
        parent: QWidget,
        office: Office,
        register: Register,
        beside: Callable[[QWidget, Office], Beside] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._office, self.register = office, register
        self._opened: Opened | None = None
        self._busy = self._begun = False
        self._make_beside = beside
        self._beside: Beside | None = None
        self.title = heading(QLabel(self))
        self.notice = Notice(self)
        self._leaves = Tabs(self)
        plan = Plan(register.typed, seldom(register), reads=register.reads)
        self.form = RecordForm(self._leaves.stack, plan, look_up(office), office.now)
        self.save = button(_("保存（回车）"), self.submit, self, main=True)
        self.clear = button(_("清空"), self.new, self)
        self.void = button(_("作废…"), self._ask_void, self)
        self.history = button(_("修改痕迹"), self._show_history, self)
        self._lay_out()
        self.form.submitted.connect(self.submit)
        self.form.touched.connect(self._touched)
        office.informed.connect(self._informed)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.submit)
        if not register.through:
            self.new()

    def new(self) -> None:
        """Begin a new record."""
        self._opened = None
        self.title.setText(_("新登记"))
        self.notice.clear()
        self.form.lock(False)
        self.form.begin(self._given(), self._names())
        self._show_mode()
        self.form.focus_first()

    def open(self, uid: str) -> None:
        """Show a stored record."""
        code = self.register.code
        self._office.ask(lambda desk: read(desk, code, uid), self.show_opened)

    def show_opened(self, opened: Opened) -> None:
        """Show a record that was read."""
        self._opened = opened
        record = opened.record
        self.title.setText(record.record_no)
        values = {column.name: getattr(record, column.name) for column in self.register.typed}
        self.form.show_record(Content(values, opened.labels, masked=True))
        self.notice.clear()
        if locked := self._why_locked(record):
            self.notice.warn(locked)
        elif self._is_closed(record):
            self.notice.warn(_("这个月已经结账：改动会另开更正单，原来的记录不变。"))
        self.form.lock(bool(locked))
        self._show_beside(record)
        self._show_mode()

    def submit(self) -> None:
        """Store what is in the form."""
        if self._busy or self.save.isHidden():
            return
        values = self.form.values()
        if self._opened is None:
            self._add(values)
        elif not values:
            self.notice.warn(_("没有改动，不需要保存。"))
        elif self._is_closed(self._opened.record):
            self._ask_correction(values)
        else:
            self._edit(values)

    @property
    def is_touched(self) -> bool:
        """Tell whether anything typed is not stored yet."""
        return self.form.is_touched

    def _add(self, values: dict[str, Any]) -> None:
        code = self.register.code

        def done(added: Any) -> None:
            self._wait(False)
            number = added[0].record.record_no
            self.new()
            self.notice.tell(_("已保存 {number}").format(number=number), *added[0].notices)
            self._office.changes.changed.emit(code)

        self._wait(True)
        self._office.ask(lambda desk: desk.registers.add(code, [values]), done, self._refused)

    def _edit(self, values: dict[str, Any]) -> None:
        code, uid = self.register.code, self._uid
        self._act(lambda desk: desk.registers.edit(code, uid, values), _("已保存 {number} 的改动"))

    def _ask_correction(self, values: dict[str, Any]) -> None:
        code, uid = self.register.code, self._uid
        told = _("已为 {number} 开更正单，印在本月的本子上")

        def answered(reason: str) -> None:
            self._act(lambda desk: desk.months.correct(code, uid, values, reason), told)

        question = _("这个月已经结账，改动要开更正单。为什么要更正？")
        _ask(_("开更正单"), question, _("更正原因"), answered)

    def _ask_void(self) -> None:
        code, uid = self.register.code, self._uid

        def answered(reason: str) -> None:
            self._act(lambda desk: desk.registers.void(code, uid, reason), _("{number} 已作废，编号保留"))

        title = _("作废 {number}").format(number=self.title.text())
        question = _("作废以后编号保留，内容仍可查看，不能再改。为什么作废？")
        _ask(title, question, _("作废原因"), answered)

    def _act(self, work: Callable[[Any], object], told: str) -> None:
        """Do something with the record that is shown, show what it is then, and say so."""
        code, uid = self.register.code, self._uid

        def done(opened: Opened) -> None:
            self._wait(False)
            self.show_opened(opened)
            self.notice.tell(told.format(number=opened.record.record_no))
            self._office.changes.changed.emit(code)

        def acted(desk: Any) -> Opened:
            work(desk)
            return read(desk, code, uid)

        self._wait(True)
        self._office.ask(acted, done, self._refused)

    def _show_beside(self, record: Any) -> None:
        """Show what belongs to the record besides its form; made when it is first needed."""
        if self._beside is None and self._make_beside is not None:
            self._beside = self._make_beside(self._leaves.stack, self._office)
            self._beside.changed.connect(lambda: self._act(lambda _desk: None, _("{number} 已办")))
            self._leaves.add(self._beside.words, self._beside)
        if self._beside is not None:
            self._beside.show_record(record)

    def _show_history(self) -> None:
        from ui.history_dialog import HistoryDialog  # noqa: PLC0415 - the first form must not wait for it

        present(HistoryDialog(self._office, self.register, self._uid, self.title.text()))

    @property
    def _uid(self) -> str:
        assert self._opened is not None
        return str(self._opened.record.uid)

    def _refused(self, error: UserError) -> None:
        """Show each complaint beside its field, the others above the form; nothing that was typed is lost."""
        self._wait(False)
        if not isinstance(error, Invalid):
            self.notice.refuse(error.message)
            return
        rest = self.form.show_problems(error.problems)
        count = len(error.problems)
        self.notice.refuse(_("还没有保存：有 {count} 处要改，看红字。").format(count=count), *rest)

    def _touched(self) -> None:
        if self._opened is None and not self._begun:
            self._begun = True
            self.notice.clear()
            # A record is dated by when it was begun, not by when the empty form was put there.
            self.form.renew(self._given())

    def _informed(self) -> None:
        """Fill in who sits here, once the office is open."""
        if self._opened is None and not self.form.is_touched and not self.register.through:
            self.form.begin(self._given(), self._names())

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self.save.setEnabled(not busy)

    def _given(self) -> Given:
        now = self._office.now().replace(second=0, microsecond=0)
        return Given(now, user=self._office.facts.user or None)

    def _names(self) -> dict[str, str]:
        return {self._office.facts.user: self._office.facts.user_name}

    def _is_closed(self, record: Any) -> bool:
        day = self.register.day_of(record)
        return day is not None and Month.of(day) in self._office.facts.closed

    def _why_locked(self, record: Any) -> str:
        if record.center != self._office.facts.center:
            return _("这是别的中心报来的，只能看，不能改。")
        if record.record_status == "void":
            return _("已作废：{reason}").format(reason=record.void_reason or "")
        if self.register.through and not self.register.standing:
            return _("这类记录由程序登记，只能看，不能改。")
        return ""

    def _show_mode(self) -> None:
        self._begun = False
        stored = self._opened is not None
        self.save.setText(_("保存改动（回车）") if stored else _("保存（回车）"))
        self.clear.setVisible(not stored)
        self.history.setVisible(stored)
        self._leaves.bar.setVisible(stored and self._beside is not None)
        first = stored and self._beside is not None and self._beside.comes_first
        self._leaves.turn(1 if first else 0)

    def _turned(self, place: int) -> None:
        """Show the buttons that belong to the leaf that is seen."""
        locked = self._opened is not None and bool(self._why_locked(self._opened.record))
        self.save.setVisible(place == 0 and not locked)
        self.void.setVisible(self._opened is not None and not locked)

    def _lay_out(self) -> None:
        close = button("✕", self.closed.emit, self, flat=True)
        close.setAccessibleName(_("关上表单"))
        close.setToolTip(_("关上表单（Esc）"))
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(close)
        self._leaves.add(_("登记内容"), self.form)
        self._leaves.turned.connect(self._turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 6, 10)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self._leaves, 1)
        column.addLayout(row(self.save, self.clear, self.void, self.history))


def _ask(title: str, question: str, label: str, answered: Callable[[str], object]) -> None:
    """Ask for one reason."""
    from ui.asking import Asking  # noqa: PLC0415 - the first form must not wait for it

    present(Asking(title, question, [label], lambda told: answered(told[0])))
