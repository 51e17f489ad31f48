"""Copying a live database into a file that stands by itself, while others may be writing."""

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ojr_desk.backup.archive import DATABASE
from ojr_desk.backup.disk import can_take
from ojr_desk.backup.health import check_file, complaint, open_to_read, unreadable
from ojr_desk.problems import Damaged, NoRoom, Taken
from ojr_desk.text import _


def workshop(source: Any, data_folder: Path, target_folder: Path) -> Path:
    """Choose where the copy is proven: beside the data, else where it goes to.

    A dying disk is full or becomes read-only, and then a backup elsewhere is needed most.
    """
    size = source.stat().st_size if isinstance(source, Path) and source.is_file() else 0
    return data_folder if can_take(data_folder, size) else target_folder


def name_of(source: Any) -> Path:
    """Tell what the database that is copied is called to people."""
    return source if isinstance(source, Path) else Path(DATABASE)


def copy_database(source: Any, target: Path, name: Path = Path(DATABASE)) -> None:
    """Copy a live database into one file that stands by itself; raises `Damaged`, `NoRoom` or `Taken`."""
    if isinstance(source, Path):
        if not source.is_file() or not source.stat().st_size:
            raise Damaged(complaint(check_file(source)))
        with closing(open_to_read(source)) as connection:
            return copy_database(connection, target, source)
    try:
        with closing(dbapi2.connect(str(target), isolation_level=None)) as copy:
            source.backup(copy, pages=-1, progress=_be_impatient)
            copy.execute("PRAGMA journal_mode = DELETE")
    except (dbapi2.DatabaseError, UnicodeDecodeError) as error:  # or it cannot read its own message
        told = str(error)
        if "full" in told or "I/O" in told:
            sentence = _("{folder} 所在的磁盘满了或者读写出错，没有备份成。请清理磁盘或换一个位置再试。")
            raise NoRoom(sentence.format(folder=target.parent.parent)) from error
        raise Damaged(complaint([unreadable(name, told)])) from error
    return None


def _be_impatient(status: int, _remaining: int, _total: int) -> None:
    """Give up where the driver would try again for ever."""
    if status in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED):
        raise Taken(_("另一个窗口或命令正在写入，请稍等再备份。"))
