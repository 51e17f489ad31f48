"""What was edited in a pack since its export: every cell against what was exported."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from ojr_desk.exchange.cells import Value, text_of, typed
from ojr_desk.exchange.contents import UID, Pack, Sheaf, known_columns
from ojr_desk.exchange.reading import ReadBook, ReadSheet
from ojr_desk.exchange.sheets import CODE, COVER, cell_of, format_of
from ojr_desk.exchange.table import Table, table
from ojr_desk.exchange.words import Lines, Words, as_written
from ojr_desk.problems import Wrong
from ojr_desk.register import Column
from ojr_desk.text import N_, _, listed, on_paper

#: The parts of a sheet that are no rows, as people call them.
TITLE = N_("标题")


@dataclass(frozen=True)
class Edit:
    """A cell that differs from what was exported; *row* and *sheet* as the person sees them.

    Without *uid* it belongs to no row of a register: it stands on the cover, or around the rows.
    """

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

    *words* tell for each register how things are called in this file; *notes* tell what was not read.
    *places* say in which sheet and row the rows stand, by register and key.
    """

    pack: Pack
    words: Mapping[str, Words]
    edits: tuple[Edit, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()
    places: Mapping[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def placed(self, register: str, uid: str, number: str, what: str) -> str:
        """Say what is wrong with a row, and where it stands."""
        sheet, row = self.places.get((register, uid), (self.words[register].title, 0))
        if not row:
            return _("“{sheet}”编号 {number}：{what}").format(sheet=sheet, number=number, what=what)
        told = _("“{sheet}”第 {row} 行（{number}）：{what}")
        return told.format(sheet=sheet, row=row, number=number, what=what)


def compare(book: ReadBook, pack: Pack, words: Mapping[str, Words], lines: Lines) -> ReadPack:
    """Find what was edited since the export, cell by cell; rows added or taken away are faults."""
    edits: list[Edit] = []
    faults: list[str] = []
    notes: list[str] = []
    places: dict[tuple[str, str], tuple[str, int]] = {}
    _compare_cover(book, lines, edits, notes)
    for sheaf in pack.sheaves:
        told = words[sheaf.register]
        sheet = _find_sheet(book, sheaf, told.title)
        if sheet is not None:
            comparing = _Comparing(sheaf, told, pack, sheet)
            comparing.compare(lines.titles.get(sheaf.register, ""))
            edits += comparing.edits
            faults += comparing.faults
            notes += comparing.notes
            places |= {(sheaf.register, uid): (sheet.name, row) for uid, row in comparing.rows.items()}
        elif sheaf.rows:
            faults.append(_("缺少工作表“{sheet}”，请村里重新导出").format(sheet=told.title))
    return ReadPack(pack, words, tuple(edits), tuple(faults), tuple(notes), places)


def _compare_cover(book: ReadBook, lines: Lines, edits: list[Edit], notes: list[str]) -> None:
    """Find what was edited on the cover; signatures and whatever else was added to it are the people's."""
    with on_paper():
        name = _(COVER)
    sheet = book.sheet(name)
    if sheet is None:
        if lines.cover:
            notes.append(_("没有工作表“{sheet}”").format(sheet=name))
        return
    there = {text_of(cells[0]): (row, "".join(map(text_of, cells[1:2]))) for row, cells in sheet.rows}
    for what, was in lines.cover:
        row, is_ = there.get(what, (0, ""))
        if was and is_ != was:
            edits.append(Edit(sheet.name, row, what, was, is_))


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

    def __init__(self, sheaf: Sheaf, words: Words, pack: Pack, sheet: ReadSheet) -> None:
        self._sheaf = sheaf
        self._sheet = sheet
        self._code = pack.code
        self._headings = words.headings
        known = known_columns(sheaf, pack.full)
        self._columns = {name: as_written(column, words) for name, column in known.items()}
        self.edits: list[Edit] = []
        self.faults: list[str] = []
        self.notes: list[str] = []
        self.rows: dict[str, int] = {}

    def compare(self, title: str) -> None:
        """Find the edits, the faults, and what is not read."""
        with on_paper():
            code = _(CODE)
        found = table(self._sheet, {label: name for name, label in self._headings.items()}, (code,))
        if found.missing and self._sheaf.rows:
            told = listed(self._headings[name] for name in found.missing)
            self._fault(_("工作表“{sheet}”少了这些栏：{columns}"), columns=told)
            return
        self._around(found, title, code)
        originals = {row[UID]: row for row in self._sheaf.rows}
        for number, values in found.rows:
            original = originals.pop(text_of(values.get(UID)), None)
            if original is None:
                added = _("工作表“{sheet}”第 {row} 行是导出后添加的，请村里在程序里登记后重新导出")
                self._fault(added, row=number)
            else:
                self.rows[original[UID]] = number
                self._row(number, original, values)
        for row in originals.values():
            gone = _("工作表“{sheet}”里编号 {number} 的一行在导出后被删掉了，请村里重新导出")
            self._fault(gone, number=row.get("record_no", ""))

    def _around(self, found: Table, title: str, code: str) -> None:
        """See to what stands around the rows, and to what no value may hide in."""
        for row, name in sorted(found.formulas):
            told = _("工作表“{sheet}”第 {row} 行的“{column}”是公式，请改成实际内容")
            self._fault(told, row=row, column=self._headings[name])
        for row in found.below:
            told = _("工作表“{sheet}”第 {row} 行写在“{code}”那一行下面，请村里在程序里登记后重新导出")
            self._fault(told, row=row, code=code)
        above = [
            (row, text)
            for row, cells in self._sheet.rows
            for cell in cells
            if row < (found.heading or 0) and (text := text_of(cell))
        ]
        # A wide sheet bears its title over each page.
        row, is_ = next((each for each in above if each[1] == title), (above or [(1, "")])[0])
        if title and is_ != title:
            self.edits.append(Edit(self._sheet.name, row, _(TITLE), title, is_))
        last = found.closing[0] if found.closing else ""
        if last and self._code not in last:
            row = next(row for row, cells in self._sheet.rows if last in map(text_of, cells))
            self.edits.append(Edit(self._sheet.name, row, code, self._code, last))
        for heading in (*found.unknown, *found.doubled):
            self._note(_("工作表“{sheet}”多出“{column}”一栏，没有读"), column=heading)
        for row in found.beside:
            self._note(_("工作表“{sheet}”第 {row} 行表格旁边写的没有读"), row=row)
        if self._sheet.beyond is not None:
            self._note(_("工作表“{sheet}”第 {row} 行起离表格太远，没有读"), row=self._sheet.beyond)

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

    def _note(self, message: str, **told: object) -> None:
        self.notes.append(message.format(sheet=self._sheet.name, **told))


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
