"""One worksheet part, cell by cell: the gate counts by this walk and the reader collects by it.

So no cell is seen by one and not by the other (ECMA-376 part 1, 18.3.1).
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from ojr_desk.exchange.markup import MAX_DEPTH, BadMarkup, parse

#: Takes row, column (both from 1), the type `t`, the style `s`, the text as stored and whether there is a
#: formula; cells that hold neither text nor formula are passed over.
Visit = Callable[[int, int, str, str, str, bool], None]
#: Takes the name and the attributes of a row, a column or a merged range.
Mark = Callable[[str, dict[str, str]], None]

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
#: Characters of one cell: twice what Excel holds, for LibreOffice may hold more than Excel.
MAX_TEXT = 70_000
_KNOWN = ("row", "c", "v", "f", "is", "t", "rPh", "col", "mergeCell")
_LETTERS = re.compile(r"[A-Z]{1,3}")


def walk(chunks: Iterable[bytes], visit: Visit, mark: Mark | None = None) -> None:
    """Call *visit* for each filled cell of a part, in order; a part that is no worksheet has none.

    *mark* is told of rows, before their cells, of columns, and in the end of merged ranges. Raises
    `BadMarkup` also where rows or cells do not stand in order.
    """
    parse(chunks, _Walk(visit, mark))


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """Turn A into 1 and XFD into 16384; raise `BadMarkup`."""
    if not _LETTERS.fullmatch(letters):
        raise BadMarkup(f"no column: {letters[:10]!r}")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if number > LAST_COLUMN:
        raise BadMarkup(f"no column: {letters}")
    return number


class _Walk:
    """The place in the part, and the cell that is being read."""

    def __init__(self, visit: Visit, mark: Mark | None) -> None:
        self._visit = visit
        self._mark = mark
        self._depth = 0
        self._known: dict[str, str] = {}
        self._row = self._column = 0
        self._sort = self._style = self._text = ""
        self._formula = self._phonetic = self._reads = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where a row, a cell or its content begins."""
        self._depth += 1
        if self._depth == 1:
            self._known = _tags(tag)
        elif self._depth > MAX_DEPTH:
            raise BadMarkup("elements too deep")
        known = self._known.get(tag)
        if known is None:
            return
        if known == "c":
            self._begin(attributes)
        elif known in ("row", "col", "mergeCell"):
            if known == "row":
                self._next_row(attributes.get("r"))
            if self._mark is not None:
                self._mark(known, attributes)
        elif known == "f":
            self._formula = True
        elif known == "rPh":
            self._phonetic = True
        elif known != "is":
            self._reads = not self._phonetic

    def end(self, tag: str) -> None:
        """Hand over a cell that holds something."""
        self._depth -= 1
        known = self._known.get(tag)
        if known is None:
            return
        self._reads = False
        if known == "rPh":
            self._phonetic = False
        elif known == "c" and (self._text or self._formula):
            self._visit(self._row, self._column, self._sort, self._style, self._text, self._formula)

    def data(self, text: str) -> None:
        """Collect what the cell holds."""
        if self._reads:
            self._text += text
            if len(self._text) > MAX_TEXT:
                raise BadMarkup("a cell without end")

    def _next_row(self, said: str | None) -> None:
        row = _natural(said) if said is not None else self._row + 1
        if not self._row < row <= LAST_ROW:
            raise BadMarkup(f"row {row} out of order")
        self._row, self._column = row, 0

    def _begin(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        column = column_number(reference.rstrip("0123456789")) if reference else self._column + 1
        if not self._column < column <= LAST_COLUMN or not self._row:
            raise BadMarkup(f"cell {reference} out of order")
        self._column = column
        self._sort, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._text, self._formula, self._phonetic, self._reads = "", False, False, False


def _tags(root: str) -> dict[str, str]:
    """Name the elements as this part does, which may set a prefix; none where it is no worksheet."""
    prefix, colon, name = root.rpartition(":")
    return {prefix + colon + known: known for known in _KNOWN} if name == "worksheet" else {}


def _natural(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise BadMarkup(f"no number: {text[:10]!r}")
    return int(text)
