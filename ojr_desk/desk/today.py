"""今日: all that a clerk sees first, as one value — read by indexes, so that an old office is as quick as a new one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session

from ojr_desk.desk import notices
from ojr_desk.desk.answers import Answer, unread
from ojr_desk.desk.backups import last_carried_off
from ojr_desk.desk.glimpse import kind_of, masked_names
from ojr_desk.desk.loans import ToBeReturned, to_be_returned
from ojr_desk.desk.notices import Notice
from ojr_desk.desk.office import Office
from ojr_desk.desk.unfinished import Unfinished, unfinished_months
from ojr_desk.desk.uses import Use
from ojr_desk.desk.watch import on_duty
from ojr_desk.register import REGISTERS, Link, Register
from ojr_desk.registers.case import IS_RUNNING
from ojr_desk.rules.cases import SUPERVISION, Deadline, supervision
from ojr_desk.rules.workdays import Calendar
from ojr_desk.store import records
from ojr_desk.store.triggers import table
from ojr_desk.text import _

#: Cases due within so many working days are told beforehand.
SOON = 3
ENTRIES = 5
#: So many running cases are looked at; a village has some dozens.
_MOST = 2000
#: More days than five working days can span: later than that every case is supervised alike.
_LONG_AGO = timedelta(days=60)
#: The newest months of each class of numbers, and the last numbers in each, among which the last entries are.
_MONTHS = 12
_DUE = text(
    f"SELECT id, due_on FROM service_case WHERE {IS_RUNNING} AND due_on <= :until "
    "AND center = :center AND record_status <> 'void' ORDER BY due_on, id LIMIT :most"
)


@dataclass(frozen=True)
class DueCase:
    """A case whose clock runs: until when, by whom, and how it is supervised, as a key of `SUPERVISION`."""

    uid: str
    record_no: str
    title: str
    state: str
    due_on: date
    is_estimated: bool
    supervision: str
    handler: str

    @property
    def word(self) -> str:
        """Say how it is supervised, in the language in use."""
        return _(SUPERVISION[self.supervision])


@dataclass(frozen=True)
class Due:
    """The cases of one sort, the most urgent first; *count* is how many there are, listed or not."""

    count: int = 0
    cases: tuple[DueCase, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A record that was entered lately: when it was, of what sort, and a masked name."""

    register: str
    uid: str
    record_no: str
    kind: str
    at: date | datetime
    who: str


@dataclass(frozen=True)
class Today:
    """What a clerk sees first on a day.

    *on_duty* is who the roster says, after every swap, and *leader* who leads by it (带班). Of a day without a
    roster it is who sits at the desk and who heads the centre, and *is_rostered* says so. *carried_off* is the day
    of the last backup on a stick or another PC; None if there was none.
    """

    day: date
    on_duty: str = ""
    leader: str = ""
    overdue: Due = field(default_factory=Due)
    due_today: Due = field(default_factory=Due)
    soon: Due = field(default_factory=Due)
    entries: tuple[Entry, ...] = ()
    months: tuple[Unfinished, ...] = ()
    unread: tuple[Answer, ...] = ()
    notices: tuple[Notice, ...] = ()
    is_rostered: bool = False
    rooms: tuple[Use, ...] = ()
    lent: ToBeReturned = field(default_factory=ToBeReturned)
    carried_off: date | None = None

    @property
    def days_since_carried_off(self) -> int | None:
        """Count the days since the last backup that left this PC."""
        return (self.day - self.carried_off).days if self.carried_off else None


def look(office: Office, limit: int = 20) -> Today:
    """Read what a clerk sees first, with at most *limit* cases of each sort."""
    day = office.today()
    with office.reading() as session:
        calendar = office.calendar(session)
        own = office.own(session)
        people = [uid for uid in (office.user, own.head) if uid]
        names = records.labels(session, "staff", people) if people else {}
        watch = on_duty(session, office, office.now())
        overdue, today, soon = _due(session, office, calendar, limit)
        return Today(
            day=day,
            on_duty=watch.names or names.get(office.user or "", ""),
            leader=watch.leaders or names.get(own.head or "", ""),
            is_rostered=bool(watch.shifts),
            lent=to_be_returned(session, office, limit),
            overdue=overdue,
            due_today=today,
            soon=soon,
            entries=tuple(_entries(session, office)),
            months=unfinished_months(session, office, bool(own.superior_name)),
            unread=unread(session),
            notices=notices.unread(session),
            carried_off=last_carried_off(session),
        )


def _due(session: Session, office: Office, calendar: Calendar, limit: int) -> tuple[Due, Due, Due]:
    """Read the cases that are overdue, due today and due soon."""
    today = office.today()
    until = calendar.working_days_after(today, SOON).day
    values = {"until": until.isoformat(), "center": office.center, "most": _MOST}
    rows = [(row.id, date.fromisoformat(row.due_on)) for row in session.execute(_DUE, values)]
    sorts = (
        [place for place, day in rows if day < today],
        [place for place, day in rows if day == today],
        [place for place, day in rows if day > today],
    )
    shown = [records.by_ids(session, REGISTERS["case"], places[:limit]) for places in sorts]
    handlers = {case.handler for cases in shown for case in cases if case.handler}
    names = records.labels(session, "staff", handlers) if handlers else {}
    late, now, soon = (
        Due(len(places), tuple(_told(case, today, calendar, names.get(case.handler, "")) for case in cases))
        for places, cases in zip(sorts, shown, strict=True)
    )
    return late, now, soon


def _told(case: Any, today: date, calendar: Calendar, handler: str) -> DueCase:
    # Counting the working days of years would take long and tell nothing more.
    deadline = Deadline(max(case.due_on, today - _LONG_AGO), case.due_is_estimated)
    return DueCase(
        uid=case.uid,
        record_no=case.record_no,
        title=case.title,
        state=case.case_state,
        due_on=case.due_on,
        is_estimated=case.due_is_estimated,
        supervision=supervision(deadline, today, calendar),
        handler=handler,
    )


def _entries(session: Session, office: Office) -> Iterator[Entry]:
    """Tell what was entered last in the registers with a date, without what followed from it by itself."""
    found = [
        (row.recorded_at, row.uid, register, row.id)
        for register in REGISTERS.values()
        if register.dated_by and not register.through and office.enabled(register)
        for row in _last_numbered(session, office, register)
    ]
    # Keys are made of the moment, so they tell which of one second came first.
    newest = sorted(found, key=lambda each: each[:2], reverse=True)[: 2 * ENTRIES]
    pairs = [
        (register, record)
        for _at, _uid, register, place in newest
        for record in records.by_ids(session, register, [place])
    ]
    followed = {uid for register, record in pairs for uid in _follows(register, record)}
    shown = [(register, record) for register, record in pairs if record.uid not in followed][:ENTRIES]
    names = masked_names(session, shown)
    for register, record in shown:
        at = getattr(record, register.dated_by)
        who = names.get(record.uid, "")
        yield Entry(register.code, record.uid, record.record_no, kind_of(register, record), at, who)


def _last_numbered(session: Session, office: Office, register: Register) -> Sequence[Any]:
    """Read the last entries of this office by their numbers: a superior's tables are full of its villages' rows."""
    ask = session.connection().exec_driver_sql
    counted = (
        'SELECT month, last FROM number_counter WHERE center = ? AND "class" = ? ORDER BY month DESC LIMIT ?'
    )
    numbers = [
        f"{number_class}-{month.replace('-', '')}-{place:04d}"
        for number_class in dict.fromkeys(register.number.values())
        for month, last in ask(counted, (office.center, number_class, _MONTHS))
        for place in range(last, max(0, last - 2 * ENTRIES), -1)
    ]
    chosen = text(
        f"SELECT id, uid, recorded_at FROM {table(register)} WHERE record_no IN :numbers "
        "AND center = :center AND record_status <> 'void'"
    ).bindparams(bindparam("numbers", expanding=True))
    return session.execute(chosen, {"numbers": numbers, "center": office.center}).all()


def _follows(register: Register, record: Any) -> Iterator[str]:
    """Name what the program made because of a record, as the case of a visit that was taken up."""
    links = (each for each in register.columns if isinstance(each.kind, Link) and each.computed)
    values = (getattr(record, column.name) for column in links if not column.common)
    return filter(None, values)
