"""Text on paper: copied out as it was put in, in embedded faces, byte for byte the same each time."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.printing.embedding import Codes
from ojr_desk.printing.fonts import SANS, SERIF, NoGlyph, face, missing, plain
from ojr_desk.printing.paper import A4, A4_LANDSCAPE, paper
from ojr_desk.printing.preview import count
from tests.core.printing.reading import bare, glyphs, has, texts, told_by_poppler

#: Han of every plane that names use, pairs drawn by one glyph (户 ⼾), letters, digits and marks.
CHARACTERS = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DB5),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2A6D6),
    st.sampled_from("㛃𠮷𣲗𬭚𫖮户⼾ABCxyz0123456789，。、；：？！“”（）《》%+=*#"),
)
TEXT = st.text(CHARACTERS, max_size=40).filter(lambda text: not missing(text))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT, min_size=1, max_size=20))
def test_text_is_copied_out_as_it_was_put_in(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "text.pdf"
    with paper(path, "样张") as sheets:
        for at, line in enumerate(lines):
            sheets.text(30, 800 - 12 * at, line, SERIF, 9)
        sheets.centred(200, 40, lines[0], SANS, 12)
        sheets.ended(500, 20, lines[0], SANS, 12)
        sheets.showPage()
    assert texts(path) == [bare("".join([*lines, lines[0], lines[0]]))]


@pytest.mark.skipif(not has("pdftotext"), reason="poppler is a second opinion")
def test_a_second_reader_copies_out_the_same(tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    lines = ["林𠮷华㛃𠮷𣲗𬭚𫖮", "户⼾戶", "反映 0577-66668888，“路灯”不亮（急）", "ABC xyz 100%"]
    with paper(path, "样张") as sheets:
        for at, line in enumerate(lines):
            sheets.text(30, 800 - 20 * at, line, SERIF, 10.5)
        sheets.showPage()
    assert told_by_poppler(path) == bare("".join(lines))


def test_each_of_many_characters_is_copied_out_as_itself(tmp_path: Path) -> None:
    path = tmp_path / "many.pdf"
    many = "".join(chr(code) for code in [*range(0x4E00, 0x5A00), *range(0x20000, 0x20400)])
    lines = [many[at : at + 50] for at in range(0, len(many), 50)]
    with paper(path, "样张") as sheets:
        for page in range(0, len(lines), 60):
            for at, line in enumerate(lines[page : page + 60]):
                sheets.text(30, 820 - 12 * at, line, SERIF, 10)
            sheets.showPage()
    assert "".join(texts(path)) == many


def test_every_face_is_embedded_and_no_other_is_named(tmp_path: Path) -> None:
    path = tmp_path / "faces.pdf"
    with paper(path, "样张") as sheets:
        sheets.text(30, 700, "宋体𠮷", SERIF, 12)
        sheets.text(30, 600, "黑体", SANS, 12)
        sheets.showPage()
    data = path.read_bytes()
    assert data.count(b"/FontFile2") == 3
    assert b"Helvetica" not in data
    assert data.count(b"/Type0") == 3
    assert len(data) < 100_000


def test_reportlabs_own_way_of_writing_uses_the_same_faces(tmp_path: Path) -> None:
    path = tmp_path / "own.pdf"
    with paper(path, "样张") as sheets:
        sheets.text(30, 700, "先", SERIF, 12)
        sheets.setFont("NotoSerifSC-Regular", 12)
        sheets.drawString(100, 600, "瓯江红(\\)户⼾")
        sheets.drawRightString(300, 500, "末")
        sheets.showPage()
    assert texts(path) == ["先瓯江红(\\)户⼾末"]
    last = glyphs(path)[0][-1]
    assert last.right == pytest.approx(300, abs=2)


def test_equal_drawings_give_equal_files(tmp_path: Path) -> None:
    def drawn(name: str) -> bytes:
        with paper(tmp_path / name, "样张") as sheets:
            sheets.text(30, 700, "瓯江红𠮷", SERIF, 12)
            sheets.mark("第一页")
            sheets.showPage()
        return (tmp_path / name).read_bytes()

    assert drawn("one.pdf") == drawn("two.pdf")
    assert b"CreationDate" not in drawn("three.pdf")


def test_a_character_without_a_glyph_is_never_drawn_as_a_box(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    with pytest.raises(NoGlyph), paper(path, "样张") as sheets:
        sheets.text(30, 700, "林😀", SERIF, 12)
    assert list(tmp_path.iterdir()) == []


def test_pages_of_different_sizes_stand_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "sizes.pdf"
    with paper(path, "样张") as sheets:
        for size in (A4, A4_LANDSCAPE):
            sheets.setPageSize(size)
            sheets.watermark("样张")
            sheets.rules([(10, 10, 20, 20)], 1)
            sheets.box(10, 10, (50, 50), 1)
            sheets.showPage()
    assert texts(path) == ["样张", "样张"]


def test_a_picture_and_colours_find_their_way_too(tmp_path: Path) -> None:
    path = tmp_path / "colours.pdf"
    with paper(path, "样张") as sheets:
        sheets.setFillAlpha(0.5)
        sheets.linearGradient(0, 0, 100, 100, ((1, 0, 0), (1, 1, 0)))
        sheets.text(30, 700, "红", SERIF, 12)
        sheets.showPage()
        sheets.text(30, 700, "黑", SERIF, 12)
        sheets.showPage()
    assert texts(path) == ["红", "黑"]
    assert b"/Shading" in path.read_bytes()


@pytest.mark.skipif(not has("qpdf"), reason="qpdf is a second opinion")
def test_the_file_is_well_formed(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    with paper(path, "瓯江红(台账)\\") as sheets:
        for at in range(30):
            sheets.mark(f"第 {at} 页")
            sheets.text(30, 700, f"第 {at} 页𠮷", SERIF, 12)
            sheets.showPage()
    checked = subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_page_is_on_the_disk_before_the_next_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "stream.pdf"
    with paper(path, "样张") as sheets:
        for at in range(300):
            sheets.texts([(30, 800 - 5 * line, (f"{at}页{line}行" * 8,)) for line in range(150)], SERIF, 5, 5)
            sheets.showPage()
        part = tmp_path / "stream.pdf.part"
        assert part.stat().st_size > 200_000
        assert not path.exists()
    assert count(path) == 300


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_table_of_codes_knows_every_character_it_gave_a_code(text: str) -> None:
    shown = "".join(one for one in plain(text) if face("NotoSerifSC-Regular").glyph(ord(one)))
    codes = Codes(face("NotoSerifSC-Regular"), "F1")
    coded = codes.hex(shown)
    back = {code: chr(character) for character, code in codes.items()}
    assert "".join(back[int(coded[at : at + 4], 16)] for at in range(0, len(coded), 4)) == shown
