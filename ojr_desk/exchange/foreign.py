"""What a file is that is no workbook, told by its first bytes and never by its name."""

from collections.abc import Iterable

from ojr_desk.text import N_, _

ZIP = b"PK\x03\x04"
#: Compound files: .xls, .et, .doc, and every workbook that is locked by a password (MS-CFB).
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SAVE_AS = N_("请用 WPS 或 Excel 打开它，选“另存为”，文件类型选“.xlsx”，再导入新存的文件")
_ASK = N_("请向发来的人要 .xlsx 表格文件")
_UNPACK = N_("请先解压，再导入里面的 .xlsx 文件")

_BY_START = (
    (b"%PDF", N_("PDF 文件"), _ASK),
    (b"Rar!", N_("RAR 压缩包"), _UNPACK),
    (b"7z\xbc\xaf", N_("7z 压缩包"), _UNPACK),
    (b"\x1f\x8b", N_("压缩包"), _UNPACK),
    (b"PK\x05\x06", N_("空的压缩包"), _ASK),
    (b"\xff\xd8\xff", N_("图片"), _ASK),
    (b"\x89PNG", N_("图片"), _ASK),
    (b"SQLite format 3", N_("数据库文件"), _ASK),
    (b"<!DOCTYPE html", N_("网页格式的表格"), _SAVE_AS),
    (b"<html", N_("网页格式的表格"), _SAVE_AS),
    (b"<?xml", N_("XML 格式的表格"), _SAVE_AS),
)
_IN_COMPOUND = (
    ("Workbook", N_("老格式的表格（.xls 或 .et）"), _SAVE_AS),
    ("Book", N_("老格式的表格（.xls 或 .et）"), _SAVE_AS),
    ("WordDocument", N_("文字文档（.doc 或 .wps）"), _ASK),
    ("PowerPoint Document", N_("演示文稿（.ppt 或 .dps）"), _ASK),
)
_IN_ZIP = (
    ("xl/workbook.bin", N_("二进制表格（.xlsb）"), _SAVE_AS),
    ("word/", N_("文字文档（.docx）"), _ASK),
    ("ppt/", N_("演示文稿（.pptx）"), _ASK),
    ("ofd.xml", N_("OFD 版式文件"), _ASK),
    ("content.xml", N_("LibreOffice 文档（.ods 等）"), _SAVE_AS),
)


def is_locked(content: bytes) -> bool:
    """Tell whether *content* is a compound file around a package under a password (MS-OFFCRYPTO 2.3)."""
    return content.startswith(COMPOUND) and _has_stream(content, "EncryptedPackage")


def foreign(name: str, content: bytes) -> str:
    """Say what *content*, which is no zip, is instead, and what to do about it."""
    if content.startswith(COMPOUND):
        for stream, kind, remedy in _IN_COMPOUND:
            if _has_stream(content, stream):
                return _said(name, kind, remedy)
        return _said(name, N_("别的程序的文件"), _SAVE_AS)
    head = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, kind, remedy in _BY_START:
        if content.startswith(start) or head.startswith(start.lower()):
            return _said(name, kind, remedy)
    if _is_text(content):
        return _said(name, N_("文本文件（.csv 或 .txt）"), _SAVE_AS)
    return _said(name, N_("认不出来的文件"), _ASK)


def foreign_package(name: str, entries: Iterable[str]) -> str:
    """Say what a zip with *entries* is that holds no workbook, and what to do about it."""
    lowered = [entry.lower() for entry in entries]
    for start, kind, remedy in _IN_ZIP:
        if any(entry.startswith(start) for entry in lowered):
            return _said(name, kind, remedy)
    return _said(name, N_("压缩包"), _UNPACK)


def _said(name: str, kind: str, remedy: str) -> str:
    return _("《{name}》是{kind}，不是 .xlsx 表格。{remedy}。").format(
        name=name, kind=_(kind), remedy=_(remedy)
    )


def _has_stream(content: bytes, name: str) -> bool:
    """Find a directory entry's name: UTF-16, closed by a null, filled up to 64 bytes (MS-CFB 2.6.1)."""
    return name.encode("utf-16-le").ljust(64, b"\0") in content


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return content.startswith((b"\xff\xfe", b"\xfe\xff"))
    # A character may be cut in two at the end of the sample.
    sample = content[:4096]
    return any(
        len(sample) - len(sample.decode(encoding, "ignore").encode(encoding)) <= 3
        for encoding in ("utf-8", "gb18030")
    )
