"""Computed columns brought up to the dated steps they follow from."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ojr_desk.register import REGISTERS, Register
from ojr_desk.store import records
from ojr_desk.store.asof import steps_until


def told_now(session: Session, register: Register, uid: str, record: Any) -> dict[str, Any]:
    """Tell what the computed columns of *record* are after all its steps; *uid* is under which these are found."""
    if register.as_of is None:
        return {}
    return dict(register.as_of(record, steps_until(session, register, [uid], date.max).get(uid, [])))


def project_owner(session: Session, register: Register, row: Any) -> None:
    """Bring the record up to date whose step *row* is; a record that is void stays as it was."""
    for code, link in register.steps_of.items():
        uid = getattr(row, link)
        if not uid or REGISTERS[code].as_of is None:
            continue
        owner = records.get(session, REGISTERS[code], uid)
        if owner is not None and owner.record_status != "void":
            records.change(session, REGISTERS[code], uid, told_now(session, REGISTERS[code], uid, owner))
