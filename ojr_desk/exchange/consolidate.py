"""Taking a pack in: planned first, shown, then carried out whole or not at all — and twice is once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlmodel import Session

from ojr_desk.exchange.consequences import mark_corrected, project
from ojr_desk.exchange.contents import Pack, columns_of
from ojr_desk.exchange.edits import Edit, ReadPack, with_edits
from ojr_desk.exchange.examining import MOST_PROBLEMS, examine, known_of
from ojr_desk.exchange.ownership import not_theirs
from ojr_desk.exchange.revising import Revised, revised
from ojr_desk.exchange.withdrawing import Gone, displace, displaced, withdraw, withdrawn
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS, Column, Register
from ojr_desk.store import history, records
from ojr_desk.store.asof import freeze
from ojr_desk.store.schema import HISTORY, PACK_IN, RECEIVING, VERSION
from ojr_desk.text import N_, _

#: What a received file turned out to be.
DECISIONS = {
    "new": N_("收下"),
    "newer": N_("新版次，替换旧的"),
    "same": N_("已经收过，没有变化"),
    "older": N_("比已收的旧，没有收"),
    "conflict": N_("同一版次内容不同，没有收"),
    "edited": N_("导出后改动过"),
    "refused": N_("没有收"),
    "failed": N_("程序出错，没有收"),
    "own": N_("本中心写的回执，不用收"),
}
TAKEN = frozenset({"new", "newer", "edited"})


@dataclass(frozen=True)
class Plan:
    """What taking a pack in would do; *problems* name sheet, row and column.

    *withdrawn* is what the month does not hold any more, *displaced* what lost its number to another record.
    *revised* tells cell by cell what a newer revision says otherwise than the one before.
    """

    read: ReadPack
    decision: str
    take: bool
    new: int
    changed: int
    problems: tuple[Problem, ...]
    records: tuple[tuple[str, Any, bool], ...]
    withdrawn: tuple[Gone, ...] = ()
    displaced: tuple[Gone, ...] = ()
    revised: tuple[Revised, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """List the cells edited since the export."""
        return self.read.edits


def plan(session: Session, read: ReadPack, now: datetime) -> Plan:
    """Decide what to do with a pack and check every row of it, without changing anything."""
    pack = with_edits(read)
    decision, take = _decide(session, read, pack)
    problems = [Problem(fault, "rows_changed") for fault in read.faults]
    if not take and decision != "edited":
        return Plan(read, decision, False, 0, 0, _told(problems), ())
    checked, wrong = examine(session, read, pack, now)
    problems += wrong
    taken = tuple((code, record, old is None) for code, record, old in checked)
    replaced = tuple(displaced(session, pack, [(code, record) for code, record, _old in checked]))
    problems = problems or list(not_theirs(session, read, taken, {gone.uid for gone in replaced}))
    if problems:
        return Plan(read, "refused" if take else decision, False, 0, 0, _told(problems), ())
    is_past = _is_past(session, pack)
    changed = sum(
        old is not None and _differs(old, record, _columns(REGISTERS[code], pack, is_past))
        for code, record, old in checked
    )
    new = sum(is_new for *_it, is_new in taken)
    gone = tuple(withdrawn(session, pack))
    had = _had(session, pack) is not None
    otherwise = tuple(revised(session, pack, checked, gone)) if had and take else ()
    return Plan(read, decision, take, new, changed, (), taken, gone, replaced, otherwise)


def _told(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Leave of too many problems the first ones, and tell that there are more."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    more = _("问题太多，只列出前 {most} 处").format(most=MOST_PROBLEMS)
    return (*problems[:MOST_PROBLEMS], Problem(more, "too_many"))


def carry_out(session: Session, plan: Plan, now: datetime, by: str | None, file: str) -> None:
    """Do what was planned, in the transaction of *session*."""
    pack = plan.read.pack
    before, _hashed = history.head(session)
    session.execute(insert(RECEIVING).values(center=pack.center))
    displace(session, plan.displaced)
    known = {
        code: known_of(
            session, REGISTERS[code], (record.uid for each, record, _new in plan.records if each == code)
        )
        for code in pack.counts
    }
    is_past = _is_past(session, pack)
    for code, record, _is_new in plan.records:
        register = REGISTERS[code]
        columns = _columns(register, pack, is_past)
        old = known[code].get(record.uid)
        if old is None:
            records.insert(session, register, record, now)
        elif register.standing and record.valid_from < old.valid_from:
            _keep_older(session, register, record, old)
        elif _differs(old, record, columns):
            values = {column.name: getattr(record, column.name) for column in columns}
            # What was withdrawn is told again.
            open_again = {"confidentiality": "ordinary"} if old.confidentiality == "sealed" else {}
            records.change(session, register, record.uid, open_again | values)
    taken = [(code, record) for code, record, _is_new in plan.records]
    taken += withdraw(session, plan.withdrawn)
    project(session, taken)
    mark_corrected(session, taken)
    session.execute(delete(RECEIVING))
    session.execute(
        insert(PACK_IN).values(
            kind=pack.kind,
            center=pack.center,
            month=pack.month,
            revision=pack.revision,
            code=pack.code,
            digest=pack.digest,
            content=with_edits(plan.read).content,
            at=now,
            by=by,
            file=file,
            edited=len(plan.edits),
            made_at=pack.made_at,
            counts=json.dumps(pack.counts),
            none=json.dumps(pack.none),
            held=pack.sealed + pack.sensitive,
            deed=_deed_since(session, before),
        )
    )


def _deed_since(session: Session, before: int) -> int | None:
    """Tell to which deed belongs what history was told since an entry; None where nothing changed."""
    chosen = select(HISTORY.c.deed).where(HISTORY.c.seq > before).order_by(HISTORY.c.seq).limit(1)
    return session.execute(chosen).scalar()


def _is_past(session: Session, pack: Pack) -> bool:
    """Tell whether a later month of the centre came before this one."""
    later = select(PACK_IN.c.id).where(PACK_IN.c.center == pack.center, PACK_IN.c.month > pack.month)
    return session.execute(later).first() is not None


def _columns(register: Register, pack: Pack, is_past: bool) -> tuple[Column, ...]:
    """List the columns that a pack may change; what was computed of a later month's end stays."""
    columns = columns_of(register, pack.full)
    if not is_past or register.as_of is None:
        return columns
    return tuple(column for column in columns if column.common or not column.computed)


def _decide(session: Session, read: ReadPack, pack: Pack) -> tuple[str, bool]:
    """Compare with what came before of the same centre and month."""
    had = _had(session, pack)
    newest = session.execute(
        select(func.max(PACK_IN.c.revision)).where(
            PACK_IN.c.center == pack.center, PACK_IN.c.month == pack.month
        )
    ).scalar()
    if newest is not None and pack.revision < newest:
        # Also where that was the other kind: what has been withdrawn must not come back.
        return "older", False
    if had is None:
        return ("edited" if read.edits else "new"), True
    if pack.revision > had.revision:
        return ("edited" if read.edits else "newer"), True
    if read.pack.digest != had.digest:
        return "conflict", False
    if pack.content == had.content:
        return "same", False
    return ("edited" if read.edits else "same"), False


def _had(session: Session, pack: Pack) -> Any:
    """Read the entry of what came last of the same centre, month and kind; None if nothing did."""
    return session.execute(
        select(PACK_IN)
        .where(
            PACK_IN.c.center == pack.center,
            PACK_IN.c.month == pack.month,
            PACK_IN.c.kind == pack.kind,
        )
        .order_by(PACK_IN.c.revision.desc(), PACK_IN.c.id.desc())
    ).first()


def _differs(old: Any, new: Any, columns: tuple[Column, ...]) -> bool:
    return any(getattr(old, column.name) != getattr(new, column.name) for column in columns)


def _keep_older(session: Session, register: Register, record: Any, old: Any) -> None:
    """File an older version of a standing record among its versions, where it is not known yet."""
    session.execute(
        insert(VERSION)
        .prefix_with("OR IGNORE")
        .values(
            register=register.code,
            uid=record.uid,
            valid_from=record.valid_from,
            until=old.valid_from,
            vals=freeze(register, record),
        )
    )
