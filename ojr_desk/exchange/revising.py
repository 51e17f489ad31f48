"""What a newer revision of a month says otherwise than the one before: row by row, cell by cell, was and is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from ojr_desk.exchange.contents import Pack, columns_of
from ojr_desk.moments import Month
from ojr_desk.register import MASKED, REGISTERS, Audience, Column, Link, Register, Sight, sight
from ojr_desk.store import deeds, records
from ojr_desk.store.history import Change
from ojr_desk.text import N_, _

NEW, CHANGED, GONE = "new", "changed", "withdrawn"
#: What became of a row, in words.
SORTS: Mapping[str, str] = {NEW: N_("新增"), CHANGED: N_("改动"), GONE: N_("撤回")}
#: More columns of a new row, and more letters of a cell, tell nobody more.
_MOST_CELLS, _LETTERS = 6, 60
#: What changes with every change of a record.
_SILENT = frozenset({"revision", "recorded_at", "recorded_by", "center"})


@dataclass(frozen=True)
class Cell:
    """A cell that is otherwise: the column as people call it, and what stood and stands there."""

    field: str
    label: str
    was: str
    is_: str


@dataclass(frozen=True)
class Revised:
    """A row that is new, changed or withdrawn, a key of `SORTS`, with its cells."""

    register: str
    uid: str
    number: str
    sort: str
    cells: tuple[Cell, ...] = ()

    def told(self) -> dict[str, Any]:
        """Write it for JSON."""
        cells = [
            {"column": each.field, "label": each.label, "was": each.was, "is": each.is_}
            for each in self.cells
        ]
        return {"register": self.register, "number": self.number, "sort": self.sort, "cells": cells}

    @property
    def lines(self) -> tuple[str, ...]:
        """Write it for people: the row, then each cell."""
        head = _("{sort}：《{register}》{number}").format(
            sort=_(SORTS[self.sort]), register=_(REGISTERS[self.register].title), number=self.number
        )
        cells = (
            _("{label}：{is_}").format(label=each.label, is_=each.is_)
            if self.sort == NEW
            else _("{label}：“{was}”→“{is_}”").format(label=each.label, was=each.was, is_=each.is_)
            for each in self.cells
        )
        return (head, *cells)


def revised(
    session: Session, pack: Pack, checked: Iterable[tuple[str, Any, Any]], gone: Iterable[tuple[str, str]]
) -> Iterator[Revised]:
    """Compare the rows of a pack, each beside what is here of it, with that; then name what is *gone*."""
    for code, record, old in checked:
        register = REGISTERS[code]
        columns = [each for each in columns_of(register, pack.full) if _is_told(each)]
        if old is None:
            if _is_of(register, record, Month.parse(pack.month)):
                yield Revised(
                    code, record.uid, record.record_no, NEW, tuple(_first(session, columns, record))
                )
            continue
        cells = tuple(
            _cell(session, each, getattr(old, each.name), getattr(record, each.name))
            for each in columns
            if getattr(old, each.name) != getattr(record, each.name)
        )
        if cells:
            yield Revised(code, record.uid, record.record_no, CHANGED, cells)
    for code, uid in gone:
        yield Revised(code, uid, records.get(session, REGISTERS[code], uid).record_no, GONE)


def revised_by(session: Session, deed: int) -> tuple[Revised, ...]:
    """Tell the same from history, of what was taken in by a deed; what was erased since is told no more."""
    stories: dict[tuple[str, str], list[Change]] = {}
    for change in deeds.entries(session, deed):
        stories.setdefault((change.register, change.uid), []).append(change)
    found = []
    for (code, uid), story in stories.items():
        register = REGISTERS[code]
        record = records.get(session, register, uid)
        columns = {each.name: each for each in register.sent if _is_told(each)}
        if record is None or not columns:
            continue
        if record.record_status == "void" and record.confidentiality == "sealed":
            found.append(Revised(code, uid, record.record_no, GONE))
        elif story[0].op == "insert":
            cells = tuple(_first(session, list(columns.values()), record))
            found.append(Revised(code, uid, record.record_no, NEW, cells))
        elif cells := tuple(_told(session, columns, story)):
            found.append(Revised(code, uid, record.record_no, CHANGED, cells))
    return tuple(found)


def _told(session: Session, columns: Mapping[str, Column], story: Sequence[Change]) -> Iterator[Cell]:
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for change in story:
        was = {**(change.was or {}), **was}
        now |= change.now or {}
    for name, column in columns.items():
        if name in now and was.get(name) != now[name]:
            yield _cell(session, column, _native(column, was.get(name)), _native(column, now[name]))


def _is_told(column: Column) -> bool:
    return not (column.hidden or column.name in _SILENT)


def _is_of(register: Register, record: Any, month: Month) -> bool:
    """Leave out who stands in the lists anyway, and what is told again of an earlier month."""
    day: date | None = register.day_of(record) if register.dated_by else None
    return day is None or Month.of(day) == month


def _first(session: Session, columns: Sequence[Column], record: Any) -> Iterator[Cell]:
    """Tell of a new row what people know it by."""
    shown = [each for each in columns if not (each.common or each.computed)]
    told = [each for each in shown if getattr(record, each.name) not in (None, "", (), False)]
    for column in told[:_MOST_CELLS]:
        yield _cell(session, column, None, getattr(record, column.name))


def _cell(session: Session, column: Column, was: Any, is_: Any) -> Cell:
    return Cell(column.name, _(column.label), _text(session, column, was), _text(session, column, is_))


def _text(session: Session, column: Column, value: Any) -> str:
    if value is None or value == "":
        return ""
    if sight(column.privacy, Audience.SCREEN) is not Sight.SHOW:
        return MASKED
    if isinstance(column.kind, Link):
        told = records.labels(session, column.kind.to, [value]).get(value, "")
    else:
        told = column.cell(value, Audience.SCREEN)
    return told if len(told) <= _LETTERS else _("{words}…").format(words=told[:_LETTERS])


def _native(column: Column, stored: Any) -> Any:
    """Turn what the database holds into the value that a kind can show."""
    if stored is None or stored == "":
        return None
    if column.kind.name == "decimal":
        return column.kind.restore(str(stored)) / 100
    if column.kind.name == "choices":
        return tuple(code for code in str(stored).split(",") if code)
    return column.kind.restore(stored)
