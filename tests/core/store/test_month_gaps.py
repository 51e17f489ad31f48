"""A number that was given out and is in no book is missed, and the books are not read through for it."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.store.numbering import month_gaps
from tests.office import add, run_sql, visit

NOVEMBER = Month(2026, 11)


def lose(desk: Desk, *numbers: str) -> None:
    """Take rows out behind the desk's back, as a foreign editor might: the counter stays."""
    with desk.office.database.building() as connection:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS intake_kept")
        for number in numbers:
            connection.exec_driver_sql("DELETE FROM intake WHERE record_no = ?", (number,))


def missed(desk: Desk, month: Month = NOVEMBER) -> list[str]:
    with desk.office.reading() as session:
        return month_gaps(session, desk.office.center, month)


def test_nothing_is_missed_of_whole_books(desk: Desk) -> None:
    assert missed(desk) == []
    add(
        desk,
        "intake",
        visit(),
        visit(channel="来电"),
        visit(disposition="受理转办理单", matter_nature="求助"),
    )
    assert missed(desk) == []


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(1, 12)))
def test_what_is_lost_is_named(desk: Desk, lost: set[int]) -> None:
    add(desk, "intake", *(visit(anonymous=True, person="") for _n in range(12)))
    before = missed(desk)
    last: Any = run_sql(desk, "SELECT last FROM number_counter WHERE \"class\" = 'LF'")[0][0]
    gone = {f"LF-202611-{last - 12 + each:04d}" for each in lost}
    lose(desk, *gone)
    assert set(missed(desk)) == gone | set(before)
    assert missed(desk, Month(2026, 10)) == []


def test_no_other_month_class_or_centre_stands_in(desk: Desk) -> None:
    add(desk, "intake", visit(), visit(occurred_at="2026-10-12 09:00"), visit(channel="来电"))
    lose(desk, "LF-202611-0001")
    assert missed(desk) == ["LF-202611-0001"]
    assert missed(desk, Month(2026, 10)) == []
    assert desk.months.state(NOVEMBER).gaps == ("LF-202611-0001",)
