"""The open office: its folder, its file, its clock, who sits at the desk. Every noun works on one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk import BUILT
from ojr_desk.moments import Month, show_moment
from ojr_desk.printing.fonts import undrawn
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS, Given, Register
from ojr_desk.rules.cases import LIMITS
from ojr_desk.rules.workdays import Calendar, CalendarDay
from ojr_desk.store import months, records
from ojr_desk.store.engine import Database
from ojr_desk.store.lockfile import hold
from ojr_desk.store.schema import OFFICE, SWITCH
from ojr_desk.store.uid import is_uid
from ojr_desk.text import _

#: How long a command waits for another one that is writing, in seconds.
PATIENCE = 10.0
#: How far a clock may lie behind the last entry: PCs are set by hand.
TOLERANCE = timedelta(minutes=10)


@dataclass
class Office:
    """One open data folder.

    *held* says that this process keeps the folder to itself all along, *trusting* that the clock is a
    rehearsal's and need not be ahead of what was written before.
    """

    folder: Path
    database: Database
    clock: Callable[[], datetime]
    center: str = ""
    level: str = ""
    user: str | None = None
    held: bool = False
    trusting: bool = False
    _switches: dict[str, bool] = field(default_factory=dict)

    def now(self) -> datetime:
        """Tell the time, to the second."""
        return self.clock().replace(microsecond=0)

    def today(self) -> date:
        """Tell the day."""
        return self.now().date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that only reads."""
        with self.database.reading() as session:
            yield session

    @contextmanager
    def writing(self, act: str) -> Iterator[Session]:
        """Give the session of one act, which is kept whole or not at all; others wait meanwhile."""
        with self.holding(act), self.database.writing(self.user or "", act, self.now()) as session:
            self._refuse_a_wrong_clock(session)
            yield session

    def _refuse_a_wrong_clock(self, session: Session) -> None:
        """Refuse to write with a clock that lies behind what was written last: its battery is dead."""
        if not self.trusting:
            asked = "SELECT at FROM history ORDER BY seq DESC LIMIT 1"
            last = session.connection().exec_driver_sql(asked).scalar()
            if self.today() < BUILT:
                raise Refused(
                    _("电脑的时间是 {now}，比这个程序还早，请先把电脑时间调对再登记。").format(
                        now=show_moment(self.now())
                    )
                )
            if last and self.now() < datetime.fromisoformat(last) - TOLERANCE:
                raise Refused(
                    _(
                        "电脑的时间是 {now}，比上次登记的时间 {last} 还早，请先把电脑时间调对再登记。"
                        "确认没有错的，可以用 --today 指明今天的日期。"
                    ).format(now=show_moment(self.now()), last=show_moment(datetime.fromisoformat(last)))
                )

    @contextmanager
    def holding(self, purpose: str) -> Iterator[None]:
        """Keep the folder to this process; raises `Taken` when another keeps it too long."""
        with nullcontext() if self.held else hold(self.folder, PATIENCE, purpose):
            yield

    def given(self, session: Session) -> Given:
        """Gather what the checks of a record may know."""
        known: dict[tuple[str, str], tuple[str, ...]] = {}

        def resolve(code: str, word: str) -> tuple[str, ...]:
            found = known.get((code, word)) or records.resolve(session, code, word, self.center)
            if is_uid(word):
                known[code, word] = found
            return found

        @cache
        def calendar() -> Calendar:
            return self.calendar(session)

        @cache
        def grace() -> int:
            return self._days_of_grace(session)

        def late(day: date) -> bool:
            today = self.today()
            return day < today and calendar().working_days_between(day, today) > grace()

        return Given(
            now=self.now(),
            resolve=resolve,
            closed=lambda day: months.is_closed(session, self.center, Month.of(day)),
            late=late,
            opened_on=self._opened_on(session),
            user=self.user,
            undrawn=undrawn,
        )

    def _days_of_grace(self, session: Session) -> int:
        """Read after how many working days an entry is a late one; `in_force` reads whole limits, too much here."""
        asked = (
            "SELECT days FROM time_limit WHERE center = ? AND matter_nature = 'late_entry' "
            "AND record_status <> 'void' AND valid_from <= ? ORDER BY valid_from DESC, id DESC LIMIT 1"
        )
        given = (self.center, self.today().isoformat())
        found = session.connection().exec_driver_sql(asked, given).scalar()
        return LIMITS["late_entry"].days if found is None else int(found)

    def _opened_on(self, session: Session) -> date | None:
        asked = "SELECT opened_on FROM center WHERE uid = ?"
        told = session.connection().exec_driver_sql(asked, (self.center,)).scalar()
        return date.fromisoformat(told) if told else None

    def own(self, session: Session) -> Any:
        """Read the record of the office's own centre."""
        return records.get(session, REGISTERS["center"], self.center)

    def clerk(self, session: Session) -> str:
        """Name who sits at the desk; nothing as long as nobody said so."""
        return records.labels(session, "staff", [self.user]).get(self.user, "") if self.user else ""

    def calendar(self, session: Session) -> Calendar:
        """Read the holidays and working Sundays that this office knows of."""
        ask = session.connection().exec_driver_sql
        days = ask("SELECT day, name, off FROM calendar_day ORDER BY day").fetchall()
        years = ask("SELECT year FROM calendar_year").scalars()
        return _calendar(tuple(map(tuple, days)), frozenset(years))

    def read_identity(self) -> None:
        """Learn from the file which office this is and which registers it keeps."""
        with self.reading() as session:
            office = session.execute(select(OFFICE.c.center, OFFICE.c.level)).first()
            if office is not None:
                self.center, self.level = office
            self.read_switches(session)

    def read_switches(self, session: Session) -> None:
        """Learn which registers are switched on or off by hand."""
        rows = session.execute(select(SWITCH.c.register, SWITCH.c.enabled))
        self._switches = dict(rows.all())

    def enabled(self, register: Register) -> bool:
        """Tell whether this office keeps *register*."""
        return self._switches.get(register.code, register.default_on)

    def refuse_off(self, register: Register) -> None:
        """Refuse to write into a register that this office does not keep."""
        if not self.enabled(register):
            raise Refused(
                _("“{title}”没有启用，请先启用（ojr-desk enable {code}）。").format(
                    title=_(register.title), code=register.code
                )
            )

    def kept(self, session: Session, month: Month) -> tuple[Register, ...]:
        """List the registers that this office keeps; of a closed month those that it kept when it closed it."""
        then = months.kept(session, self.center, month)
        return tuple(
            each for each in REGISTERS.values() if (self.enabled(each) if then is None else each.code in then)
        )


@lru_cache(maxsize=4)
def _calendar(days: tuple[tuple[str, str, int], ...], years: frozenset[int]) -> Calendar:
    """Make a calendar of the rows of its table; equal rows are nearly always asked for again."""
    named = (CalendarDay(date.fromisoformat(day), name, bool(off)) for day, name, off in days)
    return Calendar(tuple(named), years)
