"""Forgetting: that a record was there stays, with its number and its day; of what it said there is no trace."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, text, update
from sqlmodel import Session

from ojr_desk.register import REGISTERS, Link, Register
from ojr_desk.store import history, records
from ojr_desk.store.history import Change
from ojr_desk.store.schema import MARK_IN, MARK_OUT, VERSION
from ojr_desk.store.triggers import named

#: What tells no more than that there was a record.
_KEPT = frozenset(
    {"record_no", "center", "recorded_at", "recorded_by", "is_backfilled", "revision", "valid_from"}
)


def forget(session: Session, register: Register, uid: str, reason: str) -> None:
    """Empty a record and declare it void and sealed for *reason*; erase what it ever said, and whom it named."""
    kept = _KEPT | {register.dated_by, register.numbered_by}
    values: dict[str, Any] = {
        column.name: None if callable(column.default) else column.default
        for column in register.columns
        if column.name not in kept
    }
    values |= {"record_status": "void", "void_reason": reason, "confidentiality": "sealed"}
    said = history.changes(session, uid)
    records.change(session, register, uid, values)
    _erase(session, register, uid, said, reason)


def erase(session: Session, register: Register, uid: str, reason: str) -> None:
    """Erase what a record that is sealed by now ever said, and forget whom it alone named."""
    _erase(session, register, uid, history.changes(session, uid), reason)


def _erase(session: Session, register: Register, uid: str, said: Iterable[Change], reason: str) -> None:
    history.erase(session, uid)
    for marks in (MARK_OUT, MARK_IN):
        # What was written of it may tell what it said.
        session.execute(update(marks).where(marks.c.record == uid).values(text="", said=""))
    for column in register.columns:
        if not isinstance(column.kind, Link):
            continue
        target = REGISTERS[column.kind.to]
        told = {
            str(key)
            for each in said
            for values in (each.was, each.now)
            if values and (key := values.get(column.name))
        }
        for named_uid in told:
            if _is_forgettable(session, target, named_uid):
                forget(session, target, named_uid, reason)
                session.execute(delete(VERSION).where(VERSION.c.uid == named_uid))


def _is_forgettable(session: Session, register: Register, uid: str) -> bool:
    """Tell whether a record came in by the way, with one that named it, and nothing else is known of it."""
    linked = named(register, ":uid")
    if not linked or session.execute(text(f"SELECT {linked}"), {"uid": uid}).scalar():
        return False
    story = history.changes(session, uid)
    told = {each.uid for each in story}
    return told == {uid} and story[0].act != f"add {register.code}"
