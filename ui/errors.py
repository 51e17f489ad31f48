"""What the window says when something is wrong: a sentence for what people can put right, a report for a bug."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from ojr_desk import __version__
from ojr_desk.problems import Cancelled, UserError
from ojr_desk.text import _
from ui.front import front, present


def show(error: UserError) -> None:
    """Say what is wrong, in a box that waits without stopping anything; a stop by hand needs no box."""
    if not isinstance(error, Cancelled):
        present(box(_("请注意"), error.message, QMessageBox.Icon.Warning))


def refuse(error: UserError) -> None:
    """Say why there will be no window, and wait until that is read."""
    box(_("不能打开"), error.message, QMessageBox.Icon.Warning).exec()


def box(title: str, message: str, icon: QMessageBox.Icon) -> QMessageBox:
    """Make a box with a sentence over the window in front."""
    made = QMessageBox(icon, title, message, QMessageBox.StandardButton.Ok, front())
    # A file's name may look like HTML.
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return made


def attempt(trial: Callable[[], str]) -> tuple[bool, str]:
    """Try something; tell whether it went well, and what it says or why not."""
    try:
        return True, trial()
    except UserError as error:
        return False, error.message
    except Exception as error:  # noqa: BLE001 - a self-test reports what fails instead of ending by it
        return False, f"{type(error).__name__}: {error}"


class CrashHook:
    """Takes a bug that nobody expected: writes its report and says so, one box at a time."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._showing = False

    def install(self) -> None:
        """Take every bug from now on, of this thread's code that Qt calls too."""
        sys.excepthook = self.take

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Report *error*; Ctrl+C in a terminal only ends the program."""
        if not isinstance(error, Exception):
            QApplication.exit(1)
            return
        from ojr_desk import crash  # noqa: PLC0415 - on most days nobody needs it

        path = crash.report(error, self._folder(), datetime.now(), __version__)
        # A window started from the desktop has no terminal.
        if sys.stderr is not None:
            sys.stderr.write(f"{kind.__name__}: {path}\n")
        if QApplication.instance() is not None and not self._showing:
            self._tell(path)

    def _tell(self, path: Path) -> None:
        told = _("程序出错了，已存的资料没有受影响，刚才的那一步请再做一次。") + "\n"
        told += _("再出错的话，请把报告交给维护的人：{path}").format(path=path)
        made = box(_("程序出错了"), told, QMessageBox.Icon.Critical)
        copy = made.addButton(_("复制报告"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(path.read_text("utf-8")))
        made.finished.connect(self._shown)
        self._showing = True
        present(made)

    def _shown(self) -> None:
        self._showing = False
