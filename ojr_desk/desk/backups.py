"""Copies of the office: made and verified, listed, gone back to."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ojr_desk import __version__
from ojr_desk.backup import BESIDE, ROUTINE, WHOLE, Backup, back_up, list_backups, look_at, restore, thin
from ojr_desk.backup.disk import make_folder, refuse_without_room
from ojr_desk.desk.office import PATIENCE, Office
from ojr_desk.disks import Disk, disk_of
from ojr_desk.problems import BadFile, UserError
from ojr_desk.store import settings
from ojr_desk.store.engine import FILE_NAME, Database
from ojr_desk.store.history import head
from ojr_desk.store.lockfile import hold
from ojr_desk.text import _

ATTACHMENTS = "attachments"
FOLDER = "backups"
#: Bytes that must be free beyond twice the file before it is changed from end to end.
_ROOM = 50_000_000
#: What a copy lies on that survives this PC.
_ELSEWHERE = (Disk.STICK, Disk.NETWORK)


class Backups:
    """The copies of this office."""

    def __init__(self, office: Office, disk: Callable[[Path], Disk] = disk_of) -> None:
        self._office = office
        self._disk = disk

    def make(self, out: Path | None = None, kind: str = ROUTINE) -> Backup:
        """Write a verified copy to the office's own folder, or to *out*, such as a stick.

        In the office's own folder the copies share their attachments; elsewhere one file holds everything.
        """
        office = self._office
        with office.reading() as session:
            seq, digest = head(session)
        facts = {"history_seq": str(seq), "history_hash": digest}
        made = self._back_up(out, kind, facts)
        if kind == ROUTINE and out is None:
            thin(made.parent, office.today())
        if out is not None and self._disk(out) in _ELSEWHERE:
            self._note_carried_off()
        return look_at(made)

    def _note_carried_off(self) -> None:
        """Remember that a copy is elsewhere; where that cannot be written, the copy is a copy all the same."""
        office = self._office
        with (
            suppress(UserError),
            office.database.writing(office.user or "", "backup", office.now()) as session,
        ):
            settings.write(session.connection(), settings.CARRIED_OFF, office.now().isoformat())

    def keep(self, kind: str) -> None:
        """Keep the file as it is before something changes it: the copy is never thinned out."""
        # The change may write every page anew, and the log holds them all until it is done.
        refuse_without_room(self._office.folder, 2 * self._office.database.path.stat().st_size + _ROOM)
        # No more is asked of the file than that it can be copied: its tables may be those of an older program.
        self._back_up(None, kind, {})

    def _back_up(self, out: Path | None, kind: str, facts: Mapping[str, str]) -> Path:
        office = self._office
        more = {"kind": kind, "program": __version__, **facts}
        target, form = (out, WHOLE) if out else (office.folder / FOLDER, BESIDE)
        return back_up(office.database.path, office.folder / ATTACHMENTS, target, more, office.now(), form)

    def all(self) -> list[Backup]:
        """List the copies in the office's own folder, newest first."""
        return copies(self._office.folder)


def last_carried_off(session: Session) -> date | None:
    """Tell on which day a copy was last made on a disk that leaves this PC; None, if never."""
    told = settings.read(session.connection(), settings.CARRIED_OFF)
    return datetime.fromisoformat(told).date() if told else None


def copies(folder: Path) -> list[Backup]:
    """List the copies in an office's own folder, newest first, also where the office cannot be opened any more."""
    return list_backups(folder / FOLDER)


def told(backup: Backup) -> dict[str, Any]:
    """Tell what a copy is, for JSON."""
    return {
        "file": str(backup.path.resolve()),
        "size": backup.size,
        "made_at": backup.made_at.isoformat(timespec="seconds"),
        "kind": backup.kind,
        "problem": backup.problem,
    }


def go_back(folder: Path, file: Path, now: datetime) -> dict[str, Any]:
    """Bring the office in *folder* back from *file*; what it was is kept, so this can be undone.

    The answer's `notice` says what did not come back: attachments that no longer lie beside the copy.
    """
    # As `backups` lists it, or by its name alone.
    if not file.is_file() and len(file.parts) == 1:
        file = folder / FOLDER / file
    if not file.is_file():
        raise BadFile(
            _("没有找到备份文件 {file}，请检查位置（ojr-desk backups 列出现有的备份）。").format(file=file)
        )
    make_folder(folder)
    with hold(folder, PATIENCE, "restore"):
        done = restore(file, folder, now)
        _remember(folder, now)
    return {
        "file": str(folder.resolve() / FILE_NAME),
        "from": str(done.backup.resolve()),
        "kept": str(done.kept.resolve()) if done.kept else None,
        "notice": _lost(done.missing),
    }


def _remember(folder: Path, now: datetime) -> None:
    """Write into the office that it came back, so that copies made before are no witnesses of what follows."""
    database = Database(folder / FILE_NAME)
    try:
        with database.writing("", "restore", now) as session:
            settings.write(session.connection(), settings.RESTORED, now.isoformat())
    finally:
        database.close()


def _lost(missing: Sequence[str]) -> str:
    if not missing:
        return ""
    told = _(
        "有 {n} 个附件没有恢复：备份旁边的 attachments 文件夹里没有，或者坏了。"
        "请把原来的备份文件夹整个找来，再恢复一次；少了哪些，可以用全面检查（ojr-desk check）看。"
    )
    return told.format(n=len(missing))
