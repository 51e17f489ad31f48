"""An office comes back whole, and coming back can be undone."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.backup import back_up, check_file, list_backups, restore, verify
from ojr_desk.problems import BadFile, Damaged, NoRoom, NotOurs, Taken

NOW = datetime(2026, 11, 22, 9, 30)
LATER = NOW + timedelta(hours=1)


def test_an_office_comes_back_as_it_was(village: Any) -> None:
    path = village.back_up(NOW)
    with closing(village.connect()) as connection:
        village.add(connection, 50)
    done = restore(path, village.folder, LATER)
    assert done.backup == path
    assert village.visits() == 300
    assert check_file(village.database) == []


def test_a_restore_is_undone_by_another(village: Any) -> None:
    path = village.back_up(NOW)
    with closing(village.connect()) as connection:
        village.add(connection, 50)
    paper = village.attach(b"a paper of later")
    kept = restore(path, village.folder, LATER).kept
    assert kept
    assert verify(kept).kind == "before-restore"
    paper.unlink()
    restore(kept, village.folder, LATER)
    assert village.visits() == 350
    assert paper.read_bytes() == b"a paper of later"
    assert len(list_backups(village.backups)) == 3


def test_a_new_pc_is_set_up_from_one_file(village: Any, tmp_path: Path) -> None:
    path = village.back_up(NOW)
    before = {name: content for name, content in village.snapshot().items() if "attachments" in name}
    new = tmp_path / "新电脑" / "data"
    done = restore(path, new, LATER)
    assert done.kept is None
    after = {file.relative_to(new).as_posix(): file.read_bytes() for file in new.rglob("*") if file.is_file()}
    assert check_file(new / "office.db") == []
    assert {name: content for name, content in after.items() if "attachments" in name} == before
    assert set(after) - set(before) <= {"office.db", "office.db-wal", "office.db-shm"}


def test_what_stood_in_the_log_is_kept_and_never_comes_into_the_restored_file(village: Any) -> None:
    path = village.back_up(NOW)
    code = (
        "import os, sys\n"
        "from sqlcipher3 import dbapi2\n"
        "connection = dbapi2.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA wal_autocheckpoint = 0')\n"
        "for number in range(200): connection.execute(\"INSERT INTO visit (name) VALUES ('later')\")\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(village.database)])
    assert (village.folder / "office.db-wal").stat().st_size > 0
    kept = restore(path, village.folder, LATER).kept
    assert village.visits() == 300
    assert kept
    restore(kept, village.folder, LATER)
    assert village.visits() == 500


def test_a_log_that_was_left_behind_does_not_come_back_to_life(village: Any) -> None:
    path = village.back_up(NOW)
    with closing(village.connect()) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        village.add(connection, 9)
        log = (village.folder / "office.db-wal").read_bytes()
    village.database.unlink()
    (village.folder / "office.db-wal").write_bytes(log)
    (village.folder / "office.db-shm").write_bytes(b"rubbish")
    restore(path, village.folder, LATER)
    assert village.visits() == 300
    assert check_file(village.database) == []


def test_lost_and_spoilt_attachments_come_back(village: Any) -> None:
    path = village.back_up(NOW)
    files = [file for file in village.attachments.rglob("*") if file.is_file()]
    before = village.snapshot()
    files[0].unlink()
    files[1].write_bytes(b"spoilt")
    restore(path, village.folder, LATER)
    after = village.snapshot()
    assert {n: c for n, c in after.items() if "attach" in n} == {
        n: c for n, c in before.items() if "attach" in n
    }


@pytest.mark.parametrize("pages", [(0,), (2,), (3, 4, 5)])
def test_a_damaged_office_is_brought_back_and_its_ruins_are_kept(
    village: Any, pages: tuple[int, ...]
) -> None:
    path = village.back_up(NOW)
    village.spoil(*pages)
    ruins = village.database.read_bytes()
    kept = restore(path, village.folder, LATER).kept
    assert village.visits() == 300
    assert kept
    assert (kept / "office.db").read_bytes() == ruins


def test_an_office_whose_file_is_gone_or_empty_is_brought_back(village: Any) -> None:
    path = village.back_up(NOW)
    village.database.write_bytes(b"")
    assert restore(path, village.folder, LATER).kept == village.backups / "damaged-20261122-103000"
    assert village.visits() == 300
    village.database.write_bytes(b"")
    assert restore(path, village.folder, LATER).kept == village.backups / "damaged-20261122-103000-2"
    village.database.unlink()
    assert restore(path, village.folder, LATER).kept is None
    assert village.visits() == 300


@pytest.mark.parametrize("cut", [1, 500, 5000])
def test_a_refused_restore_changes_nothing(village: Any, cut: int) -> None:
    path = village.back_up(NOW)
    path.write_bytes(path.read_bytes()[:-cut])
    before = village.snapshot()
    with pytest.raises(Damaged):
        restore(path, village.folder, LATER)
    assert village.snapshot() == before
    assert list(village.backups.iterdir()) == [path]


def test_a_backup_with_a_spoilt_attachment_changes_nothing(village: Any) -> None:
    path = village.back_up(NOW)
    content = path.read_bytes()
    assert content.count(b" a photograph") == 999
    path.write_bytes(content.replace(b" a photograph", b" a phot0graph", 1))
    before = village.snapshot()
    with pytest.raises(Damaged):
        restore(path, village.folder, LATER)
    assert village.snapshot() == before


def test_another_offices_backup_is_not_ours(village: Any, build: Callable[..., Any]) -> None:
    theirs = build("乙村").back_up(NOW)
    with pytest.raises(NotOurs, match="另一个中心"):
        restore(theirs, village.folder, LATER)
    assert village.visits() == 300


def test_a_file_that_is_no_backup_is_refused(village: Any, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello")
    for path in (tmp_path / "letter.txt", tmp_path / "nowhere.ojrbak"):
        with pytest.raises(BadFile):
            restore(path, village.folder, LATER)
    assert village.visits() == 300


def test_an_office_that_is_open_elsewhere_is_not_replaced(village: Any) -> None:
    path = village.back_up(NOW)
    with closing(village.connect()) as connection:
        village.add(connection, 1)
        with pytest.raises(Taken, match="关掉"):
            restore(path, village.folder, LATER)
        # Nothing was replaced, so nothing is kept for ever.
        assert [each.kind for each in list_backups(village.folder / "backups")] in ([], ["routine"])
        village.add(connection, 1)
    assert village.visits() == 302
    restore(path, village.folder, LATER)
    assert village.visits() == 300


def test_a_place_that_cannot_be_written_is_told(village: Any, tmp_path: Path) -> None:
    path = village.back_up(NOW)
    (tmp_path / "file").write_text("")
    with pytest.raises(NoRoom):
        restore(path, tmp_path / "file" / "data", LATER)


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_the_rights_of_the_file_stay_so_that_all_users_of_the_pc_can_work_on(village: Any) -> None:
    path = village.back_up(NOW)
    village.database.chmod(0o666)
    restore(path, village.folder, LATER)
    assert village.database.stat().st_mode & 0o777 == 0o666


KILLED = """
import sys
from datetime import datetime
from pathlib import Path
from ojr_desk.backup import restore
folder = Path(sys.argv[1])
print("go", flush=True)
while True:
    for name in ("small", "large"):
        restore(folder / f"{name}.ojrbak", folder, datetime(2026, 11, 22))
"""


def test_a_kill_at_any_moment_leaves_one_state_or_the_other(village: Any) -> None:
    village.back_up(NOW).rename(village.folder / "small.ojrbak")
    with closing(village.connect()) as connection:
        village.add(connection, 700)
    village.back_up(NOW).rename(village.folder / "large.ojrbak")
    chance = random.Random(5)
    seen = set()
    for _ in range(8):
        with subprocess.Popen([sys.executable, "-c", KILLED, str(village.folder)], stdout=-1) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0.02, 0.5))
            process.kill()
        assert check_file(village.database) == []
        seen.add(village.visits())
    assert seen <= {300, 1000}
    assert all(verify(backup.path).manifest for backup in list_backups(village.backups))


def test_a_backup_far_away_is_read_where_it_lies(village: Any, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    path = back_up(village.database, village.attachments, stick, {"kind": "named", "name": "换届前"}, NOW)
    before = {file.name: file.stat().st_mtime_ns for file in stick.iterdir()}
    restore(path, village.folder, LATER)
    assert {file.name: file.stat().st_mtime_ns for file in stick.iterdir()} == before
