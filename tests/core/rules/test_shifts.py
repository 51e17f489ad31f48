"""Which places a day has on the roster: by the opening rules, the calendar and its working Sundays."""

from datetime import date, datetime, time

from ojr_desk.moments import Month
from ojr_desk.rules.hours import Hours
from ojr_desk.rules.shifts import TIMES, Slot, overlap, shift_of, slots, span
from ojr_desk.rules.workdays import Calendar, seed

CALENDAR = Calendar(seed(), frozenset(range(2004, 2027)))
WEEK = ("mon", "tue", "wed", "thu", "fri")
DAY = ((time(8, 30), time(11, 30)), (time(14), time(17)))
SUMMER = ((time(8), time(11, 30)), (time(14, 30), time(17, 30)))
NEW_YEAR = date(2026, 1, 1)
REGULAR = Hours("regular", NEW_YEAR, None, WEEK, DAY)
SATURDAY = Hours("weekend", NEW_YEAR, None, ("sat",), ((time(9), time(11, 30)),))


def of(day: date, *rules: Hours, with_leader: bool = False) -> list[tuple[str, str]]:
    found = slots(Month.of(day), rules or (REGULAR, SATURDAY), CALENDAR, with_leader)
    return [(each.shift, each.duty) for each in found if each.day == day]


def test_each_session_wants_somebody_at_the_desk() -> None:
    assert of(date(2026, 11, 23)) == [("morning", "desk"), ("afternoon", "desk")]
    assert of(date(2026, 11, 28)) == [("morning", "desk")]
    assert of(date(2026, 11, 29)) == []
    assert of(date(2026, 11, 23), with_leader=True)[0] == ("day", "lead")


def test_the_working_sundays_of_2026_are_staffed_as_working_days() -> None:
    for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)):
        assert of(date(2026, month, day)) == [("morning", "desk"), ("afternoon", "desk")]


def test_a_holiday_wants_a_leader_and_somebody_on_watch_on_each_of_its_days() -> None:
    for day in range(15, 24):
        assert of(date(2026, 2, day)) == [("holiday", "lead"), ("holiday", "watch")]
    half = Hours("holiday", NEW_YEAR, None, (), ((time(9), time(11)),))
    found = slots(Month(2026, 10), (REGULAR, half), CALENDAR, False)
    assert {(each.starts, each.ends) for each in found if each.duty == "watch"} == {(time(9), time(11))}


def test_a_later_rule_takes_the_place_of_an_earlier_one() -> None:
    summer = Hours("summer", date(2026, 7, 1), date(2026, 9, 10), WEEK, SUMMER)
    found = slots(Month(2026, 7), (REGULAR, summer), CALENDAR, False)
    assert {(each.starts, each.ends) for each in found} == set(SUMMER)
    found = slots(Month(2026, 9), (REGULAR, summer), CALENDAR, False)
    assert [each.starts for each in found if each.day == date(2026, 9, 11)] == [time(8, 30), time(14)]


def test_a_day_on_which_the_centre_is_shut_wants_nobody() -> None:
    typhoon = Hours("closed", date(2026, 11, 23), date(2026, 11, 23), WEEK)
    assert of(date(2026, 11, 23), REGULAR, typhoon) == []


def test_longer_hours_come_beside_the_regular_ones() -> None:
    evening = Hours("extended", NEW_YEAR, None, ("mon",), ((time(18, 30), time(20, 30)),))
    assert of(date(2026, 11, 23), REGULAR, evening) == [
        ("morning", "desk"), ("afternoon", "desk"), ("evening", "extended"),
    ]  # fmt: skip
    assert of(date(2026, 11, 24), REGULAR, evening) == [("morning", "desk"), ("afternoon", "desk")]


def test_shifts_are_named_by_their_hours() -> None:
    assert shift_of(time(8), time(11, 30)) == "morning"
    assert shift_of(time(8), time(17)) == "day"
    assert shift_of(time(13), time(17)) == "afternoon"
    assert shift_of(time(18), time(20)) == "evening"


def test_a_shift_through_the_night_ends_on_the_next_day() -> None:
    night = span(date(2026, 11, 30), time(18), time(8))
    assert night == (datetime(2026, 11, 30, 18), datetime(2026, 12, 1, 8))
    morning = Slot(date(2026, 12, 1), "morning", "desk", *TIMES["morning"])
    assert not overlap(night, morning.span)
    assert overlap(span(date(2026, 11, 30), time(8), time(8)), night)
