"""Repeats: the days of RFC 5545, and a sentence for what never ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.moments import Month
from ojr_desk.problems import Wrong
from ojr_desk.rules.repeats import EVERY, LONGEST, MOST, Repeat, dates, lacking

#: The examples of RFC 5545, 3.8.5.3, that these rules cover: all of them begin in September 1997.
TUESDAY, FRIDAY, MONDAY = date(1997, 9, 2), date(1997, 9, 5), date(1997, 9, 1)


def days(*told: str) -> list[date]:
    """Read "9: 2 9 16" as days of September 1997; a month before the one above it is of the next year."""
    found: list[date] = []
    year, before = 1997, 0
    for each in told:
        month, _colon, numbers = each.partition(":")
        year += int(month) < before
        before = int(month)
        found += [date(year, before, int(number)) for number in numbers.split()]
    return found


RFC = {
    "weekly for 10 occurrences": (
        TUESDAY,
        Repeat(count=10),
        days("9: 2 9 16 23 30", "10: 7 14 21 28", "11: 4"),
    ),
    "weekly until 24 December": (
        TUESDAY,
        Repeat(until=date(1997, 12, 23)),
        days("9: 2 9 16 23 30", "10: 7 14 21 28", "11: 4 11 18 25", "12: 2 9 16 23"),
    ),
    "every other week": (
        TUESDAY,
        Repeat(interval=2, count=13),
        days("9: 2 16 30", "10: 14 28", "11: 11 25", "12: 9 23", "1: 6 20", "2: 3 17"),
    ),
    "weekly on Tuesday and Thursday for five weeks": (
        TUESDAY,
        Repeat(weekdays=(2, 4), count=10),
        days("9: 2 4 9 11 16 18 23 25 30", "10: 2"),
    ),
    "every other week on Monday, Wednesday and Friday until 24 December": (
        MONDAY,
        Repeat(interval=2, weekdays=(1, 3, 5), until=date(1997, 12, 23)),
        days("9: 1 3 5 15 17 19 29", "10: 1 3 13 15 17 27 29 31", "11: 10 12 14 24 26 28", "12: 8 10 12 22"),
    ),
    "monthly on the first Friday for 10 occurrences": (
        FRIDAY,
        Repeat("month_weekday", weekdays=(5,), nth=1, count=10),
        days("9: 5", "10: 3", "11: 7", "12: 5", "1: 2", "2: 6", "3: 6", "4: 3", "5: 1", "6: 5"),
    ),
    "monthly on the first Friday until 24 December": (
        FRIDAY,
        Repeat("month_weekday", weekdays=(5,), nth=1, until=date(1997, 12, 24)),
        days("9: 5", "10: 3", "11: 7", "12: 5"),
    ),
    "monthly on the last Monday, as the second-to-last one is not offered": (
        date(1997, 9, 22),
        Repeat("month_weekday", weekdays=(1,), nth=-1, count=6),
        days("9: 29", "10: 27", "11: 24", "12: 29", "1: 26", "2: 23"),
    ),
    "monthly on the second day": (
        TUESDAY,
        Repeat("month_day", day=2, count=4),
        days("9: 2", "10: 2", "11: 2", "12: 2"),
    ),
    "monthly on the last day": (
        date(1997, 9, 30),
        Repeat("month_day", day=-1, count=6),
        days("9: 30", "10: 31", "11: 30", "12: 31", "1: 31", "2: 28"),
    ),
    "every 18 months on the tenth": (
        date(1997, 9, 10),
        Repeat("month_day", interval=18, count=2),
        [date(1997, 9, 10), date(1999, 3, 10)],
    ),
    "an invalid date is ignored": (
        date(2007, 1, 15),
        Repeat("month_day", day=30, count=4),
        [date(2007, 1, 30), date(2007, 3, 30), date(2007, 4, 30), date(2007, 5, 30)],
    ),
}


@pytest.mark.parametrize(("first", "repeat", "expected"), RFC.values(), ids=RFC)
def test_the_examples_of_the_rfc_give_its_days(first: date, repeat: Repeat, expected: list[date]) -> None:
    assert list(dates(first, repeat)) == expected


def test_the_31st_leaves_out_the_months_that_have_none_and_names_them() -> None:
    first, last = date(2026, 12, 31), date(2027, 6, 30)
    repeat = Repeat("month_day", until=last)
    assert [each.month for each in dates(first, repeat)] == [12, 1, 3, 5]
    assert lacking(first, last, repeat) == (Month(2027, 2), Month(2027, 4), Month(2027, 6))


def test_a_fifth_monday_names_the_months_that_have_none() -> None:
    first = date(2026, 11, 30)
    repeat = Repeat("month_weekday", until=date(2027, 3, 31))
    assert dates(first, repeat) == (first, date(2027, 3, 29))
    assert lacking(first, date(2027, 3, 31), repeat) == (
        Month(2026, 12),
        Month(2027, 1),
        Month(2027, 2),
    )


@pytest.mark.parametrize(
    ("repeat", "told"),
    [
        (Repeat(), "重复到哪一天"),
        (Repeat(until=date(2036, 11, 22)), "最多重复到2028-11-22"),
        (Repeat(count=MOST), "太远了"),
        (Repeat(count=MOST + 1), "次数请填"),
        (Repeat(weekdays=tuple(range(1, 8)), until=date(2028, 11, 22)), "一次最多订400场"),
        (Repeat(until=date(2026, 11, 1)), "早于第一次"),
        (Repeat("month_day", day=31, until=date(2026, 11, 30)), "没有这样的日子"),
        (Repeat("daily", count=2), "怎样重复"),
        (Repeat(interval=0, count=2), "隔几周"),
        (Repeat(weekdays=(0,), count=2), "1是星期一"),
        (Repeat("month_weekday", nth=6, count=2), "第几个"),
        (Repeat("month_day", day=32, count=2), "几日"),
        (Repeat("month_day", day=-2, count=2), "几日"),
        (Repeat(count=-1), "次数请填"),
    ],
)
def test_what_makes_no_series_is_told(repeat: Repeat, told: str) -> None:
    with pytest.raises(Wrong) as wrong:
        dates(date(2026, 11, 22), repeat)
    assert told in wrong.value.message


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.builds(
        Repeat,
        st.sampled_from(list(EVERY)),
        st.integers(1, 12),
        st.sets(st.integers(1, 7), max_size=3).map(lambda found: tuple(sorted(found))),
        st.sampled_from([-1, 0, 1, 2, 3, 4, 5]),
        st.sampled_from([-1, 0, *range(1, 32)]),
        count=st.integers(1, 60),
    ),
)
def test_days_come_in_order_within_two_years_and_are_such_as_were_asked_for(
    first: date, repeat: Repeat
) -> None:
    try:
        found = dates(first, repeat)
    except Wrong as wrong:
        assert wrong.code in ("too_long", "no_days")
        return
    assert list(found) == sorted(set(found))
    assert len(found) == repeat.count
    assert first <= found[0]
    assert found[-1] <= first + LONGEST
    for each in found:
        if repeat.every == "month_day":
            is_last = (each + timedelta(days=1)).month != each.month
            assert is_last if repeat.day == -1 else each.day == (repeat.day or first.day)
        else:
            assert each.isoweekday() in (repeat.weekdays or (first.isoweekday(),))
