"""The table of a sheet that an office made itself: where its headings stand, and which rows are records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from ojr_desk.exchange.cells import Value, text_of
from ojr_desk.exchange.old_book_days import is_clock
from ojr_desk.exchange.old_book_headings import Head, Headings, Vocabulary
from ojr_desk.exchange.old_book_lines import Columns, Line, Rows, lines
from ojr_desk.exchange.old_book_words import texts_of
from ojr_desk.exchange.reading import ReadSheet
from ojr_desk.exchange.table import HEADING_ROWS
from ojr_desk.text import _

#: Rows of headings that may stand one above the other.
_MOST_DEPTH = 3
#: Known headings that make a table.
_LEAST = 2
#: Rows by which a column is judged.
_SAMPLE = 50
#: Characters of a heading, where only its length tells it.
_SHORT = 12


@dataclass(frozen=True)
class OldTable:
    """The table of *sheet*: its columns, what they stand for, and the texts *above*."""

    sheet: ReadSheet
    heads: tuple[Head, ...]
    headings: Headings
    clocks: frozenset[int]
    above: tuple[str, ...]
    first: int
    depth: int

    def understood_by(self, vocabulary: Vocabulary) -> "OldTable":
        """Give the same table with the headings as another vocabulary understands them."""
        return replace(self, headings=vocabulary.assign(self.heads, self.clocks))

    @property
    def heading_rows(self) -> tuple[int, ...]:
        """Give the numbers of the rows of headings."""
        return tuple(number for number, _cells in self.sheet.rows[self.first : self.first + self.depth])

    def lines(self) -> Iterator[Line]:
        """Go through the rows below the headings."""
        body = self.sheet.rows[self.first + self.depth :]
        long = {use.head.place for use in self.headings.uses if use.target.is_long}
        yield from lines(body, Columns(self.heads, frozenset(long), self.above), self.sheet.merges)


def find(sheet: ReadSheet, vocabulary: Vocabulary) -> OldTable | None:
    """Find the table by its headings, the most known ones of all rows; None where hardly any are known."""
    spread = _spread(sheet)
    best: tuple[int, int, int] | None = None
    for first in range(min(HEADING_ROWS, len(sheet.rows))):
        score, depth = _deepest(sheet, vocabulary, spread, first)
        if score > (best[0] if best else 0):
            best = (score, first, depth)
    if best is None or best[0] < min(_LEAST, len(vocabulary.targets)):
        return None
    _score, first, depth = best
    heads = _with_nameless(_heads(sheet.rows[first : first + depth], spread), sheet.rows[first + depth :])
    clocks = _clocks(heads, sheet.rows[first + depth :])
    above = tuple(" ".join(texts_of(cells)) for _number, cells in sheet.rows[:first])
    return OldTable(sheet, heads, vocabulary.assign(heads, clocks), clocks, above, first, depth)


def guess(sheet: ReadSheet) -> tuple[str, ...]:
    """List what the headings might be where none are known: the row with the most short words."""

    def words(cells: tuple[Value, ...]) -> list[str]:
        return [text for cell in cells if isinstance(cell, str) and 0 < len(text := text_of(cell)) <= _SHORT]

    rows = [words(cells) for _number, cells in sheet.rows[:HEADING_ROWS]]
    most = max(map(len, rows), default=0)
    return tuple(dict.fromkeys(next((found for found in rows if len(found) == most), [])))


def _deepest(
    sheet: ReadSheet, vocabulary: Vocabulary, spread: dict[tuple[int, int], str], first: int
) -> tuple[int, int]:
    """Tell how many columns the headings from row *first* on name, and of how many rows they are."""

    def score(start: int, depth: int) -> int:
        heads = _heads(sheet.rows[start : start + depth], spread)
        return len({use.target.name for use in vocabulary.assign(heads).uses})

    found, depth = score(first, 1), 1
    for more in range(2, _MOST_DEPTH + 1):
        if first + more > len(sheet.rows):
            break
        deeper = score(first, more)
        below = sheet.rows[first + more - 1]
        lies_under = all(
            any((row, at) in spread for row, _cells in sheet.rows[first : first + more - 1])
            for at, cell in enumerate(below[1], 1)
            if text_of(cell)
        )
        if deeper < found or (deeper == found and not lies_under):
            break
        # A title across the table heads nothing: the same is known without it.
        if deeper <= score(first + 1, more - 1) and not _names(sheet, vocabulary, spread, first, more):
            break
        found, depth = deeper, more
    return found, depth


def _names(
    sheet: ReadSheet, vocabulary: Vocabulary, spread: dict[tuple[int, int], str], first: int, depth: int
) -> bool:
    """Tell whether some column has its only heading in the first of these rows."""
    _number, top = sheet.rows[first]
    below = {head.place for head in _heads(sheet.rows[first + 1 : first + depth], {}) if head.texts}
    uses = vocabulary.assign(_heads(sheet.rows[first : first + depth], spread)).uses
    return any(
        use.head.place not in below and use.head.place < len(top) and text_of(top[use.head.place])
        for use in uses
    )


def _spread(sheet: ReadSheet) -> dict[tuple[int, int], str]:
    """Write the text of a heading that is merged across several columns into each of them."""
    rows = dict(sheet.rows[: HEADING_ROWS + _MOST_DEPTH])
    found = {}
    for merged in sheet.merges:
        cells = rows.get(merged.first_row, ())
        if merged.last_column > merged.first_column <= len(cells):
            text = text_of(cells[merged.first_column - 1])
            for column in range(merged.first_column, min(merged.last_column, len(cells) + _SAMPLE) + 1):
                found[merged.first_row, column] = text
    return found


def _heads(rows: Rows, spread: dict[tuple[int, int], str]) -> tuple[Head, ...]:
    """Read the headings of each column from the top; a line break in one parts it like a row."""
    width = max((len(cells) for _number, cells in rows), default=0)
    width = max([width, *(column for row, column in spread if any(row == number for number, _c in rows))])
    heads = []
    for place in range(width):
        texts: list[str] = []
        for number, cells in rows:
            text = text_of(cells[place]) if place < len(cells) else ""
            for line in (text or spread.get((number, place + 1), "")).splitlines():
                if line.strip() and (not texts or texts[-1] != line.strip()):
                    texts.append(" ".join(line.split()))
        heads.append(Head(place, tuple(texts)))
    return tuple(heads)


def _with_nameless(heads: tuple[Head, ...], body: Rows) -> tuple[Head, ...]:
    """Call a column that is filled and has no heading by its letter."""
    width = max([len(heads), *(len(cells) for _number, cells in body[:_SAMPLE])])
    found = list(heads) + [Head(place, ()) for place in range(len(heads), width)]
    for head in found:
        if not head.texts and any(_column(body[:_SAMPLE], head.place)):
            letter = get_column_letter(head.place + 1)
            found[head.place] = Head(head.place, (_("{letter}列").format(letter=letter),))
    return tuple(found)


def _column(rows: Rows, place: int) -> list[Value]:
    return [cells[place] for _number, cells in rows if place < len(cells) and text_of(cells[place])]


def _clocks(heads: Sequence[Head], body: Rows) -> frozenset[int]:
    """Name the columns that hold times of day."""
    filled = ((head.place, _column(body[:_SAMPLE], head.place)) for head in heads)
    return frozenset(place for place, cells in filled if cells and sum(map(is_clock, cells)) * 2 > len(cells))
