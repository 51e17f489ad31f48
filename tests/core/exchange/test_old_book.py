"""Rows below the headings: which are records, what they say, and by what they are known again."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ojr_desk.exchange.cells import Fault, Value
from ojr_desk.exchange.gate import MAX_ROWS
from ojr_desk.exchange.old_book import OldSheet, Row, Skipped, read
from ojr_desk.exchange.old_book_choices import choice_in, code_of
from ojr_desk.exchange.old_book_headings import Vocabulary, targets
from ojr_desk.exchange.old_book_hints import Hints, Memory
from ojr_desk.exchange.old_book_returned import Returned, write_back
from ojr_desk.exchange.old_book_table import find
from ojr_desk.exchange.reading import Range, ReadBook, ReadSheet
from ojr_desk.problems import NotOurs
from ojr_desk.register import REGISTERS, Choice
from ojr_desk.registers import old_words
from ojr_desk.registers.intake import CHANNELS, DISPOSITIONS
from ojr_desk.registers.matters import MATTERS

INTAKE = REGISTERS["intake"]
HEADS = ("序号", "日期", "姓名", "联系电话", "事由", "办理情况")


def sheets(path: Path, hints: Hints | None = None, register: str = "intake") -> tuple[OldSheet, ...]:
    return read(path, REGISTERS[register], hints or Hints(), Memory()).sheets


def written(
    path: Path,
    rows: Sequence[Sequence[object]],
    merges: Sequence[tuple[str, object]] = (),
    name: str = "2025年3月",
) -> Path:
    """Make a workbook of one sheet by XlsxWriter; None leaves a cell alone."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(number, place, value, value="")
                elif value is not None:
                    sheet.write(number, place, value)
        for where, merged in merges:
            sheet.merge_range(where, merged)
    return path


def records(path: Path, hints: Hints | None = None) -> list[Row]:
    return [row for sheet in sheets(path, hints) for row in sheet.rows() if isinstance(row, Row)]


def values(path: Path, hints: Hints | None = None) -> list[dict[str, Any]]:
    return [row.values for row in records(path, hints)]


def wrong(row: Row) -> list[tuple[str | None, str]]:
    return [(each.column, each.code) for each in row.problems]


def test_a_row_is_what_a_clerk_would_have_typed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [HEADS, (1, "3.8", "张 三", 13805770001.0, "低保怎么申请", "已办结")])
    assert values(path) == [
        {
            "occurred_at": "2025-03-08",
            "person": {"full_name": "张 三", "phone": "13805770001"},
            "content": "低保怎么申请",
            "disposition": "settled",
            "reply_content": "已办结",
        }
    ]


def test_words_for_nothing_fill_nothing(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.xlsx",
        [HEADS, (1, "3.8", "张三", "无", "低保怎么申请", "/"), (2, "3.9", "—", "", "x", "")],
    )
    assert values(path) == [
        {"occurred_at": "2025-03-08", "person": "张三", "content": "低保怎么申请"},
        {"occurred_at": "2025-03-09", "content": "x"},
    ]


def test_an_anonymous_visitor_and_one_without_a_telephone_are_ticked(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.xlsx",
        [HEADS, (1, "3.8", "匿名", "138", "噪音太大", ""), (2, "3.8", "张三", "无电话", "x", "")],
    )
    assert [each.get("anonymous") for each in values(path)] == [True, None]
    assert "person" not in values(path)[0]
    assert values(path)[1]["person"] == {"full_name": "张三", "no_phone": True}


def test_two_headings_for_long_words_are_told_apart_in_one(tmp_path: Path) -> None:
    rows = [
        ("日期", "姓名", "来访事由", "诉求", "备注", "网格员"),
        ("3.8", "张三", "路灯", "换一盏", "急", "李四"),
    ]
    path = written(tmp_path / "a.xlsx", rows)
    (row,) = values(path, Hints({"网格员": "remark"}))
    assert row["content"] == "来访事由：路灯\n诉求：换一盏"
    assert row["remark"] == "备注：急\n网格员：李四" or row["remark"] == "网格员：李四\n备注：急"


def test_what_cannot_be_read_is_told_with_its_column_and_heading(tmp_path: Path) -> None:
    rows = [
        (*HEADS, "身份证号", "人数"),
        (1, "三月初", "张三", "#", "x", "", 330302198103290015.0, "两人"),
        (2, "同上", "〃", "", "", "", "3.30302E+17", 3),
        (3, "=NOW()", "李四", "", "", "", "", "3人"),
    ]
    first, second, third = records(written(tmp_path / "a.xlsx", rows))
    assert wrong(first) == [("occurred_at", "day"), ("person.citizen_id", "excel_rounded")]
    assert first.problems[0].message == "B列“日期”：“三月初”看不出是哪一天，请写成 2025年3月8日 的样子"
    assert (first.problems[0].row, first.problems[0].sheet) == (2, "2025年3月")
    assert first.values["headcount"] == "两人"
    assert second.values["person"] == "张三"
    assert wrong(second)[-1] == ("person.citizen_id", "excel_rounded")
    assert wrong(third) == [("occurred_at", "not_reckoned")]
    assert third.values["headcount"] == "3"


def test_as_above_with_nothing_above_is_told(tmp_path: Path) -> None:
    (row,) = records(written(tmp_path / "a.xlsx", [HEADS, (1, "3.8", "同上", "", "x", "")]))
    assert wrong(row) == [("person", "nothing_above")]


def test_a_telephone_without_a_name_is_told(tmp_path: Path) -> None:
    (row,) = records(written(tmp_path / "a.xlsx", [HEADS, (1, "3.8", "", "13805770001", "x", "")]))
    assert wrong(row) == [("person", "nobody")]
    assert "有电话没有姓名" in row.problems[0].message


def test_rows_merged_with_their_number_are_one_record(tmp_path: Path) -> None:
    rows = [
        HEADS,
        (None, None, None, None, "路灯不亮", "已报"),
        (None, None, None, None, "还有路面坏了", "供电所"),
        (2, "3.9", "李四", "", "y", ""),
    ]
    merges = [("A2:A3", 1), ("B2:B3", "3.8"), ("C2:C3", "张三")]
    one, two = values(written(tmp_path / "a.xlsx", rows, merges))
    assert (one["content"], one["reply_content"]) == ("路灯不亮\n还有路面坏了", "已报\n供电所")
    assert two["person"] == "李四"


def test_rows_merged_by_day_alone_are_records_of_that_day(tmp_path: Path) -> None:
    rows = [
        HEADS,
        (1, None, "张三", "", "x", ""),
        (2, None, "李四", "", "y", ""),
        (3, "3.9", "王五", "", "z", ""),
    ]
    found = values(written(tmp_path / "a.xlsx", rows, [("B2:B3", "3.8")]))
    assert [each["occurred_at"] for each in found] == ["2025-03-08", "2025-03-08", "2025-03-09"]


def test_a_sheet_can_be_gone_through_twice(tmp_path: Path) -> None:
    rows = [HEADS, (1, "12.30", "张三", "", "x", ""), (2, "1.2", "李四", "", "y", "")]
    (sheet,) = sheets(written(tmp_path / "a.xlsx", rows, name="x"), Hints(year=2024))
    assert list(sheet.rows()) == list(sheet.rows())


def digests(path: Path, hints: Hints | None = None) -> list[str]:
    return [row.digest for row in records(path, hints)]


def test_a_row_is_known_again_wherever_it_stands_and_however_its_columns_lie(tmp_path: Path) -> None:
    one = written(
        tmp_path / "a.xlsx",
        [HEADS, (1, "3.8", "张三", 13805770001, "x", ""), (2, "3.9", "李四", "", "y", "")],
    )
    heads = ("姓名", "事由", "日 期", "联系电话", "办理情况", "原因")
    two = written(
        tmp_path / "b.xlsx",
        [
            ("来访",),
            heads,
            ("李四", "y", "2025-03-09", None, None, "先前退回"),
            ("张三", "x", "2025年3月8日", "13805770001", None, None),
        ],
    )
    assert digests(two) == digests(one)[::-1]


def test_what_was_said_of_a_heading_does_not_make_a_row_another(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [(*HEADS, "网格员"), (1, "3.8", "张三", "", "x", "", "李四")])
    assert digests(path) == digests(path, Hints({"网格员": "remark"}))


def test_of_what_is_sealed_neither_words_nor_names_are_kept(tmp_path: Path) -> None:
    rows = [
        ("日期", "姓名", "事由", "性质"),
        ("3.8", "张三", "某某贪污", "举报"),
        ("3.8", "李四", "另一件事", "检举控告"),
    ]
    one, two = records(written(tmp_path / "a.xlsx", rows))
    assert one.values == {"occurred_at": "2025-03-08", "matter_nature": "accusation"}
    assert one.problems == ()
    assert one.digest != two.digest, "the words differ that stand in the columns that may be kept"
    same = records(written(tmp_path / "b.xlsx", [rows[0], ("3.8", "王五", "完全不同的话", "举报")]))[0]
    assert same.digest == one.digest, "no words of theirs are in the digest"


def test_which_book_it_is_may_stand_in_its_name() -> None:
    kind = Choice(choices=CHANNELS)
    words = INTAKE.by_name["channel"].words
    assert choice_in(kind, words, ("群众来电登记",)) == "call"
    assert choice_in(kind, words, ("Sheet1", "电话接听记录")) == "call"
    assert choice_in(kind, words, ("来访来电登记", "来电")) == ""
    assert choice_in(kind, words, ("联系电话：0577",)) == ""


def test_a_word_leads_to_a_choice_only_where_it_is_certain() -> None:
    kind, words = Choice(choices=MATTERS), INTAKE.by_name["matter_category"].words
    known = {
        "民政·低保救助": "civil.relief",
        "civil.relief": "civil.relief",
        "低保救助": "civil.relief",
        "低 保": "civil.relief",
        "低保。": "civil.relief",
        "慈善": "civil.charity",
        "医疗": "insurance.medical",
        "民政": "",
        "养老": "",
        "水": "",
        "天气": "",
    }
    assert {word: code_of(kind, words, {}, word) for word in known} == known
    assert code_of(Choice(choices=DISPOSITIONS), {}, {}, "转办") == "", "a part of a label is not the label"
    assert code_of(kind, words, {"天气": "其他", "低保": "other"}, "天气") == "other"
    assert code_of(kind, words, {"低保": "其他"}, "低保") == "other"


def test_the_words_of_the_registers_are_all_of_them_used() -> None:
    used = {
        word for register in REGISTERS.values() for column in register.columns for word in column.synonyms
    }
    lists = [value for name, value in vars(old_words).items() if name.isupper() and isinstance(value, str)]
    assert {word for each in lists for word in each.split()} == used


def test_what_is_no_workbook_is_refused_as_any_strangers_file(tmp_path: Path) -> None:
    for name, content in (
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("b.csv", "日期,姓名\n".encode("gb18030")),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(NotOurs, match="xlsx"):
            sheets(path)


def test_refused_rows_come_back_where_they_stood_with_the_reason_beside_them(tmp_path: Path) -> None:
    rows = [
        ("来访登记表（2025年3月）",),
        (None, None, None, None, None, None),
        HEADS,
        (1, "3.8", "张三", 13805770001.0, "路灯\n不亮", "=1"),
        (2, 330302198103290015.0, "\x07李四", True, "", ""),
    ]
    path = written(tmp_path / "a.xlsx", rows, name="3月")
    (sheet,) = sheets(path)
    refused = [
        (row, f"原因{at}") for at, row in enumerate(each for each in sheet.rows() if isinstance(each, Row))
    ]
    write_back(tmp_path / "b.xlsx", [Returned(sheet, refused)])
    (back,) = sheets(tmp_path / "b.xlsx")
    assert back.name == "3月"
    assert back.table.above == ("来访登记表（2025年3月）",)
    assert [head.text for head in back.table.heads] == [*HEADS, "原因"]
    assert back.table.sheet.rows[2][1][:5] == ("1", "2025-03-08", "张三", "13805770001", "路灯\n不亮")
    assert back.table.sheet.rows[2][1][-1] == "原因0"
    assert back.table.sheet.rows[3][1][1:4] == ("3.30302E+17", "李四", "是")
    assert back.unknown == ()


def test_a_returned_table_that_comes_back_again_has_one_column_of_reasons(tmp_path: Path) -> None:
    heads = ("来访\n人", "事由", "日期", "原因")
    (sheet,) = sheets(written(tmp_path / "a.xlsx", [heads, ("张三", "x", "3月", "旧的原因")], name="a'b"))
    row = next(each for each in sheet.rows() if isinstance(each, Row))
    write_back(tmp_path / "b.xlsx", [Returned(sheet, [(row, "新的原因")])] * 2)
    first, second = sheets(tmp_path / "b.xlsx")
    assert first.table.sheet.rows[-1][1] == ("张三", "x", "3月", "新的原因")
    assert (first.name, second.name) == ("a'b", "a'b 2")


def test_lines_that_are_no_records_are_named_with_why(tmp_path: Path) -> None:
    rows = [
        HEADS,
        (1, "3.8", "张三", "", "x", ""),
        (2,),
        HEADS,
        ("2025年4月",),
        (3, "5日", "李四", "", "y", ""),
        ("合计", None, 2),
        ("   ",),
        ("制表人：王芳",),
    ]
    (sheet,) = sheets(written(tmp_path / "a.xlsx", rows))
    found = list(sheet.rows())
    assert [(each.number, each.why) for each in found if isinstance(each, Skipped)] == [
        (3, "只有序号"), (4, "重复的表头"), (5, "月份"), (7, "合计"), (8, "空行"), (9, "签字或说明"),
    ]  # fmt: skip
    assert [row.values["occurred_at"] for row in found if isinstance(row, Row)] == [
        "2025-03-08",
        "2025-04-05",
    ]


def test_a_day_that_may_have_lost_its_nought_is_still_in_doubt_when_it_comes_back(tmp_path: Path) -> None:
    (sheet,) = sheets(written(tmp_path / "a.xlsx", [HEADS, (1, 3.2, "张三", "", "x", "")]))
    (row,) = (each for each in sheet.rows() if isinstance(each, Row))
    write_back(tmp_path / "b.xlsx", [Returned(sheet, [(row, "说不准")])])
    (back,) = records(tmp_path / "b.xlsx")
    assert wrong(row) == wrong(back) == [("occurred_at", "ambiguous")]


WORDS = st.sampled_from(
    [
        *HEADS,
        "类别",
        "来访人",
        "年",
        "月",
        "日",
        "时间",
        "人数",
        "备注",
        "原因",
        "同上",
        "〃",
        "无",
        "合计",
        "2025年3月",
        "3.8",
        "张三\n李四",
    ]
)
CELLS = st.one_of(
    st.none(),
    WORDS,
    WORDS,
    st.text(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**19), 10**19),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.just(Fault("#N/A")),
)
PLACES = st.integers(1, 12)


@given(
    st.lists(st.lists(CELLS, max_size=9), max_size=14),
    st.lists(st.tuples(PLACES, PLACES, PLACES, PLACES), max_size=6),
    st.sampled_from(["intake", "staff", "venue", "person", "case", "opening"]),
)
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_table_it_is_read_or_told(
    rows: list[list[Value]], ranges: list[tuple[int, int, int, int]], code: str
) -> None:
    register = REGISTERS[code]
    merges = tuple(Range(a, b, max(a, c), max(b, d)) for a, b, c, d in ranges)
    numbered = tuple((number, tuple(row)) for number, row in enumerate(rows, 1) if row)
    sheet = ReadSheet("2025年3月", False, numbered, frozenset({(3, 2)}), merges=merges)
    table = find(sheet, Vocabulary(register, {}))
    if table is None:
        return
    old = OldSheet(register, ReadBook("旧.xlsx", (sheet,)), table, Hints(), Memory())
    for row in old.rows():
        assert row.number > table.heading_rows[-1]
        if isinstance(row, Row):
            assert {each.row for each in row.problems} <= {row.number}
            assert all(each.message for each in row.problems)
            known = {name.partition(".")[0] for name in targets(register)}
            assert set(row.values) <= known


def test_a_book_longer_than_a_pack_may_be_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("2025")
        for number, row in enumerate(
            [("日期", "事由"), *([("3.8", f"第{n}件") for n in range(MAX_ROWS + 500)])]
        ):
            sheet.write_row(number, 0, row)
    (long,) = sheets(path)
    last = deque(long.rows(), maxlen=1)[0]
    assert (last.number, isinstance(last, Row)) == (MAX_ROWS + 501, True)
