"""Attachments that lie beside the backups of one folder: each content once, under its own SHA-256.

    attachments/ab/ab12…     bytes whose sum is the file's name; shared by every backup in the folder

A picture is attached once and never changes, so copying it into every backup would fill the disk. Each
backup names what it needs with its sum, so it is proven as strictly as one that holds everything.
"""

import os
import time
from collections.abc import Iterable, Set
from contextlib import suppress
from pathlib import Path

from ojr_desk.backup.archive import ATTACHMENTS, Entry, damaged_disk, is_there, place, read
from ojr_desk.backup.disk import DAY, settle
from ojr_desk.problems import Damaged
from ojr_desk.saving import NewFile


def missing(folder: Path, entries: Iterable[Entry]) -> int:
    """Count the bytes that `keep` would write into *folder* for these contents."""
    wanted = {entry.sha256: entry.size for entry in entries}
    return sum(size for sha256, size in wanted.items() if not place(folder, sha256).is_file())


def keep(folder: Path, source: Path, entry: Entry) -> None:
    """Have the content of *source* below *folder*, proven whole; raises `Damaged` or `NoRoom`.

    What lies there already is read again, and written again if it went bad meanwhile.
    """
    path = place(folder, entry.sha256)
    if is_there(path, entry):
        # Young again, it is not swept away before the backup that needs it has its name.
        with suppress(PermissionError):  # another user of this PC made it
            os.utime(path)
        return
    with source.open("rb") as file, NewFile(path, below=folder) as copy:
        for piece in read(file):
            copy.write(piece)
    settle(path)
    if not is_there(path, entry):
        path.unlink()
        raise Damaged(damaged_disk(folder))


def sweep(folder: Path, needed: Set[str]) -> None:
    """Remove the contents beside the backups in *folder* whose sums are not *needed* by any of them.

    What is younger than a day stays: another process may be making the backup that needs it.
    """
    for path in (folder / ATTACHMENTS).glob("??/*"):
        with suppress(OSError):  # it is in use, or on a disk that is read-only: another time
            if path.name not in needed and time.time() - path.stat().st_mtime > DAY:
                path.unlink()
