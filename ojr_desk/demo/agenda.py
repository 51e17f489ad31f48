"""What is going to happen when: the order of events of a story, and the clock that moves with it."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush


class Agenda:
    """Events that wait for their moment; the agenda is the clock of the desk at which they happen."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self._waiting: list[tuple[datetime, int, Callable[[], None]]] = []
        self._entered = 0

    def __call__(self) -> datetime:
        """Tell the time in the story."""
        return self.now

    def at(self, moment: datetime, event: Callable[[], None]) -> None:
        """Enter an event; of two for one moment the one that was entered first comes first."""
        self._entered += 1
        heappush(self._waiting, (max(moment, self.now), self._entered, event))

    def play(self, end: datetime) -> None:
        """Let everything happen that waits for a moment before *end*; the rest goes on waiting."""
        while self._waiting and self._waiting[0][0] < end:
            self.now, _entered, event = heappop(self._waiting)
            event()
