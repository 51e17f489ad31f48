"""Taking a pack in: planned first, shown, then carried out whole or not at all — and twice is once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlmodel import Session

from ojr_desk.exchange.consequences import mark_corrected, project
from ojr_desk.exchange.contents import Pack, columns_of
from ojr_desk.exchange.edits import Edit, ReadPack, with_edits
from ojr_desk.exchange.ownership import not_theirs
from ojr_desk.exchange.withdrawing import Gone, withdraw, withdrawn
from ojr_desk.exchange.words import as_written
from ojr_desk.problems import Invalid, Problem
from ojr_desk.register import REGISTERS, Column, Given, Register, check
from ojr_desk.store import records
from ojr_desk.store.asof import freeze
from ojr_desk.store.query import chunks
from ojr_desk.store.schema import PACK_IN, RECEIVING, VERSION
from ojr_desk.store.uid import is_uid
from ojr_desk.text import N_, _

#: What a received file turned out to be.
DECISIONS = {
    "new": N_("收下"),
    "newer": N_("新版次，已替换旧的"),
    "same": N_("已经收过，没有变化"),
    "older": N_("比已收的旧，没有收"),
    "conflict": N_("同一版次内容不同，没有收"),
    "edited": N_("导出后改动过"),
    "refused": N_("没有收"),
}
#: Problems that are told of one file; who sees so many puts the first ones right and sends it again.
MOST_PROBLEMS = 200
TAKEN = frozenset({"new", "newer", "edited"})


@dataclass(frozen=True)
class Plan:
    """What taking a pack in would do; *problems* name sheet, row and column."""

    read: ReadPack
    decision: str
    take: bool
    new: int
    changed: int
    problems: tuple[Problem, ...]
    records: tuple[tuple[str, Any, bool], ...]
    withdrawn: tuple[Gone, ...] = ()

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
    checked, wrong = _checked(session, read, pack, now)
    problems += wrong
    taken = tuple((code, record, old is None) for code, record, old in checked)
    problems = problems or list(not_theirs(session, pack, taken))
    if problems:
        return Plan(read, "refused" if take else decision, False, 0, 0, _told(problems), ())
    changed = sum(
        old is not None and _differs(old, record, columns_of(REGISTERS[code], pack.full))
        for code, record, old in checked
    )
    new = sum(is_new for *_it, is_new in taken)
    return Plan(read, decision, take, new, changed, (), taken, tuple(withdrawn(session, pack)))


def _checked(
    session: Session, read: ReadPack, pack: Pack, now: datetime
) -> tuple[list[tuple[str, Any, Any]], list[Problem]]:
    """Check every row in the words of its file: records beside those that are here already, and problems."""
    found: list[tuple[str, Any, Any]] = []
    problems: list[Problem] = []
    given = _given(session, pack, now)
    for sheaf in pack.sheaves:
        register = REGISTERS[sheaf.register]
        words = read.words[sheaf.register]
        columns = tuple(as_written(column, words) for column in columns_of(register, pack.full))
        known = _known(session, register, (row["uid"] for row in sheaf.rows))
        for row in sheaf.rows:
            try:
                record = check(register, _values(row, columns), given, columns)
            except Invalid as invalid:
                problems += [_placed(read, sheaf.register, row, problem) for problem in invalid.problems]
                if len(problems) > MOST_PROBLEMS:
                    return found, problems
                continue
            record.uid, record.center = row["uid"], pack.center
            found.append((sheaf.register, record, known.get(row["uid"])))
    return found, problems


def _told(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Leave of too many problems the first ones, and tell that there are more."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    more = _("问题太多，只列出前 {most} 处").format(most=MOST_PROBLEMS)
    return (*problems[:MOST_PROBLEMS], Problem(more, "too_many"))


def carry_out(session: Session, plan: Plan, now: datetime, by: str | None, file: str) -> None:
    """Do what was planned, in the transaction of *session*."""
    pack = plan.read.pack
    session.execute(insert(RECEIVING).values(center=pack.center))
    known = {
        code: _known(
            session, REGISTERS[code], (record.uid for each, record, _new in plan.records if each == code)
        )
        for code in pack.counts
    }
    for code, record, _is_new in plan.records:
        register = REGISTERS[code]
        columns = columns_of(register, pack.full)
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
    withdraw(session, plan.withdrawn)
    taken = [(code, record) for code, record, _is_new in plan.records]
    project(session, taken)
    mark_corrected(session, taken)
    session.execute(delete(RECEIVING))
    session.execute(
        insert(PACK_IN).values(
            kind="full" if pack.full else "month",
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
        )
    )


def _decide(session: Session, read: ReadPack, pack: Pack) -> tuple[str, bool]:
    """Compare with what came before of the same centre and month."""
    had = session.execute(
        select(PACK_IN)
        .where(
            PACK_IN.c.center == pack.center,
            PACK_IN.c.month == pack.month,
            PACK_IN.c.kind == ("full" if pack.full else "month"),
        )
        .order_by(PACK_IN.c.revision.desc(), PACK_IN.c.id.desc())
    ).first()
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


def _given(session: Session, pack: Pack, now: datetime) -> Given:
    """Let links of the pack stand for themselves; names that were typed in are looked up."""

    def resolve(code: str, word: str) -> tuple[str, ...]:
        return (word,) if is_uid(word) else records.resolve(session, code, word, pack.center)

    # The village's clock may be ahead of ours: what it dated is judged by its own day of export.
    made_at = datetime.fromisoformat(pack.made_at)
    return Given(now=max(now, made_at), resolve=resolve)


def _values(row: Mapping[str, Any], columns: tuple[Column, ...]) -> dict[str, Any]:
    names = {column.name for column in columns}
    return {name: value for name, value in row.items() if name in names}


def _known(session: Session, register: Register, uids: Iterable[str]) -> dict[str, Any]:
    """Read those of some records that are here already."""
    model: Any = register.model
    found: dict[str, Any] = {}
    for part in chunks(sorted(set(uids))):
        found |= {
            each.uid: each for each in session.execute(select(model).where(model.uid.in_(part))).scalars()
        }
    return found


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


def _placed(read: ReadPack, code: str, row: Mapping[str, Any], problem: Problem) -> Problem:
    """Name the sheet and row of a problem as the person sees them."""
    place = next((e for e in read.edits if e.register == code and e.uid == row["uid"]), None)
    number = str(row.get("record_no", ""))
    message = _("编号 {number}：{what}").format(number=number, what=problem.message)
    return replace(problem, message=message, sheet=_(REGISTERS[code].title), row=place.row if place else None)
