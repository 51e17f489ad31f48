"""Records of registers that the story does not know: read off the declaration, so that no register stays empty.

A new register has rows in the invented office from the day on which it is declared; its own part in the
story may be written later.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from ojr_desk.demo.callers import filled
from ojr_desk.demo.hours import within
from ojr_desk.demo.people import mobile
from ojr_desk.demo.stage import Stage
from ojr_desk.demo.words import lines, stream, table, weighted
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Wrong
from ojr_desk.register import (
    Amount,
    Choice,
    Choices,
    Clock,
    Column,
    Day,
    Flag,
    Given,
    Kind,
    Link,
    Moment,
    Register,
    Text,
    Whole,
)
from ojr_desk.store.query import Query

#: The registers that have their own part in the story.
TOLD = frozenset(
    {"center", "staff", "post", "venue", "opening", "person", "intake", "case", "step", "correction"}
    | {"phrase", "limit", "category", "booking"}
    | {"duty", "turn", "roster", "leave", "swap", "duty_log"}
    | {"asset", "asset_move", "item_loan", "loan_return", "asset_request", "request_step", "fund_entry"}
)
_ATTEMPTS = 30
_STANDING_ROWS = 4
_A_MONTH = 6


class Plain:
    """The registers of one office that have no part of their own in the story."""

    def __init__(self, stage: Stage, told: frozenset[str] = TOLD) -> None:
        self._stage = stage
        self._rng = stream(stage.village.seed, "plain")
        desk = stage.desk
        found = [each for each in desk.registers.all() if each.code not in told and not each.through]
        self._registers = [each for each in found if desk.registers.enabled(each.code)]

    def furnish(self) -> None:
        """Enter some rows of every register without a date."""
        for register in self._registers:
            if not register.dated_by:
                for _n in range(_STANDING_ROWS):
                    self._add(register)

    def plan(self, month: Month) -> None:
        """Put some rows of every register with a date on the agenda of a month."""
        days = self._stage.office_days(month)
        for register in self._registers:
            if register.dated_by:
                for day in sorted(self._rng.sample(days, min(_A_MONTH, len(days)))):
                    moment = within(self._rng, *self._rng.choice(self._stage.hours.sessions(day)))
                    self._stage.agenda.at(moment, partial(self._add, register))

    def _add(self, register: Register) -> None:
        """Enter a row that the register's own rules let pass; bolder ones are tried first."""
        stage = self._stage
        stage.sit(stage.cast.one("clerk"))
        for attempt in range(_ATTEMPTS):
            values = row(register, self._rng, stage.agenda.now, self._linked, 1 - attempt / _ATTEMPTS)
            if stage.desk.registers.check(register.code, values):
                continue
            # What is only wrong beside others, such as a name that is taken, is known when it is stored.
            with suppress(Invalid):
                stage.desk.registers.add(register.code, [values])
                return

    def _linked(self, code: str) -> str | None:
        """Choose a record of another register."""
        found = self._stage.desk.registers.find(
            code, Query(live=True, center=self._stage.desk.office.center), 30
        )
        return self._rng.choice(found.records).uid if found.records else None


def row(
    register: Register, rng: Random, now: datetime, linked: Callable[[str], str | None], boldness: float
) -> dict[str, Any]:
    """Invent a row: what must be filled, and of the rest as much as *boldness* (0 to 1) says."""
    values: dict[str, Any] = {}
    for column in register.typed:
        if column.name == register.dated_by:
            values[column.name] = now
        elif column.required or (not column.common and rng.random() < boldness):
            value = _value(column, rng, now, linked)
            if value is not None:
                values[column.name] = value
    return values


def _value(column: Column, rng: Random, now: datetime, linked: Callable[[str], str | None]) -> Any:
    kind = column.kind
    if isinstance(kind, Link):
        return linked(kind.to)
    if isinstance(kind, Text):
        return _text(kind, rng, now)
    write = next(write for sort, write in _BY_KIND.items() if isinstance(kind, sort))
    return write(kind, rng, now)


def _text(kind: Text, rng: Random, now: datetime) -> str | None:
    """Choose the first words that are fit: a phrase, a telephone, a name."""
    phrase = filled(rng, rng.choice(table("matters")))[3]
    short = re.split("\\W", phrase)[0][: kind.max]
    name = rng.choice(weighted("surnames")[0]) + rng.choice(lines("men"))
    for words in (phrase if kind.long else short, mobile(rng), name):
        try:
            return str(kind.parse(words, Given(now)))
        except Wrong:
            continue
    return None


def _whole(kind: Whole, rng: Random, now: datetime) -> int:
    return rng.randint(kind.least, min(kind.most, kind.least + 40))


def _amount(kind: Amount, rng: Random, now: datetime) -> Decimal:
    most = min(kind.most, kind.least + 5000)
    return Decimal(rng.randint(int(kind.least * 100) + 1, int(most * 100))).scaleb(-2)


#: How a value of each kind is invented; the kinds are asked in this order.
_BY_KIND: Mapping[type[Kind], Callable[[Any, Random, datetime], Any]] = {
    Choices: lambda kind, rng, now: tuple(
        rng.sample(list(kind.choices), rng.randint(1, min(3, len(kind.choices))))
    ),
    Choice: lambda kind, rng, now: rng.choice(list(kind.choices)),
    Whole: _whole,
    Amount: _amount,
    Day: lambda kind, rng, now: now.date() - timedelta(days=rng.randrange(10)),
    Moment: lambda kind, rng, now: now,
    Clock: lambda kind, rng, now: time(rng.randrange(8, 17), rng.choice((0, 30))),
    Flag: lambda kind, rng, now: rng.random() < 0.5,
}
