"""The receipt: what the superior answers to a pack, as a small workbook that the village reads back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ojr_desk import __version__
from ojr_desk.exchange import soundness
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.manifest import RECEIPT, RECEIPT_FORMAT, RECEIPT_READER, SHEET, manifest_of, written
from ojr_desk.exchange.reading import ReadBook, read_workbook
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.workbook import chunks, write_workbook
from ojr_desk.problems import Damaged, NotOurs
from ojr_desk.text import N_, _, on_paper

STATES = {
    "received": N_("已收到"),
    "accepted": N_("已通过"),
    "returned": N_("退回修改"),
}


#: How much of a superior's note is kept.
MOST_WORDS = 2000


@dataclass(frozen=True)
class Receipt:
    """What was received, by whom, when, and what the superior says of it."""

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
        (_("意见"), receipt.note),
    ]
    columns = (SheetColumn("what", _("项目"), 20, "text"), SheetColumn("value", _("内容"), 60, "text"))
    sheet = Sheet(_("回执"), _("{name}月报回执").format(name=receipt.to_name), columns, rows, upright=True)
    about = {"format": RECEIPT_FORMAT, "reader": RECEIPT_READER, "program": __version__}
    told = {"kind": RECEIPT, **about, **asdict(receipt)}
    write_workbook(path, [sheet], {SHEET: chunks(written(told))})


def is_receipt(book: ReadBook) -> bool:
    """Tell whether a workbook of ours is a receipt; raises what `manifest_of` raises."""
    return bool(manifest_of(book).get("kind") == RECEIPT)


def read(path: Path) -> Receipt:
    """Read a receipt back; raises `NotOurs`, `Damaged` or `FromNewerProgram`."""
    return receipt_in(read_workbook(admit(path)))


def receipt_in(book: ReadBook) -> Receipt:
    """Find the receipt in a workbook; raises `NotOurs`, `Damaged` or `FromNewerProgram`."""
    told: dict[str, Any] = manifest_of(book)
    if told.get("kind") != RECEIPT:
        raise NotOurs(_("《{name}》不是回执。").format(name=book.name))
    try:
        # Since format 2.
        told.setdefault("full", False)
        receipt = Receipt(**{name: told[name] for name in Receipt.__dataclass_fields__})
        soundness.flag(receipt.full)
        soundness.moment(receipt.at)
        soundness.keys(receipt.to_center, receipt.from_center)
        soundness.lines(receipt.to_name, receipt.from_name, receipt.code, receipt.at)
        soundness.texts(receipt.note)
        soundness.period(receipt.month)
        soundness.count(receipt.revision)
        receipt = replace(receipt, counts=dict(receipt.counts), note=receipt.note[:MOST_WORDS])
        if receipt.state not in STATES:
            raise ValueError
        return receipt
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(_("《{name}》的回执不完整，请上级重新发。").format(name=book.name)) from error
