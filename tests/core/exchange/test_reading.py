"""Workbooks of every hand: ours, LibreOffice's, XlsxWriter's, openpyxl's, and parts forged one by one."""

import random
import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import MAC_EPOCH

from ojr_desk.exchange.cells import Fault, Value, typed
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.reading import EMPTY_ROWS, MAX_MERGES, Range, ReadBook, ReadSheet, read_workbook
from ojr_desk.exchange.table import table
from ojr_desk.problems import BadFile, Damaged, Wrong

from .conftest import MAIN, OFFICE, PARTS, RELS, Forge, Resave

POINTED_ASIDE = PARTS["xl/_rels/workbook.xml.rels"].replace("sheet1.xml", "sheet1.bin")


def read(path: Path) -> ReadBook:
    return read_workbook(admit(path))


def only(path: Path) -> ReadSheet:
    (sheet,) = read(path).sheets
    return sheet


def values(path: Path) -> list[Value]:
    """List the cells of the first sheet, row by row."""
    return [cell for _number, cells in read(path).sheets[0].rows for cell in cells]


def styles(*formats: tuple[int, str]) -> str:
    """Write a styles part whose cell formats are numbered 0, 1 … after the built-in 0."""
    own = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in formats if code)
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *(number for number, _code in formats)))
    shapes = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    dxfs = '<dxfs><dxf><numFmt numFmtId="0" formatCode="yyyy"/></dxf></dxfs>'
    return f"<styleSheet {MAIN}><numFmts>{own}</numFmts>{shapes}<cellXfs>{cells}</cellXfs>{dxfs}</styleSheet>"


def dated(forge: Forge, number: str, *formats: tuple[int, str], epoch: str = "") -> list[Value]:
    """Read *number* under each of *formats*."""
    cells = "".join(f'<c s="{at}"><v>{number}</v></c>' for at in range(1, len(formats) + 1))
    parts = {"xl/styles.xml": styles(*formats)}
    if epoch:
        parts["xl/workbook.xml"] = PARTS["xl/workbook.xml"].replace(
            "<workbookPr/>", f'<workbookPr date1904="{epoch}"/>'
        )
    return values(forge(f"<row>{cells}</row>", parts=parts))


def test_every_sort_of_cell_is_its_value(forge: Forge) -> None:
    path = forge(
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>'
        '<row r="4"><c><v>12</v></c><c><v>-1.50</v></c><c><v>3.30102199001011E17</v></c><c t="b"><v>1</v></c>'
        '<c t="b"><v>0</v></c><c t="e"><v>#REF!</v></c><c t="str"><v>甲</v></c>'
        '<c t="inlineStr"><is><t>乙</t></is></c><c t="d"><v>2026-09-01T08:30:00</v></c></row>',
        parts={
            "xl/sharedStrings.xml": f"<sst {MAIN}><si><t>王</t></si><si><r><rPr/><t>欧</t></r>"
            '<r><t xml:space="preserve"> 阳</t></r><rPh sb="0" eb="1"><t>ōu</t></rPh></si></sst>',
            "xl/_rels/workbook.xml.rels": PARTS["xl/_rels/workbook.xml.rels"].replace(
                "</Relationships>",
                f'<Relationship Id="r3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            ),
        },
    )
    assert only(path).rows == (
        (2, ("王", None, "欧 阳")),
        (4, (12, -1.5, 330102199001011000.0, True, False, "#REF!", "甲", "乙", datetime(2026, 9, 1, 8, 30))),
    )
    fault = only(path).rows[1][1][5]
    assert isinstance(fault, Fault)


def test_empty_cells_are_none_and_nought_is_nought(forge: Forge) -> None:
    rows = '<row><c s="0"/><c><v></v></c><c t="inlineStr"><is><t/></is></c><c><v>0</v></c><c/></row><row><c/></row>'
    assert only(forge(rows)).rows == ((1, (None, None, None, 0)),)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-09-01", date(2026, 9, 1)),
        ("08:30:00", time(8, 30)),
        ("2026-09-01T08:30:00Z", datetime(2026, 9, 1, 8, 30)),
        ("去年", "去年"),
    ],
)
def test_days_in_words_of_iso_8601_are_days(forge: Forge, text: str, value: Value) -> None:
    assert values(forge(f'<row><c t="d"><v>{text}</v></c></row>')) == [value]


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("_x000D_", "\r"),
        ("a_x005F_x000D_b", "a_x000D_b"),
        ("_xD83D_", "_xD83D_"),
        ("_x00g0_", "_x00g0_"),
        ("&lt;&amp;&#x20;𠮷", "<& 𠮷"),
        ("a&#10;b", "a\nb"),
    ],
)
def test_escapes_in_texts_are_undone(forge: Forge, stored: str, value: str) -> None:
    assert values(forge(f'<row><c t="inlineStr"><is><t>{stored}</t></is></c></row>')) == [value]


@pytest.mark.parametrize("number", ["1e999", "-1e999", "nan", "9" * 400])
def test_numbers_that_are_none_are_faults(forge: Forge, number: str) -> None:
    (value,) = values(forge(f"<row><c><v>{number}</v></c></row>"))
    assert isinstance(value, Fault)


def test_formulas_are_marked_and_give_what_was_last_reckoned(forge: Forge) -> None:
    sheet = only(
        forge(
            "<row><c><f>1+1</f><v>2</v></c><c><v>3</v></c><c><f>A1</f></c></row><row><c><f>B1</f></c></row>"
        )
    )
    assert sheet.rows == ((1, (2, 3, None)), (2, (None,)))
    assert sheet.formulas == {(1, 1), (1, 3), (2, 1)}


@pytest.mark.parametrize(
    "format",
    [
        (14, ""), (15, ""), (17, ""), (27, ""), (31, ""), (57, ""), (58, ""),
        (176, 'yyyy"年"m"月"d"日"'), (177, "yyyy\\-mm\\-dd"), (178, "[$-804]yyyy/m/d;@"),
        (179, "[DBNum1][$-804]yyyy&quot;年&quot;m&quot;月&quot;"), (180, "m.d"), (14, "yyyy.mm.dd"),
    ],
)  # fmt: skip
def test_numbers_shown_as_days_are_days(forge: Forge, format: tuple[int, str]) -> None:
    number, code = format
    assert dated(forge, "46266", (number, code.replace('"', "&quot;"))) == [date(2026, 9, 1)]


@pytest.mark.parametrize(
    "format",
    [
        (18, ""),
        (22, ""),
        (32, ""),
        (55, ""),
        (176, "yyyy-mm-dd hh:mm"),
        (177, "h:mm AM/PM"),
        (178, "上午/下午h&quot;时&quot;mm&quot;分&quot;"),
    ],
)
def test_numbers_shown_with_the_clock_are_moments_and_below_one_times(
    forge: Forge, format: tuple[int, str]
) -> None:
    assert dated(forge, "46266.3541666667", format) == [datetime(2026, 9, 1, 8, 30)]
    assert dated(forge, "46266", format) == [datetime(2026, 9, 1)]
    assert dated(forge, "0.3541666666666667", format) == [time(8, 30)]
    assert dated(forge, "0", format) == [time()]


def test_numbers_shown_as_spans_are_spans(forge: Forge) -> None:
    assert dated(forge, "1.5", (46, ""), (176, "[h]:mm"), (177, "[mm]:ss")) == [timedelta(days=1.5)] * 3


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        "#,##0.00_);[Red]\\(#,##0.00\\)",
        "0&quot;元/月&quot;",
        "0.00E+00",
        "_-* #,##0_-;@",
        "[Red]0",
        "0\\d",
        "0_d",
        "@",
        "[&gt;=10000]0",
    ],
)
def test_numbers_shown_as_numbers_are_numbers(forge: Forge, code: str) -> None:
    assert dated(forge, "46266", (176, code)) == [46266]


def test_numbers_that_no_calendar_holds_stay_numbers(forge: Forge) -> None:
    assert dated(forge, "-1", (14, "")) == [-1]
    assert dated(forge, "1e15", (14, ""), (46, "")) == [1e15, 1e15]


@pytest.mark.parametrize("epoch", ["1", "true"])
def test_days_are_counted_from_1904_where_the_workbook_says_so(forge: Forge, epoch: str) -> None:
    assert dated(forge, str(46266 - 1462), (14, ""), epoch=epoch) == [date(2026, 9, 1)]


def test_a_format_that_the_workbook_lacks_is_a_number(forge: Forge) -> None:
    assert values(forge('<row><c s="9"><v>46266</v></c></row>')) == [46266]


def test_styles_that_openpyxl_refuses_do_not_matter(forge: Forge) -> None:
    odd = styles((14, "")).replace(
        "<cellStyleXfs>", "<fills><fill/></fills><colors><color/></colors><cellStyleXfs>"
    )
    path = forge('<row><c s="1"><v>46266</v></c></row>', parts={"xl/styles.xml": odd})
    assert values(path) == [date(2026, 9, 1)]


def test_the_size_that_a_workbook_says_of_itself_is_not_believed(forge: Forge) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 51)
    )
    sheet = f'<worksheet {MAIN}><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>'
    assert len(values(forge(parts={"xl/worksheets/sheet1.xml": sheet}))) == 100


def test_prefixes_and_the_strict_namespaces_are_understood(forge: Forge) -> None:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    book = f'<Relationship Id="a" Type="{strict}/officeDocument" Target="/xl/Workbook.xml"/>'
    page = f'<Relationship Id="b" Type="{strict}/worksheet" Target="worksheets/../worksheets/sheet1.xml"/>'
    cell = '<x:c t="inlineStr"><x:is><x:t>王</x:t></x:is></x:c>'
    parts = {
        "_rels/.rels": f"<Relationships {RELS}>{book}</Relationships>",
        "xl/workbook.xml": f'<x:workbook xmlns:x="m" xmlns:q="{strict}"><x:sheet name="表" q:id="b"/></x:workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {RELS}>{page}</Relationships>",
        "xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="m"><x:row>{cell}</x:row></x:worksheet>',
    }
    sheet = only(forge(parts=parts))
    assert (sheet.name, sheet.rows) == ("表", ((1, ("王",)),))


def test_what_stands_below_200_empty_rows_is_told_and_not_read(forge: Forge) -> None:
    rows = (
        '<row r="{}"><c><v>1</v></c></row><row r="{}"><c><v>2</v></c></row><row r="{}"><c><v>3</v></c></row>'
    )
    near = only(forge(rows.format(EMPTY_ROWS, 2 * EMPTY_ROWS, 2 * EMPTY_ROWS + 1)))
    assert (len(near.rows), near.beyond) == (3, None)
    far = only(forge(rows.format(1, EMPTY_ROWS + 2, EMPTY_ROWS + 3)))
    assert (far.rows, far.beyond) == (((1, (1,)),), EMPTY_ROWS + 2)


def test_sheets_are_found_by_name_and_hidden_ones_are_marked(forge: Forge) -> None:
    sheets = "".join(
        f'<sheet name="{name}" r:id="r1" state="{state}"/>'
        for name, state in (("来访", "visible"), ("_dict", "hidden"), ("__OJR ", "veryHidden"))
    )
    book = read(forge(parts={"xl/workbook.xml": f'<workbook xmlns:r="{OFFICE}">{sheets}</workbook>'}))
    assert [sheet.hidden for sheet in book.sheets] == [False, True, True]
    assert book.sheet("__ojr") is book.sheets[2]
    assert book.sheet("来电") is None


def test_a_chart_sheet_is_passed_over(forge: Forge) -> None:
    rels = PARTS["xl/_rels/workbook.xml.rels"].replace("/worksheet", "/chartsheet", 1)
    assert read(forge(parts={"xl/_rels/workbook.xml.rels": rels})).sheets == ()


@pytest.mark.parametrize(
    "parts",
    [
        {"_rels/.rels": None},
        {"_rels/.rels": f"<Relationships {RELS}/>"},
        {"xl/_rels/workbook.xml.rels": f"<Relationships {RELS}/>"},
        {"xl/worksheets/sheet1.xml": None},
        {"xl/styles.xml": None},
        {"xl/_rels/workbook.xml.rels": POINTED_ASIDE, "xl/worksheets/sheet1.bin": "<worksheet/>"},
        {"xl/worksheets/sheet1.xml": "<worksheet><row><c t='s'><v>0</v></c></row></worksheet>"},
        {"xl/worksheets/sheet1.xml": "<worksheet><row><c t='s'><v>甲</v></c></row></worksheet>"},
        {"xl/worksheets/sheet1.xml": "<worksheet><row><c><v>甲</v></c></row></worksheet>"},
        {"xl/styles.xml": "<styleSheet><cellXfs>" + "<xf/>" * 100_001 + "</cellXfs></styleSheet>"},
    ],
)  # fmt: skip
def test_a_workbook_that_does_not_hold_together_is_refused(
    forge: Forge, parts: dict[str, str | None]
) -> None:
    admitted = admit(forge(parts=parts))
    with pytest.raises(Damaged, match=r"《来访.xlsx》内部有缺失.*另存为"):
        read_workbook(admitted)


def test_links_to_the_outside_are_not_followed(forge: Forge) -> None:
    rels = PARTS["xl/_rels/workbook.xml.rels"].replace('Id="r1"', 'Id="r1" TargetMode="External"')
    with pytest.raises(Damaged):
        read(forge(parts={"xl/_rels/workbook.xml.rels": rels}))


def test_whatever_stands_in_its_parts_a_workbook_is_read_or_refused(forge: Forge) -> None:
    path = forge('<row r="1"><c r="A1" s="0" t="n"><f>1</f><v>1</v></c></row>')
    with zipfile.ZipFile(path) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(5)
    outcomes = set()
    for _ in range(1500):
        part = chance.choice(list(whole))
        content = bytearray(whole[part])
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(content))
            content[at : at + chance.randint(0, 6)] = chance.randbytes(chance.randint(0, 3))
        # Mostly one word is swapped for another, or a number for a wild one.
        words = re.findall(rb"[\w.:/]+", bytes(content))
        if chance.random() < 0.7:
            content = bytearray(
                whole[part].replace(chance.choice(words), chance.choice([*words, b"-1", b"9" * 30, b""]))
            )
        try:
            read(forge(parts={part: bytes(content)}))
        except BadFile as error:
            outcomes.add(type(error).__name__)
            assert error.message.endswith("。")
        else:
            outcomes.add("read")
    assert {"read", "Damaged"} <= outcomes


def test_a_workbook_by_xlsxwriter_is_read(tmp_path: Path) -> None:
    path = tmp_path / "外.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        sheet = book.add_worksheet("来访")
        sheet.write_row(0, 0, ["姓名", "身份证号", "人数", "日期"])
        sheet.write_string(1, 0, "王\n某")
        sheet.write_string(1, 1, "330102199001011234")
        sheet.write_number(1, 2, 330102199001011234)
        sheet.write_datetime(1, 3, datetime(2026, 9, 1), day)
        sheet.write_datetime(2, 0, datetime(2026, 9, 1, 8, 30), moment)
        sheet.write_datetime(2, 1, time(8, 30), clock)
        sheet.write_formula(2, 2, "=1+1", None, 2)
        sheet.write_boolean(2, 3, False)
        sheet.write_rich_string(3, 0, "粗", book.add_format({"bold": True}), "体")
        book.add_worksheet("空").hide()
    book_read = read(path)
    first, empty = book_read.sheets
    assert first.rows == (
        (1, ("姓名", "身份证号", "人数", "日期")),
        (2, ("王\n某", "330102199001011234", 3.301021990010113e17, date(2026, 9, 1))),
        (3, (datetime(2026, 9, 1, 8, 30), time(8, 30), 2, False)),
        (4, ("粗体",)),
    )
    assert first.formulas == {(3, 3)}
    assert (empty.name, empty.hidden, empty.rows) == ("空", True, ())


def test_a_workbook_by_openpyxl_is_read_with_1904(tmp_path: Path) -> None:
    path = tmp_path / "外.xlsx"
    book = openpyxl.Workbook()
    book.epoch = MAC_EPOCH
    book.worksheets[0].append(
        [date(2026, 9, 1), datetime(2026, 9, 1, 8, 30), time(8, 30), 46266, 1.5, "王", True]
    )
    book.save(path)
    opened = read(path)
    assert opened.epoch_1904
    assert opened.sheets[0].rows == (
        (1, (date(2026, 9, 1), datetime(2026, 9, 1, 8, 30), time(8, 30), 46266, 1.5, "王", True)),
    )


def test_a_csv_that_libreoffice_turned_into_a_workbook_shows_what_was_lost(
    resave: Resave, tmp_path: Path
) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(
        "姓名,身份证号,来访日期,电话\n王某,330102199001011234,2026/9/1,013800138000\n", encoding="utf-8"
    )
    # Commas, double quotes, UTF-8, from line 1 on, as a Chinese computer reads days.
    sheet = only(resave(path, "xlsx", "CSV:44,34,76,1,,2052"))
    found = table(sheet, {"姓名": "name", "身份证号": "id_no", "来访日期": "day", "电话": "phone"})
    assert found.missing == ()
    row = found.rows[0][1]
    assert typed(row["day"], "date") == "2026-09-01"
    assert typed(row["phone"], "text") == "13800138000"
    with pytest.raises(Wrong, match="设为“文本”"):
        typed(row["id_no"], "text")


def test_merged_ranges_and_what_is_hidden_are_told(tmp_path: Path) -> None:
    path = tmp_path / "外.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("三月")
        sheet.merge_range("A1:C1", "来访登记表")
        sheet.merge_range("A2:A4", "3月8日")
        sheet.write_column("B2", ["张三", "李四", "王五"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})
    read_sheet = only(path)
    assert read_sheet.merges == (Range(1, 1, 1, 3), Range(2, 1, 4, 1))
    assert read_sheet.hidden_rows == {3}
    assert read_sheet.hidden_columns == {3, 4}


@pytest.mark.parametrize(
    "said",
    [
        '<cols><col min="1" max="99999999999999999999" hidden="1"/></cols>',
        '<cols><col min="x" hidden="1"/></cols>',
        '<mergeCells><mergeCell ref="A1"/><mergeCell/><mergeCell ref="A1:B99999999"/></mergeCells>',
    ],
)
def test_nonsense_about_columns_and_ranges_is_passed_over(forge: Forge, said: str) -> None:
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    path = forge(parts={"xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{rows}{said}</worksheet>"})
    assert (only(path).merges, only(path).hidden_columns) == ((), frozenset())


def test_merged_ranges_without_end_are_refused(forge: Forge) -> None:
    ranges = '<mergeCell ref="A1:B2"/>' * (MAX_MERGES + 1)
    said = f"<worksheet {MAIN}><sheetData/><mergeCells>{ranges}</mergeCells></worksheet>"
    with pytest.raises(Damaged):
        read(forge(parts={"xl/worksheets/sheet1.xml": said}))
