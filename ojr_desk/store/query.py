"""What is looked for, and the SQL that looks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ojr_desk.moments import Month
from ojr_desk.register import Register
from ojr_desk.store.grams import match
from ojr_desk.store.triggers import SLOT, search_text, table


@dataclass(frozen=True)
class Query:
    """What a person looks for: words, each of which must be found; a month; fields of given values.

    What is found stands newest first, or, without words, in the order of the column *by*.
    """

    words: tuple[str, ...] = ()
    month: Month | None = None
    center: str = ""
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    live: bool = False
    by: str = ""


@dataclass(frozen=True)
class Where:
    """A query in SQL: the tables to read with their join, the conditions, the order, the parameters."""

    source: str
    conditions: tuple[str, ...]
    order: str
    values: dict[str, Any]

    @property
    def clause(self) -> str:
        """Write the FROM and WHERE of it."""
        where = " AND ".join(self.conditions)
        return f"FROM {self.source}" + (f" WHERE {where}" if where else "")


def where(register: Register, query: Query, slot: int) -> Where:
    """Turn *query* into SQL; an index answers its words, its month and its links."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    source = f"{table(register)} t"
    order = f"t.{register.dated_by} DESC, t.id DESC" if register.dated_by else "t.id DESC"
    if query.by:
        order = f't."{query.by}", t.id'
    asked = match(query.words)
    if asked.expression:
        base = slot * SLOT
        source = f"search s CROSS JOIN {table(register)} t ON t.id = s.rowid - {base}"
        conditions.append(f"s.search MATCH :match AND s.rowid BETWEEN {base} AND {base + SLOT - 1}")
        values["match"] = asked.expression
        order = "s.rowid DESC"
    for place, word in enumerate(asked.verify):
        # Most text is as it was folded; only where it is not need the function be called.
        told = search_text(register, "t")[0]
        conditions.append(f"(instr({told}, :word{place}) > 0 OR instr(ojr_fold({told}), :word{place}) > 0)")
        values[f"word{place}"] = word
    if query.month is not None and register.dated_by:
        conditions.append(f"t.{register.dated_by} >= :since AND t.{register.dated_by} < :until")
        values |= month_bounds(query.month)
    if query.center:
        conditions.append("t.center = :center")
        values["center"] = query.center
    if query.live:
        conditions.append("t.record_status <> 'void'")
    for place, (name, choices) in enumerate(query.only):
        marks = [f"only{place}_{n}" for n in range(len(choices))]
        conditions.append(f't."{name}" IN ({", ".join(f":{mark}" for mark in marks)})')
        values |= dict(zip(marks, choices, strict=True))
    return Where(source, tuple(conditions), order, values)


def month_bounds(month: Month) -> dict[str, str]:
    """Give the first moment of *month* and of the next as the database writes them."""
    return {"since": _first(month), "until": _first(month.next())}


def _first(month: Month) -> str:
    # A date column holds '2026-11-01', a moment '2026-11-01 00:00:00.000000': the short form sorts first.
    return month.first.isoformat()


def chunks(values: Sequence[Any], size: int = 500) -> list[Sequence[Any]]:
    """Cut *values* into pieces that one statement can name."""
    return [values[start : start + size] for start in range(0, len(values), size)]
