"""Many backups of late, few of long ago, none of them by chance."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.backup.thinning import DAYS, MONTHS, WEEKS, kept

TODAY = date(2026, 11, 22)  # a Sunday
MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2026, 12, 31))


def at(day: str, hour: int = 12) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour))


def test_everything_of_the_last_two_days_stays() -> None:
    made = [at("2026-11-22", hour) for hour in range(24)] + [at("2026-11-20", hour) for hour in range(24)]
    assert kept(made, TODAY) == set(made)


def test_before_that_the_newest_of_each_day_stays() -> None:
    made = [at("2026-11-19", 8), at("2026-11-19", 17), at("2026-11-18", 9), at("2026-11-18", 10)]
    assert kept(made, TODAY) == {at("2026-11-19", 17), at("2026-11-18", 10)}


def test_a_year_of_daily_backups_leaves_this_table() -> None:
    made = [datetime.combine(TODAY - timedelta(days=age), time(17)) for age in range(400)]
    expected = """
        2026-11-22 2026-11-21 2026-11-20
        2026-11-19 2026-11-18 2026-11-17 2026-11-16 2026-11-15 2026-11-14
        2026-11-13 2026-11-12 2026-11-11 2026-11-10 2026-11-09 2026-11-08
        2026-11-01 2026-10-25 2026-10-18 2026-10-11 2026-10-04
        2026-09-27 2026-09-20 2026-09-13 2026-09-06 2026-08-30
        2026-07-31 2026-06-30 2026-05-31 2026-04-30 2026-03-31 2026-02-28
        2026-01-31 2025-12-31 2025-11-30 2025-10-31
    """
    assert sorted(kept(made, TODAY), reverse=True) == [at(day, 17) for day in expected.split()]


def test_a_pc_that_stood_still_loses_nothing() -> None:
    made = [at("2024-03-01"), at("2024-02-29"), at("2024-02-28")]
    assert kept(made, TODAY) == set(made)


def test_a_backup_of_tomorrow_stays_when_the_clock_was_wrong() -> None:
    made = [at("2027-05-05"), at("2027-05-05", 13)]
    assert kept(made, TODAY) == set(made)


def test_thinning_every_day_for_two_years_keeps_what_thinning_once_would() -> None:
    have: set[datetime] = set()
    for age in range(800, -1, -1):
        day = TODAY - timedelta(days=age)
        have = kept(have | {datetime.combine(day, time(hour)) for hour in (10, 16)}, day)
    once = {datetime.combine(TODAY - timedelta(days=age), time(16)) for age in range(3, 801)}
    daily = {moment for moment in have if TODAY - moment.date() > timedelta(days=2)}
    assert daily <= once
    assert len(daily) == DAYS + WEEKS + MONTHS
    spans = [newer - older for newer, older in zip(sorted(daily)[1:], sorted(daily), strict=False)]
    assert max(spans) <= timedelta(days=31 + 6)


@given(st.lists(MOMENTS, max_size=200))
def test_the_newest_always_stays_and_a_second_thinning_changes_nothing(made: list[datetime]) -> None:
    stay = kept(made, TODAY)
    assert stay <= set(made)
    assert kept(stay, TODAY) == stay
    if made:
        assert max(made) in stay
        assert {moment for moment in made if TODAY - moment.date() <= timedelta(days=2)} <= stay
        older = [moment for moment in stay if TODAY - moment.date() > timedelta(days=2)]
        assert len(older) <= DAYS + WEEKS + MONTHS
