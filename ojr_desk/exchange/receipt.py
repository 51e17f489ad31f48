"""The receipt: what the superior answers to a pack, as a small workbook that the village reads back.

The receipts of a whole batch also go into one file for the group: without a word of what was found in whose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ojr_desk import __version__
from ojr_desk.exchange import soundness
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.manifest import (
    RECEIPT,
    RECEIPT_FORMAT,
    RECEIPT_READER,
    RECEIPTS,
    SHEET,
    manifest_of,
    written,
)
from ojr_desk.exchange.marks import REASONS, Mark, marks_in, reasons_told
from ojr_desk.exchange.reading import ReadBook, read_workbook
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.workbook import chunks, write_workbook
from ojr_desk.problems import Damaged, NotOurs
from ojr_desk.text import N_, _, listed, on_paper

STATES = {
    "received": N_("已收到"),
    "accepted": N_("已通过"),
    "returned": N_("退回修改"),
}


#: How much of a superior's note is kept.
MOST_WORDS = 2000


@dataclass(frozen=True)
class Receipt:
    """What was received, by whom, when, and what the superior says of it.

    *reasons* are keys of `REASONS`, *due_on* is the day until which it is to be put right, as text or nothing.
    """

    to_center: str
    to_name: str
    from_center: str
    from_name: str
    month: str
    revision: int
    code: str
    state: str
    at: str
    counts: Mapping[str, int]
    note: str = ""
    full: bool = False
    reasons: tuple[str, ...] = ()
    due_on: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    @on_paper()
    def words(self) -> str:
        """Say in a line why it was returned, what the superior wrote to it, and until when it is to be put right."""
        until = _("请在 {day} 以前改好报来").format(day=self.due_on) if self.due_on else ""
        return listed((reasons_told(self.reasons), self.note, until), N_("；"))

    @property
    def kind(self) -> str:
        """Name the sort of pack as the register of what was sent does."""
        return "full" if self.full else "month"


@on_paper()
def write(receipt: Receipt, path: Path) -> None:
    """Write the receipt to *path*."""
    rows = [
        (_("发给"), receipt.to_name),
        (_("收到单位"), receipt.from_name),
        (_("所属期"), receipt.month),
        (_("报的是"), _("补充件") if receipt.full else _("月报")),
        (_("版次"), _("第{revision}版").format(revision=receipt.revision)),
        (_("校验码"), receipt.code),
        (_("结果"), _(STATES[receipt.state])),
        (_("时间"), receipt.at),
        *([(_("记录数"), str(sum(receipt.counts.values())))] if receipt.counts else []),
        *([(_("退回原因"), reasons_told(receipt.reasons))] if receipt.reasons else []),
        *([(_("改好期限"), receipt.due_on)] if receipt.due_on else []),
        (_("意见"), receipt.note),
    ]
    columns = (SheetColumn("what", _("项目"), 20, "text"), SheetColumn("value", _("内容"), 60, "text"))
    sheet = Sheet(_("回执"), _("{name}月报回执").format(name=receipt.to_name), columns, rows, upright=True)
    sheets = [sheet, *([_marks(receipt)] if receipt.marks else [])]
    write_workbook(path, sheets, {SHEET: chunks(written({"kind": RECEIPT, **_about(), **asdict(receipt)}))})


def for_the_group(receipt: Receipt) -> Receipt:
    """Leave of a receipt what every village may read: whose it is, of which file, and how it was answered."""
    return replace(receipt, counts={}, note="", reasons=(), due_on="", marks=())


@on_paper()
def write_all(receipts: Sequence[Receipt], path: Path) -> None:
    """Write the receipts of many villages into one workbook, from which each takes its own."""
    bare = [for_the_group(each) for each in receipts]
    columns = (
        SheetColumn("name", _("单位"), 40, "text"),
        SheetColumn("month", _("所属期"), 14, "text"),
        SheetColumn("what", _("报的是"), 14, "text"),
        SheetColumn("revision", _("版次"), 12, "text"),
        SheetColumn("code", _("校验码"), 16, "text"),
        SheetColumn("state", _("结果"), 16, "text"),
        SheetColumn("at", _("时间"), 24, "text"),
    )
    rows = [
        (
            each.to_name,
            each.month,
            _("补充件") if each.full else _("月报"),
            _("第{revision}版").format(revision=each.revision),
            each.code,
            _(STATES[each.state]),
            each.at,
        )
        for each in bare
    ]
    sheet = Sheet(_("回执"), _("月报回执（{n} 份）").format(n=len(bare)), columns, rows)
    told = {"kind": RECEIPTS, **_about(), "receipts": [asdict(each) for each in bare]}
    write_workbook(path, [sheet], {SHEET: chunks(written(told))})


def _about() -> dict[str, object]:
    return {"format": RECEIPT_FORMAT, "reader": RECEIPT_READER, "program": __version__}


def _marks(receipt: Receipt) -> Sheet:
    """List for the eye what was found, record by record."""
    columns = (
        SheetColumn("number", _("编号"), 24, "text"),
        SheetColumn("column", _("栏目"), 20, "text"),
        SheetColumn("what", _("批注"), 60, "text"),
    )
    rows = [(each.number or _("整月"), each.label, each.what) for each in receipt.marks]
    return Sheet(_("批注"), _("上级批注（{n} 处）").format(n=len(rows)), columns, rows, upright=True)


def is_receipt(book: ReadBook) -> bool:
    """Tell whether a workbook of ours is a receipt; raises what `manifest_of` raises."""
    return bool(manifest_of(book).get("kind") == RECEIPT)


def read(path: Path) -> Receipt:
    """Read a receipt back; raises `NotOurs`, `Damaged` or `FromNewerProgram`."""
    return receipt_in(read_workbook(admit(path)))


def is_group(book: ReadBook) -> bool:
    """Tell whether a workbook of ours holds the receipts of many villages; raises what `manifest_of` raises."""
    return bool(manifest_of(book).get("kind") == RECEIPTS)


def group_in(book: ReadBook) -> tuple[Receipt, ...]:
    """Find all receipts of a file for the group; raises `Damaged`."""
    found = manifest_of(book).get("receipts")
    if not isinstance(found, list):
        raise _damaged(book)
    return tuple(for_the_group(_receipt(each, book)) for each in found)


def receipt_in(book: ReadBook) -> Receipt:
    """Find the receipt in a workbook; raises `NotOurs`, `Damaged` or `FromNewerProgram`."""
    told: dict[str, Any] = manifest_of(book)
    if told.get("kind") != RECEIPT:
        raise NotOurs(_("《{name}》不是回执。").format(name=book.name))
    return _receipt(told, book)


def _receipt(told: Any, book: ReadBook) -> Receipt:
    # What came with formats 2 and 3.
    later: dict[str, Any] = {"full": False, "reasons": (), "due_on": "", "marks": ()}
    try:
        told = {**later, **told}
        receipt = Receipt(**{name: told[name] for name in Receipt.__dataclass_fields__})
        soundness.flag(receipt.full)
        soundness.moment(receipt.at)
        soundness.keys(receipt.to_center, receipt.from_center)
        soundness.lines(receipt.to_name, receipt.from_name, receipt.code, receipt.at, *receipt.reasons)
        soundness.texts(receipt.note)
        soundness.period(receipt.month)
        soundness.count(receipt.revision)
        if receipt.due_on:
            date.fromisoformat(receipt.due_on)
        if receipt.state not in STATES:
            raise ValueError
        known = tuple(each if each in REASONS else "other" for each in receipt.reasons)
        return replace(
            receipt,
            counts=dict(receipt.counts),
            note=receipt.note[:MOST_WORDS],
            reasons=tuple(dict.fromkeys(known)),
            marks=marks_in(receipt.marks),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(book) from error


def _damaged(book: ReadBook) -> Damaged:
    return Damaged(_("《{name}》的回执不完整，请上级重新发。").format(name=book.name))
