"""Gathering a month: everything that one centre reports of it, as of the month's end, into a `Pack`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.exchange.contents import Pack, Sheaf, columns_of
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS, Book, Column, Link, Privacy, Register
from ojr_desk.rules.identity import bare_name
from ojr_desk.rules.workdays import Calendar
from ojr_desk.store import history, months
from ojr_desk.store.asof import standing, steps_until
from ojr_desk.store.confidential import SEALED, kept_back
from ojr_desk.text import _, on_paper

#: What a whole month of a register is, whichever book it is printed in.
WHOLE = Book(code="", title="", columns=())


@dataclass(frozen=True)
class Reporter:
    """Who reports: the centre, its level, the registers it keeps, the clerk and the moment."""

    center: str
    level: str
    kept: tuple[Register, ...]
    clerk: str
    now: datetime
    calendar: Calendar


@on_paper()
def gather(session: Session, reporter: Reporter, month: Month, full: bool) -> Pack:
    """Gather a month; what lies in the sealed drawer, or is sensitive and not asked for, is counted only."""
    center = standing(session, "center", [reporter.center], month.last)[reporter.center]
    sheaves: list[Sheaf] = []
    held: list[Any] = []
    for register in reporter.kept:
        columns = columns_of(register, full)
        if not columns:
            continue
        found = _reported(session, register, month, reporter.center)
        hidden = kept_back(session, register, found, full)
        if register.dated_by and not register.through:
            # A person who was forgotten for the sake of a sealed matter is none of its own.
            held += [each for each in found if each.uid in hidden]
        plain = [each for each in found if each.uid not in hidden and _is_tellable(reporter, register, each)]
        if register.code == "correction" and not full:
            plain = [each for each in plain if binding.tells_the_superior(each)]
        sheaves.append(_sheaf(session, register, plain, columns, (month, reporter.calendar)))
    kept = {register.code for register in reporter.kept}
    sealed = sum(each.confidentiality == SEALED for each in held)
    return Pack(
        center=reporter.center,
        center_name=center.official_name,
        center_code=center.division_code or "",
        level=reporter.level,
        superior=center.superior_name or "",
        month=str(month),
        revision=1,
        full=full,
        made_at=reporter.now.isoformat(sep=" ", timespec="minutes"),
        clerk=reporter.clerk,
        sealed=sealed,
        sensitive=len(held) - sealed,
        off=tuple(code for code in REGISTERS if code not in kept),
        sheaves=tuple(_needed(sheaf, sheaves) if full else sheaf for sheaf in sheaves),
        closing="{} {}".format(*history.closing(session, reporter.center, month)),
        none=_none(session, reporter.center, month, sheaves),
    )


def _none(session: Session, center: str, month: Month, sheaves: Sequence[Sheaf]) -> tuple[str, ...]:
    """Name the registers without a row of which somebody confirmed that there was nothing."""
    confirmed = months.confirmed_none(session, center, month)
    return tuple(each.register for each in sheaves if each.register in confirmed and not each.rows)


def _needed(sheaf: Sheaf, sheaves: Sequence[Sheaf]) -> Sheaf:
    """Leave in a full pack of people, whoever they are, only whom what happened in the month names."""
    register = REGISTERS[sheaf.register]
    if register.dated_by or not any(column.privacy is Privacy.PRIVATE for column in register.columns):
        return sheaf
    named = {uid for other in sheaves if REGISTERS[other.register].dated_by for uid in other.links}
    return replace(sheaf, rows=tuple(row for row in sheaf.rows if row["uid"] in named))


def _reported(session: Session, register: Register, month: Month, center: str) -> list[Any]:
    """Read what a pack tells of one register: what happened in the month, and what it hangs on."""
    model: Any = register.model
    if register.standing:
        # Who joined after the closing was not there yet: a month sent again says what it said.
        closed_at = months.closed_at(session, center, month) or datetime.max
        there = select(model.uid).where(model.center == center, model.recorded_at <= closed_at)
        uids = session.execute(there.order_by(model.id)).scalars()
        return list(standing(session, register.code, list(uids), month.last).values())
    found = binding.dated(session, register, WHOLE, month, center)
    if register.as_of is None:
        return found
    touched: set[str] = set()
    for steps in REGISTERS.values():
        if link := steps.steps_of.get(register.code):
            touched |= {getattr(each, link) for each in binding.dated(session, steps, WHOLE, month, center)}
    for book in register.books:
        touched |= {each.uid for each in binding.carried(session, register, book, month, center)}
    earlier = touched - {each.uid for each in found} - {None}
    return list(standing(session, register.code, earlier, month.last).values()) + found


def _is_tellable(reporter: Reporter, register: Register, record: Any) -> bool:
    """Tell whether a record tells of itself, or of one whose register is kept."""
    code, _uid = about(register, record)
    return not code or any(each.code == code for each in reporter.kept)


def about(register: Register, record: Any) -> tuple[str, str]:
    """Name the record that a step or a correction tells of, by register and key; others tell of themselves."""
    if register.code == "correction":
        return record.of_register, record.of_uid
    links = ((code, getattr(record, link)) for code, link in register.steps_of.items())
    return next(((code, uid) for code, uid in links if uid), ("", ""))


def _sheaf(
    session: Session,
    register: Register,
    found: Sequence[Any],
    columns: Sequence[Column],
    when: tuple[Month, Calendar],
) -> Sheaf:
    """Take what a pack tells of some records, as of the month's end by the calendar."""
    month, calendar = when
    steps = steps_until(session, register, (each.uid for each in found), month.last)
    rows: list[dict[str, Any]] = []
    links: dict[str, str] = {}
    for record in found:
        told = {column.name: getattr(record, column.name) for column in columns}
        if told["record_status"] == "corrected":
            # That is told by the correction's own row, in its own month.
            told["record_status"] = "normal"
        if register.as_of is not None:
            told |= register.as_of(record, steps.get(record.uid, []))
        if register.at_end is not None:
            told |= register.at_end(told, month.last, calendar)
        row = {
            column.name: None if told[column.name] is None else column.kind.plain_json(told[column.name])
            for column in columns
        }
        rows.append({**row, "uid": record.uid})
    for column in columns:
        if isinstance(column.kind, Link):
            links |= _link_texts(
                session, column.kind.to, {row[column.name] for row in rows} - {None, ""}, month
            )
    return Sheaf(register.code, tuple(column.name for column in columns), tuple(rows), links)


def _link_texts(session: Session, code: str, uids: set[str], month: Month) -> dict[str, str]:
    """Write what a link's cell shows: the name as it was then, and the number that tells namesakes apart."""
    register = REGISTERS[code]
    texts = {}
    for uid, record in standing(session, code, uids, month.last).items():
        label = register.label_of(record)
        texts[uid] = label if label == record.record_no else f"{label}（{record.record_no}）"
    return texts


@on_paper()
def file_stem(pack: Pack) -> str:
    """Name the pack's files: code, centre, what, month, revision; nothing that a system forbids."""
    bare = "".join(each for each in bare_name(pack.center_name) if each not in '\\/:*?"<>| ')[:20]
    kind = _("月报_补充") if pack.full else _("月报")
    return (
        f"{pack.center_code or pack.center[:8]}_{bare}_{kind}_{pack.month.replace('-', '')}_V{pack.revision}"
    )
