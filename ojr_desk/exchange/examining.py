"""Examining: every row of a pack goes through the check of whatever is typed, in the words of its file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.exchange.contents import Pack, columns_of, needed_of
from ojr_desk.exchange.edits import TITLE, Edit, ReadPack
from ojr_desk.exchange.words import Words, as_written
from ojr_desk.problems import Invalid, Problem
from ojr_desk.register import REGISTERS, Column, Given, Register, check
from ojr_desk.store import records
from ojr_desk.store.query import chunks
from ojr_desk.store.uid import is_uid
from ojr_desk.text import _

#: Problems that are told of one file; who sees so many puts the first ones right and sends it again.
MOST_PROBLEMS = 200
#: Registers that are made by acts alone: no hand changes their rows, in no program and in no workbook.
_APPEND_ONLY = frozenset({"act", "correct"})
#: A record beside what is here of it already, with its register's code.
Examined = tuple[str, Any, Any]


def examine(
    session: Session, read: ReadPack, pack: Pack, now: datetime
) -> tuple[list[Examined], list[Problem]]:
    """Check every row of *pack*, which is *read* with its edits; answer with records and problems."""
    found: list[Examined] = []
    problems = [_untouchable(edit) for edit in read.edits if _is_untouchable(edit)]
    refused = {(edit.register, edit.uid) for edit in read.edits if _is_untouchable(edit)}
    exported = {each.register: {row["uid"]: row for row in each.rows} for each in read.pack.sheaves}
    given = _given(session, pack, now)
    for sheaf in pack.sheaves:
        register = REGISTERS[sheaf.register]
        columns = _columns(register, read.words[sheaf.register], pack.full)
        known = known_of(session, register, (row["uid"] for row in sheaf.rows))
        for row in sheaf.rows:
            if (sheaf.register, row["uid"]) in refused:
                continue
            try:
                record: Any = check(register, _values(row, columns), given, columns)
                _refuse_impossible(register, record, exported[sheaf.register][row["uid"]], row)
            except Invalid as invalid:
                problems += [_placed(read, sheaf.register, row, problem) for problem in invalid.problems]
                if len(problems) > MOST_PROBLEMS:
                    return found, problems
                continue
            record.uid, record.center = row["uid"], pack.center
            found.append((sheaf.register, record, known.get(row["uid"])))
    return found, problems


def known_of(session: Session, register: Register, uids: Iterable[str]) -> dict[str, Any]:
    """Read those of some records that are here already."""
    model: Any = register.model
    found: dict[str, Any] = {}
    for part in chunks(sorted(set(uids))):
        found |= {
            each.uid: each for each in session.execute(select(model).where(model.uid.in_(part))).scalars()
        }
    return found


def _is_untouchable(edit: Edit) -> bool:
    """Tell whether a cell was edited that the program writes: no person may, in the program either."""
    if not edit.uid:
        return edit.column != _(TITLE)
    register = REGISTERS[edit.register]
    return register.by_name[edit.name].computed or register.through in _APPEND_ONLY


def _untouchable(edit: Edit) -> Problem:
    told = _(
        "“{sheet}”第 {row} 行“{column}”由程序填写，不能在表格里改（原来是“{was}”，现在是“{now}”）。"
        "要改的，请村里在程序里改好后重新导出"
    ).format(sheet=edit.sheet, row=edit.row, column=edit.column, was=edit.was, now=edit.is_)
    return Problem(told, "computed", edit.name or None, edit.row, edit.sheet)


def _refuse_impossible(
    register: Register, record: Any, exported: Mapping[str, Any], row: Mapping[str, Any]
) -> None:
    """Refuse what no village could have entered: a row without its place, in another month, or an accusation."""
    problems = []
    for name in needed_of(register):
        if not getattr(record, name):
            label = _(register.by_name[name].label)
            problems.append(Problem(_("{label}不能空着").format(label=label), "required", name))
    if register.reads and register.reads(row) is not None and register.reads(exported) is None:
        told = _("检举控告不能写在表格里：请村里在程序里改登记，只留编号和日期，内容另册密封")
        problems.append(Problem(told, "accusation", "matter_nature"))
    at = register.dated_by
    if at and not problems and f"{register.day_of(record):%Y-%m}" != str(exported[at])[:7]:
        told = _("{label}不能改到别的月份").format(label=_(register.by_name[at].label))
        problems.append(Problem(told, "numbered", at))
    if problems:
        raise Invalid(problems)


def _columns(register: Register, words: Words, full: bool) -> tuple[Column, ...]:
    return tuple(as_written(column, words) for column in columns_of(register, full))


def _values(row: Mapping[str, Any], columns: tuple[Column, ...]) -> dict[str, Any]:
    names = {column.name for column in columns}
    return {name: value for name, value in row.items() if name in names}


def _given(session: Session, pack: Pack, now: datetime) -> Given:
    """Let links of the pack stand for themselves; names that were typed in are looked up, in the pack first."""
    own = {sheaf.register: _names(REGISTERS[sheaf.register], sheaf.rows) for sheaf in pack.sheaves}

    def resolve(code: str, word: str) -> tuple[str, ...]:
        if is_uid(word):
            return (word,)
        return own.get(code, {}).get(word) or records.resolve(session, code, word, pack.center)

    # The village's clock may be ahead of ours: what it dated is judged by its own day of export.
    made_at = datetime.fromisoformat(pack.made_at)
    return Given(now=max(now, made_at), resolve=resolve)


def _names(register: Register, rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """List by what people may call them the rows that a pack brings: by number, by name, and by both."""
    found: dict[str, tuple[str, ...]] = {}
    for number, label, uid in _called(register, rows):
        for word in {number, label, f"{label}（{number}）"} - {""}:
            found[word] = (*found.get(word, ()), uid)
    return found


def _called(register: Register, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        if row.get("record_status") != "void":
            yield str(row.get("record_no") or ""), str(row.get(register.label_by) or ""), row["uid"]


def _placed(read: ReadPack, code: str, row: Mapping[str, Any], problem: Problem) -> Problem:
    """Name the sheet and row of a problem as the person sees them."""
    sheet, place = read.places.get((code, row["uid"]), (read.words[code].title, None))
    message = read.placed(code, row["uid"], str(row.get("record_no") or ""), problem.message)
    return replace(problem, message=message, sheet=sheet, row=place)
