"""Copies at the desk: small in the office's own folder, in one piece on a stick."""

import shutil
import zipfile
from pathlib import Path

from ojr_desk.desk import Desk
from ojr_desk.desk.backups import go_back
from ojr_desk.desk.checks import check_office
from tests.office import add, visit


def with_picture(desk: Desk, tmp_path: Path) -> bytes:
    """Attach a picture to a visit; answer with what is in it."""
    picture = tmp_path / "照片.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100_000))
    desk.attachments.add("intake", add(desk, "intake", visit()).uid, picture)
    return picture.read_bytes()


def test_copies_in_the_offices_own_folder_hold_a_picture_once(desk: Desk, tmp_path: Path) -> None:
    picture = with_picture(desk, tmp_path)
    for _each in range(3):
        desk.backups.make()
    desk.backups.keep("before-migration")
    beside = list((desk.office.folder / "backups").glob("attachments/*/*"))
    assert [path.read_bytes() for path in beside] == [picture]
    assert len(desk.backups.all()) == 4
    assert [each.problem for each in desk.backups.all()] == [""] * 4


def test_a_copy_on_a_stick_is_one_file(desk: Desk, tmp_path: Path) -> None:
    picture = with_picture(desk, tmp_path)
    made = desk.backups.make(tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == [made.path]
    with zipfile.ZipFile(made.path) as file:
        assert picture in [file.read(name) for name in file.namelist()]


def test_who_restores_a_copy_without_its_folder_is_told_what_is_not_there(desk: Desk, tmp_path: Path) -> None:
    with_picture(desk, tmp_path)
    alone = Path(shutil.copy(desk.backups.make().path, tmp_path))
    told = go_back(tmp_path / "new pc", alone, desk.office.now())
    assert "有 1 个附件没有恢复" in told["notice"]
    findings = check_office(tmp_path / "new pc", desk.office.clock)
    assert [each["check"] for each in findings if not each["ok"]] == ["附件"]
    told = go_back(tmp_path / "new pc", desk.backups.all()[0].path, desk.office.now())
    assert told["notice"] == ""
    assert all(each["ok"] for each in check_office(tmp_path / "new pc", desk.office.clock))
