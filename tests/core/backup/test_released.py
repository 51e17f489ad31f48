"""A backup of every format that was ever released brings its office back, pictures included."""

from datetime import date
from pathlib import Path

import pytest

from ojr_desk.backup import BESIDE, verify
from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.backups import go_back
from ojr_desk.desk.checks import check_office
from ojr_desk.store.query import Query

DATA = Path(__file__).parents[2] / "data" / "backups"
TODAY = rehearsed(date(2026, 11, 22))


def test_there_is_one_of_every_format() -> None:
    assert {path.name for path in DATA.iterdir()} == {f"format-{each}" for each in range(1, BESIDE + 1)}


@pytest.mark.parametrize("folder", sorted(DATA.iterdir()), ids=lambda folder: folder.name)
def test_an_office_comes_back_with_its_picture(folder: Path, tmp_path: Path) -> None:
    found = verify(folder / "office.ojrbak").manifest
    assert found is not None
    assert folder.name == f"format-{found.format}"
    told = go_back(tmp_path / "office", folder / "office.ojrbak", TODAY())
    assert (told["kept"], told["notice"]) == (None, "")
    desk = Desk.open(tmp_path / "office", TODAY)
    (record,) = desk.registers.find("intake", Query()).records
    (picture,) = desk.attachments.of(record.uid)
    assert (picture.name, picture.path.read_bytes()[:4]) == ("照片.png", b"\x89PNG")
    desk.close()
    assert [each["check"] for each in check_office(tmp_path / "office", TODAY) if not each["ok"]] == []
