"""The one check: values in, a record out, or everything that is wrong with them at once.

A clerk's form, the command line and the superior's import all come through here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from ojr_desk.problems import Invalid, Problem, Wrong
from ojr_desk.register.catalogue import REGISTERS, Record, Register, Rule
from ojr_desk.register.choices import Choices
from ojr_desk.register.column import Column
from ojr_desk.register.given import Given
from ojr_desk.text import _, labelled, listed

#: The column of a dated register that holds when something happened that was entered a month late.
_HAPPENED = "happened_at"


def check(
    register: Register,
    values: Mapping[str, Any],
    given: Given,
    columns: Sequence[Column] | None = None,
) -> Record:
    """Make a record of *values*, which are text as typed or native; raise `Invalid` with every problem.

    *columns* are those to be read, by default all that a person fills; rules speak only of these.
    """
    reading = register.typed if columns is None else columns
    allowed = register.reads(values) if register.reads else None
    if allowed is not None:
        reading = [column for column in reading if column.name in allowed or column.computed]
        # What a program wrote of it, its number first, goes on with it.
        written = {column.name for column in reading if columns is not None}
        values = {name: value for name, value in values.items() if name in allowed | written}
    parsed, problems = _parse(reading, values, given)
    problems += _strangers(register, reading, values)
    if columns is None:
        parsed |= _late_entry(register, parsed, given)
    wrong = {problem.column for problem in problems}
    names = {column.name for column in reading}
    for rule in register.rules if allowed is None else ():
        found = [problem for problem in rule(parsed, given) if problem.column in names | {None}]
        problems += [problem for problem in found if problem.column not in wrong]
    problems += _dating(register, parsed, given)
    if problems:
        raise Invalid(problems)
    if register.derive is not None:
        parsed |= register.derive(parsed, given)
    record = register.model(**_unread(register, columns, given) | parsed)
    day = _happened(parsed) or register.day_of(record)
    if columns is None and day is not None:
        record.is_backfilled = given.late(day)
    return record


def hints_of(register: Register, record: Any, given: Given) -> list[Problem]:
    """List what is still to be put right in a stored *record*: what is missing, then what is doubtful."""
    if record.record_status == "void" or record.confidentiality == "sealed":
        return []
    values = {column.name: getattr(record, column.name) for column in register.columns}
    return [problem for hint in register.hints for problem in hint(values, given)]


def why_late(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask why something was entered late; it is stored all the same."""
    if values.get("is_backfilled") and not values.get("backfill_reason"):
        yield Problem(_("是补录，请选补录原因"), "wanted", "backfill_reason")


def wanted(code: str, *names: str) -> Rule:
    """Make the hint that some columns of a register are wanted by the standard, though not at once."""

    def missing(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
        columns = REGISTERS[code].by_name
        labels = [_(columns[name].label) for name in names if is_blank(values.get(name))]
        if labels:
            yield Problem(_("还没有填：{labels}").format(labels=listed(labels)), "wanted")

    return missing


def is_blank(value: object) -> bool:
    """Tell whether nothing was filled in; 0 and 否 are something."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ((), [])


def _parse(
    columns: Sequence[Column], values: Mapping[str, Any], given: Given
) -> tuple[dict[str, Any], list[Problem]]:
    parsed: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in columns:
        value = values.get(column.name)
        if is_blank(value):
            parsed[column.name] = column.first_value(given) if column.name not in values else _nothing(column)
            if column.required or _is_emptied(column, column.name in values):
                problems.append(_missing(column))
            continue
        try:
            parsed[column.name] = column.kind.parse(value, given)
        except Wrong as wrong:
            problems.append(Problem(_named(_(column.label), wrong.message), wrong.code, column.name))
            continue
        if column.required and is_blank(parsed[column.name]):
            problems.append(_missing(column))
    return parsed, problems


def _is_emptied(column: Column, named: bool) -> bool:
    """Tell whether somebody took every tick away where at least one must stand."""
    return named and isinstance(column.kind, Choices) and bool(column.default)


def _named(label: str, what: str) -> str:
    """Say which field is wrong, but not twice."""
    return what if what.startswith(label) else labelled(label, what)


def _missing(column: Column) -> Problem:
    return Problem(_("{label}没有填，请填写").format(label=_(column.label)), "required", column.name)


def _unread(register: Register, columns: Sequence[Column] | None, given: Given) -> dict[str, Any]:
    """Answer with what stands in the columns that nobody was asked for."""
    return {
        column.name: column.first_value(given)
        for column in register.columns
        if column.computed or columns is not None
    }


def _nothing(column: Column) -> Any:
    """Answer with what an emptied field holds: no text for text, a default where none may be missing."""
    return None if callable(column.default) else column.default


def _strangers(register: Register, reading: Sequence[Column], values: Mapping[str, Any]) -> list[Problem]:
    known = {column.name for column in reading}
    problems = []
    for name in values:
        if name in known:
            continue
        if name in register.by_name:
            label = _(register.by_name[name].label)
            message = _("{label}由程序自动填写，请不要填").format(label=label)
            problems.append(Problem(message, "computed", name))
            continue
        near = get_close_matches(name, known, 1)
        hint = _("，是不是 {near}？").format(near=near[0]) if near else ""
        message = _("没有“{name}”这一栏{hint}").format(name=name[:40], hint=hint)
        problems.append(Problem(message, "unknown_column", name))
    return problems


def _late_entry(register: Register, parsed: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """Enter what a closed month lacks into the open one, with its true time, when somebody says why it is late."""
    moment = parsed.get(register.dated_by)
    if _HAPPENED not in register.by_name or not isinstance(moment, datetime):
        return {}
    forgotten = given.closed(moment.date()) and not given.closed(given.now.date())
    if not forgotten or not parsed.get("backfill_reason"):
        return {}
    return {_HAPPENED: moment, register.dated_by: given.now.replace(second=0)}


def _happened(parsed: Mapping[str, Any]) -> date | None:
    moment = parsed.get(_HAPPENED)
    return moment.date() if moment else None


def _dating(register: Register, parsed: Mapping[str, Any], given: Given) -> list[Problem]:
    """Refuse what has no date, or lies in a closed month or before the centre was opened."""
    if register.dated_by not in parsed:
        return []
    moment = parsed[register.dated_by]
    if moment is None:
        column = register.by_name[register.dated_by]
        return [] if column.required else [_missing(column)]
    day: date = moment.date() if isinstance(moment, datetime) else moment
    label = _(register.by_name[register.dated_by].label)
    if given.closed(day):
        told = _("{label}：{month}月已经结账，请改用更正单，或由负责人重新打开这个月")
        if _HAPPENED in register.by_name:
            told = _(
                "{label}：{month}月已经结账。漏登的请选补录原因，会记入本月的本子并写明实际时间；"
                "要改已经登记的请开更正单"
            )
        message = told.format(label=label, month=day.month)
        return [Problem(message, "closed_month", register.dated_by)]
    day = _happened(parsed) or day
    if given.opened_on is not None and day < given.opened_on:
        message = _("{label}：早于中心启用日期 {day}，请检查").format(
            label=label, day=given.opened_on.isoformat()
        )
        return [Problem(message, "before_opening", register.dated_by)]
    return []
