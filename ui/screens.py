"""Pictures of every page, made without a screen: for the self-test, the rehearsal and whoever wants to look."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from ui import app, style
from ui.program import Program
from ui.window import Window

#: How long a page may take to fill, in seconds; then it is pictured as it is.
_PATIENCE = 30.0
#: How long nothing may happen before a page counts as filled, in seconds.
_QUIET = 0.3


def save_screens(office: Path, clock: Callable[[], datetime], folder: Path) -> dict[str, Path]:
    """Open the office in *office*, go to every page and save its picture in *folder*; answer by the page's key."""
    folder.mkdir(parents=True, exist_ok=True)
    application = app.make_application()
    style.dress(application)
    style.add_rare_characters()
    window = Window("")
    window.show()
    program = Program(window, office, clock, "")
    program.load()
    _wait(application, program, lambda: bool(program.office.facts.name))
    pictures = {}
    for place, entry in enumerate(window.entries, 1):
        window.go(entry.key)
        _wait(application, program)
        path = folder / f"{place:02d}-{entry.key}.png"
        if not window.grab().save(str(path)):
            raise OSError(str(path))
        pictures[entry.key] = path
    window.may_leave = lambda: True
    window.close()
    application.processEvents()
    return pictures


def _wait(application: QApplication, program: Program, enough: Callable[[], bool] = lambda: True) -> None:
    """Let the window work until nothing is under way any more."""
    end = time.monotonic() + _PATIENCE
    quiet_since = time.monotonic()
    while time.monotonic() < end:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        if program.office.busy or not enough():
            quiet_since = time.monotonic()
        elif time.monotonic() - quiet_since > _QUIET:
            return
        time.sleep(0.005)
