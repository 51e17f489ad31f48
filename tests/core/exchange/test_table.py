"""Tables found by the words of their headings."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.exchange.cells import Value
from ojr_desk.exchange.reading import ReadSheet
from ojr_desk.exchange.table import HEADING_ROWS, table

HEADINGS = {
    "姓名": "name",
    "身份证号": "id_no",
    "身份证号码": "id_no",
    "金额（元）": "fee",
    "来访时间": "came_at",
}


def sheet(*rows: tuple[Value, ...], formulas: frozenset[tuple[int, int]] = frozenset()) -> ReadSheet:
    return ReadSheet("来访", False, tuple(enumerate(rows, 1)), formulas)


def test_headings_are_found_below_a_title_and_in_any_order() -> None:
    found = table(
        sheet(
            ("马屿镇××村来访登记台账",),
            ("填报单位：××村", None, "姓名"),
            ("备注", "金额（元）", "身份证号码", "姓名"),
            (None, 3, "33", "王"),
            (None, None, None, None),
            ("只有备注",),
            (None, 0),
        ),
        HEADINGS,
    )
    assert found.heading == 3
    assert found.columns == {"fee": 1, "id_no": 2, "name": 3}
    assert found.missing == ("came_at",)
    assert found.unknown == ("备注",)
    assert found.rows == (
        (4, {"fee": 3, "id_no": "33", "name": "王"}),
        (7, {"fee": 0, "id_no": None, "name": None}),
    )


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("姓 名", "姓名"),
        ("\u3000姓名：", "姓名"),
        ("*姓名", "姓名"),
        ("姓名\n（必填）", "姓名"),
        ("姓名[与身份证一致]", "姓名"),
        ("金额(元)", "金额（元）"),
        ("金额", "金额（元）"),
        ("ＩＤ号", "id号"),
        ("（一）", "(一)"),
        (2026, "2026"),
    ],
)
def test_headings_match_however_they_are_dressed(heading: Value, label: str) -> None:
    assert table(sheet((heading,), ("x",)), {label: "it"}).rows == ((2, {"it": "x"}),)


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("金额（万元）", "金额（元）"),
        ("金额", "金额（万元）"),
        ("金额（亿）", "金额"),
        ("占比（%）", "占比"),
        ("曾用姓名", "姓名"),
    ],
)
def test_headings_of_another_measure_do_not_match(heading: str, label: str) -> None:
    found = table(sheet((heading,), ("1",)), {label: "it"})
    assert (found.heading, found.columns, found.missing, found.rows) == (None, {}, ("it",), ())


def test_a_short_heading_that_could_be_two_columns_is_neither() -> None:
    both: Mapping[str, str] = {"人数（男）": "men", "人数（女）": "women", "日期": "day"}
    found = table(sheet(("人数", "日期", "人数（女）"), (1, 2, 3)), both)
    assert found.unknown == ("人数",)
    assert found.rows == ((2, {"day": 2, "women": 3}),)


def test_a_heading_that_comes_twice_is_read_once_and_told() -> None:
    found = table(sheet(("姓名", "身份证号", "姓名（必填）"), ("王", "33", "李")), HEADINGS)
    assert found.doubled == ("姓名（必填）",)
    assert found.rows == ((2, {"name": "王", "id_no": "33"}),)


def test_one_word_alone_is_no_row_of_headings() -> None:
    found = table(sheet(("姓名",), ("王",)), HEADINGS)
    assert found.heading is None
    assert found.missing == ("name", "id_no", "fee", "came_at")


def test_a_sheet_without_rows_has_no_table() -> None:
    assert table(sheet(), HEADINGS).heading is None
    assert table(sheet(("x",)), {}).heading is None


def test_headings_are_looked_for_in_the_first_twenty_rows() -> None:
    blank: tuple[Value, ...] = ("x",)
    head: tuple[Value, ...] = ("姓名", "身份证号")
    assert table(sheet(*[blank] * (HEADING_ROWS - 1), head), HEADINGS).heading == HEADING_ROWS
    assert table(sheet(*[blank] * HEADING_ROWS, head), HEADINGS).heading is None


def test_closing_lines_end_the_table() -> None:
    found = table(
        sheet(
            ("姓名", "身份证号"),
            ("校验码", "33"),
            ("校验员",),
            (None, "校验码：3F9A-12C4"),
            ("主要负责人：", "审核人："),
        ),
        HEADINGS,
        ("校验码", "合计"),
    )
    assert [row for row, _values in found.rows] == [2, 3]
    assert found.closing == ("校验码：3F9A-12C4", "主要负责人：", "审核人：")


def test_formulas_are_told_by_row_and_column_even_without_a_result() -> None:
    reckoned = frozenset({(1, 1), (2, 2), (3, 1), (3, 3)})
    found = table(sheet(("姓名", "金额"), ("王", 3), (None,), formulas=reckoned), HEADINGS)
    assert found.formulas == {(2, "fee"), (3, "name")}
    assert found.rows[1] == (3, {"name": None, "fee": None})


@given(
    st.permutations(["姓名", "身份证号", "金额（元）", "来访时间", "备注", "序号"]),
    st.integers(0, HEADING_ROWS - 1),
)
def test_the_order_of_columns_and_the_place_of_the_table_do_not_matter(order: list[str], above: int) -> None:
    cells = tuple(f"{label}的值" for label in order)
    found = table(sheet(*[("说明",)] * above, tuple(order), cells), HEADINGS)
    values = {"name": "姓名的值", "id_no": "身份证号的值", "fee": "金额（元）的值", "came_at": "来访时间的值"}
    assert found.rows == ((above + 2, values),)
    assert set(found.unknown) == {"备注", "序号"}
