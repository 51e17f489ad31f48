"""Whose records are: a centre reports its own, which hang on its own, each under a number of its own."""

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.exchange.contents import columns_of
from ojr_desk.exchange.edits import ReadPack
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS, Link, Register
from ojr_desk.store.query import chunks
from ojr_desk.text import _


def not_theirs(
    session: Session, read: ReadPack, checked: Sequence[tuple[str, Any, bool]], displaced: Set[str]
) -> Iterator[Problem]:
    """Name what belongs to another centre, or is told of by a record, and numbers that stand twice.

    Numbers of the *displaced* are free.
    """
    pack = read.pack
    for code in pack.counts:
        register = REGISTERS[code]
        mine = [record for each, record, _new in checked if each == code]
        owners = _owners(session, register, (record.uid for record in mine))
        for record in mine:
            if owners.get(record.uid, pack.center) != pack.center:
                yield _told_of(read, register, record, _("这条记录是别的中心的，这个中心不能报送"))
        pointing = [(record, *target) for record in mine for target in _targets(register, record, pack.full)]
        for to in dict.fromkeys(to for _record, _label, to, _uid in pointing):
            there = [(record, label, uid) for record, label, at, uid in pointing if at == to]
            owners = _owners(session, REGISTERS[to], (uid for _record, _label, uid in there))
            for record, label, uid in there:
                if owners.get(uid, pack.center) != pack.center:
                    told = _("{label}指到了别的中心的记录").format(label=_(label))
                    yield _told_of(read, register, record, told)
        for record in _numbered_twice(session, register, pack.center, mine, displaced):
            yield _told_of(read, register, record, _("这个编号用了两次"))
        if code == "center":
            for record in mine:
                yield from _coded_twice(session, read, record)


def _targets(register: Register, record: Any, full: bool) -> Iterator[tuple[str, str, str]]:
    """List what a record points at: by which column, into which register, at which key."""
    for column in columns_of(register, full):
        if isinstance(column.kind, Link) and (uid := getattr(record, column.name)):
            yield column.label, column.kind.to, uid
    # A correction may be of any register, so that its column is no link.
    if register.code == "correction" and record.of_register in REGISTERS:
        yield register.by_name["of_uid"].label, record.of_register, record.of_uid


def _told_of(read: ReadPack, register: Register, record: Any, what: str) -> Problem:
    message = read.placed(register.code, record.uid, record.record_no, what)
    return Problem(message, "not_theirs", sheet=_(register.title))


def _coded_twice(session: Session, read: ReadPack, center: Any) -> Iterator[Problem]:
    """Name another centre that has the same division code: nobody could tell the two apart."""
    model: Any = REGISTERS["center"].model
    other = select(model.official_name).where(
        model.division_code == center.division_code, model.uid != center.uid, model.record_status != "void"
    )
    if center.division_code and (name := session.execute(other).scalar()):
        told = _("统计用区划代码 {code} 已经是“{name}”的。请村里在中心档案里核对代码，改好后重新导出")
        what = told.format(code=center.division_code, name=name)
        yield _told_of(read, REGISTERS["center"], center, what)


def _owners(session: Session, register: Register, uids: Iterable[str]) -> dict[str, str]:
    """Tell whose those of some records are that are here already."""
    model: Any = register.model
    found: dict[str, str] = {}
    for part in chunks(sorted(set(uids))):
        found |= dict(session.execute(select(model.uid, model.center).where(model.uid.in_(part))).all())
    return found


def _numbered_twice(
    session: Session, register: Register, center: str, mine: Sequence[Any], displaced: Set[str]
) -> list[Any]:
    model: Any = register.model
    bearers: dict[str, str] = {}
    for part in chunks(sorted({record.record_no for record in mine})):
        chosen = select(model.record_no, model.uid).where(model.center == center, model.record_no.in_(part))
        bearers |= {number: uid for number, uid in session.execute(chosen) if uid not in displaced}
    return [record for record in mine if bearers.setdefault(record.record_no, record.uid) != record.uid]
