"""A disk that is full: what is there can be looked at, checked and carried away; nothing is half written."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.checks import check_office
from ojr_desk.moments import Month
from ojr_desk.problems import NoRoom
from ojr_desk.store.query import Query
from tests.office import TODAY, add, visit

Usage = namedtuple("Usage", "total used free")
CLOCK = rehearsed(TODAY)


@pytest.fixture
def full(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office, on a disk that has no byte left."""
    add(desk, "intake", visit())
    desk.close()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 0))
    return desk.office.folder


def test_everything_can_be_looked_at_and_nothing_is_written_beside_it(full: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in full.iterdir())
    desk = Desk.open(full, CLOCK)
    assert desk.registers.find("intake", Query(("陈阿英",))).total == 1
    desk.books.print("visit", Month.of(TODAY), tmp_path / "book.pdf")
    assert sorted(path.name for path in full.iterdir()) == before
    desk.close()
    assert all(each["ok"] for each in check_office(full, CLOCK))


def test_what_would_be_written_is_refused_with_what_to_do(full: Path) -> None:
    desk = Desk.open(full, CLOCK)
    with pytest.raises(NoRoom, match="不能写入，只能查看"):
        add(desk, "intake", visit())
    desk.close()


def test_an_open_log_is_never_overlooked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(desk, "intake", visit())
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 0))
    other = Desk.open(desk.office.folder, CLOCK)
    assert other.registers.find("intake", Query()).total == 1
    other.close()


def test_no_change_from_end_to_end_is_begun_without_the_room_for_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 40_000_000))
    with pytest.raises(NoRoom, match="只剩 40 MB"):
        desk.backups.keep("before-migration")
