"""What we write, as openpyxl, LibreOffice and we ourselves read it."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from ojr_desk.exchange.cells import Format, Value
from ojr_desk.exchange.gate import Admitted, admit
from ojr_desk.exchange.reading import ReadSheet, read_workbook
from ojr_desk.exchange.rows import MAX_TEXT, height_of, lines_of
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.table import table
from ojr_desk.exchange.workbook import chunks, compose, write_workbook
from ojr_desk.problems import Cancelled, Invalid, NoRoom

from .conftest import Resave

COLUMNS = (
    SheetColumn("record_no", "编号", 18),
    SheetColumn("came_at", "来访时间", 18, "moment"),
    SheetColumn("id_no", "身份证号", 22, note="18 位，末位可为 X"),
    SheetColumn("content", "主要内容", 40),
    SheetColumn("nature", "性质", 10, choices=("咨询", "办事", "=投诉<&>")),
    SheetColumn("heads", "人数", 8, "integer"),
    SheetColumn("fee", "金额（元）", 12, "decimal"),
    SheetColumn("due_on", "限办日期", 12, "date"),
    SheetColumn("at", "到岗时间", 10, "clock"),
)
FULL: tuple[Value, ...] = (
    "LF-202611-0001",
    datetime(2026, 11, 2, 8, 30),
    "330102199001011234",
    "路灯不亮 <b>&amp;\n请 “尽快” 修",
    "咨询",
    3,
    12.5,
    date(2026, 12, 1),
    time(8, 30),
)
EMPTY: tuple[Value, ...] = (None,) * 9
INTAKE = Sheet(
    "来访",
    "瓯江红××村党群服务中心来访登记台账",
    COLUMNS,
    [FULL, EMPTY, FULL],
    ("填报单位（盖章）：马屿镇××村", "所属期：2026年11月"),
    ("本月合计：来访 2 件", "校验码：3F9A-12C4"),
)
#: What a program may take for a formula, a link, a number or a day.
TRAPS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "+86 13800138000",
    "-1",
    "@SUM(1)",
    "\t=1",
    "＝1+1",
    "330102199001011234",
    "0012",
    "1E5",
    "3-4",
    "2026/9/1",
    "1/2",
    "TRUE",
    "#REF!",
    "'quoted",
    "http://example.org",
    "_x000D_",
    " 前后 ",
    "\u3000全角\u3000",
    "𠮷㛃𣲗𬭚",
    "👨‍👩‍👧",
    "<c t='n'>&lt;",
    "]]>",
    "{=SUM(A1)}",
]


def reread(sheets: Sequence[Sheet], **hidden: Sequence[str]) -> tuple[ReadSheet, ...]:
    return read_workbook(Admitted("本村.xlsx", compose(sheets, hidden))).sheets


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def page(content: bytes) -> Worksheet:
    return opened(content).worksheets[0]


def one(values: Sequence[Value], format: Format = "text") -> Sheet:
    """Make a sheet of one column."""
    return Sheet("来访", "登记", (SheetColumn("it", "内容", 30, format),), [(value,) for value in values])


def column(sheet: ReadSheet) -> list[Value]:
    """List the values below the heading of such a sheet."""
    return [cells[0] for number, cells in sheet.rows if number > 2]


def test_what_is_written_is_read_again_as_the_same_values() -> None:
    (sheet, choices) = reread([INTAKE])
    found = table(sheet, {each.label: each.name for each in COLUMNS}, ("本月合计", "校验码"))
    assert found.heading == INTAKE.first_row - 1 == 4
    names = [each.name for each in COLUMNS]
    values = dict(zip(names, FULL, strict=True))
    assert found.rows == ((5, values), (7, values))
    assert found.closing == INTAKE.below
    assert [type(value) for value in found.rows[0][1].values()] == [type(value) for value in FULL]
    assert sheet.rows[-1][0] == INTAKE.last_row == 9
    assert choices.hidden


def test_libreoffice_saves_the_same_values_again(resave: Resave, tmp_path: Path) -> None:
    path = tmp_path / "本村.xlsx"
    manifest = '{"unit": "××村", "rows": [1, 2]}  ' * 3000
    traps = Sheet("文字", "文字", (SheetColumn("it", "内容", 30),), [(text,) for text in TRAPS])
    write_workbook(path, [INTAKE, traps], {"_ojr": chunks(manifest)})
    before = read_workbook(admit(path)).sheets
    after = read_workbook(admit(resave(path, "xlsx"))).sheets
    assert [sheet.name for sheet in after] == ["来访", "文字", "_dict", "_ojr"]
    assert [sheet.hidden for sheet in after] == [False, False, True, True]
    assert [sheet.rows for sheet in after] == [sheet.rows for sheet in before]
    assert [sheet.formulas for sheet in after] == [frozenset()] * 4
    assert after[3].joined() == manifest
    assert after[1].rows[2:] == tuple((row, (text,)) for row, text in enumerate(TRAPS, 3))


def test_every_hand_of_text_stays_text() -> None:
    (sheet,) = reread([one(TRAPS)])
    assert column(sheet) == TRAPS
    written = page(compose([one(TRAPS)], {}))
    for (cell,) in written["A3" : f"A{len(TRAPS) + 2}"]:
        assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1)))
@example(["_x005F_x000D_", "_x000D_x000A_", "_x", "\n", "a\tb", " ", "\u2028", "\ufeff", "\x7f\x85"])
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    (sheet,) = reread([one(["始", *texts, "终"])])
    assert column(sheet) == ["始", *texts, "终"]


@given(
    st.lists(
        st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)).map(lambda at: at.replace(microsecond=0)),
        min_size=1,
    )
)
def test_any_moment_day_and_time_comes_back_as_it_was(moments: list[datetime]) -> None:
    days = [moment.date() for moment in moments]
    clocks = [moment.time() for moment in moments]
    assert column(reread([one(moments, "moment")])[0]) == moments
    assert column(reread([one(days, "date")])[0]) == days
    assert column(reread([one(clocks, "clock")])[0]) == clocks


@given(
    st.lists(
        st.integers(-(10**15) + 1, 10**15 - 1)
        | st.floats(allow_nan=False, allow_infinity=False, width=32).filter(
            lambda number: abs(number) < 1e15
        ),
        min_size=1,
    )
)
def test_any_number_that_excel_keeps_comes_back_as_it_was(numbers: list[float]) -> None:
    assert column(reread([one(numbers, "decimal")])[0]) == numbers


@pytest.mark.parametrize(
    ("format", "value", "read"),
    [
        ("text", 330102199001011234, "330102199001011234"),
        ("text", date(2026, 9, 1), "2026-09-01"),
        ("text", True, "是"),
        ("text", Decimal("12.50"), "12.50"),
        ("text", 12.0, "12"),
        ("integer", 330102199001011234, "330102199001011234"),
        ("integer", Decimal("12.50"), 12.5),
        ("integer", "三", "三"),
        ("integer", False, "否"),
        ("integer", float("nan"), "NaN"),
        ("date", date(1900, 2, 28), "1900-02-28"),
        ("date", datetime(2026, 9, 1, 8, 30), datetime(2026, 9, 1, 8, 30)),
        ("date", 12, 12),
        ("moment", datetime(1899, 1, 1, 8), "1899-01-01 08:00"),
        ("moment", date(2026, 9, 1), date(2026, 9, 1)),
        ("clock", timedelta(hours=36), "36:00"),
    ],
)
def test_a_value_that_its_column_cannot_show_is_kept_as_it_reads(
    format: Format, value: Value, read: Value
) -> None:
    (cell,) = column(reread([one([value], format)])[0])
    assert (cell, type(cell)) == (read, type(read))


def test_lines_end_as_xml_ends_them() -> None:
    assert column(reread([one(["一\r\n二\r三"])])[0]) == ["一\n二\n三"]


def test_the_sheet_is_set_up_for_the_eye_and_for_paper() -> None:
    sheet = page(compose([INTAKE], {}))
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:I7"
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:I1"]
    assert sheet.calculate_dimension() == "A1:I9"
    formats = [sheet.cell(5, at).number_format for at in range(1, 10)]
    assert formats == ["@", "yyyy-mm-dd hh:mm", "@", "@", "@", "0", "0.00##", "yyyy-mm-dd", "hh:mm"]
    assert all(cell.border.left.style == "thin" for row in sheet["A4:I7"] for cell in row)
    assert sheet["D5"].alignment.wrap_text
    assert sheet.column_dimensions["C"].number_format == "@"
    assert sheet.column_dimensions["C"].width == 22


def test_lists_are_offered_from_a_hidden_sheet_and_notes_while_a_cell_is_selected() -> None:
    twice = Sheet("来电", "来电登记", COLUMNS, [])
    book = opened(compose([INTAKE, twice], {}))
    assert book.sheetnames == ["来访", "来电", "_dict"]
    assert book["_dict"].sheet_state == "hidden"
    assert [cell.value for (cell,) in book["_dict"]["A1":"A3"]] == ["咨询", "办事", "=投诉<&>"]
    assert book["_dict"].max_column == 1
    rules = {str(rule.sqref): rule for rule in book["来访"].data_validations.dataValidation}
    assert rules["E5:E7"].formula1 == "_dict!$A$1:$A$3"
    assert rules["C5:C7"].prompt == "18 位，末位可为 X"
    assert {str(rule.sqref) for rule in book["来电"].data_validations.dataValidation} == {
        "C3:C502",
        "E3:E502",
    }


def test_hidden_sheets_are_hidden_from_the_menu_too_and_hold_long_texts() -> None:
    text = "王𠮷" * 40_000 + "=1"
    content = compose([INTAKE], {"_ojr": chunks(text)})
    assert opened(content)["_ojr"].sheet_state == "veryHidden"
    sheet = read_workbook(Admitted("本村.xlsx", content)).sheet("_OJR")
    assert sheet is not None
    assert sheet.joined() == text
    assert chunks("") == ()


def test_the_workbook_says_nothing_of_macros_links_or_strangers() -> None:
    with zipfile.ZipFile(BytesIO(compose([INTAKE], {"_ojr": ("x",)}))) as archive:
        names = archive.namelist()
        assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
        assert b"openpyxl" not in archive.read("docProps/core.xml")


def test_openpyxl_saves_the_same_values_and_looks_again() -> None:
    content = compose([INTAKE], {})
    made = BytesIO()
    opened(content).save(made)
    assert read_workbook(Admitted("再存.xlsx", made.getvalue())).sheets == reread([INTAKE])
    before, after = page(content), page(made.getvalue())
    assert before.dimensions == after.dimensions == "A1:I9"
    for ours, theirs in zip(before.iter_rows(), after.iter_rows(), strict=True):
        for one_of_ours, one_of_theirs in zip(ours, theirs, strict=True):
            assert looks(one_of_ours) == looks(one_of_theirs)


def looks(cell: Cell | MergedCell) -> tuple[object, ...]:
    """List what a person sees of a cell."""
    text = (cell.value, cell.data_type, cell.number_format, cell.quotePrefix)
    return (
        *text,
        cell.font.name,
        cell.font.sz,
        cell.border.top.style,
        cell.alignment.horizontal,
        cell.fill.fgColor.rgb,
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("有\x07铃", "control_character"),
        ("半个\ud800字", "control_character"),
        ("\ufffe", "control_character"),
        ("长" * (MAX_TEXT + 1), "too_long"),
        ("𠮷" * (MAX_TEXT // 2 + 1), "too_long"),
    ],
)
def test_what_no_workbook_can_hold_is_told_by_sheet_row_and_column(
    tmp_path: Path, text: str, code: str
) -> None:
    path = tmp_path / "本村.xlsx"
    rows = [FULL, (*FULL[:3], text, *FULL[4:]), FULL]
    with pytest.raises(Invalid) as caught:
        write_workbook(path, [Sheet("来访", "来访登记", COLUMNS, rows)])
    (problem,) = caught.value.problems
    assert (problem.code, problem.sheet, problem.row, problem.column) == (code, "来访登记", 4, "content")
    assert "第 4 行“主要内容”" in problem.message
    assert "请" in problem.message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["长" * MAX_TEXT, "𠮷" * (MAX_TEXT // 2)])
def test_the_longest_text_that_a_cell_can_hold_is_held(text: str) -> None:
    assert column(reread([one([text])])[0]) == [text]


def test_a_hundred_problems_are_enough() -> None:
    with pytest.raises(Invalid) as caught:
        compose([one(["\x07"] * 300), Sheet("来电", "登记", INTAKE.columns, [("\x07", *FULL[1:])])], {})
    assert len(caught.value.problems) == 100


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet("来访", "坏\x07", COLUMNS, []),
        Sheet("来访", "登记", (SheetColumn("it", "坏\ud800", 9),), []),
        Sheet("来访", "登记", (SheetColumn("it", "内容", 9, choices=("坏\x00",)),), []),
        Sheet("来访", "登记", COLUMNS, [], ("坏\x07",)),
        Sheet("来访", "登记", COLUMNS, [], (), ("坏\x07",)),
    ],
)
def test_titles_and_headings_are_judged_too(sheet: Sheet) -> None:
    with pytest.raises(Invalid, match="控制字符"):
        compose([sheet], {})


@pytest.mark.parametrize("name", ["", "长" * 32, "a/b", "a:b", "a?b", "[a]", "'a", "a'", "a\nb", "_DICT"])
def test_a_name_that_excel_would_mend_is_a_bug(name: str) -> None:
    with pytest.raises(ValueError, match="no name for a sheet"):
        compose([INTAKE, Sheet(name, "登记", COLUMNS, [])], {"_dict": ()})


def test_a_row_of_another_length_is_a_bug() -> None:
    with pytest.raises(ValueError, match="shorter"):
        compose([Sheet("来访", "登记", COLUMNS, [FULL[:-1]])], {})


def test_a_table_of_one_column_and_no_rows_is_a_workbook() -> None:
    (sheet,) = reread([Sheet("零报", "本月无来访", (SheetColumn("it", "内容", 9),), [])])
    assert sheet.rows == ((1, ("本月无来访",)), (2, ("内容",)))
    assert page(compose([one([])], {})).auto_filter.ref is None


def test_three_hundred_columns_of_letters_are_written_in_order() -> None:
    columns = tuple(SheetColumn(f"c{n}", f"第{n}列", 9) for n in range(300))
    (sheet,) = reread([Sheet("宽", "宽表", columns, [tuple(f"{n}" for n in range(300))])])
    assert sheet.rows[2] == (3, tuple(f"{n}" for n in range(300)))


def test_rows_are_as_tall_as_their_text() -> None:
    assert lines_of("短", 10) == 1
    assert lines_of("字" * 19, 40) == 1
    assert lines_of("字" * 20, 40) == 2
    assert lines_of("一\n二\n\n三", 40) == 4
    assert lines_of("a" * 35, 40) == 1
    assert lines_of("字" * 3, 1) == 3
    assert height_of(1) == pytest.approx(22.7)
    assert height_of(3) == pytest.approx(49)
    assert height_of(1000) == pytest.approx(409)
    tall = page(compose([one(["短", "字" * 60])], {}))
    assert (tall.row_dimensions[3].height, tall.row_dimensions[4].height) == (22.7, 79.0)


def test_progress_is_told_from_nothing_to_all() -> None:
    told: list[tuple[int, int]] = []
    sheets = [one(["x"] * 450), Sheet("来电", "登记", (SheetColumn("it", "内容", 9),), [("y",)])]
    compose(sheets, {}, lambda done, total: told.append((done, total)))
    assert told[0] == (0, 451)
    assert told[-1] == (451, 451)
    assert told == sorted(told)
    assert len(told) >= 5


def test_a_person_who_stops_the_work_leaves_nothing_new(tmp_path: Path) -> None:
    path = tmp_path / "本村.xlsx"
    path.write_bytes(b"old")

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_workbook(path, [one(["x"] * 1000)], progress=stop)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("本村.xlsx", b"old")]


def test_a_file_that_is_there_already_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "本村.xlsx"
    path.write_bytes(b"old")
    (tmp_path / "本村.xlsx.part").write_bytes(b"left behind by a power cut")
    write_workbook(path, [one(["新"])])
    assert column(read_workbook(admit(path)).sheets[0]) == ["新"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match=r"《本村.xlsx》没有存成。找不到文件夹"):
        write_workbook(tmp_path / "没有" / "本村.xlsx", [one(["x"])])


def test_a_target_that_cannot_be_replaced_is_told_and_no_part_is_left(tmp_path: Path) -> None:
    (tmp_path / "本村.xlsx").mkdir()
    with pytest.raises(NoRoom, match=r"《本村\.xlsx》"):
        write_workbook(tmp_path / "本村.xlsx", [one(["x"])])
    assert [each.name for each in tmp_path.iterdir()] == ["本村.xlsx"]


def test_nothing_of_a_record_is_left_in_the_systems_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    seen: list[str] = []

    def look(done: int, total: int) -> None:
        seen.extend(each.name for each in folder.iterdir())

    write_workbook(tmp_path / "本村.xlsx", [one(["x"] * 1000)], progress=look, password="一二三四")
    assert seen == []
    assert list(folder.iterdir()) == []
