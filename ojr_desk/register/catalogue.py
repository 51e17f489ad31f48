"""The catalogue: what a record always has, what a register is, and which registers there are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from pydantic import NaiveDatetime
from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from ojr_desk.problems import Problem
from ojr_desk.register.book import Book
from ojr_desk.register.choices import Choice
from ojr_desk.register.column import Column, column, resolved
from ojr_desk.register.due import DueOn
from ojr_desk.register.exclusive import Exclusive
from ojr_desk.register.given import Given
from ojr_desk.text import N_

STATUSES = {"normal": N_("正常"), "corrected": N_("已更正"), "void": N_("已作废")}
CONFIDENTIALITY = {
    "ordinary": N_("普通"),
    "internal": N_("内部"),
    "sensitive": N_("敏感"),
    "sealed": N_("密封"),
}
RETENTION = {"permanent": N_("永久"), "30": N_("30年"), "10": N_("10年")}
LATE_REASONS = {
    "paper": N_("手写台账补录"),
    "power": N_("停电补录"),
    "forgotten": N_("忘记登记"),
    "earlier": N_("系统启用前历史数据"),
    "other": N_("其他"),
}
GROUPS = {
    "reception": N_("接待"),
    "duty": N_("值班"),
    "rooms": N_("场地活动"),
    "assets": N_("资产经费"),
    "books": N_("四本台账"),
    "month": N_("月末"),
    "settings": N_("设置"),
}


class Record(SQLModel):
    """What every record has: its keys, who entered it when, its state and how it is kept.

    `uid` is a UUIDv7 and travels; `id` is the row's place in this one file. `record_no` is
    `类别码-YYYYMM-0001`, without gaps within class and month, and never used again.
    """

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default=None, unique=True, nullable=False)
    center: str | None = column(N_("中心"), link="center", computed=True, default=None)
    record_no: str = column(N_("编号"), width=28, computed=True, search=True, sent=True)
    recorded_at: NaiveDatetime = column(N_("登记时间"), width=30, computed=True, sent=True)
    recorded_by: str | None = column(N_("登记人"), link="staff", computed=True, default=None)
    is_backfilled: bool = column(N_("是否补录"), width=14, computed=True, sent=True, default=False)
    backfill_reason: str | None = column(N_("补录原因"), choices=LATE_REASONS, default=None)
    record_status: str = column(N_("状态"), choices=STATUSES, computed=True, sent=True, default="normal")
    correction_reason: str | None = column(N_("更正原因"), computed=True, default=None)
    void_reason: str | None = column(N_("作废原因"), computed=True, sent=True, default=None)
    confidentiality: str = column(
        N_("密级管理"), Choice(choices=CONFIDENTIALITY, reserved=("sealed",)), default="ordinary"
    )
    retention_class: str = column(N_("归档期限"), choices=RETENTION, default="10")
    remark: str = column(N_("备注"), long=True, max=500, width=30, default="", search=True)
    revision: int = column(N_("修订"), width=12, computed=True, default=0)


class Standing(Record):
    """A record that stands until it changes: centre, staff, venues. It carries validity instead of a lock."""

    valid_from: date = column(
        N_("生效日期"),
        width=22,
        sent=True,
        default=None,
        help=N_("从哪一天起是这样；改名、换岗时填变动那天，旧的名称在旧月份的本子里不变。"),
    )


RecordType = TypeVar("RecordType", bound=type[Record])
Derive = Callable[[dict[str, Any], Given], Mapping[str, Any]]
#: Tells which columns may be read at all, before anything of the others is looked at; None: all.
Reads = Callable[[Mapping[str, Any]], frozenset[str] | None]
#: Tells what a record's computed columns are after some of its steps.
AsOf = Callable[[Any, Sequence[Any]], Mapping[str, Any]]
#: Tells of a record as it is on a month's last day what only a calendar can tell.
AtEnd = Callable[[Mapping[str, Any], date, Any], Mapping[str, Any]]
Rule = Callable[[Mapping[str, Any], Given], Iterable[Problem]]


@dataclass(frozen=True)
class Register:
    """One register: its model, its books, its rules. Everything else in the program is derived from it.

    *number* is the class code of its record numbers, or for each choice of the column *numbered_by*
    one. *dated_by* names the column whose month locks the row. *known_by* names the fields by which
    records that link here are found. *through* names the act (act, correct, init) by which alone its records
    are made. What a rule finds keeps a record from being stored; what a hint finds is told, and listed until it
    is put right: what the standard wants and nobody knows yet at the counter. *unique* names the columns of
    which no two records of an office hold the same. *steps_of* maps a register to the link through which these
    rows are its dated steps; the first of them that is filled says whose step it is. *dues* are the dates by which
    its records want something done. *settled* names the columns that no 更正单 puts right, because sums are drawn
    from them: there another record does.
    """

    code: str
    title: str
    group: str
    model: type[Record]
    columns: tuple[Column, ...]
    number: Mapping[str, str]
    numbered_by: str
    dated_by: str
    default_on: bool
    through: str
    label_by: str
    known_by: tuple[str, ...]
    books: tuple[Book, ...]
    rules: tuple[Rule, ...]
    derive: Derive | None
    reads: Reads | None
    as_of: AsOf | None
    steps_of: Mapping[str, str]
    signed_by: tuple[str, ...]
    hints: tuple[Rule, ...]
    unique: tuple[str, ...]
    at_end: AtEnd | None
    no_overlap: Exclusive | None
    dues: tuple[DueOn, ...]
    settled: tuple[str, ...]

    @property
    def standing(self) -> bool:
        """Tell whether its records stand until they change."""
        return issubclass(self.model, Standing)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Find a column by its name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def typed(self) -> tuple[Column, ...]:
        """List the columns that a person fills."""
        return tuple(column for column in self.columns if not column.computed)

    @cached_property
    def sent(self) -> tuple[Column, ...]:
        """List the columns that travel to the superior; without any of its own the register stays home."""
        if not any(column.sent and not column.common for column in self.columns):
            return ()
        return tuple(column for column in self.columns if column.sent)

    def number_class(self, values: Mapping[str, Any]) -> str:
        """Name the class code of a record with *values*."""
        return self.number[str(values.get(self.numbered_by)) if self.numbered_by else ""]

    def day_of(self, record: Any) -> date | None:
        """Tell on which day a record happened; standing records happen on none."""
        moment = getattr(record, self.dated_by) if self.dated_by else None
        return moment.date() if isinstance(moment, datetime) else moment

    def label_of(self, record: Any) -> str:
        """Write the name by which people know a record."""
        return str(getattr(record, self.label_by) or record.record_no)


#: Every register by its code, in the order of the menu; filled by importing `ojr_desk.registers.menu`.
REGISTERS: dict[str, Register] = {}


def register(
    *,
    code: str,
    title: str,
    group: str,
    number: str | Mapping[str, str],
    numbered_by: str = "",
    dated_by: str = "",
    label_by: str = "record_no",
    known_by: Sequence[str] = (),
    default_on: bool = True,
    through: str = "",
    books: Sequence[Book] = (),
    rules: Sequence[Rule] = (),
    hints: Sequence[Rule] = (),
    unique: Sequence[str] = (),
    at_end: AtEnd | None = None,
    no_overlap: Exclusive | None = None,
    derive: Derive | None = None,
    reads: Reads | None = None,
    as_of: AsOf | None = None,
    steps_of: Mapping[str, str] | None = None,
    dues: Sequence[DueOn] = (),
    settled: Sequence[str] = (),
    signed_by: Sequence[str] = (N_("主要负责人（签字）"), N_("审核人（签字）"), N_("填报人")),
) -> Callable[[RecordType], RecordType]:
    """Enter a model into the catalogue of registers."""

    def enter(model: RecordType) -> RecordType:
        table: Any = model.__dict__["__table__"]
        if dated_by:
            Index(f"ix_{table.name}_{dated_by}_id", table.c[dated_by], table.c.id)
        Index(f"uq_{table.name}_record_no", table.c.record_no, table.c.center, unique=True)
        if label_by != "record_no":
            Index(f"ix_{table.name}_{label_by}", table.c[label_by])
        if no_overlap is not None:
            held = (table.c[no_overlap.thing], table.c[no_overlap.end])
            Index(f"ix_{table.name}_held", *held, sqlite_where=sql(no_overlap.holding()))
        REGISTERS[code] = Register(
            code=code,
            title=title,
            group=group,
            model=model,
            columns=_columns(model),
            number={"": number} if isinstance(number, str) else dict(number),
            numbered_by=numbered_by,
            dated_by=dated_by,
            default_on=default_on,
            through=through,
            label_by=label_by,
            known_by=tuple(known_by) or (label_by,),
            books=tuple(books),
            rules=tuple(rules),
            derive=derive,
            reads=reads,
            as_of=as_of,
            steps_of=dict(steps_of or {}),
            signed_by=tuple(signed_by),
            hints=tuple(hints),
            unique=tuple(unique),
            at_end=at_end,
            no_overlap=no_overlap,
            dues=tuple(dues),
            settled=tuple(settled),
        )
        return model

    return enter


def arrange(models: Iterable[object]) -> None:
    """Put the catalogue into the order of *models*; what is no model in it says nothing."""
    place = {model: number for number, model in enumerate(models) if isinstance(model, type)}
    ordered = sorted(REGISTERS.values(), key=lambda each: place.get(each.model, len(place)))
    REGISTERS.clear()
    REGISTERS.update((each.code, each) for each in ordered)


def _columns(model: type[Record]) -> tuple[Column, ...]:
    """Resolve the columns of *model*: its number first, then its own, then what all records have."""
    table: Any = model.__dict__["__table__"]
    found = [
        resolved(name, field.annotation, table.c[name].info, common=name in Standing.model_fields)
        for name, field in model.model_fields.items()
    ]
    columns = [each for each in found if each is not None]
    for each in columns:
        # From a bare `Decimal` SQLModel would make a float; the kind knows better.
        table.c[each.name].type = each.kind.stored()
    return tuple(sorted(columns, key=lambda each: (each.name != "record_no", each.common)))
