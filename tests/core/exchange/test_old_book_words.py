"""What is no record: totals, signatures, lines between; what is no value: 无, /, —; when a title speaks of."""

import pytest

from ojr_desk.exchange.old_book_words import (
    Period,
    arabic,
    is_closing,
    is_ditto,
    is_nothing,
    is_ordinal,
    is_period,
    is_total,
    name_and_telephone,
    number_of,
    period_of,
)
from ojr_desk.moments import plain


@pytest.mark.parametrize("text", ["", "无", "/", "／", "—", "——", "-", "暂无", "不详", "N/A", "。", "×"])
def test_words_for_nothing_are_nothing(text: str) -> None:
    assert is_nothing(plain(text))


@pytest.mark.parametrize("text", ["0", "1/2", "吴", "无理取闹", "张三", "A-1"])
def test_other_words_are_something(text: str) -> None:
    assert not is_nothing(text)


@pytest.mark.parametrize("text", ["同上", "〃", "″", '"', "”", "″″"])
def test_marks_of_repetition(text: str) -> None:
    assert is_ditto(text)
    assert not is_ditto(f"{text}人")


@pytest.mark.parametrize(
    "texts",
    [
        ["合 计", "35"],
        ["合计：35人次"],
        ["小计"],
        ["本月小计", "3"],
        ["3月合计"],
        ["2025年总计"],
        ["1", "合计", "9"],
    ],
)
def test_totals_are_no_records(texts: list[str]) -> None:
    assert is_total(texts)


@pytest.mark.parametrize(
    "texts",
    [
        ["制表人：王芳", "审核人：李伟"],
        ["审核人", "李伟"],
        ["负责人（签字）：", ""],
        ["单位负责人:"],
        ["填表日期：2025年3月31日"],
        ["注：电话可留家人的"],
        ["说明：以上均为现场答复"],
        ["（以下空白）"],
        ["第 1 页 共 3 页"],
        ["村主任签字"],
    ],
)
def test_lines_of_signatures_and_notes_are_no_records(texts: list[str]) -> None:
    assert is_closing(texts)


@pytest.mark.parametrize(
    "texts",
    [["1", "3.8", "张三"], ["张三", "低保"], ["注册公司", "x"], ["3.8", "合计不对"]],
)
def test_records_are_neither(texts: list[str]) -> None:
    assert not is_closing(texts)
    assert not is_total(texts)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("龙川村2025年3月群众来访登记表", Period(2025, 3)),
        ("二〇二五年三月", Period(2025, 3)),
        ("25年12月", Period(2025, 12)),
        ("202503", Period(2025, 3)),
        ("2025.3", Period(2025, 3)),
        ("2025", Period(2025, None)),
        ("三月份", Period(None, 3)),
        ("2024-2025年度", Period()),
        ("2024年12月—2025年1月", Period()),
        ("来访登记", Period()),
    ],
)
def test_a_title_tells_its_time_where_it_is_certain(title: str, period: Period) -> None:
    assert period_of(title) == period


def test_what_a_nearer_title_says_goes_before() -> None:
    assert Period(None, 3) | Period(2025, None) == Period(2025, 3)
    assert Period(2025, None) | Period(2025, 3) == Period(2025, 3)
    assert Period(2025, None) | Period(2024, 3) == Period(2025, None)
    assert Period(2025, 3) | Period(2024, 4) == Period(2025, 3)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("3月", True), ("2025年4月份", True), ("3月8日", False), ("3", False)],
)
def test_a_line_that_only_names_a_month(text: str, is_one: bool) -> None:
    assert is_period(text) is is_one


def test_numbers_in_words_are_digits() -> None:
    assert arabic("三月二十一日上午十点") == "3月21日上午10点"
    assert arabic("廿五日") == "25日"
    assert arabic("一家三口") == "一家三口"


def test_a_count_may_bear_its_unit() -> None:
    assert [number_of(each) for each in ("3人", "12 人次", "1,200平方米", "约3人", "三人")] == [
        "3", "12", "1,200", "约3人", "三人",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("张三 13805770001", ("张三", "13805770001")),
        ("张三（0577-66661234）", ("张三", "0577-66661234")),
        ("13805770001/张三", ("张三", "13805770001")),
        ("张三", ("张三", "")),
    ],
)
def test_a_name_and_a_telephone_in_one_cell_are_two(cell: str, parts: tuple[str, str]) -> None:
    assert name_and_telephone(cell) == parts


@pytest.mark.parametrize("heading", ["序号", "序 号", "No.", "顺序号"])
def test_columns_that_count_rows(heading: str) -> None:
    assert is_ordinal(heading)
