"""The gate: what a stranger's file must be before anything reads it.

The whole file is held in memory, at most 20 MB of it, so that what was judged is what is read; its
parts are streamed one by one, and nothing is unpacked to disk.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ojr_desk.exchange.foreign import ZIP, foreign, foreign_package, is_locked
from ojr_desk.exchange.markup import BadMarkup
from ojr_desk.exchange.password import decrypt
from ojr_desk.exchange.worksheet import Visit, walk
from ojr_desk.problems import Damaged, Locked, NotOurs
from ojr_desk.text import N_, _

MEBIBYTE = 1 << 20
MAX_FILE = 20 * MEBIBYTE
MAX_ENTRIES = 300
#: Bytes of all parts unpacked, and how many times the file they may be once they pass a mebibyte.
MAX_UNPACKED = 150 * MEBIBYTE
MAX_RATIO = 250
#: `<` in all parts: what bounds the time, for a tag may be as short as four bytes.
MAX_TAGS = 20_000_000
#: Of the whole file.
MAX_CELLS = 2_000_000
#: Of one sheet; empty rows and cells do not count, however they are coloured.
MAX_ROWS = 20_000
MAX_COLUMNS = 200

_CHUNK = 1 << 16
_ENCRYPTED, _PATCH, _STRONG = 0x1, 0x20, 0x40
_ENTRY_MARK = b"PK\x01\x02"
#: Where a package keeps what acts by itself, in lower case.
_ACTIVE = ("vbaproject", "xl/macrosheets/", "xl/activex/", "xl/embeddings/")
_LINKS = ("xl/externallinks/", "xl/connections.xml")
#: What the reader may open; anything else (pictures, the shapes of notes) is only measured.
XML = (".xml", ".rels")
#: What zipfile and zlib let through when an archive is cut or forged.
_BROKEN = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    ArithmeticError,
    NotImplementedError,
    RuntimeError,
)

_CUT = N_("《{name}》不完整，多半是没有拷完或没有下载完。请重新拷贝，或请对方再发一次。")
_FORGED = N_(
    "《{name}》内部结构不正常（{what}），为安全起见没有打开。请对方用 WPS 或 Excel 打开原表，另存为新的 .xlsx 再发。"
)


@dataclass(frozen=True)
class Admitted:
    """A workbook that passed the gate: its file's *name*, its bytes, unlocked, and what to tell the person."""

    name: str
    content: bytes
    warnings: tuple[str, ...] = ()


def admit(path: Path, password: str | None = None, most_rows: int = MAX_ROWS) -> Admitted:
    """Let the workbook at *path* in, or raise `NotOurs`, `Damaged` or `Locked` with what to do about it.

    *most_rows* are the filled rows that one sheet may have.
    """
    # A stick's file names may hold bytes that no screen can show.
    name = path.name.encode("utf-8", "replace").decode("utf-8")
    content = _read(path, name)
    if is_locked(content):
        if password is None:
            message = _("《{name}》加了打开密码。请输入密码再导入；不知道密码，请问发来文件的人。")
            raise Locked(message.format(name=name))
        content = decrypt(content, password, name)
    if not content.startswith(ZIP):
        raise NotOurs(foreign(name, content))
    if content.count(_ENTRY_MARK) > 2 * MAX_ENTRIES:
        raise _forged(name, _("里面的文件太多"))
    try:
        with ZipFile(BytesIO(content)) as package:
            warnings = _judged(package, _Tally(name, most_rows), len(content))
    except BadMarkup as error:
        raise _forged(name, _("格式有错")) from error
    except _BROKEN as error:
        raise Damaged(_(_CUT).format(name=name)) from error
    return Admitted(name, content, warnings)


def _read(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise NotOurs(_("《{name}》是文件夹。请选里面的 .xlsx 文件。").format(name=name))
        if not path.exists():
            message = _("找不到《{name}》。请看看它是不是改了名、移走了，或者U盘已经拔掉。")
            raise NotOurs(message.format(name=name))
        # A pipe or a device would keep us waiting for ever.
        if not path.is_file():
            raise NotOurs(_("《{name}》不是普通文件。请选 .xlsx 文件。").format(name=name))
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except PermissionError as error:
        message = _("没有权限读《{name}》，或它正被别的程序占用。请关掉打开它的程序，或拷到桌面再导入。")
        raise NotOurs(message.format(name=name)) from error
    except OSError as error:
        message = _("读《{name}》时出错，U盘可能接触不良。请拔下重插，或拷到桌面再导入。")
        raise Damaged(message.format(name=name)) from error
    if not content:
        message = _("《{name}》是空文件，多半是没有拷完。请重新拷贝，或请对方再发一次。")
        raise Damaged(message.format(name=name))
    if len(content) > MAX_FILE:
        message = _("《{name}》超过 {most} MB。请删去里面的图片，只留表格，另存后再导入。")
        raise NotOurs(message.format(name=name, most=MAX_FILE // MEBIBYTE))
    return content


def _judged(package: ZipFile, tally: "_Tally", size: int) -> tuple[str, ...]:
    name = tally.name
    entries = package.infolist()
    _check_entries(entries, name)
    names = [entry.filename.lower() for entry in entries]
    if not any(entry.startswith("xl/workbook") and entry.endswith(".xml") for entry in names):
        raise NotOurs(foreign_package(name, names))
    if any(mark in entry for entry in names for mark in _ACTIVE):
        message = _(
            "《{name}》带有宏、控件或嵌入的文件，为安全起见没有打开。请对方另存为不带宏的 .xlsx 再发。"
        )
        raise NotOurs(message.format(name=name))
    _check_contents(package, tally, size)
    if any(entry.startswith(_LINKS) for entry in names):
        message = _("《{name}》里有公式取自别的文件。程序不会去打开它们，只用表里上次存下的数，请核对。")
        return (message.format(name=name),)
    return ()


def _check_entries(entries: list[ZipInfo], name: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _forged(name, _("里面的文件太多"))
    seen: set[str] = set()
    for entry in entries:
        # Names of parts are compared without case (ECMA-376 part 2, 9.1.1).
        folded = entry.filename.casefold()
        if folded in seen:
            raise _forged(name, _("里面的文件重名"))
        seen.add(folded)
        if entry.flag_bits & (_ENCRYPTED | _PATCH | _STRONG):
            raise _forged(name, _("里面的文件加了密"))
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise _forged(name, _("压缩方式不认识"))
        steps = entry.orig_filename.replace("\\", "/").split("/")
        if ".." in steps or not steps[0] or ":" in folded or not entry.orig_filename.isprintable():
            raise _forged(name, _("里面的文件名不合规"))


def _check_contents(package: ZipFile, tally: "_Tally", size: int) -> None:
    budget = _Budget(tally.name, size)
    for entry in package.infolist():
        chunks = budget.spend(package, entry)
        if entry.filename.lower().endswith(XML):
            walk(chunks, tally.sheet())
        for _rest in chunks:
            pass


class _Budget:
    """What unpacking the whole file may still cost."""

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._bytes = min(MAX_UNPACKED, max(MEBIBYTE, MAX_RATIO * size))
        self._tags = MAX_TAGS

    def spend(self, package: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
        """Yield one part in pieces, to its end, where zipfile checks its CRC."""
        with package.open(entry) as part:
            while chunk := part.read(_CHUNK):
                self._bytes -= len(chunk)
                self._tags -= chunk.count(b"<")
                if self._bytes < 0 or self._tags < 0:
                    message = _(
                        "《{name}》解开后太大，多半是整列整行都加了格式。"
                        "请新建一个表，只把有字的部分复制过去，另存为 .xlsx 再导入。"
                    )
                    raise Damaged(message.format(name=self._name))
                yield chunk


class _Tally:
    """The filled cells of the whole file *name*, and the filled rows of each sheet."""

    def __init__(self, name: str, most_rows: int) -> None:
        self.name = name
        self._most_rows = most_rows
        self._cells = 0

    def sheet(self) -> Visit:
        """Begin another sheet."""
        rows = last = 0

        def visit(row: int, column: int, _sort: str, _style: str, _text: str, _formula: bool) -> None:
            nonlocal rows, last
            self._cells += 1
            rows += row != last
            last = row
            if column > MAX_COLUMNS or rows > self._most_rows or self._cells > MAX_CELLS:
                raise self._too_big(row, column, rows)

        return visit

    def _too_big(self, row: int, column: int, rows: int) -> NotOurs:
        if column > MAX_COLUMNS:
            message = _(
                "《{name}》第 {row} 行第 {column} 列也有内容，而表格最多 {most} 列。请删去多余的列再导入。"
            )
            return NotOurs(message.format(name=self.name, row=row, column=column, most=MAX_COLUMNS))
        if rows > self._most_rows:
            message = _("《{name}》里有一张表超过 {most} 行。请分成几个文件再导入。")
            return NotOurs(message.format(name=self.name, most=self._most_rows))
        message = _("《{name}》的内容超过 {most} 格。请分成几个文件再导入。")
        return NotOurs(message.format(name=self.name, most=MAX_CELLS))


def _forged(name: str, what: str) -> Damaged:
    return Damaged(_(_FORGED).format(name=name, what=what))
