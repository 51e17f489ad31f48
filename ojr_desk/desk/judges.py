"""What only the other records of an office can tell of one: judged when it is stored, on every path.

A register's own rules know its one record. Whether a thing is still there to be lent, or a fund would fall below
nought, is known by its neighbours. Each register that asks them names its acts here; the form, the command line, a
pasted table, an old book and undoing all come through `entries`, and so through this.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlmodel import Session

from ojr_desk.desk import funds, loans, requests, things
from ojr_desk.desk.office import Office
from ojr_desk.problems import Problem
from ojr_desk.register import Register

#: What is wrong with a record beside the others; of a changed one the second is as it was before.
Judge = Callable[[Session, Office, Any, Any], Iterator[Problem]]
#: Why a record must not be declared void.
Holds = Callable[[Session, Office, Any], Iterator[Problem]]
#: Fills in what nobody typed, or brings others up to what was stored.
Act = Callable[[Session, Office, Any], None]

_COMPLETED: Mapping[str, Act] = {
    "asset": things.number,
    "asset_move": things.complete,
    "loan_return": loans.complete,
    "asset_request": requests.complete,
    "request_step": requests.complete_step,
}
_JUDGED: Mapping[str, Judge] = {
    "asset": things.judge,
    "asset_move": things.judge_move,
    "item_loan": loans.judge,
    "loan_return": loans.judge_return,
    "asset_request": requests.judge,
    "request_step": requests.judge_step,
    "fund_entry": funds.judge,
}
_HELD: Mapping[str, Holds] = {
    "asset": things.holds,
    "item_loan": loans.holds,
    "asset_request": requests.holds,
    "request_step": requests.holds_step,
    "fund_entry": funds.holds,
}
_FOLLOWED: Mapping[str, Act] = {"asset_move": things.post}
#: Why nothing of a record is changed any more.
_ENDED: Mapping[str, Callable[[Any], str]] = {"asset": things.ended}


def ended(register: Register, record: Any) -> str:
    """Say why nothing of a record is changed any more; nothing if it may be."""
    return _ENDED[register.code](record) if register.code in _ENDED else ""


def complete(session: Session, office: Office, register: Register, record: Any) -> None:
    """Fill in what only the office can tell, such as the next number of a thing."""
    if act := _COMPLETED.get(register.code):
        act(session, office, record)


def judged(
    session: Session, office: Office, register: Register, record: Any, was: Any = None
) -> Iterator[Problem]:
    """Tell what is wrong with a record beside the others."""
    if judge := _JUDGED.get(register.code):
        yield from judge(session, office, record, was)


def held(session: Session, office: Office, register: Register, record: Any) -> Iterator[Problem]:
    """Tell why a record must not be declared void."""
    if holds := _HELD.get(register.code):
        yield from holds(session, office, record)


def follow(session: Session, office: Office, register: Register, record: Any) -> None:
    """Bring others up to a record that was stored."""
    if act := _FOLLOWED.get(register.code):
        act(session, office, record)
