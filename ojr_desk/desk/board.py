"""The board: who was to report of a month, who has, when, and how much of it is there.

On time is judged by the day of receipt here; the village's own clock is evidence only. How complete a report is
is counted from what it holds, not from anybody's word.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.handmade_kept import HandTold, handmade_of
from ojr_desk.desk.hours import open_days_of
from ojr_desk.desk.month_check import days_with_entries, happens
from ojr_desk.desk.office import Office
from ojr_desk.desk.units import Unit, due_units
from ojr_desk.figures import SUMS
from ojr_desk.figures.duty import OPEN_DAYS
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.store import records, settings
from ojr_desk.store.numbering import gaps
from ojr_desk.store.schema import ANSWER_OUT, PACK_IN
from ojr_desk.store.triggers import table
from ojr_desk.text import N_, _, labelled, listed

#: How a unit stands with its report of a month.
STATES: Mapping[str, str] = {
    "missing": N_("未报"),
    "manual": N_("手工报"),
    "received": N_("已报待审"),
    "returned": N_("退回修改"),
    "accepted": N_("已通过"),
}
#: Reports are due on so many working days after the month, unless the office says otherwise.
DEADLINE = 3


@dataclass(frozen=True)
class Standing:
    """How one unit stands with one month.

    *received_at* is when the first report came, by which it is judged; *revision* that of the newest.
    *days_late* counts working days after the deadline until the report, or until today as long as there is
    none. *completeness* is in per cent, None while there is nothing; *lacking* says what keeps it from 100.
    What was told by hand is *manual* as long as no pack came; *handmade* keeps it also afterwards.
    """

    unit: Unit
    state: str
    received_at: datetime | None = None
    revision: int = 0
    days_late: int = 0
    is_zero: bool = False
    returns: int = 0
    completeness: int | None = None
    lacking: tuple[str, ...] = ()
    note: str = ""
    handmade: HandTold = field(default_factory=HandTold)

    @property
    def is_manual(self) -> bool:
        """Tell whether a report counts that was made by hand."""
        return self.state == "manual"

    @property
    def is_in(self) -> bool:
        """Tell whether a report came."""
        return self.received_at is not None

    @property
    def is_on_time(self) -> bool:
        """Tell whether a report came by the deadline."""
        return self.is_in and not self.days_late

    @property
    def word(self) -> str:
        """Say how it stands, in the language in use."""
        told = _(STATES[self.state])
        if self.is_zero:
            told = listed((told, _("零报")))
        if self.days_late:
            late = _("迟报{n}天") if self.is_in else _("逾期{n}天")
            told = listed((told, late.format(n=self.days_late)))
        return told


@dataclass(frozen=True)
class Board:
    """The units that were to report of a month, the day by which, and how each stands."""

    month: Month
    due_on: date
    is_estimated: bool
    lines: tuple[Standing, ...]

    def count(self, what: str) -> int:
        """Count the units of one sort, a key of `SORTS`."""
        return sum(1 for line in self.lines if _SORTS[what](line))

    @property
    def missing(self) -> tuple[Standing, ...]:
        """List who has not reported."""
        return tuple(line for line in self.lines if not line.is_in)


#: What the board counts, in its order.
SORTS: Mapping[str, str] = {
    "due": N_("应报"),
    "in": N_("已报"),
    "on_time": N_("按期"),
    "late": N_("迟报"),
    "zero": N_("零报"),
    "manual": N_("手工报"),
    "returned": N_("退回"),
    "accepted": N_("通过"),
    "missing": N_("未报"),
}
_SORTS: Mapping[str, Any] = {
    "due": lambda line: True,
    "in": lambda line: line.is_in,
    "on_time": lambda line: line.is_on_time,
    "late": lambda line: line.is_in and line.days_late > 0,
    "zero": lambda line: line.is_zero,
    "manual": lambda line: line.is_manual,
    "returned": lambda line: line.returns > 0,
    "accepted": lambda line: line.state == "accepted",
    "missing": lambda line: not line.is_in,
}


def board(session: Session, office: Office, month: Month) -> Board:
    """Read how every unit stands with its report of *month*."""
    calendar = office.calendar(session)
    due = calendar.working_days_after(month.last, deadline(session))
    packs = _packs(session, month)
    answers = _answers(session, [pack.id for pack in packs])
    units = due_units(session, office, month)
    by_hand = handmade_of(session, month)
    strange = (*_unlisted(session, packs, units), *_undue(session, by_hand, units))
    lines = []
    for unit in (*units, *strange):
        came = [pack for pack in packs if pack.center == unit.center] if unit.center else []
        told = by_hand.get(unit.uid, HandTold())
        first = min((each.at for each in (*came[:1], *told.reports[:1])), default=None)
        until = first.date() if first else office.today()
        late = calendar.working_days_between(due.day, until) if until > due.day else 0
        line = _standing(session, office, month, unit, came, answers, late)
        lines.append(_with_handmade(line, told, first))
    return Board(month, due.day, due.estimated, tuple(lines))


def reminder(board: Board, now: datetime) -> str:
    """Write who has not reported, to be copied into a chat; a sentence of thanks when all have."""
    at = _("{month}月{day}日{clock}").format(month=now.month, day=now.day, clock=f"{now:%H:%M}")
    missing = board.missing
    if not missing:
        told = _("截至{at}，{count}个单位的{month}月报已全部收到，谢谢。")
        return told.format(at=at, count=len(board.lines), month=board.month.title)
    told = _("截至{at}，以下{count}个单位还没有报{month}月报（期限{due}）：{names}。请尽快报送。")
    return told.format(
        at=at,
        count=len(missing),
        month=board.month.title,
        due=_("{month}月{day}日").format(month=board.due_on.month, day=board.due_on.day),
        names=listed(line.unit.name for line in missing),
    )


def deadline(session: Session) -> int:
    """Tell on which working day after the month reports are due at this office."""
    told = settings.read(session.connection(), settings.REPORT_DAYS)
    return int(told) if told else DEADLINE


def _packs(session: Session, month: Month) -> Sequence[Any]:
    """Read the monthly reports of *month* that came, the first first."""
    chosen = select(PACK_IN).where(PACK_IN.c.month == str(month), PACK_IN.c.kind == "month")
    return session.execute(chosen.order_by(PACK_IN.c.at, PACK_IN.c.id)).all()


def _answers(session: Session, packs: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    chosen = select(ANSWER_OUT).where(ANSWER_OUT.c.pack.in_(packs)).order_by(ANSWER_OUT.c.id)
    found: dict[int, list[Any]] = {}
    for row in session.execute(chosen):
        found.setdefault(row.pack, []).append(row)
    return found


def _unlisted(session: Session, packs: Sequence[Any], units: Sequence[Unit]) -> list[Unit]:
    """Name whose report came though nobody expected one of that month."""
    centers = dict.fromkeys(pack.center for pack in packs)
    strange = [center for center in centers if center not in {unit.center for unit in units}]
    names = records.labels(session, "center", strange)
    return [Unit("", names.get(center, center), "", center, ()) for center in strange]


def _undue(session: Session, by_hand: Mapping[str, HandTold], units: Sequence[Unit]) -> list[Unit]:
    """Name whose figures were told by hand though it is not to report of that month any more."""
    strange = [uid for uid in by_hand if uid not in {unit.uid for unit in units}]
    names = records.labels(session, "unit", strange)
    return [Unit(uid, names.get(uid, uid), "", "", ()) for uid in strange]


def _with_handmade(line: Standing, told: HandTold, first: datetime | None) -> Standing:
    """Add what was told by hand: it counts as long as no pack came, and is judged by when it came in any case."""
    if not told.reports:
        return line
    if line.is_in:
        return replace(line, handmade=told, received_at=first)
    tally = told.tally
    wanted = [each for each in SUMS.values() if each.shown]
    lacking = [_(each.title) for each in wanted if each.code not in tally]
    done = [number for code, number in tally.items() if SUMS[code].source.group != OPEN_DAYS.group]
    return replace(
        line,
        state="manual",
        received_at=first,
        is_zero=bool(done) and not any(done),
        completeness=round(100 * (len(wanted) - len(lacking)) / len(wanted)),
        lacking=(labelled(_("没有报的指标"), listed(lacking, most=4)),) if lacking else (),
        handmade=told,
    )


def _standing(
    session: Session,
    office: Office,
    month: Month,
    unit: Unit,
    came: Sequence[Any],
    answers: Mapping[int, Sequence[Any]],
    late: int,
) -> Standing:
    if not came:
        return Standing(unit, "missing", days_late=late)
    newest = max(came, key=lambda pack: (pack.revision, pack.id))
    answered = answers.get(newest.id, [])
    state, note = (answered[-1].state, answered[-1].note) if answered else ("received", "")
    returns = sum(each.state == "returned" for pack in came for each in answers.get(pack.id, []))
    shares, lacking = _completeness(session, office, month, newest)
    return Standing(
        unit,
        state,
        came[0].at,
        newest.revision,
        late,
        _is_zero(newest),
        returns,
        round(100 * sum(shares) / len(shares)),
        tuple(lacking),
        note,
    )


def _is_zero(pack: Any) -> bool:
    """Tell whether a report tells of nothing that happened."""
    counts: dict[str, int] = json.loads(pack.counts or "{}")
    return bool(counts) and not any(n for code, n in counts.items() if _is_kept(code))


def _is_kept(code: str) -> bool:
    """Tell whether a register of a report is one of ours that tells of what happened."""
    return code in REGISTERS and happens(REGISTERS[code])


def _completeness(session: Session, office: Office, month: Month, pack: Any) -> tuple[list[float], list[str]]:
    """Count what a report should hold and does: entries or 本月无 in each book, each opening day, each number."""
    counts: dict[str, int] = json.loads(pack.counts or "{}")
    none = set(json.loads(pack.none or "[]"))
    kept = [code for code in counts if _is_kept(code) and REGISTERS[code].books]
    empty = [code for code in kept if not counts[code] and code not in none]
    shares, lacking = [], []
    if kept:
        shares.append(1 - len(empty) / len(kept))
    if empty:
        titles = listed(_(REGISTERS[code].title) for code in empty)
        lacking.append(labelled(_("没有登记，也没有确认本月无"), titles))
    due = open_days_of(session, office, pack.center, month).kept
    entered = days_with_entries(session, pack.center, month)
    without = [day for day in due if day not in entered]
    if due:
        shares.append(1 - len(without) / len(due))
    if without:
        lacking.append(_("开放日{n}天没有任何登记").format(n=len(without)))
    lost = lost_numbers(session, pack.center, month)
    if len(lost) <= (pack.held or 0):
        # What is sealed or sensitive stays at home with its number.
        lost = []
    shares.append(0.0 if lost else 1.0)
    if lost:
        lacking.append(labelled(_("断号"), listed(lost, most=3)))
    return shares, lacking


def lost_numbers(session: Session, center: str, month: Month) -> list[str]:
    """Name the numbers that lack between those of a month that a centre told of; what stays home is no gap."""
    ask = session.connection().exec_driver_sql
    return [
        number
        for register in REGISTERS.values()
        if happens(register) and register.sent
        for number_class in sorted(set(register.number.values()))
        for number in gaps(
            list(
                ask(
                    f"SELECT record_no FROM {table(register)} WHERE record_no >= ? AND record_no < ? "
                    "AND center = ?",
                    (f"{number_class}-{month.compact}-", f"{number_class}-{month.compact}.", center),
                ).scalars()
            )
        )
    ]
