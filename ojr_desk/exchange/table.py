"""Find the table in a sheet by the words of its headings, wherever its rows and columns stand."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ojr_desk.exchange.cells import Value, text_of
from ojr_desk.exchange.reading import ReadSheet

#: How far down a heading row is looked for.
HEADING_ROWS = 20
_NOTE = re.compile(r"[(\[【〔].*?[)\]】〕]")
_EDGES = "*＊※:：、.。-_"


@dataclass(frozen=True)
class Table:
    """The rows below a row of headings.

    *heading* is that row's number, None where there is none. *columns* says at which place of a row each
    column was found; *missing* are names of columns that were not, *unknown* the headings that nobody
    asked for, *doubled* those that name a column found already, which are not read. *formulas* are
    (row number, column name) of values that a formula gave, None where nobody reckoned it; *closing* are
    the lines below the last row. *beside* are numbers of rows with something under no heading, *below* of
    those that stand under the line which ends the table.
    """

    heading: int | None
    columns: Mapping[str, int]
    missing: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    rows: tuple[tuple[int, dict[str, Value]], ...] = ()
    formulas: frozenset[tuple[int, str]] = frozenset()
    closing: tuple[str, ...] = ()
    beside: tuple[int, ...] = ()
    below: tuple[int, ...] = ()


def table(sheet: ReadSheet, headings: Mapping[str, str], closing: Sequence[str] = ()) -> Table:
    """Find the columns that *headings* name (label or alias to column name) and the rows below them.

    A row whose only text begins with one of *closing*, as 校验码 does, ends the table. Rows without
    anything in a column that was found are passed over.
    """
    wanted = _wanted(headings)
    matches = [_Match(cells, wanted) for number, cells in sheet.rows if number <= HEADING_ROWS]
    match = max(matches, key=lambda match: len(match.columns), default=None)
    names = tuple(dict.fromkeys(headings.values()))
    if match is None or len(match.columns) < max(1, min(2, len(names))):
        return Table(None, {}, names)
    place = matches.index(match)
    heading = sheet.rows[place][0]
    rows = sheet.rows[place + 1 :]
    body, lines = _parted(rows, tuple(closing))
    headed = {at for at, cell in enumerate(sheet.rows[place][1]) if text_of(cell)}
    name_at = {at: name for name, at in match.columns.items()}
    formulas = frozenset(
        (row, name_at[at - 1]) for row, at in sheet.formulas if row > heading and at - 1 in name_at
    )
    reckoned = {row for row, _name in formulas}
    values = [(number, _values(cells, name_at)) for number, cells in body]
    return Table(
        heading,
        match.columns,
        tuple(name for name in names if name not in match.columns),
        tuple(match.unknown),
        tuple(match.doubled),
        tuple(row for row in values if row[0] in reckoned or any(map(text_of, row[1].values()))),
        formulas,
        lines,
        tuple(
            number
            for number, cells in body
            if any(text_of(cell) for at, cell in enumerate(cells) if at not in headed)
        ),
        tuple(number for number, cells in rows[len(body) + 1 :] if any(map(text_of, cells))),
    )


class _Match:
    """What one row is worth as the row of headings."""

    def __init__(self, cells: tuple[Value, ...], wanted: Mapping[str, str]) -> None:
        self.columns: dict[str, int] = {}
        self.unknown: list[str] = []
        self.doubled: list[str] = []
        for at, cell in enumerate(cells):
            label = " ".join(text_of(cell).split())
            if not label:
                continue
            name = next((wanted[form] for form in forms(label) if form in wanted), None)
            if name is None:
                self.unknown.append(label)
            elif name in self.columns:
                self.doubled.append(label)
            else:
                self.columns[name] = at


def _wanted(headings: Mapping[str, str]) -> dict[str, str]:
    """Find the column for each form of a heading; a short form that could mean two columns means none."""
    full = {forms(label)[0]: name for label, name in headings.items()}
    short: dict[str, set[str]] = {}
    for label, name in headings.items():
        short.setdefault(forms(label)[-1], set()).add(name)
    return {form: names.pop() for form, names in short.items() if len(names) == 1} | full


def forms(label: str) -> tuple[str, str]:
    """Write a heading without what does not matter, first with its notes in brackets, then without them."""
    full = "".join(unicodedata.normalize("NFKC", label).casefold().split()).strip(_EDGES)
    short = _NOTE.sub(lambda note: note[0] if _scales(note[0]) else "", full).strip(_EDGES)
    return full, short or full


def _scales(note: str) -> bool:
    """Tell whether a note changes what the numbers mean: 金额（万元） is not 金额（元）."""
    return any(sign in "%‰" or unicodedata.numeric(sign, 0) >= 100 for sign in note)


def _parted(
    rows: Sequence[tuple[int, tuple[Value, ...]]], closing: tuple[str, ...]
) -> tuple[Sequence[tuple[int, tuple[Value, ...]]], tuple[str, ...]]:
    """Part the rows of a table from the lines below it."""
    for place, (_number, cells) in enumerate(rows):
        texts = [text for cell in cells if (text := text_of(cell))]
        if len(texts) == 1 and closing and texts[0].startswith(closing):
            lines = [text_of(cell) for _row, below in rows[place:] for cell in below]
            return rows[:place], tuple(line for line in lines if line)
    return rows, ()


def _values(cells: tuple[Value, ...], name_at: Mapping[int, str]) -> dict[str, Value]:
    """Name the values of a row, None where a cell is empty."""
    return {name: cells[at] if at < len(cells) else None for at, name in name_at.items()}
