"""A rectangle of cells from WPS or Excel, as it lies on the clipboard."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from ojr_desk.exchange.reading import Range, ReadSheet
from ojr_desk.problems import Refused
from ojr_desk.text import _

#: More rows than this are a book to be loaded, not a piece of one.
MOST_ROWS = 3000
MOST_COLUMNS = 100
#: Characters of HTML; in more there may be no end of it.
_LONGEST = 5_000_000
#: A cell in quotes, which may hold tabs, line breaks and doubled quotes; else whatever stands up to the next tab.
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)')
#: What begins a new line within a cell.
_BREAKS = ("br", "p", "div", "li")

Rows = list[list[str]]


def sheet_of(text: str, html: str) -> ReadSheet:
    """Read what lies on the clipboard; raise `Refused` for what is no table or too long a one.

    The text of the cells is taken from the plain text; which of them are merged only the HTML tells.
    """
    rows = cells_of(text)
    told, merges = table_in(html) if len(html) <= _LONGEST else ([], [])
    if not rows:
        rows = told
    elif len(told) != len(rows):
        merges = []
    if not any(each.strip() for row in rows for each in row):
        raise Refused(
            _("剪贴板里没有表格：请先在 WPS 或 Excel 里选中要补录的几行，按 Ctrl+C，再到这里粘贴。")
        )
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        raise Refused(
            _("一次最多粘贴 {rows} 行、{columns} 栏；整本的请用“导入旧的 Excel 本子”。").format(
                rows=MOST_ROWS, columns=MOST_COLUMNS
            )
        )
    return sheet(rows, merges)


def sheet(rows: Sequence[Sequence[str]], merges: Sequence[Range] = ()) -> ReadSheet:
    """Make of rows of text the sheet that the readers of old books know; empty cells hold nothing."""
    read = [
        (number, tuple(text if text.strip() else None for text in row)) for number, row in enumerate(rows, 1)
    ]
    return ReadSheet("", False, tuple(read), merges=tuple(merges))


def cells_of(text: str) -> Rows:
    """Part plain text into cells: by tabs and line breaks, but not those within quotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").replace("\x00", "")
    rows: Rows = [[]]
    place = 0
    while True:
        found = _CELL.match(text, place)
        assert found is not None
        quoted = found[1]
        rows[-1].append(quoted.replace('""', '"') if quoted is not None else found[2])
        place = found.end()
        if place >= len(text):
            break
        if text[place] == "\n":
            rows.append([])
        place += 1
    return rows if text else []


def table_in(html: str) -> tuple[Rows, list[Range]]:
    """Read the only table of some HTML, with its merged cells; nothing where there is none or several."""
    reader = _Table()
    reader.feed(html)
    reader.close()
    if reader.tables != 1:
        return [], []
    width = max((column for _row, column in reader.cells), default=0)
    rows = [
        [reader.cells.get((row, column), "") for column in range(1, width + 1)]
        for row in range(1, reader.row + 1)
    ]
    return rows, reader.merges


class _Table(HTMLParser):
    """Collects the cells of a table by row and column, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = self.row = 0
        self.cells: dict[tuple[int, int], str] = {}
        self.merges: list[Range] = []
        self._taken: set[tuple[int, int]] = set()
        self._column = 0
        self._here: tuple[int, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell, or a line in one."""
        if tag == "table":
            self.tables += 1
        elif tag == "tr":
            self.row, self._column = self.row + 1, 0
            self._here = None
        elif tag in ("td", "th") and self.row and len(self._taken) < MOST_ROWS * MOST_COLUMNS:
            self._begin_cell(dict(attrs))
        elif tag in _BREAKS and self._here and (tag == "br" or self.cells[self._here].strip()):
            self.cells[self._here] += "\n"

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("td", "th") and self._here:
            lines = self.cells[self._here].split("\n")
            self.cells[self._here] = "\n".join(" ".join(line.split()) for line in lines).strip()
            self._here = None

    def handle_data(self, data: str) -> None:
        """Take the words of a cell; where the source breaks a line says nothing."""
        if self._here:
            self.cells[self._here] += " ".join(data.split("\n"))

    def _begin_cell(self, said: dict[str, str | None]) -> None:
        column = self._column + 1
        while (self.row, column) in self._taken:
            column += 1
        down = _span(said.get("rowspan"), MOST_ROWS)
        across = _span(said.get("colspan"), MOST_COLUMNS)
        if down * across > 1:
            self.merges.append(Range(self.row, column, self.row + down - 1, column + across - 1))
        self._taken |= {(self.row + a, column + b) for a in range(down) for b in range(across)}
        self._column, self._here = column + across - 1, (self.row, column)
        self.cells[self._here] = ""


def _span(said: str | None, most: int) -> int:
    return min(max(1, int(said)), most) if said and said.isdecimal() else 1
