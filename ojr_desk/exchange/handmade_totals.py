"""A sheet of totals that a village made itself: indicators below each other or side by side, a number to each.

    find (which cells are headings) → read (what each means, and how much it tells)

What a heading means is what a person said of it, else what we call it, else how villages use to call it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from openpyxl.utils import get_column_letter

from ojr_desk.exchange.cells import Value, text_of
from ojr_desk.exchange.handmade_numbers import looks_like_a_number, number_in
from ojr_desk.exchange.handmade_words import NOW, NUMBERS, is_title, meant_by
from ojr_desk.exchange.old_book_words import is_closing, is_total, texts_of
from ojr_desk.exchange.reading import ReadSheet
from ojr_desk.exchange.table import forms
from ojr_desk.figures import SUMS
from ojr_desk.problems import Problem, Wrong
from ojr_desk.text import _

#: Rows and columns in which a table of totals is looked for, and the letters of a heading.
_MOST_ROWS, _MOST_COLUMNS, _LONGEST = 200, 60, 30
#: Headings that make a table, where some are known or where none is.
_LEAST, _LEAST_UNKNOWN = 2, 3
#: What a person said of headings: the code of an indicator, "" to leave one out.
Said = Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One heading, the cell with its number, and the code it stands for: "" for none, None where nobody knows."""

    heading: str
    row: int
    column: int
    value: Value
    code: str | None
    is_ours: bool = False

    @property
    def place(self) -> str:
        """The cell as a person finds it."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True)
class Totals:
    """The totals of one sheet; *key* stands for its headings, and *beside* are the texts around the table."""

    sheet: str
    key: str
    entries: tuple[Entry, ...]
    beside: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def unknown(self) -> tuple[Entry, ...]:
        """The headings with a number of which nobody knows what they mean."""
        return tuple(each for each in self.entries if each.code is None and looks_like_a_number(each.value))


@dataclass(frozen=True)
class _Label:
    heading: str
    words: tuple[str, ...]
    row: int
    column: int


def totals_in(sheet: ReadSheet, memory: Callable[[str], Said], only_known: bool = True) -> Totals | None:
    """Find and read the totals of *sheet*; None where there are none.

    *memory* gives what was said of a set of headings, by its key. Unless *only_known*, a table is also taken
    for one none of whose headings is known, to be asked about.
    """
    grid = _Grid(sheet)
    down = max(grid.downwards(), key=_worth, default=[])
    across = max(grid.sideways(), key=_worth, default=[])
    labels = max(down, across, key=_worth)
    known = len({code for each in labels if (code := meant_by(*each.words)) is not None})
    key = key_of([each.heading for each in labels])
    is_remembered = bool(labels) and bool(memory(key))
    if known < _LEAST and not is_remembered and (only_known or len(labels) < _LEAST_UNKNOWN):
        return None
    made = grid.below(labels) if labels is across else grid.beside(labels)
    said, problems = memory(key), [*made.problems]
    entries = [_entry(label, value, said) for label, value in made.values]
    problems += _doubled(sheet.name, entries)
    return Totals(sheet.name, key, tuple(entries), tuple(made.texts), tuple(problems))


def key_of(headings: Sequence[str]) -> str:
    """Give the key of a set of headings, in whatever order they stand."""
    told = "\n".join(sorted(forms(heading)[0] for heading in headings))
    return sha256(told.encode()).hexdigest()[:16]


def numbers_of(totals: Totals, formulas: frozenset[tuple[int, int]]) -> Iterator[tuple[Entry, int | Problem]]:
    """Read the number of each known heading, or say what is wrong with its cell; an empty one tells nothing."""
    for each in totals.entries:
        if not each.code or each.code not in SUMS:
            continue
        try:
            if each.value is None and (each.row, each.column) in formulas:
                told = _("公式没有算出结果，请用 WPS 或 Excel 打开保存一次再报")
                raise Wrong(told, "not_reckoned")
            number = number_in(each.value, SUMS[each.code])
        except Wrong as wrong:
            message = _("“{sheet}”第 {row} 行 {place} 格“{heading}”：{what}").format(
                sheet=totals.sheet, row=each.row, place=each.place, heading=each.heading, what=wrong.message
            )
            yield each, Problem(message, wrong.code, each.place, each.row, totals.sheet)
            continue
        if number is not None:
            yield each, number


def _entry(label: _Label, cell: tuple[int, int, Value], said: Said) -> Entry:
    row, column, value = cell
    form = forms(label.heading)[0]
    code = said[form] if form in said else meant_by(*label.words)
    ours = form not in said and code is not None and is_title(label.heading, code)
    return Entry(label.heading, row, column, value, code, ours)


def _doubled(sheet: str, entries: Sequence[Entry]) -> Iterator[Problem]:
    seen: dict[str, Entry] = {}
    for each in entries:
        if not each.code or not text_of(each.value):
            continue
        first = seen.setdefault(each.code, each)
        if text_of(first.value) != text_of(each.value):
            told = _("“{sheet}”{one} 格“{first}”和 {other} 格“{second}”是同一个指标，数却不一样，请只留一个")
            message = told.format(
                sheet=sheet, one=first.place, first=first.heading, other=each.place, second=each.heading
            )
            yield Problem(message, "told_twice", each.place, each.row, sheet)


def _worth(labels: Sequence[_Label]) -> int:
    known = {code for each in labels if (code := meant_by(*each.words)) is not None}
    return 100 * len(known) + len(labels)


@dataclass
class _Made:
    """The cell of each heading, the texts around them, and what keeps them from being read."""

    values: list[tuple[_Label, tuple[int, int, Value]]]
    texts: list[str]
    problems: list[Problem]


class _Grid:
    """The cells of a sheet by row and column, from 1; merged headings stand in all the columns they cover."""

    def __init__(self, sheet: ReadSheet) -> None:
        self._sheet = sheet
        self._rows = [(number, cells[:_MOST_COLUMNS]) for number, cells in sheet.rows[:_MOST_ROWS]]
        self._spread: dict[tuple[int, int], str] = {}
        known = dict(self._rows)
        for each in sheet.merges:
            cells = known.get(each.first_row, ())
            if each.first_column <= len(cells) and (text := text_of(cells[each.first_column - 1])):
                for column in range(each.first_column, min(each.last_column, _MOST_COLUMNS) + 1):
                    self._spread[each.first_row, column] = text

    def downwards(self) -> Iterator[list[_Label]]:
        """Yield what may be a column of headings, each with a number somewhere to its right."""
        for column in range(1, _MOST_COLUMNS + 1):
            found = []
            for row, cells in self._rows:
                text = _heading(cells, column)
                if text and (meant_by(text) or any(map(looks_like_a_number, cells[column:]))):
                    found.append(_Label(text, (text,), row, column))
            if found:
                yield found

    def sideways(self) -> Iterator[list[_Label]]:
        """Yield what may be a row of headings, each with a number below it; a row above may head groups of them."""
        for place, (row, cells) in enumerate(self._rows):
            above_row, above = self._rows[place - 1] if place else (0, ())
            under = [each for _number, each in self._rows[place + 1 : place + 4]]
            found = []
            for column in range(1, max(len(cells), len(above)) + 1):
                own, group = _heading(cells, column), _heading(above, column)
                if not own and group and (above_row, column + 1) not in self._spread:
                    own, group = group, ""
                group = self._spread.get((above_row, column), group) if own else ""
                group = group if len(group) <= _LONGEST and group != own else ""
                has_number = any(
                    looks_like_a_number(each[column - 1]) for each in under if column <= len(each)
                )
                words = (group + own, own) if group else (own,)
                if own and (has_number or meant_by(*words)):
                    heading = group + own if group and meant_by(group + own) else own
                    found.append(_Label(heading, words, row, column))
            if found:
                yield found

    def beside(self, labels: Sequence[_Label]) -> _Made:
        """Find the column of the numbers of headings that stand below each other."""
        column, first, last = labels[0].column, labels[0].row, labels[-1].row
        rows = dict(self._rows)
        numbers: dict[int, int] = {}
        for label in labels:
            for at, cell in enumerate(rows[label.row][column:], column + 1):
                numbers[at] = numbers.get(at, 0) + looks_like_a_number(cell)
        filled = [at for at, count in numbers.items() if count]
        headed = [at for at in filled if self._head(first, at) in NOW] or [
            at for at in filled if self._head(first, at) in NUMBERS
        ]
        problems = []
        if len(filled) > 1 and len(headed) != 1:
            letters = "、".join(map(get_column_letter, filled))
            told = _("“{sheet}”里 {letters} 列都有数，看不出哪一列是本月的：请在本月那一列上面写“本月”")
            message = told.format(sheet=self._sheet.name, letters=letters)
            problems.append(Problem(message, "two_columns", letters, first, self._sheet.name))
        chosen = (headed or filled or [column + 1])[0]
        values = [(label, (label.row, chosen, _at(rows[label.row], chosen))) for label in labels]
        return _Made(values, self._texts(lambda row: not first <= row <= last), problems)

    def below(self, labels: Sequence[_Label]) -> _Made:
        """Find the row of the numbers of headings that stand side by side."""
        row = labels[0].row
        columns = {label.column for label in labels}
        data: list[tuple[int, Sequence[Value]]] = []
        sums: list[tuple[int, Sequence[Value]]] = []
        for number, cells in self._rows:
            texts = texts_of(cells)
            if number <= row or not texts or not any(looks_like_a_number(_at(cells, at)) for at in columns):
                continue
            if not is_closing(texts):
                (sums if is_total(texts) else data).append((number, cells))
        chosen = (data or sums)[:1]
        problems: list[Problem] = []
        if len(data) > 1:
            told = _(
                "“{sheet}”有 {n} 行数（第 {rows} 行），看不出哪一行是要报的：一份表只留一个单位一个月的一行"
            )
            numbers = "、".join(str(number) for number, _cells in data[:5])
            message = told.format(sheet=self._sheet.name, n=len(data), rows=numbers)
            problems.append(Problem(message, "many_rows", None, data[1][0], self._sheet.name))
        at_row, said = chosen[0] if chosen else (row + 1, ())
        values = [(label, (at_row, label.column, _at(said, label.column))) for label in labels]
        texts = self._texts(lambda number: number < row) + [
            text for at, cell in enumerate(said, 1) if at not in columns and (text := text_of(cell))
        ]
        return _Made(values, texts, problems)

    def _head(self, first: int, column: int) -> str:
        """Read what stands over a column of numbers, right above the first of them."""
        above = [_at(cells, column) for number, cells in self._rows if number < first]
        return forms(text_of(above[-1]))[1] if above else ""

    def _texts(self, wanted: Callable[[int], bool]) -> list[str]:
        return [" ".join(texts_of(cells)) for number, cells in self._rows if wanted(number)]


def _at(cells: Sequence[Value], column: int) -> Value:
    return cells[column - 1] if column <= len(cells) else None


def _heading(cells: Sequence[Value], column: int) -> str:
    """Read what may be a heading: a short text that is no number."""
    value = _at(cells, column)
    text = " ".join(text_of(value).split()) if isinstance(value, str) else ""
    bare = text.replace(",", "").replace(".", "")
    return text if 0 < len(text) <= _LONGEST and not bare.isdecimal() else ""
