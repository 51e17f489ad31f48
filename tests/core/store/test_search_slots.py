"""Every register keeps its slot of the search index, however often the file is brought up to date."""

from datetime import datetime
from pathlib import Path

from ojr_desk.desk import Desk, NewOffice
from ojr_desk.store.engine import FILE_NAME, Database
from ojr_desk.store.migrate import bring_up_to_date
from ojr_desk.store.query import Query
from ojr_desk.store.triggers import slots


def test_bringing_a_file_up_to_date_again_keeps_every_slot(tmp_path: Path) -> None:
    desk = Desk.create(tmp_path, NewOffice("晴漈村", "village"), lambda: datetime(2026, 8, 3, 9))
    desk.registers.add("person", [{"full_name": "林㛃"}])
    desk.close()
    database = Database(tmp_path / FILE_NAME)
    before = _slots(database)
    bring_up_to_date(database, lambda: None)
    assert _slots(database) == before
    assert len(set(before.values())) == len(before)
    database.close()
    desk = Desk.open(tmp_path, lambda: datetime(2026, 8, 3, 9))
    assert desk.registers.find("person", Query(("林㛃",))).total == 1
    desk.close()


def _slots(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return slots(session.connection())
