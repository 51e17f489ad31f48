"""Reckoning indicators: of one centre or of all, over any days, and which records are behind a number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from ojr_desk.figures.indicator import ADDED, AT_FIRST, Indicator, Ratio, Source, Sum
from ojr_desk.figures.menu import INDICATORS, SUMS, kept_of
from ojr_desk.figures.span import Span
from ojr_desk.registers.case import OVERDUE
from ojr_desk.rules.workdays import Calendar

#: The sums of one centre by the codes of their indicators.
Tally = Mapping[str, int]
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Asked:
    """What is asked for: which days, of the registers *kept*, of one centre or, without, of all there are.

    *today* bounds what can be late: in days to come nothing is yet.
    """

    span: Span
    kept: frozenset[str]
    calendar: Calendar
    today: date
    center: str = ""


@dataclass(frozen=True)
class Behind:
    """A record behind a number, and how much of it that record makes."""

    register: str
    uid: str
    amount: int


@dataclass(frozen=True)
class Figure:
    """One indicator's number: a sum, or the two sums of a ratio."""

    indicator: Indicator
    part: int
    whole: int | None = None

    @property
    def value(self) -> Decimal | None:
        """The number in its unit; of a ratio the per cent to one decimal, None where the whole is nought."""
        if self.whole is None:
            scale = self.indicator.scale if isinstance(self.indicator, Sum) else 1
            return Decimal(self.part) / scale
        if not self.whole:
            return None
        return (Decimal(self.part) * 100 / self.whole).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def told(self) -> str:
        """The number as tables show it; what cannot be told is —, and nought is 0."""
        value = self.value
        if value is None:
            return "—"
        if isinstance(self.indicator, Ratio):
            return f"{value}%"
        scale = self.indicator.scale
        return f"{value:.{2 if scale == 100 else 1 if scale > 1 else 0}f}"


def tallies(session: Session, asked: Asked) -> dict[str, dict[str, int]]:
    """Add up every sum of every centre that is asked for; each source is read once."""
    kept = kept_of(asked.kept)
    sums = [each for each in SUMS.values() if each.code in kept]
    found: dict[str, dict[str, int]] = {asked.center: _noughts(sums)} if asked.center else {}
    for source, group in groupby(sorted(sums, key=lambda each: each.source.code), lambda each: each.source):
        wanted = list(group)
        rows = source.sql(asked.kept)
        if not rows:
            continue
        amounts = ", ".join(f'coalesce(sum({each.amount}), 0) AS "{each.code}"' for each in wanted)
        counted = f"WITH counted AS MATERIALIZED ({_whose(rows, asked)})"
        asking = f"{counted} SELECT center, {amounts} FROM counted GROUP BY center"
        for row in session.execute(text(asking), _values(session, asked, source)):
            told = found.setdefault(row.center, _noughts(sums))
            told |= {each.code: int(row._mapping[each.code]) for each in wanted}
    return found


def figures_of(tally: Tally) -> dict[str, Figure]:
    """Make the numbers of what was added up, ratios among them, in the order of the table."""
    found = {}
    for code, each in INDICATORS.items():
        if isinstance(each, Sum):
            if code in tally:
                found[code] = Figure(each, tally[code])
        elif all(name in tally for name in (*each.part, *each.whole)):
            part, whole = (sum(tally[name] for name in names) for names in (each.part, each.whole))
            found[code] = Figure(each, part, whole)
    return found


def together(some: Iterable[Tally]) -> dict[str, int]:
    """Add up what several centres have of the same days."""
    found: dict[str, int] = {}
    for tally in some:
        for code, number in tally.items():
            found[code] = found.get(code, 0) + number
    return found


def in_a_row(some: Sequence[Tally]) -> dict[str, int]:
    """Make one time of several that follow each other, in order: what stands at an end is taken from there."""
    if not some:
        return {}
    found = together(some)
    for code, each in SUMS.items():
        if code in found and each.over != ADDED:
            found[code] = some[0 if each.over == AT_FIRST else -1].get(code, 0)
    return found


def behind(session: Session, asked: Asked, code: str) -> list[Behind]:
    """List the records behind a number, in the order in which they were stored; of a ratio those of its whole."""
    indicator = INDICATORS[code]
    names = indicator.whole if isinstance(indicator, Ratio) else (code,)
    found: list[Behind] = []
    for name in names:
        each = SUMS[name]
        rows = _whose(each.source.sql(asked.kept), asked)
        if each.source.sql(asked.kept):
            asking = f"SELECT register, uid, {each.amount} AS amount FROM ({rows}) WHERE {each.amount}"
            made = session.execute(text(asking), _values(session, asked, each.source))
            found += [Behind(row.register, row.uid, int(row.amount)) for row in made]
    # Keys are made of the moment at which a record was made.
    return sorted(found, key=lambda one: one.uid)


def _noughts(sums: Sequence[Sum]) -> dict[str, int]:
    return {each.code: 0 for each in sums}


def _whose(rows: str, asked: Asked) -> str:
    return rows.replace("{whose}", "AND t.center = :center" if asked.center else "")


def _values(session: Session, asked: Asked, source: Source) -> dict[str, Any]:
    own = source.given(session, asked) if source.given else {}
    span = asked.span
    day = min(span.last, asked.today)
    return {
        "since": span.first.isoformat(),
        "until": span.until.isoformat(),
        "center": asked.center,
        "late1": _late(1, day, asked.calendar),
        f"late{OVERDUE}": _late(OVERDUE, day, asked.calendar),
        "today": asked.today.isoformat(),
        **own,
    }


def _late(count: int, day: date, calendar: Calendar) -> str:
    """Tell the last deadline that on *day* is late by *count* working days."""
    due = day
    while calendar.working_days_between(due, day) < count:
        due -= timedelta(days=1)
    return due.isoformat()
