"""Persons who may have been entered twice: one citizen's number, or one name with one telephone or one grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import delete, insert, select, text
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.person_card import counts
from ojr_desk.problems import Wrong
from ojr_desk.register import REGISTERS, Audience
from ojr_desk.rules.identity import phone
from ojr_desk.store import records
from ojr_desk.store.schema import MERGE, PERSON_APART
from ojr_desk.text import N_

#: By what persons are taken for one, the surest first.
REASONS = {
    "citizen_id": N_("身份证号相同"),
    "phone": N_("姓名、电话相同"),
    "grid": N_("姓名、网格相同"),
}
_COLUMNS = {
    "citizen_id": ("citizen_id",),
    "phone": ("full_name", "phone"),
    "grid": ("full_name", "grid"),
}
_ALIVE = "center = :center AND record_status <> 'void' AND merged_into IS NULL"


@dataclass(frozen=True)
class Candidate:
    """One of several who may be one person; *events* is how much hangs on the record."""

    uid: str
    record_no: str
    name: str
    phone: str
    grid: str
    events: int


@dataclass(frozen=True)
class Doubles:
    """Persons who may be one with the first, and why, a key of `REASONS`; on the first most hangs."""

    why: str
    persons: tuple[Candidate, ...]


def find_doubles(session: Session, office: Office, limit: int) -> Iterator[Doubles]:
    """Find who may be one person, without those of whom somebody said or showed that they are two."""
    apart = _taken_apart(session) | _marked_apart(session)
    seen: list[frozenset[str]] = []
    for why, columns in _COLUMNS.items():
        for uids in _groups(session, office, columns):
            if _are_all_apart(uids, apart):
                continue
            for persons in _undecided(_candidates(session, office, uids), apart):
                group = frozenset(each.uid for each in persons)
                if any(group <= known for known in seen):
                    continue
                seen.append(group)
                yield Doubles(why, persons)
                if len(seen) == limit:
                    return


def find_parted(session: Session, office: Office, limit: int) -> Iterator[tuple[Candidate, Candidate]]:
    """Find of whom somebody said that they are two, the last ones first, while both are there."""
    chosen = select(PERSON_APART).order_by(PERSON_APART.c.at.desc(), PERSON_APART.c.one.desc())
    model: Any = REGISTERS["person"].model
    alive = select(model.uid).where(model.record_status != "void", model.merged_into.is_(None))
    both = PERSON_APART.c.one.in_(alive), PERSON_APART.c.other.in_(alive)
    for row in session.execute(chosen.where(*both).limit(limit)).all():
        one, other = _candidates(session, office, [row.one, row.other])
        yield one, other


def part(session: Session, office: Office, one: str, other: str) -> None:
    """Remember that two persons are two; who said so first counts."""
    row = {**_pair(one, other), "at": office.now(), "by": office.user}
    session.execute(insert(PERSON_APART).prefix_with("OR IGNORE"), row)


def unpart(session: Session, one: str, other: str) -> bool:
    """Forget that two persons are two; answer whether that had been said."""
    where = [PERSON_APART.c[name] == uid for name, uid in _pair(one, other).items()]
    return bool(session.connection().execute(delete(PERSON_APART).where(*where)).rowcount)


def find_by_phone(session: Session, office: Office, number: str) -> list[Any]:
    """Read everybody who gave a telephone number; a house may share one."""
    try:
        wanted = phone(number)
    except Wrong:
        return []
    model: Any = REGISTERS["person"].model
    chosen = select(model).where(
        model.phone == wanted,
        model.center == office.center,
        model.record_status != "void",
        model.merged_into.is_(None),
    )
    return list(session.execute(chosen.order_by(model.id.desc()).limit(50)).scalars())


def _groups(session: Session, office: Office, columns: Sequence[str]) -> Iterator[list[str]]:
    """List the keys of persons who have the same in *columns*, the newest first."""
    filled = " AND ".join(f"{name} <> ''" for name in columns)
    asked = text(
        f"SELECT group_concat(uid) FROM person WHERE {_ALIVE} AND {filled} "
        f"GROUP BY {', '.join(columns)} HAVING count(*) > 1 ORDER BY max(id) DESC"
    )
    for uids in session.execute(asked, {"center": office.center}).scalars():
        yield uids.split(",")


def _candidates(session: Session, office: Office, uids: Sequence[str]) -> list[Candidate]:
    register = REGISTERS["person"]
    events = counts(session, office, uids)
    found = []
    for uid in uids:
        person = records.get(session, register, uid)
        name, number, grid = (
            register.by_name[each].cell(getattr(person, each), Audience.SCREEN)
            for each in ("full_name", "phone", "grid")
        )
        found.append(Candidate(uid, person.record_no, name, number, grid, events[uid]))
    return sorted(found, key=lambda each: (-each.events, each.record_no))


def _pair(one: str, other: str) -> dict[str, str]:
    return dict(zip(("one", "other"), sorted((one, other)), strict=True))


def _are_all_apart(uids: Sequence[str], apart: frozenset[frozenset[str]]) -> bool:
    return all(frozenset(pair) in apart for pair in combinations(uids, 2))


def _undecided(
    found: Sequence[Candidate], apart: frozenset[frozenset[str]]
) -> Iterator[tuple[Candidate, ...]]:
    """Give each with those who may be the same person; who stands in one group stands in no other."""
    rest = list(found)
    while rest:
        keep, *others = rest
        same = [each for each in others if frozenset((keep.uid, each.uid)) not in apart]
        if same:
            yield (keep, *same)
        rest = [each for each in others if each not in same]


def _marked_apart(session: Session) -> frozenset[frozenset[str]]:
    rows = session.execute(select(PERSON_APART.c.one, PERSON_APART.c.other))
    return frozenset(frozenset((row.one, row.other)) for row in rows)


def _taken_apart(session: Session) -> frozenset[frozenset[str]]:
    """List the pairs that somebody merged and parted again: they are two."""
    rows = session.execute(select(MERGE.c.kept, MERGE.c.merged).where(MERGE.c.undone_at.is_not(None)))
    return frozenset(frozenset((row.kept, row.merged)) for row in rows)
