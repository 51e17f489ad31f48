"""What an office remembers of old books: what their headings meant, and which of their rows it has.

A row is known by a digest alone, and the office's own: of its words nothing is kept.
"""

import json
from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import insert, select
from sqlmodel import Session

from ojr_desk.desk.in_force import in_force
from ojr_desk.desk.office import Office
from ojr_desk.exchange.old_book_headings import targets
from ojr_desk.exchange.old_book_hints import Hints, Memory
from ojr_desk.register import Choice, Register
from ojr_desk.registers.category import aliases_of
from ojr_desk.registers.matters import MATTERS
from ojr_desk.store.schema import OLD_HEADINGS, OLD_ROW
from ojr_desk.store.triggers import table

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
    asked = select(OLD_HEADINGS.c.headings, OLD_HEADINGS.c.said)
    found = {}
    for key, said in session.execute(asked.where(OLD_HEADINGS.c.register == register.code)):
        told = json.loads(said)
        columns = {
            heading: column for heading, column in told["columns"].items() if not column or column in known
        }
        words = {column: meant for column, meant in told["words"].items() if column in known}
        found[key] = Hints(columns, words)
    return found


def remember_hints(session: Session, register: Register, key: str, hints: Hints) -> None:
    """Keep what was said of a table with these headings."""
    told = {
        "columns": dict(hints.columns),
        "words": {name: dict(said) for name, said in hints.words.items()},
    }
    said = json.dumps(told, ensure_ascii=False, sort_keys=True)
    put = insert(OLD_HEADINGS).prefix_with("OR REPLACE")
    session.execute(put.values(register=register.code, headings=key, said=said))


def rows_of(session: Session, register: Register) -> frozenset[str]:
    """List the rows that were loaded before; one whose record was declared void since may come again."""
    asked = (
        f"SELECT l.digest FROM old_row l JOIN {table(register)} t ON t.uid = l.record "
        "WHERE l.register = ? AND t.record_status <> 'void'"
    )
    return frozenset(session.connection().exec_driver_sql(asked, (register.code,)).scalars())


def last_loaded(session: Session, register: Register, since: str) -> tuple[int, str] | None:
    """Find the deed by which rows were loaded last that are not void, and when it was; none before *since*."""
    asked = (
        f"SELECT h.deed, h.at FROM old_row l JOIN {table(register)} t ON t.uid = l.record "
        "JOIN history h ON h.uid = l.record AND h.op = 'insert' "
        "WHERE l.register = ? AND t.record_status <> 'void' AND h.act = ? ORDER BY l.rowid DESC LIMIT 1"
    )
    found = session.connection().exec_driver_sql(asked, (register.code, f"load {register.code}")).first()
    return (int(found[0]), str(found[1])) if found is not None and str(found[1]) >= since else None


def remember_rows(session: Session, register: Register, rows: Mapping[str, str]) -> None:
    """Keep which rows were loaded, by digest, and as which records."""
    told = [{"register": register.code, "digest": digest, "record": uid} for digest, uid in rows.items()]
    session.execute(insert(OLD_ROW).prefix_with("OR REPLACE"), told)


def digest_of(center: str, content: str, number: int) -> str:
    """Digest what a row says, the *number*-th of its sheet that says it; every office has digests of its own."""
    return sha256(f"{center} {content} {number}".encode()).hexdigest()[:_DIGITS]
