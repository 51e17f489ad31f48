"""A closed month stands still, on every path there is, one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.retold import lines
from ojr_desk.ledger import Ledger
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, MonthClosed, Refused
from ojr_desk.register import REGISTERS
from ojr_desk.store.query import Query
from ojr_desk.store.triggers import table
from tests.office import OCTOBER, TODAY, add, copied, run_sql, visit

MONTH = Month.parse(OCTOBER)
IN_OCTOBER = "2026-10-12 08:30"


@pytest.fixture
def closed(desk: Desk) -> Desk:
    """An office whose October holds a visit, a case with steps, and is closed."""
    fill(desk)
    return desk


@pytest.fixture(scope="module")
def before(village_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Before"]:
    """Such an office for all the statements that must not change it, with a visit in November."""
    folder = tmp_path_factory.mktemp("closed") / "village"
    desk = copied(village_template, folder, rehearsed(TODAY))
    fill(desk)
    add(desk, "intake", visit(person="林大山", occurred_at="2026-11-02 08:30"))
    desk.attachments.add("intake", november(desk), picture(folder.parent))
    desk.registers.edit("staff", october(desk, "staff").uid, {"full_name": "李新名"})
    yield Before(desk, everything(desk), books(desk))
    desk.close()


@dataclass(frozen=True)
class Before:
    """An office, and all that is in it and on its paper."""

    desk: Desk
    rows: dict[str, list[Any]]
    books: list[Ledger]


def fill(desk: Desk) -> None:
    add(desk, "staff", {"full_name": "李文书"}, {"full_name": "王主任"})
    settled(desk)
    taken = add(
        desk,
        "intake",
        visit(
            person={"full_name": "陈阿英", "phone": "13805770001"},
            occurred_at=IN_OCTOBER,
            disposition="受理转办理单",
            matter_nature="求助",
            received_by="李文书",
        ),
    )
    desk.cases.act("case", taken.case, "take_up", {"occurred_at": "2026-10-13 09:00", "by": "王主任"})
    desk.attachments.add("intake", taken.uid, picture(desk.office.folder.parent))
    desk.months.close(MONTH)


def settled(desk: Desk) -> Any:
    return add(desk, "intake", visit(person="林大山", occurred_at=IN_OCTOBER, received_by="李文书"))


def october(desk: Desk, code: str = "intake") -> Any:
    """The first record of October."""
    register = REGISTERS[code]
    uid = run_sql(desk, f"SELECT uid FROM {table(register)} ORDER BY id")[0][0]
    return desk.registers.get(code, uid)


def november(desk: Desk) -> str:
    """The key of the visit in November."""
    return str(run_sql(desk, "SELECT uid FROM intake ORDER BY id DESC")[0][0])


def picture(folder: Path) -> Path:
    """A file to be attached."""
    path = folder / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n photo")
    return path


def books(desk: Desk) -> list[Ledger]:
    """October's books, as they are printed."""
    return [desk.books.ledger(code, MONTH) for code in ("visit", "call", "letter", "case")]


def test_nothing_is_added_dated_back(closed: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        settled(closed)
    assert [(p.column, p.code) for p in refused.value.problems] == [("occurred_at", "closed_month")]


def test_nothing_is_edited(closed: Desk) -> None:
    with pytest.raises(MonthClosed):
        closed.registers.edit("intake", october(closed).uid, {"remark": "x"})


def test_nothing_open_is_moved_into_it(closed: Desk) -> None:
    fresh = add(closed, "intake", visit(person="林大山", occurred_at="2026-11-02 08:30"))
    with pytest.raises(Invalid) as refused:
        closed.registers.edit("intake", fresh.uid, {"occurred_at": IN_OCTOBER})
    assert refused.value.problems[0].code == "closed_month"


def test_nothing_is_voided(closed: Desk) -> None:
    with pytest.raises(MonthClosed):
        closed.registers.void("intake", october(closed).uid, "录错")


def test_no_step_is_dated_into_it(closed: Desk) -> None:
    case = october(closed, "case")
    with pytest.raises(Invalid) as refused:
        closed.cases.act(
            "case", case.uid, "progress", {"text": "上门看过", "occurred_at": "2026-10-20 09:00"}
        )
    assert [(p.column, p.code) for p in refused.value.problems] == [("occurred_at", "closed_month")]


def test_a_step_today_leaves_its_books_as_they_were(closed: Desk) -> None:
    before = books(closed)
    case = october(closed, "case")
    closed.cases.act("case", case.uid, "progress", {"text": "上门看过"})
    closed.cases.act("case", case.uid, "reply", {"text": "已告知", "method": "电话"})
    closed.cases.act("case", case.uid, "close", {"result": "已解决"})
    assert closed.registers.get("case", case.uid).case_state == "closed"
    assert books(closed) == before


def test_a_correction_stands_in_the_open_month_and_is_never_dated_back(closed: Desk) -> None:
    before = books(closed)
    record = october(closed)
    rows = closed.months.correct("intake", record.uid, {"headcount": "2"}, "当时少记了一人")
    assert [(row.of_column, row.was, row.becomes) for row in rows] == [("headcount", "1", "2")]
    assert all(row.occurred_at.date() == date(2026, 11, 22) for row in rows)
    assert closed.registers.get("intake", record.uid).headcount == 1
    assert books(closed) == before
    assert "原为“1”，更正为“2”" in closed.books.ledger("visit", MONTH.next()).amendments[0]


def test_a_correction_takes_only_what_is_right(closed: Desk) -> None:
    record = october(closed)
    with pytest.raises(Invalid):
        closed.months.correct("intake", record.uid, {"headcount": "0"}, "x")
    with pytest.raises(Refused, match="没有要更正"):
        closed.months.correct("intake", record.uid, {"headcount": "1"}, "x")
    with pytest.raises(Refused, match="原因"):
        closed.months.correct("intake", record.uid, {"headcount": "2"}, " ")


def test_what_was_corrected_once_is_corrected_from_there(closed: Desk) -> None:
    record = october(closed)
    closed.months.correct("intake", record.uid, {"headcount": "2"}, "少记了一人")
    with pytest.raises(Refused, match="上次更正后"):
        closed.months.correct("intake", record.uid, {"headcount": "2"}, "少记了一人")
    (again,) = closed.months.correct("intake", record.uid, {"headcount": "1"}, "原来没有错")
    assert (again.was, again.becomes) == ("2", "1")
    assert len(closed.months.corrections(record.uid)) == 2
    newest, oldest = [each for each in lines(closed, REGISTERS["intake"], record.uid) if each.what == "更正"]
    assert newest.changes.startswith("人数：“2”改为“1”")
    assert oldest.changes.startswith("人数：“1”改为“2”")


@pytest.mark.parametrize("typed", ["郑碎妹", {"full_name": "郑碎妹", "phone": "13805770009"}])
def test_a_correction_registers_whom_it_names_as_adding_does(closed: Desk, typed: Any) -> None:
    before = books(closed)
    (row,) = closed.months.correct("intake", october(closed).uid, {"person": typed}, "听错了名字")
    assert (row.of_column, row.was, row.becomes) == ("person", "林大山", "郑碎妹")
    (person,) = closed.persons.suggest("郑碎妹")
    assert person.record_no == "FW-202611-0003"
    assert person.phone == (typed["phone"] if isinstance(typed, dict) else "")
    assert books(closed) == before
    known = closed.registers.find("person", Query()).total
    add(closed, "intake", visit(person="郑碎妹", occurred_at="2026-11-02 08:30"))
    assert closed.registers.find("person", Query()).total == known


def test_a_correction_that_is_refused_registers_nobody(closed: Desk) -> None:
    known = closed.registers.find("person", Query()).total
    for values, column in (
        ({"person": {"full_name": "郑碎妹", "phone": "12"}, "headcount": "0"}, "person"),
        ({"person": "郑碎妹", "headcount": "0"}, "headcount"),
    ):
        with pytest.raises(Invalid) as refused:
            closed.months.correct("intake", october(closed).uid, values, "听错了名字")
        assert column in [problem.column for problem in refused.value.problems]
    assert closed.registers.find("person", Query()).total == known


def test_a_correction_waits_for_an_open_month(closed: Desk) -> None:
    record = october(closed)
    closed.close()
    last_day = Desk.open(closed.office.folder, rehearsed(date(2026, 11, 30)))
    last_day.months.close(Month(2026, 11))
    with pytest.raises(Refused, match="下个月"):
        last_day.months.correct("intake", record.uid, {"headcount": "2"}, "少记一人")
    last_day.close()


def test_receiving_ones_own_pack_is_refused(closed: Desk, tmp_path: Path) -> None:
    sent = closed.outbox.send(MONTH, tmp_path / "stick")
    assert [each.taken for each in closed.inbox.receive([sent.files[0]])] == [False]


def test_a_member_of_the_staff_renamed_later_keeps_the_old_name_in_it(closed: Desk) -> None:
    before = books(closed)
    staff = october(closed, "staff")
    renamed = closed.registers.edit("staff", staff.uid, {"full_name": "李新名"})
    assert (renamed.full_name, renamed.valid_from) == ("李新名", date(2026, 11, 1))
    assert books(closed) == before
    assert "李文书" in before[0].rows[0]


def test_a_standing_record_never_changes_back_into_it(closed: Desk) -> None:
    staff = october(closed, "staff")
    with pytest.raises(Invalid) as refused:
        closed.registers.edit("staff", staff.uid, {"full_name": "李新名", "valid_from": "2026-10-15"})
    assert [(p.column, p.code) for p in refused.value.problems] == [("valid_from", "closed_month")]


def test_merging_persons_leaves_its_rows_as_they_were_printed(closed: Desk) -> None:
    before = books(closed)
    keep, double = (row[0] for row in run_sql(closed, "SELECT uid FROM person ORDER BY id"))
    fresh = add(closed, "intake", visit(person=double, occurred_at="2026-11-02 08:30"))
    closed.persons.merge(keep, double)
    assert closed.registers.get("intake", fresh.uid).person == keep
    assert books(closed) == before
    closed.persons.unmerge(double)
    assert closed.registers.get("intake", fresh.uid).person == double
    assert books(closed) == before


def test_a_new_calendar_leaves_it_as_it_was(closed: Desk) -> None:
    before = books(closed)
    days = closed.holidays.days(2026)
    closed.holidays.replace(2026, days[:3], "typed")
    closed.cases.recount()
    assert books(closed) == before


RAW: dict[str, str] = {
    "insert": "INSERT INTO intake(uid, record_no, center, occurred_at) "
    "SELECT 'new', 'LF-202610-0009', center, occurred_at FROM intake WHERE id = 1",
    "insert from a row": "INSERT INTO intake SELECT 9, 'new', * FROM (SELECT * FROM intake WHERE id = 0)",
    "update": "UPDATE intake SET content = '改过' WHERE id = 1",
    "update of the void mark": "UPDATE intake SET record_status = 'void' WHERE id = 1",
    "update out of the month": "UPDATE intake SET occurred_at = '2026-11-02 08:30:00.000000' WHERE id = 1",
    "update into the month": "UPDATE intake SET occurred_at = '2026-10-02 08:30:00.000000' WHERE id = 3",
    "update of the key": "UPDATE intake SET uid = 'other' WHERE id = 1",
    "update of the centre": "UPDATE intake SET center = 'other' WHERE id = 1",
    "update of the row's place": "UPDATE intake SET id = 99 WHERE id = 1",
    "update of a settled visit's closing": "UPDATE intake SET closed_at = NULL WHERE id = 1",
    "update of its case": 'UPDATE intake SET "case" = NULL WHERE id = 2',
    "update or replace": "UPDATE OR REPLACE intake SET uid = (SELECT uid FROM intake WHERE id = 1) WHERE id = 3",
    "delete": "DELETE FROM intake WHERE id = 1",
    "replace": "REPLACE INTO intake(id, uid, record_no, center, occurred_at) "
    "SELECT 1, 'new', 'LF-202611-0009', center, '2026-11-02 08:30:00.000000' FROM intake WHERE id = 1",
    "replace by its number": "REPLACE INTO intake(uid, record_no, center, occurred_at) "
    "SELECT 'new', record_no, center, '2026-11-02 08:30:00.000000' FROM intake WHERE id = 1",
    "upsert": "INSERT INTO intake(uid, record_no, center, occurred_at) "
    "SELECT uid, 'LF-202611-0009', center, '2026-11-02 08:30:00.000000' FROM intake WHERE id = 1 "
    "ON CONFLICT(uid) DO UPDATE SET content = '改过'",
    "a case's facts": "UPDATE service_case SET title = '改过' WHERE id = 1",
    "a case voided": "UPDATE service_case SET record_status = 'void' WHERE id = 1",
    "a step": "UPDATE case_step SET text = '改过' WHERE id = 1",
    "a step voided": "UPDATE case_step SET record_status = 'void' WHERE id = 1",
    "a step deleted": "DELETE FROM case_step WHERE id = 1",
    "a name": "UPDATE staff SET full_name = '改过' WHERE id = 2",
    "a name without a day": "UPDATE staff SET full_name = '改过', valid_from = NULL WHERE id = 1",
    "a name from an earlier day": "UPDATE staff SET full_name = '改过', valid_from = '2026-10-01' WHERE id = 1",
    "a standing record replaced": "REPLACE INTO staff(id, uid, record_no, center, full_name, valid_from) "
    "SELECT id, uid, record_no, center, '改过', '2026-12-01' FROM staff WHERE id = 1",
    "a version slipped in": "INSERT INTO standing_version(register, uid, valid_from, until, vals) "
    "SELECT 'staff', uid, '2025-01-01', '2027-01-01', '{}' FROM staff WHERE id = 1",
    "a version replaced": "REPLACE INTO standing_version(register, uid, valid_from, until, vals) "
    "SELECT register, uid, valid_from, until, '{}' FROM standing_version",
    "a file added": "INSERT INTO attachment(uid, register, record, sha256, name, size, added_at) "
    "SELECT 'new', 'intake', uid, 'x', 'x.png', 1, '2026-11-02 08:30:00.000000' FROM intake WHERE id = 1",
    "a file taken off": "UPDATE attachment SET removed_at = '2026-11-02 08:30:00.000000' WHERE id = 1",
    "a file exchanged": "UPDATE attachment SET sha256 = 'x' WHERE id = 1",
    "an open month's file exchanged": "UPDATE attachment SET sha256 = 'x' WHERE id = 2",
    "a file moved to another record": "UPDATE attachment SET record = 'other' WHERE id = 2",
    "a file deleted": "DELETE FROM attachment WHERE id = 1",
    "an open month's file deleted": "DELETE FROM attachment WHERE id = 2",
    "a file replaced": "REPLACE INTO attachment SELECT * FROM attachment",
    "the lock deleted": "DELETE FROM closed_month",
    "the lock moved": "UPDATE closed_month SET month = '2025-10'",
    "the lock replaced": "REPLACE INTO closed_month SELECT center, month, 0 FROM closed_month",
    "an event changed": "UPDATE month_event SET act = 'reopen', reason = 'x', second = 'y'",
    "an event deleted": "DELETE FROM month_event",
    "an event replaced": "REPLACE INTO month_event SELECT * FROM month_event",
    "another's records unlocked": "INSERT INTO receiving SELECT center FROM office",
    "the office made another's": "UPDATE office SET center = 'other'",
    "the office deleted": "DELETE FROM office",
    "the office replaced": "REPLACE INTO office SELECT id, 'other', level, made_at FROM office",
    "a trigger dropped": "DROP TRIGGER intake_lock_update",
    "a trigger in its place": "CREATE TEMP TRIGGER t BEFORE UPDATE ON intake BEGIN SELECT RAISE(IGNORE); END",
    "a table dropped": "DROP TABLE closed_month",
    "a table renamed": "ALTER TABLE closed_month RENAME TO x",
    "a column added": "ALTER TABLE intake ADD COLUMN x",
    "the history deleted": "DELETE FROM history",
    "the history changed": "UPDATE history SET actor = 'x'",
    "the history replaced": "REPLACE INTO history SELECT * FROM history",
    "a value of the history changed": "UPDATE history_value SET now = '{}'",
    "the schema written": "UPDATE sqlite_master SET sql = '' WHERE type = 'trigger'",
    "the schema cleared": "DELETE FROM sqlite_master WHERE type = 'trigger'",
    "writing the schema": "PRAGMA writable_schema = ON",
    "letting a replace delete in silence": "PRAGMA recursive_triggers = OFF",
    "another file": "ATTACH DATABASE ':memory:' AS other",
}


@pytest.mark.parametrize("statement", RAW.values(), ids=RAW)
def test_no_statement_gets_past_the_lock(before: Before, statement: str) -> None:
    with pytest.raises(DBAPIError):
        run_sql(before.desk, statement)
    assert everything(before.desk) == before.rows
    assert books(before.desk) == before.books


def everything(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table."""
    names = [row[0] for row in run_sql(desk, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in names if not name.startswith("search")]
    rows = {name: [tuple(row) for row in run_sql(desk, f'SELECT * FROM "{name}"')] for name in kept}
    return rows | {
        "sqlite_master": [tuple(row) for row in run_sql(desk, "SELECT name, sql FROM sqlite_master")]
    }


def test_a_refusal_of_the_database_is_a_sentence(closed: Desk) -> None:
    with pytest.raises(MonthClosed, match="已经结账"), closed.office.writing("raw") as session:
        session.connection().exec_driver_sql("UPDATE intake SET content = '改过' WHERE id = 1")
    with pytest.raises(Refused, match="不能删除"), closed.office.writing("raw") as session:
        session.connection().exec_driver_sql("DELETE FROM intake WHERE id = 1")


def test_a_month_that_was_sent_is_opened_again_by_two_with_a_reason(closed: Desk, tmp_path: Path) -> None:
    closed.outbox.send(MONTH, tmp_path / "stick")
    for reason, second in (("", "王书记"), ("漏登", " ")):
        with pytest.raises(Refused):
            closed.months.reopen(MONTH, reason, second)
    assert closed.months.reopen(MONTH, "漏登一件", "王书记").state == "open"
    assert closed.registers.edit("intake", october(closed).uid, {"remark": "补"}).remark == "补"
    assert closed.months.close(MONTH).state == "closed"
    with pytest.raises(MonthClosed):
        closed.registers.edit("intake", october(closed).uid, {"remark": "再补"})
    acts = run_sql(closed, "SELECT act, reason, second FROM month_event ORDER BY id")
    assert [tuple(each) for each in acts] == [
        ("close", None, None),
        ("reopen", "漏登一件", "王书记"),
        ("close", None, None),
    ]


def test_nobody_is_the_second_beside_themselves(closed: Desk) -> None:
    closed.sit_down("王主任")
    own = closed.registers.get("staff", str(closed.office.user)).record_no
    for second in ("王主任", " 王 主任　", own, f"王主任（{own}）"):
        with pytest.raises(Refused, match="不能是本人"):
            closed.months.reopen(MONTH, "漏登一件", second)
    assert closed.months.state(MONTH).state == "closed"
    namesake = add(closed, "staff", {"full_name": "王主任"}).record_no
    assert closed.months.reopen(MONTH, "漏登一件", f"王主任（{namesake}）").state == "open"


def test_no_statement_makes_one_person_two(closed: Desk) -> None:
    event = (
        "INSERT INTO month_event(center, month, act, at, \"by\", reason, second) SELECT center, '2026-10', 'reopen', "
        "'2026-11-22 09:00:00.000000', uid, 'x', ' 李文书 ' FROM staff WHERE full_name = '李文书'"
    )
    run_sql(closed, event)
    with pytest.raises(DBAPIError, match="REOPEN_FIRST"):
        run_sql(closed, "DELETE FROM closed_month")


def test_an_old_reopening_does_not_open_it_twice(closed: Desk) -> None:
    closed.months.reopen(MONTH, "漏登一件", "王书记")
    closed.months.close(MONTH)
    with pytest.raises(DBAPIError, match="REOPEN_FIRST"):
        run_sql(closed, "DELETE FROM closed_month")


def test_a_month_that_is_not_over_is_not_closed(desk: Desk) -> None:
    with pytest.raises(Refused, match="还没有结束"):
        desk.months.close(Month(2026, 11))


def counted(ledger: Ledger) -> dict[str, int]:
    """What a book adds up, but for what is nought."""
    return {name: sum for name, sum in ledger.totals.items() if sum}


def test_a_case_that_crosses_the_months_end_stands_rightly_in_both(closed: Desk) -> None:
    """Each month's book tells the case as it stood at that month's end, with the names of that day."""
    case = october(closed, "case")
    closed.registers.edit("staff", october(closed, "staff").uid, {"full_name": "李新名"})
    closed.cases.act("case", case.uid, "progress", {"text": "修好了灯", "occurred_at": "2026-11-03 09:00"})
    told = {"text": "已告知", "method": "电话", "occurred_at": "2026-11-04 09:00"}
    closed.cases.act("case", case.uid, "reply", told)
    closed.cases.act("case", case.uid, "close", {"result": "已解决", "occurred_at": "2026-11-05 09:00"})
    assert [row[7] for row in closed.books.ledger("case", MONTH).rows] == ["办理中"]
    assert counted(closed.books.ledger("case", MONTH)) == {"count": 1, "owed": 1, "open": 1}
    november = closed.books.ledger("case", MONTH.next())
    assert [row[7] for row in november.rows] == ["办结"]
    assert counted(november) == {"count": 1, "owed": 1, "closed": 1}
    assert closed.books.ledger("case", Month(2026, 12)).rows == ()
    assert [row[6] for row in closed.books.ledger("visit", MONTH).rows] == ["李文书", "李文书"]


def test_a_case_taken_up_again_is_in_the_book_of_that_month(closed: Desk) -> None:
    case = october(closed, "case")
    act = closed.cases.act
    act("case", case.uid, "progress", {"text": "修好了灯", "occurred_at": "2026-11-03 09:00"})
    told = {"text": "已告知", "method": "电话", "occurred_at": "2026-11-04 09:00"}
    act("case", case.uid, "reply", told)
    act("case", case.uid, "close", {"result": "已解决", "occurred_at": "2026-11-05 09:00"})
    later = Desk.open(closed.office.folder, rehearsed(date(2026, 12, 20)))
    later.months.close(Month(2026, 11))
    redone = {"reason": "灯又坏了", "occurred_at": "2026-12-03 09:00", "due_on": "2026-12-10"}
    later.cases.act("case", case.uid, "redo", redone)
    december = later.books.ledger("case", Month(2026, 12))
    assert [row[7] for row in december.rows] == ["办理中"]
    assert [row[7] for row in later.books.ledger("case", Month(2026, 11)).rows] == ["办结"]
    later.close()
