"""From the command line to the window: shown first, then filled, so that nobody looks at nothing.

What takes long to load (the models, the database, paper, workbooks) is loaded after the first picture,
on the database lane, in the order in which a person can use it: the form, then the office.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from ojr_desk import paths, text
from ojr_desk.problems import Refused, UserError
from ojr_desk.text import _
from ui import memory, style
from ui.errors import CrashHook, box
from ui.office import Facts, Office
from ui.window import Window

_REFUSED = 1
#: How long after the first picture the font of rare characters is loaded, in milliseconds.
_LATER = 1500


def main(arguments: Sequence[str]) -> int:
    """Show the window until it is closed; answer with the exit status."""
    # Loading makes many objects and drops none: looking for rubbish meanwhile costs a sixth of the time.
    gc.disable()
    asked = _parser().parse_args(list(arguments))
    text.use(asked.lang, paths.CATALOGUES)
    application = make_application(asked.lang)
    try:
        folder: Path | None = paths.data_folder(asked.data)
    except Refused as refused:
        if paths.chosen_folder() is not None:
            return _refuse(application, refused)
        folder = None
    clock = clock_of(asked.today)
    if folder is None or not (folder / "office.db").is_file():
        folder = _set_up(application, folder, clock)
        if folder is None:
            return _REFUSED
    style.dress(application, str(memory.recall(folder).get("size", "")))
    program = Program(folder, clock, asked.user)
    program.window.show()
    return application.exec() or program.status


def make_application(language: str = text.SOURCE_LANGUAGE) -> QApplication:
    """Make the application with the words of Qt's own buttons."""
    there = QApplication.instance()
    application = there if isinstance(there, QApplication) else QApplication([sys.argv[0]])
    application.setApplicationName("ojr-desk")
    if language == text.SOURCE_LANGUAGE:
        words = QTranslator(application)
        if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(words)
    return application


class Program:
    """One window on one data folder, from its first picture to its end."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], user: str) -> None:
        self.status = 0
        self._user, self._remembered = user, str(memory.recall(folder).get("user", ""))
        self.office = Office(folder, clock)
        self.window = Window(str(memory.recall(folder).get("size", "")))
        CrashHook(lambda: folder).install()
        self.window.painted.connect(self._load)
        self.window.leaving.connect(self._leave)
        self.window.sized.connect(lambda size: memory.remember(folder, size=size))
        self.window.seated.connect(self._sit_down)
        self.window.may_leave = self._may_leave
        self.office.informed.connect(self._inform)

    def _load(self) -> None:
        """Load what the form needs; once that can be used, open the office."""
        self.office.prepare(_load_registers, lambda _nothing: self._show_first())

    def _show_first(self) -> None:
        from ui.menu import first_entry  # noqa: PLC0415 - its modules are loaded only now

        self.window.fill([first_entry(self.office)])
        QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        folder, clock, user = self.office.folder, self.office.now, self._user
        self.office.open(lambda: _open_desk(folder, clock, user), self._opened, self._failed)

    def _opened(self, facts: Facts) -> None:
        if not facts.user and self._remembered:
            # Who sat here last may have left since; then nobody sits here.
            self.office.sit_down(self._remembered, lambda _error: None)
        self.window.foot.setText(
            _(
                "F2 新登记　F3 查找　F5 刷新　回车/Ctrl+S 保存　Esc 关上表单　Ctrl+PgUp/PgDn 换页　Ctrl +/− 字号"
            )
        )
        QTimer.singleShot(_LATER, style.add_rare_characters)
        gc.enable()
        gc.freeze()

    def _inform(self) -> None:
        from ui.pages import entries  # noqa: PLC0415 - its modules are loaded only now

        facts = self.office.facts
        self.window.show_office(facts.name, facts.user_name)
        self.window.fill(entries(self.office))
        self.office.ask(_staff, self.window.offer_staff)

    def _sit_down(self, uid: str) -> None:
        memory.remember(self.office.folder, user=uid)
        self.office.sit_down(uid)

    def _failed(self, error: UserError) -> None:
        self.status = _REFUSED
        told = box(_("不能打开"), error.message, QMessageBox.Icon.Warning)
        told.finished.connect(lambda _answer: QApplication.exit(_REFUSED))
        told.open()

    def _may_leave(self) -> bool:
        if not self.window.has_unsaved:
            return True
        question = box(
            _("还没有保存"),
            _("有填了一半、还没有保存的登记。要丢掉它，关上窗口吗？"),
            QMessageBox.Icon.Question,
        )
        question.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
        return question.exec() == QMessageBox.StandardButton.Discard

    def _leave(self) -> None:
        self.office.close()


def clock_of(today: date | None) -> Callable[[], datetime]:
    """Give the clock; one of a rehearsal stands at the end of its day, as the desk's does."""
    if today is None:
        return datetime.now
    moment = datetime.combine(today, time(23, 59))
    return lambda: moment


def _load_registers() -> None:
    import ojr_desk.registers  # noqa: PLC0415, F401 - it takes longer to load than the first window to show


def _open_desk(folder: Path, clock: Callable[[], datetime], user: str) -> Any:
    from ojr_desk.desk import Desk  # noqa: PLC0415 - it takes longer to load than the first window to show

    return Desk.open(folder, clock, user)


def _staff(desk: Any) -> list[tuple[str, str]]:
    from ojr_desk.store.query import Query  # noqa: PLC0415 - it is loaded with the desk

    found = desk.registers.find("staff", Query(live=True), 100)
    return [(each.uid, each.full_name) for each in found.records if each.center == desk.office.center]


def _set_up(application: QApplication, folder: Path | None, clock: Callable[[], datetime]) -> Path | None:
    from ui.setup_dialog import SetupDialog  # noqa: PLC0415 - only the first day needs it

    style.dress(application)
    chosen: list[Path] = []
    dialog = SetupDialog(folder, clock)
    dialog.ready.connect(chosen.append)
    dialog.exec()
    return chosen[0] if chosen else None


def _refuse(application: QApplication, refused: Refused) -> int:
    style.dress(application)
    box(_("不能打开"), refused.message, QMessageBox.Icon.Warning).exec()
    return _REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ojr-desk", allow_abbrev=False)
    parser.add_argument("--data", metavar="DIR", help="the office's data folder")
    parser.add_argument("--lang", choices=("zh_CN", "en"), default="zh_CN")
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="take this day as today"
    )
    parser.add_argument("--user", metavar="NAME", default="", help="who sits at the desk")
    return parser
