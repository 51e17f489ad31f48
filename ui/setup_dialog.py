"""The first day: where the data will lie and which centre this is."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from ojr_desk import paths
from ojr_desk.desk import Desk, NewOffice
from ojr_desk.desk.backups import go_back
from ojr_desk.problems import UserError
from ojr_desk.registers.center import LEVELS
from ojr_desk.store.engine import FILE_NAME
from ojr_desk.text import _
from ui.buttons import button, row
from ui.files import ask_file, ask_folder
from ui.notice import Notice
from ui.style import heading
from ui.tall import TallItems
from ui.task import Lane

T = TypeVar("T")
#: Levels that have an office of their own, the usual one first.
_USUAL = ("village", "township", "county", "city")


def set_up(folder: Path | None, clock: Callable[[], datetime]) -> Path | None:
    """Ask until there is an office; answer with its folder, or nothing if the person gave up."""
    chosen: list[Path] = []
    dialog = SetupDialog(folder, clock)
    dialog.ready.connect(chosen.append)
    dialog.exec()
    return chosen[0] if chosen else None


class SetupDialog(QDialog):
    """Makes a new office, takes one over that is there, or brings one back from a copy."""

    ready = Signal(object)

    def __init__(self, folder: Path | None, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        self._named = folder is not None
        self._lane = Lane()
        self.setWindowTitle(_("第一次使用"))
        self.folder = QLineEdit(str(folder or paths.suggested_folder()))
        self.folder.setReadOnly(self._named)
        self.name = QLineEdit(placeholderText=_("例如 龙港市河底高社区"))
        self.level = QComboBox()
        self.level.setItemDelegate(TallItems(self.level))
        for code in _USUAL:
            self.level.addItem(_(LEVELS[code]), code)
        self.code = QLineEdit(placeholderText=_("12 位，不知道可以先不填"))
        self.superior = QLineEdit(placeholderText=_("例如 龙港市"))
        self.notice = Notice()
        self.make = button(_("建立"), self.establish, main=True)
        self._lay_out()
        self.folder.textChanged.connect(lambda _text: self._caution())
        self._caution()
        self.name.setFocus()

    def establish(self) -> None:
        """Make the office, or open the one that is in the folder already."""
        folder = Path(self.folder.text().strip()).expanduser()
        clock = self._clock
        name, level = self.name.text(), self.level.currentData()
        code, superior = self.code.text().strip(), self.superior.text().strip()
        choosing = not self._named

        def work() -> Path:
            there = (folder / FILE_NAME).is_file()
            if not there:
                # Before a folder is made, so that a slip of the pen leaves nothing behind.
                facts = NewOffice(name, level, code, superior)
            if choosing:
                paths.choose_folder(folder)
            if not there:
                Desk.create(folder, facts, clock).close()
            return folder

        self._run(work, self._made)

    def restore(self, file: Path) -> None:
        """Bring an office back from a copy into the folder."""
        folder, now = Path(self.folder.text().strip()).expanduser(), self._clock()
        choosing = not self._named

        def work() -> str:
            if choosing:
                paths.choose_folder(folder)
            return str(go_back(folder, file, now)["notice"])

        def done(notice: str) -> None:
            if not notice:
                self._made(folder)
                return
            # The office is there, but the person has to know what is not.
            self.make.setEnabled(True)
            self._caution()
            self.notice.warn(notice)

        self._run(work, done)

    def _run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self.make.setEnabled(False)
        self._lane.run(lambda _progress: work(), done, self._refused)

    def _made(self, folder: Path) -> None:
        self.ready.emit(folder)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.make.setEnabled(True)
        self.notice.refuse(error.message)

    def _caution(self) -> None:
        folder = Path(self.folder.text().strip() or ".").expanduser()
        there = (folder / FILE_NAME).is_file()
        for line in (self.name, self.level, self.code, self.superior):
            line.setEnabled(not there)
        self.make.setText(_("打开这个中心") if there else _("建立"))
        if there:
            self.notice.tell(_("这个文件夹里已经有一个中心，直接打开就可以。"))
        elif told := paths.caution(folder):
            self.notice.warn(told)
        else:
            self.notice.clear()

    def _lay_out(self) -> None:
        elsewhere = button(_("选别处…"), self._ask_folder)
        elsewhere.setVisible(not self._named)
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(elsewhere)
        form = QFormLayout()
        form.addRow(_("资料放在"), where)
        for label, line in (
            (_("中心名称"), self.name),
            (_("级别"), self.level),
            (_("区划代码"), self.code),
            (_("上级单位"), self.superior),
        ):
            line.setAccessibleName(label)
            form.addRow(label, line)
        copy = button(_("从备份恢复…"), self._ask_copy)
        column = QVBoxLayout(self)
        column.addWidget(heading(QLabel(_("先说明这是哪个中心，资料放在哪里"))))
        column.addLayout(form)
        column.addWidget(self.notice)
        column.addLayout(row(self.make, copy, button(_("退出"), self.reject)))
        self.setMinimumWidth(760)

    def _ask_folder(self) -> None:
        ask_folder(self, _("资料放在哪里"), lambda folder: self.folder.setText(str(folder)))

    def _ask_copy(self) -> None:
        ask_file(self, _("选备份文件"), _("备份文件 (*.ojrbak)"), self.restore)
