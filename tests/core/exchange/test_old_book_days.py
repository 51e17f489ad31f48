"""Days as people wrote them: in full, without the year, as numbers, in words; nothing is invented."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.exchange.cells import Fault, Value
from ojr_desk.exchange.old_book_days import Days, is_clock
from ojr_desk.exchange.old_book_words import Period
from ojr_desk.problems import Wrong

MARCH = Period(2025, 3)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025年3月8日", "2025-03-08"),
        ("2025 年 3 月 8 日", "2025-03-08"),
        ("2025.3.8", "2025-03-08"),
        ("2025、3、8", "2025-03-08"),
        ("2025/03/08", "2025-03-08"),
        ("２０２５－３－８", "2025-03-08"),
        ("20250308", "2025-03-08"),
        (20250308, "2025-03-08"),
        ("25.3.8", "2025-03-08"),
        ("'25-3-8", "2025-03-08"),
        ("25年3月8日", "2025-03-08"),
        ("二〇二五年三月八日", "2025-03-08"),
        ("二○二五年十二月二十一日", "2025-12-21"),
        ("3月8日", "2025-03-08"),
        ("3月8号（周六）", "2025-03-08"),
        ("3/8", "2025-03-08"),
        ("3.8", "2025-03-08"),
        ("3、8", "2025-03-08"),
        (3.8, "2025-03-08"),
        (11.22, "2025-11-22"),
        ("8日", "2025-03-08"),
        ("8", "2025-03-08"),
        (8, "2025-03-08"),
        (45724, "2025-03-08"),
        (45724.5, "2025-03-08 12:00"),
        (date(2025, 3, 8), "2025-03-08"),
        (datetime(2025, 3, 8, 9, 30), "2025-03-08 09:30"),
        ("2025-3-8 9:30", "2025-03-08 09:30"),
        ("2025-3-8 00:00:00", "2025-03-08"),
        ("2025-03-08T09:30:00", "2025-03-08 09:30"),
        ("2025-03-08 星期六 9：30", "2025-03-08 09:30"),
        ("3月8日上午9点", "2025-03-08 09:00"),
        ("3月8日\n下午3点半", "2025-03-08 15:30"),
        ("2025年3月8日9时05分", "2025-03-08 09:05"),
        ("3月8日上午", "2025-03-08"),
        ("  ", ""),
        (None, ""),
    ],
)
def test_a_day_is_read_however_it_was_written(written: Value, meant: str) -> None:
    assert Days(MARCH).read(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "前天", "t", "-1", "现在", "下午3点", time(9, 30), 0.5, "0.5", True,
        "2025年3月", "3月8日至10日", "3.8-3.10", "2025.2.30", "13.45", "3月8日25点", "有空再来", "合计",
    ],
)  # fmt: skip
def test_what_is_no_certain_day_is_told_and_never_taken_for_today(
    written: Value,
) -> None:
    with pytest.raises(Wrong, match="看不出是哪一天"):
        Days(MARCH).read(written)


def test_of_a_day_without_its_year_nobody_guesses_the_year() -> None:
    with pytest.raises(Wrong, match="“3月8日”没有写年份") as wrong:
        Days(Period()).read("3月8日")
    assert wrong.value.code == "no_year"


@pytest.mark.parametrize("number", [11.1, 11.2, 11.3])
def test_a_nought_that_a_spreadsheet_may_have_dropped_is_asked_for(
    number: float,
) -> None:
    with pytest.raises(Wrong, match="说不准是11月") as wrong:
        Days(MARCH).read(number)
    assert wrong.value.code == "ambiguous"


def test_a_formula_that_failed_is_told() -> None:
    with pytest.raises(Wrong, match="#REF!"):
        Days(MARCH).read(Fault("#REF!"))


def test_rows_go_by_the_year_of_the_rows_above_and_on_into_the_next() -> None:
    days = Days(Period())
    written = ["2024.12.30", "12.31", "1.2", "3.8"]
    assert [days.read(each, leads=True) for each in written] == [
        "2024-12-30", "2024-12-31", "2025-01-02", "2025-03-08",
    ]  # fmt: skip


def test_the_titles_year_holds_for_every_row() -> None:
    days = Days(Period(2025, None))
    assert [days.read(each, leads=True) for each in ("12.30", "1.2")] == [
        "2025-12-30",
        "2025-01-02",
    ]


def test_another_day_of_a_row_goes_by_the_rows_own() -> None:
    days = Days(Period(2025, None))
    days.read("12.30", leads=True)
    assert days.read("1.5") == "2026-01-05"
    assert days.read("12.31") == "2025-12-31"


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    assert Days(MARCH, epoch_1904=True).read(45724 - 1462) == "2025-03-08"


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [
        ("9:30", True),
        ("上午9点", True),
        (time(9, 30), True),
        (0.4, True),
        ("0930", False),
        ("3.8", False),
        (8, False),
    ],
)
def test_a_column_of_hours_is_known_by_its_cells(cell: Value, is_one: bool) -> None:
    assert is_clock(cell) is is_one


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from("-./年"))
def test_every_day_in_full_is_that_day(day: date, mark: str) -> None:
    texts = {"年": f"{day.year}年{day.month}月{day.day}日"}
    text = texts.get(mark, f"{day.year}{mark}{day.month}{mark}{day.day}")
    assert Days(Period()).read(text) == day.isoformat()


@given(st.text(max_size=12))
def test_whatever_stands_in_a_cell_is_a_day_or_is_told(text: str) -> None:
    try:
        said = Days(MARCH).read(text)
    except Wrong:
        return
    assert not said or date.fromisoformat(said[:10])
