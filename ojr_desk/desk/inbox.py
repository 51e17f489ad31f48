"""What comes into this office: packs of the villages, and receipts and answers of the superior."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update

from ojr_desk.desk.office import Office
from ojr_desk.desk.outbox import Outbox
from ojr_desk.exchange import consolidate
from ojr_desk.exchange import pack as packs
from ojr_desk.exchange import receipt as receipts
from ojr_desk.exchange.consolidate import TAKEN
from ojr_desk.exchange.contents import Pack
from ojr_desk.exchange.edits import Edit, ReadPack
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.exchange.receipt import Receipt
from ojr_desk.problems import NotOurs, Refused, UserError
from ojr_desk.progress import Progress, silent
from ojr_desk.registers.center import LEVELS
from ojr_desk.store.schema import PACK_OUT
from ojr_desk.text import _


@dataclass(frozen=True)
class Received:
    """What became of one file that was taken in."""

    path: Path
    decision: str
    taken: bool
    center: str = ""
    month: str = ""
    revision: int = 0
    new: int = 0
    changed: int = 0
    edited: tuple[Edit, ...] = ()
    problems: tuple[str, ...] = ()
    receipt: Path | None = None
    withdrawn: int = 0

    @property
    def notices(self) -> tuple[str, ...]:
        """Tell what the person has to do that this program cannot."""
        if not self.withdrawn:
            return ()
        told = _(
            "{center}撤回了 {n} 条以前报来的记录（已改为密封），本机已不留内容；以前的备份和打印的纸里还有，请收回销毁。"
        )
        return (told.format(center=self.center, n=self.withdrawn),)

    @property
    def fine(self) -> bool:
        """Tell whether nothing needs to be done about the file."""
        return self.taken or self.decision == "same"


class Inbox:
    """Packs, receipts and answers as files."""

    def __init__(self, office: Office, outbox: Outbox) -> None:
        self._office = office
        self._outbox = outbox

    def receive(
        self,
        paths: Sequence[Path],
        out: Path | None = None,
        password: str | None = None,
        dry_run: bool = False,
        progress: Progress = silent,
    ) -> list[Received]:
        """Take in files and folders of files, each whole or not at all; receipts go to *out*."""
        files = list(_files(paths))
        received = []
        for done, path in enumerate(files):
            progress(done, len(files))
            try:
                received.append(self._receive(path, out, password, dry_run))
            except UserError as error:
                received.append(Received(path, "refused", False, problems=(error.message,)))
        progress(len(files), len(files))
        return received

    def _receive(self, path: Path, out: Path | None, password: str | None, dry_run: bool) -> Received:
        book = read_workbook(admit(path, password))
        if receipts.is_receipt(book):
            return self._receive_receipt(receipts.receipt_in(book), path, dry_run)
        read = packs.pack_in(book)
        pack = read.pack
        self._refuse_strange(pack, path)
        with self._office.reading() as session:
            plan = consolidate.plan(session, read, self._office.now())
        taken = plan.take and plan.decision in TAKEN
        if taken and not dry_run:
            self._carry_out(read, path.name)
        receipt = None
        if out is not None and not dry_run and (taken or plan.decision == "same"):
            receipt = self._outbox.acknowledge(pack, out)
        return Received(
            path,
            plan.decision,
            taken,
            pack.center_name,
            pack.month,
            pack.revision,
            plan.new,
            plan.changed,
            plan.edits,
            tuple(problem.message for problem in plan.problems) or _why(plan.decision, pack),
            receipt,
            len(plan.withdrawn),
        )

    def _carry_out(self, read: ReadPack, file: str) -> None:
        """Do what was planned and shown; planned anew, in case something came in between."""
        with self._office.writing("receive") as session:
            fresh = consolidate.plan(session, read, self._office.now())
            if not fresh.take:
                raise Refused(_("这个文件刚才已经收过或有问题，没有重复收。"))
            consolidate.carry_out(session, fresh, self._office.now(), self._office.user, file)
        if fresh.withdrawn:
            self._office.database.sweep()

    def _receive_receipt(self, receipt: Receipt, path: Path, dry_run: bool) -> Received:
        if receipt.to_center != self._office.center:
            raise NotOurs(
                _("《{name}》是发给{center}的回执，不是本中心的。").format(
                    name=path.name, center=receipt.to_name
                )
            )
        with self._office.writing("receive receipt") as session:
            row = session.execute(
                select(PACK_OUT).where(
                    PACK_OUT.c.month == receipt.month, PACK_OUT.c.revision == receipt.revision
                )
            ).first()
            if row is None or row.code != receipt.code:
                raise NotOurs(
                    _("《{name}》回执的校验码和本中心报出的不一致，请核对。").format(name=path.name)
                )
            same = row.state == receipt.state and (row.note or "") == receipt.note
            if not same and not dry_run:
                session.execute(
                    update(PACK_OUT)
                    .where(PACK_OUT.c.id == row.id)
                    .values(state=receipt.state, note=receipt.note, answered_at=self._office.now())
                )
        decision = "same" if same else receipt.state
        return Received(path, decision, not same, receipt.from_name, receipt.month, receipt.revision)

    def _refuse_strange(self, pack: Pack, path: Path) -> None:
        """Refuse a pack that is our own, or comes from nobody below us."""
        if pack.center == self._office.center:
            raise NotOurs(_("《{name}》是本中心自己的月报，要交给上级。").format(name=path.name))
        order = list(LEVELS)
        own, theirs = order.index(self._office.level), order.index(pack.level)
        if own >= order.index("village") or theirs <= own:
            raise NotOurs(
                _("《{name}》是{center}的月报，本中心不是它的上级，不能收。").format(
                    name=path.name, center=pack.center_name
                )
            )


def _why(decision: str, pack: Pack) -> tuple[str, ...]:
    """Say why a pack was not taken in, and what to do."""
    if decision == "older":
        return (_("已经收过更新的版次，这一份（第{n}版）不用再收。").format(n=pack.revision),)
    if decision == "conflict":
        return (
            _("同是第{n}版，内容却和收过的不一样。请村里核对后重新打开、结账、导出新的版次。").format(
                n=pack.revision
            ),
        )
    return ()


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    """List the files meant: of a folder all workbooks in it and below."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                each
                for each in path.rglob("*")
                if each.is_file()
                and each.suffix.lower() in (".xlsx", ".xls", ".et")
                and each.name[:2] != "~$"
            )
        else:
            yield path
