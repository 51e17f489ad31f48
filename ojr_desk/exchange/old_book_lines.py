"""The rows below the headings of a table that an office made itself: which are records, and what they hold.

Cells merged downwards are filled in, 同上 is copied out, and a row that only goes on with the words of the
record above is put to it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ojr_desk.exchange.cells import Value, text_of
from ojr_desk.exchange.old_book_headings import Head
from ojr_desk.exchange.old_book_words import (
    Period,
    is_closing,
    is_ditto,
    is_ordinal,
    is_period,
    is_total,
    period_of,
    texts_of,
)
from ojr_desk.exchange.reading import Range
from ojr_desk.text import N_, _

_EMPTY, _ONLY_NUMBER = N_("空行"), N_("只有序号")
_TOTAL, _CLOSING = N_("合计"), N_("签字或说明")
_TITLE, _HEADING, _MONTH = N_("标题"), N_("重复的表头"), N_("月份")

Cells = tuple[Value, ...]
Rows = Sequence[tuple[int, Cells]]


@dataclass(frozen=True)
class Line:
    """One row below the headings, its merged cells and its 同上 filled in.

    *skipped* says why it is no record; *period* is what such a row says of the time of those below it.
    """

    number: int
    cells: Cells
    skipped: str = ""
    period: Period | None = None


@dataclass(frozen=True)
class Columns:
    """What is known of a table by its headings: its columns, which hold *long* texts, and the texts *above*."""

    heads: tuple[Head, ...]
    long: frozenset[int]
    above: tuple[str, ...]


def lines(rows: Rows, columns: Columns, merges: Sequence[Range]) -> Iterator[Line]:
    """Go through the rows below the headings."""
    body = _Body(columns, merges)
    pending: Line | None = None
    above: Cells = ()
    last = 0
    for number, cells in rows:
        own, filled, merged = body.filled(number, cells)
        why, period = body.why(number, own)
        if pending and not why and body.goes_on(own, merged, number == last + 1):
            pending = Line(pending.number, _appended(pending.cells, own))
        else:
            if pending:
                yield pending
            pending = None
            if why:
                yield Line(number, filled, _(why), period)
            else:
                above = _as_above(filled, above)
                pending = Line(number, above)
        last = number
    if pending:
        yield pending


class _Body:
    """Judges rows by what is known of the table."""

    def __init__(self, columns: Columns, merges: Sequence[Range]) -> None:
        self._width = len(columns.heads)
        self._ordinals = {head.place for head in columns.heads if is_ordinal(head.text)}
        self._long = columns.long
        self._titles = {text for text in columns.above if text}
        self._headings = [
            {"".join(text.split()) for text in (*head.texts, head.text)} for head in columns.heads
        ]
        self._merged = _Merged(merges, self._width)

    def filled(self, number: int, cells: Cells) -> tuple[Cells, Cells, set[int]]:
        """Give a row's own cells, the same filled from above, and the places that were."""
        own = cells[: self._width] + (None,) * (self._width - len(cells))
        return own, *self._merged.fill(number, own)

    def why(self, number: int, cells: Cells) -> tuple[str, Period | None]:
        """Tell why a row is no record; nothing for one that is."""
        texts = texts_of(cells)
        if not texts:
            return _EMPTY, None
        if is_total(texts):
            return _TOTAL, None
        if is_closing(texts):
            return _CLOSING, None
        if self._repeats_headings(cells):
            return _HEADING, None
        if len(texts) == 1 and is_period(texts[0]):
            return _MONTH, period_of(texts[0])
        if " ".join(texts) in self._titles or (len(texts) == 1 and self._merged.is_wide(number)):
            return _TITLE, period_of(" ".join(texts))
        if all(not text_of(cell) or at in self._ordinals for at, cell in enumerate(cells)):
            return _ONLY_NUMBER, None
        return "", None

    def _repeats_headings(self, cells: Cells) -> bool:
        filled = [(at, "".join(text.split())) for at, cell in enumerate(cells) if (text := text_of(cell))]
        same = sum(text in self._headings[at] for at, text in filled)
        return same >= 2 and same * 2 >= len(filled)

    def goes_on(self, cells: Cells, merged: set[int], is_next: bool) -> bool:
        """Tell whether a row holds nothing but more words for the record above, broken by hand."""
        filled = {at for at, cell in enumerate(cells) if text_of(cell)}
        if not filled <= self._long:
            return False
        # Where the number of the record is merged as well, the rows are one.
        return bool(self._ordinals & merged) if merged else is_next


class _Merged:
    """Fills cells merged downwards, row by row."""

    def __init__(self, merges: Sequence[Range], width: int) -> None:
        self._width = width
        self._starts: dict[int, list[Range]] = defaultdict(list)
        self._wide: set[int] = set()
        for merged in merges:
            if merged.last_row > merged.first_row and merged.first_column <= width:
                self._starts[merged.first_row].append(merged)
            if (merged.last_column - merged.first_column + 1) * 2 > width:
                self._wide.add(merged.first_row)
        self._open: dict[int, tuple[int, Value]] = {}

    def fill(self, number: int, cells: Cells) -> tuple[Cells, set[int]]:
        """Fill one row, and name the places that the rows above filled."""
        self._open = {at: (last, value) for at, (last, value) in self._open.items() if last >= number}
        filled = list(cells)
        for at, (_last, value) in self._open.items():
            if not text_of(filled[at]):
                filled[at] = value
        merged = set(self._open)
        for begun in self._starts.pop(number, ()):
            at = begun.first_column - 1
            self._open[at] = (begun.last_row, cells[at])
        return tuple(filled), merged

    def is_wide(self, number: int) -> bool:
        """Tell whether a cell of this row lies across half the table."""
        return number in self._wide


def _as_above(cells: Cells, above: Cells) -> Cells:
    """Copy from the record *above* where a person wrote 同上."""
    if not above:
        return cells
    return tuple(
        above[at] if isinstance(cell, str) and is_ditto(text_of(cell)) else cell
        for at, cell in enumerate(cells)
    )


def _appended(cells: Cells, more: Cells) -> Cells:
    """Write the words of the next row below those of a record."""
    return tuple(
        f"{text_of(cell)}\n{text_of(other)}"
        if text_of(cell) and text_of(other)
        else cell
        if text_of(cell)
        else other
        for cell, other in zip(cells, more, strict=True)
    )
