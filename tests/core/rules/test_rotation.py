"""The rotation: the list goes on, whoever cannot come changes places with the next, and nobody is in two places."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.rules.rotation import Rotation, Unable, Unmet, after, rotate, tally
from ojr_desk.rules.shifts import TIMES, Slot, overlap
from ojr_desk.rules.workdays import Calendar, seed

MONDAY = date(2026, 11, 2)
CALENDAR = Calendar(seed(), frozenset(range(2004, 2027)))
PEOPLE = ["甲", "乙", "丙", "丁"]


def slot(day: int, shift: str = "morning", duty: str = "desk") -> Slot:
    return Slot(MONDAY + timedelta(day), shift, duty, *TIMES[shift])


def whole_days(count: int) -> list[Slot]:
    return [slot(day, shift) for day in range(count) for shift in ("morning", "afternoon")]


def willing(who: str, place: Slot) -> str:
    return ""


def absent(days: Mapping[str, set[int]]) -> Unable:
    def unable(who: str, place: Slot) -> str:
        return "leave" if (place.day - MONDAY).days in days.get(who, set()) else ""

    return unable


def names(found: Rotation) -> str:
    return "".join(each.who for each in found.filled)


def test_the_list_goes_on_after_the_last_of_the_month_before() -> None:
    found = rotate([slot(day) for day in range(6)], PEOPLE, willing, last="乙")
    assert names(found) == "丙丁甲乙丙丁"
    assert found.last == "丁"
    assert names(rotate([slot(0)], PEOPLE, willing, last="走了的人")) == "甲"


def test_one_person_has_all_sessions_of_a_day() -> None:
    assert names(rotate(whole_days(3), PEOPLE, willing)) == "甲甲乙乙丙丙"


def test_who_cannot_come_changes_places_with_the_next() -> None:
    found = rotate([slot(day) for day in range(5)], PEOPLE, absent({"甲": {0}}))
    assert names(found) == "乙甲丙丁乙"
    assert found.filled[0].passed == (("甲", "leave"),)
    assert found.filled[1].passed == ()


def test_a_long_leave_owes_one_turn_and_not_ten() -> None:
    found = rotate([slot(day) for day in range(12)], PEOPLE, absent({"甲": set(range(8))}))
    assert names(found) == "乙丙丁乙丙丁乙丙甲丁乙丙"


def test_a_day_that_nobody_can_take_whole_is_shared() -> None:
    def unable(who: str, place: Slot) -> str:
        return "leave" if (who, place.shift) in {("甲", "afternoon"), ("乙", "morning")} else ""

    assert names(rotate(whole_days(1), ["甲", "乙"], unable)) == "甲乙"


def test_what_a_person_gave_out_stays_and_is_a_turn() -> None:
    found = rotate([slot(day) for day in range(5)], PEOPLE, willing, pinned={slot(1): "丁"})
    assert names(found) == "甲丁乙丙甲"
    assert found.filled[1].is_pinned


def test_nobody_is_in_two_places() -> None:
    lead = Slot(MONDAY, "day", "lead", *TIMES["day"])
    found = rotate([slot(0)], ["甲", "乙"], willing, taken=[("甲", lead.span)])
    assert names(found) == "乙"
    assert found.filled[0].passed == (("甲", "busy"),)


def test_more_sessions_than_people_are_told_with_the_reason_of_each() -> None:
    places = [slot(0), Slot(MONDAY, "day", "desk", *TIMES["day"]), slot(0, "afternoon")]
    found = rotate(places, ["甲"], willing)
    assert [each.slot.shift for each in found.unmet] == ["day"]
    assert found.unmet[0].passed == (("甲", "busy"),)
    nobody = rotate([slot(0)], [], willing)
    assert (nobody.filled, nobody.last, nobody.unmet) == ((), "", (Unmet(slot(0)),))


def test_whoever_is_named_twice_comes_once() -> None:
    assert after(["甲", "乙", "甲"], "甲") == ["乙", "甲"]


def test_two_sessions_of_a_day_are_one_day_of_duty() -> None:
    holiday, saturday = date(2026, 10, 1), date(2026, 11, 7)
    duties = [
        ("甲", MONDAY, "desk"),
        ("甲", MONDAY, "desk"),
        ("甲", holiday, "lead"),
        ("甲", saturday, "desk"),
    ]
    (found,) = tally(duties, CALENDAR).values()
    assert (found.total, found.weekends, found.holidays, found.leads) == (3, 1, 1, 1)


SHIFTS = st.sampled_from(["morning", "afternoon", "evening", "day", "flood"])
PLACES = st.lists(st.builds(slot, st.integers(0, 20), SHIFTS), unique=True, max_size=40)
ABSENT = st.dictionaries(st.sampled_from(PEOPLE), st.sets(st.integers(0, 20)))


@given(PLACES, st.lists(st.sampled_from(PEOPLE), unique=True), ABSENT, st.sampled_from([*PEOPLE, ""]))
def test_every_place_is_filled_rightly_or_told_with_reasons(
    places: list[Slot], order: list[str], away: dict[str, set[int]], last: str
) -> None:
    unable = absent(away)
    found = rotate(places, order, unable, last)
    assert sorted(
        [*(each.slot for each in found.filled), *(each.slot for each in found.unmet)], key=str
    ) == sorted(places, key=str)
    for each in found.filled:
        assert unable(each.who, each.slot) == ""
        others = [one for one in found.filled if one.who == each.who and one is not each]
        assert not [one for one in others if overlap(one.slot.span, each.slot.span)]
    for gap in found.unmet:
        assert [who for who, _reason in gap.passed] == gap_order(order, gap)
        for who, reason in gap.passed:
            held = [one for one in found.filled if one.who == who and overlap(one.slot.span, gap.slot.span)]
            assert reason == "leave" or held
    assert rotate(places, order, unable, last) == found


def gap_order(order: list[str], gap: Unmet) -> list[str]:
    """Everybody on the list is told of, in whichever order the queue was then."""
    told = [who for who, _reason in gap.passed]
    return told if sorted(told) == sorted(order) else order


@given(st.integers(1, 40), st.integers(1, 8), st.integers(0, 7))
def test_without_absences_nobody_has_two_turns_more_than_another(days: int, people: int, last: int) -> None:
    order = [str(number) for number in range(people)]
    found = rotate([slot(day) for day in range(days)], order, willing, str(last))
    turns = [sum(each.who == who for each in found.filled) for who in order]
    assert max(turns) - min(turns) <= 1
    assert not found.unmet


@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 6))
def test_two_months_go_round_as_one_long_month_would(first: int, second: int, people: int) -> None:
    order = [str(number) for number in range(people)]
    whole = rotate([slot(day) for day in range(first + second)], order, willing)
    one = rotate([slot(day) for day in range(first)], order, willing)
    other = rotate([slot(day) for day in range(first, first + second)], order, willing, one.last)
    assert names(one) + names(other) == names(whole)
