"""Entered as something else, an accusation leaves this PC once it is sealed; what tells of it elsewhere forbids that."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.checks import check_office
from ojr_desk.ledger import Ledger
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.store.query import Query
from tests.core.desk.test_sealed import NAME, PHONE, SECRET, traces
from tests.office import NOVEMBER, add, run_sql, visit

MONTH = Month.parse(NOVEMBER)
SEAL = {"matter_nature": "检举控告"}
INFORMER = {"full_name": NAME, "phone": PHONE}


@pytest.fixture
def year(desk: Desk) -> Iterator[Desk]:
    """The office at the end of the year, when November can be closed."""
    desk.close()
    opened = Desk.open(desk.office.folder, rehearsed(date(2026, 12, 31)))
    yield opened
    opened.close()


def complaint(desk: Desk, **more: Any) -> Any:
    row = visit(matter_nature="投诉", content=f"{SECRET}，请查", occurred_at="2026-11-10 09:00")
    return add(desk, "intake", row | more)


def seal_by_hand(desk: Desk, uid: str) -> None:
    """Seal a record as an older program did, whatever told of it elsewhere."""
    statement = "UPDATE intake SET confidentiality = 'sealed', matter_nature = 'accusation' WHERE uid = ?"
    run_sql(desk, statement, uid)


def told_in(ledger: Ledger) -> str:
    return "\n".join(("\n".join(map("|".join, ledger.rows)), *ledger.amendments, *ledger.closing))


def test_what_was_followed_up_is_not_sealed_any_more(desk: Desk) -> None:
    record = complaint(desk)
    told = {"satisfaction": "dissatisfied", "reason": SECRET, "text": SECRET}
    desk.cases.act("intake", record.uid, "follow_up", told)
    with pytest.raises(Refused, match="请作废，另外登记一条"):
        desk.registers.edit("intake", record.uid, SEAL)
    assert desk.registers.get("intake", record.uid).matter_nature == "complaint"


def test_what_was_corrected_is_not_sealed_any_more(year: Desk) -> None:
    record = complaint(year)
    year.months.close(MONTH)
    year.months.correct("intake", record.uid, {"content": f"{SECRET}，更正"}, "听错了")
    year.months.reopen(MONTH, "要改", "王书记")
    with pytest.raises(Refused, match="请作废，另外登记一条"):
        year.registers.edit("intake", record.uid, SEAL)


def test_steps_and_corrections_of_a_sealed_record_stay_out_of_packs_and_books(
    year: Desk, tmp_path: Path
) -> None:
    record = complaint(year)
    year.cases.act(
        "intake",
        record.uid,
        "follow_up",
        {"satisfaction": "满意", "text": SECRET, "occurred_at": "2026-11-12"},
    )
    year.months.close(MONTH)
    year.months.correct("intake", record.uid, {"content": f"{SECRET}，更正"}, "听错了")
    year.months.reopen(MONTH, "要改", "王书记")
    seal_by_hand(year, record.uid)
    books = []
    for month in (MONTH, MONTH.next()):
        year.months.close(month)
        pack = year.outbox.send(month, tmp_path / str(month)).pack
        assert SECRET not in str([sheaf.rows for sheaf in pack.sheaves])
        assert (pack.counts["step"], pack.counts["correction"]) == (0, 0)
        books.append(told_in(year.books.ledger("visit", month)))
    assert SECRET not in "".join(books)
    assert "满意" not in books[0]


def test_a_sealed_record_is_settled_no_more_than_another(desk: Desk) -> None:
    record = complaint(desk, headcount="7")
    assert (record.closed_at, record.is_group) == (record.occurred_at, True)
    sealed = desk.registers.edit("intake", record.uid, SEAL)
    assert (sealed.closed_at, sealed.is_group) == (None, False)
    ledger = desk.books.ledger("visit", MONTH)
    assert (ledger.totals["count"], ledger.totals["closed"]) == (1, 0)
    assert ledger.rows[0][-2:] == ("—", "—")


def test_the_reason_why_a_sealed_record_is_void_is_not_kept(desk: Desk) -> None:
    record = add(desk, "intake", visit(**SEAL))
    void = desk.registers.void("intake", record.uid, SECRET)
    assert (void.record_status, void.void_reason) == ("void", "另册密封")
    assert traces(desk) == []


def test_who_was_registered_for_it_alone_is_forgotten(desk: Desk) -> None:
    record = complaint(desk, person=INFORMER)
    desk.registers.edit("person", record.person, {"address": SECRET})
    notices: list[str] = []
    desk.registers.edit("intake", record.uid, SEAL, notices)
    assert desk.registers.find("person", Query((NAME,))).total == 0
    (person,) = desk.registers.find("person", Query()).records
    assert (person.record_no, person.full_name, person.phone) == ("FW-202611-0001", None, "")
    assert (person.record_status, person.confidentiality) == ("void", "sealed")
    assert ["备份" in notice for notice in notices] == [True]
    assert [
        each["check"] for each in check_office(desk.office.folder, desk.office.clock) if not each["ok"]
    ] == []
    assert traces(desk) == []


def test_who_was_registered_for_it_is_forgotten_after_months_were_closed_too(year: Desk) -> None:
    year.months.close(Month(2026, 9))
    record = complaint(year, person=INFORMER)
    year.registers.edit("person", record.person, {"grid": "二组"})
    assert run_sql(year, "SELECT count(*) FROM standing_version") == [(1,)]
    year.registers.edit("intake", record.uid, SEAL)
    assert traces(year) == []


@pytest.mark.parametrize("other", ["an entry of theirs", "the register of persons"])
def test_who_is_known_otherwise_stays(desk: Desk, other: str) -> None:
    if other == "an entry of theirs":
        add(desk, "intake", visit(person=INFORMER))
    else:
        add(desk, "person", INFORMER)
    record = complaint(desk, person=INFORMER)
    desk.registers.edit("intake", record.uid, SEAL)
    (person,) = desk.registers.find("person", Query((NAME,))).records
    assert (person.full_name, person.record_status) == (NAME, "normal")


def test_no_statement_empties_who_is_named_in_a_closed_month(year: Desk) -> None:
    record = complaint(year, person=INFORMER)
    year.months.close(MONTH)
    emptied = (
        "UPDATE person SET full_name = NULL, record_status = 'void', confidentiality = 'sealed' WHERE uid = ?"
    )
    with pytest.raises(Exception, match="MONTH_CLOSED"):
        run_sql(year, emptied, record.person)
