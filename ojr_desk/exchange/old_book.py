"""An office's own old Excel book, read for a register: its sheets, what their columns mean, row by row.

    gate → reading → old_book_table (headings, lines) → old_book_cells → the register's own check

Nothing is stored here, and nothing is decided about what is wrong: that is `desk.loading`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from ojr_desk.exchange.cells import Value, text_of
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.old_book_cells import Reader
from ojr_desk.exchange.old_book_days import Days
from ojr_desk.exchange.old_book_headings import Head, Vocabulary
from ojr_desk.exchange.old_book_hints import Hints, Memory
from ojr_desk.exchange.old_book_lines import Line
from ojr_desk.exchange.old_book_table import OldTable, find, guess
from ojr_desk.exchange.old_book_wordbook import Word
from ojr_desk.exchange.old_book_words import REASONS, Period, is_ordinal, period_of
from ojr_desk.exchange.reading import ReadBook, ReadSheet, read_workbook
from ojr_desk.exchange.table import forms
from ojr_desk.problems import Problem
from ojr_desk.register import Register
from ojr_desk.text import _, listed

#: Filled rows of one sheet: an office's own book may be longer than what another office sends.
MOST_ROWS = 60_000
_FEW = 5


@dataclass(frozen=True)
class Row:
    """One row that is a record: its values, what could not be read, its cells, and the digest of what it says."""

    sheet: str
    number: int
    values: dict[str, Any]
    problems: tuple[Problem, ...]
    cells: tuple[Value, ...]
    digest: str
    is_sealed: bool = False


@dataclass(frozen=True)
class Skipped:
    """One row that is no record, and why."""

    sheet: str
    number: int
    why: str


class OldSheet:
    """One sheet with a table: where its headings stand, what they mean, and its rows, read as they are asked for."""

    def __init__(
        self, register: Register, book: ReadBook, table: OldTable, hints: Hints, memory: Memory
    ) -> None:
        self.table = table
        self.hints = hints
        self._register = register
        self._telling = [(head.place, forms(head.text)[0]) for head in table.heads if _tells(head)]
        self._around = _around(book.name, table, hints)
        days = Days(self._around, book.epoch_1904)
        self._days = days
        self._said = hints.over(Hints(words=memory.ever.words)).words
        words = Hints(words=self._said).over(Hints(words=memory.words)).words
        self._reader = Reader(register, self.name, table.headings.uses, days, words)

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.table.sheet.name

    @property
    def matched(self) -> dict[str, str]:
        """The columns that are read: heading to the names of what it fills, parted by commas."""
        found: dict[str, list[str]] = {}
        for use in self.table.headings.uses:
            found.setdefault(use.head.text, []).append(use.target.name)
        return {heading: ",".join(names) for heading, names in found.items()}

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headings that mean nothing, or what another column tells already."""
        return tuple(head.text for head in (*self.table.headings.unknown, *self.table.headings.doubled))

    @property
    def words(self) -> tuple[Word, ...]:
        """The words for choices that nobody knows or a person has explained, of the rows read so far."""
        said = {name: {forms(word)[0] for word in words} for name, words in self._said.items()}
        return tuple(
            each
            for each in self._reader.wordbook.words()
            if each.meant is None
            or any(form in said.get(name, ()) for name in each.columns for form in forms(each.text))
        )

    def places(self) -> dict[str, str]:
        """Give the letters of the columns by heading."""
        return {head.text: get_column_letter(head.place + 1) for head in self.table.heads if head.texts}

    def place_of(self, name: str | None) -> int:
        """Tell where the column stands that fills *name*; what none fills comes last."""
        uses = (use.head.place for use in self.table.headings.uses if use.target.name == name)
        return min(uses, default=len(self.table.heads))

    def rows(self) -> Iterator[Row | Skipped]:
        """Go through the rows below the headings."""
        self._days.period, self._days.last = self._around, None
        self._reader.wordbook.forget()
        for line in self.table.lines():
            if line.skipped:
                if line.period is not None:
                    self._days.period = line.period | self._around
                yield Skipped(self.name, line.number, line.skipped)
            else:
                yield self._row(line)

    def problem(self, row: int, name: str | None, what: str, code: str) -> Problem:
        """Say what is wrong with a row, and in which cell."""
        return self._reader.problem(row, name, what, code)

    def _row(self, line: Line) -> Row:
        read = self._reader.read(line, self.table.sheet.formulas)
        values, problems = read.values, read.problems
        allowed = self._register.reads(values) if self._register.reads else None
        heads = self._telling
        if allowed is not None:
            # Of what is sealed not even a digest of the words may stay.
            values = {name: value for name, value in values.items() if name in allowed}
            problems = tuple(each for each in problems if each.column in allowed)
            kept = {use.head.place for use in self.table.headings.uses if use.target.name in allowed}
            heads = [head for head in heads if head[0] in kept]
        cells = tuple(read.days.get(at, cell) for at, cell in enumerate(line.cells))
        told = sorted((heading, text) for place, heading in heads if (text := text_of(cells[place])))
        digest = sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
        return Row(self.name, line.number, values, problems, cells, digest, allowed is not None)


@dataclass(frozen=True)
class PassedOver:
    """A sheet that is not read, why, and what its headings might be."""

    sheet: str
    why: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class OldBook:
    """A workbook: its sheets with a table, those without, and what to tell the person."""

    name: str
    sheets: tuple[OldSheet, ...]
    passed_over: tuple[PassedOver, ...]
    notes: tuple[str, ...]


def read(
    path: Path, register: Register, hints: Hints, memory: Memory, password: str | None = None
) -> OldBook:
    """Read the workbook at *path*; raises `NotOurs`, `Damaged` or `Locked`."""
    admitted = admit(path, password, MOST_ROWS)
    return understand(read_workbook(admitted), register, hints, memory, admitted.warnings)


def understand(
    book: ReadBook, register: Register, hints: Hints, memory: Memory, warnings: Sequence[str] = ()
) -> OldBook:
    """Find the tables of a workbook, and what their columns mean; *hints* go before *memory*."""
    sheets, passed_over = [], []
    notes = list(warnings)
    for sheet in book.sheets:
        found = None if sheet.hidden else understand_sheet(book, sheet, register, hints, memory)
        if found is None:
            passed_over.append(_passed_over(sheet))
            continue
        sheets.append(found)
        notes += _notes(sheet)
    return OldBook(book.name, tuple(sheets), tuple(passed_over), tuple(notes))


def understand_sheet(
    book: ReadBook, sheet: ReadSheet, register: Register, hints: Hints, memory: Memory
) -> OldSheet | None:
    """Find the table of one sheet, and what its columns mean; None where there is none."""
    table = find(sheet, Vocabulary(register, {**memory.ever.columns, **hints.columns}))
    if table is None:
        return None
    meant = hints.over(memory.tables.get(key_of(table.heads)))
    exact = Vocabulary(register, meant.columns)
    return OldSheet(register, book, table.understood_by(exact), meant, memory)


def key_of(heads: Sequence[Head]) -> str:
    """Give the key of a set of headings, in whatever order they stand."""
    told = "\n".join(sorted(forms(head.text)[0] for head in heads if head.texts))
    return sha256(told.encode()).hexdigest()[:16]


def _tells(head: Head) -> bool:
    """Tell whether a column says something of its rows."""
    return bool(head.texts) and not is_ordinal(head.text) and forms(head.text)[0] not in REASONS


def _around(name: str, table: OldTable, hints: Hints) -> Period:
    """Gather what sheet, title and file say of the time that a table is about; a person's word goes before."""
    found = Period(hints.year, None) | period_of(table.sheet.name)
    for text in table.above:
        found |= period_of(text)
    return found | period_of(Path(name).stem)


def _passed_over(sheet: ReadSheet) -> PassedOver:
    if sheet.hidden:
        return PassedOver(sheet.name, _("隐藏的工作表，没有读"))
    if not sheet.rows:
        return PassedOver(sheet.name, _("空表"))
    return PassedOver(sheet.name, _("没有认出表头，没有读"), guess(sheet))


def _notes(sheet: ReadSheet) -> Iterator[str]:
    if sheet.hidden_rows:
        numbers = listed(map(str, sorted(sheet.hidden_rows)), most=_FEW)
        yield _("工作表“{sheet}”有隐藏的行，也读了：第 {rows} 行").format(sheet=sheet.name, rows=numbers)
    if sheet.hidden_columns:
        letters = listed(map(get_column_letter, sorted(sheet.hidden_columns)), most=_FEW)
        yield _("工作表“{sheet}”有隐藏的列，也读了：{columns} 列").format(sheet=sheet.name, columns=letters)
    if sheet.beyond:
        yield _("工作表“{sheet}”第 {row} 行起隔了 200 多个空行，没有读").format(
            sheet=sheet.name, row=sheet.beyond
        )
