"""A file that is called a backup is one: whole, proven, and never made of a damaged office."""

import json
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from ojr_desk.backup import SUFFIX, back_up, list_backups, thin, verify
from ojr_desk.backup.disk import PART, WORK
from ojr_desk.problems import BadFile, Damaged, FromNewerProgram, NoRoom, NotOurs, Taken

NOW = datetime(2026, 11, 22, 9, 30)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def sample(build: Callable[..., Any]) -> bytes:
    """Give the bytes of a good backup."""
    return bytes(build().back_up(NOW).read_bytes())


def rewritten(sample: bytes, **changes: Any) -> bytes:
    """Write a backup anew with another manifest or other files; a hostile one if need be."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(sample)) as old, zipfile.ZipFile(target, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        contents = {name: old.read(name) for name in old.namelist() if name != "manifest.json"}
        contents |= changes.pop("contents", {})
        manifest |= changes
        for name, content in contents.items():
            new.writestr(name, content)
            if changes.get("files") is None:
                manifest["files"][name] = {"size": len(content), "sha256": sha256(content).hexdigest()}
        new.writestr("manifest.json", json.dumps(manifest))
    return target.getvalue()


def test_a_backup_holds_what_is_committed_and_nothing_else(village: Any) -> None:
    with closing(village.connect()) as connection, closing(village.connect()) as writer:
        village.add(connection, 7)
        writer.execute("BEGIN IMMEDIATE")
        village.add(writer, 100)
        path = village.back_up(NOW)
    found = verify(path)
    assert found.manifest
    assert found.manifest.content.counts["visit"] == 307
    assert (found.manifest.content.center, found.manifest.made_at) == ("甲村", NOW)


def test_an_open_connection_is_backed_up_as_well_as_a_path(village: Any) -> None:
    with closing(village.connect()) as connection:
        path = back_up(connection, village.attachments, village.backups, {"history_seq": "12"}, NOW)
    found = verify(path)
    assert found.manifest
    assert found.manifest.facts == {"history_seq": "12"}


def test_attachments_come_along_byte_for_byte(village: Any) -> None:
    with zipfile.ZipFile(village.back_up(NOW)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist() if name.startswith("attachments/")}
    assert inside == {name: content for name, content in village.snapshot().items() if "attachments" in name}
    assert len(inside) == 2


def test_a_backup_is_made_without_any_attachments(village: Any) -> None:
    path = back_up(village.database, village.folder / "nothing", village.backups, {}, NOW)
    assert verify(path).kind == "routine"


def test_an_attachment_that_is_not_what_its_name_says_is_named_and_kept(village: Any) -> None:
    path = village.attach(b"a paper")
    path.write_bytes(b"a pAper")
    (village.attachments / "half.part").write_bytes(b"...")
    manifest = verify(village.back_up(NOW)).manifest
    assert manifest
    assert manifest.doubtful == (f"attachments/{path.relative_to(village.attachments).as_posix()}",)
    assert len(manifest.files) == 4


def test_a_name_that_another_system_cannot_bear_is_left_out_and_named(village: Any) -> None:
    (village.attachments / "a:b.jpg").write_bytes(b"x")
    (village.attachments / "\udcff").write_bytes(b"x")
    os.mkfifo(village.attachments / "pipe")
    manifest = verify(village.back_up(NOW)).manifest
    assert manifest
    assert set(manifest.doubtful) == {"attachments/a:b.jpg", "attachments/?"}


def test_nothing_but_the_new_file_is_left_behind(village: Any) -> None:
    before = village.snapshot()
    path = village.back_up(NOW)
    assert list(village.backups.iterdir()) == [path]
    after = village.snapshot()
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= {"office.db-wal", "office.db-shm"}


def test_two_backups_in_the_same_second_have_two_names(village: Any) -> None:
    paths = [village.back_up(NOW), village.back_up(NOW), village.back_up(NOW, "month-end")]
    assert [path.name for path in paths] == [
        "20261122-093000.ojrbak",
        "20261122-093000-2.ojrbak",
        "20261122-093000-month-end.ojrbak",
    ]
    assert len(list_backups(village.backups)) == 3


@pytest.mark.parametrize("kind", ["../../etc", "换届前", "", "con:", "x" * 300])
def test_any_kind_gives_a_name_that_every_system_takes(village: Any, kind: str) -> None:
    path = village.back_up(NOW, kind)
    assert path.name == "20261122-093000.ojrbak"
    assert verify(path).kind == kind


@pytest.mark.parametrize("pages", [(1,), (2,), (0,), tuple(range(5, 9))])
def test_a_damaged_office_is_never_backed_up(village: Any, pages: tuple[int, ...]) -> None:
    good = village.back_up(NOW - timedelta(days=40))
    village.spoil(*pages)
    with pytest.raises(Damaged, match="请不要继续登记"):
        village.back_up(NOW)
    assert list(village.backups.iterdir()) == [good]
    assert thin(village.backups, TODAY) == []
    assert verify(good)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no database" * 500])
def test_an_office_whose_file_is_gone_or_empty_is_not_backed_up(village: Any, content: bytes) -> None:
    village.database.write_bytes(content)
    with pytest.raises(Damaged):
        village.back_up(NOW)
    village.database.unlink()
    with pytest.raises(Damaged, match="找不到"):
        village.back_up(NOW)
    assert list(village.backups.iterdir()) == []
    assert not village.database.exists()


def test_a_damaged_office_behind_an_open_connection_is_not_backed_up(village: Any) -> None:
    village.spoil(2, 3, 5)
    with closing(village.connect()) as connection, pytest.raises(Damaged):
        back_up(connection, village.attachments, village.backups, {}, NOW)
    assert list(village.backups.iterdir()) == []


def test_an_office_that_somebody_keeps_to_himself_is_told(village: Any) -> None:
    with closing(village.connect()) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        with closing(dbapi2.connect(str(village.database), timeout=0)) as source, pytest.raises(Taken):
            back_up(source, village.attachments, village.backups, {}, NOW)
    assert list(village.backups.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(village: Any) -> None:
    village.backups.write_text("a file where the folder should be")
    with pytest.raises(NoRoom, match="写不进去"):
        village.back_up(NOW)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_that_cannot_be_written_any_more_is_still_backed_up_elsewhere(
    village: Any, tmp_path: Path
) -> None:
    """So a Linux PC mounts a disk that is dying."""
    village.folder.chmod(0o555)
    try:
        with pytest.raises(NoRoom):
            village.back_up(NOW)
        path = back_up(village.database, village.attachments, tmp_path / "stick", {}, NOW)
    finally:
        village.folder.chmod(0o755)
    assert verify(path).manifest
    assert list((tmp_path / "stick").iterdir()) == [path]


FULL = """
import resource, sys
from datetime import datetime
from pathlib import Path
from ojr_desk.backup import back_up
from ojr_desk.problems import NoRoom
folder = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    back_up(folder / "office.db", folder / "attachments", folder / "backups", {}, datetime(2026, 11, 22))
except NoRoom as error:
    print(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
@pytest.mark.parametrize("limit", [20_000, 600_000])
def test_a_disk_that_fills_up_leaves_no_half_backup(village: Any, limit: int) -> None:
    village.attach(os.urandom(1_000_000))
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(village.folder), str(limit)],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.stderr == ""
    assert "磁盘" in ran.stdout
    assert list(village.backups.iterdir()) == []
    assert list(village.folder.glob(f"{WORK}*")) == []


KILLED = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from ojr_desk.backup import back_up
folder = Path(sys.argv[1])
print("go", flush=True)
for number in range(1000):
    now = datetime(2026, 11, 22) + timedelta(seconds=number)
    back_up(folder / "office.db", folder / "attachments", folder / "backups", {}, now)
"""


def test_a_kill_at_any_moment_leaves_only_good_backups(village: Any) -> None:
    village.attach(os.urandom(2_000_000))
    chance = random.Random(3)
    for _ in range(4):
        command = [sys.executable, "-c", KILLED, str(village.folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0.05, 0.4))
            process.kill()
    made = list_backups(village.backups)
    assert all(verify(backup.path).manifest for backup in made)
    long_ago = time.time() - 2 * 24 * 60 * 60
    for path in (*village.backups.glob(f"*{PART}"), *village.folder.glob(f"{WORK}*")):
        os.utime(path, (long_ago, long_ago))
    village.back_up(NOW)
    assert list(village.backups.glob(f"*{PART}")) == []
    assert list(village.folder.glob(f"{WORK}*")) == []


def test_backups_are_listed_newest_first_with_what_is_wrong(village: Any, tmp_path: Path) -> None:
    older, newer = village.back_up(NOW - timedelta(days=1)), village.back_up(NOW)
    (village.backups / "notes.txt").write_text("not a backup")
    broken = village.backups / f"broken{SUFFIX}"
    broken.write_bytes(newer.read_bytes()[:-100])
    os.utime(broken, (0, 0))
    listed = list_backups(village.backups)
    assert [backup.path for backup in listed] == [newer, older, broken]
    assert [bool(backup.problem) for backup in listed] == [False, False, True]
    assert "换一个备份" in listed[2].problem
    assert list_backups(tmp_path / "nowhere") == []


@given(data=st.data())
def test_one_wrong_byte_anywhere_is_found_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, sample: bytes, data: st.DataObject
) -> None:
    content = bytearray(sample)
    place = data.draw(st.integers(0, len(content) - 1) | st.integers(len(content) - 3000, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("backup") / f"a{SUFFIX}"
    path.write_bytes(content)
    try:
        found = verify(path)
    except BadFile as error:
        assert error.message
    else:
        assert found.manifest
        assert found.manifest.content.counts["visit"] == 3


@given(data=st.data())
def test_a_backup_that_was_cut_off_is_found(
    tmp_path_factory: pytest.TempPathFactory, sample: bytes, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("backup") / f"a{SUFFIX}"
    path.write_bytes(sample[: data.draw(st.integers(0, len(sample) - 1))])
    with pytest.raises(Damaged):
        verify(path)


@pytest.mark.parametrize(
    "name",
    [
        "../office.db",
        "/etc/passwd",
        "attachments/../../x",
        "attachments/..",
        "attachments/a\\..\\b",
        "attachments/C:x",
        "attachments/x.",
        "attachments//x",
        "settings",
        "attachments",
    ],
)
def test_a_file_under_a_hostile_name_is_refused(tmp_path: Path, sample: bytes, name: str) -> None:
    path = tmp_path / f"a{SUFFIX}"
    path.write_bytes(rewritten(sample, contents={name: b"x"}))
    with pytest.raises(Damaged):
        verify(path)


def test_a_changed_database_with_its_sum_made_to_fit_is_still_opened_on_trial(
    tmp_path: Path, build: Callable[..., Any], sample: bytes
) -> None:
    other = build(records=9)
    path = tmp_path / f"a{SUFFIX}"
    path.write_bytes(rewritten(sample, contents={"office.db": other.database.read_bytes()}))
    with pytest.raises(Damaged):
        verify(path)
    other.spoil(2)
    path.write_bytes(rewritten(sample, contents={"office.db": other.database.read_bytes()}))
    with pytest.raises(Damaged):
        verify(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {}},
        {"files": 7},
        {"made_at": "2026-11-22T09:30:00+08:00"},
        {"made_at": 1e300},
        {"content": None},
        {"facts": [1]},
        {"format": "x"},
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, sample: bytes, changes: Any) -> None:
    path = tmp_path / f"a{SUFFIX}"
    path.write_bytes(rewritten(sample, **changes))
    with pytest.raises(Damaged):
        verify(path)


def test_a_backup_of_a_newer_program_is_told_apart(tmp_path: Path, sample: bytes) -> None:
    path = tmp_path / f"a{SUFFIX}"
    path.write_bytes(rewritten(sample, format=3, content="quite otherwise"))
    with pytest.raises(FromNewerProgram):
        verify(path)
    content = {"revision": "9999", "center": "", "counts": {}}
    path.write_bytes(rewritten(sample, content=content))
    with pytest.raises(FromNewerProgram):
        verify(path)


def test_a_file_of_another_sort_is_not_ours(tmp_path: Path) -> None:
    zipped = tmp_path / "pack.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.txt", "a")
    text = tmp_path / "letter.txt"
    text.write_text("hello")
    for path in (zipped, text):
        with pytest.raises(NotOurs):
            verify(path)
    with pytest.raises(Damaged, match="打不开"):
        verify(tmp_path / f"nowhere{SUFFIX}")


def test_only_routine_backups_are_thinned(build: Callable[..., Any]) -> None:
    village = build()
    month_end = village.back_up(datetime(2020, 1, 31, 17), "month-end")
    migration = village.back_up(datetime(2020, 1, 31, 18), "before-migration")
    morning, evening = village.back_up(datetime(2026, 11, 2, 8)), village.back_up(datetime(2026, 11, 2, 17))
    broken = village.backups / f"20200101-000000{SUFFIX}"
    broken.write_bytes(b"no longer readable")
    assert thin(village.backups, TODAY) == [morning]
    assert set(village.backups.iterdir()) == {month_end, migration, evening, broken}
    assert thin(village.backups, TODAY) == []


def test_offices_that_share_a_stick_do_not_age_out_each_other(
    build: Callable[..., Any], tmp_path: Path
) -> None:
    ours, theirs = build("甲村"), build("乙村")
    made = [
        back_up(each.database, each.attachments, tmp_path, {}, datetime(2026, 11, 2, hour))
        for hour, each in ((8, ours), (17, theirs))
    ]
    assert thin(tmp_path, TODAY) == []
    assert sorted(tmp_path.iterdir()) == sorted(made)


def test_a_folder_that_is_not_there_is_thinned_of_nothing(tmp_path: Path) -> None:
    assert thin(tmp_path / "nowhere", date(2026, 1, 1)) == []
