"""What follows from rows that were taken in, whatever came first: a case after its steps, a row after its correction."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.register import REGISTERS
from ojr_desk.store import records
from ojr_desk.store.asof import steps_until
from ojr_desk.store.query import chunks


def project(session: Session, taken: Sequence[tuple[str, Any]]) -> None:
    """Compute anew what the records in hand are after all their steps, in whatever order packs came."""
    for register in REGISTERS.values():
        if register.as_of is None:
            continue
        uids = {record.uid for code, record in taken if code == register.code}
        for code, record in taken:
            link = REGISTERS[code].steps_of.get(register.code)
            uids |= {getattr(record, link)} - {None} if link else set()
        steps = steps_until(session, register, uids, date.max)
        for uid in uids:
            record = records.get(session, register, uid)
            if record is None:
                continue
            told = register.as_of(record, steps.get(uid, []))
            values = {name: value for name, value in told.items() if getattr(record, name) != value}
            if values:
                records.change(session, register, uid, values)


def mark_corrected(session: Session, taken: Sequence[tuple[str, Any]]) -> None:
    """Mark what a correction has been sent for, whichever of the two came first."""
    correction: Any = REGISTERS["correction"].model
    uids = {record.uid for code, record in taken if REGISTERS[code].dated_by}
    uids |= {record.of_uid for code, record in taken if code == "correction"}
    for part in chunks(sorted(uids)):
        chosen = select(correction.of_register, correction.of_uid).where(
            correction.of_uid.in_(part), correction.record_status != "void"
        )
        for code, uid in set(session.execute(chosen).all()):
            record = records.get(session, REGISTERS[code], uid) if code in REGISTERS else None
            if record is not None and record.record_status == "normal":
                values = {"record_status": "corrected"}
                records.change(session, REGISTERS[code], uid, values)
