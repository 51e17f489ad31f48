"""Work away from the window's thread: lanes that do one thing after another, in the order asked.

Answers come back on the window's thread. What the user can put right goes to `failed`; a bug is raised
again where the window can see it.
"""

import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from ojr_desk.problems import Cancelled, UserError
from ojr_desk.progress import Progress
from ojr_desk.text import _

T = TypeVar("T")
Failed = Callable[[UserError], object]
#: Seconds between two reports of progress: more often than this nobody can see.
_PAUSE = 0.05
#: Seconds for which a thread may keep Python to itself while another waits; Python's own habit is 0.005.
_TURN = 0.00005


class Task(QObject):
    """One piece of work in a lane: how far it is, and the way to stop it."""

    progressed = Signal(int, int)
    ended = Signal()
    _came = Signal(object, object)

    def __init__(self, done: Callable[[Any], object], failed: Failed) -> None:
        super().__init__()
        self._done, self._failed = done, failed
        self._stopped = self._skipped = False
        self._told = 0.0
        # This object lives on the window's thread, so what a lane emits is delivered there.
        self._came.connect(self._deliver)

    def stop(self) -> None:
        """Have the work end at its next report of progress, or before it begins."""
        self._stopped = self._skipped = True

    def hurry(self) -> None:
        """Have long work end at its next report; what is short is still done whole, such as a record stored."""
        self._stopped = True

    def forget(self) -> None:
        """Tell nobody how it went: who asked is gone."""
        self._done = self._failed = _nothing

    def progress(self, done: int, total: int) -> None:
        """Take note of how far the work is; raise `Cancelled` once somebody has stopped it."""
        if self._stopped:
            raise Cancelled(_("已停止，没有保存。"))
        now = time.monotonic()
        if now - self._told > _PAUSE or done >= total:
            self._told = now
            self.progressed.emit(done, total)

    def carry_out(self, work: Callable[[Progress], Any]) -> None:
        """Do *work* on the lane's thread and send its answer home."""
        answer: Any = None
        error: Exception | None = None
        try:
            if self._skipped:
                raise Cancelled(_("已停止，没有保存。"))
            answer = work(self.progress)
        except Exception as raised:  # noqa: BLE001 - a bug is raised again on the window's thread
            error = raised
        self._came.emit(answer, error)

    def _deliver(self, answer: Any, error: Exception | None) -> None:
        self.ended.emit()
        if error is None:
            self._done(answer)
        elif isinstance(error, UserError):
            self._failed(error)
        else:
            raise error


def _nothing(_answer: object) -> None:
    """Do nothing."""


class Lane:
    """One thread and what waits for it."""

    def __init__(self) -> None:
        # The window's thread takes its turn at every call that Qt makes to Python, hundreds for one table painted:
        # with half a millisecond for each, looking at an old book of 600 rows silenced it for 240 to 360 ms; now 14.
        sys.setswitchinterval(_TURN)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._tasks: set[Task] = set()

    def run(self, work: Callable[[Progress], T], done: Callable[[T], object], failed: Failed) -> Task:
        """Do *work* after what was asked before; *done* or *failed* is called on this thread."""
        task = Task(done, failed)
        self._tasks.add(task)
        task.ended.connect(lambda: self._tasks.discard(task))
        self._pool.start(lambda: task.carry_out(work))
        return task

    @property
    def busy(self) -> bool:
        """Tell whether anything is under way or waiting."""
        return bool(self._tasks)

    def finish(self) -> None:
        """Cut long work short, do the rest whole, and bring no answer to a window that is closed."""
        for task in list(self._tasks):
            task.hurry()
            task.forget()
        self._pool.waitForDone()
