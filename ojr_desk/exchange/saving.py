"""Put finished bytes in their place: whole, or not at all."""

import errno
import os
from pathlib import Path

from ojr_desk.problems import NoRoom
from ojr_desk.text import _

_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def save(path: Path, content: bytes) -> None:
    """Write *content* beside *path* as `.part` and rename it, so that an older file stays whole.

    Raises `NoRoom` when the disk is full, read-only or gone, or another program holds the file.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        _discard(part)
        raise NoRoom(_told(path, error)) from error


def _discard(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # a disk that is gone or read-only holds no part either, or keeps it
        return


def _told(path: Path, error: OSError) -> str:
    if error.errno in _FULL:
        told = _("存《{name}》的盘满了，没有存成。请删去一些不用的文件，或换一个盘再存。")
    elif error.errno in _FORBIDDEN:
        told = _("《{name}》写不进去。如果它正在 WPS 或 Excel 里开着，请先关掉；否则请换一个文件夹再存。")
    else:
        told = _("《{name}》没有存成。请看看文件夹还在不在、U盘有没有插好，再存一次。")
    return told.format(name=path.name.encode("utf-8", "replace").decode("utf-8"))
