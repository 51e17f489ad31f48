"""Sending the month to the superior, taking in what others send, and the receipts between."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.backup.disk import make_folder
from ojr_desk.binding import Binder
from ojr_desk.desk.books import Books
from ojr_desk.desk.office import Office
from ojr_desk.exchange import consolidate
from ojr_desk.exchange import pack as packs
from ojr_desk.exchange import receipt as receipts
from ojr_desk.exchange.consolidate import TAKEN, Plan
from ojr_desk.exchange.contents import Pack
from ojr_desk.exchange.edits import Edit
from ojr_desk.exchange.gather import Reporter, file_stem, gather
from ojr_desk.exchange.receipt import Receipt
from ojr_desk.moments import Month, show_moment
from ojr_desk.printing import ledger_pdf
from ojr_desk.problems import NotOurs, Refused, UserError
from ojr_desk.progress import Progress, silent
from ojr_desk.register import REGISTERS, Audience
from ojr_desk.registers.center import LEVELS
from ojr_desk.store import months, records
from ojr_desk.store.schema import PACK_IN, PACK_OUT
from ojr_desk.text import _, on_paper


@dataclass(frozen=True)
class Sent:
    """What was written for the superior."""

    files: tuple[Path, ...]
    pack: Pack


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

    @property
    def fine(self) -> bool:
        """Tell whether nothing needs to be done about the file."""
        return self.taken or self.decision == "same"


class Exchange:
    """Packs out, packs in."""

    def __init__(self, office: Office, books: Books) -> None:
        self._office = office
        self._books = books

    def send(
        self,
        month: Month,
        folder: Path,
        password: str | None = None,
        progress: Progress = silent,
    ) -> Sent:
        """Write the month's pack and its PDF twin; with a *password*, the full pack and no twin.

        The month must be closed. The same content keeps its revision, another gets the next one.
        """
        full = password is not None
        with self._office.writing("send") as session:
            if month not in months.closed(session, self._office.center):
                raise Refused(
                    _("{month}还没有结账，先结账再导出（ojr-desk close {code}）。").format(
                        month=month.title, code=month
                    )
                )
            pack = self._revised(session, gather(session, self._reporter(session), month, full))
            ledgers = [] if full else self._twins(session, month, pack)
            make_folder(folder)
            stem = file_stem(pack)
            book = folder / f"{stem}.xlsx"
            packs.write(pack, book, password, progress)
            files = [book]
            if not full:
                twin = folder / f"{stem}.pdf"
                ledger_pdf.write(ledgers, twin, progress)
                files.append(twin)
                self._log(session, pack, book)
            return Sent(tuple(each.resolve() for each in files), pack)

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

    def plan(self, path: Path, password: str | None = None) -> Plan:
        """Tell what taking a pack in would do."""
        read = packs.read(path, password)
        self._refuse_strange(read.pack, path)
        with self._office.reading() as session:
            return consolidate.plan(session, read, self._office.now())

    def carry_out(self, plan: Plan, file: str) -> None:
        """Do what was planned and shown; planned anew, in case something came in between."""
        with self._office.writing("receive") as session:
            fresh = consolidate.plan(session, plan.read, self._office.now())
            if not fresh.take:
                raise Refused(_("这个文件刚才已经收过或有问题，没有重复收。"))
            consolidate.carry_out(session, fresh, self._office.now(), self._office.user, file)

    def answer(self, center: str, month: Month, state: str, note: str, path: Path) -> Path:
        """Write the superior's answer to the newest pack of a centre and month."""
        with self._office.reading() as session:
            uid = self._center(session, center)
            row = session.execute(
                select(PACK_IN)
                .where(PACK_IN.c.center == uid, PACK_IN.c.month == str(month), PACK_IN.c.kind == "month")
                .order_by(PACK_IN.c.revision.desc(), PACK_IN.c.id.desc())
            ).first()
            if row is None:
                raise Refused(
                    _("还没有收到{center} {month}的月报。").format(center=center, month=month.title)
                )
            answer = self._receipt(session, uid, str(month), row.revision, row.code, state, {}, note)
        receipts.write(answer, path)
        return path

    def _reporter(self, session: Session) -> Reporter:
        office = self._office
        kept = tuple(each for each in REGISTERS.values() if office.enabled(each))
        clerk = records.labels(session, "staff", [office.user]).get(office.user, "") if office.user else ""
        return Reporter(office.center, office.level, kept, clerk, office.now())

    def _revised(self, session: Session, pack: Pack) -> Pack:
        """Give the pack its revision: that of an equal one sent before, else the next."""
        rows = session.execute(
            select(PACK_OUT.c.revision, PACK_OUT.c.digest)
            .where(PACK_OUT.c.month == pack.month)
            .order_by(PACK_OUT.c.revision.desc())
        ).all()
        if not rows:
            return pack
        last = replace(pack, revision=rows[0].revision)
        if pack.full or last.digest == rows[0].digest:
            return last
        return replace(pack, revision=rows[0].revision + 1)

    @on_paper()
    def _twins(self, session: Session, month: Month, pack: Pack) -> list[Any]:
        binder = Binder(month, self._office.center, Audience.SUPERIOR, self._office.now(), pack.clerk)
        bound = [binding.monthly(session, register, book, binder) for register, book in self._books.all()]
        return [binding.sealed(each, pack.code, self._office.now()) for each in bound]

    def _log(self, session: Session, pack: Pack, file: Path) -> None:
        """Enter what is sent into the register of reports, once for each revision."""
        there = select(PACK_OUT.c.id).where(
            PACK_OUT.c.month == pack.month, PACK_OUT.c.revision == pack.revision
        )
        if session.execute(there).first() is None:
            session.execute(
                insert(PACK_OUT).values(
                    month=pack.month,
                    revision=pack.revision,
                    code=pack.code,
                    digest=pack.digest,
                    at=self._office.now(),
                    by=self._office.user,
                    file=file.name,
                    state="sent",
                )
            )

    def _receive(self, path: Path, out: Path | None, password: str | None, dry_run: bool) -> Received:
        if receipts.kind_of(path, password) == "receipt":
            return self._receive_receipt(path, dry_run)
        plan = self.plan(path, password)
        pack = plan.read.pack
        taken = plan.take and plan.decision in TAKEN
        written = None
        if taken and not dry_run:
            self.carry_out(plan, path.name)
        if out is not None and not dry_run and (taken or plan.decision == "same"):
            written = self._write_receipt(pack, out)
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
            written,
        )

    def _receive_receipt(self, path: Path, dry_run: bool) -> Received:
        receipt = receipts.read(path)
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

    def _write_receipt(self, pack: Pack, out: Path) -> Path:
        with self._office.reading() as session:
            receipt = self._receipt(
                session, pack.center, pack.month, pack.revision, pack.code, "received", pack.counts, ""
            )
        make_folder(out)
        with on_paper():
            path = out / f"{file_stem(pack)}_{_('回执')}.xlsx"
        receipts.write(receipt, path)
        return path.resolve()

    def _receipt(
        self,
        session: Session,
        center: str,
        month: str,
        revision: int,
        code: str,
        state: str,
        counts: Mapping[str, int],
        note: str,
    ) -> Receipt:
        own = self._office.own(session)
        village = records.get(session, REGISTERS["center"], center)
        return Receipt(
            to_center=center,
            to_name=village.official_name if village else "",
            from_center=self._office.center,
            from_name=own.official_name,
            month=month,
            revision=revision,
            code=code,
            state=state,
            at=show_moment(self._office.now()),
            counts=counts,
            note=note,
        )

    def _center(self, session: Session, word: str) -> str:
        """Find a village by uid, name, short name or code."""
        model: Any = REGISTERS["center"].model
        found = session.execute(
            select(model.uid).where(
                model.center != self._office.center,
                (model.uid == word)
                | (model.official_name == word)
                | (model.short_name == word)
                | (model.division_code == word),
            )
        ).scalars()
        uids = list(found)
        if len(uids) != 1:
            raise Refused(
                _("没有找到“{word}”这个中心（或不止一个），请用全称或区划代码。").format(word=word[:40])
            )
        return str(uids[0])

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
