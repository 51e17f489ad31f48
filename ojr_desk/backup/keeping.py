"""Making backups, listing them, proving them, letting old ones go."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from ojr_desk.backup import archive, beside
from ojr_desk.backup.archive import (
    ATTACHMENTS,
    BESIDE,
    DATABASE,
    SUFFIX,
    WHOLE,
    Archive,
    Manifest,
    damaged_disk,
    opened,
)
from ojr_desk.backup.copying import copy_database, name_of, workshop
from ojr_desk.backup.disk import (
    PART,
    WORK,
    make_folder,
    refuse_without_room,
    settle,
    sweep,
    told_as_no_room,
)
from ojr_desk.backup.health import examine
from ojr_desk.backup.thinning import ROUTINE, kept
from ojr_desk.problems import BadFile, Damaged

_SHA256 = re.compile("[0-9a-f]{64}")
_PLAIN = re.compile("[a-z][a-z-]{0,30}")


@dataclass(frozen=True)
class Backup:
    """One file in a backup folder: its size in bytes, what it says of itself, or why it cannot be used."""

    path: Path
    size: int
    made_at: datetime
    manifest: Manifest | None
    problem: str = ""

    @property
    def kind(self) -> str:
        """Tell why it was made; nothing, if it cannot be read."""
        return self.manifest.kind if self.manifest else ""


def back_up(
    source: Any,
    attachments: Path,
    target_folder: Path,
    facts: Mapping[str, str],
    now: datetime,
    form: int = WHOLE,
) -> Path:
    """Copy the office into a new file in *target_folder* and return its path.

    *source* is the database's path, or an open sqlcipher3 connection to it. *facts* are kept with it;
    a `kind` among them other than `routine` exempts the file from thinning. *form* is `WHOLE`, or
    `BESIDE` where many backups lie in one folder and share its attachments. The database is examined
    before the file is written, and every byte read again after. Raises `Damaged`, `NoRoom` or `Taken`,
    and then leaves no new backup behind.
    """
    make_folder(target_folder)
    sweep(target_folder, attachments.parent)
    work_folder = workshop(source, attachments.parent, target_folder)
    with told_as_no_room(work_folder), TemporaryDirectory(prefix=WORK, dir=work_folder) as work:
        database = Path(work, DATABASE)
        copy_database(source, database)
        content = examine(database, name_of(source))
        attached, doubtful = _attachments(attachments)
        sources = {DATABASE: database, **attached}
        files = {name: archive.measure(path) for name, path in sources.items()}
        kind = facts.get("kind", ROUTINE)
        manifest = Manifest(form, now.replace(tzinfo=None), kind, content, dict(facts), files, doubtful)
        refuse_without_room(target_folder, _needed(target_folder, manifest))
        with told_as_no_room(target_folder):
            return _write(target_folder, manifest, sources)


def list_backups(folder: Path) -> list[Backup]:
    """List the backups in *folder*, newest first; one that cannot be read says so in `problem`."""
    found = [look_at(path) for path in folder.glob(f"*{SUFFIX}") if path.is_file()]
    return sorted(
        found, key=lambda backup: (backup.made_at, len(backup.path.name), backup.path.name), reverse=True
    )


def verify(path: Path) -> Backup:
    """Read a backup through, and open its database on trial; raises `NotOurs`, `Damaged`, `FromNewerProgram`."""
    scratch = Path(gettempdir())
    with told_as_no_room(scratch), TemporaryDirectory(prefix=WORK) as work, opened(path) as backup:
        unpack_database(backup, Path(work))
        for name in backup.manifest.files:
            backup.check(name)
    return look_at(path)


def unpack_database(backup: Archive, folder: Path) -> Path:
    """Write the database of *backup* into *folder*, proven whole; raises `Damaged` or `NoRoom`."""
    refuse_without_room(folder, backup.manifest.files[DATABASE].size)
    target = folder / DATABASE
    backup.copy_out(DATABASE, target)
    try:
        is_so = examine(target) == backup.manifest.content
    except Damaged as error:
        # It is the backup that is of no use, not the office.
        raise Damaged(archive.damaged(backup.path)) from error
    if not is_so:
        raise Damaged(archive.damaged(backup.path))
    return target


def thin(folder: Path, today: date) -> list[Path]:
    """Let routine backups in *folder* go that later ones make needless, and name them.

    Each office's are counted by themselves; what cannot be read is left alone.
    """
    gone: list[Path] = []
    needed: set[str] = set()
    offices: dict[str, list[Backup]] = {}
    listed = list_backups(folder)
    for backup in listed:
        if backup.manifest and backup.kind == ROUTINE:
            offices.setdefault(backup.manifest.content.center, []).append(backup)
    for backups in offices.values():
        stay = kept((backup.made_at for backup in backups), today)
        for backup in backups:
            if backup.made_at not in stay:
                with suppress(OSError):  # it is in use, or on a disk that is read-only: another time
                    backup.path.unlink()
                    gone.append(backup.path)
    for backup in listed:
        if backup.manifest and backup.path not in gone:
            needed |= {entry.sha256 for entry in backup.manifest.files.values()}
    if all(backup.manifest for backup in listed):
        beside.sweep(folder, needed)
    return gone


def _attachments(folder: Path) -> tuple[dict[str, Path], tuple[str, ...]]:
    """Find the files below *folder*, and name those that cannot be read or are not what their name says."""
    found: dict[str, Path] = {}
    doubtful: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.name.endswith(PART):
            continue
        name = f"{ATTACHMENTS}/{path.relative_to(folder).as_posix()}"
        try:
            digest = archive.measure(path).sha256 if archive.is_attachment(name) else ""
        except OSError:
            digest = ""
        if digest:
            found[name] = path
        if not digest or (_SHA256.fullmatch(path.stem) and path.stem != digest):
            doubtful.append(name.encode(errors="replace").decode())
    return found, tuple(doubtful)


def _write(folder: Path, manifest: Manifest, sources: Mapping[str, Path]) -> Path:
    """Write a backup under a name of its own, which it gets only when it reads back as it was meant."""
    path, part = _names(folder, manifest)
    try:
        if manifest.format == BESIDE:
            for name in manifest.files.keys() - {DATABASE}:
                beside.keep(folder, sources[name], manifest.files[name])
        with part.open("xb") as file:
            archive.write(file, manifest, sources)
        part.chmod(folder.stat().st_mode & 0o666)
        settle(part)
        with opened(part) as backup:
            if backup.manifest != manifest:
                raise Damaged(archive.damaged(part))
            for name in archive.inside(manifest):
                backup.check(name)
        part.replace(path)
        settle(folder)
    except Damaged as error:
        raise Damaged(damaged_disk(folder)) from error
    finally:
        part.unlink(missing_ok=True)
    return path


def _needed(folder: Path, manifest: Manifest) -> int:
    """Count the bytes that a backup takes in *folder*, as if nothing were compressed."""
    attached = [entry for name, entry in manifest.files.items() if name != DATABASE]
    more = (
        beside.missing(folder, attached)
        if manifest.format == BESIDE
        else sum(entry.size for entry in attached)
    )
    return manifest.files[DATABASE].size + more


def _names(folder: Path, manifest: Manifest) -> tuple[Path, Path]:
    """Choose the name of a new backup, by its moment and kind, and of the file while it is not finished."""
    stem = f"{manifest.made_at:%Y%m%d-%H%M%S}"
    if manifest.kind != ROUTINE and _PLAIN.fullmatch(manifest.kind):
        stem = f"{stem}-{manifest.kind}"
    for number in count(1):
        name = f"{stem}{SUFFIX}" if number == 1 else f"{stem}-{number}{SUFFIX}"
        part = folder / f"{name}{PART}"
        if not (folder / name).exists() and not part.exists():
            break
    return folder / name, part


def look_at(path: Path) -> Backup:
    """Read what one backup says of itself, without proving it; what is wrong is told in `problem`."""
    try:
        with opened(path) as backup:
            manifest = backup.manifest
        return Backup(path, path.stat().st_size, manifest.made_at, manifest)
    except BadFile as error:
        seen = path.stat()
        return Backup(path, seen.st_size, datetime.fromtimestamp(seen.st_mtime), None, error.message)
