"""Records in and out of the file. There is one writer: `insert` and `change`, for clerks and imports alike."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text, update
from sqlalchemy import insert as sql_insert
from sqlmodel import Session

from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS, Link, Record, Register, Text
from ojr_desk.store.numbering import next_number
from ojr_desk.store.query import Query, chunks, where
from ojr_desk.store.triggers import table
from ojr_desk.store.uid import is_uid
from ojr_desk.store.uid import uid as new_uid

_INSERTS: dict[str, Any] = {}


def insert(session: Session, register: Register, record: Any, now: datetime) -> Any:
    """Give *record* its key and number and store it; its centre, author and times are set already."""
    record.uid = record.uid or new_uid()
    record.recorded_at = record.recorded_at or now.replace(microsecond=0)
    if not record.record_no:
        day = register.day_of(record) or record.recorded_at.date()
        number_class = register.number_class(
            {register.numbered_by: getattr(record, register.numbered_by, "")}
        )
        record.record_no = next_number(session, record.center, number_class, Month.of(day))
    statement = _INSERTS.get(register.code)
    if statement is None:
        statement = _INSERTS[register.code] = sql_insert(register.model)
    names = _names(register)
    done = session.connection().execute(statement, {name: getattr(record, name) for name in names})
    key = done.inserted_primary_key
    assert key is not None
    record.id = key[0]
    return record


def _names(register: Register) -> tuple[str, ...]:
    return ("uid", *register.by_name)


def change(session: Session, register: Register, uid: str, values: Mapping[str, Any]) -> None:
    """Store new values of one record; its revision goes up by one unless *values* say which."""
    model: Any = register.model
    more = {} if "revision" in values else {"revision": model.revision + 1}
    session.connection().execute(update(model).where(model.uid == uid).values(**values, **more))


def get(session: Session, register: Register, uid: str) -> Any:
    """Read one record; None if there is none."""
    model: Any = register.model
    return session.execute(
        select(model).where(model.uid == uid).execution_options(populate_existing=True)
    ).scalar_one_or_none()


def find(
    session: Session, register: Register, query: Query, limit: int, most: int | None = None
) -> tuple[int, list[Any]]:
    """Find records, newest first: how many there are in all, and at most *limit* of them.

    Counting stops at *most*, where a window only needs to say that there are many.
    """
    asked = where(register, query, slot(session, register))
    chosen = f"SELECT t.id {asked.clause} ORDER BY {asked.order} LIMIT :limit"
    found = session.execute(text(chosen), {**asked.values, "limit": max(limit, most or 0)}).scalars().all()
    total = len(found)
    if most is None and total == limit:
        total = session.execute(text(f"SELECT count(*) {asked.clause}"), asked.values).scalar_one()
    return total, by_ids(session, register, found[:limit])


def ids(session: Session, register: Register, query: Query, most: int | None = None) -> "array[int]":
    """List the row numbers of all records found, newest first, or of the first *most*: eight bytes each."""
    asked = where(register, query, slot(session, register))
    rows = f"SELECT t.id {asked.clause} ORDER BY {asked.order} LIMIT :most"
    # As one text: a row for each would be handed over under the lock that the window's thread waits for.
    statement = text(f"SELECT group_concat(id) FROM ({rows})")
    told = session.execute(statement, {**asked.values, "most": -1 if most is None else most}).scalar()
    return array("q", map(int, told.split(",")) if told else ())


def by_ids(session: Session, register: Register, wanted: Sequence[int]) -> list[Any]:
    """Read the records of some row numbers, in that order."""
    model: Any = register.model
    found: dict[int, Any] = {}
    for part in chunks(wanted):
        found |= {
            each.id: each for each in session.execute(select(model).where(model.id.in_(part))).scalars()
        }
    return [found[each] for each in wanted if each in found]


def by_links(session: Session, register: Register, link: str, uids: Iterable[str]) -> list[Any]:
    """Read the records that point at one of *uids* through *link*, oldest first."""
    model: Any = register.model
    found: list[Any] = []
    for part in chunks(sorted(set(uids))):
        found += session.execute(select(model).where(getattr(model, link).in_(part))).scalars()
    return sorted(found, key=lambda each: (register.day_of(each) or each.recorded_at, each.id))


def slot(session: Session, register: Register) -> int:
    """Tell which slot of the search index belongs to *register*."""
    asked = text("SELECT slot FROM search_slot WHERE register = :code")
    return int(session.execute(asked, {"code": register.code}).scalar_one())


def resolve(session: Session, code: str, word: str, center: str) -> tuple[str, ...]:
    """Find whom a person means by *word*: a uid, a number, or the whole name; all that fit.

    A uid finds also what was merged or declared void since: records that linked to it go on doing so. What
    only a double was called means the record that it was merged into.
    """
    register = REGISTERS[code]
    if not word:
        return ()
    name = table(register)
    # Straight to the driver: this runs several times for every record that is saved.
    ask = session.connection().exec_driver_sql
    if is_uid(word):
        return tuple(ask(f"SELECT uid FROM {name} WHERE uid = ?", (word,)).scalars())
    alive = "record_status <> 'void' AND center = :center"
    merges = "merged_into" in register.by_name
    # A name with its number behind it, as lists write it, or a name that has brackets of its own.
    number = word[word.rindex("（") + 1 : -1] if word.endswith("）") and "（" in word else word
    # What only one record bears names it too, such as the number on the label of a thing.
    bears = [each for each in register.unique if isinstance(register.by_name[each].kind, Text)]
    others = "".join(f' OR "{each}" = :word' for each in bears if each != register.label_by)
    meant = f'(record_no = :number OR "{register.label_by}" = :word{others})'
    asked = f"SELECT uid FROM {name} WHERE {meant} AND {alive}"
    whole = " AND merged_into IS NULL" if merges else ""
    values = {"number": number, "word": word, "center": center}
    found = tuple(ask(f"{asked}{whole} LIMIT 50", values).scalars())
    if found or not merges:
        return found
    doubles = ask(f"{asked} LIMIT 50", values).scalars().all()
    return tuple(dict.fromkeys(kept_for(session, register, uid) for uid in doubles))


def kept_for(session: Session, register: Register, uid: str) -> str:
    """Follow a double to the record that it was merged into."""
    asked = (
        "WITH RECURSIVE chain(uid, step) AS (VALUES (?, 0) UNION ALL "
        f"SELECT p.merged_into, step + 1 FROM {table(register)} p JOIN chain c ON p.uid = c.uid "
        "WHERE p.merged_into IS NOT NULL AND step < 100) SELECT uid FROM chain ORDER BY step DESC LIMIT 1"
    )
    return str(session.connection().exec_driver_sql(asked, (uid,)).scalar_one())


def labels(session: Session, code: str, uids: Iterable[str]) -> dict[str, str]:
    """Write the present names of some records of one register."""
    register = REGISTERS[code]
    statement = text(
        f"SELECT uid, coalesce(nullif(\"{register.label_by}\", ''), record_no) FROM {table(register)} WHERE uid IN :uids"
    ).bindparams(bindparam("uids", expanding=True))
    found: dict[str, str] = {}
    for part in chunks(sorted(set(uids))):
        found |= dict(session.execute(statement, {"uids": list(part)}).all())
    return found


def link_labels(session: Session, register: Register, records: Sequence[Record]) -> dict[str, str]:
    """Write the names of everything that *records* link to, by uid."""
    found: dict[str, str] = {}
    for column in register.columns:
        if isinstance(column.kind, Link):
            wanted = {value for each in records if (value := getattr(each, column.name))}
            if wanted:
                found |= labels(session, column.kind.to, wanted)
    return found
