"""How many working days a leave takes."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.rules.leaves import days
from ojr_desk.rules.workdays import Calendar, seed

CALENDAR = Calendar(seed(), frozenset(range(2004, 2027)))


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-11-23 08:30", "2026-11-23 17:00", "1.0"),
        ("2026-11-23 08:30", "2026-11-23 11:30", "0.5"),
        ("2026-11-23 14:00", "2026-11-24 11:30", "1.0"),
        ("2026-11-27 08:30", "2026-11-30 17:00", "2.0"),
        ("2026-10-01 00:00", "2026-10-08 00:00", "0"),
        ("2026-10-09 08:30", "2026-10-10 17:00", "2.0"),
    ],
)
def test_only_working_days_count_and_halves_as_halves(start: str, end: str, told: str) -> None:
    assert days(datetime.fromisoformat(start), datetime.fromisoformat(end), CALENDAR) == Decimal(told)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)), st.integers(1, 40), st.integers(1, 40))
def test_a_longer_leave_never_counts_less(start: datetime, hours: int, more: int) -> None:
    end = start + timedelta(hours=hours)
    assert days(start, end, CALENDAR) <= days(start, end + timedelta(hours=more), CALENDAR)
