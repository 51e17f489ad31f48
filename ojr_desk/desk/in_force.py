"""What of a standing register holds on a day, the limits among it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.register import REGISTERS
from ojr_desk.rules.cases import LIMITS, Limit
from ojr_desk.store.asof import standing
from ojr_desk.store.triggers import table


def in_force(session: Session, office: Office, code: str, day: date, center: str = "") -> list[Any]:
    """Read a centre's rows, or this office's, of a small register that hold on *day*, what began last at the end.

    What is void then or begins later is left out; of a register that is switched off nothing holds.
    """
    register = REGISTERS[code]
    if not office.enabled(register):
        return []
    # A record cannot have held earlier than it was entered for, but printed books show it as if it had.
    asked = f"SELECT uid, id FROM {table(register)} WHERE center = ?"
    places: dict[str, int] = dict(
        session.connection().exec_driver_sql(asked, (center or office.center,)).all()
    )
    found = standing(session, code, places, day).values()
    holds = [each for each in found if each.record_status != "void" and each.valid_from <= day]
    return sorted(holds, key=lambda each: (each.valid_from, places[each.uid]))


def limits_in_force(session: Session, office: Office, day: date) -> Mapping[str, Limit]:
    """Tell how long matters accepted on *day* may take, by nature: the office's own limits before the defaults."""
    own = in_force(session, office, "limit", day)
    return {**LIMITS, **{each.matter_nature: Limit(each.days, each.unit) for each in own}}
