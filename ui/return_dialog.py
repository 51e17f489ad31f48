"""退回: why a report goes back, until when it is wanted again, and which marks go with it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ojr_desk.text import _
from ui.buttons import button, row
from ui.flow import Flow
from ui.front import front
from ui.mark_lines import MarkLines
from ui.notice import Notice
from ui.office import Office

#: How long a village has at first, in days.
_DAYS = 5


class ReturnDialog(QDialog):
    """Asks for the verdict on a report; *marks* are those that go with it."""

    def __init__(
        self, office: Office, name: str, marks: Sequence[Any], answered: Callable[[Any], object]
    ) -> None:
        super().__init__(front())
        from ojr_desk.exchange.marks import REASONS  # noqa: PLC0415 - it is loaded with the desk

        self._answered, self._marks = answered, marks
        self.setWindowTitle(_("退回{name}").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        self.reasons = {code: QCheckBox(_(words), self) for code, words in REASONS.items()}
        for made in marks:
            if made.mark.reason:
                self.reasons[made.mark.reason].setChecked(True)
        self.note = QPlainTextEdit(self)
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName(_("哪里要改"))
        self.is_due = QCheckBox(_("要在这一天以前改好报来"), self)
        today = office.now().date()
        self.due = QDateEdit(QDate(today.year, today.month, today.day).addDays(_DAYS), self)
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.due.setCalendarPopup(True)
        self.due.setAccessibleName(_("改好的期限"))
        self.is_due.toggled.connect(self.due.setEnabled)
        self.is_due.setChecked(True)
        self._lay_out()

    def accept(self) -> None:
        """Hand the verdict over, once it says what is to be put right."""
        from ojr_desk.desk.outbox import Verdict  # noqa: PLC0415 - it is loaded with the desk

        chosen = tuple(code for code, each in self.reasons.items() if each.isChecked())
        note = self.note.toPlainText().strip()
        if not (note or self._marks or set(chosen) - {"other"}):
            self.notice.refuse(_("请选一个原因，或者写明哪里要改，村里才知道怎么改。"))
            return
        due: Any = self.due.date().toPython() if self.is_due.isChecked() else None
        super().accept()
        self._answered(Verdict("returned", note, chosen, due))

    def _lay_out(self) -> None:
        reasons = QWidget(self)
        flow = Flow(reasons, across=14, down=4)
        for each in self.reasons.values():
            flow.addWidget(each)
        due = QHBoxLayout()
        due.addWidget(self.is_due)
        due.addWidget(self.due)
        due.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addWidget(QLabel(_("退回原因（可以选几个）"), self))
        column.addWidget(reasons)
        column.addWidget(QLabel(_("哪里要改"), self))
        column.addWidget(self.note, 1)
        column.addLayout(due)
        told = _("随退回一起发的批注：{n} 处").format(n=len(self._marks))
        column.addWidget(QLabel(told, self))
        if self._marks:
            going = MarkLines(self)
            going.show_marks(self._marks)
            column.addWidget(going, 1)
        send = button(_("写出退回文件…"), self.accept, self, main=True)
        column.addLayout(row(send, button(_("取消"), self.reject, self)))
        self.resize(760, 600)
