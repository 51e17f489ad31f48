"""What an office remembers of old books: what their headings meant, and which of their rows it has.

Both lie among the settings of the office's own file: what is undone, backed up or gone back to takes them
along. A row is known by a digest alone, which is the office's own.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session

from ojr_desk.desk.in_force import in_force
from ojr_desk.desk.office import Office
from ojr_desk.exchange.old_book import Hints, Memory
from ojr_desk.exchange.old_book_headings import targets
from ojr_desk.register import Choice, Register
from ojr_desk.registers.category import aliases_of
from ojr_desk.registers.matters import MATTERS
from ojr_desk.store.query import chunks
from ojr_desk.store.schema import SETTING
from ojr_desk.store.triggers import table
from ojr_desk.store.uid import uid as new_uid

#: Digits of a digest: two rows of a million would share one in one of 10⁷ offices.
_DIGITS = 16


def memory_of(session: Session, office: Office, register: Register) -> Memory:
    """Read what was said of tables before, and the office's own words for matters."""
    own = in_force(session, office, "category", office.today())
    aliases = {alias: row.matter for row in own for alias in aliases_of(row.aliases)}
    columns = [
        each for each in register.typed if isinstance(each.kind, Choice) and each.kind.choices is MATTERS
    ]
    return Memory(_hints_of(session, register), {column.name: aliases for column in columns})


def _hints_of(session: Session, register: Register) -> dict[str, Hints]:
    """Read what was said of tables, by the key of their headings; of columns that are no more nothing."""
    known = targets(register)
    found = {}
    for name, told in _settings(session, _hints_name(register, "")):
        columns = {
            heading: column for heading, column in told["columns"].items() if not column or column in known
        }
        words = {column: said for column, said in told["words"].items() if column in known}
        found[name] = Hints(columns, words)
    return found


def remember_hints(session: Session, register: Register, key: str, hints: Hints) -> None:
    """Keep what was said of a table with these headings."""
    told = {"columns": dict(hints.columns), "words": {name: dict(said) for name, said in hints.words.items()}}
    _keep(session, _hints_name(register, key), told)


def rows_of(session: Session, register: Register) -> frozenset[str]:
    """List the rows that were loaded before; one whose record was declared void since may come again."""
    known: dict[str, str] = {}
    for _name, told in _settings(session, _rows_name(register, "")):
        known |= told["rows"]
    void: set[str] = set()
    for part in chunks(sorted(set(known.values()))):
        marks = ", ".join("?" * len(part))
        asked = f"SELECT uid FROM {table(register)} WHERE record_status = 'void' AND uid IN ({marks})"
        void |= set(session.connection().exec_driver_sql(asked, tuple(part)).scalars())
    return frozenset(digest for digest, uid in known.items() if uid not in void)


def remember_rows(
    session: Session, register: Register, file: str, at: datetime, rows: Mapping[str, str]
) -> None:
    """Keep which rows of a file were loaded, and as which records."""
    told = {"file": file, "at": at.isoformat(timespec="seconds"), "rows": dict(rows)}
    _keep(session, _rows_name(register, new_uid()), told)


def digest_of(center: str, content: str, number: int) -> str:
    """Digest what a row says, the *number*-th of its sheet that says it; every office has digests of its own."""
    return sha256(f"{center} {content} {number}".encode()).hexdigest()[:_DIGITS]


def _hints_name(register: Register, key: str) -> str:
    return f"old book {register.code} {key}"


def _rows_name(register: Register, key: str) -> str:
    return f"old rows {register.code} {key}"


def _settings(session: Session, start: str) -> list[tuple[str, Any]]:
    """Read the settings whose names begin with *start*, by the rest of their names."""
    named = SETTING.c.name.startswith(start, autoescape=True)
    rows = session.execute(select(SETTING.c.name, SETTING.c.value).where(named).order_by(SETTING.c.name))
    return [(name.removeprefix(start), json.loads(value)) for name, value in rows]


def _keep(session: Session, name: str, told: Mapping[str, Any]) -> None:
    value = json.dumps(told, ensure_ascii=False, sort_keys=True)
    session.execute(insert(SETTING).prefix_with("OR REPLACE").values(name=name, value=value))
