"""Passwords around workbooks, ours and other programs'."""

import random
import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from ojr_desk.exchange.foreign import is_locked
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.password import MAX_LENGTH, MAX_SPIN, decrypt, encrypt
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.workbook import compose, write_workbook
from ojr_desk.problems import BadFile, Damaged, Locked, NotOurs

SHEET = Sheet(
    "来访", "来访登记", (SheetColumn("id_no", "身份证号", 22),), [("330102199001011234",), ("=1+1",)]
)
ROWS = ((1, ("来访登记",)), (2, ("身份证号",)), (3, ("330102199001011234",)), (4, ("=1+1",)))
WORD = "瓯江红 A1b2"

#: LibreOffice has no command for passwords, but a macro may give one (tried with 7.4).
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Secret" script:language="StarBasic">
Function Opened(source As String, pw As String) As Object
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  how(1).Name = "Password"
  how(1).Value = pw
  Opened = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, how())
End Function

Sub Protect(source As String, target As String, pw As String)
  Dim secret(1) As New com.sun.star.beans.NamedValue
  secret(0).Name = "CryptoType"
  secret(0).Value = "Standard"
  secret(1).Name = "OOXPassword"
  secret(1).Value = pw
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = "Calc MS Excel 2007 XML"
  how(1).Name = "EncryptionData"
  how(1).Value = secret()
  document = Opened(source, "")
  document.storeToURL(ConvertToURL(target), how())
  document.close(True)
End Sub

Sub Bare(source As String, target As String, pw As String)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = "Calc MS Excel 2007 XML"
  document = Opened(source, pw)
  document.storeToURL(ConvertToURL(target), how())
  document.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard">
 <library:element library:name="Secret"/>
</library:library>
"""


@pytest.fixture(scope="module")
def locked() -> bytes:
    return encrypt(compose([SHEET], {}), WORD)


def macro(office: Path, name: str, source: Path, target: Path, word: str) -> None:
    """Run one of the macros above in LibreOffice."""
    start = ["soffice", f"-env:UserInstallation={office.as_uri()}", "--headless"]
    basic = office / "user" / "basic" / "Standard"
    if not basic.is_dir():
        subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "Secret.xba").write_text(MACRO, encoding="utf-8")
    (basic / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    call = f'macro:///Standard.Secret.{name}("{source}","{target}","{word}")'
    subprocess.run([*start, call], check=True, capture_output=True, timeout=180)


def test_a_workbook_comes_out_of_its_lock_byte_by_byte_the_same() -> None:
    content = compose([SHEET], {})
    locked = encrypt(content, WORD)
    assert is_locked(locked)
    assert content[:1000] not in locked
    assert decrypt(locked, WORD, "密.xlsx") == content


def test_twenty_megabytes_can_be_locked() -> None:
    made = BytesIO(compose([SHEET], {}))
    with ZipFile(made, "a") as archive:
        archive.writestr("xl/media/image1.png", random.Random(1).randbytes(20 << 20))
    assert decrypt(encrypt(made.getvalue(), WORD), WORD, "大.xlsx") == made.getvalue()


@pytest.mark.parametrize("word", ["瓯江红 a1b2", "瓯江红 A1b2 ", "", "x" * 255])
def test_another_password_does_not_open_it(locked: bytes, word: str) -> None:
    with pytest.raises(Locked, match=r"密码不对，打不开《密.xlsx》。请.*重新输入。"):
        decrypt(locked, word, "密.xlsx")


@pytest.mark.parametrize("word", ["", "x" * (MAX_LENGTH + 1)])
def test_no_file_is_locked_by_a_password_that_excel_would_not_take(word: str) -> None:
    with pytest.raises(ValueError, match="1 to 255"):
        encrypt(compose([SHEET], {}), word)


def test_nothing_shorter_than_a_workbook_is_locked() -> None:
    with pytest.raises(ValueError, match="too little"):
        encrypt(b"PK" * 2000, WORD)


def test_a_locked_file_that_was_cut_or_flipped_is_refused(locked: bytes) -> None:
    chance = random.Random(7)
    forged = [locked[:at] for at in range(512, len(locked), len(locked) // 20)]
    for _ in range(40):
        flipped = bytearray(locked)
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        forged.append(bytes(flipped))
    plain = decrypt(locked, WORD, "密.xlsx")
    refusals = 0
    for content in forged:
        try:
            assert decrypt(content, WORD, "密.xlsx") == plain
        except BadFile as error:
            assert "《密.xlsx》" in error.message
            assert "请" in error.message
            refusals += 1
    assert refusals > 30


@pytest.mark.parametrize("rounds", [str(MAX_SPIN + 1), "9999999"])
def test_a_file_that_asks_for_endless_hashing_is_refused(locked: bytes, rounds: str) -> None:
    asked = re.sub(rb'spinCount="100000" saltSize="16" ', f'spinCount="{rounds}"'.ljust(35).encode(), locked)
    assert asked != locked
    with pytest.raises(Damaged, match="加密方式不认识"):
        decrypt(asked, WORD, "密.xlsx")


def test_libreoffice_opens_what_we_locked(office: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "本村.xlsx", tmp_path / "开.xlsx"
    write_workbook(source, [SHEET], password=WORD)
    macro(office, "Bare", source, target, WORD)
    assert read_workbook(admit(target)).sheets[0].rows == ROWS


def test_we_open_what_libreoffice_locked(office: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "本村.xlsx", tmp_path / "密.xlsx"
    write_workbook(source, [SHEET])
    macro(office, "Protect", source, target, WORD)
    assert is_locked(target.read_bytes())
    with pytest.raises(Locked, match="加了打开密码"):
        admit(target)
    with pytest.raises(Locked, match="密码不对"):
        admit(target, "瓯江红")
    assert read_workbook(admit(target, WORD)).sheets[0].rows == ROWS


def test_a_locked_document_that_is_no_workbook_is_called_by_name(tmp_path: Path) -> None:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{types}"/>')
        archive.writestr("word/document.xml", "<document/>".ljust(5000))
    path = tmp_path / "密.docx"
    path.write_bytes(encrypt(made.getvalue(), WORD))
    with pytest.raises(NotOurs, match="文字文档"):
        admit(path, WORD)
