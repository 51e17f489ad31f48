"""A pasted table understood: what each of its columns is, which rows are records, and their cells for the grid."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ojr_desk.exchange.cells import text_of
from ojr_desk.exchange.old_book import OldSheet, Row, Skipped, key_of, understand_sheet
from ojr_desk.exchange.old_book_headings import Head, Use, Vocabulary
from ojr_desk.exchange.old_book_hints import Hints, Memory
from ojr_desk.exchange.old_book_table import OldTable
from ojr_desk.exchange.old_book_wordbook import Word
from ojr_desk.exchange.old_book_words import name_and_telephone
from ojr_desk.exchange.reading import ReadBook, ReadSheet
from ojr_desk.register import Choice, Choices, Flag
from ojr_desk.text import _, listed
from ui.backlog.layout import Cell, Cells, Layout

_EXAMPLES = 3
_ISO_DAY = 10


class Heading(NamedTuple):
    """One column of a foreign table: its heading, what stands below it, and the names of what it is taken for."""

    text: str
    example: str
    names: tuple[str, ...]


class Pasted(NamedTuple):
    """What taking a pasted table would bring: its headings, the rows for the grid, and the lines left out.

    *key* is what its headings are remembered by, "" where it has none; *words* are words for choices that
    nobody knows or a person has explained.
    """

    key: str
    headings: tuple[Heading, ...]
    rows: tuple[Cells, ...]
    skipped: tuple[Skipped, ...]
    words: tuple[Word, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Name the columns that are filled."""
        return tuple(dict.fromkeys(name for each in self.headings for name in each.names))


def understand(sheet: ReadSheet, layout: Layout, at: int, said: Hints, memory: Memory) -> Pasted:
    """Understand a pasted table by its headings, as a book that is loaded would be.

    One without headings goes from column *at* of the grid to the right. What a person has *said* goes before
    what is known from *memory*.
    """
    book = ReadBook("", (sheet,))
    old = understand_sheet(book, sheet, layout.register, said, memory)
    key = key_of(old.table.heads) if old else ""
    if old is None:
        heads = _by_place(sheet, layout, at)
        uses = Vocabulary(layout.register, said.columns).assign(heads)
        old = OldSheet(
            layout.register, book, OldTable(sheet, heads, uses, frozenset(), (), 0, 0), said, memory
        )
    table = old.table
    rows: list[Cells] = []
    skipped: list[Skipped] = []
    for line in old.rows():
        if isinstance(line, Skipped):
            skipped.append(line)
        else:
            rows.append(_cells(line, table.headings.uses, layout))
    return Pasted(key, _headings(table, skipped), tuple(rows), tuple(skipped), old.words)


def _by_place(sheet: ReadSheet, layout: Layout, at: int) -> tuple[Head, ...]:
    """Head columns by where they are pasted; what goes beyond the grid is numbered."""
    width = max(len(cells) for _number, cells in sheet.rows)
    labels = [_(each.column.label) for each in layout.columns[at : at + width]]
    labels += [_("第{number}栏").format(number=number) for number in range(len(labels) + 1, width + 1)]
    return tuple(Head(place, (label,)) for place, label in enumerate(labels))


def _headings(table: OldTable, skipped: Sequence[Skipped]) -> tuple[Heading, ...]:
    left_out = {each.number for each in skipped}
    body = [row for row in table.sheet.rows[table.first + table.depth :] if row[0] not in left_out]
    found = []
    for head in table.heads:
        if head.texts:
            texts = [
                text
                for _number, cells in body
                if head.place < len(cells) and (text := text_of(cells[head.place]))
            ]
            names = tuple(use.target.name for use in table.headings.uses if use.head == head)
            found.append(Heading(head.text, listed(texts[:_EXAMPLES]), names))
    return tuple(found)


def _cells(row: Row, uses: Sequence[Use], layout: Layout) -> Cells:
    """Write a row as it would be typed; what could not be read stands as it was."""
    cells: Cells = {}
    wrong = {problem.column for problem in row.problems}
    for use in uses:
        name = use.target.name
        said = text_of(row.cells[use.head.place]) if use.head.place < len(row.cells) else ""
        text = said if name in wrong else _text(row, name, layout)
        if text and name not in cells:
            cells[name] = Cell(text)
    person = cells.get(layout.link)
    if person is not None:
        name, phone = name_and_telephone(person.text)
        cells[layout.link] = Cell(name or person.text)
        if name and phone:
            cells.setdefault(f"{layout.link}.phone", Cell(phone))
    for name, value in row.values.items():
        # 匿名 in the place of a name.
        if value is True and name in layout.register.by_name and layout.link:
            cells.setdefault(layout.link, Cell(_(layout.register.by_name[name].label)))
    return cells


def _text(row: Row, name: str, layout: Layout) -> str:
    link, _dot, detail = name.partition(".")
    value = row.values.get(link)
    if isinstance(value, Mapping):
        value = value.get(detail or "full_name", "")
    elif detail:
        value = row.values.get(name, "")
    if value is None or value is True:
        return ""
    column = layout.known[name].column
    if isinstance(column.kind, Choices):
        return listed(_(column.kind.choices.get(code, code)) for code in str(value).split(",") if code)
    if isinstance(column.kind, Choice) and not isinstance(column.kind, Flag):
        return column.kind.show(value)
    return str(value)
