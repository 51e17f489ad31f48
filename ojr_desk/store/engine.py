"""The database file: opened one way only, with one writer, durable before it answers.

WAL with `synchronous=FULL` lost nothing in 800 simulated power cuts; `BEGIN IMMEDIATE` makes
waiting for the writer work and DDL transactional. The driver is sqlcipher3 without a key: one
modern SQLite on every system.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2
from sqlmodel import Session

from ojr_desk.store.faults import is_a_write, is_full, malformed, translate
from ojr_desk.store.grams import BORDER, fold, grams, name_tokens

#: 'OJR1': what `file` and our own checks know the database by.
APPLICATION_ID = 0x4F4A5231
FILE_NAME = "office.db"
_SALT_BYTES = 16
#: Acts by which the locks could be taken off, or put aside by a table of the same name.
_BUILDING = frozenset(
    (
        dbapi2.SQLITE_CREATE_TABLE,
        dbapi2.SQLITE_CREATE_TRIGGER,
        dbapi2.SQLITE_CREATE_VIEW,
        dbapi2.SQLITE_CREATE_TEMP_TABLE,
        dbapi2.SQLITE_CREATE_TEMP_TRIGGER,
        dbapi2.SQLITE_CREATE_TEMP_VIEW,
        dbapi2.SQLITE_DROP_TABLE,
        dbapi2.SQLITE_DROP_TRIGGER,
        dbapi2.SQLITE_ALTER_TABLE,
        dbapi2.SQLITE_ATTACH,
    )
)
_UNLOCKING = frozenset({"writable_schema", "recursive_triggers", "ignore_check_constraints"})
_HAND = "ojr_hand"
_READ, _WRITE = "BEGIN", "BEGIN IMMEDIATE"


@dataclass
class Hand:
    """Whose hand is on one connection: the triggers write it into the history.

    Only a hand that is *building* may change tables and triggers; one that is *reading* changes nothing.
    """

    actor: str = ""
    act: str = ""
    at: str = ""
    deed: int = 0
    building: bool = False
    reading: bool = False

    def first_entry(self, entry: int) -> int:
        """Answer with the first entry that this transaction writes into the history, which *entry* may be."""
        self.deed = self.deed or entry
        return self.deed


class Database:
    """One open database file. `reading` and `writing` are the only ways in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one unchanging state of the office; to write in it is refused as a bug."""
        with self._transaction(_READ) as connection, Session(connection) as session:
            yield session
            # What was read goes on without its session.
            session.expunge_all()

    @contextmanager
    def writing(self, actor: str, act: str, now: datetime) -> Iterator[Session]:
        """Give the session of one transaction by *actor*: all of it is kept, or nothing."""
        with self._transaction(_WRITE) as connection, Session(connection, expire_on_commit=False) as session:
            # Threads have connections of their own, so none signs with another's name.
            hand = _hand(connection)
            hand.actor, hand.act, hand.at = actor, act, now.isoformat(timespec="seconds")
            try:
                yield session
                session.commit()
                connection.commit()
            finally:
                # What comes past this way is nobody's act.
                hand.actor = hand.act = hand.at = ""

    @contextmanager
    def building(self) -> Iterator[Connection]:
        """Give the connection of one transaction that may change tables and triggers."""
        # Rebuilding a table with foreign keys on would delete the children without a word.
        with self._transaction("PRAGMA foreign_keys = OFF") as connection:
            hand = _hand(connection)
            hand.building, hand.act = True, "migrate"
            try:
                connection.exec_driver_sql(_WRITE)
                yield connection
                connection.exec_driver_sql("COMMIT")
            finally:
                # Nobody gets it again without foreign keys, or with the right to build.
                connection.invalidate()

    def sweep(self) -> None:
        """Fold the write-ahead log into the file, so that what was erased is nowhere any more."""
        with self._transaction("PRAGMA wal_checkpoint(TRUNCATE)") as connection:
            connection.exec_driver_sql("SELECT 1")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with self.engine.connect().execution_options(ojr_begin=begin) as connection:
                yield connection
        except DBAPIError as error:
            told = None if begin == _READ and is_a_write(error) else translate(error, self.path)
            if told is None:
                raise
            raise told from error

    def close(self) -> None:
        """Let go of the file; the write-ahead log is folded into it."""
        self.engine.dispose()


def _engine(path: Path) -> Engine:
    engine = create_engine(
        _address(path),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=2,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": 10},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, record: Any) -> None:
        hand = record.info[_HAND] = Hand()
        try:
            prepare(connection, hand)
        except UnicodeDecodeError as error:
            raise malformed() from error

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        begin = connection.get_execution_options().get("ojr_begin", _WRITE)
        hand = _hand(connection)
        hand.deed = 0
        if hand.reading != (begin == _READ):
            hand.reading = begin == _READ
            connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if hand.reading else 'OFF'}")
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error")
    def _explain(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, UnicodeDecodeError):
            raise DBAPIError(context.statement, None, malformed()) from context.original_exception

    return engine


def _address(path: Path) -> URL:
    if lies_still(path):
        as_it_lies = {"immutable": "1", "uri": "true"}
        return URL.create("sqlite", database=path.absolute().as_uri(), query=as_it_lies)
    return URL.create("sqlite", database=str(path))


def lies_still(path: Path) -> bool:
    """Tell whether a file can be read only as it lies: its disk is full or read-only, its log empty.

    Otherwise SQLite writes beside what it reads, and can read nothing where it cannot. Who opens a
    file like this sees it as it was then.
    """
    log = path.with_name(f"{path.name}-wal")
    if not path.exists() or (log.exists() and log.stat().st_size):
        return False
    return is_full(path.parent) or not os.access(path.parent, os.W_OK)


def _hand(connection: Connection) -> Hand:
    hand: Hand = connection.info[_HAND]
    return hand


def prepare(connection: Any, hand: Hand) -> None:
    """Set a raw driver connection up: pragmas, and the functions that the triggers call.

    A foreign editor has not got these functions, so it cannot change a table that keeps history.
    """
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA foreign_keys = ON")
    # Without this, REPLACE deletes a row and no trigger hears of it.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA cache_size = -32000")
    connection.create_function("ojr_actor", 0, lambda: hand.actor)
    connection.create_function("ojr_act", 0, lambda: hand.act or "sql")
    connection.create_function("ojr_at", 0, lambda: hand.at or datetime.now().isoformat(timespec="seconds"))
    connection.create_function("ojr_deed", 1, hand.first_entry)
    connection.create_function("ojr_salt", 0, lambda: os.urandom(_SALT_BYTES))
    connection.create_function("ojr_digest", 3, digest)
    connection.create_function("ojr_link", 3, link)
    connection.create_function("ojr_changed", 2, changed)
    connection.create_function("ojr_grams", 2, _grams)
    connection.create_function("ojr_fold", 1, lambda text: fold(text or ""))
    connection.set_authorizer(lambda act, what, value, *_where: _judged(hand, act, what, value))


def _judged(hand: Hand, act: int, what: str | None, value: str | None) -> int:
    """Deny what would take the locks off: changes of tables and triggers, and the pragmas that allow them."""
    if hand.building or not (
        act in _BUILDING or (act == dbapi2.SQLITE_PRAGMA and value and what in _UNLOCKING)
    ):
        return int(dbapi2.SQLITE_OK)
    return int(dbapi2.SQLITE_DENY)


def digest(salt: bytes, was: str | None, now: str | None) -> bytes:
    """Digest the values of one change with their salt."""
    return sha256(salt + (was or "").encode() + b"\x00" + (now or "").encode()).digest()


def link(before: bytes | None, entry: str, of: bytes) -> bytes:
    """Digest one entry of the history together with the entry before it: the chain's next link.

    *entry* is the JSON array of who, when, what and which record; *of* the digest of its values.
    """
    return sha256((before or b"") + entry.encode() + of).digest()


def changed(was: str, now: str) -> str:
    """Keep of the JSON object *was* what differs in *now*: the old values of one change."""
    old, new = json.loads(was), json.loads(now)
    return json.dumps({name: old[name] for name in old if old[name] != new.get(name)}, ensure_ascii=False)


def _grams(text: str | None, names: str | None) -> str:
    spelt = (name_tokens(name) for name in (names or "").split(BORDER) if name)
    return " ".join((grams([text or ""]), *spelt))
