"""Making an office and opening it: whole or not at all, and never another's file."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.problems import Damaged, FromNewerProgram, Invalid, NoOffice, NoRoom, Refused
from ojr_desk.store.engine import APPLICATION_ID, FILE_NAME
from tests.office import TODAY, add, run_sql, visit

VILLAGE = NewOffice("龙川村", "village")


def test_an_office_is_named_as_its_sign_says(tmp_path: Path) -> None:
    for name in ("龙川村", "瓯江红龙川村党群服务中心", " 龙川村党群服务中心 "):
        assert NewOffice(name, "village").official_name == "瓯江红龙川村党群服务中心"
    for name, level in (("", "village"), ("瓯江红党群服务中心", "village"), ("龙川村", "planet")):
        with pytest.raises(Refused):
            NewOffice(name, level)
    desk = Desk.create(tmp_path / "new", NewOffice("龙川村", "village", "330302104203", "临江街道"))
    with desk.office.reading() as session:
        own = desk.office.own(session)
    assert (own.official_name, own.division_code, own.superior_name) == (
        "瓯江红龙川村党群服务中心",
        "330302104203",
        "临江街道",
    )
    desk.close()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["office.db", "office.lock"]


@pytest.mark.parametrize("level, code", [("township", "330302104000"), ("county", "330302000000")])
def test_a_superior_bears_the_code_of_its_area(tmp_path: Path, level: str, code: str) -> None:
    Desk.create(tmp_path / "new", NewOffice("临江街道", level, code)).close()
    with pytest.raises(Invalid, match="村"):
        Desk.create(tmp_path / "other", NewOffice("龙川村", "village", code))
    assert not (tmp_path / "other").exists()


def test_there_is_one_office_in_a_folder(desk: Desk) -> None:
    with pytest.raises(Refused, match="已经有一个中心"):
        Desk.create(desk.office.folder, VILLAGE)
    assert add(desk, "intake", visit()).record_no == "LF-202611-0001"


def test_two_processes_that_make_an_office_at_once_make_one(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ojr_desk.desk import Desk, NewOffice; "
        "from ojr_desk.problems import Refused\n"
        "try: Desk.create(Path(sys.argv[1]), NewOffice(sys.argv[2], 'village')).close()\n"
        "except Refused: sys.exit(1)"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in ("甲村", "乙村")]
    assert sorted(process.wait(60) for process in both) == [0, 1]
    Desk.open(tmp_path).close()


def test_what_an_interrupted_making_left_is_no_office(tmp_path: Path) -> None:
    (tmp_path / "office.db.new").write_bytes(b"half")
    (tmp_path / "office.db.new-wal").write_bytes(b"half")
    with pytest.raises(NoOffice):
        Desk.open(tmp_path)
    Desk.create(tmp_path, VILLAGE).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["office.db", "office.lock"]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(NoRoom):
        Desk.create(tmp_path / "file" / "new", VILLAGE)


@pytest.mark.parametrize("content", [b"", b"rubbish" * 1000, b"SQLite format 3\x00" + b"\x00" * 4080])
def test_a_file_that_is_no_database_is_refused_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(Damaged, match="备份"):
        Desk.open(tmp_path)


def test_anothers_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    connection = dbapi2.connect(str(tmp_path / FILE_NAME))
    connection.execute("CREATE TABLE other (x)")
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="不是本程序的数据库"):
        Desk.open(tmp_path)
    connection = dbapi2.connect(str(tmp_path / FILE_NAME))
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("other",)]
    connection.close()


def test_a_file_of_a_newer_program_is_refused(desk: Desk) -> None:
    run_sql(desk, "UPDATE alembic_version SET version_num = '9999'")
    desk.close()
    with pytest.raises(FromNewerProgram, match="升级"):
        Desk.open(desk.office.folder)


def test_an_office_bears_its_mark(desk: Desk) -> None:
    assert run_sql(desk, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert run_sql(desk, "PRAGMA journal_mode") == [("wal",)]
    assert run_sql(desk, "PRAGMA synchronous") == [(2,)]


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    folder = tmp_path / "资料 100%#&'；🏮"
    desk = Desk.create(folder, VILLAGE, rehearsed(TODAY))
    assert add(desk, "intake", visit()).record_no == "LF-202611-0001"
    desk.close()
    Desk.open(folder, rehearsed(TODAY)).close()


def test_a_member_of_the_staff_sits_at_the_desk(desk: Desk) -> None:
    staff = add(desk, "staff", {"full_name": "李文书"})
    with pytest.raises(Refused, match="王主任"):
        desk.sit_down("王主任")
    desk.sit_down("李文书")
    record = add(desk, "intake", visit())
    assert (record.recorded_by, record.received_by, record.first_responder) == (staff.uid,) * 3
    assert desk.registers.story(record.uid)[0].actor == staff.uid
    again = Desk.open(desk.office.folder, rehearsed(TODAY), "李文书")
    assert again.office.user == staff.uid
    again.close()


def test_a_clock_that_lies_behind_the_last_entry_is_refused(desk: Desk) -> None:
    add(desk, "intake", visit())
    desk.close()
    dead = Desk.open(desk.office.folder, lambda: datetime(2020, 1, 1, 8))
    dead.office.trusting = False
    with pytest.raises(Refused, match="还早"):
        add(dead, "intake", visit())
    dead.close()
    rehearsal = Desk.open(desk.office.folder, rehearsed(date(2026, 11, 20)))
    assert add(rehearsal, "intake", visit()).record_no == "LF-202611-0002"
    rehearsal.close()


def test_a_register_is_switched_off_and_on(desk: Desk) -> None:
    assert desk.registers.enabled("venue")
    desk.registers.switch("venue", False)
    with pytest.raises(Refused, match="ojr-desk enable venue"):
        add(desk, "venue", {"venue_name": "会议室", "area": "40", "capacity": "30"})
    again = Desk.open(desk.office.folder, rehearsed(TODAY))
    assert not again.registers.enabled("venue")
    again.registers.switch("venue", True)
    again.close()
    for code in ("staff", "person", "step"):
        with pytest.raises(Refused, match="不能停用"):
            desk.registers.switch(code, False)
    with pytest.raises(Refused, match="没有“visits”这本台账"):
        desk.registers.switch("visits", True)


def test_a_clock_from_before_the_program_was_made_is_refused(desk: Desk) -> None:
    desk.close()
    dead = Desk.open(desk.office.folder, lambda: datetime(2015, 1, 1))
    dead.office.trusting = False
    with pytest.raises(Refused, match="比这个程序还早"):
        add(dead, "intake", visit())
    dead.close()


def test_who_sits_at_the_desk_is_known_however_the_dot_was_typed(desk: Desk) -> None:
    staff = add(desk, "staff", {"full_name": "阿卜杜拉·买买提"})
    for typed in (
        "阿卜杜拉·买买提",
        "阿卜杜拉•买买提",
        "阿卜杜拉・买买提",
        "阿卜杜拉 . 买买提",
        staff.record_no,
    ):
        desk.office.user = None
        desk.sit_down(typed)
        assert desk.office.user == staff.uid, typed
    for stranger in ("", "•", "阿卜杜拉", "12", "?"):
        with pytest.raises(Refused):
            desk.sit_down(stranger)
