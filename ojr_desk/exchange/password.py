"""A password around a workbook, as WPS, Excel and LibreOffice set and ask for it (MS-OFFCRYPTO)."""

import struct
from io import BytesIO
from xml.parsers.expat import ExpatError

from msoffcrypto import exceptions
from msoffcrypto.format.ooxml import OOXMLFile

from ojr_desk.problems import Damaged, Locked
from ojr_desk.text import _

#: Rounds of hashing that a file may ask for: ten times what Excel writes, for each one costs time.
MAX_SPIN = 1_000_000
#: Characters of a password that Excel takes.
MAX_LENGTH = 255
LEAST_CONTENT = 4096
#: What msoffcrypto and olefile let through when a locked file is cut or forged.
_BROKEN = (
    exceptions.FileFormatError,
    exceptions.ParseError,
    exceptions.DecryptionError,
    ExpatError,
    struct.error,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)


def encrypt(content: bytes, password: str) -> bytes:
    """Lock a workbook by *password*: AES-256, the key drawn from 100 000 rounds of SHA-512."""
    if not 0 < len(password) <= MAX_LENGTH:
        raise ValueError("a password has 1 to 255 characters")
    # Shorter streams belong into the mini stream (MS-CFB 2.4), where msoffcrypto 6.1 puts them wrong; the
    # emptiest workbook is longer.
    if len(content) < LEAST_CONTENT:
        raise ValueError("too little for a workbook")
    locked = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, locked)
    return locked.getvalue()


def decrypt(content: bytes, password: str, name: str) -> bytes:
    """Unlock the workbook *content* of the file *name*; raise `Locked` or `Damaged`."""
    plain = BytesIO()
    try:
        locked = OOXMLFile(BytesIO(content))
        if locked.info.get("spinValue", 0) > MAX_SPIN:
            raise exceptions.DecryptionError("too many rounds of hashing")
        if not password:
            raise exceptions.InvalidKeyError("no password")
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(plain, verify_integrity=locked.type == "agile")
    except exceptions.InvalidKeyError as error:
        message = _("密码不对，打不开《{name}》。请核对大小写和全角、半角后重新输入。").format(name=name)
        raise Locked(message) from error
    except _BROKEN as error:
        message = _(
            "《{name}》加了密码，但内容不完整或加密方式不认识。请对方用 WPS 或 Excel 重新保存后再发一次。"
        )
        raise Damaged(message.format(name=name)) from error
    return plain.getvalue()
