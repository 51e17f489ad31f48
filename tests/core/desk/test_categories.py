"""Categories: the county's list as an office offers it, by digit, in its own words, without what it hides."""

from typing import Any

import pytest

from ojr_desk.desk import Desk
from ojr_desk.desk.categories import USUAL, Category
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from ojr_desk.registers.matters import MATTERS
from ojr_desk.store.query import Query
from tests.office import add, visit


def digits(desk: Desk) -> dict[int, str]:
    return {each.digit: each.matter for each in desk.categories.offered() if each.digit}


def found(desk: Desk, typed: str, limit: int = 12) -> list[str]:
    return [each.matter for each in desk.categories.find(typed, limit)]


def of(desk: Desk, matter: str) -> Category:
    (one,) = [each for each in desk.categories.all() if each.matter == matter]
    return one


def came(desk: Desk, matter: str, times: int, day: str = "2026-10-12") -> None:
    """Let people come about a matter."""
    rows = [visit(matter_category=matter, occurred_at=f"{day} 09:{n:02}") for n in range(times)]
    add(desk, "intake", *rows)


def test_before_anybody_came_the_usual_nine_have_digits(desk: Desk) -> None:
    assert set(USUAL) <= set(MATTERS)
    assert list(digits(desk).values()) == sorted(USUAL, key=list(MATTERS).index)
    assert list(digits(desk)) == list(range(1, 10))
    assert sorted(each.matter for each in desk.categories.offered()) == sorted(MATTERS)
    assert [each.matter for each in desk.categories.all()] == list(MATTERS)


def test_what_is_used_most_has_digits_in_the_county_s_order(desk: Desk) -> None:
    came(desk, "venue", 2)
    came(desk, "party.dues", 1)
    given = list(digits(desk).values())
    assert {"venue", "party.dues"} <= set(given)
    assert (given[0], given[-1]) == ("party.dues", "venue")
    assert len(set(given) & set(USUAL)) == 7


def test_only_the_twelve_months_before_this_one_count(desk: Desk) -> None:
    came(desk, "venue", 1, "2026-11-02")
    came(desk, "culture", 1, "2025-10-31")
    came(desk, "fire", 1, "2025-11-01")
    void = add(desk, "intake", visit(matter_category="flood", occurred_at="2026-10-12 10:00"))
    desk.registers.void("intake", void.uid, "录错")
    assert {"venue", "culture", "flood"} & set(digits(desk).values()) == set()
    assert "fire" in digits(desk).values()


def test_the_nine_stay_what_they_are_within_a_month(desk: Desk) -> None:
    before = digits(desk)
    came(desk, "venue", 5)
    assert digits(desk) == before


def test_what_villages_sent_does_not_count(desk: Desk, superior: Desk, tmp_path: Any) -> None:
    came(desk, "venue", 3)
    desk.months.close(Month(2026, 10))
    desk.outbox.send(Month(2026, 10), tmp_path / "stick")
    superior.inbox.receive([tmp_path / "stick"])
    assert "venue" not in digits(superior).values()


def test_the_office_gives_a_digit_and_takes_it_from_who_had_it(desk: Desk) -> None:
    assert desk.categories.set("venue", {"digit": 1}) == Category("venue", 1, is_chosen=True)
    assert digits(desk)[1] == "venue"
    assert desk.categories.set("fire", {"digit": "１"}).digit == 1
    assert (digits(desk)[1], of(desk, "venue")) == ("fire", Category("venue"))
    assert len(digits(desk)) == 9
    desk.categories.set("fire", {"digit": None})
    assert digits(desk)[1] != "fire"
    assert desk.registers.find("category", Query()).total == 2


def test_a_hidden_matter_is_neither_offered_nor_found(desk: Desk) -> None:
    desk.categories.set("housing.plot", {"digit": 3})
    hidden = desk.categories.set("housing.plot", {"hidden": True})
    assert (hidden.hidden, hidden.digit) == (True, None)
    assert "housing.plot" not in {each.matter for each in desk.categories.offered()}
    assert found(desk, "宅基地") == []
    assert len(digits(desk)) == 9
    # What was entered stays, and may still be entered.
    assert add(desk, "intake", visit(matter_category="housing.plot")).matter_category == "housing.plot"
    assert desk.categories.set("housing.plot", {"digit": 3}).hidden is False


def test_own_words_find_a_matter(desk: Desk) -> None:
    desk.categories.set("civil.relief", {"aliases": "五保，低保户 五保"})
    assert of(desk, "civil.relief").aliases == ("五保", "低保户")
    for typed in ("五保", "wb", "低保户", "dbh", "五"):
        assert found(desk, typed)[0] == "civil.relief", typed


def test_a_matter_is_found_by_digit_initials_or_any_part_of_its_name(desk: Desk) -> None:
    assert found(desk, "1") == found(desk, " １ ") == [digits(desk)[1]]
    assert found(desk, "12") == found(desk, "0") == found(desk, "") == []
    assert found(desk, "路灯") == ["facilities.road"]
    assert found(desk, "dlld")[0] == "facilities.road"
    assert found(desk, "YLBX")[:2] == ["insurance.pension", "insurance.medical"]
    assert found(desk, "医疗保险") == ["insurance.medical"]
    assert found(desk, "没有这回事") == []


def test_the_best_is_found_first(desk: Desk) -> None:
    desk.categories.set("venue", {"aliases": "老年活动室"})
    desk.categories.set("culture", {"aliases": "老年"})
    assert found(desk, "老年") == ["culture", "venue"]
    assert len(found(desk, "民", 2)) == 2


def test_what_does_not_go_together_is_refused(desk: Desk) -> None:
    for matter, values, column in (
        ("venue", {"digit": 1, "hidden": True}, "digit"),
        ("venue", {"digit": 10}, "digit"),
        ("other", {"hidden": True}, "hidden"),
        ("venue", {"aliases": "字" * 21}, "aliases"),
    ):
        with pytest.raises(Invalid) as refused:
            desk.categories.set(matter, values)
        assert [p.column for p in refused.value.problems] == [column]
    with pytest.raises(Refused, match="没有“nothing”"):
        desk.categories.set("nothing", {"digit": 1})
    assert desk.registers.find("category", Query()).total == 0


def test_a_matter_has_one_row_and_a_digit_one_matter(desk: Desk) -> None:
    row = add(desk, "category", {"matter": "venue", "digit": 2, "aliases": "礼堂"})
    for second, column in (({"matter": "fire", "digit": 2}, "digit"), ({"matter": "venue"}, "matter")):
        with pytest.raises(Invalid, match=row.record_no) as refused:
            add(desk, "category", second)
        assert [(p.column, p.code) for p in refused.value.problems] == [(column, "double")]
    assert "“场地使用”已经有了" in str(refused.value)
    desk.registers.void("category", row.uid, "不用了")
    assert add(desk, "category", {"matter": "venue", "digit": 2}).digit == 2


def test_switched_off_the_defaults_hold(desk: Desk) -> None:
    before = digits(desk)
    desk.categories.set("venue", {"digit": 1})
    desk.registers.switch("category", False)
    assert digits(desk) == before
    with pytest.raises(Refused, match="没有启用"):
        desk.categories.set("venue", {"digit": 1})
