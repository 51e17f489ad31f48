"""What villages told without a pack, as it is kept: by files of their own making, and by telephone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ojr_desk.exchange.handmade import Number
from ojr_desk.exchange.handmade_totals import Said
from ojr_desk.moments import Month
from ojr_desk.store import records
from ojr_desk.store.schema import HANDMADE, HANDMADE_HEADINGS
from ojr_desk.text import N_, _, listed

#: In which ways a village tells something without a pack.
WAYS: Mapping[str, str] = {"file": N_("手工表"), "telephone": N_("电话报数")}


@dataclass(frozen=True)
class HandReport:
    """One file that a village made itself, or one call: who told what of a month, who took it in and when."""

    id: int
    unit: str
    month: Month
    way: str
    file: str
    digest: str
    teller: str
    numbers: tuple[Number, ...]
    at: datetime
    by: str
    void_reason: str = ""

    def source(self, number: Number) -> str:
        """Say where a number of it comes from."""
        if self.way == "telephone":
            return _("电话：{teller}").format(teller=self.teller)
        place = listed((number.sheet, number.place), "!")
        return listed((self.file, place, number.heading), " ")


@dataclass(frozen=True)
class HandTold:
    """All that one unit told of one month; of an indicator told twice the later number counts."""

    reports: tuple[HandReport, ...] = ()

    @property
    def numbers(self) -> dict[str, tuple[Number, HandReport]]:
        """The numbers that count, each with the report that it is from."""
        return {each.code: (each, report) for report in self.reports for each in report.numbers}

    @property
    def tally(self) -> dict[str, int]:
        """The numbers that count, in their parts."""
        return {code: number.parts for code, (number, _report) in self.numbers.items()}


def handmade_of(session: Session, month: Month, also_void: bool = False) -> dict[str, HandTold]:
    """Read what each unit told of *month* without a pack, by the key of the unit."""
    chosen = select(HANDMADE).where(HANDMADE.c.month == str(month)).order_by(HANDMADE.c.id)
    if not also_void:
        chosen = chosen.where(HANDMADE.c.void_at.is_(None))
    rows = session.execute(chosen).all()
    names = records.labels(session, "staff", [row.by for row in rows if row.by])
    found: dict[str, list[HandReport]] = {}
    for row in rows:
        found.setdefault(row.unit, []).append(_report(row, names.get(row.by or "", "")))
    return {unit: HandTold(tuple(reports)) for unit, reports in found.items()}


def keep(session: Session, report: HandReport, user: str | None) -> None:
    """Keep a report; its number is given now."""
    told = {each.code: [each.parts, each.sheet, each.place, each.heading] for each in report.numbers}
    values = {
        "unit": report.unit,
        "month": str(report.month),
        "way": report.way,
        "file": report.file,
        "digest": report.digest,
        "teller": report.teller,
        "told": json.dumps(told, ensure_ascii=False),
        "at": report.at,
        "by": user,
    }
    session.execute(insert(HANDMADE).values(**values))


def void(session: Session, report: int, reason: str, now: datetime, user: str | None) -> None:
    """Declare a report void; it is kept."""
    values = {"void_at": now, "void_by": user, "void_reason": reason}
    session.execute(update(HANDMADE).where(HANDMADE.c.id == report).values(**values))


def report_of(session: Session, report: int) -> Any:
    """Read the row of one report; None if there is none."""
    return session.execute(select(HANDMADE).where(HANDMADE.c.id == report)).first()


def memory_of(session: Session) -> dict[str, Said]:
    """Read what was said of headings, by the key of all headings of a table."""
    asked = select(HANDMADE_HEADINGS.c.headings, HANDMADE_HEADINGS.c.said)
    return {row.headings: json.loads(row.said) for row in session.execute(asked)}


def remember(session: Session, tables: Iterable[tuple[str, Said]]) -> None:
    """Keep what the headings of some tables mean."""
    put = insert(HANDMADE_HEADINGS).prefix_with("OR REPLACE")
    for key, said in tables:
        session.execute(put.values(headings=key, said=json.dumps(dict(said), ensure_ascii=False)))


def _report(row: Any, by: str) -> HandReport:
    told: Mapping[str, Sequence[Any]] = json.loads(row.told)
    numbers = tuple(Number(code, *each) for code, each in told.items())
    return HandReport(
        id=row.id,
        unit=row.unit,
        month=Month.parse(row.month),
        way=row.way,
        file=row.file,
        digest=row.digest,
        teller=row.teller,
        numbers=numbers,
        at=row.at,
        by=by,
        void_reason=row.void_reason or "",
    )
