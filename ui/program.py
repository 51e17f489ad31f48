"""One window on one data folder, from its first picture to its end.

The form is loaded first, then the office behind it: both on the database lane, so that what a person
does meanwhile waits its turn instead of being lost.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from ojr_desk.text import _
from ui import errors, memory, style
from ui.office import Facts, Office
from ui.window import Window

#: How long after the first picture the font of rare characters is loaded, in milliseconds.
_LATER = 1500
#: Where people type; a window that is only looked at by a program needs no input method.
_SCREENS = ("xcb", "wayland", "wayland-egl", "windows", "cocoa")


class Program(QObject):
    """What happens behind the window. `refused` tells why there is nothing to see."""

    refused = Signal(object)

    def __init__(self, window: Window, folder: Path, clock: Callable[[], datetime], user: str) -> None:
        super().__init__(window)
        self.window = window
        self._user, self._remembered = user, str(memory.recall(folder).get("user", ""))
        self.office = Office(folder, clock)
        window.leaving.connect(self.office.close)
        window.sized.connect(lambda size: memory.remember(folder, size=size))
        window.top.seated.connect(self._sit_down)
        window.may_leave = self._may_leave
        self.office.informed.connect(self._inform)

    def load(self) -> None:
        """Load what the form needs; once that can be used, open the office."""
        self.office.prepare(_load_registers, lambda _nothing: self._show_first())

    def _show_first(self) -> None:
        from ui.beginning import acts, entries  # noqa: PLC0415 - its modules are loaded only now

        self.window.fill(entries(self.office))
        self.window.set_acts(acts(self.window))
        # It is on the screen before anything else is loaded: from here on a person can type.
        QTimer.singleShot(0, self, self._open)

    def _open(self) -> None:
        folder, clock, user = self.office.folder, self.office.now, self._user
        self.office.open(lambda: _open_desk(folder, clock, user), self._opened, self.refused.emit)

    def _opened(self, facts: Facts) -> None:
        if not facts.user and self._remembered:
            # Who sat here last may have left since; then nobody sits here.
            self.office.sit_down(self._remembered, lambda _error: None)
        QTimer.singleShot(_LATER, self, style.add_rare_characters)
        QTimer.singleShot(_LATER, self, self._mind_typing)
        from ui.everywhere import attend  # noqa: PLC0415 - its modules are loaded only now
        from ui.rubbish import Rubbish  # noqa: PLC0415 - so is this

        attend(self.window, self.office)
        Rubbish(self, self.office)

    def _mind_typing(self) -> None:
        """Say, once and where nothing else is said, that no Chinese can be typed here, and what to do."""
        from ui.input_method import verdict  # noqa: PLC0415 - it asks Qt for its plugins

        if QGuiApplication.platformName() in _SCREENS and self.window.notice.is_clear:
            told = verdict()
            if not told.fine:
                self.window.notice.warn(told.sentence)

    def _inform(self) -> None:
        from ui.beginning import acts  # noqa: PLC0415 - its modules are loaded only now
        from ui.menu import entries  # noqa: PLC0415 - so are these

        facts = self.office.facts
        self.window.show_office(facts.name, facts.user_name)
        self.window.fill(entries(self.office))
        self.window.set_acts(acts(self.window))
        self.office.ask(_staff, self.window.top.offer_staff)

    def _sit_down(self, uid: str) -> None:
        memory.remember(self.office.folder, user=uid)
        self.office.sit_down(uid)

    def _may_leave(self) -> bool:
        if not self.window.has_unsaved:
            return True
        told = _("有填了一半、还没有保存的登记。要丢掉它，关上窗口吗？")
        question = errors.box(_("还没有保存"), told, QMessageBox.Icon.Question)
        question.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
        return question.exec() == QMessageBox.StandardButton.Discard


def _load_registers() -> None:
    import ojr_desk.registers.intake  # noqa: PLC0415 - it takes longer to load than the window to show
    import ojr_desk.registers.person  # noqa: PLC0415, F401 - so does this


def _open_desk(folder: Path, clock: Callable[[], datetime], user: str) -> Any:
    from ojr_desk.desk import Desk  # noqa: PLC0415 - it takes longer to load than the window to show

    return Desk.open(folder, clock, user)


def _staff(desk: Any) -> list[tuple[str, str]]:
    from ojr_desk.store.query import Query  # noqa: PLC0415 - it is loaded with the desk

    found = desk.registers.find("staff", Query(live=True), 100)
    return [(each.uid, each.full_name) for each in found.records if each.center == desk.office.center]
