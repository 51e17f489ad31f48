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
    QWidget,
)

from ojr_desk import paths
from ojr_desk.desk import Desk, NewOffice
from ojr_desk.desk.backups import FOLDER, go_back
from ojr_desk.problems import Refused, UserError
from ojr_desk.registers.center import LEVELS
from ojr_desk.store.engine import FILE_NAME
from ojr_desk.text import N_, _
from ui.buttons import button, row
from ui.files import ask_file, ask_folder
from ui.notice import Notice
from ui.style import heading
from ui.tall import TallItems
from ui.task import Lane

T = TypeVar("T")
_HALF_A_PATH = N_("资料放在哪里要写全，例如 {example}；不知道怎么写的，请按“选别处…”来选。")
#: Levels that have an office of their own, the usual one first.
_USUAL = ("village", "township", "county", "city")


def set_up(folder: Path | None, clock: Callable[[], datetime], trouble: str = "") -> Path | None:
    """Ask until there is an office; answer with its folder, or nothing if the person gave up.

    *trouble* says why the office that is there cannot be opened.
    """
    chosen: list[Path] = []
    dialog = SetupDialog(folder, clock, trouble)
    dialog.ready.connect(chosen.append)
    dialog.exec()
    return chosen[0] if chosen else None


class SetupDialog(QDialog):
    """Makes a new office, takes one over that is there, or brings one back from a copy; in *trouble* only that."""

    ready = Signal(object)

    def __init__(self, folder: Path | None, clock: Callable[[], datetime], trouble: str = "") -> None:
        super().__init__()
        self._clock = clock
        self._trouble = trouble
        self._named = folder is not None
        self._lane = Lane()
        self.setWindowTitle(_("不能打开") if trouble else _("第一次使用"))
        self.folder = QLineEdit(str(folder or paths.suggested_folder()))
        self.folder.setReadOnly(self._named)
        self.folder.setAccessibleName(_("资料放在"))
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
        folder, clock = self._folder(), self._clock
        name, level = self.name.text(), self.level.currentData()
        code, superior = self.code.text().strip(), self.superior.text().strip()

        def work() -> Path:
            there = (folder / FILE_NAME).is_file()
            if not there:
                # Before a folder is made, so that a slip of the pen leaves nothing behind.
                facts = NewOffice(name, level, code, superior)
                facts.check(clock())
            self._choose(folder)
            if not there:
                Desk.create(folder, facts, clock).close()
            return folder

        self._run(work, self._made)

    def restore(self, file: Path) -> None:
        """Bring an office back from a copy into the folder."""
        folder, now = self._folder(), self._clock()

        def work() -> str:
            self._choose(folder)
            return str(go_back(folder, file, now)["notice"])

        def done(notice: str) -> None:
            if not notice:
                self._made(folder)
                return
            # The office is there, but the person has to know what is not.
            self._trouble = ""
            self.make.show()
            self.make.setEnabled(True)
            self._caution()
            self.notice.warn(notice)

        self._run(work, done)

    def _folder(self) -> Path:
        return Path(self.folder.text().strip()).expanduser()

    def _choose(self, folder: Path) -> None:
        """Make *folder* the one of this PC, unless it was named for this time; half a path could be anywhere."""
        if not folder.is_absolute():
            raise Refused(_(_HALF_A_PATH).format(example=paths.suggested_folder()))
        if not self._named:
            paths.choose_folder(folder)

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
        folder = self._folder()
        there = folder.is_absolute() and (folder / FILE_NAME).is_file()
        for line in (self.name, self.level, self.code, self.superior):
            line.setEnabled(not there)
        self.make.setText(_("打开这个中心") if there else _("建立"))
        if self._trouble:
            self.notice.refuse(self._trouble)
        elif there:
            self.notice.tell(_("这个文件夹里已经有一个中心，直接打开就可以。"))
        elif not folder.is_absolute():
            self.notice.warn(_(_HALF_A_PATH).format(example=paths.suggested_folder()))
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
        asked = QWidget(self)
        asked.setHidden(bool(self._trouble))
        form = QFormLayout(asked)
        form.setContentsMargins(0, 0, 0, 0)
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
        if self._trouble:
            column.addWidget(heading(QLabel(_("这个中心打不开，可以从最近的备份恢复"))))
            self.make.hide()
        else:
            column.addWidget(heading(QLabel(_("先说明这是哪个中心，资料放在哪里"))))
        column.addWidget(asked)
        column.addWidget(self.notice)
        column.addLayout(row(self.make, copy, button(_("退出"), self.reject)))
        self.setMinimumWidth(760)

    def _ask_folder(self) -> None:
        ask_folder(self, _("资料放在哪里"), lambda folder: self.folder.setText(str(folder)))

    def _ask_copy(self) -> None:
        dialog = ask_file(self, _("选备份文件"), _("备份文件 (*.ojrbak)"), self.restore)
        if self._trouble:
            dialog.setDirectory(str(self._folder() / FOLDER))
