"""Bringing an office's own old Excel book into a register: planned, shown, carried out — and twice is once."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlmodel import Session

from ojr_desk.desk.loading_memory import last_loaded, memory_of, remember_hints, remember_rows
from ojr_desk.desk.loading_plan import Loading, SheetPlan, Wishes
from ojr_desk.desk.loading_work import Work
from ojr_desk.desk.office import Office
from ojr_desk.desk.registers import Registers
from ojr_desk.desk.undo import Offer
from ojr_desk.exchange.old_book import key_of, read
from ojr_desk.exchange.old_book_headings import Target, targets
from ojr_desk.exchange.old_book_hints import Hints, Memory
from ojr_desk.exchange.old_book_returned import write_back
from ojr_desk.problems import Refused, Wrong
from ojr_desk.progress import Progress, silent
from ojr_desk.register import Given, Link, Register, is_blank
from ojr_desk.store import deeds
from ojr_desk.text import N_, _, labelled, on_paper

__all__ = ["Hints", "Loading", "OldBooks", "SheetPlan", "Wishes"]

#: How the name of a file with refused rows ends.
_RETURNED = N_("（退回{number}）")
#: How long a book that was loaded is offered to be undone: longer than other deeds, nobody reads 3 000 rows at once.
_OFFERED = timedelta(days=60)
_ISO_DAY = 10


class OldBooks:
    """The books that this office kept before."""

    def __init__(self, office: Office, registers: Registers) -> None:
        self._office = office
        self._registers = registers

    def targets(self, code: str) -> dict[str, Target]:
        """List what a heading may be said to mean, by name."""
        return targets(self._registers.named(code))

    def memory(self, code: str) -> Memory:
        """Tell what is known of the tables that a register's records stood in before."""
        register = self._registers.to_add(code)
        with self._office.reading() as session:
            return memory_of(session, self._office, register)

    def remember(self, code: str, key: str, hints: Hints) -> None:
        """Keep what was said of a table with the headings that *key* stands for, beside what was said before."""
        register = self._registers.to_add(code)
        with self._office.writing(f"remember {code}") as session:
            before = memory_of(session, self._office, register).tables.get(key)
            remember_hints(session, register, key, hints.over(before))

    def last(self, code: str) -> Offer | None:
        """Offer to undo the last book that was loaded into a register, whoever did it; none of two months ago."""
        register = self._registers.to_add(code)
        since = (self._office.now() - _OFFERED).isoformat(timespec="seconds")
        with self._office.reading() as session:
            found = last_loaded(session, register, since)
            if found is None:
                return None
            deed, at = found
            _record, count = deeds.last_of(session, deed)
            return Offer(deed, _("{day} 补录的 {count} 条").format(day=at[:_ISO_DAY], count=count))

    def plan(
        self,
        code: str,
        path: Path,
        wishes: Wishes | None = None,
        password: str | None = None,
        progress: Progress = silent,
    ) -> Loading:
        """Tell what loading the book at *path* would do; nothing is stored.

        Raises `NotOurs`, `Damaged`, `Locked`, and `Refused` where the register takes no records or a wish
        names what is not there.
        """
        register = self._registers.to_add(code)
        wishes = wishes or Wishes()
        with self._office.reading() as session:
            work = self._begin(session, register, path, wishes, password)
            for sheet, row, _digest in work.rows(progress):
                work.judge(sheet, row)
            return work.told()

    def load(
        self,
        code: str,
        path: Path,
        wishes: Wishes | None = None,
        rejects: Path | None = None,
        password: str | None = None,
        progress: Progress = silent,
    ) -> Loading:
        """Store what is accepted of the book at *path*, and write back what is not: all of it, or nothing.

        The refused rows go to *rejects*, else beside the book. Raises what `plan` raises, and `NoRoom`.
        """
        register = self._registers.to_add(code)
        wishes = wishes or Wishes()
        if rejects is not None and rejects.resolve() == path.resolve():
            raise Refused(_("退回的行不能写进原来的文件，请另起一个名字。"))
        with self._office.writing(f"load {code}") as session:
            work = self._begin(session, register, path, wishes, password)
            stored: dict[str, str] = {}
            for sheet, row, digest in work.rows(progress):
                if uid := work.store(sheet, row):
                    stored[digest] = uid
            for sheet in work.book.sheets:
                if sheet.hints.columns or sheet.hints.words:
                    remember_hints(session, register, key_of(sheet.table.heads), sheet.hints)
            if stored:
                remember_rows(session, register, stored)
            told = replace(work.told(), stored=tuple(stored.values()))
            returned = work.handed_back()
            if not returned:
                return told
            # A disk that is full now undoes the whole act: no row may be in neither place.
            target = rejects or beside(path)
            write_back(target, returned)
            return replace(told, rejects=target.resolve())

    def _begin(
        self, session: Session, register: Register, path: Path, wishes: Wishes, password: str | None
    ) -> Work:
        _refuse_strange(register, wishes, self._office.given(session))
        book = read(path, register, wishes.hints, memory_of(session, self._office, register), password)
        return Work(session, self._office, register, book, wishes)


@on_paper()
def beside(path: Path) -> Path:
    """Name the file for the refused rows of the book at *path*: beside it, and none that is there."""
    ending = re.escape(_(_RETURNED)).replace(re.escape("{number}"), "[0-9]*")
    stem = re.sub(f"{ending}$", "", path.stem)
    for number in count(1):
        found = path.with_name(f"{stem}{_(_RETURNED).format(number=number if number > 1 else '')}.xlsx")
        if not found.exists():
            break
    return found


def _refuse_strange(register: Register, wishes: Wishes, given: Given) -> None:
    """Refuse defaults and a reason that the register does not know."""
    asked = {**wishes.defaults, "backfill_reason": wishes.reason}
    for name, value in asked.items():
        column = register.by_name.get(name)
        if column is None or column.computed:
            raise Refused(_("没有“{name}”这一栏，不能给它默认值。").format(name=name[:40]))
        if isinstance(column.kind, Link) or is_blank(value):
            continue
        try:
            column.kind.parse(value, given)
        except Wrong as wrong:
            raise Refused(labelled(_(column.label), wrong.message)) from wrong
