"""What a person can do: one method per act, one file per noun. Window and command line call only this."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from ojr_desk.backup.disk import settle
from ojr_desk.desk.answers import Answers
from ojr_desk.desk.attachments import Attachments
from ojr_desk.desk.backups import Backups
from ojr_desk.desk.boards import Boards
from ojr_desk.desk.books import Books
from ojr_desk.desk.calendar import Holidays, seed_years
from ojr_desk.desk.cases import Cases
from ojr_desk.desk.categories import Categories
from ojr_desk.desk.dues import Dues
from ojr_desk.desk.duty import Duty
from ojr_desk.desk.entries import add_all
from ojr_desk.desk.figures import Figures
from ojr_desk.desk.funds import Funds
from ojr_desk.desk.handmade import Handmade
from ojr_desk.desk.hours import Opening
from ojr_desk.desk.inbox import Inbox
from ojr_desk.desk.intakes import Intakes
from ojr_desk.desk.limits import Limits
from ojr_desk.desk.loading import OldBooks
from ojr_desk.desk.marks_in import MarksIn
from ojr_desk.desk.marks_out import MarksOut
from ojr_desk.desk.months import Months
from ojr_desk.desk.notices import Notices
from ojr_desk.desk.office import PATIENCE, Office
from ojr_desk.desk.outbox import Outbox
from ojr_desk.desk.persons import Persons
from ojr_desk.desk.phrases import Phrases, beginnings
from ojr_desk.desk.property import Property
from ojr_desk.desk.registers import Registers
from ojr_desk.desk.review import Reviews
from ojr_desk.desk.rooms import Rooms
from ojr_desk.desk.search import Search
from ojr_desk.desk.series import Series
from ojr_desk.desk.slips import Slips
from ojr_desk.desk.stack import Stack
from ojr_desk.desk.summaries import Summaries
from ojr_desk.desk.today import Today, look
from ojr_desk.desk.undo import Undo
from ojr_desk.paths import share
from ojr_desk.printing.fonts import undrawn
from ojr_desk.problems import NoOffice, NoRoom, Refused, Wrong
from ojr_desk.register import REGISTERS, Given, check
from ojr_desk.registers.center import LEVELS
from ojr_desk.rules.identity import bare_name, official_name, person_name
from ojr_desk.store import records
from ojr_desk.store.engine import FILE_NAME, Database
from ojr_desk.store.lockfile import hold
from ojr_desk.store.migrate import bring_up_to_date, is_up_to_date, refuse_strange
from ojr_desk.store.schema import OFFICE, SWITCH
from ojr_desk.store.uid import uid as new_uid
from ojr_desk.text import _, listed

Clock = Callable[[], datetime]
#: Who sits at a counter with villagers before it, and begins with phrases for them.
_COUNTERS = ("village", "new_field")
#: Who has others below it that report to it.
SUPERIORS = ("city", "county", "township")


class Desk:
    """One open office, with its nouns: registers, persons, cases, months, books, figures, outbox, inbox, backups."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.registers = Registers(office)
        self.old_books = OldBooks(office, self.registers)
        self.persons = Persons(office)
        self.cases = Cases(office)
        self.months = Months(office, self.registers)
        self.books = Books(office)
        self.figures = Figures(office)
        self.stack = Stack(office, self.books, self.figures)
        self.slips = Slips(office, self.registers)
        self.phrases = Phrases(office, self.registers)
        self.rooms = Rooms(office, self.registers)
        self.series = Series(office, self.registers, self.rooms)
        self.search = Search(office)
        self.answers = Answers(office)
        self.boards = Boards(office)
        self.handmade = Handmade(office)
        self.summaries = Summaries(office)
        self.intakes = Intakes(office)
        self.limits = Limits(office, self.registers)
        self.categories = Categories(office)
        self.property = Property(office)
        self.funds = Funds(office)
        self.dues = Dues(office)
        self.holidays = Holidays(office, self.cases)
        self.opening = Opening(office)
        self.duty = Duty(office)
        self.outbox = Outbox(office, self.books)
        self.reviews = Reviews(office, self.outbox)
        self.marks_out = MarksOut(office)
        self.marks_in = MarksIn(office)
        self.inbox = Inbox(office, self.outbox)
        self.notices = Notices(office, self.outbox)
        self.attachments = Attachments(office, self.registers)
        self.backups = Backups(office)
        self.undo = Undo(office)

    @classmethod
    def open(cls, folder: Path, clock: Clock = datetime.now, user: str = "") -> "Desk":
        """Open the office in *folder*, bringing its file up to date after a backup of it.

        Raises `NoOffice`, `FromNewerProgram`, `Damaged`, `NoRoom` or `Taken`.
        """
        if not (folder / FILE_NAME).is_file():
            raise NoOffice(
                _("{folder} 里还没有中心资料，请先建立：ojr-desk init --name 名称 --level village").format(
                    folder=folder
                )
            )
        database = Database(folder / FILE_NAME)
        office = Office(folder, database, clock, trusting=clock != datetime.now)
        try:
            refuse_strange(database)
            if not is_up_to_date(database):
                with hold(folder, PATIENCE, "migrate"):
                    bring_up_to_date(database, lambda: Backups(office).keep("before-migration"))
            office.read_identity()
            desk = cls(office)
            if user:
                desk.sit_down(user)
        except BaseException:
            database.close()
            raise
        return desk

    @classmethod
    def create(cls, folder: Path, facts: "NewOffice", clock: Clock = datetime.now) -> "Desk":
        """Make a new, empty office in *folder* and open it."""
        _refuse_a_second(folder)
        facts.check(clock())
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NoRoom(_("不能在 {folder} 建立资料文件夹，请换一个位置。").format(folder=folder)) from error
        with hold(folder, PATIENCE, "init"):
            # Another process may have been faster.
            _refuse_a_second(folder)
            _make(folder, facts, clock())
            if _is_shared(folder):
                # SQLite's own files of this database follow the rights of this one.
                share(folder / FILE_NAME)
        return cls.open(folder, clock)

    def today(self, limit: int = 20) -> Today:
        """Read what a clerk sees first today, with at most *limit* cases of each sort."""
        rooms = self.rooms.uses(self.office.today()) if self.registers.enabled("booking") else ()
        return replace(look(self.office, limit), rooms=rooms)

    def sit_down(self, name: str) -> None:
        """Let a member of the staff work at the desk; raises `Refused` for a stranger."""
        with self.office.reading() as session:
            known = partial(records.resolve, session, "staff", center=self.office.center)
            found = known(word=name) or known(word=_as_kept(name))
        if len(found) != 1:
            raise Refused(_("人员里没有“{name}”（或不止一位），请检查 --user。").format(name=name[:20]))
        self.office.user = found[0]

    @contextmanager
    def alone(self, purpose: str, patience: float = 0.0) -> Iterator[None]:
        """Keep the folder to this process, as a window does; raises `Taken` when it is in use."""
        with hold(self.office.folder, patience, purpose):
            self.office.held = True
            try:
                yield
            finally:
                self.office.held = False

    def close(self) -> None:
        """Let go of the file."""
        self.office.database.close()


class NewOffice:
    """The facts by which an office is made: its name as people say it or in full, level, code, superior."""

    def __init__(self, name: str, level: str, code: str = "", superior: str = "") -> None:
        if level not in LEVELS:
            raise Refused(_("级别要填 {levels} 之一。").format(levels=listed(LEVELS)))
        self.level = level
        bare = bare_name(name)
        if not bare:
            raise Refused(_("请填中心名称，例如 瓯江红××村党群服务中心。"))
        self.official_name = official_name(name)
        self.short_name = "".join(each for each in bare if each not in '\\/:*?"<>| ')[:12]
        self.code, self.superior = code, superior

    def check(self, now: datetime) -> Any:
        """Make the record of the centre; raises `Invalid`. Nothing is asked of the disk."""
        values = {
            "official_name": self.official_name,
            "short_name": self.short_name,
            "center_type": self.level,
            "division_code": self.code,
            "superior_name": self.superior,
        }
        return check(REGISTERS["center"], values, Given(now=now, undrawn=undrawn))


def _as_kept(name: str) -> str:
    """Write a name as the register of staff keeps it, whatever dot or blank was typed."""
    try:
        return person_name(name)
    except Wrong:
        return name


def _is_shared(folder: Path) -> bool:
    """Tell whether all users of this PC may write in *folder*; on Windows its files inherit that anyway."""
    return os.name != "nt" and bool(folder.stat().st_mode & stat.S_IWOTH)


def _refuse_a_second(folder: Path) -> None:
    if (folder / FILE_NAME).exists():
        raise Refused(_("{folder} 里已经有一个中心了，不能再建。").format(folder=folder))


def _make(folder: Path, facts: NewOffice, now: datetime) -> None:
    """Make the file under another name, so that one that bears the name is always whole."""
    fresh = folder / f"{FILE_NAME}.new"
    _discard(fresh)
    database = Database(fresh)
    try:
        _fill(database, facts, now)
    except BaseException:
        database.close()
        _discard(fresh)
        raise
    database.close()
    settle(fresh)
    fresh.replace(folder / FILE_NAME)
    settle(folder)


def _discard(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)


def _fill(database: Database, facts: NewOffice, now: datetime) -> None:
    bring_up_to_date(database, lambda: None)
    office = Office(database.path.parent, database, lambda: now)
    with database.writing("", "init", now) as session:
        # Before there is an office: what a new file knows of holidays is no act of anybody.
        seed_years(session)
        center = facts.check(now)
        center.uid = center.center = new_uid()
        center.valid_from = date(now.year, 1, 1)
        session.execute(insert(OFFICE).values(id=1, center=center.uid, level=facts.level, made_at=now))
        records.insert(session, REGISTERS["center"], center, now)
        office.center = center.uid
        if facts.level in SUPERIORS:
            session.execute(insert(SWITCH).values(register="unit", enabled=True))
        if facts.level in _COUNTERS:
            add_all(session, office, REGISTERS["phrase"], beginnings(), office.given(session))


def rehearsed(day: date) -> Clock:
    """Give the clock of a rehearsal: it stands at the end of *day*, so that all of it has been."""
    return lambda: datetime.combine(day, time(23, 59))


__all__ = ["Clock", "Desk", "NewOffice", "rehearsed"]
