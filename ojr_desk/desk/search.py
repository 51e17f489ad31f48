"""The one search box: over every register that has a page, grouped by register, the best first."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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
        # Rows that are read with the record they belong to have no page.
        kept = [each for each in REGISTERS.values() if self._office.enabled(each) and not each.steps_of]
        groups: list[tuple[int, Group]] = []
        with self._office.reading() as session:
            found = self._rows(session, kept, words)
            for register in kept:
                if rows := found.get(register.code):
                    groups.append(_group(session, register, rows, words, limit))
        return tuple(group for _rank_, group in sorted(groups, key=lambda each: each[0]))

    def _rows(
        self, session: Session, kept: Sequence[Register], words: Sequence[str]
    ) -> dict[str, list[_Row]]:
        """Ask all registers in one statement: twelve would take longer to send than to answer."""
        places = slots(session.connection())
        whole = " ".join(words)
        values: dict[str, Any] = {"center": self._office.center, "whole": whole, "most": _LOOKED_AT + 1}
        parts: list[str] = []
        for register in kept:
            numbers = [whole.upper(), *self._ending_in(register, whole)]
            values[f"{register.code}_numbers"] = json.dumps(numbers)
            parts += _exact(register)
            parts += _newest(register, words, places[register.code], values)
        found: dict[str, dict[int, _Row]] = {}
        for row in session.connection().exec_driver_sql(" UNION ALL ".join(parts), values):
            found.setdefault(row.code, {}).setdefault(row.id, _Row(row.id, row.record_no, row.label or ""))
        return {code: list(rows.values()) for code, rows in found.items()}

    def _ending_in(self, register: Register, word: str) -> Iterator[str]:
        """Write the numbers of the last months that end in 37, if that was typed."""
        if not (word.isdecimal() and len(word) <= _MOST_DIGITS) or not int(word):
            return
        month = Month.of(self._office.today())
        for _n in range(_MONTHS):
            for number in dict.fromkeys(register.number.values()):
                yield f"{number}-{month.compact}-{int(word):04d}"
            month = month.previous()


def _exact(register: Register) -> Iterator[str]:
    """Find what bears the very number or name that was typed, however old it is."""
    mine = "t.center = :center"
    yield (
        f"{_chosen(register)} FROM {table(register)} t "
        f"WHERE t.record_no IN (SELECT value FROM json_each(:{register.code}_numbers)) AND {mine}"
    )
    if register.label_by != "record_no":
        named = (
            f"t.\"{register.label_by}\" = :whole AND {mine} AND t.record_status <> 'void'{_kept(register)}"
        )
        yield f"SELECT * FROM ({_chosen(register)} FROM {table(register)} t WHERE {named} LIMIT :most)"


def _newest(register: Register, words: Sequence[str], slot: int, values: dict[str, Any]) -> Iterator[str]:
    """Find the newest records in which all words are; one or two bare digits are in nearly all of them."""
    if match(words).expression:
        asked = where(register, Query(tuple(words)), slot)
        values |= asked.values
        newest = f"{asked.clause}{_kept(register)} ORDER BY {asked.order} LIMIT :most"
        yield f"SELECT * FROM ({_chosen(register)} {newest})"


def _chosen(register: Register) -> str:
    return f"SELECT '{register.code}' AS code, t.id, t.record_no, t.\"{register.label_by}\" AS label"


def _kept(register: Register) -> str:
    """Leave out doubles: they are found as whom they were merged into."""
    return " AND t.merged_into IS NULL" if "merged_into" in register.by_name else ""


def _group(
    session: Session, register: Register, rows: Sequence[_Row], words: Sequence[str], limit: int
) -> tuple[int, Group]:
    """Choose the best in one register; answer with the rank of the best of all, too."""
    ranked = sorted((_rank(register, row, words), -row.id) for row in rows)
    best = records.by_ids(session, register, [-place for _rank_, place in ranked[:limit]])
    names = masked_names(session, ((register, each) for each in best))
    hits = tuple(_hit(register, each, words, names.get(each.uid, "")) for each in best)
    return ranked[0][0], Group(register.code, _(register.title), hits, len(rows) > limit)


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
