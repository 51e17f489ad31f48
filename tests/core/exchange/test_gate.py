"""Every file that a stranger may hand over, and the sentence that meets it."""

import os
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ojr_desk.exchange import gate
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.workbook import write_workbook
from ojr_desk.problems import BadFile, Damaged, Locked, NotOurs

from .conftest import MAIN, RELS, Forge, Resave

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "本村.xlsx"
    columns = (SheetColumn("name", "姓名", 12), SheetColumn("heads", "人数", 8, "integer"))
    write_workbook(path, [Sheet("来访", "来访登记", columns, [(f"王{n}", n) for n in range(200)])])
    return path


def refused(path: Path, kind: type[BadFile], *words: str) -> str:
    """Check that *path* is refused with a whole sentence that names it, what is wrong and what to do."""
    with pytest.raises(kind) as caught:
        admit(path)
    message = caught.value.message
    assert path.name in message
    assert message.endswith("。")
    assert "请" in message
    for word in words:
        assert word in message
    return message


def test_our_own_workbook_comes_in_as_it_is(ours: Path) -> None:
    admitted = admit(ours)
    assert (admitted.name, admitted.content, admitted.warnings) == ("本村.xlsx", ours.read_bytes(), ())


def test_the_name_of_a_file_does_not_matter(ours: Path) -> None:
    renamed = ours.rename(ours.with_name("本村(1).et"))
    assert read_workbook(admit(renamed)).sheets[0].name == "来访"


def test_a_missing_file_a_folder_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    refused(tmp_path / "没有.xlsx", NotOurs, "找不到")
    (tmp_path / "夹.xlsx").mkdir()
    refused(tmp_path / "夹.xlsx", NotOurs, "文件夹")
    (tmp_path / "空.xlsx").touch()
    refused(tmp_path / "空.xlsx", Damaged, "空文件")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_does_not_keep_the_program_waiting(tmp_path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "管.xlsx")
    refused(tmp_path / "管.xlsx", NotOurs, "不是普通文件")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows' names are Unicode")
def test_a_name_that_no_screen_can_show_is_told_with_a_question_mark(tmp_path: Path) -> None:
    with pytest.raises(NotOurs, match=r"《\?\?\.xlsx》"):
        admit(tmp_path / os.fsdecode(b"\xd6\xd0.xlsx"))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("姓名,电话\n王某,138\n".encode(), "文本文件"),
        ("姓名,电话\n王某,138\n".encode("gb18030"), "文本文件"),
        ("姓名\t电话".encode("utf-16"), "文本文件"),
        (("王" * 1365 + "a" + "某" * 9).encode(), "文本文件"),
        (b"%PDF-1.7\n", "PDF"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08\x00", "压缩包"),
        (b"PK\x05\x06" + bytes(18), "空的压缩包"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"SQLite format 3\x00", "数据库"),
        (b"\xef\xbb\xbf\n<HTML><table>", "网页"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (bytes(range(256)) * 8, "认不出来"),
        (b"P", "文本文件"),
    ],
)
def test_files_of_other_sorts_are_called_by_name(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "上报.xlsx"
    path.write_bytes(content)
    refused(path, NotOurs, word, "xlsx")


@pytest.mark.parametrize(
    ("stream", "word"), [("Workbook", ".xls"), ("WordDocument", ".doc"), ("", "别的程序")]
)
def test_compound_files_are_told_by_their_streams(tmp_path: Path, stream: str, word: str) -> None:
    path = tmp_path / "老表.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le").ljust(64, b"\0")
    )
    refused(path, NotOurs, word)


@pytest.mark.parametrize("name", ["老表.xls", "老表.et", "老表.xlsx"])
def test_a_real_xls_is_refused_whatever_it_is_called(ours: Path, resave: Resave, name: str) -> None:
    old = resave(ours, "xls")
    refused(old.rename(old.with_name(name)), NotOurs, "老格式", "另存为")


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("xl/workbook.bin", ".xlsb"),
        ("word/document.xml", ".docx"),
        ("ppt/presentation.xml", ".pptx"),
        ("OFD.xml", "OFD"),
        ("content.xml", "LibreOffice"),
        ("马屿镇/来访.xlsx", "先解压"),
    ],
)
def test_zips_that_hold_no_workbook_are_called_by_name(tmp_path: Path, entry: str, word: str) -> None:
    path = tmp_path / "上报.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "<x/>")
    refused(path, NotOurs, word)


def test_a_file_cut_off_anywhere_is_refused(ours: Path) -> None:
    whole = ours.read_bytes()
    for at in range(4, len(whole), len(whole) // 20):
        ours.write_bytes(whole[:at])
        refused(ours, Damaged, "不完整", "再发一次")


def test_a_flipped_byte_is_refused_or_changes_nothing_that_is_read(ours: Path) -> None:
    whole = ours.read_bytes()
    sheets = read_workbook(admit(ours)).sheets
    chance = random.Random(20261122)
    refusals = 0
    for _ in range(300):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        ours.write_bytes(flipped)
        try:
            read = read_workbook(admit(ours))
        except BadFile as error:
            assert error.message.endswith("。")
            refusals += 1
        else:
            assert read.sheets == sheets
    assert refusals > 200


def test_a_file_beyond_20_mb_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(gate.MAX_FILE + 1)
    refused(path, NotOurs, "20 MB")


def test_too_many_entries_are_refused_with_and_without_their_index(forge: Forge) -> None:
    refused(forge(parts={f"xl/media/{n}.png": b"x" for n in range(300)}), Damaged, "太多")
    refused(forge(parts={f"xl/media/{n}.png": b"x" for n in range(700)}), Damaged, "太多")


@pytest.mark.parametrize(
    "entry", ["../x.xml", "xl/../../x.xml", "/etc/x.xml", "C:/x.xml", "..\\x.xml", "a\nb.xml"]
)
def test_entries_that_point_elsewhere_are_refused(forge: Forge, entry: str) -> None:
    refused(forge(parts={entry: "<x/>"}), Damaged, "文件名不合规")


def test_two_entries_of_one_name_are_refused(forge: Forge) -> None:
    path = forge()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/Worksheets/Sheet1.XML", "<worksheet/>")
    refused(path, Damaged, "重名")


def test_an_entry_under_a_password_is_refused(forge: Forge) -> None:
    path = forge()
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 0x1)
    path.write_bytes(content)
    refused(path, Damaged, "加了密")


def test_ways_of_packing_that_no_workbook_uses_are_refused(forge: Forge) -> None:
    refused(forge(compression=zipfile.ZIP_LZMA), Damaged, "压缩方式")


@pytest.mark.parametrize(
    "entry",
    ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/activeX/activeX1.bin", "xl/embeddings/a.docx"],
)
def test_what_acts_by_itself_stays_out(forge: Forge, entry: str) -> None:
    refused(forge(parts={entry: "<x/>"}), NotOurs, "宏", "不带宏")


def test_links_to_other_files_are_told_and_not_followed(forge: Forge) -> None:
    admitted = admit(forge(parts={"xl/externalLinks/externalLink1.xml": "<externalLink/>"}))
    assert len(admitted.warnings) == 1
    assert "取自别的文件" in admitted.warnings[0]


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈">'
    + "".join(
        f'<!ENTITY {b} "&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};">'
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    "prologue",
    [
        LAUGHS,
        '<!DOCTYPE w SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE w>',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "customXml/item1.xml"]
)
def test_declarations_are_refused_in_every_part(forge: Forge, part: str, prologue: str) -> None:
    refused(forge(parts={part: f"{prologue}<w/>"}), Damaged, "格式有错")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_parts_in_other_encodings_are_refused(forge: Forge, encoding: str) -> None:
    sheet = f"<worksheet {MAIN}><!-- 表 --></worksheet>".encode(encoding)
    refused(forge(parts={"xl/worksheets/sheet1.xml": sheet}), Damaged, "格式有错")


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet>",
        "<a>" * 101 + "</a>" * 101,
        "<worksheet><sheetData>" + "<c>" * 200_000,
        f'<a b="{"x" * 2_000_000}"/>',
        f"<a><!--{'x' * 2_000_000}--></a>",
        "<a>" + "".join(f"<a{n}/>" for n in range(30_000)) + "</a>",
        f"<worksheet {MAIN}><sheetData><row r='1'><c r='A1'><v>{'1' * 70_001}</v></c></row></sheetData></worksheet>",
    ],
)
def test_markup_that_would_grow_is_refused(forge: Forge, sheet: str) -> None:
    # A picture keeps the ratio of packed to unpacked within bounds.
    parts = {"xl/worksheets/sheet1.xml": sheet, "xl/media/image1.png": os.urandom(20_000)}
    refused(forge(parts=parts), Damaged, "格式有错")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="0"/>',
        '<row r="1048577"/>',
        '<row r="１"/>',
        '<row r="-1"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="XFE1"/></row>',
        '<row r="1"><c r="ABCD1"/></row>',
        '<row r="1"><c r="1"/></row>',
        '<row r="1"><c r="a1"/></row>',
        '<c r="A1"><v>1</v></c>',
    ],
)
def test_rows_and_cells_out_of_place_are_refused(forge: Forge, rows: str) -> None:
    refused(forge(rows), Damaged, "格式有错")


def test_one_cell_in_the_far_corner_is_refused_by_its_column(forge: Forge) -> None:
    refused(
        forge('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), NotOurs, "16384 列", "最多 200 列"
    )


def test_the_last_column_is_the_200th(forge: Forge) -> None:
    assert admit(forge('<row r="1"><c r="GR1"><v>1</v></c></row>')).warnings == ()
    refused(forge('<row r="1"><c r="GS1"><v>1</v></c></row>'), NotOurs, "201 列")


def test_the_last_row_is_the_20_000th(forge: Forge) -> None:
    row = "<row><c><v>1</v></c></row>"
    assert admit(forge(row * gate.MAX_ROWS)).warnings == ()
    refused(forge(row * (gate.MAX_ROWS + 1)), NotOurs, "20000 行")
    assert admit(forge(row * (gate.MAX_ROWS + 1)), most_rows=gate.MAX_ROWS + 1).warnings == ()


def test_the_last_cell_is_the_two_millionth(forge: Forge) -> None:
    sheet = f"<worksheet {MAIN}>{'<row>' + '<c><f/></c>' * 200 + '</row>'}</worksheet>"
    wide = "<row>" + "<c><f/></c>" * 200 + "</row>"
    parts = {"xl/worksheets/sheet2.xml": sheet, "xl/media/1.png": os.urandom(200_000)}
    refused(forge(wide * 10_000, parts=parts), NotOurs, "2000000 格")


def test_an_empty_row_to_the_far_column_is_no_content(forge: Forge) -> None:
    assert admit(forge('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>')).warnings == ()


def measured(path: Path, megabytes: int) -> str:
    """Admit and read *path* in a process that may not grow beyond *megabytes*, and say what became of it."""
    code = f"""
import resource, sys
from pathlib import Path
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.problems import UserError
resource.setrlimit(resource.RLIMIT_AS, ({megabytes} << 20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
try:
    book = read_workbook(admit(Path(sys.argv[1])))
except UserError as error:
    print(type(error).__name__, error.message)
else:
    print("rows", sum(len(sheet.rows) for sheet in book.sheets))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code, str(path)]
    run = subprocess.run(command, capture_output=True, env=environment, timeout=300, check=False)
    assert run.returncode == 0, run.stderr.decode("utf-8", "replace")
    return run.stdout.decode("utf-8")


def packed(path: Path, part: str, pieces: Iterator[bytes]) -> None:
    """Put a part into a workbook piece by piece, for a test must not hold 300 MB either."""
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(part, "w") as file,
    ):
        for piece in pieces:
            file.write(piece)


needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no RLIMIT_AS")


@needs_limits
@pytest.mark.parametrize("part", ["xl/media/image1.png", "xl/worksheets/sheet1.xml"])
def test_a_zip_bomb_is_refused_in_little_memory(forge: Forge, part: str) -> None:
    path = forge(parts={"xl/worksheets/sheet1.xml": None})
    packed(path, part, iter([b"<worksheet>", *[b" " * (1 << 20)] * 300]))
    told = measured(path, 400)
    assert told.startswith("Damaged")
    assert "太大" in told


@needs_limits
def test_a_million_empty_rows_with_borders_do_no_harm(forge: Forge) -> None:
    def rows() -> Iterator[bytes]:
        yield f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>7</v></c></row>'.encode()
        for start in range(2, 1_000_001, 1000):
            numbers = range(start, min(start + 1000, 1_000_001))
            yield b"".join(
                b'<row r="%d" s="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in numbers
            )
        yield b"</sheetData></worksheet>"

    path = forge(parts={"xl/worksheets/sheet1.xml": None})
    packed(path, "xl/worksheets/sheet1.xml", rows())
    assert measured(path, 400).split() == ["rows", "1"]


@needs_limits
def test_thirty_million_tiny_tags_are_refused_in_bounded_time(forge: Forge) -> None:
    path = forge(parts={"xl/worksheets/sheet1.xml": None, "xl/media/a.png": os.urandom(500_000)})
    packed(path, "xl/worksheets/sheet1.xml", iter([b"<worksheet><sheetData>", *[b"<b/>" * 250_000] * 120]))
    assert measured(path, 400).startswith("Damaged")


@needs_limits
def test_a_table_of_three_million_texts_is_read_in_little_memory(forge: Forge) -> None:
    strings = f"<sst {MAIN}>{'<si><t/></si>' * 3_000_000}</sst>"
    sheet = '<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    table = '<Relationship Id="r3" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
    parts = {
        "xl/sharedStrings.xml": strings,
        "xl/_rels/workbook.xml.rels": f"<Relationships {RELS}>{sheet}{table}</Relationships>",
        "xl/media/image1.png": os.urandom(200_000),
    }
    path = forge(parts=parts)
    assert measured(path, 500).split() == ["rows", "1"]


def test_a_locked_workbook_asks_for_its_password(tmp_path: Path) -> None:
    path = tmp_path / "密.xlsx"
    columns = (SheetColumn("name", "姓名", 12),)
    write_workbook(path, [Sheet("来访", "来访登记", columns, [("王",)])], password="一二三四")
    refused(path, Locked, "密码")
    with pytest.raises(Locked, match="密码不对"):
        admit(path, "一二三")
    assert read_workbook(admit(path, "一二三四")).sheets[0].rows[-1] == (3, ("王",))
