"""Cases on their way: each step waits on the agenda, and is taken at the desk when its moment comes."""

from collections.abc import Sequence

from ojr_desk.demo.plots import Beat, Scene, Thread, actor, values
from ojr_desk.demo.setting import Member
from ojr_desk.demo.stage import Stage
from ojr_desk.demo.words import lines, stream
from ojr_desk.registers.case import title_of

_SOURCES = ("superior", "livelihood", "demand", "feedback", "other")


class Threads:
    """The cases of one office."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._rng = stream(stage.village.seed, "threads")

    def begin(self, uid: str, matter: Sequence[str], beats: list[Beat], desk: Member | None = None) -> None:
        """Follow a case through its plot; without somebody who assigns it, it stays with *desk*."""
        assigned = any(beat.step == "assign" for beat in beats)
        handler = desk if desk and not assigned else self._rng.choice(self._handlers())
        self._wait(Thread(uid, matter, handler, list(beats)))

    def send_down(self, matter: Sequence[str], beats: list[Beat]) -> None:
        """Enter a case that no intake led to, and follow it."""
        stage, rng = self._stage, self._rng
        stage.sit(stage.cast.one("clerk"))
        category, nature, content = matter[:3]
        case = {
            "source": rng.choice(_SOURCES),
            "title": title_of(category),
            "matter_nature": nature,
            "occurred_at": stage.agenda.now,
            "content": content,
            "owner_leader": stage.cast.one("secretary").uid,
        }
        (added,) = stage.desk.registers.add("case", [case])
        self.begin(added.record.uid, matter, beats)

    def _handlers(self) -> list[Member]:
        return self._stage.cast.all("handler", "mediator")

    def _wait(self, thread: Thread) -> None:
        """Put the next step of a case on the agenda."""
        if thread.beats:
            beat = thread.beats.pop(0)
            stage = self._stage
            when = stage.hours.later(stage.agenda.now, self._rng.randint(beat.least, beat.most), self._rng)
            stage.agenda.at(when, lambda: self._take(thread, beat))

    def _take(self, thread: Thread, beat: Beat) -> None:
        """Take one step, and wait for the next."""
        stage = self._stage
        if beat.step == "void":
            stage.desk.registers.void("case", thread.uid, self._rng.choice(lines("slips")))
            return
        if beat.how == "again":
            thread.handler = self._rng.choice([each for each in self._handlers() if each != thread.handler])
        scene = Scene(thread, stage.cast, stage.hours.calendar, stage.agenda.now.date(), self._rng)
        stage.sit(actor(scene, beat.step))
        record = stage.desk.cases.act("case", thread.uid, beat.step, values(scene, beat))
        thread.uid, thread.due_on = record.uid, record.due_on
        self._wait(thread)
