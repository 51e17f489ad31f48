"""A list of visits, calls or letters that a village kept itself: counted, by the matching of old books.

Only the numbers are taken out of it; whom they are about stays in the village.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ojr_desk.exchange import handmade_words
from ojr_desk.exchange.old_book import OldSheet, Row, understand_sheet
from ojr_desk.exchange.old_book_hints import Hints, Memory
from ojr_desk.exchange.reading import ReadBook, ReadSheet
from ojr_desk.moments import Month
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS, Choice
from ojr_desk.registers.intake import CALLS, LETTERS, VISITS
from ojr_desk.text import _

_REGISTER = "intake"
#: Columns besides the day that make a list one of what came in.
_LEAST = 2
#: What is counted of each of the three books, and the word by which a list says that it is that book.
_BOOKS = {
    handmade_words.VISITS: ("n_visit", VISITS),
    handmade_words.CALLS: ("n_call", CALLS),
    handmade_words.LETTERS: ("n_letter", LETTERS),
}
_COUNTED = frozenset(("occurred_at", "happened_at", "received_on", "headcount", "channel"))
_MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Counted:
    """What a list comes to: a number by indicator, of which month its days are, and what cannot be counted."""

    sheet: str
    numbers: Mapping[str, int]
    months: frozenset[Month]
    texts: tuple[str, ...]
    problems: tuple[Problem, ...]
    rows: int


def counted_in(book: ReadBook, sheet: ReadSheet) -> Counted | None:
    """Count the rows of *sheet* if it is a list of what came in; None if it is none."""
    found = understand_sheet(book, sheet, REGISTERS[_REGISTER], Hints(), Memory())
    if found is None:
        return None
    names = {use.target.name for use in found.table.headings.uses}
    if "occurred_at" not in names or len(names) <= _LEAST:
        return None
    return _Counting(found).counted()


class _Counting:
    """Counts the rows of one list."""

    def __init__(self, sheet: OldSheet) -> None:
        self._sheet = sheet
        kind = REGISTERS[_REGISTER].by_name["channel"].kind
        assert isinstance(kind, Choice)
        self._channel = kind
        self._books = handmade_words.books_of(" ".join((*sheet.table.above, sheet.name)))
        self._numbers: dict[str, int] = {}
        self._months: set[Month] = set()
        self._problems: list[Problem] = []

    def counted(self) -> Counted:
        """Go through the rows and tell what they come to."""
        rows = [row for row in self._sheet.rows() if isinstance(row, Row)]
        for row in rows:
            self._count(row)
        return Counted(
            self._sheet.name,
            {} if self._problems else self._numbers,
            frozenset(self._months),
            self._sheet.table.above,
            tuple(self._problems[:_MOST_PROBLEMS]),
            len(rows),
        )

    def _count(self, row: Row) -> None:
        wrong = [each for each in row.problems if each.column in _COUNTED]
        wrong += list(self._missing(row))
        if wrong:
            self._problems += [self._placed(row, each) for each in wrong]
            return
        self._months.add(Month.of(date.fromisoformat(row.values["occurred_at"][:10])))
        book = self._book(row)
        code, _channels = _BOOKS[book]
        self._add(code, 1)
        if book == handmade_words.VISITS:
            heads = row.values.get("headcount") or 1
            self._add("visit_heads", int(heads))

    def _missing(self, row: Row) -> Iterator[Problem]:
        if not any(each.column == "occurred_at" for each in row.problems) and not row.values.get(
            "occurred_at"
        ):
            yield Problem(_("没有写日期，不知道算哪个月"), "no_day", "occurred_at")
        heads = str(row.values.get("headcount") or 1)
        if not heads.isdecimal() or not heads.isascii():
            told = _("人数“{text}”不是整数").format(text=heads[:10])
            yield Problem(told, "not_whole", "headcount")
        if not self._book(row):
            told = _("看不出是来访、来电还是来信：请在表名里写明，或者加一栏“方式”")
            yield Problem(told, "which_book", "channel")

    def _book(self, row: Row) -> str:
        channel = self._channel.find(str(row.values.get("channel") or ""))
        for word, (_code, channels) in _BOOKS.items():
            if channel in channels:
                return word
        return next(iter(self._books)) if len(self._books) == 1 and not row.values.get("channel") else ""

    def _placed(self, row: Row, problem: Problem) -> Problem:
        message = _("“{sheet}”第 {row} 行：{what}").format(
            sheet=self._sheet.name, row=row.number, what=problem.message
        )
        return Problem(message, problem.code, problem.column, row.number, self._sheet.name)

    def _add(self, code: str, number: int) -> None:
        self._numbers[code] = self._numbers.get(code, 0) + number
