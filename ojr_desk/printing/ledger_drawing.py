"""One page of a ledger on the canvas: headings, records, what is struck out, totals, and the grid."""

from collections.abc import Sequence
from itertools import zip_longest

from ojr_desk.printing import page
from ojr_desk.printing.columns import CENTRED, HEADING_SIZE, Column, Lines
from ojr_desk.printing.fonts import SERIF, heading_face
from ojr_desk.printing.ledger_layout import LEADING, LEAST_ROW, Frame, Row, Sheet
from ojr_desk.printing.page import LEFT
from ojr_desk.printing.paper import Mark, Paper, baseline
from ojr_desk.text import _

_GRID, _BORDER = 0.4, 1.0
_STRETCH = 0.25  # rows grow by so much at most to reach the lower edge
_NOTHING = ("—",)


def draw_around(frame: Frame, paper: Paper, *, first: bool) -> None:
    """Draw what is the same on all pages: the head, the labels of the columns, signatures and the foot."""
    page.draw(paper, (frame.head if first else frame.running_head).lines + frame.below.lines)
    leading = HEADING_SIZE * LEADING
    for column in frame.columns:
        top, face = (
            frame.top(first) - (frame.heading - len(column.label) * leading) / 2,
            heading_face("".join(column.label)),
        )
        for text in column.label:
            paper.centred(column.middle, baseline(top, HEADING_SIZE, leading), text, face, HEADING_SIZE)
            top -= leading


def draw_sheet(sheet: Sheet, frame: Frame, paper: Paper, subtotal: Lines, *, empty_book: bool) -> None:
    """Draw the table of one page: records, empty rows where they end, the subtotal, rows across."""
    table = _Table(frame, first=not sheet.number)
    free = table.y - frame.bottom - frame.subtotal - sheet.used - sum(row.height for row in sheet.tail)
    blank = int(free / LEAST_ROW) if sheet.ends else 0
    stretch = 0 if blank else min(free, _STRETCH * sheet.used) / max(1, len(sheet.rows))
    for row in sheet.rows:
        table.add_record(row, stretch)
    notices = [_("本月无"), _("以下空白")] if empty_book else [_("以下空白")]
    for _row, notice in zip_longest(range(blank), notices[:blank]):
        if notice:
            table.add_across((notice,), free / blank, centred=True)
        else:
            table.add_blank(free / blank)
    if frame.subtotal and (sheet.rows or sheet.ends):
        table.add_across(subtotal, frame.subtotal)
    for row in sheet.tail:
        table.add_across(row.cells[0], row.height)
    table.draw(paper)


class _Table:
    """The table of one page while it is set, from the labels of the columns downwards."""

    def __init__(self, frame: Frame, *, first: bool) -> None:
        self.y = self._top = self._columns_from = frame.top(first)
        self._frame = frame
        self._marks: list[Mark] = []
        self._strokes: list[tuple[float, float, float, float]] = []
        self._down(frame.heading, columns=True)

    def add_record(self, row: Row, extra: float) -> None:
        """Set a record, or what of it stands on this page, in a row higher by *extra* than it needs."""
        first, *others = row.cells
        cells = [(_("续"),), *others] if row.goes_on and first == ("",) else row.cells
        self._set(self._frame.columns, cells, row.height + extra)
        self._down(row.height + extra, columns=True)

    def add_across(self, told: Lines, height: float, centred: bool = False) -> None:
        """Set lines across the whole table."""
        self._set([Column(LEFT, self._frame.width, align=CENTRED if centred else 0)], [told], height)
        self._down(height, columns=False)

    def add_blank(self, height: float) -> None:
        """Leave a row empty."""
        self._down(height, columns=True)

    def draw(self, paper: Paper) -> None:
        """Draw the grid and the text."""
        self._end_columns()
        paper.rules(self._strokes, _GRID)
        paper.box(LEFT, self.y, (self._frame.width, self._top - self.y), _BORDER)
        paper.texts(self._marks, SERIF, self._frame.size, self._frame.leading)

    def _set(self, columns: Sequence[Column], cells: Sequence[Lines], height: float) -> None:
        """Set *cells* in the middle of the height of a row that begins here."""
        size, leading = self._frame.size, self._frame.leading
        add, width = self._marks.append, SERIF.widths.__getitem__
        middle = baseline(self.y - (height - size) / 2, size, size)
        for column, told in zip(columns, cells, strict=True):
            x, unit, even, y = column.anchor, column.align * size / 1000, column.even, middle
            if told == _NOTHING:
                # Wherever text would begin: what does not apply looks alike in all columns.
                x, unit = column.middle, CENTRED * size / 1000
            if len(told) != 1:
                y += (len(told) - 1) * leading / 2
            if not unit:
                add((x, y, told))
                continue
            for line in told:
                add((x - unit * (len(line) * even if even else sum(map(width, line))), y, (line,)))
                y -= leading

    def _down(self, height: float, *, columns: bool) -> None:
        if not columns:
            self._end_columns()
        self.y -= height
        if not columns:
            self._columns_from = self.y
        self._strokes.append((LEFT, self.y, LEFT + self._frame.width, self.y))

    def _end_columns(self) -> None:
        """Draw the lines between columns as far as they have come."""
        if self._columns_from > self.y:
            strokes = ((column.x, self._columns_from, column.x, self.y) for column in self._frame.columns[1:])
            self._strokes.extend(strokes)
