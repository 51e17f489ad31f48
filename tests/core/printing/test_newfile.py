"""A file comes into being whole or not at all."""

import sys
from pathlib import Path

import pytest

from ojr_desk.printing.newfile import NewFile
from ojr_desk.problems import Cancelled, NoRoom


def test_the_file_appears_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "台账.pdf"
    with NewFile(path) as file:
        file.write(b"one")
        assert not path.exists()
        file.write(b"two")
    assert path.read_bytes() == b"onetwo"
    assert list(tmp_path.iterdir()) == [path]


def test_what_goes_wrong_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    path = tmp_path / "台账.pdf"
    path.write_bytes(b"old")
    with pytest.raises(Cancelled), NewFile(path) as file:
        file.write(b"new")
        raise Cancelled
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match=r"没有写成.*请检查"), NewFile(tmp_path / "拔掉的U盘" / "台账.pdf"):
        pass


def test_a_place_taken_by_a_folder_is_told_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "台账.pdf"
    path.mkdir()
    with pytest.raises(NoRoom, match="台账"), NewFile(path) as file:
        file.write(b"new")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(NoRoom, match="磁盘满了"), NewFile(tmp_path / "台账.pdf") as file:
            for _ in range(100):
                file.write(b"x" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
