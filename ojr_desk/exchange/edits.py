"""What was edited in a pack since its export: every cell against what was exported."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from ojr_desk.exchange.cells import Value, text_of, typed
from ojr_desk.exchange.contents import UID, Pack, Sheaf
from ojr_desk.exchange.reading import ReadBook, ReadSheet
from ojr_desk.exchange.sheets import CODE, UID_HEADING, cell_of, format_of
from ojr_desk.exchange.table import table
from ojr_desk.problems import Wrong
from ojr_desk.register import REGISTERS, Column
from ojr_desk.text import _, on_paper


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
    """A pack as it was exported, what was edited since, and what makes it unfit to be taken in."""

    pack: Pack
    edits: tuple[Edit, ...]
    faults: tuple[str, ...]


def compare(book: ReadBook, sheaf: Sheaf, edits: list[Edit], faults: list[str]) -> None:
    """Find what was edited since the export, cell by cell; rows added or taken away are faults.

    Sheets and columns are called as they are in the file, which is Chinese.
    """
    register = REGISTERS[sheaf.register]
    sheet = _find_sheet(book, sheaf)
    title = register.title
    if sheet is None:
        if sheaf.rows:
            faults.append(_("缺少工作表“{sheet}”，请村里重新导出").format(sheet=title))
        return
    headings = {register.by_name[name].label: name for name in sheaf.columns} | {UID_HEADING: UID}
    found = table(sheet, headings, (CODE,))
    missing = [name for name in found.missing if sheaf.rows]
    if missing:
        told = "、".join(UID_HEADING if name == UID else register.by_name[name].label for name in missing)
        faults.append(_("工作表“{sheet}”少了这些栏：{columns}").format(sheet=sheet.name, columns=told))
        return
    originals = {row[UID]: row for row in sheaf.rows}
    seen: set[str] = set()
    for number, values in found.rows:
        uid = text_of(values.get(UID))
        original = originals.get(uid)
        if original is None or uid in seen:
            faults.append(
                _("工作表“{sheet}”第 {row} 行是导出后添加的，请村里在程序里登记后重新导出").format(
                    sheet=sheet.name, row=number
                )
            )
            continue
        seen.add(uid)
        for name in sheaf.columns:
            edit = _edited(register.by_name[name], original, values.get(name), sheaf.links)
            if edit is not None:
                label = register.by_name[name].label
                edits.append(Edit(sheet.name, number, label, *edit, uid, name, sheaf.register))
    for uid, row in originals.items():
        if uid not in seen:
            faults.append(
                _("工作表“{sheet}”里编号 {number} 的一行在导出后被删掉了，请村里重新导出").format(
                    sheet=sheet.name, number=row.get("record_no", "")
                )
            )


@on_paper()
def _find_sheet(book: ReadBook, sheaf: Sheaf) -> ReadSheet | None:
    """Find a sheaf's sheet by its name, or, where it was renamed, by the rows it holds."""
    sheet = book.sheet(_(REGISTERS[sheaf.register].title))
    if sheet is not None:
        return sheet
    uids = {row[UID] for row in sheaf.rows}
    for each in book.sheets:
        if not each.hidden and any(uids & {text_of(cell) for cell in cells} for _number, cells in each.rows):
            return each
    return None


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
