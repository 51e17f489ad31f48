"""A file comes into being whole or not at all; what is in the way is told as a sentence with the way out."""

import errno
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from ojr_desk.problems import NoRoom, reason
from ojr_desk.text import _, aloud

#: How the file that is not finished ends; a power cut may leave one, and the next writing takes it away.
PART = ".part"

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
#: Some disks cannot be asked to settle the names in a folder, and some folders may be written but not read.
_UNSETTLED = {errno.EINVAL, errno.ENOTSUP, errno.EACCES}

# learn.microsoft.com, "Naming Files, Paths, and Namespaces"; `a:b` would be written into a hidden part of `a`.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.IGNORECASE)


def writable(name: str) -> str:
    """Make of *name* one that a file can bear on every system."""
    bare = _FORBIDDEN.sub("_", name).rstrip(". ")
    return f"_{bare}" if not bare or _DEVICE.fullmatch(bare) else bare


class NewFile:
    """*path*, written beside as `.part` and put in its place when all went well.

    Whatever goes wrong in between, a stop included, the old file stays and nothing else is left.
    *failed* is the sentence that says what was not written; why, and what to do, follows it. With
    *below*, a folder that others use too, folders missing under it are made, and they and the file
    are open to whom it is open. Raises `NoRoom`.
    """

    def __init__(self, path: Path, failed: str = "", below: Path | None = None) -> None:
        self.path = path
        self._failed = failed
        self._below = below

    def __enter__(self) -> Self:
        self._refuse_name()
        self._part = self.path.with_name(f"{self.path.name}{PART}")
        try:
            if self._below is not None:
                _make_folders(self.path.parent, self._below)
            # Somebody else's, from before a power cut, may be taken away where it may not be written.
            self._part.unlink(missing_ok=True)
            self._file = self._part.open("xb")
        except OSError as trouble:
            raise self._no_room(trouble) from trouble
        return self

    def write(self, data: bytes) -> int:
        """Append *data*. Raises `NoRoom`."""
        try:
            return self._file.write(data)
        except OSError as trouble:
            raise self._no_room(trouble) from trouble

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._discard()

    def _finish(self) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if self._below is not None:
                _open_as(self._part, self._below)
            self._put_in_place()
            _settle(self.path.parent)
        except OSError as trouble:
            raise self._no_room(trouble) from trouble

    def _put_in_place(self) -> None:
        try:
            self._part.replace(self.path)
        except PermissionError as trouble:
            if not self.path.exists():
                raise
            # Windows: what another program has open cannot be replaced.
            with aloud():
                why = _("请先在 WPS 或别的程序里关闭它，再存一次；关不掉的，请换一个名字。")
            raise self._told(why) from trouble

    def _discard(self) -> None:
        """Close and remove the part, if it is still there and if that can be done at all."""
        for step in (self._file.close, self._part.unlink):
            with suppress(OSError):  # a full or vanished disk; the first trouble has been told
                step()

    def _refuse_name(self) -> None:
        """Raise `NoRoom` for a name that is taken by a folder, or that a PC with Windows could not have."""
        name = self.path.name
        with aloud():
            if _is_folder(self.path):
                why = _("这里有一个同名的文件夹，请换一个名字。")
            elif _FORBIDDEN.search(name):
                why = _("文件名里不能有 {marks} 这些符号，请换一个名字。").format(marks='\\ / : * ? " < > |')
            elif not name or name.endswith((".", " ")) or _DEVICE.fullmatch(name):
                why = _("Windows 不能用这个名字，请换一个名字。")
            else:
                return
        raise self._told(why)

    def _no_room(self, trouble: OSError) -> NoRoom:
        folder = self.path.parent
        with aloud():
            if trouble.errno in _FULL:
                why = _("盘满了。请删去一些不用的文件，或换一个盘再存。")
            elif not _is_folder(folder):
                why = _("找不到文件夹 {folder}。请先建好它，或看看U盘有没有插好，再存一次。").format(
                    folder=folder
                )
            elif trouble.errno in _CLOSED:
                why = _("{folder} 里不能写文件。请看看U盘是不是写保护，或换一个文件夹再存。").format(
                    folder=folder
                )
            # Windows finds nothing at the end of a path that is too long.
            elif trouble.errno in {errno.ENAMETOOLONG, errno.ENOENT}:
                why = _("名字太长，请改短一些再存。")
            else:
                why = _("写的时候出错（{reason}）。请看看U盘有没有插好、盘有没有坏，再存一次。").format(
                    reason=reason(trouble)
                )
        return self._told(why)

    def _told(self, why: str) -> NoRoom:
        with aloud():
            failed = self._failed or _("《{name}》没有存成。").format(name=self.path.name)
            told = _("{failed}{why}").format(failed=failed, why=why)
        return NoRoom(told.encode("utf-8", "replace").decode("utf-8"))


def save(path: Path, content: bytes, failed: str = "", below: Path | None = None) -> None:
    """Write *content* into *path* as a `NewFile`: whole or not at all. Raises `NoRoom`."""
    with NewFile(path, failed, below) as file:
        file.write(content)


def _is_folder(path: Path) -> bool:
    with suppress(OSError):  # a disk that is gone, a name that is too long
        return path.is_dir()
    return False


def _make_folders(folder: Path, below: Path) -> None:
    """Make what is missing of *folder*, but never *below*: a disk that is gone must not be made up for."""
    if folder == below or folder.is_dir():
        return
    _make_folders(folder.parent, below)
    folder.mkdir(exist_ok=True)
    _open_as(folder, below)
    _settle(folder.parent)


def _open_as(path: Path, folder: Path) -> None:
    """Open *path* to whom *folder* is open; Windows does so by itself."""
    if sys.platform != "win32":
        with suppress(PermissionError):  # a disk that knows no rights, or gives all files the same
            path.chmod(folder.stat().st_mode & (0o777 if path.is_dir() else 0o666))


def _settle(folder: Path) -> None:
    """Wait until the names in *folder* are on the disk itself; Windows knows that of files only."""
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as trouble:
        if trouble.errno not in _UNSETTLED:
            raise
