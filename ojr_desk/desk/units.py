"""下级单位: who is below this superior, as a tree that changes over time, and who is to report of a month."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.entries import add_all
from ojr_desk.desk.office import Office
from ojr_desk.exchange.contents import Pack
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.store import records
from ojr_desk.store.asof import standing
from ojr_desk.text import _


@dataclass(frozen=True)
class Unit:
    """One centre that was to report of a month, as it was called and whose it was on the month's last day.

    *center* is the key under which its records are kept; empty as long as nothing came from it. *path* names
    what it lies under, the highest first.
    """

    uid: str
    name: str
    code: str
    center: str
    path: tuple[str, ...]
    contact: str = ""
    phone: str = ""


def due_units(session: Session, office: Office, month: Month) -> tuple[Unit, ...]:
    """List who was to report of *month*, in the order of the tree."""
    known = _known(session, office, month)
    due = [each for each in known.values() if is_due(each, month)]
    return tuple(sorted((_unit(each, known) for each in due), key=lambda unit: (unit.path, unit.code)))


def is_due(unit: Any, month: Month) -> bool:
    """Tell whether a unit, as it was on the month's last day, was to report of *month*."""
    return bool(
        unit.is_due and unit.reports_from <= str(month) and not ("" < unit.reports_until < str(month))
    )


def unit_of(session: Session, office: Office, pack: Pack) -> Any:
    """Find the unit that a pack is of: by its key, else by its code, else by its name; None if there is none."""
    known = [each for each in _all(session, office) if each.record_status != "void"]
    center = REGISTERS["center"]
    short = next(
        (row["short_name"] for each in pack.sheaves if each.register == center.code for row in each.rows), ""
    )
    ways = (
        lambda each: each.reports_as == pack.center,
        lambda each: not each.reports_as and pack.center_code and each.division_code == pack.center_code,
        lambda each: not each.reports_as and each.unit_name in (short, pack.center_name),
    )
    return next((each for way in ways for each in known if way(each)), None)


def take_up(session: Session, office: Office, pack: Pack) -> str:
    """Let the unit that a pack came from be known by its key; enter one that nobody entered. Tells if it did."""
    unit = unit_of(session, office, pack)
    register = REGISTERS["unit"]
    if not office.enabled(register):
        return ""
    if unit is not None:
        # Who reports was to report: of a month before it was listed too.
        learnt = {"reports_as": pack.center, "reports_from": min(unit.reports_from, pack.month)}
        if any(getattr(unit, name) != value for name, value in learnt.items()):
            records.change(session, register, unit.uid, learnt)
        return ""
    center = records.get(session, REGISTERS["center"], pack.center)
    values = {
        "unit_name": center.short_name if center else pack.center_name,
        "division_code": pack.center_code,
        "level": pack.level,
        "reports_from": pack.month,
        "reports_as": pack.center,
    }
    add_all(session, office, register, [values], office.given(session))
    return _("“{name}”原来不在下级单位名册里，已自动加入，请核对它从哪个月起报送。").format(
        name=values["unit_name"]
    )


def _all(session: Session, office: Office) -> Iterable[Any]:
    model: Any = REGISTERS["unit"].model
    chosen = select(model).where(model.center == office.center).order_by(model.id)
    return list(session.execute(chosen).scalars())


def _known(session: Session, office: Office, month: Month) -> Mapping[str, Any]:
    uids = [each.uid for each in _all(session, office)]
    found = standing(session, "unit", uids, month.last)
    return {uid: found[uid] for uid in uids if found[uid].record_status != "void"}


def _unit(row: Any, known: Mapping[str, Any]) -> Unit:
    return Unit(
        uid=row.uid,
        name=row.unit_name,
        code=row.division_code,
        center=row.reports_as or "",
        path=tuple(reversed(list(_above(row, known)))),
        contact=row.contact,
        phone=row.contact_phone,
    )


def _above(row: Any, known: Mapping[str, Any]) -> Iterator[str]:
    """Name what a unit lies under, the nearest first; a circle is left where it closes."""
    seen = {row.uid}
    above = known.get(row.under or "")
    while above is not None and above.uid not in seen:
        seen.add(above.uid)
        yield above.unit_name
        above = known.get(above.under or "")
