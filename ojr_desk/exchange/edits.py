"""What was edited in a pack since its export: every cell against what was exported."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from ojr_desk.exchange.cells import Value, text_of, typed
from ojr_desk.exchange.contents import UID, Pack, Sheaf, known_columns
from ojr_desk.exchange.reading import ReadBook, ReadSheet
from ojr_desk.exchange.sheets import CODE, cell_of, format_of
from ojr_desk.exchange.table import table
from ojr_desk.exchange.words import Words, as_written
from ojr_desk.problems import Wrong
from ojr_desk.register import Column
from ojr_desk.text import _, listed, on_paper


@dataclass(frozen=True)
class Edit:
    """A cell that differs from what was exported; *row* and *sheet* as the person sees them."""

    sheet: str
    row: int
    column: str
    was: str
    is_: str
    uid: str = ""
    name: str = ""
    register: str = ""

    def told(self) -> dict[str, Any]:
        """Write it for JSON."""
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "was": self.was, "is": self.is_}


@dataclass(frozen=True)
class ReadPack:
    """A pack as it was exported, what was edited since, and what makes it unfit to be taken in.

    *words* tell for each register how things are called in this file.
    """

    pack: Pack
    words: Mapping[str, Words]
    edits: tuple[Edit, ...]
    faults: tuple[str, ...]


def compare(book: ReadBook, pack: Pack, words: Mapping[str, Words]) -> ReadPack:
    """Find what was edited since the export, cell by cell; rows added or taken away are faults."""
    edits: list[Edit] = []
    faults: list[str] = []
    for sheaf in pack.sheaves:
        told = words[sheaf.register]
        sheet = _find_sheet(book, sheaf, told.title)
        if sheet is not None:
            comparing = _Comparing(sheaf, told, pack.full, sheet)
            comparing.compare()
            edits += comparing.edits
            faults += comparing.faults
        elif sheaf.rows:
            faults.append(_("缺少工作表“{sheet}”，请村里重新导出").format(sheet=told.title))
    return ReadPack(pack, words, tuple(edits), tuple(faults))


def _find_sheet(book: ReadBook, sheaf: Sheaf, title: str) -> ReadSheet | None:
    """Find a sheaf's sheet by its name, or, where it was renamed, by the rows it holds."""
    sheet = book.sheet(title)
    if sheet is not None:
        return sheet
    uids = {row[UID] for row in sheaf.rows}
    for each in book.sheets:
        if not each.hidden and any(uids & {text_of(cell) for cell in cells} for _number, cells in each.rows):
            return each
    return None


class _Comparing:
    """One sheet against the rows that were exported into it; columns are called as they are in the file."""

    def __init__(self, sheaf: Sheaf, words: Words, full: bool, sheet: ReadSheet) -> None:
        self._sheaf = sheaf
        self._sheet = sheet
        self._headings = words.headings
        known = known_columns(sheaf, full)
        self._columns = {name: as_written(column, words) for name, column in known.items()}
        self.edits: list[Edit] = []
        self.faults: list[str] = []

    def compare(self) -> None:
        """Find the edits and the faults."""
        found = table(self._sheet, {label: name for name, label in self._headings.items()}, (CODE,))
        if found.missing and self._sheaf.rows:
            told = listed(self._headings[name] for name in found.missing)
            self._fault(_("工作表“{sheet}”少了这些栏：{columns}"), columns=told)
            return
        originals = {row[UID]: row for row in self._sheaf.rows}
        for number, values in found.rows:
            original = originals.pop(text_of(values.get(UID)), None)
            if original is None:
                added = _("工作表“{sheet}”第 {row} 行是导出后添加的，请村里在程序里登记后重新导出")
                self._fault(added, row=number)
            else:
                self._row(number, original, values)
        for row in originals.values():
            gone = _("工作表“{sheet}”里编号 {number} 的一行在导出后被删掉了，请村里重新导出")
            self._fault(gone, number=row.get("record_no", ""))

    def _row(self, number: int, original: Mapping[str, Any], values: Mapping[str, Value]) -> None:
        for name in self._sheaf.columns:
            column, value = self._columns.get(name), values.get(name)
            if column is not None:
                edit = _edited(column, original, value, self._sheaf.links)
                if edit is not None:
                    place = (self._sheet.name, number, column.label)
                    self.edits.append(Edit(*place, *edit, original[UID], name, self._sheaf.register))
            elif text_of(value):
                strange = _(
                    "工作表“{sheet}”第 {row} 行的“{column}”是导出后填的，本程序没有这一栏，请先升级程序"
                )
                self._fault(strange, row=number, column=self._headings[name])

    def _fault(self, message: str, **told: object) -> None:
        self.faults.append(message.format(sheet=self._sheet.name, **told))


@on_paper()
def _edited(
    column: Column, original: Mapping[str, Any], value: Value, links: Mapping[str, str]
) -> tuple[str, str] | None:
    """Tell what a cell was and is, if it was edited."""
    was = text_of(cell_of(column, original.get(column.name), links))
    is_ = text_of(value)
    if was == is_:
        return None
    try:
        told = typed(value, format_of(column))
    except Wrong:
        return was, is_
    exported = typed(cell_of(column, original.get(column.name), links), format_of(column))
    if told == exported or (format_of(column) == "decimal" and _number(told) == _number(exported)):
        return None
    return was, is_


def _number(text: str) -> Decimal | str:
    """See 286.40 and 286.4 as one; what is no number stays text."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def with_edits(read: ReadPack) -> Pack:
    """Give the pack as its cells now stand: edited values are text, to be checked like anything typed."""
    changed: dict[tuple[str, str], dict[str, str]] = {}
    for edit in read.edits:
        changed.setdefault((edit.register, edit.uid), {})[edit.name] = edit.is_
    sheaves = tuple(
        replace(
            sheaf, rows=tuple({**row, **changed.get((sheaf.register, row[UID]), {})} for row in sheaf.rows)
        )
        for sheaf in read.pack.sheaves
    )
    return replace(read.pack, sheaves=sheaves)
