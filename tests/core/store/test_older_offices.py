"""An office of an older program, opened by this one: kept first, brought up to date, nothing lost."""

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ojr_desk.backup import list_backups, verify
from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.desk.backups import go_back
from ojr_desk.desk.checks import check_office
from ojr_desk.moments import Month
from ojr_desk.problems import Damaged, MonthClosed
from ojr_desk.store import history, triggers
from ojr_desk.store.engine import FILE_NAME, Database
from ojr_desk.store.migrate import bring_up_to_date, revision
from ojr_desk.store.migrations import KNOWN
from ojr_desk.store.query import Query
from tests.office import add, visit

DATA = Path(__file__).parents[2] / "data"
HISTORY = ("history", "history_value")
TODAY = rehearsed(date(2026, 11, 22))

OFFICES = pytest.mark.parametrize(
    "path", sorted((DATA / "offices").glob("*.ojrbak")), ids=lambda path: path.stem
)


@pytest.fixture
def older(path: Path, tmp_path: Path) -> Path:
    """The data folder of an office that an older program left behind."""
    copy = Path(shutil.copy(path, tmp_path))
    go_back(tmp_path / "office", copy, TODAY())
    return tmp_path / "office"


def rows(folder: Path) -> dict[str, list[Any]]:
    """Read every row of an office's file as what is filled in it, but for its shape and its settings.

    That an office came back is a setting, and history tells of it.
    """
    with closing(dbapi2.connect(str(folder / FILE_NAME))) as connection:
        connection.row_factory = dbapi2.Row
        ask = connection.execute
        names = [row[0] for row in ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        shape = ("alembic_version", "setting", "search_slot", "sqlite_sequence")
        told = dict.fromkeys(HISTORY, "seq IN (SELECT seq FROM history WHERE register <> 'setting')")
        return {
            name: [filled(row) for row in ask(f"SELECT * FROM {name} WHERE {told.get(name, '1')}")]
            for name in names
            if name not in shape
        }


def filled(row: Any) -> dict[str, Any]:
    """Read what is filled in a row: a column that a newer program has added is empty."""
    return {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118 - it is no mapping


@OFFICES
def test_an_office_of_an_older_program_is_brought_up_to_date_without_loss(older: Path) -> None:
    before = rows(older)
    desk = Desk.open(older, TODAY)
    assert desk.registers.find("intake", Query()).total == len(before["intake"])
    for register in desk.registers.all():
        for record in desk.registers.find(register.code, Query(), 10_000).records:
            assert record.record_no
    with desk.office.reading() as session:
        assert history.verify(session).broken_at is None
    desk.close()
    after = rows(older)
    assert {name: rows for name, rows in before.items() if rows} == {
        name: rows for name, rows in after.items() if rows
    }
    assert [each["check"] for each in check_office(older, TODAY) if not each["ok"]] == []


@OFFICES
def test_work_goes_on_in_an_office_of_an_older_program(older: Path) -> None:
    desk = Desk.open(older, TODAY)
    added = add(desk, "intake", visit(person="陈志明"))
    desk.registers.edit("intake", added.uid, {"remark": "补"})
    if Month(2026, 10) not in desk.months.closed():
        desk.months.close(Month(2026, 10))
    october = desk.registers.find("intake", Query(month=Month(2026, 10)), 1).records[0]
    with pytest.raises(MonthClosed):
        desk.registers.edit("intake", october.uid, {"remark": "补"})
    desk.close()
    assert [each["check"] for each in check_office(older, TODAY) if not each["ok"]] == []


@OFFICES
def test_an_office_of_an_older_program_is_kept_as_it_was_before_it_is_changed(
    path: Path, older: Path
) -> None:
    before = rows(older)
    Desk.open(older, TODAY).close()
    kept = list_backups(older / "backups")
    assert [backup.kind for backup in kept] == ["before-migration"] * (path.stem != KNOWN[-1])
    for backup in kept:
        found = verify(backup.path).manifest
        assert found is not None
        assert found.content.revision == path.stem
        go_back(older, backup.path, TODAY())
        assert rows(older) == before


@OFFICES
def test_an_office_that_was_brought_up_to_date_is_like_a_new_one(older: Path, tmp_path: Path) -> None:
    desk = Desk.open(older, TODAY)
    with desk.office.reading() as session:
        wanted = sorted(triggers.statements(triggers.slots(session.connection())))
    desk.close()
    assert [sql for kind, _name, sql in shape(older) if kind == "trigger"] == wanted
    Desk.create(tmp_path / "new", NewOffice("龙川村", "village"), TODAY).close()
    fresh = shape(tmp_path / "new")
    assert [each for each in shape(older) if each[0] != "trigger"] == [
        each for each in fresh if each[0] != "trigger"
    ]


def shape(folder: Path) -> list[tuple[str, str, str]]:
    """Read how the tables, indexes and triggers of an office's file are made."""
    with closing(dbapi2.connect(str(folder / FILE_NAME))) as connection:
        found = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY sql, name")
        return list(found.fetchall())


@pytest.mark.parametrize("path", [DATA / "offices" / "0003.ojrbak"])
def test_an_upgrade_that_leaves_a_row_pointing_at_none_is_not_taken(older: Path) -> None:
    with closing(dbapi2.connect(str(older / FILE_NAME))) as connection:
        connection.executescript(
            "CREATE TABLE one(id INTEGER PRIMARY KEY); CREATE TABLE many(one REFERENCES one); "
            "INSERT INTO many VALUES (7)"
        )
    database = Database(older / FILE_NAME)
    with pytest.raises(Damaged, match="没有升级，还是原来的样子"):
        bring_up_to_date(database, lambda: None)
    with database.reading() as session:
        assert revision(session.connection()) == "0003"
    database.close()
