"""Who is on duty, now and today, after every swap; which shifts have no log yet."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.hours import rules_of
from ojr_desk.desk.office import Office
from ojr_desk.desk.posted import shifts
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.rules.shifts import DUTIES, SHIFTS, span
from ojr_desk.store import records
from ojr_desk.text import _, listed

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Shift:
    """One shift as it is after every swap: when, what, who by key and name; *planned* is who had it first."""

    uid: str
    day: date
    shift: str
    duty: str
    starts: time
    ends: time
    who: str
    name: str
    phone: str = ""
    planned: str = ""
    source: str = "manual"
    version: int | None = None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Tell its first and last moment."""
        return span(self.day, self.starts, self.ends)

    @property
    def words(self) -> str:
        """Say in the language in use when and what it is, as 上午 坐班."""
        return f"{_(SHIFTS[self.shift])} {_(DUTIES[self.duty])}"


@dataclass(frozen=True)
class Watch:
    """Who is on duty at a *moment*: the shifts of the day, and those of the night before that still last."""

    moment: datetime
    shifts: tuple[Shift, ...] = ()

    @property
    def now(self) -> tuple[Shift, ...]:
        """List the shifts that last at the moment."""
        return tuple(each for each in self.shifts if each.span[0] <= self.moment < each.span[1])

    @property
    def names(self) -> str:
        """Name who sits here now, else who does next today, else who did."""
        sitting = [each for each in self.shifts if each.duty != "lead"]
        now = [each for each in sitting if each in self.now]
        coming = [each for each in sitting if each.span[0] >= self.moment]
        next_ones = [each for each in coming if each.starts == coming[0].starts]
        return listed(dict.fromkeys(each.name for each in now or next_ones or sitting[-1:]))

    @property
    def leaders(self) -> str:
        """Name who leads today."""
        return listed(dict.fromkeys(each.name for each in self.shifts if each.duty == "lead"))


def on_duty(session: Session, office: Office, moment: datetime) -> Watch:
    """Tell who is on duty at a moment and on its day."""
    day = moment.date()
    found = in_order(session, office, day - _DAY, day)
    return Watch(moment, tuple(each for each in found if each.day == day or moment < each.span[1]))


def in_order(session: Session, office: Office, since: date, to: date) -> tuple[Shift, ...]:
    """Read the shifts of some days in their order, with the names of who has them."""
    rows = shifts(session, office, since, to)
    names = records.labels(session, "staff", {row.on_duty for row in rows if row.on_duty}) if rows else {}
    return tuple(_shift(row, names) for row in rows)


def _shift(row: Any, names: dict[str, str]) -> Shift:
    return Shift(
        uid=row.uid,
        day=row.duty_date,
        shift=row.shift,
        duty=row.duty_type,
        starts=row.starts,
        ends=row.ends,
        who=row.on_duty,
        name=names.get(row.on_duty, ""),
        phone=row.contact_phone or "",
        planned=row.staff,
        source=row.source,
        version=row.version,
    )


def without_log(session: Session, office: Office, month: Month) -> tuple[tuple[date, str], ...]:
    """List the shifts of a month that are over and have no log: day and shift, each once.

    Leaders write none, and nobody does on a day on which the centre was shut.
    """
    model: Any = REGISTERS["duty_log"].model
    if not office.enabled(REGISTERS["duty_log"]):
        return ()
    chosen = select(model.duty_date, model.shift).where(
        model.center == office.center,
        model.record_status != "void",
        model.duty_date >= month.first,
        model.duty_date <= month.last,
    )
    told = {(day, shift) for day, shift in session.execute(chosen)}
    over = [
        (each.day, each.shift)
        for each in in_order(session, office, month.first, month.last)
        if each.duty != "lead" and each.span[1] <= office.now()
    ]
    missing = [each for each in dict.fromkeys(over) if each not in told]
    if not missing:
        return ()
    shut = [rule for rule in rules_of(session, office, month) if rule.kind == "closed"]
    return tuple(each for each in missing if not any(rule.holds(each[0]) for rule in shut))
