"""What leaves this office: the month for the superior, and receipts and answers for the villages."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.backup.disk import make_folder
from ojr_desk.binding import Binder
from ojr_desk.desk.books import Books
from ojr_desk.desk.marks_in import answers_of
from ojr_desk.desk.marks_out import going_out, sent_with
from ojr_desk.desk.office import Office
from ojr_desk.exchange import pack as packs
from ojr_desk.exchange import receipt as receipts
from ojr_desk.exchange.contents import Pack
from ojr_desk.exchange.gather import Reporter, file_stem, gather
from ojr_desk.exchange.marks import REASONS
from ojr_desk.exchange.receipt import STATES, Receipt
from ojr_desk.moments import Month, show_moment
from ojr_desk.printing import ledger_pdf
from ojr_desk.problems import Refused
from ojr_desk.progress import Progress, silent
from ojr_desk.register import REGISTERS, Audience
from ojr_desk.rules.identity import bare_name
from ojr_desk.store import months, records
from ojr_desk.store.schema import ANSWER_OUT, PACK_IN, PACK_OUT
from ojr_desk.text import _, on_paper


@dataclass(frozen=True)
class Sent:
    """What was written for the superior."""

    files: tuple[Path, ...]
    pack: Pack


@dataclass(frozen=True)
class Verdict:
    """What a superior says to a report: `accepted` or `returned`, and why, by keys of `REASONS` and in words.

    What is returned bears the new marks of its month, and the day by which it is wanted back, if there is one.
    """

    state: str
    note: str = ""
    reasons: tuple[str, ...] = ()
    due_on: date | None = None


class Outbox:
    """Packs for the superior; receipts and answers for the villages."""

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
        # Nobody waits while files are written: what they hold is read already, and logged when they are there.
        with self._office.reading() as session:
            event = self._closing(session, month)
            gathered = gather(session, self._reporter(session, month), month, full)
            gathered = replace(gathered, answers=answers_of(session, month))
            pack = self._revised(session, gathered, event)
            ledgers = [] if full else self._twins(session, month, pack)
        make_folder(folder)
        stem = file_stem(pack)
        book, twin = folder / f"{stem}.xlsx", folder / f"{stem}.pdf"
        # The twin first: what cannot be printed, or has no room, leaves no workbook to be handed in.
        with _taken_back(twin), _taken_back(book):
            if not full:
                ledger_pdf.write(ledgers, twin, progress)
            packs.write(pack, book, password, progress)
            with self._office.writing("send") as session:
                if self._closing(session, month) != event:
                    raise Refused(
                        _("{month}刚才又打开过，没有导出，请再导出一次。").format(month=month.title)
                    )
                self._log(session, pack, book, event)
        return Sent(tuple(each.resolve() for each in ([book] if full else [book, twin])), pack)

    def answer(
        self, center: str, month: Month, state: str, note: str, path: Path, full: bool = False
    ) -> Path:
        """Write the superior's answer to the newest pack, or full pack, of a centre and month.

        *path* is the file, or a folder in which it gets a name of its own.
        """
        return self.judge(center, month, Verdict(state, note), path, full)

    def judge(self, center: str, month: Month, verdict: Verdict, path: Path, full: bool = False) -> Path:
        """Write what the superior says to the newest pack, or full pack, of a centre and month; raises `Refused`.

        *path* is the file, or a folder in which it gets a name of its own.
        """
        with self._office.reading() as session:
            row = self.newest(session, center, month, full)
            is_return = verdict.state == "returned"
            marks = going_out(session, row.center, row.month, row.id) if is_return else ()
            answer = replace(
                self._receipt(session, row, full),
                state=verdict.state,
                note=verdict.note.strip(),
                reasons=verdict.reasons if is_return else (),
                due_on=verdict.due_on.isoformat() if verdict.due_on and is_return else "",
                marks=marks,
            )
        self._refuse_unclear(answer, verdict)
        if path.is_dir():
            path /= _answer_name(answer, verdict.state)
        receipts.write(answer, path)
        with self._office.writing("answer") as session:
            entry = insert(ANSWER_OUT).values(pack=row.id, state=answer.state, note=answer.words)
            session.execute(entry.values(at=self._office.now(), by=self._office.user))
            sent_with(session, marks, row.id)
        return path

    def _refuse_unclear(self, answer: Receipt, verdict: Verdict) -> None:
        if answer.state != "returned":
            return
        if unknown := [each for each in answer.reasons if each not in REASONS]:
            raise Refused(_("没有“{reason}”这个退回原因。").format(reason=unknown[0][:20]))
        if not (answer.note or answer.marks or set(answer.reasons) - {"other"}):
            raise Refused(_("退回要写明哪里要改，村里才知道怎么改。"))
        if verdict.due_on is not None and verdict.due_on < self._office.today():
            raise Refused(_("改好的期限已经过了，请改一个以后的日子。"))

    def newest(self, session: Session, center: str, month: Month, full: bool = False) -> Any:
        """Read the entry of the newest pack, or full pack, of a centre and month; raises `Refused`."""
        uid = self.center_named(session, center)
        kind = "full" if full else "month"
        row = session.execute(
            select(PACK_IN)
            .where(PACK_IN.c.center == uid, PACK_IN.c.month == str(month), PACK_IN.c.kind == kind)
            .order_by(PACK_IN.c.revision.desc(), PACK_IN.c.id.desc())
        ).first()
        if row is None:
            told = (
                _("还没有收到{center} {month}的补充件。") if full else _("还没有收到{center} {month}的月报。")
            )
            raise Refused(told.format(center=center, month=month.title))
        return row

    def for_the_group(self, written: Sequence[Path], folder: Path) -> Path:
        """Put receipts that were written into one workbook for the group; each village takes its own from it.

        It tells of each no more than its name, month, revision, code and how it was answered.
        """
        if not written:
            raise Refused(_("没有回执可以合成一个文件：请先收下月报。"))
        found = [receipts.read(path) for path in written]
        make_folder(folder)
        now = self._office.now()
        with on_paper():
            path = folder / f"{_('全部回执')}_{now:%Y%m%d_%H%M}.xlsx"
        receipts.write_all(found, path)
        return path.resolve()

    def acknowledge(self, pack: Pack, out: Path) -> Path:
        """Write into the folder *out* the receipt for a pack that was taken in."""
        with self._office.reading() as session:
            received = self._receipt(session, pack, pack.full)
        make_folder(out)
        with on_paper():
            path = out / f"{file_stem(pack)}_{_('回执')}.xlsx"
        receipts.write(replace(received, counts=pack.counts), path)
        return path.resolve()

    def _reporter(self, session: Session, month: Month) -> Reporter:
        office = self._office
        kept = office.kept(session, month)
        clerk = office.clerk(session)
        return Reporter(office.center, office.level, kept, clerk, office.now(), office.calendar(session))

    def _closing(self, session: Session, month: Month) -> int:
        """Name the closing that a pack is made of; raises `Refused` while the month is open."""
        event = months.closing_event(session, self._office.center, month)
        if event is None:
            raise Refused(
                _("{month}还没有结账，先结账再导出（ojr-desk close {code}）。").format(
                    month=month.title, code=month
                )
            )
        return event

    def _revised(self, session: Session, pack: Pack, event: int) -> Pack:
        """Give the pack its revision: that of an equal one sent before, else the next.

        It goes up whenever the month was opened again or returned since, also if nothing else has changed: so
        an office that went back to a backup gets past what it sent before. The month's pack and the full one
        of one closing bear one revision, and each its own code.
        """
        rows = session.execute(
            select(PACK_OUT).where(PACK_OUT.c.month == pack.month).order_by(PACK_OUT.c.revision.desc())
        ).all()
        if not rows:
            return pack
        newest = replace(pack, revision=rows[0].revision)
        for row in rows:
            if row.revision == newest.revision:
                is_other = row.kind == pack.kind and row.digest != newest.digest
                # Files of older programs do not tell which closing they were made of.
                if is_other or row.state == "returned" or row.event not in (None, event):
                    return replace(pack, revision=newest.revision + 1)
        return newest

    @on_paper()
    def _twins(self, session: Session, month: Month, pack: Pack) -> list[Any]:
        office = self._office
        calendar = office.calendar(session)
        binder = Binder(month, office.center, Audience.SUPERIOR, office.now(), pack.clerk, calendar)
        bound = [
            binding.monthly(session, register, book, binder)
            for register in self._office.kept(session, month)
            for book in register.books
        ]
        return [replace(each, code=pack.code) for each in bound]

    def _log(self, session: Session, pack: Pack, file: Path, event: int) -> None:
        """Enter what is sent into the register of reports, once for each revision, with when it last went out."""
        there = select(PACK_OUT.c.id).where(
            PACK_OUT.c.kind == pack.kind,
            PACK_OUT.c.month == pack.month,
            PACK_OUT.c.revision == pack.revision,
        )
        if (sent := session.execute(there).scalar()) is not None:
            session.execute(update(PACK_OUT).where(PACK_OUT.c.id == sent).values(at=self._office.now()))
        else:
            session.execute(
                insert(PACK_OUT).values(
                    kind=pack.kind,
                    event=event,
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

    def _receipt(self, session: Session, pack: Any, full: bool) -> Receipt:
        """Begin the receipt for a pack, or for the entry of one in the register of what was received."""
        own = self._office.own(session)
        village = records.get(session, REGISTERS["center"], pack.center)
        return Receipt(
            to_center=pack.center,
            to_name=village.official_name if village else "",
            from_center=self._office.center,
            from_name=own.official_name,
            month=pack.month,
            revision=pack.revision,
            code=pack.code,
            state="received",
            at=show_moment(self._office.now()),
            counts={},
            full=full,
        )

    def center_named(self, session: Session, word: str) -> str:
        """Find a village by uid, name, short name or code; raises `Refused`."""
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


@on_paper()
def _answer_name(receipt: Receipt, state: str) -> str:
    name = bare_name(receipt.to_name)
    told = f"{name}_{receipt.month}_V{receipt.revision}_{_(STATES[state])}"
    return "".join(each for each in told if each not in '\\/:*?"<>| ') + ".xlsx"


@contextmanager
def _taken_back(file: Path) -> Iterator[None]:
    """Take *file* away again when what belongs to it does not come about, unless it was there before."""
    was_there = file.exists()
    try:
        yield
    except BaseException:
        if not was_there:
            file.unlink(missing_ok=True)
        raise
