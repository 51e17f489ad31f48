"""Whether what is being typed was here before: the same person or telephone within ninety days."""

from typing import Any

from ojr_desk.desk import Desk
from tests.office import add, visit


def person(desk: Desk, name: str = "陈阿英", **more: Any) -> Any:
    return add(desk, "person", {"full_name": name} | more)


def came(desk: Desk, who: Any, day: str = "2026-11-20", **more: Any) -> Any:
    told = {"person": who.uid if who else "", "anonymous": not who, "occurred_at": f"{day} 09:00"}
    return add(desk, "intake", visit(**told | more))


def found(desk: Desk, **values: Any) -> list[str]:
    return [each.event.uid for each in desk.intakes.repeats(values)]


def test_the_same_person_within_ninety_days_may_repeat(desk: Desk) -> None:
    who = person(desk)
    recent, edge = came(desk, who, "2026-11-20"), came(desk, who, "2026-08-25")
    came(desk, who, "2026-08-23")
    came(desk, person(desk, "林大山"))
    for typed in (who.uid, who.record_no, "陈阿英", {"uid": who.uid}, {"full_name": "陈阿英"}):
        assert found(desk, person=typed) == [recent.uid, edge.uid], typed
    assert found(desk, person="陈\ud800") == found(desk, caller_number="\ud800") == []
    assert found(desk) == found(desk, person="没有这个人") == found(desk, person="", anonymous=True) == []


def test_the_same_telephone_may_be_the_same_matter_by_another(desk: Desk) -> None:
    mother, son = person(desk, phone="13805770001"), person(desk, "林大山", phone="13805770001")
    visited = came(desk, mother)
    called = came(desk, None, "2026-11-19", channel="来电", caller_number="13805770001")
    for values in (
        {"person": son.uid},
        {"caller_number": "138 0577 0001"},
        {"callback": "13805770001"},
        {"person": {"full_name": "新来的", "phone": "13805770001"}},
    ):
        told = desk.intakes.repeats(values)
        assert [(each.event.uid, each.same_person) for each in told] == [
            (visited.uid, False),
            (called.uid, False),
        ], values
    assert [each.same_person for each in desk.intakes.repeats({"person": mother.uid})] == [True, False]
    assert found(desk, caller_number="12") == []


def test_the_same_matter_comes_first_then_the_newest(desk: Desk) -> None:
    who = person(desk)
    days = ("2026-11-20", "2026-11-19", "2026-11-18")
    last, relief, lights = (
        came(desk, who, day, matter_category=matter)
        for day, matter in zip(days, ("other", "civil.relief", "facilities.road"), strict=True)
    )
    assert found(desk, person=who.uid, matter_category="公共设施·道路路灯") == [
        lights.uid,
        last.uid,
        relief.uid,
    ]
    told = desk.intakes.repeats({"person": who.uid, "matter_category": "civil.relief"}, 2)
    assert [(each.event.uid, each.same_matter) for each in told] == [(relief.uid, True), (last.uid, False)]
    assert found(desk, person=who.uid, matter_category="没有这一类")[0] == last.uid


def test_what_was_later_and_itself_is_no_repetition(desk: Desk) -> None:
    who = person(desk)
    first, second = came(desk, who, "2026-11-18"), came(desk, who, "2026-11-20")
    assert found(desk, person=who.uid, occurred_at="2026-11-19 08:00") == [first.uid]
    assert found(desk, person=who.uid, uid=second.uid) == [first.uid]
    assert found(desk, person=who.uid, occurred_at="什么时候") == [second.uid, first.uid]


def test_a_complaint_is_told_beside_another_one_only(desk: Desk) -> None:
    who = person(desk)
    complaint = came(desk, who, matter_nature="投诉")
    assert found(desk, person=who.uid) == []
    assert found(desk, person=who.uid, matter_nature="求助") == []
    assert found(desk, person=who.uid, matter_nature="投诉") == [complaint.uid]


def test_what_is_void_sensitive_or_sealed_is_never_told(desk: Desk) -> None:
    who = person(desk, phone="13805770001")
    desk.registers.void("intake", came(desk, who).uid, "录错")
    came(desk, who, confidentiality="敏感")
    came(desk, who, matter_nature="检举控告", caller_number="13805770001")
    assert found(desk, person=who.uid, caller_number="13805770001", matter_nature="检举控告") == []


def test_of_several_of_one_name_the_grid_tells(desk: Desk) -> None:
    one, two = person(desk, grid="第一网格"), person(desk, grid="第二网格")
    first, second = came(desk, one, "2026-11-18"), came(desk, two, "2026-11-19")
    assert found(desk, person="陈阿英") == [second.uid, first.uid]
    assert found(desk, person={"full_name": "陈阿英", "grid": "第一网格"}) == [first.uid]


def test_who_was_merged_is_the_same_person(desk: Desk) -> None:
    one, two = person(desk), person(desk, phone="13805770001")
    earlier = came(desk, one)
    desk.persons.merge(two.uid, one.uid)
    for uid in (one.uid, two.uid):
        assert [(each.event.uid, each.same_person) for each in desk.intakes.repeats({"person": uid})] == [
            (earlier.uid, True)
        ]
