"""A file that comes into being whole or not at all."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from ojr_desk.problems import NoRoom
from ojr_desk.text import _

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class NewFile:
    """*path*, written beside as `.part` and put in its place when all went well.

    Whatever goes wrong in between, the old file stays and no half of a new one. Raises `NoRoom`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_name(f"{path.name}.part")

    def __enter__(self) -> Self:
        try:
            self._file = self._part.open("wb")
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
                self._put_in_place()
        finally:
            self._discard()

    def _put_in_place(self) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self.path)
        except OSError as trouble:
            raise self._no_room(trouble) from trouble

    def _discard(self) -> None:
        """Close and remove the part, if it is still there and if that can be done at all."""
        for step in (self._file.close, self._part.unlink):
            with suppress(OSError):  # a full or vanished disk; the first trouble has been told
                step()

    def _no_room(self, trouble: OSError) -> NoRoom:
        if trouble.errno in _FULL:
            told = _("磁盘满了，{path} 没有写成：请腾出空间或换一个位置再打印。")
        elif trouble.errno in _FORBIDDEN:
            told = _("{path} 不能写：请关闭正在打开它的程序，或换一个可以写的位置再打印。")
        else:
            told = _("{path} 没有写成（{reason}）：请检查磁盘或U盘是否还在，再打印一次。")
        return NoRoom(told.format(path=self.path, reason=trouble.strerror))
