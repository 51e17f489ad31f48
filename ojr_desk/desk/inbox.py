"""What comes into this office: packs of the villages, and receipts and answers of the superior."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ojr_desk import __version__, crash
from ojr_desk.backup.disk import make_folder
from ojr_desk.desk.answers import take_answer, take_group
from ojr_desk.desk.handmade import HandAnswers, Handmade, HandPlan
from ojr_desk.desk.marks_out import take_answers
from ojr_desk.desk.notices import RECEIVED, take_notice
from ojr_desk.desk.office import Office
from ojr_desk.desk.outbox import Outbox
from ojr_desk.desk.units import take_up
from ojr_desk.exchange import consolidate
from ojr_desk.exchange import notice as notices
from ojr_desk.exchange import pack as packs
from ojr_desk.exchange import receipt as receipts
from ojr_desk.exchange.consolidate import DECISIONS, TAKEN, Plan
from ojr_desk.exchange.contents import Pack
from ojr_desk.exchange.edits import Edit, ReadPack
from ojr_desk.exchange.gate import Admitted, admit
from ojr_desk.exchange.notice import Notice
from ojr_desk.exchange.reading import ReadBook, read_workbook
from ojr_desk.exchange.receipt import STATES, Receipt
from ojr_desk.exchange.revising import Revised
from ojr_desk.problems import NoRoom, NotOurs, Refused, Taken, UserError
from ojr_desk.progress import Progress, silent
from ojr_desk.registers.center import LEVELS
from ojr_desk.text import N_, _

#: What becomes of a file that a village made by hand.
_BY_HAND = {"manual": N_("手工报，收下"), "unconfirmed": N_("手工报，要先确认")}
#: What a file can turn out to be, in the words of people.
_OUTCOMES = {**STATES, **DECISIONS, **_BY_HAND, "notice": RECEIVED}
#: A receipt or a notice that this office wrote itself: it lies among what was received, and is passed over.
_OWN = "own"


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
    displaced: int = 0
    notes: tuple[str, ...] = ()
    revised: tuple[Revised, ...] = ()
    by_hand: HandPlan | None = None

    @property
    def outcome(self) -> str:
        """Say in a few words what the file turned out to be."""
        return _(_OUTCOMES[self.decision])

    @property
    def notices(self) -> tuple[str, ...]:
        """Tell what the person has to know or do that this program cannot."""
        told = list(self.notes)
        if self.withdrawn:
            gone = _(
                "{center}撤回了 {n} 条以前报来的记录，本机不留内容；以前的备份和打印的纸里还有，请收回销毁。"
            )
            told.append(gone.format(center=self.center, n=self.withdrawn))
        if self.displaced:
            other = _("以前报来的 {n} 条，编号已归{center}的另一条记录，作废。")
            told.append(other.format(center=self.center, n=self.displaced))
        return tuple(told)

    @property
    def fine(self) -> bool:
        """Tell whether nothing needs to be done about the file."""
        return not self.problems and (self.taken or self.decision == "same")


class Inbox:
    """Packs, receipts and answers as files."""

    def __init__(self, office: Office, outbox: Outbox) -> None:
        self._office = office
        self._outbox = outbox
        self._handmade = Handmade(office)

    def receive(
        self,
        paths: Sequence[Path],
        out: Path | None = None,
        password: str | None = None,
        dry_run: bool = False,
        progress: Progress = silent,
    ) -> list[Received]:
        """Take in files and folders of files, each whole or not at all; receipts go to *out*."""
        if out is not None and not dry_run:
            # Where no receipt can be written nothing is taken in.
            make_folder(out)
        files = list(_files(paths))
        found: list[Received] = []
        in_the_way = ""
        for done, path in enumerate(files):
            progress(done, len(files))
            try:
                received = None if in_the_way else self._receive(path, out, password, dry_run)
            except UserError as error:
                received = Received(path, "refused", False, problems=(error.message,))
                if isinstance(error, Taken | NoRoom):
                    # What keeps the folder from being written to keeps it from every file: nobody waits again.
                    in_the_way = error.message
            except Exception as bug:  # noqa: BLE001 - a bug over one village's file must not keep out the others'
                received = self._failed(path, bug)
            if received is None:
                received = Received(path, "refused", False, problems=(in_the_way,))
            if received.decision != _OWN or path in paths:
                found.append(received)
        progress(len(files), len(files))
        return found

    def _failed(self, path: Path, bug: Exception) -> Received:
        report = crash.report(bug, self._office.folder, self._office.now(), __version__)
        told = _("程序出错了，这个文件没有收，报告已存到 {path}。请把报告和这个文件交给维护人员。")
        return Received(path, "failed", False, problems=(told.format(path=report),))

    def _receive(self, path: Path, out: Path | None, password: str | None, dry_run: bool) -> Received:
        admitted = admit(path, password)
        book = read_workbook(admitted)
        if self._handmade.is_candidate(book):
            return self._receive_by_hand(admitted, book, path, dry_run)
        if receipts.is_receipt(book):
            return self._receive_receipt(receipts.receipt_in(book), path, dry_run)
        if receipts.is_group(book):
            return self._receive_group(receipts.group_in(book), path, dry_run)
        if notices.is_notice(book):
            return self._receive_notice(notices.notice_in(book), path, dry_run)
        read = packs.pack_in(book)
        pack = read.pack
        self._refuse_strange(pack, path)
        with self._office.reading() as session:
            plan = consolidate.plan(session, read, self._office.now())
        taken = plan.take and plan.decision in TAKEN
        notes = (*admitted.warnings, *read.notes)
        if taken and not dry_run:
            notes += self._carry_out(read, path.name)
        problems = [problem.message for problem in plan.problems] + _why(plan, pack)
        receipt = None
        if out is not None and not dry_run and (taken or plan.decision == "same"):
            try:
                receipt = self._outbox.acknowledge(pack, out)
            except UserError as error:
                # It is in all the same: received again it is the same, and gets its receipt.
                told = _("月报已经收下，回执没有写成：{why}腾出地方后再收一次，就有回执。")
                problems.append(told.format(why=error.message))
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
            tuple(problems),
            receipt,
            len(plan.withdrawn),
            len(set(plan.displaced) - set(plan.withdrawn)),
            notes,
            plan.revised,
        )

    def _carry_out(self, read: ReadPack, file: str) -> tuple[str, ...]:
        """Do what was planned and shown; planned anew, in case something came in between. Tells what to know."""
        with self._office.writing("receive") as session:
            fresh = consolidate.plan(session, read, self._office.now())
            if not fresh.take:
                raise Refused(_("这个文件刚才已经收过或有问题，没有重复收。"))
            consolidate.carry_out(session, fresh, self._office.now(), self._office.user, file)
            told = take_up(session, self._office, read.pack)
            take_answers(session, read.pack)
        if fresh.withdrawn:
            self._office.database.sweep()
        return (told,) if told else ()

    def _receive_receipt(self, receipt: Receipt, path: Path, dry_run: bool) -> Received:
        about = (receipt.from_name, receipt.month, receipt.revision)
        if receipt.from_center == self._office.center:
            told = _("这是本中心自己写的，要交给{center}。").format(center=receipt.to_name)
            return Received(path, _OWN, False, *about, problems=(told,))
        decision, notes = take_answer(self._office, receipt, path.name, dry_run)
        return Received(path, decision, decision != "same", *about, notes=notes)

    def _receive_group(self, found: Sequence[Receipt], path: Path, dry_run: bool) -> Received:
        if any(each.from_center == self._office.center for each in found):
            return Received(path, _OWN, False, problems=(_("这是本中心自己写的，要发到村社区的群里。"),))
        decision, notes = take_group(self._office, found, path.name, dry_run)
        center = next(each.from_name for each in found)
        return Received(path, decision, decision != "same", center, notes=notes)

    def _receive_notice(self, notice: Notice, path: Path, dry_run: bool) -> Received:
        if notice.from_center == self._office.center:
            told = _("这是本中心自己写的，要交给{center}。").format(center=notice.to_name)
            return Received(path, _OWN, False, notice.from_name, problems=(told,))
        decision, notes = take_notice(self._office, notice, path.name, dry_run)
        return Received(path, decision, decision != "same", notice.from_name, notes=notes)

    def _receive_by_hand(self, admitted: Admitted, book: ReadBook, path: Path, dry_run: bool) -> Received:
        """Take in a report that a village made by hand, if nothing need be asked."""
        answers = HandAnswers()
        plan = self._handmade.plan_of(admitted, book, answers)
        if plan.take and not dry_run:
            self._handmade.carry_out(admitted, book, answers)
        return received_by_hand(path, plan)

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


def received_by_hand(path: Path, plan: HandPlan) -> Received:
    """Tell what became of a file that a village made by hand."""
    return Received(
        path,
        plan.decision,
        plan.take,
        plan.unit.name if plan.unit else "",
        str(plan.month) if plan.month else "",
        new=len(plan.book.numbers) if plan.take else 0,
        problems=plan.problems,
        notes=plan.notes,
        by_hand=plan,
    )


def _why(plan: Plan, pack: Pack) -> list[str]:
    """Say why a pack was not taken in, and what to do."""
    if plan.take or plan.decision in ("same", "refused"):
        return []
    told = {
        "older": _(
            "已经收过更新的版次，这一份（第{n}版）不用再收。"
            "村里恢复过备份、版次倒退了的，请给村里一份退回（answer），村里先收下，再打开、结账、导出。"
        ),
        "conflict": _("同是第{n}版，内容却和收过的不一样。请村里核对后重新打开、结账、导出新的版次。"),
        "edited": _(
            "第{n}版的原件已经收下，这一份改动过，没有收。要改的，请村里重新打开、改好、结账，导出新的版次。"
        ),
    }
    return [told[plan.decision].format(n=pack.revision)]


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
