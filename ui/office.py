"""The open office as the windows see it: whatever is asked of its desk is done on a lane, in the order asked.

Windows never hold the desk itself, so none can keep the window waiting by a call to it. What is asked
while the office is still being opened waits behind the opening.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from ojr_desk.moments import Month
from ojr_desk.problems import Cancelled
from ojr_desk.progress import Progress
from ojr_desk.text import _
from ui import errors
from ui.changes import Changes
from ui.task import Failed, Lane, Task
from ui.waiting import Waiting

T = TypeVar("T")
#: A desk: not named here, because its module takes longer to load than the first window to show.
Desk = Any


class Facts(NamedTuple):
    """What every window may know of the office: its name and level, who sits here, what is kept and closed."""

    name: str = ""
    level: str = ""
    center: str = ""
    user: str = ""
    user_name: str = ""
    enabled: frozenset[str] = frozenset()
    closed: frozenset[Month] = frozenset()

    @property
    def is_superior(self) -> bool:
        """Tell whether villages report here."""
        return self.level in ("township", "county", "city")


class Office(QObject):
    """One data folder while its window is open."""

    informed = Signal()
    #: Asks that a record be shown on its page: its register and its key.
    wanted = Signal(str, str)

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.folder, self.now = folder, clock
        self.changes = Changes(self)
        self.facts = Facts()
        self._desk: Desk = None
        self._opening: Callable[[], Desk] | None = None
        self._early: list[Callable[[], object]] = []
        self._held = ExitStack()
        self._scratch: TemporaryDirectory[str] | None = None
        self._database, self._files = Lane(), Lane()
        self.changes.changed.connect(self._refresh)

    def open(self, opening: Callable[[], Desk], done: Callable[[Facts], object], failed: Failed) -> None:
        """Open the desk on its lane and keep the folder to this window; raises nothing here."""
        self._opening = opening

        def opened(facts: Facts) -> None:
            self._keep(facts)
            done(facts)

        self._database.run(lambda _progress: self._open(opening), opened, failed)
        for asked in self._early:
            asked()
        self._early.clear()

    def replace(self, title: str, work: Callable[[Progress], T], done: Callable[[T], object]) -> Task:
        """Let go of the file for the time of *work*, which puts another in its place; then open it again."""

        def replaced(progress: Progress) -> T:
            self._let_go()
            try:
                return work(progress)
            finally:
                assert self._opening is not None
                self._open(self._opening)

        def opened(answer: T) -> None:
            done(answer)
            self.changes.changed.emit(Changes.SWITCHES)

        return _watched(title, self._database.run(replaced, opened, errors.show), stops=False)

    def prepare(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Do what needs no desk, such as loading a module, before anything that is asked later."""
        self._database.run(lambda _progress: work(), done, errors.show)

    def ask(
        self, work: Callable[[Desk], T], done: Callable[[T], object], failed: Failed = errors.show
    ) -> None:
        """Have something short done at the desk; the answer comes to *done*."""
        if self._opening is None:
            self._early.append(lambda: self.ask(work, done, failed))
            return
        self._database.run(lambda _progress: work(self._at_desk()), done, failed)

    def labour(
        self,
        title: str,
        work: Callable[[Desk, Progress], T],
        done: Callable[[T], object],
        failed: Failed = errors.show,
        stops: bool = True,
    ) -> Task:
        """Have something long done at the desk, under a window that tells how far it is.

        That window can stop the work, if it *stops*: if it asks, by telling how far it is, whether to go on.
        """
        task = self._database.run(lambda told: work(self._at_desk(), told), done, failed)
        return _watched(title, task, stops)

    def aside(
        self,
        title: str,
        work: Callable[[Desk, Progress], T],
        done: Callable[[T], object],
        failed: Failed = errors.show,
        stops: bool = True,
    ) -> Task:
        """Have something long done that reads the office but does not write to it: paper, pictures of paper."""
        task = self._files.run(lambda told: work(self._at_desk(), told), done, failed)
        return _watched(title, task, stops)

    def draw(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed = errors.show) -> Task:
        """Have something short done with files alone."""
        return self._files.run(lambda _progress: work(), done, failed)

    @property
    def scratch(self) -> Path:
        """Name a folder for what lasts no longer than the window, such as a paper that is only looked at."""
        if self._scratch is None:
            self._scratch = TemporaryDirectory(prefix="ojr-desk-", ignore_cleanup_errors=True)
        return Path(self._scratch.name)

    @property
    def busy(self) -> bool:
        """Tell whether anything is under way."""
        return self._database.busy or self._files.busy

    def close(self) -> None:
        """Stop what can be stopped, wait for the rest, let go of the folder."""
        self._files.finish()
        self._database.finish()
        self._let_go()
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def _open(self, opening: Callable[[], Desk]) -> Facts:
        desk = opening()
        try:
            self._held.enter_context(desk.alone("window"))
        except BaseException:
            desk.close()
            raise
        self._desk = desk
        return _facts(desk)

    def _at_desk(self) -> Desk:
        if self._desk is None:
            raise Cancelled(_("资料没有打开，请重新打开窗口。"))
        return self._desk

    def _let_go(self) -> None:
        self._held.close()
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def _refresh(self, what: str) -> None:
        if what in (Changes.MONTHS, Changes.SWITCHES, Changes.EVERYTHING, "center", "staff"):
            self.ask(_facts, self._keep)

    def sit_down(self, uid: str, failed: Failed = errors.show) -> None:
        """Let a member of the staff work at this window from now on."""
        self.ask(lambda desk: (desk.sit_down(uid), _facts(desk))[1], self._keep, failed)

    def _keep(self, facts: Facts) -> None:
        self.facts = facts
        self.informed.emit()


def _watched(title: str, task: Task, stops: bool) -> Task:
    Waiting(title, task, stops)
    return task


def _facts(desk: Desk) -> Facts:
    user = desk.office.user or ""
    return Facts(
        name=desk.registers.get("center", desk.office.center).official_name,
        level=desk.office.level,
        center=desk.office.center,
        user=user,
        user_name=desk.registers.get("staff", user).full_name if user else "",
        enabled=frozenset(each.code for each in desk.registers.all() if desk.registers.enabled(each.code)),
        closed=desk.months.closed(),
    )
