"""A booking that comes again: every day of it looked at first, then all that was confirmed or nothing.

The look is the booking itself, taken back: each row is entered as it would be, in an act that is never kept. So what
is shown is what will be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.entries import Added, add_all, change_one
from ojr_desk.desk.office import Office
from ojr_desk.desk.registers import Registers
from ojr_desk.desk.rooms import Rooms
from ojr_desk.desk.uses import Room
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Problem, Refused, Wrong
from ojr_desk.register import REGISTERS, Given, is_blank
from ojr_desk.rules.bookings import Slot
from ojr_desk.rules.repeats import Repeat, dates, lacking
from ojr_desk.store import records
from ojr_desk.store.uid import uid as new_uid
from ojr_desk.text import N_, _, listed

#: A row of a series is changed with the others as long as nobody has the key.
_TO_COME = ("pending", "approved")
_TIMES = ("start_at", "end_at")


@dataclass(frozen=True)
class Row:
    """One day of a series: when and where, whether it is kept, and *why* not to, "" for a ✔.

    What is *barred* cannot be kept as it is: skip it, `at` another time, or `in_room` elsewhere; *slots* and *rooms*
    are free. *state* is what it will be, *notices* what the person should know.
    """

    day: date
    start: datetime
    end: datetime
    venue: str
    keep: bool | None = None
    why: str = ""
    barred: bool = False
    state: str = ""
    notices: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    rooms: tuple[Room, ...] = ()

    def at(self, start: datetime, end: datetime) -> "Row":
        """Move it to another time; to be looked at again."""
        return replace(self, start=start, end=end, keep=True)

    def in_room(self, venue: str) -> "Row":
        """Move it to another room; to be looked at again."""
        return replace(self, venue=venue, keep=True)

    def kept(self, keep: bool = True) -> "Row":
        """Keep it, or skip it; to be looked at again."""
        return replace(self, keep=keep)


@dataclass(frozen=True)
class Preview:
    """Every day of a series, nothing of it stored. *lacking* are the months that have no such day."""

    values: Mapping[str, Any]
    rows: tuple[Row, ...]
    lacking: tuple[Month, ...] = ()


class _Looked(Exception):
    """The look is over: what was entered for it is taken back."""


class Series:
    """Series of bookings."""

    def __init__(self, office: Office, registers: Registers, rooms: Rooms) -> None:
        self._office = office
        self._registers = registers
        self._rooms = rooms

    def preview(self, values: Mapping[str, Any], repeat: Repeat) -> Preview:
        """Look at every day on which the booking *values* comes again; raises `Invalid` for what makes no series."""
        with self._office.reading() as session:
            start, end, venue = _first(values, self._office.given(session))
        try:
            days = dates(start.date(), repeat)
            missing = lacking(start.date(), repeat.until or days[-1], repeat)
        except Wrong as wrong:
            raise Invalid([Problem(wrong.message, wrong.code, "repeat")]) from wrong
        rows = (_row(day, start, end, venue) for day in days)
        return self.again(Preview(values, tuple(rows), missing))

    def again(self, preview: Preview) -> Preview:
        """Look again at a preview in which rows were kept, skipped or moved."""
        self._registers.to_add("booking")
        looked: list[Row] = []
        try:
            with self._office.writing("add booking") as session:
                given = self._office.given(session)
                looked += [self._look(session, preview, each, given) for each in preview.rows]
                raise _Looked
        except _Looked:
            pass
        return replace(preview, rows=tuple(map(self._with_offers, looked)))

    def book(self, preview: Preview) -> tuple[Added, ...]:
        """Store the rows that are kept, each as it was shown, or none; raises `Invalid` with the row and the reason."""
        register = self._registers.to_add("booking")
        kept = [(place, each) for place, each in enumerate(preview.rows, 1) if each.keep]
        if not kept:
            raise Refused(_("一天也没有选，没有订。请至少留一天，或不订了。"))
        problems: list[Problem] = []
        added: list[Added] = []
        series = new_uid()
        with self._office.writing("add booking") as session:
            given = self._office.given(session)
            for place, row in kept:
                try:
                    self._refuse_past(row)
                    (one,) = add_all(
                        session, self._office, register, [_values(preview, row)], given, series=series
                    )
                    _refuse_other(one.record, row)
                    added.append(one)
                except Invalid as invalid:
                    problems += [replace(each, row=place) for each in invalid.problems]
            if problems:
                raise Invalid(problems)
        return tuple(added)

    def of(self, uid: str) -> tuple[Any, ...]:
        """List the bookings of the series to which one belongs, by time; none for one that stands alone."""
        with self._office.reading() as session:
            head = self._registers.must_get(session, REGISTERS["booking"], uid)
            return tuple(_same_series(session, head)) if head.series else ()

    def change(self, uid: str, values: Mapping[str, Any]) -> tuple[Added, ...]:
        """Change a booking and all of its series that come after it, or none; raises `Invalid` and `Refused`.

        A new time is taken over by its clock, and by so many days later or earlier. What is over, cancelled or
        in use stays as it is.
        """
        register = self._registers.to_write("booking")
        with self._office.writing("edit booking") as session:
            head = self._registers.must_get(session, register, uid)
            rows = self._rest(session, head)
            start, end = _moved(head, values, self._office.given(session))
            later, rest = start >= head.start_at, {k: v for k, v in values.items() if k not in _TIMES}
            # Those that others make room for go first.
            for place, each in sorted(enumerate(rows, 1), key=lambda pair: pair[0], reverse=later):
                told: list[str] = []
                self._registers.refuse_locked(session, register, each, register.day_of(each))
                new = {**rest, **_times(each, head, start, end)} if {*_TIMES} & {*values} else rest
                try:
                    change_one(session, self._office, register, each, new, told)
                except Invalid as invalid:
                    raise Invalid(
                        [_of_row(problem, place, each) for problem in invalid.problems]
                    ) from invalid
            return tuple(Added(records.get(session, register, each.uid)) for each in rows)

    def cancel(self, uid: str, reason: str) -> tuple[Added, ...]:
        """Cancel a booking and all of its series that come after it."""
        return self.change(uid, {"booking_state": "cancelled", "state_reason": reason})

    def _look(self, session: Session, preview: Preview, row: Row, given: Given) -> Row:
        """Enter a row to see what becomes of it; only what is kept stays for the rows after it."""
        register = REGISTERS["booking"]
        point = session.begin_nested()
        try:
            self._refuse_past(row)
            (one,) = add_all(session, self._office, register, [_values(preview, row)], given)
        except Invalid as invalid:
            point.rollback()
            why = listed((each.message for each in invalid.problems), N_("；"))
            return replace(row, keep=bool(row.keep), why=why, barred=True, state="", notices=())
        why = self._holiday(session, row)
        keep = not why if row.keep is None else row.keep
        point.commit() if keep else point.rollback()
        return replace(
            row, keep=keep, why=why, barred=False, state=one.record.booking_state, notices=one.notices
        )

    def _holiday(self, session: Session, row: Row) -> str:
        calendar, day = self._office.calendar(session), row.start.date()
        if calendar.kind(day) not in ("holiday", "lieu"):
            return ""
        return _("{name}放假，确实要用的请勾上").format(name=calendar.name(day) or _("法定节假日"))

    def _refuse_past(self, row: Row) -> None:
        if row.start < self._office.now():
            raise Invalid([Problem(_("这个时间已经过去了，请跳过"), "past", "start_at")])

    def _with_offers(self, row: Row) -> Row:
        if not row.barred or row.start < self._office.now():
            return replace(row, slots=(), rooms=())
        slots = self._rooms.free_slots(row.venue, row.start, row.end)
        rooms = tuple(each for each in self._rooms.free_rooms(row.start, row.end) if each.uid != row.venue)
        return replace(row, slots=slots, rooms=rooms)

    def _rest(self, session: Session, head: Any) -> Sequence[Any]:
        if not head.series:
            raise Refused(_("{number} 不是系列预约，请单独修改。").format(number=head.record_no))
        rows = [
            each
            for each in _same_series(session, head)
            if each.start_at >= head.start_at and each.booking_state in _TO_COME
        ]
        if not rows:
            raise Refused(_("{number} 以后没有可以改的预约了。").format(number=head.record_no))
        return rows


def _first(values: Mapping[str, Any], given: Given) -> tuple[datetime, datetime, str]:
    """Understand when and where the first of a series is; raises `Invalid`."""
    columns, problems, told = REGISTERS["booking"].by_name, [], []
    for name in (*_TIMES, "venue"):
        try:
            if is_blank(values.get(name)):
                raise Wrong(_("请填{label}").format(label=_(columns[name].label)), "required")
            told.append(columns[name].kind.parse(values[name], given))
        except Wrong as wrong:
            problems.append(Problem(wrong.message, wrong.code, name))
    if problems:
        raise Invalid(problems)
    start, end, venue = told
    if end <= start:
        raise Invalid([Problem(_("结束时间要晚于开始时间，请检查"), "wrong_order", "end_at")])
    return start, end, venue


def _row(day: date, start: datetime, end: datetime, venue: str) -> Row:
    begins = datetime.combine(day, start.time())
    return Row(day, begins, begins + (end - start), venue)


def _values(preview: Preview, row: Row) -> dict[str, Any]:
    return {**preview.values, "venue": row.venue, "start_at": row.start, "end_at": row.end}


def _refuse_other(record: Any, row: Row) -> None:
    """Refuse what would be stored otherwise than it was shown."""
    shown = (row.venue, row.start, row.end, row.state)
    if (record.venue, record.start_at, record.end_at, record.booking_state) != shown:
        told = _("预览以后情况变了（现在是“{state}”），请重新预览再订")
        state = REGISTERS["booking"].by_name["booking_state"].kind.show(record.booking_state)
        raise Invalid([Problem(told.format(state=state), "changed", "booking_state")])


def _same_series(session: Session, head: Any) -> Iterator[Any]:
    model: Any = REGISTERS["booking"].model
    same = select(model).where(
        model.series == head.series, model.center == head.center, model.record_status != "void"
    )
    yield from session.execute(same.order_by(model.start_at)).scalars().all()


def _moved(head: Any, values: Mapping[str, Any], given: Given) -> tuple[datetime, datetime]:
    """Tell when the first of those that are changed is to be; a new start keeps the length."""
    start, end, _venue = _first({**_stands(head), **values}, given)
    if "start_at" in values and "end_at" not in values:
        end = start + (head.end_at - head.start_at)
    return start, end


def _stands(head: Any) -> dict[str, Any]:
    return {"start_at": head.start_at, "end_at": head.end_at, "venue": head.venue}


def _times(row: Any, head: Any, start: datetime, end: datetime) -> dict[str, datetime]:
    days = start.date() - head.start_at.date()
    begins = datetime.combine(row.start_at.date() + days, start.time())
    return {"start_at": begins, "end_at": begins + (end - start)}


def _of_row(problem: Problem, place: int, record: Any) -> Problem:
    """Say of which booking of the series a problem is."""
    message = f"{record.record_no} {problem.message}"
    return replace(problem, row=place, message=message)
