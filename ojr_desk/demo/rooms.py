"""Who uses the rooms in the story: booked some days before, used, handed back, now and then nobody comes."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from ojr_desk.demo.hours import within
from ojr_desk.demo.people import mobile
from ojr_desk.demo.stage import Stage
from ojr_desk.demo.words import stream, table
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid

#: When uses begin; a banquet lasts from the morning on.
_STARTS = (time(8, 30), time(9), time(14), time(14, 30), time(15), time(18, 30))
_MORNING = time(10)
_A_DAY = 1.1
_NO_SHOW, _CANCELLED, _DAMAGED, _DIRTY = 0.05, 0.06, 0.03, 0.08
#: Of the last days of the story some uses are not yet marked as over.
_UNMARKED = timedelta(days=1)


class Rooms:
    """The rooms of one office that may be booked, and what happens in them."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._rng = stream(stage.village.seed, "rooms")
        self._rooms = stage.desk.rooms.all()
        self._end = stage.months[-1].last if stage.months else date.min

    def plan(self, month: Month) -> None:
        """Put on the agenda who books a room for a day of *month*, always within it."""
        days = self._stage.office_days(month)
        for day in days:
            for _n in range(int(self._rng.expovariate(1 / (_A_DAY * self._stage.village.busy)))):
                self._expect(day, [each for each in days if each <= day][-6:])
        self._expect(days[-1], days[-2:])

    def _expect(self, day: date, before: list[date]) -> None:
        """Have somebody book a room for *day* on one of the days *before*, in the morning."""
        rng, stage = self._rng, self._stage
        purpose, subject, user, least, most, hours = rng.choice(table("bookings"))
        people = rng.randint(int(least), int(most))
        fit = [each for each in self._rooms if each.capacity >= people]
        if not fit:
            return
        start = datetime.combine(day, _MORNING if purpose == "banquet" else rng.choice(_STARTS))
        row: dict[str, Any] = {
            "venue": rng.choice(fit).uid,
            "start_at": start,
            "end_at": start + timedelta(hours=int(hours)),
            "purpose": purpose,
            "subject": subject,
            "phone": mobile(rng),
            "people": people,
        }
        if user:
            row["org_name"] = user
        if purpose == "after_school":
            row |= {"minors": True, "guardian": stage.cast.one("clerk").name}
        if purpose == "banquet":
            row["deposit"] = "500"
        opens, shuts = stage.hours.sessions(rng.choice(before))[0]
        booked = min(within(rng, opens, shuts), start - timedelta(minutes=30))
        stage.agenda.at(booked, partial(self._book, row))

    def _book(self, row: Mapping[str, Any]) -> None:
        """Book, if the room is free; otherwise the villager is told so and goes."""
        stage = self._stage
        stage.sit(stage.cast.one("clerk"))
        if "org_name" not in row:
            row = {**row, "person": {"uid": self._rng.choice(list(stage.people.known))}}
        with suppress(Invalid):
            booked = stage.desk.registers.add("booking", [row])[0].record
            stage.agenda.at(booked.end_at + timedelta(minutes=10), partial(self._end_of, booked))

    def _end_of(self, booking: Any) -> None:
        """Write down how a use ended."""
        stage, rng = self._stage, self._rng
        if booking.end_at.date() > self._end - _UNMARKED and rng.random() < 0.5:
            return
        stage.sit(stage.cast.one("clerk"))
        chance = rng.random()
        values: dict[str, Any] = {"booking_state": "finished", "return_check": "fine", "shut_off": True}
        if chance < _NO_SHOW:
            values = {"booking_state": "no_show"}
        elif chance < _NO_SHOW + _CANCELLED:
            values = {"booking_state": "cancelled", "state_reason": self._told("cancelled")}
        elif chance < _NO_SHOW + _CANCELLED + _DAMAGED:
            values |= {"return_check": "damaged", "damage": self._told("damaged")}
        elif chance < _NO_SHOW + _CANCELLED + _DAMAGED + _DIRTY:
            values["return_check"] = "dirty"
        if values["booking_state"] == "finished":
            values |= {"key_out_at": booking.start_at, "returned_at": booking.end_at}
            if booking.deposit is not None:
                values["deposit_back"] = booking.deposit
        stage.desk.registers.edit("booking", booking.uid, values)

    def _told(self, how: str) -> str:
        return self._rng.choice([words for end, words in table("room_ends") if end == how])
