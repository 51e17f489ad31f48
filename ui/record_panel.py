"""One record beside its list: entered, read, changed, declared void; its history."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.problems import Invalid, UserError
from ojr_desk.register import Given
from ojr_desk.text import N_, _, listed
from ui import drafts
from ui.attachments_button import AttachmentsButton
from ui.beside import Beside
from ui.buttons import button
from ui.changes import Changes
from ui.flow import Flow
from ui.front import present
from ui.mark_button import MarkButton
from ui.notice import Notice
from ui.offers import look_up
from ui.office import Office
from ui.opened import Opened, read
from ui.record_form import RecordForm
from ui.style import heading
from ui.tabs import Tabs
from ui.view import View

#: How long after the first key a draft is kept, in milliseconds.
_DRAFT_AFTER = 1500
#: So much of the name of a record stands above it.
_LABEL = 20


class RecordPanel(QFrame):
    """The form of one view with its buttons.

    `closed` asks to be put away, `stored` brings what was entered, `begun` tells that a new record is.
    """

    closed = Signal()
    stored = Signal(object)
    begun = Signal()

    def __init__(self, parent: QWidget, office: Office, view: View) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._office, self.view, self.register = office, view, view.register
        self._opened: Opened | None = None
        self._busy = self._begun = False
        self._beside: Beside | None = None
        self.title = heading(QLabel(self))
        self.title.setWordWrap(True)
        self.notice, self.corrected, self.remarked = Notice(self), Notice(self), Notice(self)
        self._leaves = Tabs(self)
        self.form = RecordForm(self._leaves.stack, view.plan, look_up(office), office.now)
        self.save = button(_("保存（回车）"), self.submit, self, main=True)
        self.clear = button(_("清空"), self._start_over, self)
        self.void = button(_("作废…"), self._ask_void, self)
        self.files = AttachmentsButton(self, office, self.register.code)
        self.mark = MarkButton(self, office, self.register, self._read_marks)
        self.history = button(_("修改痕迹"), self._show_history, self)
        self._lay_out()
        self.form.submitted.connect(self.submit)
        self.form.touched.connect(self._touched)
        office.informed.connect(self._informed)
        office.changes.changed.connect(self._read_again)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.submit)
        self._draft_timer = QTimer(self, singleShot=True, interval=_DRAFT_AFTER)
        self._draft_timer.timeout.connect(lambda: None if self._busy else self.keep_draft())
        if view.adds:
            self.new()

    def new(self) -> None:
        """Begin a new record, or go on with the one that is half typed."""
        if self._would_lose():
            return
        self._opened = None
        self.title.setText(_("新登记"))
        self.notice.clear()
        self.corrected.clear()
        self._show_remarks(())
        self.form.lock(False)
        self.form.begin(self._given(), self._names())
        self._show_mode()
        draft = drafts.recall(self._office.folder, self.view.key)
        if draft:
            self._begun = True
            self.form.take_draft(draft)
            self.notice.warn(_("这一条上次还没有保存，已经恢复：请接着填，或者按“清空”。"))
        self.begun.emit()
        self.form.focus_first()

    def open(self, uid: str) -> None:
        """Show a stored record; what was half typed is kept."""
        if self._would_lose():
            return
        self.keep_draft()
        code = self.register.code
        self._office.ask(lambda desk: read(desk, code, uid), self.show_opened)

    def _read_again(self, what: str) -> None:
        """Show the record as it is after something was undone, merged or received; what was typed stays."""
        if what != Changes.EVERYTHING or self._opened is None or self.is_touched:
            return
        code, uid = self.register.code, self._uid

        def show(opened: Opened) -> None:
            if self._opened is not None and self._uid == uid:
                self.show_opened(opened)

        self._office.ask(lambda desk: read(desk, code, uid), show, lambda _gone: self.closed.emit())

    def keep_draft(self) -> None:
        """Keep a new record that is half typed in the data folder."""
        if self._opened is None and self.view.adds:
            drafts.keep(self._office.folder, self.view.key, self.form.draft())

    def show_opened(self, opened: Opened) -> None:
        """Show a record that was read."""
        self._opened = opened
        village = opened.village if self.view.everywhere else ""
        label = self.register.label_of(opened.record)
        known = label[:_LABEL] if label != self._number else ""
        self.title.setText(listed((self._number, known, village), N_("　")))
        self.form.show_record(opened.content(self.register))
        self.notice.clear()
        if locked := self._why_locked(opened):
            self.notice.warn(locked)
        elif opened.is_closed(self.register, self._office.facts):
            self.notice.warn(_("这个月已经结账：改动会另开更正单，原来的记录不变。"))
        self.form.lock(bool(locked))
        self.corrected.clear()
        if opened.corrections:
            self.corrected.warn(*opened.corrected(self.register))
        self._show_remarks(opened.remarks)
        self.mark.show_record(opened.record)
        self._show_beside(opened.record)
        self._show_mode()
        self.files.show_record(self._uid, self._number, locked or self._why_files_stay(opened))

    def _show_remarks(self, remarks: Sequence[tuple[str, str]]) -> None:
        self.remarked.clear()
        if rest := self.form.show_remarks(remarks):
            self.remarked.remark(*rest)

    def _read_marks(self) -> None:
        """Show what was marked meanwhile."""
        self.open(self._uid)

    def _why_files_stay(self, opened: Opened) -> str:
        """Say why no file can be added or taken off any more; to what goes on, as a case does, they can."""
        closed = opened.is_closed(self.register, self._office.facts) and self.register.as_of is None
        return _("这个月已经结账，附件只能看，不能再加、再取下。") if closed else ""

    def submit(self) -> None:
        """Store what is in the form."""
        if self._busy or self.save.isHidden():
            return
        values = self.form.values()
        if self._opened is None:
            self._add(values)
        elif not values:
            self.notice.warn(_("没有改动，不需要保存。"))
        elif self._opened.is_closed(self.register, self._office.facts):
            self._ask_correction(values)
        else:
            self._edit(values)

    @property
    def is_touched(self) -> bool:
        """Tell whether changes of a stored record would be lost; a new one is kept as a draft."""
        return self._opened is not None and self.form.is_touched

    def entered(self, values: dict[str, Any]) -> dict[str, Any]:
        """Answer with the record that *values* of the form stand for."""
        return values

    def _add(self, values: dict[str, Any]) -> None:
        code, folder, key, row = self.register.code, self._office.folder, self.view.key, self.entered(values)

        def add(desk: Any) -> Any:
            added = desk.registers.add(code, [row])
            # Here, not in the answer: a window that closes now gets none, and must not offer the record again.
            drafts.drop(folder, key)
            return added

        def done(added: Any) -> None:
            self._wait(False)
            number = added[0].record.record_no
            # What was typed on meanwhile belongs to the next record.
            if self._opened is None and self.form.values() == values:
                self._start_over()
            self.notice.tell(_("已保存 {number}").format(number=number), *added[0].notices)
            self.stored.emit(added[0])
            self._office.changes.changed.emit(code)

        self._wait(True)
        self._office.ask(add, done, self._refused)

    def _edit(self, values: dict[str, Any]) -> None:
        code, uid = self.register.code, self._uid
        notices: list[str] = []
        told = _("已保存 {number} 的改动")
        self._act(lambda desk: desk.registers.edit(code, uid, values, notices), told, notices)

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

        title = _("作废 {number}").format(number=self._number)
        question = _("作废以后编号保留，内容仍可查看，不能再改。为什么作废？")
        _ask(title, question, _("作废原因"), answered)

    def _act(self, work: Callable[[Any], object], told: str, notices: Sequence[str] = ()) -> None:
        """Do something with the record that is shown, show what it is then, and say so and what to mind."""
        code, uid = self.register.code, self._uid

        def done(opened: Opened) -> None:
            self._wait(False)
            self.show_opened(opened)
            self.notice.tell(told.format(number=opened.record.record_no), *notices)
            self._office.changes.changed.emit(code)

        def acted(desk: Any) -> Opened:
            work(desk)
            return read(desk, code, uid)

        self._wait(True)
        self._office.ask(acted, done, self._refused)

    def _show_beside(self, record: Any) -> None:
        """Show what belongs to the record besides its form; made when it is first needed."""
        if self._beside is None and self.view.beside is not None:
            self._beside = self.view.beside(self._leaves.stack, self._office)
            self._beside.changed.connect(lambda: self._act(lambda _desk: None, _("{number} 已办")))
            self._leaves.add(self._beside.words, self._beside)
        if self._beside is not None:
            self._beside.show_record(record)

    def _show_history(self) -> None:
        from ui.history_dialog import HistoryDialog  # noqa: PLC0415 - the first form must not wait for it

        present(HistoryDialog(self._office, self.register, self._uid, self._number))

    @property
    def _uid(self) -> str:
        assert self._opened is not None
        return str(self._opened.record.uid)

    @property
    def _number(self) -> str:
        assert self._opened is not None
        return str(self._opened.record.record_no)

    def _why_locked(self, opened: Opened) -> str:
        """Say why the record can only be looked at here; nothing if it can be changed."""
        locked = opened.why_locked(self.register, self._office.facts)
        if self.view.everywhere and not locked:
            return _("这里只看不改：本中心自己的，请到“本中心”那边改。")
        return locked

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
        if self._opened is not None:
            return
        if not self._draft_timer.isActive():
            self._draft_timer.start()
        if not self._begun:
            self._begun = True
            self.notice.clear()
            # A record is dated by when it was begun, not by when the empty form was put there.
            self.form.renew(self._given())

    def _informed(self) -> None:
        """Fill in who sits here, once the office is open."""
        if self._opened is None and not self.form.is_touched and self.view.adds:
            self.form.begin(self._given(), self._names())

    def _start_over(self) -> None:
        """Empty the form, or show the stored record as it is."""
        if self._opened is not None:
            self.show_opened(self._opened)
            return
        self._draft_timer.stop()
        drafts.drop(self._office.folder, self.view.key)
        self.new()

    def _would_lose(self) -> bool:
        """Tell, and say, that changes of the record that is shown would be lost."""
        if self.is_touched:
            self.notice.warn(_("这一条的改动还没有保存：请先保存，或者按“放弃改动”。"))
        return self.is_touched

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self.save.setEnabled(not busy)

    def _given(self) -> Given:
        now = self._office.now().replace(second=0, microsecond=0)
        return Given(now, user=self._office.facts.user or None)

    def _names(self) -> dict[str, str]:
        return {self._office.facts.user: self._office.facts.user_name}

    def _show_mode(self) -> None:
        self._begun = False
        stored = self._opened is not None
        self.clear.setText(_("放弃改动") if stored else _("清空"))
        self.history.setVisible(stored)
        if not stored:
            self.files.put_away()
            self.mark.hide()
        self._leaves.bar.setVisible(stored and self._beside is not None)
        first = stored and self._beside is not None and self._beside.comes_first
        self._leaves.turn(1 if first else 0)

    def _turned(self, place: int) -> None:
        """Show the buttons that belong to the leaf that is seen."""
        opened = self._opened
        locked = opened is not None and bool(self._why_locked(opened))
        self.save.setVisible(place == 0 and not locked)
        self.clear.setVisible(place == 0 and not locked)
        self.void.setVisible(opened is not None and not locked)

    def _lay_out(self) -> None:
        close = self.close_button = button("✕", self.closed.emit, self, flat=True)
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
        column.addWidget(self.corrected)
        column.addWidget(self.remarked)
        self.above = QVBoxLayout()
        column.addLayout(self.above)
        column.addWidget(self._leaves, 1)
        self.buttons = Flow(across=6, down=6)
        for each in (self.save, self.clear, self.void, self.mark, self.files, self.history):
            self.buttons.addWidget(each)
        column.addLayout(self.buttons)


def _ask(title: str, question: str, label: str, answered: Callable[[str], object]) -> None:
    """Ask for one reason."""
    from ui.asking import Asking  # noqa: PLC0415 - the first form must not wait for it

    present(Asking(title, question, [label], lambda told: answered(told[0])))
