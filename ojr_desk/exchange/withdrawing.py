"""Withdrawing: what an earlier revision told and a newer one does not leaves this office again.

A village strikes nothing out. So what is not told any more was sealed or became sensitive since, or was lost
when the village went back to a backup; then its number may be another record's by now.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.exchange.contents import Pack
from ojr_desk.exchange.gather import WHOLE, about
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS, Register
from ojr_desk.store import records
from ojr_desk.store.confidential import SEALED, SENSITIVE, hanging_on
from ojr_desk.store.forgetting import forget
from ojr_desk.store.query import chunks
from ojr_desk.text import N_, _, on_paper

_REASON = N_("报送的中心已撤回")
_DISPLACED = N_("编号已归另一条记录")


class Gone(NamedTuple):
    """A record that is not told any more, by register and key."""

    register: str
    uid: str


def withdrawn(session: Session, pack: Pack) -> Iterator[Gone]:
    """Name by register and key the month's records that are here and that *pack* does not hold any more."""
    for sheaf in pack.sheaves:
        register = REGISTERS[sheaf.register]
        if register.dated_by:
            told = {row["uid"] for row in sheaf.rows}
            here = binding.dated(session, register, WHOLE, Month.parse(pack.month), pack.center)
            # What only full packs tell is missed in no other one.
            hidden = set() if pack.full else hanging_on(session, register, here, {SENSITIVE})
            for each in here:
                is_missed = each.uid not in told | hidden and each.confidentiality != SEALED
                if is_missed and _is_told(pack, register, each):
                    yield Gone(register.code, each.uid)


def displaced(session: Session, pack: Pack, told: Sequence[tuple[str, Any]]) -> Iterator[Gone]:
    """Name what bears here the number of another record of *pack*, was here before, and is not in it."""
    for code in pack.counts:
        model: Any = REGISTERS[code].model
        numbers = {record.record_no: record.uid for each, record in told if each == code}
        mine = set(numbers.values())
        for part in chunks(sorted(numbers)):
            chosen = select(model.uid, model.recorded_at).where(
                model.center == pack.center, model.record_no.in_(part)
            )
            for uid, recorded_at in session.execute(chosen):
                if uid not in mine and recorded_at.isoformat(" ", "minutes") <= pack.made_at:
                    yield Gone(code, uid)


def _is_told(pack: Pack, register: Register, record: Any) -> bool:
    """Tell whether a pack of this kind would hold a record: full ones tell more, and no switched off register."""
    code, _uid = about(register, record)
    return (not code or code in pack.counts) and (
        pack.full or register.code != "correction" or binding.tells_the_superior(record)
    )


def displace(session: Session, gone: Iterable[Gone]) -> None:
    """Declare records void whose numbers others bear, and leave them a number that nobody is given."""
    with on_paper():
        reason = _(_DISPLACED)
    for code, uid in gone:
        number = records.get(session, REGISTERS[code], uid).record_no
        values = {"record_no": f"{number}#{uid[-6:]}", "record_status": "void", "void_reason": reason}
        records.change(session, REGISTERS[code], uid, values)


def withdraw(session: Session, gone: Iterable[Gone]) -> list[tuple[str, Any]]:
    """Forget records of the centre that is received from, and whom they alone named.

    Answers with what is to be computed anew: the records that they told of.
    """
    with on_paper():
        reason = _(_REASON)
    owners: set[tuple[str, str]] = set()
    for code, uid in gone:
        owners.add(about(REGISTERS[code], records.get(session, REGISTERS[code], uid)))
        forget(session, REGISTERS[code], uid, reason)
    found = []
    for code, uid in sorted(owners):
        record = records.get(session, REGISTERS[code], uid) if code in REGISTERS else None
        if record is not None:
            if record.record_status == "corrected":
                # Another correction of it, if there is one, marks it again.
                records.change(session, REGISTERS[code], uid, {"record_status": "normal"})
            found.append((code, record))
    return found
