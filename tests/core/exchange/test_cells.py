"""Cells as text that a person would have typed."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.exchange.cells import Fault, Format, Value, text_of, typed
from ojr_desk.problems import Wrong


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("\u3000王 某\u200b\xa0", "王 某"),
        ("一\r\n二\r三", "一\n二\n三"),
        (0, "0"),
        (-3, "-3"),
        (0.0, "0"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1e16, "10000000000000000"),
        (Decimal("12.50"), "12.50"),
        (True, "是"),
        (False, "否"),
        (date(2026, 9, 1), "2026-09-01"),
        (datetime(2026, 9, 1), "2026-09-01 00:00"),
        (datetime(2026, 9, 1, 8, 30), "2026-09-01 08:30"),
        (datetime(2026, 9, 1, 8, 30, 5), "2026-09-01 08:30:05"),
        (time(8, 30), "08:30"),
        (timedelta(hours=36, minutes=5), "36:05"),
        (Fault("#REF!"), "#REF!"),
    ],
)
def test_a_cell_reads_as_a_person_reads_it(value: Value, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("format", "value", "text"),
    [
        ("text", 13800138000, "13800138000"),
        ("text", 330102990101123, "330102990101123"),
        ("text", 13800138000.0, "13800138000"),
        ("text", "３３０１０２", "３３０１０２"),
        ("text", " 0012 ", "0012"),
        ("text", date(2026, 3, 4), "2026-03-04"),
        ("text", True, "是"),
        ("date", date(2026, 9, 1), "2026-09-01"),
        ("date", datetime(2026, 9, 1, 8, 30), "2026-09-01"),
        ("date", 46266, "2026-09-01"),
        ("date", 46266.0, "2026-09-01"),
        ("date", 36526, "2000-01-01"),
        ("date", 73050, "2099-12-31"),
        ("date", 36525, "36525"),
        ("date", 73051, "73051"),
        ("date", 20260901, "20260901"),
        ("date", "２０２６．９．１\u3000", "2026.9.1"),
        ("date", True, "是"),
        ("date", None, ""),
        ("moment", datetime(2026, 9, 1, 8, 30), "2026-09-01 08:30"),
        ("moment", date(2026, 9, 1), "2026-09-01"),
        ("moment", 46266.354166666664, "2026-09-01 08:30"),
        ("moment", 46266, "2026-09-01"),
        ("moment", 12, "12"),
        ("moment", "2026年9月1日　８：３０", "2026年9月1日 8:30"),
        ("clock", time(8, 30), "08:30"),
        ("clock", datetime(2026, 9, 1, 8, 30), "08:30"),
        ("clock", 0.3541666666666667, "08:30"),
        ("clock", timedelta(hours=8, minutes=30), "08:30"),
        ("clock", timedelta(hours=36), "36:00"),
        ("clock", 8, "8"),
        ("clock", "８：３０", "8:30"),
        ("integer", 12, "12"),
        ("integer", 12.0, "12"),
        ("integer", 12.5, "12.5"),
        ("integer", " １２ ", "12"),
        ("integer", "2000万", "2000万"),
        ("integer", None, ""),
        ("integer", 0, "0"),
        ("decimal", 12.1, "12.1"),
        ("decimal", 1234567.89, "1234567.89"),
        ("decimal", Decimal("0.10"), "0.10"),
    ],
)
def test_a_cell_becomes_what_a_person_would_have_typed(format: Format, value: Value, text: str) -> None:
    assert typed(value, format) == text


@pytest.mark.parametrize(
    ("format", "value", "code"),
    [
        ("text", 330102199001011000, "excel_rounded"),
        ("text", 3.30102199001011e17, "excel_rounded"),
        ("text", 1000000000000000, "excel_rounded"),
        ("text", "3.30102E+17", "excel_rounded"),
        ("text", "1.38E+10", "excel_rounded"),
        ("text", Fault("#N/A"), "cell_error"),
        ("date", Fault("#REF!"), "cell_error"),
        ("integer", date(2026, 3, 4), "date_for_number"),
        ("decimal", datetime(2026, 3, 4, 5), "date_for_number"),
        ("integer", timedelta(hours=3), "date_for_number"),
    ],
)
def test_what_is_lost_already_is_refused_with_the_way_out(format: Format, value: Value, code: str) -> None:
    with pytest.raises(Wrong, match="请") as caught:
        typed(value, format)
    assert caught.value.code == code


def test_a_bare_number_counts_from_1904_where_the_workbook_does() -> None:
    assert typed(46266 - 1462, "date", epoch_1904=True) == "2026-09-01"
    assert typed(46266.5 - 1462, "moment", epoch_1904=True) == "2026-09-01 12:00"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_that_excel_counts_is_the_day_it_shows(day: date) -> None:
    assert typed((day - date(1899, 12, 30)).days, "date") == day.isoformat()


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_number_that_excel_keeps_is_written_in_full(number: int) -> None:
    assert typed(number, "text") == typed(float(number), "text") == str(number)
