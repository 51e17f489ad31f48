"""Who changed what, when, from which value — and whether that story is whole."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import String, cast, delete, literal, select, text
from sqlmodel import Session

from ojr_desk.moments import Month
from ojr_desk.store import triggers
from ojr_desk.store.engine import digest, link
from ojr_desk.store.schema import ATTACHMENT, HISTORY, HISTORY_VALUE


@dataclass(frozen=True)
class Change:
    """One entry: the values before and after, by column; None where the law had them erased."""

    seq: int
    at: str
    actor: str
    act: str
    register: str
    uid: str
    op: str
    was: dict[str, Any] | None
    now: dict[str, Any] | None


@dataclass(frozen=True)
class Chain:
    """What checking the chain found: its length, its head, where it breaks, how many values were erased."""

    length: int
    head: bytes
    broken_at: int | None
    erased: int


def changes(session: Session, uid: str) -> list[Change]:
    """Tell the story of one record and its files, oldest first."""
    files = select(literal(f"{ATTACHMENT.name}/") + cast(ATTACHMENT.c.id, String)).where(
        ATTACHMENT.c.record == uid
    )
    rows = session.execute(
        select(HISTORY, HISTORY_VALUE.c.was, HISTORY_VALUE.c.now)
        .outerjoin(HISTORY_VALUE, HISTORY_VALUE.c.seq == HISTORY.c.seq)
        .where((HISTORY.c.uid == uid) | HISTORY.c.uid.in_(files))
        .order_by(HISTORY.c.seq)
    )
    return [told(row) for row in rows]


def told(row: Any) -> Change:
    """Read one entry from its row and its values."""
    was, now = _values(row.was), _values(row.now)
    return Change(row.seq, row.at, row.actor, row.act, row.register, row.uid, row.op, was, now)


def _values(told: str | None) -> dict[str, Any] | None:
    """Read the values of one entry; none of one that was erased, or spoilt so that the chain is broken there."""
    try:
        found = json.loads(told or "null")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def erase(session: Session, uid: str) -> None:
    """Erase what was ever written in a record, where the law asks it: the chain of digests stays whole."""
    erased = select(HISTORY.c.seq).where(HISTORY.c.uid == uid)
    session.execute(delete(HISTORY_VALUE).where(HISTORY_VALUE.c.seq.in_(erased)))
    # The index forgets the grams of a deleted text only when its parts are merged.
    session.execute(text("INSERT INTO search(search) VALUES ('optimize')"))


def verify(session: Session) -> Chain:
    """Go through the whole chain; every digest must follow from its values and from the entry before."""
    before, length, erased = b"", 0, 0
    for row in _entries(session):
        (seq, entry, of, hashed, salt, was, now) = row
        length += 1
        if seq != length:
            return Chain(length - 1, before, seq, erased)
        if salt is None:
            erased += 1
        elif digest(salt, was, now) != of:
            return Chain(length, before, seq, erased)
        if link(before or None, entry, of) != hashed:
            return Chain(length, before, seq, erased)
        before = hashed
    return Chain(length, before, None, erased)


def _entries(session: Session) -> Iterator[Any]:
    statement = text(
        "SELECT h.seq, json_array(h.seq, h.at, h.actor, h.act, h.register, h.uid, h.op), "
        "h.digest, h.hash, v.salt, v.was, v.now "
        "FROM history h LEFT JOIN history_value v ON v.seq = h.seq ORDER BY h.seq"
    )
    yield from session.execute(statement).yield_per(1000)


def head(session: Session) -> tuple[int, str]:
    """Give the last entry's number and hash: what a backup anchors."""
    row = session.execute(
        select(HISTORY.c.seq, HISTORY.c.hash).order_by(HISTORY.c.seq.desc()).limit(1)
    ).first()
    return (row.seq, row.hash.hex()) if row else (0, "")


def closing(session: Session, center: str, month: Month) -> tuple[int, str]:
    """Give number and hash of the entry of a month's closing: what its paper and its pack anchor.

    It covers all that was done until then, and is the same however often the paper is printed. (0, "")
    while the month is open, or where history did not tell of closings yet.
    """
    row = session.execute(
        text(
            "SELECT h.seq, h.hash FROM closed_month m JOIN history h ON h.uid = 'month_event/' || m.event "
            "WHERE m.center = :center AND m.month = :month"
        ),
        {"center": center, "month": str(month)},
    ).first()
    return (row.seq, row.hash.hex()) if row else (0, "")


def holds(session: Session, seq: int, hashed: str) -> bool:
    """Tell whether the chain still has the entry that was anchored by these, wherever that was."""
    found = session.execute(select(HISTORY.c.hash).where(HISTORY.c.seq == seq)).scalar()
    return (found.hex() if found else "") == hashed


def is_cut_off(session: Session) -> bool:
    """Tell whether entries are missing at the end: SQLite remembers by itself which number it gave last."""
    asked = "SELECT seq FROM sqlite_sequence WHERE name = 'history_value'"
    return int(session.connection().exec_driver_sql(asked).scalar() or 0) != head(session)[0]


def strayed(session: Session) -> Iterator[str]:
    """Name, by number or key, what is not as its own entries left it: changed, removed or slipped in."""
    for each in triggers.told():
        for key, story in _stories(session, each):
            there: dict[str, Any] | None = None
            left: dict[str, Any] | None = None if each.always else {}
            for _key, op, values in story:
                if op is None:
                    there = json.loads(values)
                else:
                    left = None if op == "delete" else {**(left or {}), **(_values(values) or {})}
            if there is None or left is None:
                same = there is left
            else:
                same = all(there.get(name, value) == value for name, value in left.items())
            if not same:
                yield str((there or left or {}).get("record_no") or key)


def _stories(session: Session, of: triggers.Told) -> Iterator[tuple[str, Iterator[Any]]]:
    """Go through a table by key: each row that is there, with no operation, and then its entries, oldest first."""
    rows = f"SELECT {of.key}, NULL, {of.values} FROM {of.table} r ORDER BY 1".format(row="r")
    # By the index on uid it would look up the entries of all tables, for each table.
    entries = (
        "SELECT h.uid, h.op, v.now FROM history h NOT INDEXED LEFT JOIN history_value v ON v.seq = h.seq "
        f"WHERE h.register = '{of.code}' ORDER BY h.uid, h.seq"
    )
    asked = (session.execute(text(sql)).yield_per(1000) for sql in (rows, entries))
    return groupby(merge(*asked, key=itemgetter(0)), itemgetter(0))
