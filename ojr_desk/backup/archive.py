"""The backup file: one `.ojrbak`, a zip that anybody can open, with the sums to prove it whole.

    office.db           the database, copied by SQLite's backup API, in one piece without a log
    attachments/…       the attached files, as they lie in the data folder
    manifest.json       when, of which office, what is in each table, the SHA-256 of every file

A backup of format 2 leaves the attached files to the folder that it lies in (`beside.py`).

Nothing of it is believed: a file on a stick may be cut off, edited, or made to do harm.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO

from pydantic import NaiveDatetime, TypeAdapter

from ojr_desk.backup.health import Content
from ojr_desk.problems import Damaged, FromNewerProgram, NotOurs, reason
from ojr_desk.store.engine import FILE_NAME
from ojr_desk.store.migrations import KNOWN
from ojr_desk.text import _

SUFFIX = ".ojrbak"
#: What a backup holds: everything, or all but the attachments, which lie beside it.
WHOLE, BESIDE = 1, 2
DATABASE, ATTACHMENTS, MANIFEST = FILE_NAME, "attachments", "manifest.json"

_CHUNK = 1 << 20
_LONGEST_MANIFEST = 64 << 20
#: Below `attachments/`, and a file's name on every system.
_NEVER = r'\x00-\x1f\\/:*?"<>|\ud800-\udfff'
_SHA256 = re.compile("[0-9a-f]{64}")
_ATTACHMENT = re.compile(rf"{ATTACHMENTS}(/[^{_NEVER}]*[^{_NEVER}. ])+")
#: What the zip module raises for files that are cut off, edited, or made to confuse it.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True)
class Entry:
    """One file in a backup: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    *kind* is `routine`, or the reason why it is never thinned out; *facts* are the caller's;
    *doubtful* names attachments that could not be read, or are not what their name says.
    """

    format: int
    made_at: NaiveDatetime
    kind: str
    content: Content
    facts: Mapping[str, str]
    files: Mapping[str, Entry]
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Head:
    """The part of a manifest that every version of the program can read."""

    format: int


_MANIFESTS, _HEADS = TypeAdapter(Manifest), TypeAdapter(_Head)


def is_attachment(name: str) -> bool:
    """Tell whether *name* may stand in a backup."""
    return _ATTACHMENT.fullmatch(name) is not None


def measure(source: Path) -> Entry:
    """Read a file for its size and its sum."""
    with source.open("rb") as file:
        digest, size = sha256(), 0
        for piece in read(file):
            digest.update(piece)
            size += len(piece)
    return Entry(size, digest.hexdigest())


def read(file: IO[bytes]) -> Iterator[bytes]:
    """Read an open file in pieces that fit into memory."""
    while piece := file.read(_CHUNK):
        yield piece


def is_there(path: Path, entry: Entry) -> bool:
    """Tell whether the file at *path* is what *entry* says, byte for byte."""
    with suppress(OSError):
        return path.is_file() and path.stat().st_size == entry.size and measure(path) == entry
    return False


def place(folder: Path, digest: str) -> Path:
    """Name where the content of a SHA-256 lies beside the backups in *folder*."""
    return folder / ATTACHMENTS / digest[:2] / digest


def write(target: BinaryIO, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    """Write a backup of *sources*, as *manifest* describes it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in inside(manifest):
            # Pictures and papers, unlike the database, are compressed already: a ZipInfo is stored.
            entry_name = name if name == DATABASE else zipfile.ZipInfo(name)
            with sources[name].open("rb") as file, archive.open(entry_name, "w", force_zip64=True) as entry:
                for piece in read(file):
                    entry.write(piece)
        archive.writestr(MANIFEST, _MANIFESTS.dump_json(manifest, indent=1))


def inside(manifest: Manifest) -> list[str]:
    """Name the files that the backup itself holds."""
    return list(manifest.files) if manifest.format == WHOLE else [DATABASE]


class Archive:
    """A backup that is open for reading."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self.path = path
        self._file = file
        self.manifest = self._read_manifest()

    def is_lost(self, name: str) -> bool:
        """Tell whether a file that should lie beside the backup does not, or went bad."""
        entry = self.manifest.files[name]
        return self._is_beside(name) and not is_there(self._beside(entry), entry)

    def check(self, name: str) -> None:
        """Read one file through; raises `Damaged` if it is not what the manifest says."""
        for _piece in self._pieces(name):
            pass

    def copy_out(self, name: str, target: Path) -> None:
        """Write one file to *target*, checking it on the way."""
        with target.open("xb") as file:
            for piece in self._pieces(name):
                file.write(piece)

    def _pieces(self, name: str) -> Iterator[bytes]:
        expected = self.manifest.files[name]
        digest, size = sha256(), 0
        told = (_without_attachments if self._is_beside(name) else damaged)(self.path)
        with _told_as_damaged(told), self._open(name, expected) as entry:
            while size <= expected.size and (piece := entry.read(_CHUNK)):
                digest.update(piece)
                size += len(piece)
                yield piece
        if Entry(size, digest.hexdigest()) != expected:
            raise Damaged(told)

    def _open(self, name: str, expected: Entry) -> IO[bytes]:
        if not self._is_beside(name):
            return self._file.open(name)
        path = self._beside(expected)
        if not path.is_file():  # nothing that waits for ever, such as a pipe
            raise FileNotFoundError(path)
        return path.open("rb")

    def _is_beside(self, name: str) -> bool:
        return name not in inside(self.manifest)

    def _beside(self, entry: Entry) -> Path:
        return place(self.path.parent, entry.sha256)

    def _read_manifest(self) -> Manifest:
        names = self._file.namelist()
        if MANIFEST not in names:
            raise NotOurs(
                _("{file} 不是本程序的备份文件。请选以 .ojrbak 结尾的文件。").format(file=self.path.name)
            )
        with self._file.open(MANIFEST) as entry:
            raw = entry.read(_LONGEST_MANIFEST)
        if _HEADS.validate_json(raw).format > BESIDE:
            raise _from_newer(self.path)
        manifest = _MANIFESTS.validate_json(raw)
        if sorted(names) != sorted([*inside(manifest), MANIFEST]) or DATABASE not in manifest.files:
            raise Damaged(damaged(self.path))
        if not all(_SHA256.fullmatch(entry.sha256) for entry in manifest.files.values()):
            raise Damaged(damaged(self.path))
        if not all(name == DATABASE or is_attachment(name) for name in manifest.files):
            raise Damaged(damaged(self.path))
        if manifest.content.revision and manifest.content.revision not in KNOWN:
            raise _from_newer(self.path)
        return manifest


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open the backup at *path*; raises `NotOurs`, `Damaged` or `FromNewerProgram`."""
    try:
        file = path.open("rb")
    except OSError as error:
        told = _("打不开备份文件 {path}（{reason}）。请检查位置，或换一个备份。")
        raise Damaged(told.format(path=path, reason=reason(error))) from error
    with file:
        if not zipfile.is_zipfile(file):
            raise _no_zip(path, file.seek(0, 2))
        with _told_as_damaged(damaged(path)):
            archive = Archive(path, zipfile.ZipFile(file))
        yield archive


@contextmanager
def _told_as_damaged(told: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise Damaged(told) from error


def _no_zip(path: Path, size: int) -> Damaged | NotOurs:
    """Tell a backup that was cut off from a file that never was one."""
    if size == 0 or SUFFIX in path.suffixes:
        return Damaged(damaged(path))
    return NotOurs(_("{file} 不是本程序的备份文件。请选以 .ojrbak 结尾的文件。").format(file=path.name))


def damaged(path: Path) -> str:
    """Say that a backup is of no use."""
    return _("备份文件 {file} 坏了或者不完整，没有用它。请换一个备份。").format(file=path.name)


def damaged_disk(folder: Path) -> str:
    """Say that what was written into *folder* reads back otherwise."""
    told = _("写到 {folder} 的备份读回来不对，没有留下。这个磁盘可能坏了，请换一个位置备份。")
    return told.format(folder=folder)


def _without_attachments(path: Path) -> str:
    told = _(
        "备份文件 {file} 的附件不在它旁边的 attachments 文件夹里，或者坏了。"
        "请把备份所在的文件夹整个拷来，或换一个备份到U盘的文件。"
    )
    return told.format(file=path.name)


def _from_newer(path: Path) -> FromNewerProgram:
    told = _("备份文件 {file} 是更新版本的程序做的，请先升级本机的程序再用它。")
    return FromNewerProgram(told.format(file=path.name))
