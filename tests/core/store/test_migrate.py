"""Bringing a file up to date: all or nothing, and what the migrations make is what is declared."""

import json
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.register import REGISTERS
from ojr_desk.store import migrate, migrations, triggers
from ojr_desk.store.engine import FILE_NAME, Database
from ojr_desk.store.migrate import bring_up_to_date, is_up_to_date
from ojr_desk.store.schema import METADATA
from tests.office import TODAY, add, run_sql, visit
from tools.new_migration import ours

NEXT = """
from alembic import op
import sqlalchemy as sa
revision = "{revision}"
down_revision = "{down}"

def upgrade() -> None:
    with op.batch_alter_table("intake") as batch:
        batch.add_column(sa.Column("weather", sa.String()))
    {more}
"""


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A program one migration newer than the file; the argument is what else its step does."""
    folder = tmp_path / "migrations"

    def made(more: str = "pass") -> str:
        versions = folder / "versions"
        versions.mkdir(parents=True)
        for path in migrate.FOLDER.glob("*.py"):
            (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        for path in migrate.FOLDER.glob("versions/*.py"):
            (versions / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        revision = f"{int(migrations.HEAD) + 1:04}"
        text = NEXT.format(revision=revision, down=migrations.HEAD, more=more)
        (versions / f"{revision}_weather.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(migrate, "FOLDER", folder)
        monkeypatch.setattr(migrate, "HEAD", revision)
        monkeypatch.setattr(migrate, "KNOWN", (*migrations.KNOWN, revision))
        return revision

    return made


def shape(database: Database) -> list[Any]:
    with database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
        return [tuple(row) for row in rows]


def test_the_migrations_make_what_is_declared(desk: Desk) -> None:
    with desk.office.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"include_name": ours})
        assert compare_metadata(context, METADATA) == []


def test_every_table_has_the_keys_and_checks_that_are_declared(desk: Desk, tmp_path: Path) -> None:
    """What comparing metadata does not see."""
    declared = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    METADATA.create_all(declared)
    with desk.office.reading() as session, declared.connect() as other:
        made, wanted = inspect(session.connection()), inspect(other)
        names = set(wanted.get_table_names())
        assert {name for name in made.get_table_names() if ours(name, "table", {})} == names
        for name in names:
            for look in (
                "get_check_constraints",
                "get_unique_constraints",
                "get_pk_constraint",
                "get_indexes",
            ):
                # The condition of an index is an object that is equal to nothing else.
                there, asked = (json.dumps(getattr(each, look)(name), default=str) for each in (made, wanted))
                assert there == asked, name
    declared.dispose()
    sequences = run_sql(desk, "SELECT name FROM sqlite_sequence")
    assert sequences == [("history_value",)], "an erased number never comes back"


def test_each_revision_follows_the_one_before() -> None:
    found = sorted(path.stem[:4] for path in migrate.FOLDER.glob("versions/[0-9]*.py"))
    assert tuple(found) == migrations.KNOWN
    for path in migrate.FOLDER.glob("versions/[0-9]*.py"):
        assert "ojr_desk" not in path.read_text(encoding="utf-8"), "a migration never imports today's code"


def test_every_trigger_is_in_the_file_and_no_other(desk: Desk) -> None:
    with desk.office.reading() as session:
        wanted = list(triggers.statements(triggers.slots(session.connection())))
    there = [row[0] for row in run_sql(desk, "SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    assert sorted(there) == sorted(wanted)


def test_an_open_file_is_up_to_date_and_not_touched(desk: Desk) -> None:
    assert is_up_to_date(desk.office.database)
    desk.close()
    before = (desk.office.folder / FILE_NAME).read_bytes()
    Desk.open(desk.office.folder, rehearsed(TODAY)).close()
    assert (desk.office.folder / FILE_NAME).read_bytes() == before


def test_lost_triggers_are_put_back(desk: Desk) -> None:
    with desk.office.database.building() as connection:
        connection.exec_driver_sql("DROP TRIGGER intake_lock_update")
        connection.exec_driver_sql("UPDATE setting SET value = 'old' WHERE name = 'triggers'")
    desk.close()
    again = Desk.open(desk.office.folder, rehearsed(TODAY))
    assert run_sql(again, "SELECT count(*) FROM sqlite_master WHERE name = 'intake_lock_update'") == [(1,)]
    assert list((again.office.folder).glob("backups/*")) == [], "putting triggers back needs no backup"
    again.close()


def test_a_step_keeps_every_record_after_a_backup(desk: Desk, newer: Any) -> None:
    record = add(desk, "intake", visit())
    story = desk.registers.story(record.uid)
    desk.close()
    revision = newer()
    database = Database(desk.office.folder / FILE_NAME)
    kept: list[str] = []
    bring_up_to_date(database, lambda: kept.append("kept"))
    assert kept == ["kept"]
    assert is_up_to_date(database)
    database.close()
    again = Desk.open(desk.office.folder, rehearsed(TODAY))
    assert run_sql(again, "SELECT version_num FROM alembic_version") == [(revision,)]
    assert run_sql(again, "SELECT content, weather FROM intake") == [(record.content, None)]
    assert again.registers.story(record.uid) == story
    assert add(again, "intake", visit()).record_no == "LF-202611-0002"
    again.close()


def test_the_desk_keeps_a_copy_before_a_step(desk: Desk, newer: Any) -> None:
    add(desk, "intake", visit())
    desk.close()
    newer()
    again = Desk.open(desk.office.folder, rehearsed(TODAY))
    assert [backup.kind for backup in again.backups.all()] == ["before-migration"]
    again.close()


def test_a_step_that_fails_half_way_leaves_the_file_as_it_was(desk: Desk, newer: Any) -> None:
    record = add(desk, "intake", visit())
    before = shape(desk.office.database)
    desk.close()
    newer("raise RuntimeError('the power went')")
    database = Database(desk.office.folder / FILE_NAME)
    with pytest.raises(RuntimeError):
        bring_up_to_date(database, lambda: None)
    assert shape(database) == before
    with pytest.raises(Exception, match="not authorized"), database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER intake_lock_update")
    database.close()
    engine = create_engine(f"sqlite:///{desk.office.folder / FILE_NAME}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT uid FROM intake").all() == [(record.uid,)]
    engine.dispose()


def test_no_step_is_taken_without_its_backup(desk: Desk, newer: Any) -> None:
    desk.close()
    newer()
    database = Database(desk.office.folder / FILE_NAME)
    before = shape(database)

    def full() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        bring_up_to_date(database, full)
    assert shape(database) == before
    database.close()


def test_every_register_has_its_slot_of_the_index(desk: Desk) -> None:
    with desk.office.reading() as session:
        slots = triggers.slots(session.connection())
    assert set(slots) == set(REGISTERS)
    assert len(set(slots.values())) == len(slots)
