"""One writer: the lock on a data folder, so that two windows or commands never write at once.

The operating system holds the lock, and lets go of it when the process ends in whatever way; so what
a power cut or a killed program leaves behind never blocks anybody. What stands in the file only
tells a refused person who is in the way; it may be empty or rubbish.
"""

import errno
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ojr_desk.problems import NoRoom, Taken, reason
from ojr_desk.text import _

FILE_NAME = "office.lock"

#: What a folder is held for: a window stays, a command is soon done.
WINDOW, COMMAND = "window", "command"

_PAUSE = 0.05  # seconds between two tries
_LONGEST = 4096  # bytes of the file that are looked at


@dataclass(frozen=True)
class Holder:
    """Who holds a data folder: process, purpose, computer, and since when (ISO, local time)."""

    pid: int
    purpose: str
    host: str
    since: str


class DataLock:
    """The lock on one data folder; it is held from `take` to `give_back` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._file: int | None = None

    def take(self, purpose: str, wait: float = 0) -> None:
        """Hold the folder for *purpose*, after at most *wait* seconds.

        Raises `Taken` if another process keeps it, `NoRoom` if the folder cannot be locked at all.
        """
        if self._file is not None:
            raise ValueError("this lock is held already")
        file = self._open()
        try:
            if not self._wait_for(file, time.monotonic() + wait):
                raise Taken(_who_is_in_the_way(self.holder(), self._path.parent))
        except BaseException:
            os.close(file)
            raise
        self._file = file
        _sign(file, purpose)

    def give_back(self) -> None:
        """Let others have the folder; do nothing if it is not held."""
        if self._file is not None:
            with suppress(OSError):  # a disk that is full or gone; closing frees the lock all the same
                os.truncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def holder(self) -> Holder | None:
        """Read who holds the folder, or held it last and was cut off; None if the file does not tell."""
        try:
            with self._path.open("rb") as file:
                told = json.loads(file.read(_LONGEST))
            return Holder(int(told["pid"]), str(told["purpose"]), str(told["host"]), str(told["since"]))
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None

    def _open(self) -> int:
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
            with suppress(OSError):  # whoever may write in the folder may hold it; only the maker can say so
                self._path.chmod(self._path.parent.stat().st_mode & 0o666)
            return file
        except FileNotFoundError:
            message = _("找不到资料文件夹：{folder}。请检查这个位置，或另选一个文件夹。")
        except OSError:
            message = _(
                "资料文件夹不能写入：{folder}。请检查磁盘是否只读、是否有写入权限，或另选一个文件夹。"
            )
        raise NoRoom(message.format(folder=self._path.parent))

    def _wait_for(self, file: int, until: float) -> bool:
        while True:
            try:
                if _try_lock(file):
                    return True
            except OSError as error:
                raise NoRoom(
                    _(
                        "资料文件夹 {folder} 所在的磁盘不能加锁（{reason}），可能是网络盘。"
                        "请把数据放在本机硬盘上。"
                    ).format(folder=self._path.parent, reason=reason(error))
                ) from error
            if time.monotonic() >= until:
                return False
            time.sleep(_PAUSE)


@contextmanager
def hold(folder: Path, wait: float, purpose: str) -> Iterator[None]:
    """Hold *folder* for the length of a block; waits and raises like `DataLock.take`."""
    lock = DataLock(folder)
    lock.take(purpose, wait)
    try:
        yield
    finally:
        lock.give_back()


if sys.platform == "win32":
    import msvcrt

    # Windows forbids others to read what is locked: lock a byte that lies far behind the text.
    _FAR_BYTE = 1 << 30

    def _try_lock(file: int) -> bool:
        """Lock the open *file* without waiting; tell whether that worked."""
        os.lseek(file, _FAR_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EDEADLK):
                return False
            raise
        return True

else:
    import fcntl

    def _try_lock(file: int) -> bool:
        """Lock the open *file* without waiting; tell whether that worked."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                return False
            raise
        return True


def _sign(file: int, purpose: str) -> None:
    """Write into the locked file who holds it; a full disk must not keep anybody from reading."""
    since = datetime.now().isoformat(timespec="seconds")
    text = json.dumps(asdict(Holder(os.getpid(), purpose, socket.gethostname(), since)))
    with suppress(OSError):
        os.truncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, text.encode())


def _who_is_in_the_way(holder: Holder | None, folder: Path) -> str:
    """Say who holds *folder*, and what to do about it."""
    if holder is None:
        return _("另一个程序正在使用资料文件夹 {folder}。请关掉它，或稍等片刻再试。").format(folder=folder)
    if holder.purpose == WINDOW:
        message = _(
            "这个资料文件夹已经在另一个窗口里打开（电脑 {host}，{since} 起，进程 {pid}）。"
            "请到那个窗口里办理，或先把它关掉。"
        )
    else:
        message = _("另一个命令正在写这个资料文件夹（电脑 {host}，{since} 起，进程 {pid}）。请等它做完再试。")
    since = holder.since.replace("T", " ")
    return message.format(host=holder.host, since=since, pid=holder.pid)
