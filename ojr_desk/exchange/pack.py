"""The pack: one workbook that people read and the program reads back.

What a person sees are the sheets. Behind them, in a hidden sheet, lies the manifest: who reports
which month in which revision, and every row as it was exported. So a cell edited in WPS is known
exactly, rows may be sorted and sheets renamed, and the file's name means nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Any

from ojr_desk import __version__
from ojr_desk.binding import short
from ojr_desk.exchange import soundness
from ojr_desk.exchange.cells import Value, text_of, typed
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.reading import ReadBook, ReadSheet, read_workbook
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.table import table
from ojr_desk.exchange.workbook import chunks, write_workbook
from ojr_desk.problems import Damaged, FromNewerProgram, NotOurs, Wrong
from ojr_desk.progress import Progress, silent
from ojr_desk.register import REGISTERS, Choice, Choices, Column, Flag, Link, Register
from ojr_desk.text import _, on_paper

#: The version of this format; an older one stays readable for ever.
FORMAT = 1
MANIFEST = "_ojr"
CODE = "校验码"
_UID = "uid"
_UID_LABEL = "标识（请勿改动）"


@dataclass(frozen=True)
class Sheaf:
    """The rows of one register in a pack: native JSON values by column, and the texts of links."""

    register: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    links: Mapping[str, str]


@dataclass(frozen=True)
class Pack:
    """What one centre reports of one month. *sealed* counts what is kept back in the sealed drawer."""

    center: str
    center_name: str
    center_code: str
    level: str
    superior: str
    month: str
    revision: int
    full: bool
    made_at: str
    clerk: str
    sealed: int
    off: tuple[str, ...]
    sheaves: tuple[Sheaf, ...]

    @property
    def digest(self) -> str:
        """Digest what is reported, not when or by whom it was written to a file."""
        told = [self.center, self.month, self.revision, self._rows()]
        return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def content(self) -> str:
        """Digest the rows alone: equal for two revisions that say the same."""
        return sha256(json.dumps(self._rows(), ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def _rows(self) -> list[dict[str, Any]]:
        return [asdict(each) for each in self.sheaves if each.rows]

    @property
    def code(self) -> str:
        """Give the verification code that the workbook and its PDF twin bear."""
        return short(self.digest)

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows of each register."""
        return {sheaf.register: len(sheaf.rows) for sheaf in self.sheaves}


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


def columns_of(register: Register, full: bool) -> tuple[Column, ...]:
    """List the columns that travel: those marked as sent, or in a full pack all but the sealed."""
    if not full:
        return register.sent
    local = {"center", "recorded_by", "merged_into"}
    return tuple(each for each in register.columns if each.privacy != "sealed" and each.name not in local)


@on_paper()
def write(pack: Pack, path: Path, password: str | None = None, progress: Progress = silent) -> None:
    """Write *pack* as a workbook, locked with *password* if there is one."""
    sheets = [_cover(pack), *(_sheet(pack, sheaf) for sheaf in pack.sheaves)]
    manifest = json.dumps(_manifest(pack), ensure_ascii=False, sort_keys=True)
    write_workbook(path, sheets, {MANIFEST: chunks(manifest)}, progress, password)


def _manifest(pack: Pack) -> dict[str, Any]:
    return {
        "kind": "month",
        "format": FORMAT,
        "program": __version__,
        "code": pack.code,
        "digest": pack.digest,
        "counts": pack.counts,
        "row_hashes": {
            sheaf.register: [row_hash(sheaf.columns, row) for row in sheaf.rows] for sheaf in pack.sheaves
        },
        **asdict(pack),
    }


def row_hash(columns: Sequence[str], row: Mapping[str, Any]) -> str:
    """Digest one row's values, in the order of its columns."""
    told = json.dumps([row.get(name) for name in (_UID, *columns)], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:16]


def _cover(pack: Pack) -> Sheet:
    rows: list[tuple[Value, Value]] = [
        (_("填报单位（盖章）"), pack.center_name),
        (_("区划代码"), pack.center_code),
        (_("上级单位"), pack.superior),
        (_("所属期"), pack.month),
        (_("版次"), _("第{revision}版").format(revision=pack.revision)),
        (_("填报时间"), pack.made_at),
        (_("填报人"), pack.clerk),
        *((_(REGISTERS[each.register].title), _("{n} 条").format(n=len(each.rows))) for each in pack.sheaves),
        *((_(REGISTERS[code].title), _("未启用")) for code in pack.off if code in REGISTERS),
        (_("另册密封"), _("{n} 件").format(n=pack.sealed)),
        (_("主要负责人（签字）"), ""),
        (_("审核人（签字）"), ""),
    ]
    columns = (SheetColumn("what", _("项目"), 24, "text"), SheetColumn("value", _("内容"), 56, "text"))
    return Sheet(_("封面"), _("{name}月报").format(name=pack.center_name), columns, rows, below=_below(pack))


def _below(pack: Pack) -> tuple[str, ...]:
    return (f"{CODE}：{pack.code}",)


def _sheet(pack: Pack, sheaf: Sheaf) -> Sheet:
    register = REGISTERS[sheaf.register]
    columns = [register.by_name[name] for name in sheaf.columns]
    heads = [
        SheetColumn(
            column.name,
            _(column.label),
            max(8, min(60, column.width_mm / 2)),
            _format(column),
            _drop_down(column),
        )
        for column in columns
    ]
    rows = [
        (*(_cell(column, row.get(column.name), sheaf.links) for column in columns), row[_UID])
        for row in sheaf.rows
    ]
    return Sheet(
        _(register.title),
        f"{pack.center_name}{_(register.title)}（{pack.month}）",
        (*heads, SheetColumn(_UID, _UID_LABEL, 12, "text")),
        rows,
        below=_below(pack),
    )


def _format(column: Column) -> Any:
    return column.kind.cell_format


def _drop_down(column: Column) -> tuple[str, ...]:
    kind = column.kind
    if isinstance(kind, Flag):
        return (_("是"), _("否"))
    if isinstance(kind, Choice) and not isinstance(kind, Choices):
        return tuple(_(label) for label in kind.choices.values())
    return ()


def _cell(column: Column, value: Any, links: Mapping[str, str]) -> Value:
    """Write a native JSON value as a cell."""
    if value is None or value == "":
        return None
    kind = column.kind
    if isinstance(kind, Link):
        return links.get(value, "")
    native = kind.restore(value)
    return native if kind.cell_format != "text" else kind.show(native)


def read(path: Path, password: str | None = None) -> ReadPack:
    """Read a pack back; raises `NotOurs`, `Damaged`, `Locked` or `FromNewerProgram`."""
    book = read_workbook(admit(path, password))
    told = manifest_of(book, path.name)
    if told.get("kind") != "month":
        raise NotOurs(_("《{name}》是本程序的文件，但不是月报。").format(name=path.name))
    try:
        pack = _pack(told)
        digest = told["digest"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Damaged(_("《{name}》的清单不完整，请村里重新导出。").format(name=path.name)) from error
    if pack.digest != digest:
        raise Damaged(_("《{name}》的清单被改动过，不能相信，请村里重新导出。").format(name=path.name))
    edits: list[Edit] = []
    faults: list[str] = []
    for sheaf in pack.sheaves:
        _compare(book, sheaf, edits, faults)
    return ReadPack(pack, tuple(edits), tuple(faults))


def manifest_of(book: ReadBook, name: str) -> dict[str, Any]:
    """Read the hidden manifest; raises `NotOurs` where there is none."""
    sheet = book.sheet(MANIFEST)
    if sheet is None:
        raise NotOurs(
            _("《{name}》不是本程序导出的报表（没有清单）。手工做的表请用“空白填报模板”。").format(name=name)
        )
    try:
        told = json.loads(sheet.joined())
        version = int(told["format"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise Damaged(_("《{name}》的清单读不出来，请村里重新导出。").format(name=name)) from error
    if version > FORMAT:
        raise FromNewerProgram(_("《{name}》是更新版本的程序导出的，请先升级本机的程序。").format(name=name))
    return dict(told)


def _pack(told: Mapping[str, Any]) -> Pack:
    names = {name for name in Pack.__dataclass_fields__ if name not in ("sheaves", "off")}
    sheaves = tuple(
        Sheaf(each["register"], tuple(each["columns"]), tuple(each["rows"]), dict(each["links"]))
        for each in told["sheaves"]
    )
    pack = Pack(**{name: told[name] for name in names}, off=tuple(told["off"]), sheaves=sheaves)
    soundness.keys(pack.center)
    soundness.lines(pack.center_name, pack.superior, pack.clerk, *pack.off)
    soundness.code(pack.center_code)
    soundness.level(pack.level)
    soundness.period(pack.month)
    soundness.count(pack.revision)
    soundness.flag(pack.full)
    soundness.moment(pack.made_at)
    soundness.count(pack.sealed)
    if len({each.register for each in sheaves}) < len(sheaves):
        raise ValueError
    for each in sheaves:
        register = REGISTERS[each.register]
        known = {column.name: column for column in columns_of(register, pack.full)}
        needed = ["record_no", "recorded_at", "valid_from" if register.standing else register.dated_by]
        soundness.rows(each.rows, [known[name] for name in dict.fromkeys(each.columns)], needed)
        soundness.names(each.links)
    return pack


def _compare(book: ReadBook, sheaf: Sheaf, edits: list[Edit], faults: list[str]) -> None:
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
    headings = {register.by_name[name].label: name for name in sheaf.columns} | {_UID_LABEL: _UID}
    found = table(sheet, headings, (CODE,))
    missing = [name for name in found.missing if sheaf.rows]
    if missing:
        told = "、".join(_UID_LABEL if name == _UID else register.by_name[name].label for name in missing)
        faults.append(_("工作表“{sheet}”少了这些栏：{columns}").format(sheet=sheet.name, columns=told))
        return
    originals = {row[_UID]: row for row in sheaf.rows}
    seen: set[str] = set()
    for number, values in found.rows:
        uid = text_of(values.get(_UID))
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
    uids = {row[_UID] for row in sheaf.rows}
    for each in book.sheets:
        if not each.hidden and any(uids & {text_of(cell) for cell in cells} for _number, cells in each.rows):
            return each
    return None


@on_paper()
def _edited(
    column: Column, original: Mapping[str, Any], value: Value, links: Mapping[str, str]
) -> tuple[str, str] | None:
    """Tell what a cell was and is, if it was edited."""
    was = text_of(_cell(column, original.get(column.name), links))
    is_ = text_of(value)
    if was == is_:
        return None
    try:
        told = typed(value, _format(column))
    except Wrong:
        return was, is_
    exported = typed(_cell(column, original.get(column.name), links), _format(column))
    if told == exported or (_format(column) == "decimal" and _number(told) == _number(exported)):
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
            sheaf, rows=tuple({**row, **changed.get((sheaf.register, row[_UID]), {})} for row in sheaf.rows)
        )
        for sheaf in read.pack.sheaves
    )
    return replace(read.pack, sheaves=sheaves)
