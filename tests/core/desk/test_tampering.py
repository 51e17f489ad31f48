"""What was done past the program: found by the check-up, whatever was taken off or cut away."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from ojr_desk.desk import Desk
from ojr_desk.desk.backups import go_back
from ojr_desk.desk.checks import check_office
from ojr_desk.exchange import pack as packs
from ojr_desk.moments import Month
from ojr_desk.store import history
from ojr_desk.store.engine import FILE_NAME
from tests.office import add, run_sql, visit

OCTOBER = Month(2026, 10)


def past_the_program(desk: Desk, *statements: str, tidy: bool = False) -> None:
    """Do with a common tool what it takes: without our functions, so all triggers go; who is *tidy* puts them back."""
    desk.close()
    with sqlite3.connect(desk.office.folder / FILE_NAME) as editor:
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = dict(editor.execute(asked).fetchall())
        for name in triggers:
            editor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert editor.execute(statement).rowcount != 0, statement
        for trigger in triggers.values() if tidy else ():
            editor.execute(trigger)
    editor.close()


def wrong(desk: Desk) -> dict[str, str]:
    """What the check-up finds wrong, by its name."""
    findings = check_office(desk.office.folder, desk.office.clock)
    return {each["check"]: each["detail"] for each in findings if not each["ok"]}


def test_an_office_that_nobody_tampered_with_is_well(desk: Desk) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.registers.edit("intake", record.uid, {"remark": "补充"})
    desk.registers.switch("venue", False)
    desk.holidays.replace(2026, desk.holidays.days(2026)[:5], "typed")
    desk.backups.make()
    desk.months.close(OCTOBER)
    add(desk, "intake", visit(matter_nature="检举控告"))
    sealed = add(desk, "intake", visit())
    desk.registers.edit("intake", sealed.uid, {"matter_nature": "检举控告"})
    assert wrong(desk) == {}


def test_locks_that_were_taken_off_are_put_back_and_told_of(desk: Desk) -> None:
    add(desk, "intake", visit())
    past_the_program(desk)
    assert "装回" in wrong(desk)["锁和留痕"]
    with pytest.raises(DBAPIError, match="NEVER_DELETED"):
        run_sql(Desk.open(desk.office.folder, desk.office.clock), "DELETE FROM intake")
    findings = {each["check"]: each for each in check_office(desk.office.folder, desk.office.clock)}
    assert findings["锁和留痕"]["ok"]
    assert "拆掉过" in findings["锁和留痕"]["detail"]


def test_a_foreign_trigger_is_taken_out_again(desk: Desk) -> None:
    desk.close()
    with sqlite3.connect(desk.office.folder / FILE_NAME) as editor:
        editor.execute("CREATE TRIGGER x BEFORE UPDATE ON intake BEGIN SELECT RAISE(IGNORE); END")
    editor.close()
    again = Desk.open(desk.office.folder, desk.office.clock)
    assert run_sql(again, "SELECT 1 FROM sqlite_master WHERE name = 'x'") == []


@pytest.mark.parametrize("tidy", [False, True])
def test_a_history_whose_end_was_cut_off_is_found(desk: Desk, tidy: bool) -> None:
    add(desk, "intake", visit(), visit(person="林大山"))
    last = "DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)"
    past_the_program(desk, last, tidy=tidy)
    assert ("最后的几条不见了" if tidy else "对不上") in wrong(desk)["修改痕迹"]


def test_a_history_that_was_cut_off_and_counted_back_is_found_by_the_backups(desk: Desk) -> None:
    add(desk, "intake", visit())
    made = desk.backups.make()
    past_the_program(
        desk,
        "DELETE FROM history WHERE seq > 3",
        "DELETE FROM history_value WHERE seq > 3",
        "UPDATE sqlite_sequence SET seq = 3 WHERE name = 'history_value'",
    )
    assert made.path.name in wrong(desk)["修改痕迹"]


def test_a_changed_record_is_named(desk: Desk) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    past_the_program(desk, "UPDATE intake SET content = '改过了吧'")
    assert wrong(desk)["记录"].startswith("LF-202610-0001 和自己的修改痕迹对不上")


def test_a_record_that_was_removed_or_slipped_in_is_named(desk: Desk) -> None:
    add(desk, "intake", visit(), visit(person="林大山"))
    past_the_program(
        desk,
        "DELETE FROM intake WHERE record_no = 'LF-202611-0001'",
        "INSERT INTO intake(uid, center, record_no) SELECT 'x', center, 'LF-202611-0003' FROM intake LIMIT 1",
    )
    told = wrong(desk)["记录"]
    assert "LF-202611-0001" in told
    assert "LF-202611-0003" in told
    assert "LF-202611-0002" not in told


def test_what_was_backed_up_before_a_restore_is_no_witness_of_what_follows(desk: Desk) -> None:
    add(desk, "intake", visit())
    early = desk.backups.make()
    add(desk, "intake", visit(person="林大山"))
    desk.backups.make()
    desk.close()
    go_back(desk.office.folder, early.path, desk.office.now())
    again = Desk.open(desk.office.folder, desk.office.clock)
    add(again, "intake", visit(person="王阿公"))
    again.close()
    assert wrong(desk) == {}


DECIDING = {
    "a switch": "INSERT INTO register_switch VALUES ('venue', 0)",
    "a holiday": "INSERT INTO calendar_day VALUES ('2026-11-24', '编的', 1)",
    "a holiday taken off": "DELETE FROM calendar_day WHERE day LIKE '2026-10-0%'",
    "a year": "UPDATE calendar_year SET source = '编的'",
}


@pytest.mark.parametrize("statement", DECIDING.values(), ids=DECIDING)
def test_what_decides_beside_the_registers_is_told_of_in_the_history(desk: Desk, statement: str) -> None:
    before = head(desk)
    run_sql(desk, statement)
    assert head(desk) > before
    assert wrong(desk) == {}


def test_what_decides_beside_the_registers_is_compared_with_the_history(desk: Desk) -> None:
    desk.registers.switch("venue", False)
    past_the_program(desk, "UPDATE register_switch SET enabled = 1")
    assert "register_switch/venue" in wrong(desk)["记录"]


def test_a_pack_that_was_sent_stays_in_the_books(desk: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    desk.outbox.send(OCTOBER, tmp_path)
    before = head(desk)
    run_sql(desk, "UPDATE pack_out SET state = 'accepted'")
    assert head(desk) == before + 1
    with pytest.raises(DBAPIError, match="HISTORY_IS_KEPT"):
        run_sql(desk, "DELETE FROM pack_out")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE number_counter SET last = 1 WHERE class = 'LF'",
        "UPDATE number_counter SET month = '2026-10' WHERE class = 'LF'",
        "DELETE FROM number_counter",
        "REPLACE INTO number_counter SELECT center, class, month, 0 FROM number_counter",
    ],
)
def test_a_number_that_was_given_is_never_given_again(desk: Desk, statement: str) -> None:
    add(desk, "intake", visit(), visit(person="林大山"))
    with pytest.raises(DBAPIError, match="NUMBERS_ONLY_GROW"):
        run_sql(desk, statement)
    assert add(desk, "intake", visit()).record_no == "LF-202611-0003"


def test_an_emptied_counter_is_found(desk: Desk) -> None:
    add(desk, "intake", visit(), visit(person="林大山"))
    past_the_program(desk, "DELETE FROM number_counter")
    assert "LF-202611 已经给到 2 号" in wrong(desk)["编号"]


def test_the_paper_of_a_closed_month_bears_the_entry_of_its_closing(desk: Desk) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    assert "痕迹" not in desk.books.ledger("visit", OCTOBER).foot
    desk.months.close(OCTOBER)
    with desk.office.reading() as session:
        seq, hashed = history.closing(session, desk.office.center, OCTOBER)
    foot = desk.books.ledger("visit", OCTOBER).foot
    assert f"痕迹 {seq}号 {hashed[:4].upper()}-{hashed[4:8].upper()}" in foot
    add(desk, "intake", visit())
    assert desk.books.ledger("visit", OCTOBER).foot == foot


def test_a_pack_bears_the_entry_of_its_months_closing(desk: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    sent = desk.outbox.send(OCTOBER, tmp_path / "stick")
    add(desk, "intake", visit())
    seq, hashed = packs.read(sent.files[0]).pack.closing.split()
    with desk.office.reading() as session:
        assert history.holds(session, int(seq), hashed)
    assert desk.outbox.send(OCTOBER, tmp_path / "again").pack.revision == sent.pack.revision


def head(desk: Desk) -> int:
    with desk.office.reading() as session:
        return history.head(session)[0]
