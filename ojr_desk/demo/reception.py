"""The desk itself: those who come in one session are entered when it is over, and what follows begins."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import sqrt

from ojr_desk.demo.callers import Caller, Callers, sealed
from ojr_desk.demo.hours import within
from ojr_desk.demo.plots import TAKEN_UP, draw
from ojr_desk.demo.setting import Member
from ojr_desk.demo.stage import Stage
from ojr_desk.demo.threads import Threads
from ojr_desk.demo.words import said, stream, table
from ojr_desk.desk.entries import Added
from ojr_desk.moments import Month

#: Callers in an hour of the morning and of the afternoon, where the centre is busy.
_AN_HOUR = (2.1, 1.3)
#: Mondays are full, weekends are quiet.
_WEEK = (1.3, 1.0, 1.0, 1.0, 0.9, 0.5, 0.4)
_NOBODY_COMES = timedelta(minutes=16)
_WRITING = timedelta(minutes=4)
#: Of those who were answered at once, so many are called back.
_CALLED_BACK = 0.06


class Reception:
    """Those who receive people in one office."""

    def __init__(self, stage: Stage, threads: Threads) -> None:
        self._stage, self._threads = stage, threads
        self._rng = stream(stage.village.seed, "reception")
        self.callers = Callers(stage.village.seed, stage.people, stage.cast)

    def expect(self, start: datetime, end: datetime) -> None:
        """Put on the agenda those who come between *start* and *end*."""
        self._stage.agenda.at(end + _WRITING, lambda: self._session(start, end))

    def accuse(self, moment: datetime) -> None:
        """Enter an accusation, of which nothing is told."""
        stage = self._stage
        stage.agenda.at(moment, lambda: self._accuse(moment))

    def catch_up(self, moments: Sequence[datetime], at: datetime) -> None:
        """Put on the agenda that who came at some *moments* is entered late."""
        self._stage.agenda.at(at, lambda: self._catch_up(moments))

    def _session(self, start: datetime, end: datetime) -> None:
        """Enter those who came between *start* and *end*."""
        rng, busy = self._rng, self._stage.village.busy
        mean = (
            _AN_HOUR[start.hour >= 12] * _WEEK[start.weekday()] * busy * (end - start).total_seconds() / 3600
        )
        count = max(round(rng.gauss(mean, sqrt(mean) / 2)), 0)
        duty = self._duty()
        moments = sorted(within(rng, start, end - _NOBODY_COMES) for _n in range(count))
        self._enter(self.callers.come(moments, duty), duty)

    def _catch_up(self, moments: Sequence[datetime]) -> None:
        duty = self._duty()
        reason, remark = self._rng.choice(table("late"))
        callers = self.callers.come(moments, duty)
        for caller in callers:
            caller.row.update(backfill_reason=reason, remark=remark)
            if caller.row["disposition"] == "accepted":
                # What was taken up is never entered late: its deadline would be over.
                caller.row.update(disposition="answered", reply_content=caller.matter[3])
        self._enter(callers, duty)

    def _accuse(self, moment: datetime) -> None:
        self._stage.sit(self._stage.cast.one("mediator"))
        channel = self._rng.choice(("visit", "call", "letter"))
        self._stage.desk.registers.add("intake", [sealed(channel, moment)])

    def _duty(self) -> Member:
        return self._rng.choice(self._stage.cast.all("desk", "clerk", "handler"))

    def _enter(self, callers: Sequence[Caller], duty: Member) -> None:
        """Store what was written down in one session, and let follow what must."""
        if not callers:
            return
        self._stage.sit(duty)
        added = self._stage.desk.registers.add("intake", [each.row for each in callers])
        for caller, stored in zip(callers, added, strict=True):
            if stored.record.person:
                self._stage.people.meet(stored.record.person, caller.who)
            self._follow(caller, stored, duty)

    def _follow(self, caller: Caller, stored: Added, duty: Member) -> None:
        """Begin the case that an intake led to, or remember that it is done with."""
        stage, rng, record = self._stage, self._rng, stored.record
        if record.case:
            self._threads.begin(record.case, caller.matter, draw(rng, TAKEN_UP), duty)
            return
        stage.settled.setdefault(Month.of(record.occurred_at), []).append(record.uid)
        if record.closed_at and caller.who and rng.random() < _CALLED_BACK:
            when = stage.hours.later(stage.agenda.now, rng.randint(1, 3), rng)
            stage.agenda.at(when, lambda: self._call_back(record.uid))

    def _call_back(self, uid: str) -> None:
        """Ask somebody who was answered at once whether that was enough; a void record is left alone."""
        stage = self._stage
        if any(uid in uids for uids in stage.settled.values()):
            stage.sit(self._rng.choice(stage.cast.all("desk")))
            grade = self._rng.choice(("very", "satisfied", "satisfied", "basic"))
            told = {"satisfaction": grade, "method": "phone", "text": self._rng.choice(said("follow_up"))}
            stage.desk.cases.act("intake", uid, "follow_up", told)
