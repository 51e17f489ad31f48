"""Checking a month before it is closed: red keeps it open, amber should be looked at, green is in order.

The same reading serves the window's list of what to mend, the command line and the superior's look at a report.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.desk.hints import Hinted, hints_of_month, unprintable
from ojr_desk.desk.hours import open_days_of
from ojr_desk.desk.office import Office
from ojr_desk.figures import Asked, Figure, Span, figures_of, tallies
from ojr_desk.figures.analysis import lived
from ojr_desk.figures.outliers import MONTHS, outliers
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS, Book, Register, Text
from ojr_desk.rules.identity import has_card_number, has_citizen_id, has_mobile
from ojr_desk.store import months
from ojr_desk.store.numbering import month_gaps
from ojr_desk.store.query import month_bounds
from ojr_desk.store.schema import PACK_IN
from ojr_desk.store.triggers import table
from ojr_desk.text import N_, _, labelled, listed

RED, AMBER, GREEN = "red", "amber", "green"
#: So many of one sort are listed, each of which can be gone to.
_MOST = 50
_WHOLE = Book(code="", title="", columns=())
_GIVEN_AWAY: Mapping[str, Callable[[str], bool]] = {
    N_("身份证号"): has_citizen_id,
    N_("手机号"): has_mobile,
    N_("银行卡号"): has_card_number,
}


@dataclass(frozen=True)
class Finding:
    """What was found, as a light and words; *register* and *uid*, or the key of a *page*, lead to where it is mended.

    *act* names what the assistant can do about it by itself: `none` confirms 本月无. *field* is the column that is
    meant, *reason* why a superior would return the report for it.
    """

    light: str
    words: str
    register: str = ""
    uid: str = ""
    page: str = ""
    act: str = ""
    field: str = ""
    reason: str = ""


def findings(session: Session, office: Office, month: Month) -> tuple[Finding, ...]:
    """Check *month* of this office: red first, then amber, then what is in order."""
    found: list[Finding] = []
    for check in (_numbers, _paper):
        found += check(session, office, month)
    found += common_findings(Checked(session, office, office.center, month))
    found += _empty(session, office, month)
    found += _hints(session, office, month)
    return in_order(found)


@dataclass(frozen=True)
class Checked:
    """A month of a centre, of this office or of one that reports to it."""

    session: Session
    office: Office
    center: str
    month: Month

    def kept(self, month: Month) -> tuple[Register, ...]:
        """List the registers that the centre kept in a month; of one that reports, what its newest pack told of."""
        if self.center == self.office.center:
            return self.office.kept(self.session, month)
        newest = self.session.execute(
            select(PACK_IN.c.counts)
            .where(PACK_IN.c.center == self.center, PACK_IN.c.month == str(month), PACK_IN.c.kind == "month")
            .order_by(PACK_IN.c.revision.desc(), PACK_IN.c.id.desc())
        ).scalar()
        told = json.loads(newest or "{}")
        return tuple(each for each in REGISTERS.values() if each.code in told)


def common_findings(checked: Checked) -> Iterator[Finding]:
    """Check what can be checked of every centre's month, the same at home and at the superior's."""
    for check in (_sums, _days, _cases, _given_away, _jumps):
        yield from check(checked)


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put red first, then amber, then what is in order."""
    order = (RED, AMBER, GREEN)
    return tuple(sorted(found, key=lambda each: order.index(each.light)))


def empty_registers(session: Session, office: Office, month: Month) -> tuple[Register, ...]:
    """List the registers with a book that hold nothing of *month* and of which nobody confirmed it."""
    confirmed = months.confirmed_none(session, office.center, month)
    return tuple(each for each in _silent(session, office, month) if each.code not in confirmed)


def days_with_entries(session: Session, center: str, month: Month) -> frozenset[date]:
    """List the days of *month* on which a centre entered anything that happened."""
    ask = session.connection().exec_driver_sql
    bounds = month_bounds(month)
    return frozenset(
        date.fromisoformat(day)
        for register in REGISTERS.values()
        if happens(register)
        for day in ask(
            f"SELECT DISTINCT substr({register.dated_by}, 1, 10) FROM {table(register)} "
            f"WHERE center = ? AND {register.dated_by} >= ? AND {register.dated_by} < ?",
            (center, bounds["since"], bounds["until"]),
        ).scalars()
    )


def happens(register: Register) -> bool:
    """Tell whether records of a register tell of what happened on a day, and a person entered them."""
    return bool(register.dated_by) and not register.through


def _numbers(session: Session, office: Office, month: Month) -> Iterator[Finding]:
    lost = month_gaps(session, office.center, month)
    if lost:
        yield Finding(RED, labelled(_("断号，请运行 ojr-desk check 查明"), listed(lost, most=10)))
    else:
        yield Finding(GREEN, _("编号连续，没有断号。"))


def _paper(session: Session, office: Office, month: Month) -> Iterator[Finding]:
    for each in unprintable(session, office, month):
        yield _to(RED, each)


def _sums(checked: Checked) -> Iterator[Finding]:
    """Doubt what does not add up: carried in and accepted are closed, withdrawn or carried out."""
    found = _figures(checked)
    parts = [found.get(code) for code in ("carry_in", "accepted", "closed", "withdrawn", "carry_out")]
    known = [each.part for each in parts if each is not None]
    if len(known) < len(parts):
        return
    came, left = known[0] + known[1], sum(known[2:])
    told = _("上月结转 {a} ＋ 本月受理 {b} ＝ 办结 {c} ＋ 撤回 {d} ＋ 月末在办 {e}").format(
        a=known[0], b=known[1], c=known[2], d=known[3], e=known[4]
    )
    if came == left:
        yield Finding(GREEN, told)
    else:
        wrong = _("数对不上，请运行 ojr-desk recount，再看办理经过：{told}").format(told=told)
        yield Finding(RED, wrong, page="case", reason="unbalanced")


def _empty(session: Session, office: Office, month: Month) -> Iterator[Finding]:
    silent = _silent(session, office, month)
    empty = empty_registers(session, office, month)
    if empty:
        titles = listed(_(each.title) for each in empty)
        yield Finding(AMBER, labelled(_("没有登记，是不是本月无"), titles), act="none")
    if confirmed := [each for each in silent if each not in empty]:
        titles = listed(_(each.title) for each in confirmed)
        yield Finding(GREEN, labelled(_("已确认本月无"), titles))


def _days(checked: Checked) -> Iterator[Finding]:
    entered = days_with_entries(checked.session, checked.center, checked.month)
    due = open_days_of(checked.session, checked.office, checked.center, checked.month).kept
    without = [day for day in due if day not in entered and day <= checked.office.today()]
    if without:
        told = listed((f"{day.day}" for day in without), most=31)
        yield Finding(AMBER, _("开放日没有任何登记：{days}日").format(days=told))
    elif due:
        yield Finding(GREEN, _("{n} 个开放日都有登记。").format(n=len(due)))


def _cases(checked: Checked) -> Iterator[Finding]:
    found = _figures(checked)
    going, late = found.get("carry_out"), found.get("overdue")
    if going is None:
        return
    if late is not None and late.part:
        yield Finding(AMBER, _("月末还有 {n} 件逾期没办结。").format(n=late.part), page="case")
    elif going.part:
        yield Finding(GREEN, _("月末在办 {n} 件，没有逾期的。").format(n=going.part), page="case")


def _given_away(checked: Checked) -> Iterator[Finding]:
    """Find in free text that leaves the centre what would give a person away."""
    found = 0
    for register in checked.kept(checked.month):
        columns = [each for each in register.sent if isinstance(each.kind, Text) and each.kind.check is None]
        if not happens(register) or not columns:
            continue
        for record in binding.dated(checked.session, register, _WHOLE, checked.month, checked.center):
            for column in columns:
                told = getattr(record, column.name) or ""
                given = [_(what) for what, has in _GIVEN_AWAY.items() if has(told)]
                if given and found < _MOST:
                    found += 1
                    words = _("{number}「{label}」里写了{what}，请删去或遮盖").format(
                        number=record.record_no, label=_(column.label), what=listed(given)
                    )
                    where = {"register": register.code, "uid": record.uid, "field": column.name}
                    yield Finding(AMBER, words, **where, reason="unmasked")
    if not found:
        yield Finding(GREEN, _("上报的文字里没有身份证号、手机号、银行卡号。"))


def _jumps(checked: Checked) -> Iterator[Finding]:
    """Ask for a look at what is out of the ordinary of the own last twelve months."""
    asked = _asked(checked)
    spans = [checked.month]
    for _place in range(MONTHS):
        spans.insert(0, spans[0].previous())
    # All by the registers of that month: like is compared with like.
    *earlier, now = (
        figures_of(tallies(checked.session, replace(asked, span=Span.of(each)))[checked.center])
        for each in spans
    )
    for found in outliers(now, lived(earlier)):
        yield Finding(AMBER, found.told, page="figures")


def _hints(session: Session, office: Office, month: Month) -> Iterator[Finding]:
    for place, each in enumerate(hints_of_month(session, office, month, office.given(session))):
        if place < _MOST:
            yield _to(AMBER, each)


def _to(light: str, hinted: Hinted) -> Finding:
    return Finding(light, hinted.words, hinted.register, hinted.uid)


def _silent(session: Session, office: Office, month: Month) -> tuple[Register, ...]:
    """List the registers with a book of which nothing happened in *month*."""
    return tuple(
        each
        for each in office.kept(session, month)
        if happens(each) and each.books and not _has_any(session, each, office.center, month)
    )


def _has_any(session: Session, register: Register, center: str, month: Month) -> bool:
    bounds = month_bounds(month)
    asked = (
        f"SELECT 1 FROM {table(register)} WHERE center = ? AND {register.dated_by} >= ? "
        f"AND {register.dated_by} < ? LIMIT 1"
    )
    given: tuple[Any, ...] = (center, bounds["since"], bounds["until"])
    return session.connection().exec_driver_sql(asked, given).scalar() is not None


def _figures(checked: Checked) -> Mapping[str, Figure]:
    return figures_of(tallies(checked.session, _asked(checked))[checked.center])


def _asked(checked: Checked) -> Asked:
    office, kept = checked.office, frozenset(each.code for each in checked.kept(checked.month))
    calendar = office.calendar(checked.session)
    return Asked(Span.of(checked.month), kept, calendar, office.today(), checked.center)
