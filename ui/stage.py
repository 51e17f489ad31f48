"""The whole window without a screen and without hands: for the self-test, the rehearsal and pictures."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from ojr_desk.problems import Refused, UserError
from ojr_desk.text import _
from ui import app, style
from ui.office import Office
from ui.page import Page
from ui.program import Program
from ui.window import Window

#: Longer than this no page takes to come to rest, in seconds.
_PATIENCE = 120.0
#: How often nothing may have been under way before a window counts as at rest.
_QUIET = 5
WIDE, HIGH = 1366, 768


def application() -> QApplication:
    """Answer with the application; where there is none yet, make one that needs no screen."""
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(_say)
    made = app.make_application()
    if not made.styleSheet():
        style.dress(made)
    style.add_rare_characters()
    return made


def _say(_kind: QtMsgType, _context: QMessageLogContext, told: str) -> None:
    """Pass on what Qt says, but for its complaint at every window that no screen has a use for sizes."""
    if "propagateSizeHints" not in told:
        sys.stderr.write(told + "\n")


class Stage:
    """A window on an office, looked at by a program."""

    def __init__(self, window: Window, office: Office) -> None:
        self.window, self.office = window, office

    def go(self, key: str) -> Page:
        """Go to a page and wait until it is at rest."""
        page = self.window.go(key)
        self.settle()
        return page

    def settle(self) -> None:
        """Wait until nothing is under way."""
        until, quiet = time.monotonic() + _PATIENCE, 0
        while quiet < _QUIET:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QCoreApplication.sendPostedEvents()
            quiet = 0 if self.office.busy else quiet + 1
            time.sleep(0.002)
            if time.monotonic() > until:
                raise Refused(_("窗口过了很久还没有反应，请重新启动电脑再试。"))

    def picture(self, path: Path, of: QWidget | None = None) -> Path:
        """Take a picture of the window, or of a part of it."""
        self.settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        (of or self.window).grab().save(str(path))
        return path


@contextmanager
def on_stage(
    folder: Path, clock: Callable[[], datetime], user: str = "", size: str = "standard"
) -> Iterator[Stage]:
    """Open the office in *folder* in a whole window, and close it again."""
    style.resize(application(), size)
    window = Window(size)
    window.resize(WIDE, HIGH)
    window.show()
    program = Program(window, folder, clock, user)
    stage = Stage(window, program.office)
    failures: list[UserError] = []
    program.refused.connect(failures.append)
    program.load()
    try:
        stage.settle()
        if failures:
            raise failures[0]
        yield stage
    finally:
        window.hide()
        program.office.close()
        window.deleteLater()
        stage_is_over()


def stage_is_over() -> None:
    """Let go of what was to be deleted later."""
    QCoreApplication.sendPostedEvents(None, 52)  # QEvent.Type.DeferredDelete
    QCoreApplication.processEvents()
