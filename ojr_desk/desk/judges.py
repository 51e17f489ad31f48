"""What only the other records of an office can tell of one, and what it brings about: asked on every path.

A register's own rules know its one record. Whether a room is free, a person is on duty elsewhere, a thing is still
there to be lent or a fund would fall below nought is known by its neighbours. Each register that asks them has one
entry here; the form, the command line, a pasted table, an old book, its dry run and undoing all come through it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from ojr_desk.desk import (
    booking_rules,
    duty_logs,
    funds,
    loans,
    moves,
    requests,
    rostering,
    swaps,
    taking_up,
    things,
)
from ojr_desk.desk.office import Office
from ojr_desk.problems import Problem
from ojr_desk.register import Register

#: What is wrong with a record beside the others; of a changed one the second is as it was before.
Judge = Callable[[Session, Office, Any, Any], Iterator[Problem]]
#: Why a record must not be declared void.
Holds = Callable[[Session, Office, Any], Iterator[Problem]]
#: Does something, to the record or to others; answers what the person should know of it.
Act = Callable[[Session, Office, Any], Iterable[str] | None]


@dataclass(frozen=True)
class Rows:
    """What is wrong with a row of a batch, of which nothing is stored yet, beside the earlier rows of the same *of*.

    *judge* stands in for the register's own one, and looks at the stored records too.
    """

    of: str
    judge: Callable[[Session, Office, Any, Sequence[Any]], Iterator[Problem]]


@dataclass(frozen=True)
class Neighbours:
    """What one register asks of the other records, in the order in which it is asked.

    *complete* fills in what nobody typed before a new record is judged, *fills* are the columns that *judge* itself
    fills in; *make_way* has others give way just before a record is stored; *added* and *voided* bring others up to
    it afterwards, *recount* those of the days on which something was changed.
    """

    complete: Act | None = None
    judge: Judge | None = None
    fills: tuple[str, ...] = ()
    rows: Rows | None = None
    make_way: Callable[[Session, Any, Any], list[str]] | None = None
    added: Act | None = None
    recount: Callable[[Session, Office, Iterable[date | None]], None] | None = None
    ended: Callable[[Any], str] | None = None
    holds: Holds | None = None
    voided: Act | None = None


_ASKED: Mapping[str, Neighbours] = {
    "intake": Neighbours(judge=taking_up.judge_intake, recount=duty_logs.recount),
    "case": Neighbours(judge=taking_up.judge_case),
    "duty": Neighbours(
        judge=rostering.judge_duty,
        fills=("starts", "ends", "day_kind", "on_duty", "source", "contact_phone", "label", "version"),
        rows=Rows("staff", rostering.judge_duty_row),
        holds=rostering.holds_duty,
    ),
    "leave": Neighbours(
        judge=rostering.judge_leave, fills=("days",), rows=Rows("staff", rostering.judge_leave_row)
    ),
    "swap": Neighbours(
        judge=swaps.judge,
        fills=("other_shift", "applicant", "counterpart"),
        added=swaps.carry_through,
        holds=swaps.holds,
        voided=swaps.carry_back,
    ),
    "duty_log": Neighbours(
        judge=duty_logs.judge,
        fills=("keeper", "leader", "pending_items", "open_cases", "n_visit", "n_call", "n_letter"),
        rows=Rows("duty_date", duty_logs.judge_row),
        recount=duty_logs.recount,
    ),
    "booking": Neighbours(
        complete=booking_rules.settle,
        judge=booking_rules.refusals,
        fills=("takes_over",),
        rows=Rows("venue", booking_rules.judge_row),
        make_way=booking_rules.make_way,
    ),
    "asset": Neighbours(complete=things.number, judge=things.judge, ended=things.ended, holds=things.holds),
    "asset_move": Neighbours(complete=moves.complete, judge=moves.judge, added=moves.post),
    "item_loan": Neighbours(judge=loans.judge, rows=Rows("asset", loans.judge_row), holds=loans.holds),
    "loan_return": Neighbours(complete=loans.complete, judge=loans.judge_return),
    "asset_request": Neighbours(complete=requests.complete, judge=requests.judge, holds=requests.holds),
    "request_step": Neighbours(
        complete=requests.complete_step, judge=requests.judge_step, holds=requests.holds_step
    ),
    "fund_entry": Neighbours(judge=funds.judge, rows=Rows("fund_source", funds.judge_row), holds=funds.holds),
}
_NOTHING = Neighbours()


def _asked(register: Register) -> Neighbours:
    return _ASKED.get(register.code, _NOTHING)


def complete(session: Session, office: Office, register: Register, record: Any) -> list[str]:
    """Fill in what only the office can tell, such as the next number of a thing; answer what to say of it."""
    act = _asked(register).complete
    return list(act(session, office, record) or ()) if act else []


def judged(
    session: Session, office: Office, register: Register, record: Any, was: Any = None
) -> list[Problem]:
    """Tell what is wrong with a record beside the others, having filled in what they tell of it."""
    judge = _asked(register).judge
    return list(judge(session, office, record, was)) if judge else []


def judged_row(
    session: Session, office: Office, register: Register, record: Any, earlier: Sequence[Any]
) -> list[Problem]:
    """Tell what is wrong with a new record beside the others and the *earlier* rows that want the same."""
    rows = _asked(register).rows
    if rows is None or not earlier:
        return judged(session, office, register, record)
    return list(rows.judge(session, office, record, earlier))


def wanted(register: Register, record: Any) -> Any:
    """Tell of a row what a later one of its batch might want too; None where rows never meet."""
    rows = _asked(register).rows
    return getattr(record, rows.of) if rows else None


def filled(register: Register, record: Any) -> dict[str, Any]:
    """Give the columns that judging a record filled in."""
    return {name: getattr(record, name) for name in _asked(register).fills}


def make_way(session: Session, register: Register, record: Any, was: Any = None) -> list[str]:
    """Have those give way whom a record, not stored yet, takes something from; answer whom to tell."""
    act = _asked(register).make_way
    return act(session, record, was) if act else []


def added(session: Session, office: Office, register: Register, record: Any) -> None:
    """Bring others up to a new record."""
    if act := _asked(register).added:
        act(session, office, record)
    changed(session, office, register, [register.day_of(record)])


def changed(session: Session, office: Office, register: Register, days: Iterable[date | None]) -> None:
    """Count again for the days on which something was changed."""
    if recount := _asked(register).recount:
        recount(session, office, days)


def ended(register: Register, record: Any) -> str:
    """Say why nothing of a record is changed any more; nothing if it may be."""
    told = _asked(register).ended
    return told(record) if told else ""


def held(session: Session, office: Office, register: Register, record: Any) -> list[Problem]:
    """Tell why a record must not be declared void."""
    holds = _asked(register).holds
    return list(holds(session, office, record)) if holds else []


def voided(session: Session, office: Office, register: Register, record: Any) -> None:
    """Bring others up to a record that was declared void."""
    if act := _asked(register).voided:
        act(session, office, record)
    changed(session, office, register, [register.day_of(record)])
