"""From the command line to the window: shown first, then filled, so that nobody looks at nothing.

Whatever takes long to load is loaded after the first picture; so this module and `ui.window` know as
little as they can.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from ojr_desk import paths, text, usage
from ojr_desk.problems import Damaged, Refused, UserError
from ojr_desk.text import _
from ui import input_method, memory, style
from ui.window import Window

#: The exit status when there is no office to open, and the window's own when it is to be opened anew.
REFUSED, AGAIN = 1, -1
#: As `ojr_desk.store.engine` names it, which takes longer to load than the window to show.
_DATABASE = "office.db"
#: The window's own size; a screen that is hardly larger is filled.
_WIDE, _HIGH = 1366, 728


def main(arguments: Sequence[str]) -> int:
    """Show the window until it is closed; answer with the exit status."""
    # Loading makes many objects and drops none: looking for rubbish meanwhile costs an eighth of the time.
    gc.disable()
    with usage.in_the_language_of(arguments):
        asked = usage.parser("ojr-desk").parse_args(list(arguments))
    if not has_screen():
        sys.stderr.write(_("这里没有图形界面，不能打开窗口。可以用命令办理：ojr-desk --help") + "\n")
        return REFUSED
    language = asked.lang if "--lang" in arguments else _remembered_language(asked.data) or asked.lang
    text.use(language, paths.CATALOGUES)
    application = make_application(language)
    clock = clock_of(asked.today)
    try:
        folder: Path | None = paths.data_folder(asked.data)
    except Refused as refused:
        if paths.chosen_folder() is not None:
            return _refuse(application, refused)
        folder = None
    if folder is None or not (folder / _DATABASE).is_file():
        folder = _set_up(application, folder, clock)
        if folder is None:
            return REFUSED
    return show(application, folder, clock, asked.user)


def show(application: QApplication, folder: Path, clock: Callable[[], datetime], user: str) -> int:
    """Show the window of the office in *folder*; the program behind it is loaded once it is seen."""
    size = str(memory.recall(folder).get("size", ""))
    style.dress(application, size)
    window = Window(size)

    def begin() -> None:
        from ui.errors import CrashHook  # noqa: PLC0415 - loaded once the window is seen
        from ui.program import Program  # noqa: PLC0415 - loaded once the window is seen

        CrashHook(lambda: folder).install()
        program = Program(window, folder, clock, user)
        program.refused.connect(lambda error: application.exit(_rescue(error, folder, clock)))
        program.load()

    window.painted.connect(begin)
    room = application.primaryScreen().availableSize()
    window.resize(min(_WIDE, room.width()), min(_HIGH, room.height()))
    if room.width() <= _WIDE or room.height() <= _HIGH:
        window.showMaximized()
    else:
        window.show()
    status = application.exec()
    if status != AGAIN:
        return status
    window.close()
    return show(application, folder, clock, user)


def _remembered_language(data: str | None) -> str:
    """Tell in which language this PC's window was last asked to speak; nothing if nobody asked."""
    try:
        language = str(memory.recall(paths.data_folder(data)).get("lang", ""))
    except Refused:
        return ""
    return language if language in text.languages(paths.CATALOGUES) else ""


def make_application(language: str = text.SOURCE_LANGUAGE) -> QApplication:
    """Make the application with the words of Qt's own buttons."""
    there = QApplication.instance()
    if there is None:
        input_method.prepare(os.environ)
    application = there if isinstance(there, QApplication) else QApplication([sys.argv[0]])
    application.setApplicationName("ojr-desk")
    if language == text.SOURCE_LANGUAGE and not application.findChild(QTranslator):
        words = QTranslator(application)
        if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(words)
    return application


def has_screen() -> bool:
    """Tell whether a window can be shown: without a screen Qt ends the program with a wall of text."""
    told = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in told)


def clock_of(today: date | None) -> Callable[[], datetime]:
    """Give the clock; one of a rehearsal stands at the end of its day, as the desk's does."""
    if today is None:
        return datetime.now
    moment = datetime.combine(today, time(23, 59))
    return lambda: moment


def _set_up(application: QApplication, folder: Path | None, clock: Callable[[], datetime]) -> Path | None:
    from ui.setup_dialog import set_up  # noqa: PLC0415 - only the first day needs it

    style.dress(application)
    return set_up(folder, clock)


def _rescue(error: UserError, folder: Path, clock: Callable[[], datetime]) -> int:
    """Say why there is nothing to see; an office that is damaged can be brought back from a copy at once."""
    from ui.errors import refuse  # noqa: PLC0415 - only a bad day needs it
    from ui.setup_dialog import set_up  # noqa: PLC0415 - only a bad day needs it

    if isinstance(error, Damaged):
        return REFUSED if set_up(folder, clock, error.message) is None else AGAIN
    refuse(error)
    return REFUSED


def _refuse(application: QApplication, refused: Refused) -> int:
    from ui.errors import refuse  # noqa: PLC0415 - only a bad day needs it

    style.dress(application)
    refuse(refused)
    return REFUSED
