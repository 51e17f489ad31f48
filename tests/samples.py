"""A record of any register, made from its declaration alone: what each inherited test types in."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlmodel import Session

from ojr_desk.desk import Desk
from ojr_desk.desk.entries import stamp
from ojr_desk.problems import Invalid, Problem
from ojr_desk.register import REGISTERS, Column, Given, Link, Register, Text, check
from ojr_desk.rules.identity import centre_name, citizen_id, credit_code, person_name, phone
from ojr_desk.store import records

#: What a column takes that has a check of its own, and what it refuses.
CHECKED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    person_name.__name__: (("王小明", "阿卜杜拉•买买提", "㛃𠮷"), ("王?", "王" * 51)),
    phone.__name__: (("138 0577 0001", "0577-66661234"), ("12345678901234", "没有")),
    citizen_id.__name__: (("330302198103290015",), ("330302198103290016", "3303021990")),
    credit_code.__name__: (("54330381ME00000017",), ("54330381ME00000018", "123")),
    centre_name.__name__: (("瓯江红龙川村党群服务中心",), ("龙川村便民中心",)),
    "_of_register": (("intake",), ("nowhere",)),
    "_of_column": (("headcount",), ("nothing",)),
    "_keyword": (("sb1", "／YB2"), ("医保", "sb 1", "abcdefghijklm")),
    "_aliases": (("五保，低保户 五保", "路灯"), ("字" * 21,)),
    "_short_name": (("龙川村",), ("a/b", "甲?")),
    "_birth_month": (("1981-03", "1981年3月"), ("昨天", "1981-13")),
    "_roster_month": (("2026-03", "2026年3月"), ("昨天", "2026-13")),
    "_short_number": (("61234", "661"), ("abc", "12", "1234567")),
    "_month_code": (("2026-01", "2026年1月"), ("昨天", "2026-13")),
    "asset_number": (("LCC-05-2026-0001", "zc／12"), ("一 二", "=1")),
    "_names": (("周阿福", "周阿福，吴大妹"), ("周?",)),
    "class_code": (("A05010000", "a02"), ("B05", "A09", "A0501000a")),
    "area_code": (("330302104203",), ("3303021042", "330302一04203")),
}
#: How often what a record still lacks is filled in before the attempt is given up.
_ATTEMPTS = 12
Values = dict[str, Any]


def samples(column: Column) -> tuple[Any, ...]:
    """What a column must take; links have none of their own."""
    kind = column.kind
    if isinstance(kind, Text) and kind.check is not None:
        return CHECKED[kind.check.__name__][0]
    return tuple(kind.samples())


def bad_samples(column: Column) -> tuple[Any, ...]:
    """What a column must refuse."""
    kind = column.kind
    more = CHECKED[kind.check.__name__][1] if isinstance(kind, Text) and kind.check is not None else ()
    unknown = ("没有登记过的名字",) if isinstance(kind, Link) else ()
    return (*kind.bad_samples(), *more, *unknown)


class Maker:
    """Makes records that fit into one office, links and all."""

    def __init__(self, desk: Desk, session: Session, day: str = "2026-03-05 08:00") -> None:
        self.desk, self.session, self.day = desk, session, day
        self.given: Given = desk.office.given(session)
        self._linked: dict[tuple[str, int], str] = {}

    def base(self, register: Register, **fixed: Any) -> Values:
        """Fill what must be filled, and what the rules then ask for, around *fixed* values."""
        values: Values = {}
        if register.dated_by and register.dated_by not in fixed:
            values[register.dated_by] = self.day
        for column in register.typed:
            if column.required and column.name not in values:
                values[column.name] = self.sample(column)
        if own := register.no_overlap:
            values |= {own.start: f"{self.day[:10]} 07:00", own.end: self.day}
        values |= fixed
        for _attempt in range(_ATTEMPTS):
            wrong = self.problems(register, values)
            if not wrong:
                return values
            self._put_right(register, values, wrong[0], fixed)
        raise AssertionError(f"{register.code}: no record can be made around {fixed}: {wrong}")

    def full(self, register: Register) -> Values:
        """Fill every column that the rules allow beside the others."""
        values = self.base(register)
        for column in register.typed:
            if column.name not in values and (sample := self.sample(column)) is not None:
                more = values | {column.name: sample}
                values = values if self.problems(register, more) else more
        return values

    def whole(self, register: Register) -> list[Values]:
        """Make records that fill every column between them."""
        made = [self.full(register)]
        for column in register.typed:
            if not any(column.name in values for values in made):
                made.append(self._around(register, column))
        return made

    def _around(self, register: Register, column: Column) -> Values:
        """Make a record that fills *column*, with whichever of its samples the rules allow."""
        linked = [self.sample(column, turn) for turn in range(2)] if isinstance(column.kind, Link) else []
        for sample in (*linked, *samples(column)):
            with suppress(AssertionError):
                return self.base(register, **{column.name: sample})
        raise AssertionError(f"{register.code}: no record can be made that fills {column.name}")

    def sample(self, column: Column, turn: int = 0) -> Any:
        """Give a value that *column* takes: each *turn* another one; None where there is none."""
        if isinstance(column.kind, Link):
            return self.linked(column.kind.to, turn % 2)
        found = samples(column)
        return found[turn % len(found)] if found else None

    def linked(self, code: str, turn: int = 0) -> str:
        """Give the key of a record of another register, made for the purpose; each *turn* another one."""
        if code == "center":
            return self.desk.office.center
        if (code, turn) not in self._linked:
            self._linked[code, turn] = self.store(REGISTERS[code], self.base(REGISTERS[code])).uid
        return self._linked[code, turn]

    def problems(self, register: Register, values: Mapping[str, Any]) -> tuple[Problem, ...]:
        """Tell what is wrong with *values*."""
        try:
            check(register, values, self.given)
        except Invalid as invalid:
            return invalid.problems
        return ()

    def store(self, register: Register, values: Mapping[str, Any]) -> Any:
        """Store a record, also one that people make by an act only."""
        record: Any = check(register, values, self.given)
        if own := register.no_overlap:
            # Each has a room of its own: they are all made for the same hour.
            kind = register.by_name[own.thing].kind
            assert isinstance(kind, Link)
            setattr(record, own.thing, self.store(REGISTERS[kind.to], self.base(REGISTERS[kind.to])).uid)
        stamp(self.session, self.desk.office, register, record)
        return records.insert(self.session, register, record, self.given.now)

    def _put_right(self, register: Register, values: Values, problem: Problem, fixed: Values) -> None:
        name = str(problem.column)
        if problem.code == "required" and name not in fixed:
            values[name] = self.sample(register.by_name[name])
        elif problem.code == "required":
            raise AssertionError(f"{register.code}: {problem.message}")
        elif name in values and name not in fixed:
            values[name] = self._another(register.by_name[name], values[name])
        else:
            other = next(each for each in reversed(values) if each not in fixed)
            del values[other]

    def _another(self, column: Column, tried: Any) -> Any:
        if isinstance(column.kind, Link):
            first, second = (self.linked(column.kind.to, turn) for turn in range(2))
            return second if tried == first else first
        found = samples(column)
        return found[(found.index(tried) + 1) % len(found)] if tried in found else None
