"""One person's card: what the office knows, masked, and that something was — derived from the links to persons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session

from ojr_desk.desk.glimpse import Event, about_persons, event
from ojr_desk.desk.loans import Lent, lent_to
from ojr_desk.desk.office import Office
from ojr_desk.register import REGISTERS, Audience, Link, Register
from ojr_desk.store import records
from ojr_desk.store.triggers import table
from ojr_desk.text import _

#: Natures of which nothing shows beside a form, because somebody looks over the clerk's shoulder.
COMPLAINTS = ("complaint", "criticism", "accusation")
#: What shows beside a form at most.
_DISCREET = "t.record_status <> 'void' AND t.confidentiality NOT IN ('sensitive', 'sealed')"


@dataclass(frozen=True)
class Field:
    """One of a person's own columns, as the screen may show it."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Card:
    """One person: own columns, numbers of merged doubles, what is lent out, a page of the *total* events, newest first."""

    uid: str
    record_no: str
    name: str
    fields: tuple[Field, ...]
    doubles: tuple[str, ...]
    total: int
    events: tuple[Event, ...]
    lent: tuple[Lent, ...] = ()


def card(session: Session, office: Office, person: Any, skip: int, limit: int) -> Card:
    """Make the card of *person*, with so many events after the first *skip*."""
    register = REGISTERS["person"]
    family = family_of(session, person.uid)
    found = list(_sources(office))
    fields = (
        Field(column.name, _(column.label), column.cell(getattr(person, column.name), Audience.SCREEN))
        for column in register.typed
        if not column.common or column.name == "remark"
    )
    merged = [records.get(session, register, uid) for uid in family if uid != person.uid]
    return Card(
        person.uid,
        person.record_no,
        person.full_name,
        tuple(field for field in fields if field.text),
        tuple(each.record_no for each in merged),
        _count(session, found, family),
        tuple(_read(session, found, family, skip, limit)),
        lent_to(session, family) if office.enabled(REGISTERS["item_loan"]) else (),
    )


def glance(session: Session, office: Office, uid: str, limit: int) -> tuple[Event, ...]:
    """Tell what shows beside a form: neither complaints nor care data, nor what is void."""
    found = list(_sources(office, discreet=True))
    return tuple(_read(session, found, family_of(session, uid), 0, limit))


def family_of(session: Session, uid: str) -> tuple[str, ...]:
    """List the person and all who were merged into that one: rows of closed months still link to these."""
    asked = (
        "WITH RECURSIVE family(uid) AS (VALUES (?) UNION "
        "SELECT p.uid FROM person p JOIN family f ON p.merged_into = f.uid) SELECT uid FROM family"
    )
    return tuple(session.connection().exec_driver_sql(asked, (uid,)).scalars())


def kept_for(session: Session, uid: str) -> str:
    """Follow a double to the person whom it was merged into."""
    return records.kept_for(session, REGISTERS["person"], uid)


def counts(session: Session, office: Office, uids: Sequence[str]) -> Mapping[str, int]:
    """Count the events of some persons, each by itself."""
    found = list(_sources(office))
    return {uid: _count(session, found, [uid]) for uid in uids}


@dataclass(frozen=True)
class _Source:
    """Where events of persons are read: a register, and the condition by which a row is one of theirs."""

    register: Register
    condition: str

    @property
    def rows(self) -> str:
        """Write the SELECT of its rows, each with its register, its place and its moment."""
        at = f't."{self.register.dated_by}"'
        return (
            f"SELECT '{self.register.code}' AS code, t.id AS id, {at} AS at "
            f"FROM {table(self.register)} t WHERE {self.condition}"
        )


def _sources(office: Office, discreet: bool = False) -> Iterator[_Source]:
    """List where rows are about persons, and where rows follow from these, as a case does from a visit."""
    direct = [(register, column.name) for register, column in about_persons()]
    for register, name in direct:
        yield from _source(office, register, f't."{name}" IN :uids', discreet)
    through = {register.code: (register, name) for register, name in direct}
    for register in REGISTERS.values():
        if not register.dated_by or register.steps_of or register.code in through:
            continue
        for column in register.typed:
            if isinstance(column.kind, Link) and column.kind.to in through:
                target, name = through[column.kind.to]
                theirs = f'SELECT d.uid FROM {table(target)} d WHERE d."{name}" IN :uids'
                yield from _source(office, register, f't."{column.name}" IN ({theirs})', discreet)


def _source(office: Office, register: Register, condition: str, discreet: bool) -> Iterator[_Source]:
    if not office.enabled(register):
        return
    if discreet:
        condition += f" AND {_DISCREET}"
        if "matter_nature" in register.by_name:
            condition += f" AND t.matter_nature NOT IN ({', '.join(map(repr, COMPLAINTS))})"
    yield _Source(register, condition)


def _count(session: Session, found: Sequence[_Source], family: Sequence[str]) -> int:
    asked = " UNION ".join(f"SELECT code, id FROM ({source.rows})" for source in found)
    if not asked:
        return 0
    return int(
        session.execute(_bound(f"SELECT count(*) FROM ({asked})"), {"uids": list(family)}).scalar_one()
    )


def _read(
    session: Session, found: Sequence[_Source], family: Sequence[str], skip: int, limit: int
) -> Iterator[Event]:
    asked = " UNION ".join(source.rows for source in found)
    if not asked:
        return
    ordered = f"SELECT code, id FROM ({asked}) ORDER BY at DESC, id DESC LIMIT :limit OFFSET :skip"
    values = {"uids": list(family), "limit": limit, "skip": skip}
    rows = session.execute(_bound(ordered), values).all()
    read = {
        (code, record.id): record
        for code in {row.code for row in rows}
        for record in records.by_ids(session, REGISTERS[code], [row.id for row in rows if row.code == code])
    }
    for row in rows:
        yield event(REGISTERS[row.code], read[row.code, row.id])


def _bound(statement: str) -> Any:
    return text(statement).bindparams(bindparam("uids", expanding=True))
