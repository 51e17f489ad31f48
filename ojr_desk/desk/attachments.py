"""Photos and papers kept with a record: stored once by what they hold, beside the database."""

import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ojr_desk.desk.backups import ATTACHMENTS
from ojr_desk.desk.office import Office
from ojr_desk.desk.registers import Registers
from ojr_desk.problems import BadFile, Refused
from ojr_desk.register import Register
from ojr_desk.saving import save
from ojr_desk.store.schema import ATTACHMENT
from ojr_desk.store.uid import uid
from ojr_desk.text import _

#: What may be attached, by ending, and how such a file begins.
KINDS = {
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".pdf": b"%PDF-",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
}
#: Where a document of an office program has its parts: any archive begins alike.
PARTS = {".docx": "word/", ".xlsx": "xl/"}
#: What zipfile lets through when an archive is cut or forged.
_BROKEN = (BadZipFile, struct.error, EOFError, OSError, ValueError, NotImplementedError)
MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Attachment:
    """One file of a record: its key, the name it came with, its size, where it lies, and when it was added."""

    uid: str
    name: str
    size: int
    path: Path
    added_at: datetime


class Attachments:
    """The files of records."""

    def __init__(self, office: Office, registers: Registers) -> None:
        self._office = office
        self._registers = registers

    def add(self, code: str, record_uid: str, file: Path) -> Attachment:
        """Keep *file* with a record; the same content is stored once, and attached once to a record."""
        content = _read(file)
        digest = sha256(content).hexdigest()
        register = self._registers.to_write(code)
        with self._office.writing(f"attach {code}") as session:
            record = self._registers.must_get(session, register, record_uid)
            self._refuse_locked(session, register, record, self._office.today())
            if record.confidentiality == "sealed":
                raise Refused(_("密封的记录不能加附件，材料请另册密封保管。"))
            path = self._path(digest, file.suffix.lower())
            if not _holds(path, content):
                failed = _("附件《{name}》没有存下。").format(name=file.name)
                save(path, content, failed, below=self._office.folder)
            row = self._row(session, ATTACHMENT.c.record == record.uid, ATTACHMENT.c.sha256 == digest)
            if row is None:
                key = uid()
                session.execute(
                    insert(ATTACHMENT).values(
                        uid=key,
                        register=code,
                        record=record.uid,
                        sha256=digest,
                        name=file.name,
                        size=len(content),
                        added_at=self._office.now(),
                        added_by=self._office.user,
                    )
                )
                row = self._row(session, ATTACHMENT.c.uid == key)
            return self._seen(row)

    def of(self, record_uid: str) -> list[Attachment]:
        """List the files of a record, oldest first."""
        chosen = (
            select(ATTACHMENT)
            .where(ATTACHMENT.c.record == record_uid, ATTACHMENT.c.removed_at.is_(None))
            .order_by(ATTACHMENT.c.id)
        )
        with self._office.reading() as session:
            return [self._seen(row) for row in session.execute(chosen)]

    def copy(self, attachment: Attachment, target: Path) -> None:
        """Write a copy of what is attached to *target*; raises `BadFile` where it is lost or spoilt."""
        try:
            content = attachment.path.read_bytes()
        except OSError:
            content = b""
        if sha256(content).hexdigest() != attachment.path.stem:
            raise BadFile(
                _("附件《{name}》在这台电脑上不见了或者坏了，请从备份里恢复。").format(name=attachment.name)
            )
        save(target, content)

    def remove(self, key: str, reason: str) -> None:
        """Take a file off its record; its content stays, so that this can be undone."""
        if not reason.strip():
            raise Refused(_("取下附件要写明原因。"))
        with self._office.writing("detach") as session:
            found = self._row(session, ATTACHMENT.c.uid == key)
            if found is None:
                raise Refused(_("没有找到这个附件。"))
            register = self._registers.to_write(found.register)
            record = self._registers.must_get(session, register, found.record)
            self._refuse_locked(session, register, record, found.added_at.date())
            taken_off = {"removed_at": self._office.now(), "removed_reason": reason.strip()}
            session.execute(update(ATTACHMENT).where(ATTACHMENT.c.uid == key).values(taken_off))

    def _refuse_locked(self, session: Session, register: Register, record: Any, added_on: date) -> None:
        """Refuse a change in a closed month: that of the record, or, where the record goes on, of the file."""
        day = register.day_of(record) if register.as_of is None else added_on
        self._registers.refuse_locked(session, register, record, day)

    def _row(self, session: Session, *which: Any) -> Any:
        """Read the row of a file that is attached at present, if there is one."""
        chosen = select(ATTACHMENT).where(ATTACHMENT.c.removed_at.is_(None), *which)
        return session.execute(chosen).first()

    def _seen(self, row: Any) -> Attachment:
        path = self._path(row.sha256, Path(row.name).suffix.lower())
        return Attachment(row.uid, row.name, row.size, path, row.added_at)

    def _path(self, digest: str, suffix: str) -> Path:
        return path_of(self._office.folder, digest, suffix)


def path_of(folder: Path, digest: str, suffix: str) -> Path:
    """Name where the file of a digest lies below the data folder."""
    return folder / ATTACHMENTS / digest[:2] / f"{digest}{suffix}"


def _read(file: Path) -> bytes:
    """Read a file that may be attached; what it is called and what it holds must agree."""
    if not file.is_file():
        raise BadFile(_("没有找到《{name}》，请检查文件名和位置。").format(name=file.name))
    begins = KINDS.get(file.suffix.lower())
    if begins is None:
        raise BadFile(
            _("《{name}》这种文件不能作附件，只收照片（jpg、png）、pdf、docx、xlsx。").format(name=file.name)
        )
    try:
        if file.stat().st_size > MOST_BYTES:
            raise BadFile(_("《{name}》超过 10 MB，请压缩后再加。").format(name=file.name))
        content = file.read_bytes()
    except OSError as error:
        raise BadFile(_("读不了《{name}》，请检查文件。").format(name=file.name)) from error
    if not content.startswith(begins) or not _is_of(content, PARTS.get(file.suffix.lower(), "")):
        raise BadFile(
            _("《{name}》打不开，不是真正的 {kind} 文件。").format(name=file.name, kind=file.suffix)
        )
    return content


def _is_of(content: bytes, part: str) -> bool:
    """Tell whether what should be a document of an office program has its *part*; other files need none."""
    try:
        return not part or any(name.startswith(part) for name in ZipFile(BytesIO(content)).namelist())
    except _BROKEN:
        return False


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether *path* holds *content*; what a power cut spoilt does not, and is put right."""
    with suppress(OSError):
        return path.read_bytes() == content
    return False
