"""Working days and deadlines, against the published notices and the vectors of the specification."""

import json
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.moments import Month
from ojr_desk.problems import Damaged
from ojr_desk.rules.workdays import (
    KINDS,
    SEED_YEARS,
    Calendar,
    CalendarDay,
    Deadline,
    read_pack,
    seed,
    write_pack,
)

CALENDAR = Calendar(seed(), SEED_YEARS)
NO_NOTICES = Calendar((), frozenset())
KNOWN_DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))
ANY_DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
COUNTS = st.integers(0, 80)


def spans(year: int, *texts: str) -> set[date]:
    """Read `05-01…05` or `01-28…02-04` as the days of *year* that it spans."""
    days = set()
    for text in texts:
        first, _, last = text.partition("…")
        start = date.fromisoformat(f"{year}-{first}")
        end = date.fromisoformat(f"{year}-{last if '-' in last else first[:3] + last}") if last else start
        days |= {start + timedelta(step) for step in range((end - start).days + 1)}
    return days


def test_the_working_days_of_each_month_of_2026_add_up_to_248() -> None:
    counts = [CALENDAR.working_days_of(Month(2026, number)) for number in range(1, 13)]
    assert counts == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]
    assert sum(counts) == 248


@pytest.mark.parametrize(
    ("year", "off", "worked"),
    [
        (
            2025,
            spans(2025, "01-01", "01-28…02-04", "04-04…06", "05-01…05", "05-31…06-02", "10-01…08"),
            spans(2025, "01-26", "02-08", "04-27", "09-28", "10-11"),
        ),
        (
            2026,
            spans(2026, "01-01…03", "02-15…23", "04-04…06", "05-01…05", "06-19…21", "09-25…27", "10-01…07"),
            spans(2026, "01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
        ),
    ],
)
def test_the_seed_holds_the_notice_day_for_day(year: int, off: set[date], worked: set[date]) -> None:
    named = [entry for entry in seed() if entry.day.year == year]
    assert {entry.day for entry in named if entry.off} == off
    assert {entry.day for entry in named if not entry.off} == worked
    assert all(CALENDAR.is_working(day) for day in worked)
    assert not any(CALENDAR.is_working(day) for day in off)


def test_every_day_of_the_seeded_years_is_worked_as_the_library_says() -> None:
    day = date(2004, 1, 1)
    while day.year < 2027:
        assert CALENDAR.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(1)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-02-12", 3, "2026-02-24"), ("2026-02-13", 5, "2026-02-27"), ("2026-04-30", 3, "2026-05-08"),
        ("2026-09-18", 5, "2026-09-24"), ("2026-09-30", 3, "2026-10-10"), ("2026-11-20", 5, "2026-11-27"),
        ("2026-01-01", 1, "2026-01-04"), ("2026-11-22", 0, "2026-11-22"), ("2025-12-31", 1, "2026-01-04"),
    ],
)  # fmt: skip
def test_working_days_are_counted_from_the_day_after(start: str, count: int, end: str) -> None:
    deadline = CALENDAR.working_days_after(date.fromisoformat(start), count)
    assert deadline == Deadline(date.fromisoformat(end), estimated=False)


def test_a_count_into_a_year_without_its_notice_is_estimated() -> None:
    assert CALENDAR.working_days_after(date(2026, 12, 30), 3) == Deadline(date(2027, 1, 5), estimated=True)
    assert CALENDAR.natural_days_after(date(2026, 12, 20), 12) == Deadline(date(2027, 1, 4), estimated=True)


def test_a_count_that_only_ends_at_the_last_day_of_a_known_year_is_not_estimated() -> None:
    assert CALENDAR.working_days_after(date(2026, 12, 30), 1) == Deadline(date(2026, 12, 31), estimated=False)


def test_a_count_that_starts_in_a_missing_year_is_estimated() -> None:
    assert Calendar(seed(), frozenset({2026})).working_days_after(date(2025, 12, 30), 5).estimated


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-02-01", 15, "2026-02-24"), ("2026-08-02", 60, "2026-10-08"), ("2026-09-17", 15, "2026-10-08"),
        ("2026-11-01", 15, "2026-11-16"), ("2026-11-06", 15, "2026-11-23"), ("2026-11-22", 0, "2026-11-22"),
        ("2026-01-03", 1, "2026-01-04"),
    ],
)  # fmt: skip
def test_natural_days_that_end_on_a_free_day_roll_to_the_next_working_day(
    start: str, count: int, end: str
) -> None:
    deadline = CALENDAR.natural_days_after(date.fromisoformat(start), count)
    assert deadline == Deadline(date.fromisoformat(end), estimated=False)


@given(ANY_DAYS, COUNTS)
def test_a_deadline_lies_as_many_working_days_away_as_were_counted(start: date, count: int) -> None:
    deadline = CALENDAR.working_days_after(start, count)
    assert CALENDAR.working_days_between(start, deadline.day) == count
    assert count == 0 or CALENDAR.is_working(deadline.day)
    assert deadline.estimated == any(
        CALENDAR.is_estimated(start + timedelta(step)) for step in range(1, (deadline.day - start).days + 1)
    )


@given(ANY_DAYS, COUNTS)
def test_a_natural_deadline_is_never_early_and_always_a_working_day(start: date, count: int) -> None:
    end = CALENDAR.natural_days_after(start, count).day
    assert end >= start + timedelta(count)
    assert count == 0 or CALENDAR.is_working(end)
    assert CALENDAR.working_days_between(start + timedelta(count), end) <= 1


@given(ANY_DAYS, ANY_DAYS, st.lists(st.tuples(ANY_DAYS, ANY_DAYS), max_size=4))
def test_pauses_only_ever_shorten_a_count(start: date, end: date, pauses: list[tuple[date, date]]) -> None:
    whole = CALENDAR.working_days_between(start, end)
    assert 0 <= CALENDAR.working_days_between(start, end, pauses) <= whole
    assert CALENDAR.working_days_between(start, end, [(start, end)]) == 0


def test_the_days_after_a_pause_began_until_its_end_do_not_count() -> None:
    monday, next_friday = date(2026, 11, 16), date(2026, 11, 27)
    assert CALENDAR.working_days_between(monday, next_friday) == 9
    assert CALENDAR.working_days_between(monday, next_friday, [(date(2026, 11, 18), date(2026, 11, 20))]) == 7
    same_days_twice = [(date(2026, 11, 18), date(2026, 11, 20))] * 2
    assert CALENDAR.working_days_between(monday, next_friday, same_days_twice) == 7
    assert CALENDAR.working_days_between(monday, next_friday, [(date(2026, 11, 25), date(2026, 12, 25))]) == 7
    assert CALENDAR.working_days_between(next_friday, monday) == 0


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-11-23", "working"), ("2026-11-22", "weekend"), ("2026-01-04", "makeup"), ("2026-09-20", "makeup"),
        ("2026-01-01", "holiday"), ("2026-01-02", "lieu"), ("2026-01-03", "weekend"), ("2026-02-16", "holiday"),
        ("2026-02-20", "lieu"), ("2026-05-02", "holiday"), ("2026-05-03", "weekend"), ("2026-05-04", "lieu"),
        ("2024-05-02", "lieu"), ("2026-06-19", "holiday"), ("2026-10-03", "holiday"), ("2026-10-07", "lieu"),
        ("2027-05-01", "holiday"), ("2027-10-04", "working"), ("2027-10-09", "weekend"), ("2025-10-06", "holiday"),
    ],
)  # fmt: skip
def test_each_day_is_of_its_kind(day: str, kind: str) -> None:
    assert CALENDAR.kind(date.fromisoformat(day)) == kind


@given(ANY_DAYS)
def test_a_day_is_worked_exactly_when_its_kind_says_so(day: date) -> None:
    assert CALENDAR.is_working(day) == (CALENDAR.kind(day) in ("working", "makeup"))
    assert CALENDAR.kind(day) in KINDS


def test_without_a_notice_only_fixed_holidays_and_weekends_are_free() -> None:
    weekdays_off = {
        day
        for step in range(365)
        if (day := date(2029, 1, 1) + timedelta(step)).weekday() < 5 and not NO_NOTICES.is_working(day)
    }
    assert weekdays_off == spans(2029, "01-01", "05-01…02", "10-01…03")
    assert NO_NOTICES.is_estimated(date(2029, 1, 1))


def test_the_next_years_notice_governs_the_end_of_december() -> None:
    monday, saturday = date(2029, 12, 31), date(2029, 12, 29)
    days = (CalendarDay(monday, "元旦", True), CalendarDay(saturday, "元旦", False))
    calendar = Calendar(days, frozenset({2029, 2030}))
    assert calendar.is_working(saturday) and not calendar.is_working(monday)


def test_a_later_correction_of_one_day_holds() -> None:
    day = date(2026, 2, 24)
    assert not Calendar((*seed(), CalendarDay(day, "春节", True)), SEED_YEARS).is_working(day)


DAYS = [
    {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
    {"name": "元旦", "date": "2026-12-31", "isOffDay": True},
    {"name": "元旦", "date": "2027-01-03", "isOffDay": False},
]
PACK = {
    "$schema": "https://example.org/schema.json",
    "year": 2027,
    "papers": ["https://example.org/notice"],
    "days": DAYS,
}


def test_a_pack_is_read_in_the_order_of_its_days() -> None:
    year, days = read_pack(json.dumps(PACK))
    assert year == 2027
    assert days == (
        CalendarDay(date(2026, 12, 31), "元旦", True),
        CalendarDay(date(2027, 1, 1), "元旦", True),
        CalendarDay(date(2027, 1, 3), "元旦", False),
    )


def test_an_empty_pack_is_refused_because_the_notice_is_not_out() -> None:
    with pytest.raises(Damaged, match="还没有公布"):
        read_pack('{"year": 2027, "papers": [], "days": []}')


def test_a_pack_that_says_two_things_of_one_day_is_refused() -> None:
    twice = PACK | {"days": [*DAYS, {"name": "元旦", "date": "2027-01-01", "isOffDay": False}]}
    with pytest.raises(Damaged, match="写了两次"):
        read_pack(json.dumps(twice))


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "7", '"x"', '{"year": 2027}', '{"year": 2027, "days": null}', '{"year": 2027, "days": [1]}',
        '{"year": 2027, "days": [{"name": "x", "date": "2027-02-30", "isOffDay": true}]}',
        '{"year": 2027, "days": [{"name": "x", "date": "2028-01-01", "isOffDay": true}]}',
        '{"year": 2027, "days": [{"name": "x", "date": "2026-11-30", "isOffDay": true}]}',
        '{"year": 2027, "days": [{"name": "", "date": "2027-01-01", "isOffDay": true}]}',
        '{"year": 2027, "days": [{"name": "x", "date": "2027-01-01", "isOffDay": 1}]}',
        '{"year": true, "days": [{"name": "x", "date": "2027-01-01", "isOffDay": true}]}',
        '{"year": "2027", "days": [{"name": "x", "date": "2027-01-01", "isOffDay": true}]}',
        '{"year": 99999, "days": [{"name": "x", "date": "2027-01-01", "isOffDay": true}]}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_pack_is_refused(text: str) -> None:
    with pytest.raises(Damaged, match="节假日文件"):
        read_pack(text)


@given(
    st.integers(2004, 2100).flatmap(
        lambda year: st.tuples(
            st.just(year),
            st.dictionaries(
                st.dates(date(year - 1, 12, 1), date(year, 12, 31)),
                st.tuples(st.sampled_from(["元旦", "春节", "国庆节、中秋节", "春节调休"]), st.booleans()),
                min_size=1,
            ),
        )
    )
)
def test_a_written_pack_is_read_back_unchanged(pack: tuple[int, dict[date, tuple[str, bool]]]) -> None:
    year, entries = pack
    days = [CalendarDay(day, name, off) for day, (name, off) in entries.items()]
    assert read_pack(write_pack(year, days)) == (year, tuple(sorted(days, key=lambda named: named.day)))


def test_a_written_pack_is_readable_by_other_programs() -> None:
    text = write_pack(2026, [CalendarDay(date(2026, 1, 1), "元旦", True)])
    assert json.loads(text) == {
        "year": 2026,
        "papers": [],
        "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": True}],
    }
    assert "元旦" in text
