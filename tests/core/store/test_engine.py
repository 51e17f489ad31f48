"""The one way into the file: one writer, readers that see one state, errors as sentences."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from ojr_desk.desk import Desk
from ojr_desk.problems import Damaged, MonthClosed, NoRoom, Refused, Taken
from ojr_desk.store.engine import FILE_NAME, Database
from ojr_desk.store.faults import translate
from ojr_desk.store.query import Query
from tests.office import add, run_sql, visit


def test_a_reader_sees_one_state_while_another_writes(desk: Desk) -> None:
    add(desk, "intake", visit())
    other = Database(desk.office.folder / FILE_NAME)
    with other.reading() as session:
        count = session.connection().exec_driver_sql
        assert count("SELECT count(*) FROM intake").scalar() == 1
        add(desk, "intake", visit())
        assert count("SELECT count(*) FROM intake").scalar() == 1
    with other.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM intake").scalar() == 2
    other.close()


def test_threads_share_one_office(desk: Desk) -> None:
    """The window reads on one thread what it wrote on another."""

    def work() -> int:
        for _each in range(5):
            add(desk, "intake", visit())
        return desk.registers.find("intake", Query(("低保",))).total

    with ThreadPoolExecutor(3) as threads:
        found = [each.result() for each in [threads.submit(work) for _each in range(3)]]
    assert max(found) == 15
    assert desk.registers.find("intake", Query()).total == 15


def test_two_threads_that_write_sign_each_with_its_own_name(desk: Desk) -> None:
    """The second waits for the first at the file; meanwhile the first goes on writing."""
    database, now, waiting = desk.office.database, datetime(2026, 11, 22, 9), Event()

    def second() -> None:
        with database.writing("乙", "second", now + timedelta(minutes=1)) as session:
            waiting.set()
            session.connection().exec_driver_sql("UPDATE center SET hotline = '3'")

    with ThreadPoolExecutor(1) as threads:
        with database.writing("甲", "first", now) as session:
            session.connection().exec_driver_sql("UPDATE center SET hotline = '1'")
            done = threads.submit(second)
            assert waiting.wait(10)
            session.connection().exec_driver_sql("UPDATE center SET hotline = '2'")
        done.result()
    told = [(each.actor, each.act, each.at, each.now) for each in desk.registers.story(desk.office.center)]
    assert told[-3:] == [
        ("甲", "first", "2026-11-22T09:00:00", {"hotline": "1"}),
        ("甲", "first", "2026-11-22T09:00:00", {"hotline": "2"}),
        ("乙", "second", "2026-11-22T09:01:00", {"hotline": "3"}),
    ]


def test_what_only_reads_cannot_write(desk: Desk) -> None:
    """A bug that would write while reading stays a bug, and is no word about a disk that is read-only."""
    add(desk, "intake", visit())
    for statement in ("UPDATE center SET hotline = '1'", "DELETE FROM setting", "CREATE TABLE x (y)"):
        with pytest.raises(DBAPIError), desk.office.reading() as session:
            session.connection().exec_driver_sql(statement)
            session.commit()
    with pytest.raises(DBAPIError, match="readonly"), desk.office.reading() as session:
        session.connection().exec_driver_sql("INSERT INTO setting VALUES ('a', 'b')")
    add(desk, "intake", visit())
    run_sql(desk, "INSERT INTO setting VALUES ('a', 'b')")
    assert desk.registers.find("intake", Query(("低保",))).total == 2
    assert desk.registers.get("center", desk.office.center).hotline != "1"


def test_who_builds_leaves_nothing_of_it_to_the_next(desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.office.database.building() as connection:
        connection.exec_driver_sql("CREATE TABLE half (built)")
        raise RuntimeError
    assert run_sql(desk, "PRAGMA foreign_keys") == [(1,)]
    assert run_sql(desk, "SELECT 1 FROM sqlite_master WHERE name = 'half'") == []
    with pytest.raises(DBAPIError, match="not authorized"):
        run_sql(desk, "CREATE TABLE half (built)")


def test_what_was_written_is_there_when_the_call_returns(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    other = Database(desk.office.folder / FILE_NAME)
    with other.reading() as session:
        assert session.connection().exec_driver_sql("SELECT uid FROM intake").scalar() == record.uid
    other.close()


def test_an_error_of_the_driver_names_no_values(desk: Desk) -> None:
    with pytest.raises(DBAPIError) as failed, desk.office.writing("broken") as session:
        session.connection().exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("13805770001",))
    assert "13805770001" not in str(failed.value)


def test_a_damaged_file_is_told_with_the_way_out(desk: Desk) -> None:
    for _each in range(20):
        add(desk, "intake", visit())
    desk.close()
    path = desk.office.folder / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 60] = b"\xff" * (4096 * 57)
    path.write_bytes(content)
    with pytest.raises(Damaged, match="备份"):
        again = Desk.open(desk.office.folder, desk.office.clock)
        for code in ("intake", "person", "center", "step"):
            again.registers.find(code, Query(("低保",)))
            again.registers.find(code, Query())


def test_a_locked_file_is_told_as_taken(desk: Desk) -> None:
    run_sql(desk, "PRAGMA busy_timeout = 1")
    blocker = dbapi2.connect(str(desk.office.folder / FILE_NAME), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(Taken), desk.office.database.writing("", "x", datetime(2026, 11, 22)) as session:
        session.connection()
    blocker.rollback()
    blocker.close()


@pytest.mark.parametrize(
    "code, kind",
    [
        (dbapi2.SQLITE_BUSY, Taken),
        (dbapi2.SQLITE_LOCKED, Taken),
        (dbapi2.SQLITE_BUSY | 2 << 8, Taken),
        (dbapi2.SQLITE_FULL, NoRoom),
        (dbapi2.SQLITE_READONLY, NoRoom),
        (dbapi2.SQLITE_CANTOPEN, NoRoom),
        (dbapi2.SQLITE_CORRUPT, Damaged),
        (dbapi2.SQLITE_NOTADB, Damaged),
        (dbapi2.SQLITE_IOERR, Damaged),
    ],
)
def test_each_fault_of_the_disk_is_a_sentence(tmp_path: Path, code: int, kind: type[Exception]) -> None:
    error = dbapi2.OperationalError("whatever it says")
    error.sqlite_errorcode = code
    assert type(translate(DBAPIError("", None, error), tmp_path / FILE_NAME)) is kind


def test_a_bug_of_ours_stays_a_bug(tmp_path: Path) -> None:
    """No word of a column's name makes it look like a full or a locked disk."""
    for words in ("NOT NULL constraint failed: person.full_name", "no such column: locked", "near readonly"):
        error = dbapi2.IntegrityError(words)
        error.sqlite_errorcode = dbapi2.SQLITE_CONSTRAINT
        assert translate(DBAPIError("", None, error), tmp_path) is None


def test_each_refusal_of_a_trigger_is_a_sentence(desk: Desk, tmp_path: Path) -> None:
    codes = {
        row[0].split("RAISE(ABORT, '")[1].split("'")[0]
        for row in run_sql(desk, "SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        if "RAISE(ABORT" in row[0]
    }
    for code in codes:
        told = translate(DBAPIError("", None, dbapi2.IntegrityError(code)), tmp_path)
        assert type(told) is (MonthClosed if code == "MONTH_CLOSED" else Refused), code
        assert told.message.endswith("。")
