"""A month's roster as the page, the command line and the wall show it: after every swap, with gaps and counts."""

from collections.abc import Iterator, Mapping
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
    version, published_at = version_of(session, office, month)
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
        version=version,
        published_at=published_at,
        changed=frozenset(each.uid for each in found if version and each.version is None),
        taken_off=len(taken_off(session, office, month)),
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


def version_of(session: Session, office: Office, month: Month) -> tuple[int, datetime | None]:
    """Tell which version of a month's roster was published last, and when; 0 where none was."""
    model: Any = REGISTERS["roster"].model
    chosen = select(model.version, model.published_at).where(
        model.center == office.center, model.of_month == str(month), model.record_status != "void"
    )
    last = session.execute(chosen.order_by(model.version.desc())).first()
    return (int(last[0]), last[1]) if last else (0, None)


def taken_off(session: Session, office: Office, month: Month) -> list[Any]:
    """List what was published and is void by now: it is on the wall still."""
    model: Any = REGISTERS["duty"].model
    chosen = select(model).where(
        model.center == office.center,
        model.duty_date >= month.first,
        model.duty_date <= month.last,
        model.record_status == "void",
        model.version.is_not(None),
    )
    return list(session.execute(chosen.order_by(model.id)).scalars())


def _is_met(slot: Slot, shifts: tuple[Shift, ...]) -> bool:
    """Tell whether somebody is there in a slot; who leads does not sit at the desk."""
    leads = slot.duty == "lead"
    return any(overlap(slot.span, each.span) for each in shifts if (each.duty == "lead") == leads)
