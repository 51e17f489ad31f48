"""Binding: a month's records of one book made into a `Ledger`, as of the month's end."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlmodel import Session

from ojr_desk import __version__
from ojr_desk.ledger import Heading, Ledger, Measure
from ojr_desk.moments import Month, show_moment
from ojr_desk.register import (
    MASKED,
    REGISTERS,
    Audience,
    Book,
    Column,
    Drawn,
    Link,
    Moment,
    Register,
    Running,
    Shown,
    Sight,
    sight,
)
from ojr_desk.rules.workdays import Calendar
from ojr_desk.store import history, months
from ojr_desk.store.asof import standing, steps_until
from ojr_desk.store.confidential import SEALED, kept_back
from ojr_desk.store.query import month_bounds
from ojr_desk.text import _, labelled, listed


@dataclass(frozen=True)
class Binder:
    """Of which month, for whom, by whom and when a book is bound; *center* is the uid of whose book it is."""

    month: Month
    center: str
    audience: Audience
    now: datetime
    clerk: str = ""
    calendar: Calendar | None = None


@dataclass(frozen=True)
class _Cell:
    """One column of the book: its label and width, and how a record's cell is found.

    *column* belongs to the record, or to what the record links to by *of*; *dates* says that the record
    is dated by it.
    """

    label: str
    width_mm: float
    column: Column | None = None
    drawn: Drawn | Running | None = None
    of: str = ""
    dates: bool = False


def monthly(session: Session, register: Register, book: Book, binder: Binder) -> Ledger:
    """Bind one book of one month: names, steps and states are those of the month's last day.

    As long as the month is not closed its paper says across every page that it is none to be signed.
    """
    month = binder.month
    records = carried(session, register, book, month, binder.center)
    records += dated(session, register, book, month, binder.center)
    held: list[Any] = []
    if binder.audience is Audience.SUPERIOR:
        # The paper for the superior tells what the workbook tells.
        hidden = kept_back(session, register, records, full=False)
        held = [record for record in records if record.uid in hidden]
        records = [record for record in records if record.uid not in hidden]
    steps = steps_until(session, register, (record.uid for record in records), month.last)
    cells = [_cell(register, each) for each in book.columns]
    cells = [cell for cell in cells if _seen(cell, binder.audience)]
    linked = _linked(session, register, cells, records, month)
    before = _earlier(session, register, book, month, binder.center)
    running = {
        cell.label: cell.drawn.tell(before, records) for cell in cells if isinstance(cell.drawn, Running)
    }
    rows = tuple(
        (
            str(place),
            *(
                running[cell.label][place - 1]
                if cell.label in running
                else _text(cell, record, steps.get(record.uid, []), linked, binder)
                for cell in cells
            ),
        )
        for place, record in enumerate(records, 1)
    )
    measures = tuple(
        Measure(
            _(count.label),
            _(count.unit),
            tuple(count.value(record, steps.get(record.uid, [])) for record in records),
            count.aside,
            count.money,
        )
        for count in book.counts
    )
    totals = {count.code: sum(measure.values) for count, measure in zip(book.counts, measures, strict=True)}
    center = standing(session, "center", [binder.center], month.last)[binder.center]
    amendments = tuple(_amendments(session, register, book, binder))
    ledger = Ledger(
        title=f"{center.official_name}{_(book.title)}",
        period=month.title,
        facts=facts(center, binder, book.number, book.unit),
        headings=(
            Heading(_("序号"), 10, right=False),
            *(Heading(_(c.label), c.width_mm, _right(c)) for c in cells),
        ),
        rows=rows,
        code="",
        measures=measures,
        closing=(
            *_ratios(book, totals),
            *(book.closing(before, records, month) if book.closing else ()),
            *_kept_back(held),
            *_overdue(register, book, records, steps, binder),
        ),
        amendments=amendments,
        signatures=signatures(register.signed_by, center, binder),
        foot=foot(session, binder),
        landscape=book.landscape,
        watermark="" if months.is_closed(session, binder.center, month) else _("未结账"),
        numbers=tuple(record.record_no for record in records),
        totals=totals,
    )
    return replace(ledger, code=code_of(ledger))


def foot(session: Session, binder: Binder) -> str:
    """Write the small print: when it was printed by what and, once the month is closed, what history it ends."""
    foot = _("打印时间 {at}　ojr_desk {version}").format(at=show_moment(binder.now), version=__version__)
    seq, hashed = history.closing(session, binder.center, binder.month)
    return _("{foot}　痕迹 {seq}号 {code}").format(foot=foot, seq=seq, code=short(hashed)) if seq else foot


def code_of(*ledgers: Ledger) -> str:
    """Digest what the ledgers say, not when they were printed: eight hexadecimal digits, as 3F9A-12C4."""
    told = [
        [each.title, each.period, each.rows, [m.values for m in each.measures], each.amendments]
        for each in ledgers
    ]
    return short(sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest())


def short(digest: str) -> str:
    """Shorten a hexadecimal digest to the code that is printed and read out."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


def dated(session: Session, register: Register, book: Book, month: Month, center: str) -> list[Any]:
    """Read the records that happened in the month, by number."""
    model: Any = register.model
    # As text: a day is '2026-11-01' and so comes before the first moment of it.
    at = type_coerce(getattr(model, register.dated_by), String)
    bounds = month_bounds(month)
    chosen = select(model).where(model.center == center, at >= bounds["since"], at < bounds["until"])
    for name, choices in book.only.items():
        chosen = chosen.where(getattr(model, name).in_(choices))
    return list(session.execute(chosen.order_by(at, model.id)).scalars())


def _earlier(session: Session, register: Register, book: Book, month: Month, center: str) -> list[Any]:
    """Read what happened before the month, oldest first, for a book that reckons on from it."""
    if book.closing is None and not any(isinstance(each, Running) for each in book.columns):
        return []
    model: Any = register.model
    at = type_coerce(getattr(model, register.dated_by), String)
    start = month_bounds(month)["since"]
    chosen = select(model).where(model.center == center, at < start, model.record_status != "void")
    return list(session.execute(chosen.order_by(at, model.id)).scalars())


def carried(session: Session, register: Register, book: Book, month: Month, center: str) -> list[Any]:
    """Read the records that began earlier and were going on when the month began, or again within it."""
    if book.carries is None:
        return []
    model: Any = register.model
    at = getattr(model, register.dated_by)
    start = _moment(month_bounds(month)["since"])
    # The last closing is kept with the record: what closed before the month and stayed closed is out.
    chosen = select(model).where(
        model.center == center, at < start, (model.closed_at.is_(None)) | (model.closed_at >= start)
    )
    earlier = list(session.execute(chosen.order_by(at, model.id)).scalars())
    uids = [each.uid for each in earlier]
    before = steps_until(session, register, uids, month.first - timedelta(days=1))
    steps = steps_until(session, register, uids, month.last)
    return [
        each
        for each in earlier
        if any(
            book.carries(each, steps.get(each.uid, [])[:taken])
            for taken in range(len(before.get(each.uid, [])), len(steps.get(each.uid, [])) + 1)
        )
    ]


def _moment(day: str) -> datetime:
    return datetime.fromisoformat(day)


def _cell(register: Register, declared: str | Shown | Drawn | Running) -> _Cell:
    if isinstance(declared, Running):
        return _Cell(declared.label, declared.width_mm, None, declared)
    if isinstance(declared, Drawn):
        named = _target(register, declared.of)
        name = named.by_name[named.label_by] if named else None
        return _Cell(declared.label, declared.width_mm, name, declared, declared.of, declared.dates)
    shown = Shown(declared) if isinstance(declared, str) else declared
    owner = _target(register, shown.of) or register
    column = owner.by_name[shown.name]
    dates = owner is register and column.name == register.dated_by
    return _Cell(
        shown.label or column.label, shown.width_mm or column.width_mm, column, None, shown.of, dates
    )


def _target(register: Register, link: str) -> Register | None:
    """Find the register that *link* points to; none without a link."""
    kind = register.by_name[link].kind if link else None
    return REGISTERS[kind.to] if isinstance(kind, Link) else None


def _seen(cell: _Cell, audience: Audience) -> bool:
    told = cell.drawn or cell.column
    assert told is not None
    if audience is Audience.SUPERIOR and not told.sent:
        return False
    seen = sight(told.privacy, audience)
    if seen is Sight.MASK and (cell.column is None or isinstance(told, Column)):
        # Who works here is named by office; of anything else a mask must leave something to read.
        return cell.column is not None and (
            isinstance(cell.column.kind, Link) or cell.column.mask is not None
        )
    return seen is not Sight.OMIT


def _right(cell: _Cell) -> bool:
    if cell.drawn is not None:
        return isinstance(cell.drawn, Running) or cell.drawn.right
    return cell.column is not None and cell.column.kind.right


def _linked(
    session: Session, register: Register, cells: Sequence[_Cell], records: Sequence[Any], month: Month
) -> dict[str, Any]:
    """Read all that the cells link to, as it was on the month's last day."""
    names = {cell.of or (cell.column.name if cell.column else "") for cell in cells}
    found: dict[str, Any] = {}
    for column in register.columns:
        if isinstance(column.kind, Link) and column.name in names:
            wanted = {uid for record in records if (uid := getattr(record, column.name))}
            found |= standing(session, column.kind.to, wanted, month.last)
    return found


def _text(cell: _Cell, record: Any, steps: Sequence[Any], linked: dict[str, Any], binder: Binder) -> str:
    if isinstance(cell.drawn, Drawn):
        told = _drawn(cell.drawn.text(record, steps), binder)
        if sight(cell.drawn.privacy, binder.audience) is Sight.MASK:
            told = told and MASKED
        names = _value(cell, record, linked, binder) if cell.of else "—"
        told = "\n".join(part for part in (told, names) if part and part != "—") or "—"
    else:
        told = _value(cell, record, linked, binder)
    if cell.dates and (happened := getattr(record, "happened_at", None)):
        told = f"{happened:%m-%d %H:%M}"
    if cell.dates and record.is_backfilled:
        return _("{day}\n补录").format(day=told)
    return told


def _drawn(told: Any, binder: Binder) -> str:
    if not isinstance(told, datetime):
        return str(told)
    # The year stands in the title.
    return f"{told:%m-%d %H:%M}" if told.date() in binder.month else show_moment(told)


def _value(cell: _Cell, record: Any, linked: dict[str, Any], binder: Binder) -> str:
    """Write the value of one field of the record, or of what it links to."""
    owner = linked.get(getattr(record, cell.of) or "") if cell.of else record
    if owner is None or cell.column is None:
        return "—"
    value = getattr(owner, cell.column.name)
    if isinstance(cell.column.kind, Moment) and value is not None and value.date() in binder.month:
        return _drawn(value, binder)
    if isinstance(cell.column.kind, Link):
        target = linked.get(value or "")
        return REGISTERS[cell.column.kind.to].label_of(target) if target is not None else "—"
    return cell.column.cell(value, binder.audience) or "—"


def facts(center: Any, binder: Binder, number: str = "", unit: str = "") -> tuple[str, ...]:
    """Write the line above a table: who reports, when, and what its number and unit are."""
    told = [
        _("填报单位（盖章）：{unit}").format(unit=center.committee_name or center.official_name),
        _("填报时间：{day}").format(day=_day(binder.now)),
    ]
    if number:
        told.append(_("编号：{number}").format(number=f"{number}-{binder.month.compact}"))
    if unit:
        told.append(_("单位：{unit}").format(unit=_(unit)))
    return tuple(told)


def _day(moment: datetime) -> str:
    return _("{year}年{month}月{day}日").format(year=moment.year, month=moment.month, day=moment.day)


def signatures(labels: Sequence[str], center: Any, binder: Binder) -> tuple[str, ...]:
    """Write the places to sign, the clerk's name beside the last of *labels*, and the centre's telephone."""
    lines = [labelled(_(label), "") for label in labels]
    lines[-1] += binder.clerk
    return (*lines, _("联系电话：{phone}").format(phone=center.hotline or ""))


def _ratios(book: Book, totals: dict[str, int]) -> Iterable[str]:
    for ratio in book.ratios:
        whole = totals[ratio.whole]
        told = f"{totals[ratio.part] * 100 / whole:.1f}%" if whole else "—"
        yield f"{_(ratio.label)} {told}"


def _overdue(
    register: Register, book: Book, records: Sequence[Any], steps: dict[str, list[Any]], binder: Binder
) -> Iterable[str]:
    """Name what was so late on the month's last day that the superior is told (逾期件)."""
    if not book.overdue or register.as_of is None or register.at_end is None or binder.calendar is None:
        return
    late = []
    for record in records:
        told = register.as_of(record, steps.get(record.uid, []))
        days = register.at_end(told, binder.month.last, binder.calendar)["late_workdays"]
        if record.record_status != "void" and (days or 0) >= book.overdue:
            late.append(_("{number} 逾期{days}个工作日").format(number=record.record_no, days=days))
    if late:
        yield _("逾期件 {n} 件：{told}").format(n=len(late), told=listed(late))


def _kept_back(held: Sequence[Any]) -> Iterable[str]:
    sealed = sum(record.confidentiality == SEALED for record in held)
    if sealed:
        yield _("另册密封 {n} 件，不在本表").format(n=sealed)
    if len(held) > sealed:
        yield _("敏感 {n} 件，只在加密的补充件里").format(n=len(held) - sealed)


def _amendments(session: Session, register: Register, book: Book, binder: Binder) -> Iterable[str]:
    """Tell the corrections that were made in this month to earlier months of this book."""
    correction = REGISTERS["correction"]
    model: Any = correction.model
    owner: Any = register.model
    bounds = month_bounds(binder.month)
    chosen = (
        select(model)
        .where(
            model.center == binder.center,
            model.of_register == register.code,
            model.occurred_at >= _moment(bounds["since"]),
            model.occurred_at < _moment(bounds["until"]),
            model.record_status != "void",
            model.of_uid.not_in(select(owner.uid).where(owner.confidentiality == "sealed")),
        )
        .order_by(model.occurred_at, model.id)
    )
    made = list(session.execute(chosen).scalars())
    superior = binder.audience is Audience.SUPERIOR
    hidden = kept_back(session, correction, made, full=False) if superior else set()
    for each in made:
        column = register.by_name.get(each.of_column)
        if column is None or (book.number and not each.of_no.startswith(book.number)):
            continue
        if superior and (each.uid in hidden or not tells_the_superior(each)):
            continue
        shown = sight(column.privacy, binder.audience) is Sight.SHOW
        if binder.audience is Audience.NOTICE and not shown:
            # Its reason may tell what the board must not.
            continue
        yield _("{number}（{month}）{label}：原为{was}，更正为{becomes}。原因：{reason}").format(
            number=each.of_no,
            month=each.of_month,
            label=_(column.label),
            was=_quoted(each.was if shown else MASKED),
            becomes=_quoted(each.becomes if shown else MASKED),
            reason=each.reason,
        )


def _quoted(value: str) -> str:
    return _("“{value}”").format(value=value) if value else _("空")


def tells_the_superior(correction: Any) -> bool:
    """Tell whether a correction is of something that is sent; what stays home is not told by its correction."""
    register = REGISTERS.get(correction.of_register)
    column = register.by_name.get(correction.of_column) if register else None
    return column is not None and column.sent
