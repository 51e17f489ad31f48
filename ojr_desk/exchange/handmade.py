"""A workbook that a village made itself instead of a pack: its totals and lists, its month, the texts that name it.

    gate → reading → handmade_totals, handmade_lists → HandBook

Nothing is stored here. What cannot be read makes the whole file wait: a report is taken in whole or not at all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ojr_desk.exchange.cells import text_of
from ojr_desk.exchange.handmade_lists import Counted, counted_in
from ojr_desk.exchange.handmade_totals import Said, Totals, numbers_of, totals_in
from ojr_desk.exchange.handmade_words import without_days
from ojr_desk.exchange.old_book_words import Period, period_of, texts_of
from ojr_desk.exchange.reading import ReadBook, ReadSheet
from ojr_desk.exchange.skeleton import CHOICES
from ojr_desk.exchange.table import forms
from ojr_desk.figures import INDICATORS, SUMS
from ojr_desk.moments import Month
from ojr_desk.problems import Problem
from ojr_desk.text import _, listed

#: Texts of a sheet without a table that may name the unit and the month.
_MOST_TEXTS = 60
#: Headings that a note names.
_FEW = 6


@dataclass(frozen=True)
class Number:
    """How much a file tells of an indicator, in its parts, and where: its sheet, cell and heading."""

    code: str
    parts: int
    sheet: str
    place: str
    heading: str


@dataclass(frozen=True)
class HandBook:
    """What a workbook tells: its numbers, of which months it speaks, and what has to be asked or put right.

    *texts* may name the unit. *is_plain* tells that all headings are ours or were explained before, so that
    nobody need be asked what they mean.
    """

    name: str
    totals: tuple[Totals, ...]
    numbers: tuple[Number, ...]
    months: frozenset[Month]
    is_monthless: bool
    texts: tuple[str, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    is_plain: bool
    listed_months: frozenset[Month]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing in it can be a report."""
        return not self.totals and not self.numbers and not self.problems


def understand(book: ReadBook, memory: Callable[[str], Said], newest: Month) -> HandBook:
    """Read the totals and lists of *book*; *memory* gives what was said of a set of headings, by its key.

    A month without a year is the latest such month not after *newest*.
    """
    sheets = [each for each in book.sheets if not each.hidden and each.name != CHOICES and each.rows]
    lists = {sheet.name: counted_in(book, sheet) for sheet in sheets}
    rest = [sheet for sheet in sheets if lists[sheet.name] is None]
    found = [(sheet, totals_in(sheet, memory)) for sheet in rest]
    if not any(totals for _sheet, totals in found) and not any(lists.values()):
        found = [(sheet, totals_in(sheet, memory, only_known=False)) for sheet in rest]
    totals = tuple(each for _sheet, each in found if each)
    counted = [each for each in lists.values() if each is not None]
    numbers, problems = _numbers(found, counted)
    texts = [Path(book.name).stem, *_texts(found), *_list_texts(counted)]
    months, is_monthless = _months(texts, newest)
    return HandBook(
        name=book.name,
        totals=totals,
        numbers=numbers,
        months=months,
        is_monthless=is_monthless,
        texts=tuple(texts),
        problems=(*problems, *(each for every in totals for each in every.problems)),
        notes=tuple(_notes(totals, counted)),
        is_plain=all(_is_plain(each, memory) for each in totals),
        listed_months=frozenset[Month]().union(*(each.months for each in counted)),
    )


def _is_plain(totals: Totals, memory: Callable[[str], Said]) -> bool:
    if memory(totals.key):
        return True
    return not totals.unknown and all(each.is_ours for each in totals.entries if each.code)


def _numbers(
    found: Sequence[tuple[ReadSheet, Totals | None]], lists: Sequence[Counted]
) -> tuple[tuple[Number, ...], list[Problem]]:
    """Gather every number; what two places of a file tell differently is a problem."""
    problems: list[Problem] = []
    told: list[Number] = []
    for sheet, totals in found:
        for entry, number in numbers_of(totals, sheet.formulas) if totals else ():
            if isinstance(number, Problem):
                problems.append(number)
            else:
                told.append(Number(entry.code or "", number, sheet.name, entry.place, entry.heading))
    for counted in lists:
        problems += counted.problems
        heading = _("逐行清点（{n} 行）").format(n=counted.rows)
        told += [Number(code, parts, counted.sheet, "", heading) for code, parts in counted.numbers.items()]
    kept: dict[str, Number] = {}
    for each in told:
        first = kept.setdefault(each.code, each)
        if first.parts != each.parts and (first.sheet != each.sheet):
            problems.append(_differ(first, each))
    return tuple(kept.values()), problems


def _differ(one: Number, other: Number) -> Problem:
    told = _("“{one}”里{title}是 {n}，“{other}”里是 {m}，对不上：请核对后只留一个数")
    message = told.format(
        title=_(INDICATORS[one.code].title), one=one.sheet, n=one.parts, other=other.sheet, m=other.parts
    )
    return Problem(message, "differ", None, None, other.sheet)


def _texts(found: Sequence[tuple[ReadSheet, Totals | None]]) -> Iterator[str]:
    """Yield the texts around the tables, which say whose and of when they are."""
    for sheet, totals in found:
        yield sheet.name
        if totals is not None:
            yield from totals.beside
        else:
            yield from (" ".join(texts_of(cells)) for _row, cells in sheet.rows[:_MOST_TEXTS])


def _list_texts(lists: Sequence[Counted]) -> Iterator[str]:
    for each in lists:
        yield each.sheet
        yield from each.texts


def _months(texts: Sequence[str], newest: Month) -> tuple[frozenset[Month], bool]:
    """Find the months that the texts speak of, and whether one speaks of several or of none."""
    periods = [period_of(said) for text in texts if (said := without_days(text))]
    years = {each.year for each in periods if each.year}
    year = years.pop() if len(years) == 1 else None
    found = {_month(each, year, newest) for each in periods if each.month}
    return frozenset(found), not found


def _month(period: Period, year: int | None, newest: Month) -> Month:
    assert period.month is not None
    known = period.year or year
    if known:
        return Month(known, period.month)
    made = Month(newest.year, period.month)
    return made if made <= newest else Month(newest.year - 1, period.month)


def _notes(totals: Sequence[Totals], lists: Sequence[Counted]) -> Iterator[str]:
    for each in totals:
        ratios = [entry.heading for entry in each.entries if entry.code and entry.code not in SUMS]
        if ratios:
            yield _("“{what}”不用填，由程序按件数算").format(what=listed(ratios, most=_FEW))
        blank = [entry.heading for entry in each.entries if entry.code in SUMS and not text_of(entry.value)]
        if blank:
            yield _("没有填的按没有报算，不当作 0：{what}").format(what=listed(blank, most=_FEW))
    for counted in lists:
        if not counted.rows:
            yield _("“{sheet}”是空表，没有清点；确实没有发生的，请在汇总里写 0").format(sheet=counted.sheet)


def said_by(totals: Totals, columns: Said) -> dict[str, str]:
    """Complete what a person said of some headings by what the others mean: all that is to be remembered."""
    said = {forms(each.heading)[0]: each.code or "" for each in totals.entries}
    return said | {forms(heading)[0]: code for heading, code in columns.items() if forms(heading)[0] in said}
