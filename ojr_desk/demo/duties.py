"""Duty in an invented office: a list of turns, a roster for each month, leave, swaps and the log of every shift."""

from datetime import date, datetime, time, timedelta
from functools import partial

from ojr_desk.demo.setting import Member
from ojr_desk.demo.stage import Stage
from ojr_desk.demo.words import lines, stream
from ojr_desk.desk.watch import Shift
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid
from ojr_desk.registers.duty_log import ITEMS

#: Who sits at the desk by turns, and who leads.
_AT_DESK = ("clerk", "desk", "mediator", "handler")
_LEADING = ("secretary", "handler")
_MORNING = time(8, 0)
_WRITTEN = timedelta(minutes=4)


class Duties:
    """The roster of one office and what becomes of it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._rng = stream(stage.village.seed, "duties")

    def furnish(self) -> None:
        """Enter whose turn it is."""
        stage = self._stage
        stage.sit(stage.cast.one("clerk"))
        rows = [
            {"staff": member.uid, "duty_type": duty, "place": place}
            for duty, roles in (("desk", _AT_DESK), ("lead", _LEADING))
            for place, member in enumerate(stage.cast.all(*roles), 1)
        ]
        stage.desk.registers.add("turn", rows)

    def plan(self, month: Month) -> None:
        """Put on the agenda what a month brings: its roster, a leave, a swap, and logs."""
        stage, days = self._stage, self._stage.office_days(month)
        stage.agenda.at(datetime.combine(month.first, _MORNING), partial(self._publish, month))
        off, swapped = sorted(self._rng.sample(days[3:-3], 2))
        stage.agenda.at(datetime.combine(days[1], time(9, 10)), partial(self._leave, off))
        stage.agenda.at(datetime.combine(days[2], time(9, 20)), partial(self._swap, swapped))
        stage.agenda.at(datetime.combine(days[2], time(16, 40)), partial(self._publish_again, month))
        day = month.first
        while day in month:
            for starts, ends in stage.hours.sessions(day):
                stage.agenda.at(ends + _WRITTEN, partial(self._log, day, starts.time()))
            day += timedelta(days=1)

    def _publish(self, month: Month) -> None:
        stage = self._stage
        stage.sit(stage.cast.one("clerk"))
        stage.desk.duty.rotate(month)
        stage.desk.duty.publish(month, stage.cast.one("secretary").uid)

    def _publish_again(self, month: Month) -> None:
        if self._stage.desk.duty.month(month).is_news:
            self._stage.sit(self._stage.cast.one("clerk"))
            self._stage.desk.duty.publish(month, self._stage.cast.one("secretary").uid)

    def _leave(self, day: date) -> None:
        """Let one of those at the desk be away for a day; whose shifts they were, others stand in."""
        stage = self._stage
        away, delegate = self._two()
        stage.sit(stage.cast.one("clerk"))
        leave = {
            "staff": away.uid,
            "leave_type": self._rng.choice(("personal", "annual", "training", "errand")),
            "start_at": datetime.combine(day, _MORNING),
            "end_at": datetime.combine(day, time(17, 30)),
            "delegate": delegate.uid,
            "approved_by": stage.cast.one("secretary").uid,
        }
        stage.desk.registers.add("leave", [leave])
        for shift in self._stage.desk.duty.shifts(day):
            if shift.who == away.uid:
                self._cover(shift)

    def _swap(self, day: date) -> None:
        """Let somebody stand in for one who has something else to do."""
        shifts = [each for each in self._stage.desk.duty.shifts(day) if each.duty != "lead"]
        if shifts:
            self._cover(shifts[0])

    def _cover(self, shift: Shift) -> None:
        """Find somebody who can stand in; most have a shift of their own or are away."""
        stage = self._stage
        others = [each for each in stage.cast.all(*_AT_DESK, "other") if each.uid != shift.who]
        self._rng.shuffle(others)
        stage.sit(stage.cast.one("clerk"))
        for other in others:
            swap = {
                "swap_kind": "cover",
                "shift": shift.uid,
                "counterpart": other.uid,
                "reason": self._rng.choice(lines("swaps")),
                "on_paper": True,
            }
            try:
                stage.desk.registers.add("swap", [swap])
            except Invalid:
                continue
            return

    def _log(self, day: date, starts: time) -> None:
        """Write the log of a shift when it is over, by whoever had it."""
        stage, rng = self._stage, self._rng
        shifts = self._stage.desk.duty.shifts(day)
        sitting = [each for each in shifts if each.duty != "lead" and each.starts == starts]
        if not sitting:
            return
        shift = sitting[0]
        keeper = next((each for each in stage.cast.members if each.uid == shift.who), stage.cast.one("desk"))
        stage.sit(keeper)
        came = datetime.combine(day, shift.starts) - timedelta(minutes=rng.randrange(1, 15))
        later = [each for each in shifts if each.duty != "lead" and each.starts > shift.starts]
        told = {
            "duty_date": day,
            "shift": shift.shift,
            "weather": rng.choice(("fine", "fine", "cloudy", "overcast", "rain")),
            "arrived_at": came.time(),
            "left_at": shift.ends,
        }
        if rng.random() < 0.1:
            told |= {"patrol_result": "trouble", "patrol_note": rng.choice(lines("patrols"))}
        open_before = stage.desk.duty.still_open(day, shift.shift)
        if open_before and rng.random() < 0.5:
            told["done_items"] = open_before[0]
        elif not open_before and rng.random() < 0.15:
            told["pending_items"] = rng.choice(lines("pending"))
        if later and later[0].who != shift.who:
            told |= {"end_mode": "handover", "taker": later[0].who, "handed_at": shift.ends}
            told |= {"from_confirmed": True, "to_confirmed": True, "items": tuple(ITEMS)}
        stage.desk.registers.add("duty_log", [told])

    def _two(self) -> tuple[Member, Member]:
        first, second = self._rng.sample(self._stage.cast.all("desk", "handler"), 2)
        return first, second
