"""Bringing an office back from a backup, in such a way that this too can be undone."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from ojr_desk.backup.archive import ATTACHMENTS, BESIDE, DATABASE, Archive, is_there, measure, opened
from ojr_desk.backup.disk import WORK, make_folder, refuse_without_room, settle, sweep, told_as_no_room
from ojr_desk.backup.health import center_of, check_file, complaint
from ojr_desk.backup.keeping import back_up, unpack_database
from ojr_desk.problems import Damaged, FromNewerProgram, NotOurs, Taken
from ojr_desk.text import _

#: The kind of the backup that is made of what a restore replaces.
BEFORE_RESTORE = "before-restore"
BACKUPS = "backups"
_LOGS = (f"{DATABASE}-wal", f"{DATABASE}-shm")


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    *backup* is what the office was brought back from; *kept* is what it was before: a backup that
    undoes the restore, or a folder with the bare files where they were too damaged or too new for one, or nothing;
    *missing* are the attachments that were nowhere any more, where a backup had left them beside it.
    """

    backup: Path
    kept: Path | None
    missing: tuple[str, ...] = ()


def restore(path: Path, data_folder: Path, now: datetime) -> Restored:
    """Replace the office in *data_folder* by the backup at *path*, and keep what it was.

    Everything is read and proven before anything is touched; the database is replaced in one move,
    after its attachments. Nobody may have the database open. Raises `NotOurs` (also for another
    office's backup), `Damaged`, `FromNewerProgram`, `NoRoom` or `Taken`.
    """
    make_folder(data_folder)
    sweep(data_folder)
    with opened(path) as backup, told_as_no_room(data_folder):
        _refuse_another_office(backup, data_folder / DATABASE)
        sizes = sum(entry.size for entry in backup.manifest.files.values())
        refuse_without_room(data_folder, sizes)
        with TemporaryDirectory(prefix=WORK, dir=data_folder) as work:
            unpack_database(backup, Path(work))
            missing = _unpack_attachments(backup, Path(work), data_folder)
            kept = _keep(data_folder, now)
            with _needless_if_refused(kept):
                _fold_log(data_folder / DATABASE)
            _replace(Path(work), data_folder)
    found = check_file(data_folder / DATABASE)
    if found:
        told = _("恢复好的数据库读回来不对，磁盘可能坏了。原来的资料在 {kept}。")
        raise Damaged(complaint((told.format(kept=kept), *found)))
    return Restored(path, kept, missing)


def _unpack_attachments(backup: Archive, work: Path, data_folder: Path) -> tuple[str, ...]:
    """Write the attachments of *backup* into *work*, and name those that are nowhere.

    A lost picture must not keep the office from coming back: it may still be where it belongs.
    """
    missing = []
    for name, entry in backup.manifest.files.items():
        if name == DATABASE:
            continue
        if not backup.is_lost(name):
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            backup.copy_out(name, work / name)
        elif not is_there(data_folder / name, entry):
            missing.append(name)
    return tuple(missing)


def _refuse_another_office(backup: Archive, database: Path) -> None:
    """Keep one village's records from being replaced by another's, where the present file can still tell."""
    ours, theirs = center_of(database), backup.manifest.content.center
    if ours and theirs and ours != theirs:
        raise NotOurs(
            _(
                "{file} 是另一个中心的备份，不能盖掉这里的资料。要看它，请另选一个空的资料文件夹再恢复（--data）。"
            ).format(file=backup.path.name)
        )


def _keep(data_folder: Path, now: datetime) -> Path | None:
    """Keep the present office: as a backup, or file by file where it is too damaged or too new for that."""
    database = data_folder / DATABASE
    if not database.exists():
        return None
    try:
        facts = {"kind": BEFORE_RESTORE}
        return back_up(database, data_folder / ATTACHMENTS, data_folder / BACKUPS, facts, now, BESIDE)
    except (Damaged, FromNewerProgram):
        folder = _new_folder(data_folder / BACKUPS, f"damaged-{now:%Y%m%d-%H%M%S}")
        for name in (DATABASE, *_LOGS):
            if (data_folder / name).exists():
                shutil.copy2(data_folder / name, folder / name)
                settle(folder / name)
        settle(folder)
        return folder


@contextmanager
def _needless_if_refused(kept: Path | None) -> Iterator[None]:
    """Let what was kept go again when nothing is to be replaced: it is never thinned out by itself."""
    try:
        yield
    except Taken:
        if kept is not None and kept.is_dir():
            shutil.rmtree(kept)
        elif kept is not None:
            kept.unlink()
        raise


def _new_folder(parent: Path, name: str) -> Path:
    make_folder(parent)
    for number in count(1):
        folder = parent / (name if number == 1 else f"{name}-{number}")
        if not folder.exists():
            break
    make_folder(folder)
    return folder


def _replace(work: Path, data_folder: Path) -> None:
    """Move what is proven into its place, the database last; from then on the old one is gone."""
    for fresh in sorted(path for path in (work / ATTACHMENTS).rglob("*") if path.is_file()):
        target = data_folder / fresh.relative_to(work)
        if not is_there(target, measure(fresh)):
            make_folder(target.parent)
            settle(fresh)
            fresh.replace(target)
            settle(target.parent)
    old, new = data_folder / DATABASE, work / DATABASE
    if old.exists():
        shutil.copymode(old, new)
    settle(new)
    # A log that is left behind would be replayed into the new file.
    for name in _LOGS:
        (data_folder / name).unlink(missing_ok=True)
    settle(data_folder)
    new.replace(old)
    settle(data_folder)


def _fold_log(database: Path) -> None:
    """Fold the log into the old file, so that a power cut from here on loses nothing of either state.

    SQLite leaves WAL mode only when nobody else has the file open; so this finds them, too.
    """
    if not database.exists():
        return
    try:
        with closing(dbapi2.connect(str(database), isolation_level=None, timeout=1)) as connection:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except (dbapi2.DatabaseError, UnicodeDecodeError) as error:
        if "locked" in str(error):
            raise Taken(_("数据库正被另一个窗口或命令使用，请把它关掉再恢复。")) from error
        # It is too damaged to be opened; its files were kept as they are.
