"""Time limits: the default holds until the office sets its own, and what was accepted keeps its own."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.limits import Allowance
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid
from ojr_desk.registers.limit import UNITS
from ojr_desk.rules import clock
from ojr_desk.rules.cases import LIMITED, LIMITS, Limit
from ojr_desk.rules.workdays import CalendarDay, write_pack
from tests.office import add, visit


def taken_up(desk: Desk, day: str = "2026-11-20", **more: Any) -> Any:
    """The case of a visit on *day*."""
    told = {"disposition": "accepted", "matter_nature": "help", "occurred_at": f"{day} 09:00"} | more
    return desk.registers.get("case", add(desk, "intake", visit(**told)).case)


def allowance(desk: Desk, nature: str) -> Allowance:
    (found,) = [each for each in desk.limits.all() if each.nature == nature]
    return found


def on(desk: Desk, day: date) -> Desk:
    """The same office on another day."""
    desk.close()
    return Desk.open(desk.office.folder, rehearsed(day))


def test_the_units_are_those_of_the_clock() -> None:
    assert set(UNITS) == set(clock.UNITS)


def test_without_a_row_every_nature_has_its_default(desk: Desk) -> None:
    found = desk.limits.all()
    assert [each.nature for each in found] == list(LIMITED)
    assert all(each.limit == each.default == LIMITS[each.nature] and not each.uid for each in found)
    assert taken_up(desk).due_on == date(2026, 11, 25)


def test_an_own_limit_counts_for_what_is_accepted_from_its_day_on(desk: Desk) -> None:
    row = desk.limits.set("help", 10, since=date(2026, 11, 20))
    found = allowance(desk, "help")
    assert (found.limit, found.default, found.uid, found.since) == (
        Limit(10),
        Limit(3),
        row.uid,
        date(2026, 11, 20),
    )
    assert taken_up(desk, "2026-11-19").due_on == date(2026, 11, 24)
    assert taken_up(desk, "2026-11-20").due_on == date(2026, 12, 4)
    assert taken_up(desk, "2026-11-20", urgency="urgent").due_on == date(2026, 11, 20)
    assert taken_up(desk, "2026-11-20", matter_nature="complaint").due_on == date(2026, 11, 27)


def test_a_limit_may_be_of_natural_days_or_of_the_day_itself(desk: Desk) -> None:
    desk.limits.set("help", 8, "natural", date(2026, 11, 1))
    desk.limits.set("consult", 0, since=date(2026, 11, 1))
    # 28 November is a Saturday.
    assert taken_up(desk).due_on == date(2026, 11, 30)
    assert taken_up(desk, matter_nature="consult").due_on == date(2026, 11, 20)


def test_a_case_accepted_by_hand_counts_by_its_day_too(desk: Desk) -> None:
    desk.limits.set("help", 10, since=date(2026, 11, 10))
    case = add(desk, "case", {"title": "路灯不亮", "occurred_at": "2026-11-02 09:00"})
    taken = desk.cases.act("case", case.uid, "accept", {"occurred_at": "2026-11-09 09:00"})
    assert taken.due_on == date(2026, 11, 12)
    later = add(desk, "case", {"title": "路灯不亮", "occurred_at": "2026-11-02 09:00"})
    taken = desk.cases.act("case", later.uid, "accept", {"occurred_at": "2026-11-10 09:00"})
    assert taken.due_on == date(2026, 11, 24)


def test_what_was_accepted_is_not_counted_again(desk: Desk) -> None:
    case = taken_up(desk)
    desk.limits.set("help", 10, since=date(2026, 1, 1))
    assert desk.cases.recount().moved == ()
    assert desk.registers.get("case", case.uid).due_on == date(2026, 11, 25)


def test_a_change_is_kept_from_its_day_and_the_past_stays(desk: Desk) -> None:
    first = desk.limits.set("help", 5, since=date(2026, 11, 1))
    again = desk.limits.set("help", 7, since=date(2026, 11, 18))
    assert again.uid == first.uid
    assert taken_up(desk, "2026-11-17").due_on == date(2026, 11, 24)
    assert taken_up(desk, "2026-11-18").due_on == date(2026, 11, 27)
    with pytest.raises(Invalid) as refused:
        desk.limits.set("help", 9, since=date(2026, 10, 1))
    assert [p.column for p in refused.value.problems] == ["valid_from"]


def test_what_is_set_for_later_is_told_and_holds_later(desk: Desk) -> None:
    desk.limits.set("help", 5, since=date(2026, 11, 1))
    desk.limits.set("help", 7, since=date(2026, 12, 1))
    desk.limits.set("consult", 2, since=date(2026, 12, 1))
    found, other = allowance(desk, "help"), allowance(desk, "consult")
    assert (found.limit, found.coming, found.coming_on) == (Limit(5), Limit(7), date(2026, 12, 1))
    assert (other.limit, other.uid, other.coming) == (Limit(1), "", Limit(2))
    later = on(desk, date(2026, 12, 1))
    assert allowance(later, "help").limit == Limit(7)
    assert allowance(later, "help").coming is None
    later.close()


def test_the_default_comes_back_for_what_is_accepted_from_then_on(desk: Desk) -> None:
    desk.limits.set("help", 10, since=date(2026, 11, 1))
    desk.limits.reset("help")
    assert allowance(desk, "help") == Allowance("help", Limit(3), Limit(3))
    assert taken_up(desk, "2026-11-20").due_on == date(2026, 12, 4)
    assert taken_up(desk, "2026-11-22").due_on == date(2026, 11, 25)
    desk.limits.reset("help")
    assert desk.limits.set("help", 4).record_no == "SX-202611-0002"


@pytest.mark.parametrize("now", [None, 5])
def test_the_default_comes_back_though_another_limit_was_to_come(desk: Desk, now: int | None) -> None:
    if now:
        desk.limits.set("help", now)
    desk.limits.set("help", 6, since=date(2027, 1, 1))
    desk.limits.reset("help")
    assert allowance(desk, "help") == Allowance("help", Limit(3), Limit(3))
    assert taken_up(desk, "2026-11-22").due_on == date(2026, 11, 25)
    later = Desk.open(desk.office.folder, rehearsed(date(2027, 1, 4)))
    assert allowance(later, "help") == Allowance("help", Limit(3), Limit(3))
    later.close()


def test_the_limit_of_a_month_that_was_closed_stays(desk: Desk) -> None:
    desk.limits.set("help", 10, since=date(2026, 10, 1))
    desk.months.close(Month(2026, 10))
    with pytest.raises(Invalid):
        desk.limits.set("help", 4, since=date(2026, 10, 20))
    desk.limits.reset("help")
    assert taken_up(desk, "2026-11-02").due_on == date(2026, 11, 16)


def test_of_two_rows_the_one_that_began_later_counts(desk: Desk) -> None:
    for days, since in ((9, "2026-11-10"), (6, "2026-11-01"), (8, "2026-11-10")):
        add(desk, "limit", {"matter_nature": "求助", "days": days, "valid_from": since})
    assert allowance(desk, "help").limit == Limit(8)
    assert taken_up(desk, "2026-11-09").due_on == date(2026, 11, 17)


def test_a_row_that_says_no_day_holds_from_today(desk: Desk) -> None:
    assert add(desk, "limit", {"matter_nature": "help", "days": 9}).valid_from == date(2026, 11, 22)


def test_nobody_sets_a_limit_for_accusations(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.limits.set("accusation", 9)
    assert [p.column for p in refused.value.problems] == ["matter_nature"]


def test_switched_off_the_defaults_hold(desk: Desk) -> None:
    desk.limits.set("help", 10, since=date(2026, 11, 1))
    desk.registers.switch("limit", False)
    assert allowance(desk, "help") == Allowance("help", Limit(3), Limit(3))
    assert taken_up(desk).due_on == date(2026, 11, 25)


def test_an_estimate_by_an_own_limit_is_counted_again_by_it(desk: Desk, tmp_path: Path) -> None:
    desk.limits.set("help", 5, since=date(2026, 11, 1))
    late = on(desk, date(2026, 12, 30))
    own = taken_up(late, "2026-12-29")
    assert (own.due_on, own.due_is_estimated) == (date(2027, 1, 6), True)
    default = taken_up(late, "2026-12-29", matter_nature="complaint")
    late.limits.set("complaint", 1, since=date(2026, 12, 1))
    days = tuple(CalendarDay(date(2027, 1, day), "元旦", True) for day in (1, 4))
    pack = tmp_path / "2027.json"
    pack.write_text(write_pack(2027, days), encoding="utf-8")
    _year, counted = late.holidays.take_in(pack)
    # The second was counted by the default: that its limit was entered later changes nothing.
    assert {number for number, _was, _is in counted.moved} == {own.record_no, default.record_no}
    assert late.registers.get("case", own.uid).due_on == date(2027, 1, 7)
    assert late.registers.get("case", default.uid).due_on == date(2027, 1, 7)
    late.close()


def test_a_small_matter_of_livelihood_has_two_working_days_whatever_its_nature(desk: Desk) -> None:
    told = {"title": "路灯不亮", "source": "livelihood", "occurred_at": "2026-11-20 09:00"}
    case = add(desk, "case", told)
    accepted = desk.cases.act("case", case.uid, "accept", {"occurred_at": "2026-11-20 09:05"})
    assert accepted.due_on == date(2026, 11, 24)


def test_what_is_owed_next_has_a_limit_of_its_own(desk: Desk) -> None:
    add(desk, "staff", {"full_name": "李文书"})
    case = taken_up(desk, matter_nature="dispute")
    found = desk.cases.standing(case.uid).owed
    assert found is not None
    assert (found.what, found.deadline.day) == ("mediate", date(2026, 11, 25))
    desk.cases.act("case", case.uid, "assign", {"handler": "李文书", "occurred_at": "2026-11-20 10:00"})
    found = desk.cases.standing(case.uid).owed
    assert found is not None
    assert (found.what, found.deadline.day) == ("take_up", date(2026, 11, 23))
    desk.limits.set("take_up", 2, since=date(2026, 11, 20))
    assert (later := desk.cases.standing(case.uid).owed) is not None
    assert later.deadline.day == date(2026, 11, 24)
