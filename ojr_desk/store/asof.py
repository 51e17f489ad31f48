"""The office as it was on a day: standing records by their validity, cases by their steps so far."""

import json
from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import exists, insert, not_, select
from sqlalchemy.dialects import sqlite
from sqlmodel import Session

from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS, Register
from ojr_desk.store.query import chunks
from ojr_desk.store.schema import VERSION

_DIALECT = sqlite.dialect()


def standing(session: Session, code: str, uids: Iterable[str], day: date) -> dict[str, Any]:
    """Read some standing records as they were on *day*; before their first version, as that one.

    What does not stand is read as it is.
    """
    register = REGISTERS[code]
    model: Any = register.model
    found: dict[str, Any] = {}
    for part in chunks(sorted(set(uids))):
        found |= {
            each.uid: each for each in session.execute(select(model).where(model.uid.in_(part))).scalars()
        }
    if not register.standing:
        return found
    later = {uid for uid, record in found.items() if record.valid_from > day}
    for part in chunks(sorted(later)):
        versions = session.execute(
            select(VERSION.c.uid, VERSION.c.vals, VERSION.c.valid_from)
            .where(VERSION.c.uid.in_(part))
            .order_by(VERSION.c.valid_from.desc())
        )
        for uid, values, valid_from in versions:
            # Newest first: the first that had begun by the day is the one, else the oldest of all.
            if uid in later:
                found[uid] = thaw(register, uid, values)
                if valid_from <= day:
                    later.remove(uid)
    return found


def keep_printed(session: Session, center: str, month: Month) -> None:
    """Keep, when *month* is closed, what it shows of standing records that are valid from later on only.

    Before its first version a record is shown as that one; so a later change of it would reach back.
    A record that has versions is shown as one of these, and they never change.
    """
    for register in REGISTERS.values():
        if not register.standing:
            continue
        model: Any = register.model
        known = select(VERSION.c.id).where(VERSION.c.uid == model.uid)
        chosen = select(model).where(
            model.center == center, model.valid_from > month.last, ~known.correlate(model).exists()
        )
        for record in list(session.execute(chosen).scalars()):
            session.execute(
                insert(VERSION).values(
                    register=register.code,
                    uid=record.uid,
                    valid_from=month.first,
                    until=record.valid_from,
                    vals=freeze(register, record),
                )
            )


def steps_until(session: Session, register: Register, uids: Iterable[str], day: date) -> dict[str, list[Any]]:
    """Read the dated steps of some records up to and on *day*, oldest first, by the record's uid.

    Steps that came to a record by another, as those of its case to an intake, are gone when that one is void.
    """
    found: dict[str, list[Any]] = {}
    for steps in REGISTERS.values():
        link = steps.steps_of.get(register.code)
        if link is None:
            continue
        model: Any = steps.model
        owners = list(steps.steps_of.items())
        void = [_is_void(model, *owner) for owner in owners[: owners.index((register.code, link))]]
        for part in chunks(sorted(set(uids))):
            rows = session.execute(
                select(model)
                .where(getattr(model, link).in_(part), *(not_(each) for each in void))
                .order_by(getattr(model, steps.dated_by), model.id)
            ).scalars()
            for row in rows:
                at = steps.day_of(row)
                if at is not None and at <= day and row.record_status != "void":
                    found.setdefault(getattr(row, link), []).append(row)
    return found


def _is_void(steps: Any, code: str, link: str) -> Any:
    """Tell in SQL whether the record of register *code* that a step belongs to is void."""
    owner: Any = REGISTERS[code].model
    return exists().where(owner.uid == getattr(steps, link), owner.record_status == "void")


def thaw(register: Register, uid: str, values: str) -> Any:
    """Bring a version back from the JSON of its database values."""
    raw = json.loads(values)
    table: Any = register.model.__dict__["__table__"]
    native = {}
    for column in register.columns:
        read = table.c[column.name].type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
        value = raw.get(column.name)
        native[column.name] = read(value) if read is not None else value
    return SimpleNamespace(**native, uid=uid)


def freeze(register: Register, record: Any) -> str:
    """Write a record as the JSON of its database values: what the version trigger writes."""
    table: Any = register.model.__dict__["__table__"]
    raw = {}
    for column in register.columns:
        write = table.c[column.name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
        value = getattr(record, column.name)
        raw[column.name] = write(value) if write is not None else value
    return json.dumps(raw, ensure_ascii=False)
