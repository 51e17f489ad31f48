"""Rows that a register refused, written back as a workbook: as they stood, and the reason beside each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ojr_desk.exchange.cells import EXACT_DIGITS, Value, text_of
from ojr_desk.exchange.old_book import OldSheet, Row
from ojr_desk.exchange.old_book_words import REASONS
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.table import forms
from ojr_desk.exchange.workbook import write_workbook
from ojr_desk.progress import Progress, silent
from ojr_desk.text import on_paper

#: Characters across, for what has no width of its own, and for the reasons.
_WIDTH, _REASON_WIDTH = 14, 60
_NO_TAB = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_MOST_TAB = 31
#: What a workbook cannot hold, as `_x0007_` in a strange one may have smuggled in.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Returned:
    """The refused rows of one sheet, each with why."""

    sheet: OldSheet
    rows: Sequence[tuple[Row, str]]


@on_paper()
def write_back(path: Path, returned: Sequence[Returned], progress: Progress = silent) -> None:
    """Write *returned* to *path*, ready to be put right and loaded again. Raises `NoRoom`, `Cancelled`.

    All but days stands there as text, so that what is put right keeps its noughts and its digits.
    """
    names: list[str] = []
    for each in returned:
        names.append(_tab(each.sheet.name, names))
    sheets = [_sheet(name, each) for name, each in zip(names, returned, strict=True)]
    write_workbook(path, sheets, progress=progress)


def _sheet(name: str, returned: Returned) -> Sheet:
    table = returned.sheet.table
    reason = _reason(returned.sheet)
    heads = [head for head in table.heads if forms(head.text)[0] != reason]
    while (
        heads
        and not heads[-1].texts
        and not any(text_of(_cell(row, heads[-1].place)) for row, _ in returned.rows)
    ):
        heads.pop()
    widths = {use.head.place: use.target.column.width_mm / 2 for use in table.headings.uses}
    days = {use.head.place for use in table.headings.uses if use.target.is_dated}
    columns = [
        SheetColumn(
            f"c{head.place}",
            "\n".join(head.texts),
            max(8, widths.get(head.place, _WIDTH)),
            "date" if head.place in days else "text",
        )
        for head in heads
    ]
    rows = [
        (*(_written(_cell(row, head.place), head.place in days) for head in heads), _written(why))
        for row, why in returned.rows
    ]
    above = [_UNWRITABLE.sub("", text) for text in table.above if text] or [returned.sheet.name]
    return Sheet(
        name, above[0], (*columns, SheetColumn("reason", reason, _REASON_WIDTH)), rows, tuple(above[1:])
    )


def _reason(sheet: OldSheet) -> str:
    """Name the column of the reasons by a word that the table needs for nothing else."""
    used = {forms(use.head.text)[0] for use in sheet.table.headings.uses}
    return next(word for word in REASONS if word not in used)


def _cell(row: Row, place: int) -> Value:
    return row.cells[place] if place < len(row.cells) else None


def _written(value: Value, is_day: bool = False) -> Value:
    """Write a cell as text; a number that has lost a digit must show it, also 3.2 that may have been 3.20."""
    if isinstance(value, int | float) and abs(value) >= 10**EXACT_DIGITS:
        return f"{value:.5E}"
    if is_day and isinstance(value, float):
        return value
    return _UNWRITABLE.sub("", text_of(value))


def _tab(name: str, taken: Sequence[str]) -> str:
    """Make a name that a sheet may have; those of a forged file may be none."""
    plain = _NO_TAB.sub("", name)[:_MOST_TAB].strip() or "1"
    number = 1
    found = plain
    while found.casefold() in {each.casefold() for each in taken}:
        number += 1
        found = f"{plain[: _MOST_TAB - 4]} {number}"
    return found
