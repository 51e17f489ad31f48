"""The office as it was on a day: standing records by their validity, cases by their steps so far."""

import json
from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import sqlite
from sqlmodel import Session

from ojr_desk.register import REGISTERS, Register
from ojr_desk.store.query import chunks
from ojr_desk.store.schema import VERSION

_DIALECT = sqlite.dialect()


def standing(session: Session, code: str, uids: Iterable[str], day: date) -> dict[str, Any]:
    """Read some standing records as they were on *day*; before their first version, as that one."""
    register = REGISTERS[code]
    model: Any = register.model
    found: dict[str, Any] = {}
    for part in chunks(sorted(set(uids))):
        found |= {
            each.uid: each for each in session.execute(select(model).where(model.uid.in_(part))).scalars()
        }
    if not register.standing:
        return found
    later = [uid for uid, record in found.items() if record.valid_from > day]
    for part in chunks(later):
        versions = session.execute(
            select(VERSION.c.uid, VERSION.c.vals, VERSION.c.until)
            .where(VERSION.c.uid.in_(part))
            .order_by(VERSION.c.valid_from.desc())
        )
        for uid, values, until in versions:
            # Newest first: each older version that was still valid after the day replaces the one before.
            if until > day:
                found[uid] = thaw(register, uid, values)
    return found


def steps_until(session: Session, register: Register, uids: Iterable[str], day: date) -> dict[str, list[Any]]:
    """Read the dated steps of some records up to and on *day*, oldest first, by the record's uid."""
    found: dict[str, list[Any]] = {}
    for steps in REGISTERS.values():
        link = steps.steps_of.get(register.code)
        if link is None:
            continue
        model: Any = steps.model
        for part in chunks(sorted(set(uids))):
            rows = session.execute(
                select(model)
                .where(getattr(model, link).in_(part))
                .order_by(getattr(model, steps.dated_by), model.id)
            ).scalars()
            for row in rows:
                at = steps.day_of(row)
                if at is not None and at <= day and row.record_status != "void":
                    found.setdefault(getattr(row, link), []).append(row)
    return found


def thaw(register: Register, uid: str, values: str) -> Any:
    """Bring a version back from the JSON of its database values."""
    raw = json.loads(values)
    table: Any = register.model.__dict__["__table__"]
    native = {}
    for column in register.columns:
        read = table.c[column.name].type.result_processor(_DIALECT, None)
        value = raw.get(column.name)
        native[column.name] = read(value) if read is not None else value
    return SimpleNamespace(**native, uid=uid)


def freeze(register: Register, record: Any) -> str:
    """Write a record as the JSON of its database values: what the version trigger writes."""
    table: Any = register.model.__dict__["__table__"]
    raw = {}
    for column in register.columns:
        write = table.c[column.name].type.bind_processor(_DIALECT)
        value = getattr(record, column.name)
        raw[column.name] = write(value) if write is not None else value
    return json.dumps(raw, ensure_ascii=False)
