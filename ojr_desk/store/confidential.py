"""What is kept back from whoever reads on: records that are confidential, and all that hangs on them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.register import REGISTERS, Link, Register
from ojr_desk.store.query import chunks

#: What no workbook holds, and what only the one under a password holds.
SEALED, SENSITIVE = "sealed", "sensitive"


def kept_back(session: Session, register: Register, records: Sequence[Any], full: bool) -> set[str]:
    """Name those of some records that a pack does not tell: an intake, its case, their steps and corrections.

    Who stands on the wall anyway, as staff does, is kept back only where it is sealed.
    """
    levels = {SEALED} if full or not register.dated_by else {SEALED, SENSITIVE}
    return hanging_on(session, register, records, levels)


def hanging_on(
    session: Session,
    register: Register,
    records: Sequence[Any],
    levels: Collection[str],
    seen: frozenset[str] = frozenset(),
) -> set[str]:
    """Name those of some records that have one of *levels*, or hang on one that has.

    Each register is followed once: an intake names its case, and the case its intake.
    """
    found = {record.uid for record in records if record.confidentiality in levels}
    seen |= {register.code}
    pointing = [(record.uid, *target) for record in records for target in _targets(register, record)]
    for code in {code for _uid, code, _to in pointing} - seen:
        there = _read(session, REGISTERS[code], (to for _uid, at, to in pointing if at == code))
        hidden = hanging_on(session, REGISTERS[code], there, levels, seen)
        found |= {uid for uid, at, to in pointing if at == code and to in hidden}
    return found


def _targets(register: Register, record: Any) -> Iterable[tuple[str, str]]:
    """Say what a record hangs on: in which register, at which key."""
    if register.code == "correction" and record.of_register in REGISTERS:
        # It may be of any register, so that its column is no link.
        yield record.of_register, record.of_uid
    for column in register.columns:
        kind = column.kind
        if isinstance(kind, Link) and REGISTERS[kind.to].dated_by and (uid := getattr(record, column.name)):
            yield kind.to, uid


def _read(session: Session, register: Register, uids: Iterable[str]) -> list[Any]:
    model: Any = register.model
    found: list[Any] = []
    for part in chunks(sorted(set(uids))):
        found += session.execute(select(model).where(model.uid.in_(part))).scalars()
    return found
