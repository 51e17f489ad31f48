"""Two processes never hold one data folder, and a dead one holds nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ojr_desk.problems import NoRoom, Taken
from ojr_desk.store.lockfile import COMMAND, FILE_NAME, WINDOW, DataLock, hold

HOLD = """
import sys, time
from pathlib import Path
from ojr_desk.store.lockfile import hold
with hold(Path(sys.argv[1]), 0, sys.argv[2]):
    print("held", flush=True)
    time.sleep(float(sys.argv[3]))
"""


@contextmanager
def another_process(folder: Path, purpose: str, seconds: float = 60) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold *folder* until the block ends or *seconds* have passed."""
    command = [sys.executable, "-c", HOLD, str(folder), purpose, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_window_is_refused_with_a_sentence_that_names_the_first(tmp_path: Path) -> None:
    with (
        another_process(tmp_path, WINDOW) as process,
        pytest.raises(Taken) as refused,
        hold(tmp_path, 0, WINDOW),
    ):
        pytest.fail("held twice")
    assert str(process.pid) in refused.value.message
    assert "另一个窗口" in refused.value.message


def test_a_command_is_named_as_a_command(tmp_path: Path) -> None:
    with another_process(tmp_path, COMMAND), pytest.raises(Taken, match="另一个命令"):
        DataLock(tmp_path).take(WINDOW)


def test_a_command_waits_for_another_to_end(tmp_path: Path) -> None:
    with another_process(tmp_path, COMMAND, 0.5) as process, hold(tmp_path, 10, COMMAND):
        process.wait(10)
        holder = DataLock(tmp_path).holder()
        assert holder
        assert (holder.pid, holder.purpose) == (os.getpid(), COMMAND)


def test_a_command_does_not_wait_for_ever(tmp_path: Path) -> None:
    with another_process(tmp_path, WINDOW):
        began = time.monotonic()
        with pytest.raises(Taken):
            DataLock(tmp_path).take(COMMAND, 0.3)
        assert time.monotonic() - began >= 0.3


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    with another_process(tmp_path, WINDOW) as process:
        process.kill()
        process.wait(10)
        holder = DataLock(tmp_path).holder()
        assert holder
        assert holder.pid == process.pid
        with hold(tmp_path, 0, WINDOW):
            pass


def test_one_process_does_not_hold_a_folder_twice(tmp_path: Path) -> None:
    lock = DataLock(tmp_path)
    lock.take(WINDOW)
    with pytest.raises(Taken), hold(tmp_path, 0, COMMAND):
        pytest.fail("held twice")
    with pytest.raises(ValueError, match="held already"):
        lock.take(WINDOW)
    lock.give_back()
    lock.give_back()
    with hold(tmp_path, 0, COMMAND):
        pass


def test_a_block_that_fails_gives_the_folder_back(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), hold(tmp_path, 0, COMMAND):
        raise RuntimeError
    with hold(tmp_path, 0, COMMAND):
        pass


def test_two_folders_are_held_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "甲村").mkdir()
    (tmp_path / "乙村").mkdir()
    with hold(tmp_path / "甲村", 0, WINDOW), hold(tmp_path / "乙村", 0, WINDOW):
        assert DataLock(tmp_path / "甲村").holder()


@given(rubbish=st.binary(max_size=200))
@example(rubbish=b"")
@example(rubbish=b'{"pid": 1e999, "purpose": "window", "host": "", "since": ""}')
@example(rubbish=b'{"pid": 7}')
@example(rubbish=b"[" * 100_000)
@example(rubbish=b"null")
def test_rubbish_in_the_lock_file_blocks_nobody(
    tmp_path_factory: pytest.TempPathFactory, rubbish: bytes
) -> None:
    folder = tmp_path_factory.mktemp("office")
    (folder / FILE_NAME).write_bytes(rubbish)
    assert DataLock(folder).holder() is None
    with hold(folder, 0, WINDOW):
        holder = DataLock(folder).holder()
        assert holder
        assert holder.purpose == WINDOW


def test_a_lock_whose_file_tells_nothing_still_refuses(tmp_path: Path) -> None:
    with hold(tmp_path, 0, WINDOW):
        (tmp_path / FILE_NAME).write_bytes(b"")
        with pytest.raises(Taken, match="另一个程序"):
            DataLock(tmp_path).take(COMMAND)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match="找不到资料文件夹"):
        DataLock(tmp_path / "nowhere").take(WINDOW)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(NoRoom, match="不能写入"):
        DataLock(tmp_path).take(WINDOW)


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_a_folder_that_is_open_to_all_users_can_be_held_by_all(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with hold(tmp_path, 0, WINDOW):
        assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o666
    tmp_path.chmod(0o750)
    with hold(tmp_path, 0, WINDOW):
        assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk at hand")
def test_a_full_disk_keeps_nobody_from_reading(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).symlink_to("/dev/full")
    with hold(tmp_path, 0, WINDOW), pytest.raises(Taken):
        DataLock(tmp_path).take(WINDOW)


@pytest.mark.skipif(sys.platform == "win32", reason="asks for flock")
def test_a_disk_that_cannot_lock_is_told(tmp_path: Path) -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "import errno, fcntl, sys\n"
            "from pathlib import Path\n"
            "from ojr_desk.store.lockfile import DataLock\n"
            "def no_locks(*_): raise OSError(errno.ENOLCK, 'No locks available')\n"
            "fcntl.flock = no_locks\n"
            "DataLock(Path(sys.argv[1])).take('window')",
            str(tmp_path),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "NoRoom" in ran.stderr
    assert "不能加锁（No locks available）" in ran.stderr


def test_a_hundred_processes_in_a_row_never_write_together(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from ojr_desk.store.lockfile import hold\n"
        "folder = Path(sys.argv[1])\n"
        "for _ in range(25):\n"
        "    with hold(folder, 30, 'command'):\n"
        "        (folder / 'number').write_text(str(int((folder / 'number').read_text()) + 1))\n"
    )
    (tmp_path / "number").write_text("0")
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(4)]
    assert [process.wait(60) for process in running] == [0] * 4
    assert (tmp_path / "number").read_text() == "100"
