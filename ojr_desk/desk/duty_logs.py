"""值班日志: filled in from the roster and the day's records, with what the shifts before left open."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.posted import shifts, span_of
from ojr_desk.moments import Month
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS, is_blank
from ojr_desk.registers.case import IS_RUNNING
from ojr_desk.registers.intake import CALLS, LETTERS, VISITS
from ojr_desk.rules.handover import carried, forgotten, windows
from ojr_desk.rules.shifts import SHIFTS, TIMES, overlap, span
from ojr_desk.store import months, records
from ojr_desk.text import _, listed, on_paper

#: Open matters of shifts longer ago than this are looked up by nobody any more.
_A_YEAR = timedelta(days=366)
#: Cases due within so many working days are handed on by name, at most so many of them.
_SOON, _MOST_CASES = 3, 10
_BOOKS = (("n_visit", VISITS), ("n_call", CALLS), ("n_letter", LETTERS))
_ORDER = tuple(SHIFTS)


def judge(session: Session, office: Office, log: Any, before: Any = None) -> Iterator[Problem]:
    """Fill in what the roster and the day's records tell, and refuse a second log or a matter that is dropped."""
    uid = before.uid if before is not None else ""
    own = list(logs_of(session, office, log.duty_date))
    if same := next((each for each in own if each.shift == log.shift and each.uid != uid), None):
        told = _("{day} {shift}已经有日志了（{number}），请打开那一份")
        shift = _(SHIFTS[log.shift])
        told = told.format(day=log.duty_date.isoformat(), shift=shift, number=same.record_no)
        yield Problem(told, "double", "shift")
    rostered = shifts(session, office, log.duty_date, log.duty_date)
    sitting = [each for each in rostered if each.shift == log.shift and each.duty_type != "lead"]
    leading = [each for each in rostered if each.duty_type == "lead"]
    if before is None:
        log.keeper = log.keeper or next((each.on_duty for each in sitting), office.user)
        log.leader = log.leader or next((each.on_duty for each in leading), None)
        log.open_cases = _open_cases(session, office)
    else:
        log.open_cases = before.open_cases
    yield from _left_open(session, office, log, before)
    others = [each for each in own if each.uid != uid]
    found = counts(session, office, log.duty_date, [*others, log])
    log.n_visit, log.n_call, log.n_letter = found[len(others)]


def judge_row(session: Session, office: Office, log: Any, earlier: Sequence[Any]) -> Iterator[Problem]:
    """Judge a log of a batch: a shift has one log, in the earlier rows too."""
    yield from judge(session, office, log)
    if any(each.shift == log.shift for each in earlier):
        yield Problem(_("前面的行已经有这个班的日志"), "double", "shift")


def logs_of(session: Session, office: Office, day: date) -> Iterator[Any]:
    """Read the logs of a day that are not void."""
    model: Any = REGISTERS["duty_log"].model
    chosen = select(model).where(
        model.center == office.center, model.duty_date == day, model.record_status != "void"
    )
    yield from session.execute(chosen.order_by(model.id).execution_options(populate_existing=True)).scalars()


def still_open(session: Session, office: Office, day: date, shift: str) -> tuple[str, ...]:
    """Tell what the shifts before one left open, a line each."""
    model: Any = REGISTERS["duty_log"].model
    chosen = select(model.duty_date, model.shift, model.pending_items, model.done_items, model.id).where(
        model.center == office.center,
        model.record_status != "void",
        model.duty_date >= day - _A_YEAR,
        model.duty_date <= day,
        (model.pending_items != "") | (model.done_items != ""),
    )
    rows = sorted(session.execute(chosen).all(), key=lambda row: (row[0], _ORDER.index(row[1]), row[4]))
    own = (day, _ORDER.index(shift))
    return carried((row[2], row[3]) for row in rows if (row[0], _ORDER.index(row[1])) < own)


def counts(session: Session, office: Office, day: date, logs: Iterable[Any]) -> list[tuple[int, int, int]]:
    """Count for each of a day's *logs* the visits, calls and letters of its part of the day.

    The parts are those of the roster's shifts and of the logs: whatever came on the day is counted once.
    """
    logs = list(logs)
    spans = {each.shift: _span(session, office, day, each.shift) for each in logs}
    starts = {start.time() for start, _end in spans.values()}
    for each in shifts(session, office, day, day):
        if each.duty_type != "lead" and not any(overlap(span_of(each), one) for one in spans.values()):
            starts.add(each.starts)
    parts = dict(zip(sorted(starts), windows(day, sorted(starts)), strict=True))
    found: list[tuple[int, int, int]] = []
    given_out: set[time] = set()
    for log in logs:
        start = spans[log.shift][0].time()
        found.append((0, 0, 0) if start in given_out else _came(session, office, *parts[start]))
        given_out.add(start)
    return found


def recount(session: Session, office: Office, days: Iterable[date | None]) -> None:
    """Count again for the logs of some days, after a record of the day or another log was stored."""
    register = REGISTERS["duty_log"]
    if not office.enabled(register):
        return
    for day in {each for each in days if each is not None}:
        logs = list(logs_of(session, office, day))
        if not logs or months.is_closed(session, office.center, Month.of(day)):
            continue
        for log, found in zip(logs, counts(session, office, day, logs), strict=True):
            now = dict(zip(("n_visit", "n_call", "n_letter"), found, strict=True))
            changed = {name: value for name, value in now.items() if getattr(log, name) != value}
            if changed:
                records.change(session, register, log.uid, changed)


def _left_open(session: Session, office: Office, log: Any, before: Any) -> Iterator[Problem]:
    """Carry on what was left open; refuse a log that neither carries it on nor says that it is done."""
    earlier = still_open(session, office, log.duty_date, log.shift)
    if before is None and is_blank(log.pending_items):
        still = forgotten(earlier, "", log.done_items)
        log.pending_items = "\n".join(still)[:500]
        return
    dropped = forgotten(earlier, log.pending_items, log.done_items)
    if dropped and (before is None or dropped != forgotten(earlier, before.pending_items, before.done_items)):
        told = _("前面的班留下的还没有了结：{matters}。请接着写在未完成事项里，或照原话写进已办事项")
        yield Problem(told.format(matters=listed(dropped, most=5)), "dropped", "pending_items")


def _span(session: Session, office: Office, day: date, shift: str) -> tuple[datetime, datetime]:
    found = [each for each in shifts(session, office, day, day) if each.shift == shift]
    sitting = [each for each in found if each.duty_type != "lead"]
    return span_of((sitting or found)[0]) if found else span(day, *TIMES[shift])


def _came(session: Session, office: Office, since: datetime, until: datetime) -> tuple[int, int, int]:
    asked = (
        "SELECT channel, count(*) FROM intake WHERE center = ? AND occurred_at >= ? AND occurred_at < ? "
        "AND record_status <> 'void' GROUP BY channel"
    )
    given = (office.center, since.isoformat(" "), until.isoformat(" "))
    came: dict[str, int] = dict(session.connection().exec_driver_sql(asked, given).all())
    visits, calls, letters = (sum(came.get(each, 0) for each in channels) for _name, channels in _BOOKS)
    return visits, calls, letters


def _open_cases(session: Session, office: Office) -> str:
    """Name the cases that are late or due soon; their titles name nobody."""
    until = office.calendar(session).working_days_after(office.today(), _SOON).day
    asked = (
        f"SELECT record_no, title FROM service_case WHERE {IS_RUNNING} AND due_on <= ? "
        "AND center = ? AND record_status <> 'void' ORDER BY due_on, id"
    )
    found = session.connection().exec_driver_sql(asked, (until.isoformat(), office.center)).all()
    with on_paper():
        return listed((f"{number} {title or ''}".strip() for number, title in found), most=_MOST_CASES)
