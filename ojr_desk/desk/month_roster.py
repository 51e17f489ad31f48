"""A month's roster as the page, the command line and the wall show it: after every swap, with gaps and counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.posted import leaves, turns, why_not
from ojr_desk.desk.posted import shifts as rows_of
from ojr_desk.desk.turns import wanted
from ojr_desk.desk.watch import Shift, in_order, without_log
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.rules.leaves import until
from ojr_desk.rules.rotation import Tally, tally
from ojr_desk.rules.shifts import Slot, day_kind, overlap
from ojr_desk.store import months, records


@dataclass(frozen=True)
class RosterDay:
    """A day of the month page: what sort it is, a key of `KINDS`, and the holiday that it belongs to."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class MonthRoster:
    """A month's roster after every swap, and all that a person has to see beside it.

    *people* are who is in it, by key; *unmet* places have nobody; *clashes* say of shifts by key what is wrong with
    them; *tallies* count the month and *year* since New Year. *version* is the last that was published, 0 for none;
    *changed* are the shifts that are otherwise than it, *taken_off* how many are there no more. *away* is who is on
    leave at some time of a day.
    """

    month: Month
    days: tuple[RosterDay, ...]
    shifts: tuple[Shift, ...]
    people: Mapping[str, str]
    unmet: tuple[Slot, ...]
    clashes: Mapping[str, tuple[str, ...]]
    tallies: Mapping[str, Tally]
    year: Mapping[str, Tally]
    version: int = 0
    published_at: datetime | None = None
    changed: frozenset[str] = frozenset()
    taken_off: int = 0
    is_closed: bool = False
    without_log: tuple[tuple[date, str], ...] = ()
    away: frozenset[tuple[str, date]] = frozenset()

    @property
    def is_news(self) -> bool:
        """Tell whether there is something to publish."""
        return bool(self.changed or self.taken_off or (self.shifts and not self.version))


def month_roster(session: Session, office: Office, month: Month) -> MonthRoster:
    """Read a month's roster."""
    calendar = office.calendar(session)
    rows = rows_of(session, office, month.first, month.last)
    found = in_order(session, office, month.first, month.last)
    since = in_order(session, office, month.first.replace(month=1, day=1), month.last)
    on_list = {who for duty in ("desk", "lead") for who, _not_on in turns(session, office, month.last, duty)}
    names = records.labels(session, "staff", {*on_list, *(each.who for each in found)})
    clashes = {row.uid: tuple(why_not(session, office, row.on_duty, row)) for row in rows}
    hangs = on_the_wall(session, office, month)
    days = [month.first + timedelta(n) for n in range(month.last.day)]
    return MonthRoster(
        month=month,
        days=tuple(RosterDay(day, day_kind(day, calendar), calendar.name(day)) for day in days),
        shifts=found,
        people=names,
        unmet=tuple(slot for slot in wanted(session, office, month) if not _is_met(slot, found)),
        clashes={uid: told for uid, told in clashes.items() if told},
        tallies=tally(((each.who, each.day, each.duty) for each in found), calendar),
        year=tally(((each.who, each.day, each.duty) for each in since), calendar),
        version=hangs.version,
        published_at=hangs.at,
        changed=frozenset(each.uid for each in found if hangs.version and each.version is None),
        taken_off=hangs.taken_off(rows),
        is_closed=months.is_closed(session, office.center, month),
        without_log=without_log(session, office, month),
        away=frozenset(_away(session, office, month)),
    )


def _away(session: Session, office: Office, month: Month) -> Iterator[tuple[str, date]]:
    start, end = (datetime.combine(day, time()) for day in (month.first, month.next().first))
    for leave in leaves(session, office, start, end):
        day, last = leave.start_at.date(), until(leave.end_at, leave.returned_at)
        while datetime.combine(day, time()) < last:
            yield leave.staff, day
            day += timedelta(1)


@dataclass(frozen=True)
class Hanging:
    """What was published of a month last: its version, when, how many shifts, its key; 0 for nothing."""

    version: int = 0
    at: datetime | None = None
    shifts: int = 0
    uid: str = ""

    def taken_off(self, rows: Sequence[Any]) -> int:
        """Count the shifts on the wall that are not among the *rows* there are now."""
        # Keys are made of the moment, so they tell which was there first.
        there = [each for each in rows if each.uid < self.uid]
        return max(0, self.shifts - len(there))


def on_the_wall(session: Session, office: Office, month: Month) -> Hanging:
    """Read what was published of a month last."""
    model: Any = REGISTERS["roster"].model
    chosen = select(model.version, model.published_at, model.shifts, model.uid).where(
        model.center == office.center, model.of_month == str(month), model.record_status != "void"
    )
    last = session.execute(chosen.order_by(model.version.desc())).first()
    return Hanging(*last) if last else Hanging()


def _is_met(slot: Slot, shifts: tuple[Shift, ...]) -> bool:
    """Tell whether somebody is there in a slot; who leads does not sit at the desk."""
    leads = slot.duty == "lead"
    return any(overlap(slot.span, each.span) for each in shifts if (each.duty == "lead") == leads)
