"""Funds beside each other: no source falls below nought unless somebody says why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.things import ungranted
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS
from ojr_desk.rules.funds import by_source, signed, told, uncovered
from ojr_desk.store import records
from ojr_desk.text import _


def _entries(session: Session, office: Office, source: str) -> list[Any]:
    model: Any = REGISTERS["fund_entry"].model
    chosen = select(model).where(
        model.center == office.center, model.fund_source == source, model.record_status != "void"
    )
    return list(session.execute(chosen.order_by(model.occurred_on, model.id)).scalars())


def left(session: Session, office: Office) -> Mapping[str, int]:
    """Tell in cents what is left of each source today."""
    model: Any = REGISTERS["fund_entry"].model
    chosen = select(model).where(model.center == office.center, model.record_status != "void")
    return by_source(session.execute(chosen.order_by(model.occurred_on, model.id)).scalars())


def judge(session: Session, office: Office, entry: Any, was: Any) -> Iterator[Problem]:
    """Refuse what would leave less than nothing of a source, and equipment that nobody approved."""
    yield from _judge(session, office, entry, was, ())


def judge_row(session: Session, office: Office, entry: Any, earlier: Sequence[Any]) -> Iterator[Problem]:
    """Judge an entry of a batch: what came in by an earlier row may be spent, what went out by one is gone."""
    yield from _judge(session, office, entry, None, earlier)


def _judge(
    session: Session, office: Office, entry: Any, was: Any, earlier: Sequence[Any]
) -> Iterator[Problem]:
    if entry.request:
        request = records.get(session, REGISTERS["asset_request"], entry.request)
        if problem := ungranted(request, entry.occurred_on, "request"):
            yield problem
        elif request.request_type != "purchase":
            told = _("{number} 不是购置申请").format(number=request.record_no)
            yield Problem(told, "not_approved", "request")
    sources = {entry.fund_source} | ({was.fund_source} if was is not None else set())
    for source in sorted(sources):
        before = _entries(session, office, source)
        for each in earlier:
            before = _with(before, each)
        after = [each for each in before if was is None or each.uid != was.uid]
        if source == entry.fund_source:
            after = _with(after, entry)
        if problem := _overdrawn(before, after, entry):
            yield problem


def holds(session: Session, office: Office, entry: Any) -> Iterator[Problem]:
    """Keep an income that was spent already."""
    before = _entries(session, office, entry.fund_source)
    if problem := _overdrawn(before, [each for each in before if each.uid != entry.uid], None):
        yield problem


def _with(entries: list[Any], entry: Any) -> list[Any]:
    """Put an entry into its day, after those that are there already."""
    place = next((n for n, each in enumerate(entries) if each.occurred_on > entry.occurred_on), len(entries))
    return [*entries[:place], entry, *entries[place:]]


def _overdrawn(before: list[Any], after: list[Any], entry: Any) -> Problem | None:
    """Tell which entry of a source would not be covered; what was so before is not made worse by less of it."""
    found = uncovered(after)
    if found is None or (entry is not None and entry.overdraft_reason):
        return None
    if uncovered(before) and sum(map(signed, after)) >= sum(map(signed, before)):
        return None
    first, rest = found
    source = REGISTERS["fund_entry"].by_name["fund_source"].kind.show(first.fund_source)
    message = _("{source}到 {day} 的结余会成负数（{left} 元）：请核对金额和来源，确需先垫的写明透支说明")
    message = message.format(source=source, day=first.occurred_on.isoformat(), left=told(rest))
    return Problem(message, "overdrawn", "amount")


class Funds:
    """The memo book of money."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def left(self) -> Mapping[str, int]:
        """Tell in cents what is left of each source."""
        with self._office.reading() as session:
            return left(session, self._office)
