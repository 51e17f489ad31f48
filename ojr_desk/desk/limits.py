"""办理时限: the defaults of the rules, and what the office sets in their place from a day on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.in_force import in_force
from ojr_desk.desk.office import Office
from ojr_desk.desk.registers import Registers
from ojr_desk.register import REGISTERS
from ojr_desk.rules.cases import LIMITS, Limit
from ojr_desk.store import records
from ojr_desk.store.months import first_open_day
from ojr_desk.text import _, on_paper


@dataclass(frozen=True)
class Allowance:
    """How long matters of one nature may take today, and where that comes from.

    *uid* names the office's own row, and *since* when it began; without one the default holds. What is
    entered for a later day is told by *coming* and *coming_on*.
    """

    nature: str
    limit: Limit
    default: Limit
    uid: str = ""
    since: date | None = None
    coming: Limit | None = None
    coming_on: date | None = None


class Limits:
    """The time limits of this office."""

    def __init__(self, office: Office, registers: Registers) -> None:
        self._office = office
        self._registers = registers

    def all(self) -> tuple[Allowance, ...]:
        """List every nature with the limit that holds for it today."""
        today = self._office.today()
        with self._office.reading() as session:
            own = {each.matter_nature: each for each in in_force(session, self._office, "limit", today)}
            coming: dict[str, Any] = {}
            for row in sorted(self._rows(session), key=lambda row: (row.valid_from, row.id)):
                if row.valid_from > today:
                    coming.setdefault(row.matter_nature, row)
        return tuple(
            _allowance(nature, default, own.get(nature), coming.get(nature))
            for nature, default in LIMITS.items()
        )

    def set(self, nature: str, days: int, unit: str = "working", since: date | None = None) -> Any:
        """Set the limit of a nature for what is accepted from *since* on, by default from today."""
        values = {"days": days, "unit": unit, "valid_from": since or self._office.today()}
        with self._office.reading() as session:
            rows = [row for row in self._rows(session) if row.matter_nature == nature]
        if rows:
            last = max(rows, key=lambda row: (row.valid_from, row.id))
            return self._registers.edit("limit", last.uid, values)
        return self._registers.add("limit", [{"matter_nature": nature, **values}])[0].record

    def reset(self, nature: str) -> None:
        """Let the default hold again, for what is accepted from today on."""
        with on_paper():
            reason = _("恢复默认时限")
        with self._office.writing("void limit") as session:
            # What was entered for a later day ends today, too: it would let the one before it hold until then.
            ends = max(first_open_day(session, self._office.center), self._office.today())
            for row in self._rows(session):
                if row.matter_nature == nature:
                    told = {"record_status": "void", "void_reason": reason, "valid_from": ends}
                    records.change(session, REGISTERS["limit"], row.uid, told)

    def _rows(self, session: Session) -> list[Any]:
        if not self._office.enabled(REGISTERS["limit"]):
            return []
        model: Any = REGISTERS["limit"].model
        own = select(model).where(model.center == self._office.center, model.record_status != "void")
        return list(session.execute(own).scalars())


def _allowance(nature: str, default: Limit, own: Any, coming: Any) -> Allowance:
    told = Allowance(nature, default, default)
    if own is not None:
        told = Allowance(nature, Limit(own.days, own.unit), default, own.uid, own.valid_from)
    if coming is not None:
        later = Limit(coming.days, coming.unit)
        told = Allowance(nature, told.limit, default, told.uid, told.since, later, coming.valid_from)
    return told
