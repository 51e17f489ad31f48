"""What may be typed as a day, a time or a month."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.moments import Month, parse_clock, parse_day, parse_moment, plain, show_day, show_moment
from ojr_desk.problems import Wrong

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 17, 45, 30)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22", "2026.11.22", "2026/11/22", "20261122", "2026年11月22日", "11.22", "11-22", "11/22",
        "11月22日", "11月22号", "2026-11-22 00:00:00", "2026-11-22T00:00:00", "２０２６－１１－２２", "２０２６年１１月２２日",
        " 2026 年 11 月 22 日 ", "　2026-11-22　", "\u200b2026-11-22\ufeff", "2026—11—22", "2026。11。22",
        "今天", "今日", "t", "T", "+0",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_day_is_understood(text: str) -> None:
    assert parse_day(text, TODAY) == TODAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天", date(2026, 11, 21)), ("前天", date(2026, 11, 20)), ("-1", date(2026, 11, 21)), ("－1", date(2026, 11, 21)),
        ("t-1", date(2026, 11, 21)), ("-30", date(2026, 10, 23)), ("明天", date(2026, 11, 23)), ("后天", date(2026, 11, 24)),
        ("+7", date(2026, 11, 29)),
    ],
)  # fmt: skip
def test_a_day_may_be_told_from_today(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


def test_a_day_without_a_year_is_the_latest_one_not_after_today() -> None:
    assert parse_day("11.23", TODAY) == date(2025, 11, 23)
    assert parse_day("12月31日", TODAY) == date(2025, 12, 31)
    assert parse_day("1-1", TODAY) == date(2026, 1, 1)


def test_a_leap_day_without_a_year_goes_back_to_the_last_leap_year() -> None:
    assert parse_day("2.29", TODAY) == date(2024, 2, 29)
    assert parse_day("2.29", date(2104, 2, 28)) == date(2096, 2, 29)


@pytest.mark.parametrize("text", ["2026-02-30", "2026年13月1日", "13月1日", "2.30", "20261301"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(Wrong, match="没有") as refused:
        parse_day(text, TODAY)
    assert refused.value.code == "no_such_day"


@pytest.mark.parametrize("text", ["1850-01-01", "0026-11-22", "3026-11-22"])
def test_a_day_of_a_year_that_nobody_means_is_not_said_to_be_missing(text: str) -> None:
    with pytest.raises(Wrong, match="的年份不对，要在 1900 到 2199 之间"):
        parse_day(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "2026", "2026-11", "26-11-22", "1122", "46348", "2026-11/22", "2026-11-2 2", "2026-1-1 1", "13月",
        "下周三", "2026-11-22 08:05", "١١-٢٢", "9" * 100_000, "2026-11-22\x00", "--1", "-1000", "²",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Wrong, match="2026-11-22") as refused:
        parse_day(text, TODAY)
    assert refused.value.code == "day"
    assert len(refused.value.message) < 80


@given(DAYS, st.dates())
def test_a_day_shown_and_typed_again_is_the_same_day(day: date, today: date) -> None:
    assert parse_day(show_day(day), today) == day


@given(DAYS)
def test_a_day_of_this_year_needs_no_year(today: date) -> None:
    assert parse_day(f"{today.month}.{today.day}", today) == today


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("08:30", time(8, 30)), ("8:05", time(8, 5)), ("０８：３０", time(8, 30)), ("0830", time(8, 30)), ("08:30:59", time(8, 30)),
        ("8点", time(8)), ("8点半", time(8, 30)), ("8点一刻", time(8, 15)), ("8点三刻", time(8, 45)), ("8点整", time(8)),
        ("8点钟", time(8)), ("8时5分", time(8, 5)), ("上午8点半", time(8, 30)), ("下午3点05分", time(15, 5)), ("下午 3:05", time(15, 5)),
        ("下午15:05", time(15, 5)), ("下午12点半", time(12, 30)), ("中午1点", time(13)), ("中午11点半", time(11, 30)),
        ("傍晚6点", time(18)), ("晚上8点", time(20)), ("晚上20:15", time(20, 15)), ("夜里11点", time(23)), ("夜里2点", time(2)),
        ("凌晨0点", time(0)), ("凌晨5点", time(5)), ("0:00", time(0)), ("23:59", time(23, 59)), ("8 : 30", time(8, 30)),
    ],
)  # fmt: skip
def test_every_way_of_writing_a_time_is_understood(text: str, clock: time) -> None:
    assert parse_clock(text) == clock


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("24:00", "no_such_time"), ("8:60", "no_such_time"), ("2500", "no_such_time"), ("25点", "no_such_time"),
        ("上午12点", "ambiguous"), ("晚上12点", "ambiguous"), ("夜里12点", "ambiguous"), ("上午15点", "ambiguous"),
        ("下午0点", "ambiguous"), ("凌晨9点", "ambiguous"), ("", "clock"), ("8", "clock"), ("8:5", "clock"), ("半夜", "clock"),
        ("8.30", "clock"), ("8:30:99999", "clock"),
    ],
)  # fmt: skip
def test_a_time_that_is_none_or_may_mean_two_is_refused(text: str, code: str) -> None:
    with pytest.raises(Wrong) as refused:
        parse_clock(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22 8:05", datetime(2026, 11, 22, 8, 5)), ("11月22日 上午8点半", datetime(2026, 11, 22, 8, 30)),
        ("11月22日上午8点半", datetime(2026, 11, 22, 8, 30)), ("08:30", datetime(2026, 11, 22, 8, 30)),
        ("下午3点", datetime(2026, 11, 22, 15)), ("昨天 15:20", datetime(2026, 11, 21, 15, 20)),
        ("昨天下午3点20", datetime(2026, 11, 21, 15, 20)), ("-1 9:00", datetime(2026, 11, 21, 9)),
        ("2026-11-22T08:05:59", datetime(2026, 11, 22, 8, 5)), ("2026-11-22t08:05:59.123456", datetime(2026, 11, 22, 8, 5)),
        ("2026-11-22T08:05:00+08:00", datetime(2026, 11, 22, 8, 5)), ("20261122 08:05", datetime(2026, 11, 22, 8, 5)),
        ("2026/11/22　８：０５", datetime(2026, 11, 22, 8, 5)), ("2026年11月22日 8 点 5 分", datetime(2026, 11, 22, 8, 5)),
        ("11.22 8:05", datetime(2026, 11, 22, 8, 5)), ("2026-11-22 00:00:00", datetime(2026, 11, 22)),
        ("现在", datetime(2026, 11, 22, 17, 45)),
    ],
)  # fmt: skip
def test_every_way_of_writing_a_moment_is_understood(text: str, moment: datetime) -> None:
    assert parse_moment(text, NOW) == moment


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-11-22", "no_time"), ("昨天", "no_time"), ("2026-02-30 08:00", "no_such_day"), ("2026-11-22 24:00", "no_such_time"),
        ("2026-11-218:05", "day"), ("2026-11-22T08:05:00Z", "clock"), ("2026-11-22 08:05 09:05", "clock"), ("", "day"),
        ("8", "day"), ("2026-11-22 晚上12点", "ambiguous"), ("1:" * 50_000, "clock"),
    ],
)  # fmt: skip
def test_a_moment_that_is_none_is_refused(text: str, code: str) -> None:
    with pytest.raises(Wrong) as refused:
        parse_moment(text, NOW)
    assert refused.value.code == code
    assert refused.value.message


@given(MOMENTS, st.datetimes())
def test_a_moment_shown_and_typed_again_is_the_same_moment(moment: datetime, now: datetime) -> None:
    assert parse_moment(show_moment(moment), now) == moment
    assert parse_moment(moment.isoformat(), now) == moment


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (lambda: parse_day(text, TODAY), lambda: parse_moment(text, NOW), lambda: parse_clock(text)):
        try:
            parse()
        except Wrong as wrong:
            assert wrong.message.strip()


@pytest.mark.parametrize(
    "text", ["2026-11", "202611", "2026年11月", "2026.11", "2026/11", "２０２６年１１月", " 2026-11 "]
)
def test_every_way_of_writing_a_month_is_understood(text: str) -> None:
    assert Month.parse(text) == Month(2026, 11)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "0026-11", "2026-11-22", "11月", "20261", "26-11"]
)
def test_what_is_no_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Wrong, match="2026-11"):
        Month.parse(text)


def test_a_month_knows_its_names_and_its_days() -> None:
    month = Month(2026, 2)
    assert (str(month), month.compact, month.title) == ("2026-02", "202602", "2026年2月")
    assert (month.first, month.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert Month(2024, 2).last == date(2024, 2, 29)
    assert date(2026, 2, 28) in month and datetime(2026, 2, 1, 23, 59) in month
    assert date(2025, 2, 28) not in month and date(2026, 3, 1) not in month


def test_months_follow_one_another_over_the_year() -> None:
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2027, 1).previous() == Month(2026, 12)
    assert sorted([Month(2027, 1), Month(2026, 12), Month(2026, 2)]) == [
        Month(2026, 2),
        Month(2026, 12),
        Month(2027, 1),
    ]


@given(DAYS)
def test_a_month_holds_its_days_and_is_read_back(day: date) -> None:
    month = Month.of(day)
    assert day in month and month.first <= day <= month.last
    assert Month.parse(str(month)) == Month.parse(month.compact) == Month.parse(month.title) == month
    assert month.next().previous() == month.previous().next() == month
    assert month.next() > month > month.previous()


def test_plain_text_has_no_full_width_and_no_invisible_marks() -> None:
    assert plain("　\u202a１３８\u200b０５７７\u202c\ufeff ") == "1380577"
