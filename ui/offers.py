"""Which records may be meant by what somebody typed into a link."""

from collections.abc import Callable
from typing import Any

from ojr_desk.register import REGISTERS, Audience
from ui.editor import LookUp, Offer
from ui.office import Office

_MOST = 12
#: How many a list shows that is opened without typing.
_ALL = 200


def look_up(office: Office) -> LookUp:
    """Make the function by which editors of *office* look for records."""

    def ask(code: str, typed: str, done: Callable[[list[Offer]], None]) -> None:
        office.ask(lambda desk: _found(desk, code, typed), done)

    return ask


def _found(desk: Any, code: str, typed: str) -> list[Offer]:
    """Offer persons by initials, part of the name or last digits; other records by what is searched in them."""
    from ojr_desk.store.query import Query  # noqa: PLC0415 - it is loaded with the desk; the form must not wait

    register = REGISTERS[code]
    if code == "person" and typed:
        records = desk.persons.suggest(typed, _MOST)
    else:
        words = tuple(typed.split())
        records = desk.registers.find(code, Query(words, live=True), _MOST if words else _ALL).records
        if not records:
            records = desk.registers.spelt(code, typed.strip(), _MOST)
    return [Offer(each.uid, register.label_of(each), _note(register, each)) for each in records]


def _note(register: Any, record: Any) -> str:
    """Tell namesakes apart, without showing what is private."""
    others = [register.by_name[name] for name in register.known_by if name != register.label_by]
    told = [column.cell(getattr(record, column.name), Audience.SCREEN) for column in others]
    return " ".join(part for part in told if part) or (
        record.record_no if register.label_by != "record_no" else ""
    )
