"""Persons who look like one and are two: said once, remembered, taken back."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.desk import Desk
from ojr_desk.desk.doubles import Candidate, _undecided
from ojr_desk.problems import Refused
from ojr_desk.store import history
from tests.office import add, visit


@pytest.fixture
def three(desk: Desk) -> list[Any]:
    """Three of one name in one grid; on the first most hangs."""
    people = [add(desk, "person", {"full_name": "陈阿英", "grid": "第三网格"}) for _each in range(3)]
    add(desk, "intake", visit(person=people[0].uid))
    return people


def listed(desk: Desk) -> list[tuple[str, ...]]:
    return [tuple(each.uid for each in group.persons) for group in desk.persons.doubles()]


def test_two_who_are_two_are_listed_no_more(desk: Desk) -> None:
    one, two = (add(desk, "person", {"full_name": "陈阿英", "grid": "第三网格"}) for _each in range(2))
    assert len(listed(desk)) == 1
    desk.persons.part(two.record_no, one.uid)
    desk.persons.part(one.uid, two.uid)
    assert listed(desk) == []
    assert [[each.uid for each in pair] for pair in desk.persons.parted()] == [[one.uid, two.uid]]
    desk.persons.unpart(one.record_no, two.record_no)
    assert (len(listed(desk)), desk.persons.parted()) == (1, [])
    with pytest.raises(Refused, match="没有标记过"):
        desk.persons.unpart(one.uid, two.uid)


def test_the_third_is_still_asked_about(desk: Desk, three: list[Any]) -> None:
    one, two, other = (each.uid for each in three)
    desk.persons.part(one, two)
    assert listed(desk) == [(one, other)]
    desk.persons.part(one, other)
    assert listed(desk) == [(two, other)]
    desk.persons.part(two, other)
    assert listed(desk) == []


def test_a_new_sign_that_they_are_one_does_not_bring_them_back(desk: Desk) -> None:
    one, two = (add(desk, "person", {"full_name": "陈阿英", "grid": "第三网格"}) for _each in range(2))
    desk.persons.part(one.uid, two.uid)
    for each in (one, two):
        desk.registers.edit("person", each.uid, {"phone": "13805770001"})
    assert listed(desk) == []


def test_who_is_merged_after_all_was_not_two(desk: Desk, three: list[Any]) -> None:
    one, two, _other = (each.uid for each in three)
    desk.persons.part(one, two)
    desk.persons.merge(one, two)
    assert desk.persons.parted() == []
    desk.persons.unmerge(two)
    assert desk.persons.parted() == []


def test_who_is_gone_is_parted_from_nobody(desk: Desk, three: list[Any]) -> None:
    one, two, other = (each.uid for each in three)
    desk.persons.part(two, other)
    desk.registers.void("person", two, "录错")
    assert desk.persons.parted() == []
    for pair in ((one, one), (one, two), (one, "nobody"), ("nobody", one)):
        with pytest.raises(Refused):
            desk.persons.part(*pair)


def test_history_tells_who_said_so(desk: Desk, three: list[Any]) -> None:
    clerk = add(desk, "staff", {"full_name": "林小娟"})
    desk.sit_down("林小娟")
    one, two, _other = sorted(each.uid for each in three)
    desk.persons.part(two, one)
    told = desk.registers.story(f"person_apart/{one}/{two}")
    assert [(each.op, each.actor) for each in told] == [("insert", clerk.uid)]
    desk.persons.unpart(one, two)
    with desk.office.reading() as session:
        assert history.verify(session).broken_at is None


PEOPLE = [Candidate(str(place), f"FW-{place}", "陈阿英", "", "", 0) for place in range(6)]
PAIRS = [frozenset((one.uid, other.uid)) for one, other in combinations(PEOPLE, 2)]


@given(st.sets(st.sampled_from(PAIRS)), st.integers(0, len(PEOPLE)))
def test_whoever_is_listed_may_be_one_and_the_last_question_ends_them(
    apart: set[frozenset[str]], count: int
) -> None:
    groups = list(_undecided(PEOPLE[:count], frozenset(apart)))
    asked = {frozenset((keep.uid, each.uid)) for keep, *others in groups for each in others}
    assert not asked & apart
    seen = [each.uid for group in groups for each in group]
    assert len(seen) == len(set(seen))
    among = {pair for pair in PAIRS if all(int(uid) < count for uid in pair)}
    assert bool(asked) == bool(among - apart)
