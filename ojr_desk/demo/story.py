"""The story of an office, told day by day at its desk: who comes, what becomes of it, what goes wrong.

Everything goes through the desk's own methods at its moment in the story, so that numbers, history and
months are as if people had worked there.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial

from ojr_desk.demo import plain
from ojr_desk.demo.duties import Duties
from ojr_desk.demo.hours import within
from ojr_desk.demo.plots import LEFT_IN, SENT_DOWN, Beat, beats, draw
from ojr_desk.demo.property import Property
from ojr_desk.demo.reception import Reception
from ojr_desk.demo.rooms import Rooms
from ojr_desk.demo.slips import Slips
from ojr_desk.demo.stage import Stage
from ojr_desk.demo.threads import Threads
from ojr_desk.demo.words import stream
from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.progress import Progress, silent

#: What is done with a month when it is over.
MonthEnd = Callable[[Desk, Month], None]
_DAY = timedelta(days=1)
_EVENING = time(20, 0)
#: How many cases come without an intake in a month, where the centre is busy.
_SENT_DOWN = 4
_OVERDUE = 12


class Story:
    """The months of one office."""

    def __init__(self, stage: Stage, month_end: MonthEnd | None = None) -> None:
        self._stage, self._month_end = stage, month_end
        self._rng = stream(stage.village.seed, "story")
        self._threads = Threads(stage)
        self._reception = Reception(stage, self._threads)
        self._slips = Slips(stage)
        self._duties = Duties(stage)
        self._rooms = Rooms(stage)
        self._plain = plain.Plain(stage)
        self._property = Property(stage)

    def tell(self, progress: Progress = silent) -> None:
        """Let the months pass, day by day."""
        stage = self._stage
        self._plain.furnish()
        self._duties.furnish()
        self._property.furnish()
        days = [day for month in stage.months for day in _days(month)]
        for done, day in enumerate(days):
            progress(done, len(days))
            if day.day == 1:
                self._plan(Month.of(day))
            stage.agenda.play(datetime.combine(day + _DAY, time()))
        progress(len(days), len(days))

    def _plan(self, month: Month) -> None:
        """Put on the agenda what a month brings."""
        stage, days = self._stage, self._stage.office_days(month)
        self._shut(month)
        for day in _days(month):
            for start, end in stage.hours.sessions(day):
                self._reception.expect(start, end)
        for _n in range(max(1, round(_SENT_DOWN * stage.village.busy))):
            self._send_down(self._at(self._rng.choice(days)), draw(self._rng, SENT_DOWN))
        if month == stage.months[-1] and stage.village.shows_all:
            self._leave_behind(days)
        self._stumble(month, days)
        self._duties.plan(month)
        self._rooms.plan(month)
        self._plain.plan(month)
        self._property.plan(month)
        if self._month_end is not None:
            evening = datetime.combine(month.last, _EVENING)
            stage.agenda.at(evening, partial(self._month_end, stage.desk, month))

    def _stumble(self, month: Month, days: list[date]) -> None:
        """Put on the agenda what goes wrong in a month, and what is new."""
        rng, months = self._rng, self._stage.months
        first = month == months[0]
        for _n in range(2):
            self._slips.void(self._at(rng.choice(days[1:])))
            self._slips.mend(self._at(rng.choice(days[1:])))
        late = rng.randrange(6, len(days))
        missed = [self._at(rng.choice(days[late - 6 : late - 3])) for _n in range(rng.randrange(2, 5))]
        self._reception.catch_up(sorted(missed), self._at(days[late]))
        if first or rng.random() < 0.4:
            self._reception.accuse(self._at(rng.choice(days)))
        if first:
            self._slips.double(self._at(days[4]))
        else:
            self._slips.correct(self._at(days[2]), month.previous())
        if len(months) > 1 and month == months[1]:
            self._slips.replace(self._at(days[0]))

    def _leave_behind(self, days: list[date]) -> None:
        """Let cases stand in every state when the story ends, one of them overdue."""
        for state, plot in LEFT_IN.items():
            story = beats(plot)
            back = _OVERDUE if state == "handling" else 2 + len(story) + sum(beat.most for beat in story)
            self._send_down(self._at(days[-min(back, len(days))]), story)

    def _send_down(self, moment: datetime, story: list[Beat]) -> None:
        matter = self._reception.callers.sent_down()
        self._stage.agenda.at(moment, lambda: self._threads.send_down(matter, story))

    def _shut(self, month: Month) -> None:
        """Announce on the day before that the office will be shut."""
        stage = self._stage
        for rule in stage.hours.rules:
            if rule["rule_type"] == "closed" and rule["valid_from"] in month:
                eve = datetime.combine(rule["valid_from"] - _DAY, time(16, 30))
                stage.agenda.at(eve, partial(self._announce, rule))

    def _announce(self, rule: Mapping[str, object]) -> None:
        self._stage.sit(self._stage.cast.one("clerk"))
        self._stage.desk.registers.add("opening", [rule])

    def _at(self, day: date) -> datetime:
        """Draw a moment of an office day."""
        return within(self._rng, *self._rng.choice(self._stage.hours.sessions(day)))


def _days(month: Month) -> list[date]:
    return [month.first + n * _DAY for n in range((month.last - month.first).days + 1)]
