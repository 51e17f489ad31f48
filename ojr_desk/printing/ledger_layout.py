"""Which record of a ledger stands where on which page, before anything is drawn.

A record is never parted, except one that is taller than a page: it goes on overleaf. The layout holds
lines of text and heights in points and knows nothing of the canvas, so the number of pages is known
before the first is drawn.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ojr_desk.ledger import Ledger
from ojr_desk.printing.breaking import balanced, lines
from ojr_desk.printing.columns import CENTRED, HEADING_SIZE, PAD, Column, Lines
from ojr_desk.printing.fonts import SERIF
from ojr_desk.printing.page import LEFT, RIGHT, Block
from ojr_desk.printing.paper import A4, A4_LANDSCAPE, MM

LEADING = 1.3  # of the size
LEAST_ROW = 8 * MM
_MANY_COLUMNS = 9
_ENOUGH = 0.25  # of a page, for a record that must be parted to begin there
_EVERY = 200  # rows broken into lines at a time

#: Told how many records have been placed.
Report = Callable[[int], None]


class Row(NamedTuple):
    """A record: the lines of each cell, or of one cell across the table; or a piece that *goes_on* with one."""

    cells: tuple[Lines, ...]
    height: float
    goes_on: bool = False


@dataclass
class Sheet:
    """What stands on the page *number*, from 0: records, those counted in its subtotal, and rows across.

    *ends* tells that the last record stands here, so that what is left of the page is struck out.
    """

    number: int
    start: int
    rows: list[Row] = field(default_factory=list)
    stop: int = 0
    ends: bool = False
    tail: list[Row] = field(default_factory=list)

    @property
    def used(self) -> float:
        """The height of its records."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True)
class Frame:
    """What all pages of one ledger share: the columns, what stands around the table, and their heights."""

    page: tuple[float, float]
    size: float
    columns: tuple[Column, ...]
    head: Block
    running_head: Block
    below: Block
    subtotal: float = LEAST_ROW

    @property
    def width(self) -> float:
        """The width of the table."""
        return self.page[0] - LEFT - RIGHT

    @property
    def bottom(self) -> float:
        """The lower edge of the table."""
        return self.below.edge

    @property
    def heading(self) -> float:
        """The height of the row of headings."""
        most = max(len(column.label) for column in self.columns)
        return max(LEAST_ROW, most * HEADING_SIZE * LEADING + 2 * PAD)

    @property
    def leading(self) -> float:
        """From one line of a cell to the next."""
        return self.size * LEADING

    def top(self, first: bool) -> float:
        """Return the upper edge of the table on the first page, or on any other."""
        return (self.head if first else self.running_head).edge

    def room(self, first: bool) -> float:
        """Return how much height is there for records on the first page, or on any other."""
        return self.top(first) - self.bottom - self.heading - self.subtotal

    def row(self, cells: tuple[Lines, ...]) -> Row:
        """Return a row as high as the longest of *cells* needs."""
        return Row(cells, self.height(max(map(len, cells))))

    def height(self, count: int) -> float:
        """Return how high a row of *count* lines is."""
        return max(LEAST_ROW, count * self.leading + 2 * PAD)

    def across(self, text: str) -> Row:
        """Return a row of *text* across the whole table."""
        return self.row((lines(text, (self.width - 2 * PAD) / self.size * 1000, SERIF.widths),))


def page_size(ledger: Ledger) -> tuple[float, float]:
    """Return the paper that *ledger* is printed on."""
    return A4_LANDSCAPE if ledger.landscape else A4


def body_size(ledger: Ledger) -> float:
    """Return 五号 for a book of few columns and 小五 for one of many; nothing is ever smaller."""
    return 10.5 if len(ledger.headings) < _MANY_COLUMNS else 9


def broken(rows: Sequence[tuple[str, ...]], frame: Frame, report: Report) -> Iterator[Row]:
    """Yield each of *rows* with its cells broken into lines, many rows at a time and column by column."""
    folds = [_fold(column, column.room(frame.size)) for column in frame.columns]
    for start in range(0, len(rows), _EVERY):
        report(start)
        cells = [
            [(text,) if len(text) <= column.most else fold(text) for text in texts]
            for texts, column, fold in zip(
                zip(*rows[start : start + _EVERY], strict=True), frame.columns, folds, strict=True
            )
        ]
        yield from map(frame.row, zip(*cells, strict=True))


def _fold(column: Column, room: float) -> Callable[[str], Lines]:
    """Return how cells of *column* are broken: lines of nearly equal length where they are centred.

    Centred columns are narrow and say the same few things again and again, so these are remembered.
    """
    if column.align == CENTRED:
        return lru_cache(_EVERY)(lambda text: balanced(text, room, SERIF.widths))
    return lambda text: lines(text, room, SERIF.widths)


def fill(rows: Iterable[Row], frame: Frame, tail: Iterable[Row]) -> list[Sheet]:
    """Distribute the records *rows* and, after them, the rows *tail* across the table over pages."""
    pages = _Pages(frame)
    for number, row in enumerate(rows):
        pages.add_record(row, number)
    pages.sheets[-1].ends = True
    pages.add_tail([*tail])
    return pages.sheets


class _Pages:
    """Pages being filled, and how much height is left on the one at hand."""

    def __init__(self, frame: Frame) -> None:
        self.sheets = [Sheet(0, 0)]
        self._frame = frame
        self._left = frame.room(True)

    def add_record(self, row: Row, number: int) -> None:
        """Put a record below the ones before, or on a new page, or over several."""
        if row.height <= self._left:  # most do, and need no more thought
            self._left -= row.height
            pieces: Iterable[Row] = (row,)
        else:
            pieces = self._pieces(row, number, number + 1)
        for piece in pieces:
            self.sheets[-1].rows.append(piece)
            self.sheets[-1].stop = number + 1

    def add_tail(self, tail: Sequence[Row]) -> None:
        """Put the rows across the table below the last record, all on one page if that can be."""
        needed = sum(row.height for row in tail)
        last = self.sheets[-1]
        if needed > self._left:
            self._turn(last.stop)
            self._take_over(last, needed)
        for row in tail:
            for piece in self._pieces(row, last.stop, last.stop):
                self.sheets[-1].tail.append(piece)

    def _pieces(self, row: Row, number: int, following: int) -> Iterator[Row]:
        """Yield *row*, or what of it goes on each page when it is taller than a page; turn pages between.

        A page that begins with the row counts from record *number*, one that goes on with it from *following*.
        """
        frame, sheet, whole = self._frame, self.sheets[-1], self._frame.room(False)
        parted = row.height > whole and self._left > _ENOUGH * whole
        if row.height > self._left and (sheet.rows or sheet.tail) and not parted:
            self._turn(number)
        cells = row.cells
        while row.height > self._left:
            count = max(1, int((self._left - 2 * PAD) / frame.leading))
            yield frame.row(tuple(cell[:count] for cell in cells))._replace(goes_on=row.goes_on)
            cells = tuple(cell[count:] or ("",) for cell in cells)
            row = frame.row(cells)._replace(goes_on=True)
            self._turn(following)
        self._left -= row.height
        yield row

    def _take_over(self, last: Sheet, needed: float) -> None:
        """Move the last record of page *last* to the new page, so that totals do not stand there alone."""
        whole = len(last.rows) > 1 and last.stop - last.start > 1
        if whole and last.rows[-1].height + needed <= self._left:
            sheet, row = self.sheets[-1], last.rows.pop()
            last.ends, last.stop = False, last.stop - 1
            sheet.start, sheet.rows, sheet.ends = last.stop, [row], True
            self._left -= row.height

    def _turn(self, start: int) -> None:
        self.sheets.append(Sheet(len(self.sheets), start, stop=start))
        self._left = self._frame.room(False)
