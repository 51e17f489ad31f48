"""Many backups in one folder share its attachments; each of them is proven, and comes back, by itself."""

import json
import os
import shutil
import time
import zipfile
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.backup import BESIDE, WHOLE, back_up, check_file, list_backups, restore, thin, verify
from ojr_desk.problems import Damaged, NoRoom

NOW = datetime(2026, 11, 22, 9, 30)
LATER = NOW + timedelta(hours=1)
LONG_AGO = time.time() - 2 * 24 * 60 * 60


def backed_up(village: Any, now: datetime = NOW, kind: str = "routine") -> Path:
    return back_up(village.database, village.attachments, village.backups, {"kind": kind}, now, BESIDE)


def contents(folder: Path) -> dict[str, bytes]:
    """What lies beside the backups in *folder*, by name."""
    return {path.name: path.read_bytes() for path in folder.glob("attachments/*/*") if path.is_file()}


def attached(village: Any) -> dict[str, bytes]:
    return {name: content for name, content in village.snapshot().items() if "attachments" in name}


def lying(folder: Path, content: bytes) -> Path:
    digest = sha256(content).hexdigest()
    return folder / "attachments" / digest[:2] / digest


def test_each_content_is_kept_once_under_its_sum(village: Any) -> None:
    village.attach(b"a picture")
    shutil.copy(village.attach(b"a picture"), village.attachments / "by hand.jpg")
    paths = [backed_up(village, NOW + timedelta(days=day)) for day in range(3)]
    kept = contents(village.backups)
    assert sorted(kept.values()) == sorted(set(attached(village).values()))
    assert all(sha256(content).hexdigest() == name for name, content in kept.items())
    for path in paths:
        with zipfile.ZipFile(path) as file:
            assert file.namelist() == ["office.db", "manifest.json"]
        found = verify(path).manifest
        assert found is not None
        assert set(found.files) == {"office.db", *attached(village)}


def test_a_second_backup_writes_no_attachment_again(village: Any) -> None:
    backed_up(village)
    before = {path: path.stat().st_ino for path in village.backups.glob("attachments/*/*")}
    new = village.attach(b"another paper")
    backed_up(village, LATER)
    after = {path: path.stat().st_ino for path in village.backups.glob("attachments/*/*")}
    assert before.items() <= after.items()
    assert {path.name for path in after.keys() - before.keys()} == {new.stem}


def test_an_office_comes_back_whole_from_any_of_them(village: Any, tmp_path: Path) -> None:
    first, before = backed_up(village), attached(village)
    paper = village.attach(b"a paper of later")
    second = backed_up(village, LATER)
    for number, (path, expected) in enumerate(((first, before), (second, attached(village)))):
        new = tmp_path / f"new{number}"
        done = restore(path, new, LATER)
        assert (done.missing, done.kept) == ((), None)
        assert check_file(new / "office.db") == []
        found = {file.relative_to(new).as_posix(): file.read_bytes() for file in new.glob("attachments/*/*")}
        assert found == expected
    assert paper.exists()


def test_going_back_is_undone_by_what_was_kept_beside_too(village: Any) -> None:
    path = backed_up(village)
    paper = village.attach(b"a paper of later")
    with closing(village.connect()) as connection:
        village.add(connection, 50)
    kept = restore(path, village.folder, LATER).kept
    assert kept is not None
    with zipfile.ZipFile(kept) as file:
        assert file.namelist() == ["office.db", "manifest.json"]
    paper.unlink()
    restore(kept, village.folder, LATER)
    assert (village.visits(), paper.read_bytes()) == (350, b"a paper of later")


def test_one_for_a_stick_holds_everything_in_one_file(village: Any, tmp_path: Path) -> None:
    backed_up(village)
    path = back_up(village.database, village.attachments, tmp_path / "stick", {}, NOW, WHOLE)
    assert list((tmp_path / "stick").iterdir()) == [path]
    shutil.rmtree(village.backups)
    restore(path, tmp_path / "new", LATER)
    assert len(list((tmp_path / "new").glob("attachments/*/*"))) == 2


def test_the_whole_folder_moved_elsewhere_is_as_good(village: Any, tmp_path: Path) -> None:
    name = backed_up(village).name
    shutil.move(village.backups, tmp_path / "U盘")
    assert verify(tmp_path / "U盘" / name).kind == "routine"
    assert restore(tmp_path / "U盘" / name, tmp_path / "new", LATER).missing == ()


@pytest.mark.parametrize(
    "left", [None, b"rot", b"\xff\xd8 a photograph" * 998, b"\xff\xd8 a phot0graph" * 999]
)
def test_a_content_that_is_lost_or_went_bad_is_found(village: Any, left: bytes | None) -> None:
    path = backed_up(village)
    one = lying(village.backups, b"\xff\xd8 a photograph" * 999)
    one.unlink()
    if left is not None:
        one.write_bytes(left)
    with pytest.raises(Damaged, match="attachments 文件夹"):
        verify(path)


def test_a_content_that_went_bad_is_written_again_by_the_next_backup(village: Any) -> None:
    path = backed_up(village)
    for each in village.backups.glob("attachments/*/*"):
        each.write_bytes(b"rot")
    backed_up(village, LATER)
    assert verify(path).manifest


def test_a_copied_file_without_its_folder_brings_back_all_but_the_attachments(
    village: Any, tmp_path: Path
) -> None:
    """A clerk who copied one file to a stick by hand still has every record, and is told what is not there."""
    copy = Path(shutil.copy(backed_up(village), tmp_path))
    with pytest.raises(Damaged, match="整个拷来"):
        verify(copy)
    done = restore(copy, tmp_path / "new", LATER)
    assert set(done.missing) == set(attached(village))
    assert check_file(tmp_path / "new" / "office.db") == []
    done = restore(copy, village.folder, LATER)
    assert done.missing == (), "they are where they belong"
    assert len(attached(village)) == 2


def test_a_restore_from_the_folder_mends_what_the_first_could_not_bring(village: Any, tmp_path: Path) -> None:
    path = backed_up(village)
    restore(Path(shutil.copy(path, tmp_path)), tmp_path / "new", LATER)
    assert restore(path, tmp_path / "new", LATER).missing == ()
    assert len(list((tmp_path / "new").glob("attachments/*/*"))) == 2


def aged(village: Any) -> None:
    """Let a day and more pass over what lies beside."""
    for path in village.backups.glob("attachments/*/*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


def test_what_no_backup_needs_any_more_goes_with_the_last_that_did(village: Any) -> None:
    paper = village.attach(b"a mistake")
    morning = backed_up(village, datetime(2026, 11, 2, 8))
    paper.unlink()
    evening = backed_up(village, datetime(2026, 11, 2, 17))
    stray = village.backups / "attachments" / "ab" / "half.part"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"...")
    aged(village)
    assert thin(village.backups, NOW.date()) == [morning]
    assert not lying(village.backups, b"a mistake").exists()
    assert not stray.exists()
    assert verify(evening).manifest


def test_what_is_a_day_young_stays_for_a_backup_that_is_being_made(village: Any) -> None:
    paper = village.attach(b"just now")
    backed_up(village).unlink()
    thin(village.backups, NOW.date())
    assert lying(village.backups, b"just now").exists()
    aged(village)
    paper.touch()
    path = backed_up(village, LATER)
    path.unlink()
    thin(village.backups, NOW.date())
    assert lying(village.backups, b"just now").exists(), "it was asked for a moment ago"


def test_a_backup_that_cannot_be_read_keeps_what_it_may_need(village: Any) -> None:
    paper = village.attach(b"perhaps")
    path = backed_up(village, kind="month-end")
    paper.unlink()
    good = path.read_bytes()
    path.write_bytes(good[:-200])
    aged(village)
    backed_up(village, LATER)
    aged(village)
    thin(village.backups, NOW.date())
    path.write_bytes(good)
    assert verify(path).manifest
    assert [backup.problem for backup in list_backups(village.backups)] == ["", ""]


def test_kept_backups_of_all_kinds_keep_what_they_need(village: Any) -> None:
    paper = village.attach(b"before the change")
    kept = backed_up(village, datetime(2020, 1, 1), "before-migration")
    paper.unlink()
    backed_up(village)
    aged(village)
    assert thin(village.backups, NOW.date()) == []
    assert verify(kept).manifest


@pytest.mark.parametrize("digest", ["../../office.db", "", "A" * 64, "ab/../" * 10 + "abcd", "é" * 64])
def test_a_sum_that_is_none_leads_nowhere(village: Any, digest: str) -> None:
    path = backed_up(village)
    with zipfile.ZipFile(path) as file:
        database, manifest = file.read("office.db"), json.loads(file.read("manifest.json"))
    name = next(each for each in manifest["files"] if each != "office.db")
    manifest["files"][name]["sha256"] = digest
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("office.db", database)
        file.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(Damaged, match="坏了或者不完整"):
        verify(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among files there")
def test_a_pipe_in_the_place_of_a_content_stops_nobody(village: Any) -> None:
    path = backed_up(village)
    for each in village.backups.glob("attachments/*/*"):
        each.unlink()
        os.mkfifo(each)
    with pytest.raises(Damaged):
        verify(path)
    assert restore(path, village.folder, LATER).missing == ()


def test_a_place_beside_that_cannot_be_written_is_told_and_leaves_no_backup(village: Any) -> None:
    village.backups.mkdir()
    (village.backups / "attachments").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(NoRoom):
        backed_up(village)
    assert [path.name for path in village.backups.iterdir()] == ["attachments"]
