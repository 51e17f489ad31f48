"""Deeds: what one transaction changed, read back from the history so that it can be undone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlmodel import Session

from ojr_desk.register import REGISTERS
from ojr_desk.store.history import Change, told
from ojr_desk.store.schema import ATTACHMENT, HISTORY, HISTORY_VALUE
from ojr_desk.store.triggers import as_object, table

#: The act by which a deed is undone; the number of that deed follows.
UNDO = "undo"


@dataclass(frozen=True)
class Deed:
    """One transaction by its first entry in the history: who did what, when."""

    first: int
    at: str
    actor: str
    act: str

    @property
    def undone(self) -> int | None:
        """Name the deed that this one has undone."""
        act, _space, number = self.act.partition(" ")
        return int(number) if act == UNDO and number.isdecimal() else None


def latest(session: Session, most: int = 200) -> Iterator[Deed]:
    """Go through the last *most* deeds, newest first; each step reads one entry by its key."""
    before: Any = None
    for _place in range(most):
        chosen = select(HISTORY.c.deed, HISTORY.c.at, HISTORY.c.actor, HISTORY.c.act)
        if before is not None:
            chosen = chosen.where(HISTORY.c.seq < before)
        row = session.execute(chosen.order_by(HISTORY.c.seq.desc()).limit(1)).first()
        if row is None or row.deed is None:
            return
        before = row.deed
        yield Deed(row.deed, row.at, row.actor, row.act)


def entries(session: Session, deed: int) -> list[Change]:
    """Read what a deed changed in records, oldest first; what it changed besides is not undone."""
    return [told(row) for row in session.execute(_entries(deed).order_by(HISTORY.c.seq))]


def files(session: Session, deed: int) -> list[tuple[Change, Any]]:
    """Read what a deed changed in the files of records, each with its row as it is now."""
    statement = _changes(deed).where(HISTORY.c.register == ATTACHMENT.name).order_by(HISTORY.c.seq)
    return [(told(row), _file(session, row.uid)) for row in session.execute(statement)]


def _file(session: Session, uid: str) -> Any:
    chosen = select(ATTACHMENT).where(ATTACHMENT.c.id == int(uid.partition("/")[2]))
    return session.execute(chosen).one()


def last_of(session: Session, deed: int) -> tuple[Change | None, int]:
    """Read the last entry of a deed about a record, and of how many records of that register it tells."""
    row = session.execute(_entries(deed).order_by(HISTORY.c.seq.desc()).limit(1)).first()
    if row is None:
        return None, 0
    counted = select(func.count(HISTORY.c.uid.distinct())).where(
        HISTORY.c.seq >= deed, HISTORY.c.deed == deed, HISTORY.c.register == row.register
    )
    return told(row), int(session.execute(counted).scalar_one())


def _entries(deed: int) -> Any:
    return _changes(deed).where(HISTORY.c.register.in_(REGISTERS))


def _changes(deed: int) -> Any:
    return (
        select(HISTORY, HISTORY_VALUE.c.was, HISTORY_VALUE.c.now)
        .outerjoin(HISTORY_VALUE, HISTORY_VALUE.c.seq == HISTORY.c.seq)
        .where(HISTORY.c.seq >= deed, HISTORY.c.deed == deed)
    )


def raw(session: Session, code: str, uid: str) -> dict[str, Any]:
    """Read a record as the history writes it."""
    register = REGISTERS[code]
    statement = f"SELECT {as_object(register, 'r')} FROM {table(register)} r WHERE r.uid = :uid"
    return dict(json.loads(session.execute(text(statement), {"uid": uid}).scalar_one()))


def put(session: Session, code: str, uid: str, raw: dict[str, Any]) -> None:
    """Write values into a record as the history holds them."""
    names = ", ".join(f'"{name}" = :{name}' for name in raw)
    statement = f"UPDATE {table(REGISTERS[code])} SET {names}, revision = revision + 1 WHERE uid = :its_uid"
    session.execute(text(statement), {**raw, "its_uid": uid})
    session.expire_all()


def is_named(session: Session, code: str, link: str, uid: str) -> bool:
    """Tell whether a record that is not void names *uid* in its column *link*."""
    statement = (
        f"SELECT 1 FROM {table(REGISTERS[code])} WHERE \"{link}\" = :uid AND record_status <> 'void' LIMIT 1"
    )
    return session.execute(text(statement), {"uid": uid}).first() is not None
