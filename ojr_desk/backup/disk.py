"""The disk under the backups: room, folders, what is really written, what was left lying about."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ojr_desk.problems import NoRoom, Taken, reason
from ojr_desk.text import _

#: A file that is not finished, and a folder to work in; either is swept away once it is a day old.
PART, WORK = ".part", "ojr-work-"

#: Seconds.
DAY = 24 * 60 * 60
_MEGABYTE = 1_000_000


def make_folder(folder: Path) -> None:
    """Make *folder* if need be, with the rights of the one it lies in; raises `NoRoom`."""
    if folder.is_dir():
        return
    with told_as_no_room(folder):
        folder.mkdir(parents=True)
        shutil.copymode(folder.parent, folder)


def refuse_without_room(folder: Path, size: int) -> None:
    """Raise `NoRoom` if *size* bytes and a little more do not fit on the disk of *folder*."""
    free, need = shutil.disk_usage(folder).free, _with_margin(size)
    if free < need:
        told = _("{folder} 所在的磁盘要 {need} MB，只剩 {free} MB。请清理磁盘，或换一个位置。")
        # Rounded apart, so that what is needed is always told as more than there is.
        raise NoRoom(told.format(folder=folder, need=need // _MEGABYTE + 1, free=free // _MEGABYTE))


def can_take(folder: Path, size: int) -> bool:
    """Tell whether *folder* can be written to, and *size* bytes and a little more fit on its disk."""
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= _with_margin(size)


def _with_margin(size: int) -> int:
    return int(size * 1.05) + _MEGABYTE


@contextmanager
def told_as_no_room(folder: Path) -> Iterator[None]:
    """Say in words what the system refuses while *folder* is written to."""
    try:
        yield
    except PermissionError as error:
        if sys.platform == "win32":  # what another program has open cannot be replaced there
            told = _("{path} 正被别的程序使用。请关掉窗口和别的程序再试。")
            raise Taken(told.format(path=error.filename or folder)) from error
        told = _("{folder} 不能写入。请检查权限，或换一个位置。")
        raise NoRoom(told.format(folder=folder)) from error
    except OSError as error:
        told = _("{folder} 写不进去（{reason}）。请检查磁盘是否已满、只读或已拔出，或换一个位置。")
        raise NoRoom(told.format(folder=folder, reason=reason(error))) from error


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk itself; Windows knows files only."""
    if path.is_dir() and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
        if sys.platform == "linux":
            # So that who reads it again reads the disk, not the memory.
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def sweep(*folders: Path) -> None:
    """Remove what a power cut or a killed program left unfinished in *folders* over a day ago."""
    for folder in folders:
        for path in (*folder.glob(f"*{PART}"), *folder.glob(f"{WORK}*")):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > DAY:
                    if path.is_dir():
                        shutil.rmtree(path)
                    else:
                        path.unlink()
