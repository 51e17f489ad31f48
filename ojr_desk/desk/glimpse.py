"""What a screen that faces the counter tells of a record at a glance: of what sort, how it stands, whom by a mask.

All of it follows from the declarations, so that a register of tomorrow is seen as those of today are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from ojr_desk.register import REGISTERS, Choice, Column, Link, Register
from ojr_desk.rules.masking import mask_name
from ojr_desk.store import records
from ojr_desk.text import _

#: How the column is called that tells how a record stands: `case_state`, `disposition`, `outcome` …
_TELLS_STATE = ("state", "disposition", "outcome")
_CLOSED = frozenset({"sealed", "sensitive"})


@dataclass(frozen=True)
class Event:
    """That something happened: when, of what sort, how it stands — and never what it was about."""

    register: str
    uid: str
    record_no: str
    day: date | None
    kind: str
    state: str


def event(register: Register, record: Any) -> Event:
    """Tell that a record is there; of one that is closed no more than that."""
    kind, state = kind_of(register, record), state_of(register, record)
    if is_closed(record):
        kind, state = register.by_name["confidentiality"].kind.show(record.confidentiality), ""
    return Event(register.code, record.uid, record.record_no, register.day_of(record), kind, state)


def is_closed(record: Any) -> bool:
    """Tell whether nothing of a record may be seen in passing."""
    return record.confidentiality in _CLOSED


def kind_of(register: Register, record: Any) -> str:
    """Tell of what sort a record is: the choice that it is numbered by, such as 来访, else its register."""
    if register.numbered_by and (value := getattr(record, register.numbered_by)):
        return register.by_name[register.numbered_by].kind.show(value)
    return _(register.title)


def state_of(register: Register, record: Any) -> str:
    """Tell how a record stands; nothing where no column says so."""
    if record.record_status == "void":
        return _("已作废")
    column = _state_column(register)
    value = getattr(record, column.name) if column else None
    return column.kind.show(value) if column and value else ""


def masked_names(session: Session, found: Iterable[tuple[Register, Any]]) -> Mapping[str, str]:
    """Write the masked name of everybody whom some records are about, by the record's uid."""
    told: dict[str, str] = {}
    links: dict[str, str] = {}
    for register, record in found:
        if record.confidentiality == "sealed":
            continue
        for column in register.columns:
            value = getattr(record, column.name)
            if not value or column.computed or record.uid in told or record.uid in links:
                continue
            if isinstance(column.kind, Link) and column.kind.to == "person":
                links[record.uid] = value
            elif column.pinyin and column.mask is not None:
                told[record.uid] = column.mask(value)
    names = records.labels(session, "person", links.values()) if links else {}
    return told | {uid: mask_name(names.get(person, "")) for uid, person in links.items()}


def about_persons() -> list[tuple[Register, Column]]:
    """List every column by which a dated record is about a person, with its register."""
    return [
        (register, column)
        for register in REGISTERS.values()
        if register.dated_by and not register.steps_of
        for column in register.typed
        if isinstance(column.kind, Link) and column.kind.to == "person"
    ]


def _state_column(register: Register) -> Column | None:
    choices = [column for column in register.columns if type(column.kind) is Choice]
    return next((column for name in _TELLS_STATE for column in choices if column.name.endswith(name)), None)
