"""The months, a line each: how they stand and what was entered in them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ojr_desk.desk.months import STAGES
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.store.query import Query
from ojr_desk.text import N_, _, labelled, listed

_MONTHS = 14


@dataclass(frozen=True)
class Line:
    """A month: how it stands, what was entered in it, which numbers are missing, how far it has come."""

    month: Month
    state: str
    counts: tuple[tuple[str, int], ...]
    gaps: tuple[str, ...]
    stage: str
    note: str = ""


def lines(desk: Any, last: Month) -> list[Line]:
    """Read at the desk how the months up to *last* stand, newest first."""
    kept = [
        each
        for each in REGISTERS.values()
        if each.dated_by and each.books and desk.registers.enabled(each.code)
    ]
    # A village holds no records but its own: to look at whose they are would only cost time.
    center = "" if desk.office.level == "village" else desk.office.center
    found = []
    month = last
    for _place in range(_MONTHS):
        state = desk.months.state(month)
        query = Query(month=month, center=center)
        counts = tuple((each.title, desk.registers.find(each.code, query, 0).total) for each in kept)
        found.append(Line(month, state.state, counts, state.gaps, state.stage, state.note))
        month = month.previous()
    return found


def waiting(found: list[Line], today: date) -> Month | None:
    """Name the newest month that is over and not handed in: it is what somebody comes here for."""
    over = [
        line for line in found if line.month.last <= today and any(count for _title, count in line.counts)
    ]
    return next((line.month for line in over if line.stage in ("open", "closed", "returned")), None)


def texts(line: Line) -> tuple[str, ...]:
    """Write a month as a row of a table."""
    stage = _(STAGES[line.stage])
    return line.month.title, labelled(stage, line.note) if line.note else stage


def entered(line: Line) -> str:
    """Say what was entered in a month."""
    told = [
        _("{title} {count} 条").format(title=_(title), count=count) for title, count in line.counts if count
    ]
    return listed(told, N_("，")) or _("没有登记")
