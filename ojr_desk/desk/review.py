"""A superior's look at a report: the village's own checks run again here, what changed since, what was marked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ojr_desk import binding
from ojr_desk.desk.board import lost_numbers
from ojr_desk.desk.hints import TOLD_ONCE
from ojr_desk.desk.marks_out import Draft, Made, marks_of
from ojr_desk.desk.month_check import AMBER, GREEN, Checked, Finding, common_findings, happens, in_order
from ojr_desk.desk.office import Office
from ojr_desk.desk.outbox import Outbox
from ojr_desk.exchange.marks import MOST_WORDS
from ojr_desk.exchange.revising import Revised, revised_by
from ojr_desk.moments import Month
from ojr_desk.register import Book, hints_of
from ojr_desk.store import records
from ojr_desk.store.schema import PACK_IN
from ojr_desk.text import N_, _, labelled, listed

_WHOLE = Book(code="", title="", columns=())
#: So many of one sort are listed.
_MOST = 50


@dataclass(frozen=True)
class Review:
    """What there is to say of the newest report of a centre and month.

    *revised* is what it says otherwise than the revision before; *marks* are those of this office.
    """

    center: str
    name: str
    month: Month
    revision: int
    findings: tuple[Finding, ...]
    revised: tuple[Revised, ...]
    marks: tuple[Made, ...]


class Reviews:
    """The superior's looks at what came in."""

    def __init__(self, office: Office, outbox: Outbox) -> None:
        self._office = office
        self._outbox = outbox

    def of(self, center: str, month: Month) -> Review:
        """Look at the newest report of a centre, by its key, name or code; raises `Refused` where none came."""
        with self._office.reading() as session:
            pack = self._outbox.newest(session, center, month)
            name = records.labels(session, "center", [pack.center]).get(pack.center, "")
            earlier = select(PACK_IN.c.id).where(
                PACK_IN.c.center == pack.center,
                PACK_IN.c.month == pack.month,
                PACK_IN.c.kind == pack.kind,
                PACK_IN.c.revision < pack.revision,
            )
            is_newer = pack.deed is not None and session.execute(earlier).first() is not None
            return Review(
                pack.center,
                name,
                month,
                pack.revision,
                in_order(_findings(Checked(session, self._office, pack.center, month), pack)),
                revised_by(session, pack.deed) if is_newer else (),
                marks_of(session, pack.center, month),
            )


def as_draft(finding: Finding) -> Draft:
    """Make of a finding the mark that says it."""
    return Draft(finding.words[:MOST_WORDS], finding.reason, finding.uid, finding.field, finding.register)


def _findings(checked: Checked, pack: Any) -> Iterator[Finding]:
    yield from _edited(pack)
    yield from _numbers(checked, pack)
    yield from _empty(checked, pack)
    yield from common_findings(checked)
    yield from _hints(checked)


def _edited(pack: Any) -> Iterator[Finding]:
    if pack.edited:
        told = _("导出以后有 {n} 处改动过，已按改后的收下。").format(n=pack.edited)
        yield Finding(AMBER, told, reason="other")


def _numbers(checked: Checked, pack: Any) -> Iterator[Finding]:
    lost = lost_numbers(checked.session, checked.center, checked.month)
    if len(lost) > (pack.held or 0):
        yield Finding(AMBER, labelled(_("断号"), listed(lost, most=10)), reason="other")
    else:
        yield Finding(GREEN, _("编号连续，没有断号。"))


def _empty(checked: Checked, pack: Any) -> Iterator[Finding]:
    counts, none = json.loads(pack.counts or "{}"), set(json.loads(pack.none or "[]"))
    kept = [each for each in checked.kept(checked.month) if happens(each) and each.books]
    empty = [each for each in kept if not counts[each.code] and each.code not in none]
    if empty:
        told = labelled(_("没有登记，也没有确认本月无"), listed(_(each.title) for each in empty))
        yield Finding(AMBER, told, reason="missing_sheet")


def _hints(checked: Checked) -> Iterator[Finding]:
    """Tell what is still to be put right in what the centre told: only of columns that it tells at all."""
    given, found = checked.office.given(checked.session), 0
    for register in checked.kept(checked.month):
        sent = {each.name for each in register.sent}
        if not (happens(register) and register.hints):
            continue
        for record in binding.dated(checked.session, register, _WHOLE, checked.month, checked.center):
            for each in hints_of(register, record, given):
                if each.column in sent and each.code not in TOLD_ONCE and found < _MOST:
                    found += 1
                    words = listed((record.record_no, each.message), N_("："))
                    yield Finding(
                        AMBER, words, register.code, record.uid, field=each.column or "", reason="empty_words"
                    )
