"""The one search box: over every register that has a page, grouped by register, the best first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session

from ojr_desk.desk.glimpse import is_closed, kind_of, masked_names, state_of
from ojr_desk.desk.office import Office
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS, Audience, Choice, Column, Link, Privacy, Register
from ojr_desk.rules.pinyin import initials
from ojr_desk.store import records
from ojr_desk.store.grams import fold, match
from ojr_desk.store.query import Query, where
from ojr_desk.store.triggers import slots, table
from ojr_desk.text import _

#: How many of the newest records found are looked at, to choose the best among them.
_LOOKED_AT = 40
#: The months in which 37 may be the end of a number.
_MONTHS = 12
_MOST_DIGITS = 5
#: Characters of a text that are shown before and after what was found.
_BEFORE, _SHOWN = 8, 36


@dataclass(frozen=True)
class Hit:
    """One record found: what it is called, when it was, and one line of it that anybody may see."""

    register: str
    uid: str
    record_no: str
    label: str
    day: date | None
    context: str


@dataclass(frozen=True)
class Group:
    """What was found in one register, the best first, and whether there is more."""

    register: str
    title: str
    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True)
class _Row:
    """A record that was found, as far as it is ranked."""

    id: int
    record_no: str
    label: str


class Search:
    """Searches all that this office keeps."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def everything(self, typed: str, limit: int = 5) -> tuple[Group, ...]:
        """Find records by initials, name, last digits, the end of a number or any part of their text.

        At most *limit* of each register, those first whose number or name was typed. Sealed text is never
        found, for there is none.
        """
        # Half a sign, as some input methods leave behind, is in no text.
        words = tuple(fold(typed.encode("utf-8", "replace").decode("utf-8")).split())
        if not words:
            return ()
        found: list[tuple[int, Group]] = []
        with self._office.reading() as session:
            places = slots(session.connection())
            for register in REGISTERS.values():
                # Rows that are read with the record they belong to have no page.
                if self._office.enabled(register) and not register.steps_of:
                    found += self._in(session, register, words, places[register.code], limit)
        return tuple(group for _rank, group in sorted(found, key=lambda each: each[0]))

    def _in(
        self, session: Session, register: Register, words: Sequence[str], slot: int, limit: int
    ) -> Iterator[tuple[int, Group]]:
        """Find the best in one register, with the rank of the best of all."""
        rows = {row.id: row for row in self._exact(session, register, words)}
        newest = list(_newest(session, register, words, slot))
        more = len(newest) > _LOOKED_AT
        for row in newest[:_LOOKED_AT]:
            rows.setdefault(row.id, row)
        if not rows:
            return
        ranked = sorted((_rank(register, row, words), -row.id) for row in rows.values())
        best = records.by_ids(session, register, [-place for _rank_, place in ranked[:limit]])
        names = masked_names(session, ((register, each) for each in best))
        hits = tuple(_hit(register, each, words, names.get(each.uid, "")) for each in best)
        yield ranked[0][0], Group(register.code, _(register.title), hits, more or len(rows) > limit)

    def _exact(self, session: Session, register: Register, words: Sequence[str]) -> list[_Row]:
        """Find what bears the very name or number that was typed, however old it is."""
        whole = " ".join(words)
        numbers = [whole.upper(), *self._ending_in(register, whole)]
        chosen = f"SELECT id, record_no, {_label(register)} AS label FROM {table(register)} t"
        asked = f"{chosen} WHERE record_no IN :numbers AND center = :center"
        if register.label_by != "record_no":
            named = f"\"{register.label_by}\" = :whole AND center = :center AND record_status <> 'void'"
            kept = " AND merged_into IS NULL" if "merged_into" in register.by_name else ""
            asked += f" UNION SELECT * FROM ({chosen} WHERE {named}{kept} LIMIT :most)"
        bound = text(asked).bindparams(bindparam("numbers", expanding=True))
        values = {"numbers": numbers, "center": self._office.center, "whole": whole, "most": _LOOKED_AT}
        return _rows(session.execute(bound, values))

    def _ending_in(self, register: Register, word: str) -> Iterator[str]:
        """Write the numbers of the last months that end in 37, if that was typed."""
        if not (word.isdecimal() and len(word) <= _MOST_DIGITS) or not int(word):
            return
        month = Month.of(self._office.today())
        for _n in range(_MONTHS):
            for number in dict.fromkeys(register.number.values()):
                yield f"{number}-{month.compact}-{int(word):04d}"
            month = month.previous()


def _newest(session: Session, register: Register, words: Sequence[str], slot: int) -> list[_Row]:
    """Find the newest records in which all words are; one or two bare digits are in nearly all of them."""
    if not match(words).expression:
        return []
    asked = where(register, Query(tuple(words)), slot)
    kept = " AND t.merged_into IS NULL" if "merged_into" in register.by_name else ""
    chosen = f"SELECT t.id, t.record_no, {_label(register)} AS label {asked.clause}{kept}"
    chosen += f" ORDER BY {asked.order} LIMIT :most"
    return _rows(session.execute(text(chosen), {**asked.values, "most": _LOOKED_AT + 1}))


def _rows(found: Iterable[Any]) -> list[_Row]:
    return [_Row(row.id, row.record_no, row.label or "") for row in found]


def _label(register: Register) -> str:
    return f't."{register.label_by}"'


def _rank(register: Register, row: _Row, words: Sequence[str]) -> int:
    """Tell how near a record is to what was typed, 0 the nearest: its number, its name, else its text."""
    whole = " ".join(words)
    number, label = fold(row.record_no), fold(row.label)
    if number == whole or (whole.isdecimal() and number.endswith(f"-{whole.zfill(4)}")):
        return 0
    if register.label_by == "record_no":
        return 4
    if label == whole:
        return 0
    spelt = initials(row.label)
    if whole in spelt or label.startswith(whole):
        return 1
    return 2 if all(word in label or any(key.startswith(word) for key in spelt) for word in words) else 4


def _hit(register: Register, record: Any, words: Sequence[str], who: str) -> Hit:
    kind = kind_of(register, record)
    label = kind if register.label_by == "record_no" else register.label_of(record)
    context = register.by_name["confidentiality"].kind.show(record.confidentiality)
    if not is_closed(record):
        sort = kind if register.numbered_by and label != kind else ""
        who = "" if register.by_name[register.label_by].pinyin else who
        void = state_of(register, record) if record.record_status == "void" else ""
        context = " ".join(filter(None, (void, sort, who, _line(register, record, words))))
    day = register.day_of(record)
    return Hit(register.code, record.uid, record.record_no, label, day, context)


def _line(register: Register, record: Any, words: Sequence[str]) -> str:
    """Write of a record the piece of text that was found, masked as the screen asks; else how its text begins."""
    shown = [
        column
        for column in register.columns
        if column.search
        and column.name not in ("record_no", register.label_by)
        and not isinstance(column.kind, Link | Choice)
        and column.privacy is not Privacy.SEALED
        and getattr(record, column.name)
    ]
    for column in shown:
        raw = fold(str(getattr(record, column.name)))
        for word in words:
            if (place := raw.find(word)) >= 0:
                return _piece(_told(column, record), place)
    first = next((column for column in shown if column.privacy is not Privacy.PRIVATE), None)
    return _piece(_told(first, record), 0) if first else ""


def _told(column: Column, record: Any) -> str:
    return column.cell(getattr(record, column.name), Audience.SCREEN)


def _piece(told: str, place: int) -> str:
    """Cut one line out of a text around a place."""
    line = " ".join(told.split())
    start = max(0, min(place - _BEFORE, len(line) - _SHOWN))
    piece = line[start : start + _SHOWN]
    if start:
        piece = f"…{piece}"
    return f"{piece}…" if start + _SHOWN < len(line) else piece
