"""What the desk says of typed rows, and the storing of them: all of them or none. Done on the database lane."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ojr_desk.exchange.old_book_cells import Reader
from ojr_desk.exchange.old_book_days import Days
from ojr_desk.exchange.old_book_headings import Head, Use
from ojr_desk.exchange.old_book_lines import Line
from ojr_desk.exchange.old_book_words import Period
from ojr_desk.moments import Month, show_day
from ojr_desk.problems import Invalid, Problem
from ojr_desk.register import Audience
from ojr_desk.text import _, labelled, listed
from ui.backlog.layout import Batch, Cell, Cells, Layout

_ISO_DAY = 10
_NAMED = 4


class Typed(NamedTuple):
    """One row as it is to be understood, with what goes on from above; *serial* tells it from the others."""

    serial: int
    cells: Cells


class Told(NamedTuple):
    """What is wrong with a row, what is to be minded, and what is to stand in some of its cells instead."""

    serial: int
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    put: Mapping[str, Cell]


class Saved(NamedTuple):
    """What was stored: the number of each row's record, what is to be minded, and the deed to be undone."""

    numbers: Mapping[int, str]
    notices: tuple[str, ...]
    offer: Any


class _Read(NamedTuple):
    serial: int
    values: dict[str, Any]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    put: dict[str, Cell]


class _Cells(Reader):
    """Reads typed cells as those of an old book are read; what is wrong stands in a column of the grid."""

    def problem(self, row: int, name: str | None, what: str, code: str) -> Problem:
        """Say what is wrong, without the letters that a grid has none of."""
        return Problem(what, code, name, row)


def try_out(desk: Any, layout: Layout, rows: Sequence[Typed], batch: Batch) -> list[Told]:
    """Tell of each row what is wrong with it, without storing anything."""
    read = _read(desk, layout, rows, batch)
    found = desk.registers.try_out(layout.register.code, [each.values for each in read])
    return _told(layout, read, found)


def save(desk: Any, layout: Layout, rows: Sequence[Typed], batch: Batch) -> Saved | list[Told]:
    """Store all *rows* in one act; where one is refused none is, and what is wrong is told."""
    read = _read(desk, layout, rows, batch)
    code, values = layout.register.code, [each.values for each in read]
    if any(each.problems for each in read):
        return _told(layout, read, desk.registers.try_out(code, values))
    try:
        added = desk.registers.add(code, values)
    except Invalid as invalid:
        return _told(layout, read, invalid.problems)
    numbers = {each.serial: str(new.record.record_no) for each, new in zip(read, added, strict=True)}
    return Saved(numbers, tuple(told for new in added for told in new.notices), desk.undo.last())


def _told(layout: Layout, read: Sequence[_Read], found: Sequence[Problem]) -> list[Told]:
    told = []
    for place, each in enumerate(read, 1):
        wrong = {problem.column for problem in each.problems}
        more = [problem for problem in found if problem.row == place and problem.column not in wrong]
        problems = tuple(_bare(layout, problem) for problem in (*each.problems, *more))
        told.append(Told(each.serial, problems, each.notes, each.put))
    return told


def _bare(layout: Layout, problem: Problem) -> Problem:
    """Take the column's name off a complaint that is shown beside it."""
    target = layout.known.get(problem.column or "")
    prefix = labelled(layout.label(target), "") if target else ""
    return replace(problem, message=problem.message.removeprefix(prefix))


def _read(desk: Any, layout: Layout, rows: Sequence[Typed], batch: Batch) -> list[_Read]:
    uses = [Use(Head(place, (_(each.column.label),)), each) for place, each in enumerate(layout.columns)]
    reader = _Cells(layout.register, "", uses, Days(Period()), {})
    closed = desk.months.closed()
    return [_read_one(desk, layout, reader, row, batch, closed) for row in rows]


def _read_one(
    desk: Any, layout: Layout, reader: Reader, row: Typed, batch: Batch, closed: frozenset[Month]
) -> _Read:
    put, problems = _meant(desk, layout, row.cells)
    put |= _telephone(desk, layout, {**row.cells, **put})
    cells = {**row.cells, **put}
    texts = tuple(cells.get(name, Cell()).text or None for name in layout.names)
    read = reader.read(Line(row.serial, texts), frozenset())
    values = {**layout.fixed, **read.values}
    for name in layout.names:
        cell = cells.get(name, Cell())
        if cell.uid and name in values:
            values[name] = cell.uid
    problems += read.problems
    for column in layout.register.typed:
        if callable(column.default):
            # Nothing of today's goes into what happened earlier.
            values.setdefault(column.name, "")
    notes = _dated(desk, layout, values, batch, closed)
    allowed = layout.register.reads(values) if layout.register.reads else None
    if allowed is not None:
        values = {name: value for name, value in values.items() if name in allowed}
        problems = tuple(each for each in problems if each.column in allowed)
        notes = (Problem(_("只登记编号和日期，其余内容不进电脑，请另册密封保管"), "sealed"),)
        put = {name: Cell() for name in cells if name not in allowed}
    elif _is_other_number(layout, cells):
        told = _("电话和人员卡上的不同，卡上的没有改；要改请到“人员查询”")
        notes = (*notes, Problem(told, "phone", f"{layout.link}.phone"))
    return _Read(row.serial, values, problems, notes, put)


def _meant(desk: Any, layout: Layout, cells: Cells) -> tuple[dict[str, Cell], tuple[Problem, ...]]:
    """Find whom initials or the last digits of a telephone mean; several are told."""
    typed = cells.get(layout.link, Cell())
    if typed.uid or not typed.text.isascii() or not typed.text.isalnum():
        return {}, ()
    found = desk.persons.suggest(typed.text, _NAMED + 1)
    if len(found) == 1:
        return {layout.link: Cell(found[0].full_name, found[0].uid)}, ()
    if not found:
        return {}, ()
    name = desk.registers.named("person").by_name["full_name"]
    names = listed((name.cell(each.full_name, Audience.SCREEN) for each in found), most=_NAMED)
    told = _("“{word}”可能是这几位：{names}。请从列表里选，或写全姓名")
    return {}, (Problem(told.format(word=typed.text[:20], names=names), "ambiguous_link", layout.link),)


def _telephone(desk: Any, layout: Layout, cells: Cells) -> dict[str, Cell]:
    """Give the telephone of the person who was chosen, and take away that of who was chosen before."""
    name = f"{layout.link}.phone"
    person, phone = cells.get(layout.link, Cell()), cells.get(name, Cell())
    if name not in layout.names or (phone.text and (not phone.uid or phone.uid == person.uid)):
        return {}
    known = desk.registers.get("person", person.uid).phone if person.uid else ""
    return {name: Cell(known or "", person.uid)} if known or phone.text else {}


def _dated(
    desk: Any, layout: Layout, values: dict[str, Any], batch: Batch, closed: frozenset[Month]
) -> tuple[Problem, ...]:
    """Say why a row of an earlier day is entered late, and what becomes of one in a closed month."""
    said = str(values.get(layout.register.dated_by) or "")[:_ISO_DAY]
    if not said or said >= show_day(desk.office.today()) or "backfill_reason" in values:
        return ()
    values["backfill_reason"] = batch.reason
    if "happened_at" not in layout.register.by_name or not any(said.startswith(str(each)) for each in closed):
        return ()
    told = _("所在月份已经结账：会记入本月的本子，并写明实际时间")
    return (Problem(told, "late", layout.register.dated_by),)


def _is_other_number(layout: Layout, cells: Cells) -> bool:
    person, phone = cells.get(layout.link, Cell()), cells.get(f"{layout.link}.phone", Cell())
    return bool(person.uid and phone.text and phone.uid != person.uid)
