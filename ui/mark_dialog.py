"""批注: what a superior finds in a record of a village, in all of it or in one column."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QPlainTextEdit, QVBoxLayout

from ojr_desk.problems import UserError
from ojr_desk.register import Register
from ojr_desk.text import _
from ui.buttons import button, row
from ui.changes import Changes
from ui.front import front
from ui.here import here
from ui.mark_lines import MarkLines
from ui.notice import Notice
from ui.office import Office


class MarkDialog(QDialog):
    """The marks on one record; new ones are added, and removed until they are sent."""

    def __init__(self, office: Office, register: Register, record: Any, marked: Callable[[], object]) -> None:
        super().__init__(front())
        from ojr_desk.desk.marking import markable  # noqa: PLC0415 - it is loaded with the desk
        from ojr_desk.exchange.marks import REASONS  # noqa: PLC0415 - it is loaded with the desk

        self._office, self._register, self._record, self._marked = office, register, record, marked
        self.setWindowTitle(_("{number} 的批注").format(number=record.record_no))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        self.column, self.reason = QComboBox(self), QComboBox(self)
        self.column.addItem(_("整条记录"), "")
        for each in markable(register):
            self.column.addItem(_(each.label), each.name)
        self.reason.addItem(_("（不选）"), "")
        for code, words in REASONS.items():
            self.reason.addItem(_(words), code)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(_("例如：写清楚怎么答复的"))
        self.lines = MarkLines(self, self._remove)
        self._lay_out()
        self._reload()

    def add(self) -> None:
        """Add what is written."""
        from ojr_desk.desk.marks_out import Draft  # noqa: PLC0415 - it is loaded with the desk

        record, code = self._record, self._register.code
        told = (self.text.toPlainText(), self.reason.currentData(), record.uid, self.column.currentData())
        draft = Draft(*told, code)

        def work(desk: Any) -> Any:
            month = desk.marks_out.month_for(record.center, code, record.uid)
            return desk.marks_out.add(record.center, month, draft)

        def done(made: Any) -> None:
            self.text.clear()
            self.reason.setCurrentIndex(0)
            told = _("已记下，退回{month}月报时一起发给村里。")
            self.notice.tell(told.format(month=made.month.title))
            self._changed()

        self._office.ask(work, here(self, done), here(self, self._refused))

    def _remove(self, uid: str) -> None:
        def done(_nothing: object) -> None:
            self.notice.tell(_("已删去。"))
            self._changed()

        self._office.ask(lambda desk: desk.marks_out.remove(uid), here(self, done), here(self, self._refused))

    def _refused(self, error: UserError) -> None:
        self.notice.refuse(error.message)

    def _changed(self) -> None:
        self._reload()
        self._marked()
        self._office.changes.changed.emit(Changes.EVERYTHING)

    def _reload(self) -> None:
        uid = self._record.uid
        self._office.ask(lambda desk: desk.marks_out.on(uid), here(self, self.lines.show_marks))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for label, widget in ((_("哪一栏"), self.column), (_("原因"), self.reason), (_("批注"), self.text)):
            widget.setAccessibleName(label)
            form.addRow(label, widget)
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addWidget(self.lines, 1)
        column.addLayout(form)
        column.addLayout(
            row(button(_("加上"), self.add, self, main=True), button(_("关上"), self.close, self))
        )
        self.text.setMaximumHeight(4 * self.fontMetrics().height())
        self.resize(680, 520)
