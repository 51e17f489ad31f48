"""Read an admitted workbook: every sheet, every filled cell, as plain values.

The parts are read as streams and not through openpyxl, for the reasons in
`docs/decisions/0030-rows-as-text.md`; sizes that a workbook says of itself are never believed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from zipfile import ZipFile

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from ojr_desk.exchange.cells import Fault, Value
from ojr_desk.exchange.formats import WANTED, Dating, datings
from ojr_desk.exchange.gate import MAX_COLUMNS, Admitted
from ojr_desk.exchange.markup import BadMarkup
from ojr_desk.exchange.package import Package
from ojr_desk.exchange.strings import shared_strings, unescaped
from ojr_desk.exchange.worksheet import column_number, walk
from ojr_desk.problems import Damaged
from ojr_desk.text import _

#: Where a sheet ends although more may follow: people put notes, or leave a stray mark, far below.
EMPTY_ROWS = 200
#: Merged ranges of one sheet: more than a book has that a person made.
MAX_MERGES = 100_000
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_WHOLE = re.compile(r"-?[0-9]{1,300}")


@dataclass(frozen=True)
class Range:
    """A range of merged cells, by the numbers of its rows and columns, from 1; its value is in the first."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class ReadSheet:
    """One sheet: its filled rows with their numbers, each cell from column A on.

    *formulas* are the (row, column) places, from 1, whose value a formula gave when the file was last
    saved; *beyond* is the first row with content that stands after 200 empty rows and was not read.
    *hidden_rows* are those of the filled rows that nobody sees, *hidden_columns* numbers of columns.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[int, tuple[Value, ...]], ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    beyond: int | None = None
    merges: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def joined(self) -> str:
        """Put together again the text that `write_workbook` cut into the cells of a hidden sheet."""
        return "".join(cells[0] for _number, cells in self.rows if isinstance(cells[0], str))


@dataclass(frozen=True)
class ReadBook:
    """A workbook: its file's *name*, its sheets in order, and whether it counts days from 1904."""

    name: str
    sheets: tuple[ReadSheet, ...]
    epoch_1904: bool = False

    def sheet(self, name: str) -> ReadSheet | None:
        """Find a sheet by its name, as Excel does without case."""
        wanted = name.strip().casefold()
        return next((sheet for sheet in self.sheets if sheet.name.strip().casefold() == wanted), None)


def read_workbook(admitted: Admitted) -> ReadBook:
    """Read all sheets of *admitted*; raise `Damaged` where it does not hold together."""
    try:
        with ZipFile(BytesIO(admitted.content)) as archive:
            return _book(Package(archive), admitted.name)
    except BadMarkup as error:
        message = _("《{name}》内部有缺失，读不出来。请用 WPS 或 Excel 打开它，另存为新的 .xlsx 再导入。")
        raise Damaged(message.format(name=admitted.name)) from error


def _book(package: Package, name: str) -> ReadBook:
    office = [found for found in package.relations().values() if found.sort == "officeDocument"]
    if not office:
        raise BadMarkup("no workbook part")
    workbook = office[0].target
    outline = package.elements(workbook, {"workbookPr", "sheet"})
    related = package.relations(workbook)
    parts = {found.sort: found.target for found in related.values()}
    epoch_1904 = any(said.get("date1904") in ("1", "true") for tag, said in outline if tag == "workbookPr")
    values = _Values(
        shared_strings(package.chunks(parts["sharedStrings"])) if "sharedStrings" in parts else (),
        datings(package.elements(parts["styles"], WANTED)) if "styles" in parts else {},
        MAC_EPOCH if epoch_1904 else WINDOWS_EPOCH,
    )
    sheets = []
    for said in [said for tag, said in outline if tag == "sheet"]:
        relation = related.get(said.get("id", ""))
        if relation is None:
            raise BadMarkup("a sheet without a part")
        # A sheet may also be a chart or a dialogue.
        if relation.sort == "worksheet":
            rows = _Rows(values)
            walk(package.chunks(relation.target), rows.visit, rows.mark)
            sheets.append(rows.sheet(said.get("name", ""), said.get("state", "visible") != "visible"))
    return ReadBook(name, tuple(sheets), epoch_1904)


class _Rows:
    """The rows of one sheet as they come."""

    def __init__(self, values: "_Values") -> None:
        self._values = values
        self._rows: list[tuple[int, list[Value]]] = []
        self._formulas: set[tuple[int, int]] = set()
        self._last = 0
        self._beyond: int | None = None
        self._merges: list[Range] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._is_hidden = False

    def visit(self, row: int, column: int, sort: str, style: str, text: str, formula: bool) -> None:
        """Take one filled cell."""
        value = self._values.of(sort, style, text)
        if self._beyond is not None or (value in (None, "") and not formula):
            return
        if row - self._last > EMPTY_ROWS:
            self._beyond = row
            return
        if row != self._last:
            self._rows.append((row, []))
            self._last = row
            if self._is_hidden:
                self._hidden_rows.add(row)
        cells = self._rows[-1][1]
        cells.extend([None] * (column - 1 - len(cells)))
        cells.append(value)
        if formula:
            self._formulas.add((row, column))

    def mark(self, tag: str, said: dict[str, str]) -> None:
        """Take what is said of a row, of columns, or of a merged range."""
        hidden = said.get("hidden") in ("1", "true")
        if tag == "row":
            self._is_hidden = hidden
        elif tag == "col" and hidden:
            first, last = (_place(said.get(side, "")) for side in ("min", "max"))
            self._hidden_columns.update(range(max(1, first), min(last, MAX_COLUMNS) + 1))
        elif tag == "mergeCell" and (found := _RANGE.fullmatch(said.get("ref", ""))):
            if len(self._merges) == MAX_MERGES:
                raise BadMarkup("merged ranges without end")
            left, right = column_number(found[1]), column_number(found[3])
            self._merges.append(Range(int(found[2]), left, int(found[4]), right))

    def sheet(self, name: str, hidden: bool) -> ReadSheet:
        """Close the sheet."""
        rows = tuple((number, tuple(cells)) for number, cells in self._rows)
        return ReadSheet(
            name,
            hidden,
            rows,
            frozenset(self._formulas),
            self._beyond,
            tuple(self._merges),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
        )


@dataclass(frozen=True)
class _Values:
    """What cells point at: shared texts, what formats make of numbers, and the day that days count from."""

    strings: Sequence[str]
    datings: Mapping[str, Dating]
    epoch: datetime

    def of(self, sort: str, style: str, text: str) -> Value:
        """Turn what a cell stores into its value."""
        match sort:
            case "n":
                return self._dated(_number(text), style) if text else None
            case "s":
                return self._shared(text)
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return Fault(text)
            case "d":
                return _iso(text)
            case _:
                return unescaped(text)

    def _shared(self, text: str) -> str:
        try:
            return self.strings[int(text)] if not text.startswith("-") else ""
        except (ValueError, IndexError) as error:
            raise BadMarkup("no such shared text") from error

    def _dated(self, number: int | float | Fault, style: str) -> Value:
        sort = self.datings.get(style, "number")
        if sort == "number" or isinstance(number, Fault) or number < 0:
            return number
        try:
            if sort == "span":
                return timedelta(days=number)
            found: date | time | timedelta = from_excel(number, self.epoch)
        except OverflowError:
            return number
        if sort == "day" and isinstance(found, datetime) and found.time() == time():
            return found.date()
        return found


def _place(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 7 else 0


def _number(text: str) -> int | float | Fault:
    try:
        number = int(text) if _WHOLE.fullmatch(text) else float(text)
    except ValueError as error:
        raise BadMarkup("not a number") from error
    return number if isfinite(number) else Fault("#NUM!")


def _iso(text: str) -> Value:
    """Read a day, a moment or a time as strict workbooks write them (ISO 8601); keep what is none."""
    for sort in (date, datetime, time):
        try:
            found = sort.fromisoformat(text)
        except ValueError:
            continue
        return found.replace(tzinfo=None) if isinstance(found, datetime | time) else found
    return text
