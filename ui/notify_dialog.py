"""写通知: what a superior has to say to its villages, written as files that they take in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
)

from ojr_desk.problems import UserError
from ojr_desk.text import _
from ui.buttons import button, row
from ui.files import ask_folder
from ui.front import front, present
from ui.notice import Notice
from ui.office import Office

#: How long a village has at first, in days.
_DAYS = 7


def write_notice(office: Office) -> None:
    """Ask what is to be said, and to whom."""
    office.ask(lambda desk: desk.notices.addressees(), lambda found: present(NotifyDialog(office, found)))


class NotifyDialog(QDialog):
    """Asks for a notice; *centers* are keys and names of whom it may be for, none of them chosen means all."""

    def __init__(self, office: Office, centers: Sequence[tuple[str, str]]) -> None:
        super().__init__(front())
        self._office = office
        self.setWindowTitle(_("写通知"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        self.title = QLineEdit(self)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.is_due = QCheckBox(_("要在这一天以前办好"), self)
        today = office.now().date()
        self.due = QDateEdit(QDate(today.year, today.month, today.day).addDays(_DAYS), self)
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.due.setCalendarPopup(True)
        self.due.setAccessibleName(_("办理期限"))
        self.due.setEnabled(False)
        self.is_due.toggled.connect(self.due.setEnabled)
        self.centers = QListWidget(self)
        for uid, name in centers:
            item = QListWidgetItem(name, self.centers)
            item.setData(Qt.ItemDataRole.UserRole, uid)
            item.setCheckState(Qt.CheckState.Unchecked)
        self._lay_out()

    @property
    def chosen(self) -> list[str]:
        """The keys of whom it is for; none means every village."""
        items = (self.centers.item(place) for place in range(self.centers.count()))
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]

    def write(self, folder: Path) -> None:
        """Write the notice into *folder*."""
        from ojr_desk.desk.notices import Draft  # noqa: PLC0415 - it is loaded with the desk

        due: Any = self.due.date().toPython() if self.is_due.isChecked() else None
        draft, chosen = Draft(self.title.text(), self.text.toPlainText(), due), self.chosen
        self._office.ask(lambda desk: desk.notices.write(draft, chosen, folder), self._written, self._failed)

    def _written(self, made: Any) -> None:
        told = _("已写出 {count} 个文件，交给村社区，在“接收”里收下。").format(count=len(made.files))
        self.notice.tell(told, *(path.name for path in made.files[:5]))

    def _failed(self, error: UserError) -> None:
        self.notice.refuse(error.message)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("标题"), self.title)
        form.addRow(_("内容"), self.text)
        due = QHBoxLayout()
        due.addWidget(self.is_due)
        due.addWidget(self.due)
        due.addStretch(1)
        form.addRow("", due)
        form.addRow(_("发给（不选就是全部）"), self.centers)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for widget, name in ((self.title, _("标题")), (self.text, _("内容")), (self.centers, _("发给"))):
            widget.setAccessibleName(name)
        save = button(_("写出…"), lambda: ask_folder(self, _("通知存到"), self.write), self, main=True)
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addLayout(form, 1)
        column.addLayout(row(save, button(_("关上"), self.close, self)))
        self.resize(760, 620)
