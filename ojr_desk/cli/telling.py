"""Answers as JSON with stable keys, or as sentences; progress as a bar where somebody looks."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, TextIO

from ojr_desk.desk import Desk
from ojr_desk.desk.loading import Loading
from ojr_desk.desk.registers import Found
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Problem, UserError
from ojr_desk.progress import Progress
from ojr_desk.register import Audience, Choice, Column, Link, Privacy, Register
from ojr_desk.text import _, labelled, listed

_BAR = 30
#: Longer texts are cut where a record is told in a line.
_LETTERS = 30
#: Problems of an old book that are told to people; the file of refused rows has them all.
_MOST_PROBLEMS = 30


@dataclass(frozen=True)
class Answer:
    """What a command answers: data for programs, a sentence for people."""

    data: Any
    told: str = ""


def show(data: Any, as_json: bool, told: str) -> None:
    """Write an answer: one JSON document on standard output and sentences on standard error, or these alone."""
    if as_json:
        _write(sys.stdout, json.dumps(data, ensure_ascii=False, indent=1))
    _write(sys.stderr if as_json else sys.stdout, told)


def refuse(data: Any, as_json: bool, told: str) -> None:
    """Write why nothing was done: a sentence on standard error, never among answers."""
    if as_json:
        show(data, as_json, "")
    _write(sys.stderr, told)


def _write(stream: TextIO, told: str) -> None:
    """Write a line; half a sign, which no UTF-8 holds, as JSON escapes it: it came in with somebody's input."""
    if told:
        stream.write(told.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def refusal(error: UserError) -> dict[str, Any]:
    """Tell what is wrong, problem by problem."""
    if isinstance(error, Invalid):
        return {"problems": [problem(each) for each in error.problems]}
    code = type(error).__name__.lower()
    return {"problems": [problem(Problem(error.message, code))]}


def sentence(error: UserError) -> str:
    """Write a refusal for people: of records in a list, each problem on a line that says which record."""
    if not isinstance(error, Invalid) or not any(each.row for each in error.problems):
        return error.message
    return "\n".join(
        _("第 {row} 条：{what}").format(row=each.row, what=each.message) if each.row else each.message
        for each in error.problems
    )


def problem(found: Problem) -> dict[str, Any]:
    """Tell one problem."""
    told = {"row": found.row, "column": found.column, "code": found.code, "message": found.message}
    return told | ({"sheet": found.sheet} if found.sheet else {})


def register(entry: Register, enabled: bool) -> dict[str, Any]:
    """Tell what a register is."""
    return {
        "code": entry.code,
        "title": _(entry.title),
        "group": entry.group,
        "enabled": enabled,
        "columns": [column(each) for each in entry.columns],
        "books": [{"code": book.code, "title": _(book.title)} for book in entry.books],
    }


def column(entry: Column) -> dict[str, Any]:
    """Tell what a column is."""
    kind = entry.kind
    told: dict[str, Any] = {
        "name": entry.name,
        "label": _(entry.label),
        "kind": kind.name,
        "required": entry.required,
        "computed": entry.computed,
        "choices": {code: _(label) for code, label in kind.choices.items()}
        if isinstance(kind, Choice)
        else None,
        "privacy": str(entry.privacy),
        "sent": entry.sent,
    }
    return told | ({"to": kind.to} if isinstance(kind, Link) else {})


def plain(value: Any) -> Any:
    """Tell a value of the desk as JSON holds it: its fields by name, days in ISO form, months as 2026-11."""
    if isinstance(value, Month):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def found(entry: Register, answer: Found) -> dict[str, Any]:
    """Tell what was found."""
    return {
        "total": answer.total,
        "records": [record(entry, each, answer.labels) for each in answer.records],
    }


def record(entry: Register, one: Any, labels: Mapping[str, str]) -> dict[str, Any]:
    """Tell one record: every column as stored, links with their text; what is sealed is left out."""
    told: dict[str, Any] = {"uid": one.uid}
    for each in entry.columns:
        value = getattr(one, each.name)
        if each.privacy is Privacy.SEALED:
            continue
        if value is None:
            told[each.name] = None
        elif isinstance(each.kind, Link):
            told[each.name] = {"uid": value, "text": labels.get(value, "")}
        else:
            told[each.name] = each.kind.plain_json(value)
    return told


def loading(done: Loading) -> dict[str, Any]:
    """Tell what loading an old book would do, or has done."""
    return {
        "matched": done.matched,
        "unknown": list(done.unknown),
        "rows": done.rows,
        "accepted": done.accepted,
        "problems": [problem(each) for each in done.problems],
    }


def loading_lines(done: Loading, is_plan: bool) -> Iterator[str]:
    """Tell the same to people: sheet by sheet, then what is refused and where it stands."""
    for sheet in done.sheets:
        told = _("工作表“{sheet}”：表头在第 {heading} 行，{rows} 行记录，{skipped} 行不是记录")
        heading = listed(map(str, sheet.heading_rows))
        yield told.format(sheet=sheet.name, heading=heading, rows=sheet.rows, skipped=len(sheet.skipped))
        if sheet.unknown:
            yield _("  不认识的栏目，没有读：{headings}").format(headings=listed(sheet.unknown))
    for passed in done.passed_over:
        yield _("工作表“{sheet}”：{why}").format(sheet=passed.sheet, why=passed.why)
    yield from done.notes
    for each in done.problems[:_MOST_PROBLEMS]:
        place = _("“{sheet}”第 {row} 行").format(sheet=each.sheet, row=each.row)
        yield labelled(place, each.message) if each.row else each.message
    if len(done.problems) > _MOST_PROBLEMS:
        yield _("……还有 {n} 处").format(n=len(done.problems) - _MOST_PROBLEMS)
    if done.there:
        yield _("{n} 行以前已经录过，没有再录").format(n=done.there)
    told = _("可以补录 {n} 条，退回 {refused} 行") if is_plan else _("已补录 {n} 条，退回 {refused} 行")
    yield told.format(n=done.accepted, refused=done.refused)
    if done.rejects:
        yield _("退回的行和原因在 {file}").format(file=done.rejects)


def one(desk: Desk, code: str, found: Any, told: str, notices: Sequence[str] = ()) -> Answer:
    """Answer with one record, said as *told* with its number, and what the person should know."""
    entry = desk.registers.named(code)
    labels = desk.registers.labels(code, [found])
    lines = (told.format(number=found.record_no), *notices)
    return Answer(record(entry, found, labels), "\n".join(lines))


def numbers(told: Sequence[Mapping[str, Any]]) -> str:
    """List the numbers of the first of several records."""
    return listed((each["record_no"] for each in told), most=5)


def line(entry: Register, one: Any, labels: Mapping[str, str], own: str) -> str:
    """Write one record in a line: its number, whose it is where not *own*, and what tells it from the others."""
    words = [one.record_no]
    if one.center != own and entry.code != "center":
        words.append(labels.get(one.center, ""))
    for each in entry.columns:
        telling = each.required or each.search or each.name in (entry.dated_by, entry.label_by)
        value = getattr(one, each.name)
        if value is None or each.common or each.hidden or not telling:
            continue
        told = labels.get(value, "") if isinstance(each.kind, Link) else each.cell(value, Audience.SCREEN)
        words.append(_shortened(told))
    return "  ".join(filter(None, words))


def _shortened(told: str) -> str:
    flat = " ".join(told.split())
    return flat if len(flat) <= _LETTERS else f"{flat[:_LETTERS]}…"


def bar(what: str) -> Progress:
    """Give a progress that draws a bar on standard error when that is a terminal."""

    def draw(done: int, total: int) -> None:
        if sys.stderr.isatty() and total:
            full = _BAR * done // total
            end = "\n" if done >= total else ""
            sys.stderr.write(f"\r{what} [{'#' * full}{'.' * (_BAR - full)}] {done}/{total}{end}")
            sys.stderr.flush()

    return draw
