"""村社汇总: every unit's indicators of a month side by side, added up.

Who has not reported is blank, and not nought; a pack goes before what was told by hand. A ratio of all is made of
the sums of those who told both of its parts: ratios are never averaged.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.board import Standing, board
from ojr_desk.desk.office import Office
from ojr_desk.figures import (
    INDICATORS,
    Asked,
    Figure,
    Indicator,
    Span,
    figures_of,
    kept_of,
    tallies,
    together,
)
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.store.schema import PACK_IN
from ojr_desk.text import _


@dataclass(frozen=True)
class Ground:
    """What one unit's numbers rest on: the file with its revision and code, or how they were told by hand."""

    file: str = ""
    revision: int = 0
    code: str = ""


@dataclass(frozen=True)
class SummaryLine:
    """One unit's numbers of a month, by the codes of indicators; those that it did not tell are not there."""

    standing: Standing
    figures: Mapping[str, Figure]
    tally: Mapping[str, int]
    grounds: tuple[Ground, ...]

    @property
    def name(self) -> str:
        """The unit's name; what was told by hand is marked."""
        name = self.standing.unit.name
        return _("{name}*").format(name=name) if self.standing.is_manual else name


@dataclass(frozen=True)
class Summary:
    """All units of a month, and their numbers together; *indicators* are its columns."""

    month: Month
    indicators: tuple[Indicator, ...]
    lines: tuple[SummaryLine, ...]
    totals: Mapping[str, Figure]

    @property
    def missing(self) -> tuple[SummaryLine, ...]:
        """List who has not reported."""
        return tuple(each for each in self.lines if not each.standing.is_in)

    @property
    def by_hand(self) -> tuple[SummaryLine, ...]:
        """List whose numbers were told by hand."""
        return tuple(each for each in self.lines if each.standing.is_manual)


def summary(session: Session, office: Office, month: Month) -> Summary:
    """Reckon the numbers of every unit that was to report of *month*, or did."""
    kept = frozenset(each.code for each in REGISTERS.values() if office.enabled(each))
    asked = Asked(Span.of(month), kept, office.calendar(session), office.today())
    reckoned = tallies(session, asked)
    packs = _newest_packs(session, month)
    lines = [
        _line(standing, packs.get(standing.unit.center), reckoned, kept)
        for standing in board(session, office, month).lines
    ]
    indicators = tuple(each for each in kept_of(kept).values() if each.shown)
    totals = {
        each.code: figure for each in indicators if (figure := total(each, (line.tally for line in lines)))
    }
    return Summary(month, indicators, tuple(lines), totals)


def total(indicator: Indicator, tallies_of: Iterable[Mapping[str, int]]) -> Figure | None:
    """Add an indicator up over the units that told all it is made of; None where none did."""
    known = [each for each in tallies_of if indicator.code in figures_of(each)]
    return figures_of(together(known)).get(indicator.code) if known else None


def _line(
    standing: Standing, pack: Any, reckoned: Mapping[str, Mapping[str, int]], kept: frozenset[str]
) -> SummaryLine:
    if standing.is_manual:
        tally = {code: number for code, number in standing.handmade.tally.items() if code in kept_of(kept)}
        told = {number_report[1].id: number_report[1] for number_report in standing.handmade.numbers.values()}
        grounds = tuple(
            Ground(each.file or _("电话：{teller}").format(teller=each.teller)) for each in told.values()
        )
        return SummaryLine(standing, _shown(tally), tally, grounds)
    if pack is None:
        return SummaryLine(standing, {}, {}, ())
    # Of a register that a village does not keep it tells nothing; an older pack does not say which it keeps.
    sent = frozenset(json.loads(pack.counts)) & kept if pack.counts else kept
    theirs = kept_of(sent)
    tally = {
        code: number for code, number in reckoned.get(standing.unit.center, {}).items() if code in theirs
    }
    if not tally:
        # Nothing at all happened: who reports nought tells nought.
        tally = {code: 0 for code, each in theirs.items() if hasattr(each, "amount")}
    return SummaryLine(standing, _shown(tally), tally, (Ground(pack.file, pack.revision, pack.code),))


def _shown(tally: Mapping[str, int]) -> dict[str, Figure]:
    return {code: each for code, each in figures_of(tally).items() if INDICATORS[code].shown}


def _newest_packs(session: Session, month: Month) -> dict[str, Any]:
    chosen = select(PACK_IN).where(PACK_IN.c.month == str(month), PACK_IN.c.kind == "month")
    rows = session.execute(chosen.order_by(PACK_IN.c.revision, PACK_IN.c.id))
    return {row.center: row for row in rows}
