"""The roster of an office: rotated, published, swapped, told — and what it refuses."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.cli import main
from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.watch import Shift
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, MonthClosed, Refused
from ojr_desk.rules.shifts import TIMES, Slot
from ojr_desk.store.query import Query
from tests.office import REGULAR, add

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
NAMES = ("周一明", "钱二", "孙三", "李四")
PAPER = {"reason": "家里有事", "on_paper": True}


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A centre that is open on weekdays, with four people, the first of them a leader."""
    add(desk, "opening", REGULAR)
    for number, name in enumerate(NAMES):
        leads = {"staff_category": "两委成员"} if number == 0 else {}
        add(desk, "staff", {"full_name": name, "office_tel": f"0577-8866000{number}"} | leads)
    return desk


def on(desk: Desk, now: datetime) -> Desk:
    """The same office at another moment."""
    desk.close()
    return Desk.open(desk.office.folder, lambda: now)


def of(desk: Desk, day: date, month: Month = DECEMBER) -> list[Shift]:
    return [each for each in desk.duty.month(month).shifts if each.day == day]


def problems(invalid: pytest.ExceptionInfo[Invalid]) -> list[tuple[str | None, str]]:
    return [(each.column, each.message) for each in invalid.value.problems]


def leave(name: str, start: str, end: str, delegate: str, **more: Any) -> dict[str, Any]:
    return {
        "staff": name, "start_at": start, "end_at": end, "delegate": delegate, "on_paper": True,
    } | more  # fmt: skip


def test_the_rotation_staffs_every_session_and_goes_on_in_the_next_month(staffed: Desk) -> None:
    proposal = staffed.duty.rotate(NOVEMBER)
    assert proposal.unmet == ()
    roster = staffed.duty.month(NOVEMBER)
    assert len(roster.shifts) == 42
    assert (roster.unmet, roster.clashes) == ((), {})
    last = roster.shifts[-1].name
    first = staffed.duty.propose(DECEMBER)
    assert first.names[first.filled[0].who] == NAMES[(NAMES.index(last) + 1) % 4]
    assert {first.why(each) for each in first.filled} == {"按顺序轮到"}
    assert staffed.duty.month(DECEMBER).shifts == ()


def test_rotating_again_changes_no_number_and_nothing_that_was_given_by_hand(staffed: Desk) -> None:
    staffed.duty.rotate(DECEMBER)
    shift = of(staffed, date(2026, 12, 1))[0]
    place = Slot(shift.day, shift.shift, shift.duty, shift.starts, shift.ends)
    staffed.duty.assign(place, "李四", shift.uid)
    add(staffed, "leave", leave("钱二", "2026-12-02 08:00", "2026-12-02 17:30", "孙三"))
    staffed.duty.rotate(DECEMBER)
    roster = staffed.duty.month(DECEMBER)
    assert [each.name for each in of(staffed, date(2026, 12, 1))] == ["李四", "周一明"]
    assert [each.name for each in of(staffed, date(2026, 12, 2))] == ["孙三", "孙三"]
    assert roster.clashes == {}
    found = staffed.registers.find("duty", Query(month=DECEMBER)).records
    assert len({each.record_no for each in found}) == len(found) == 46
    assert {each.record_status for each in found} == {"normal"}


def test_a_month_is_published_and_then_again_with_its_changes(staffed: Desk) -> None:
    with pytest.raises(Refused, match="还没有排班"):
        staffed.duty.publish(DECEMBER)
    staffed.duty.rotate(DECEMBER)
    assert staffed.duty.month(DECEMBER).is_news
    first = staffed.duty.publish(DECEMBER)
    assert (first.version, first.shifts, first.changed) == (1, 46, 0)
    with pytest.raises(Refused, match="没有变动"):
        staffed.duty.publish(DECEMBER)
    shift = of(staffed, date(2026, 12, 3))[0]
    add(staffed, "swap", {"shift": shift.uid, "counterpart": "李四", **PAPER})
    roster = staffed.duty.month(DECEMBER)
    assert (roster.version, sorted(roster.changed), roster.is_news) == (1, [shift.uid], True)
    second = staffed.duty.publish(DECEMBER)
    assert (second.version, second.changed) == (2, 1)
    assert of(staffed, date(2026, 12, 3))[0].version == 2
    assert staffed.duty.rotate(DECEMBER).filled[4].is_pinned
    assert of(staffed, date(2026, 12, 3))[0].name == "李四"
    place = Slot(shift.day, shift.shift, shift.duty, shift.starts, shift.ends)
    other = of(staffed, date(2026, 12, 4))[0]
    staffed.duty.assign(place_of(other), "", other.uid)
    assert staffed.duty.month(DECEMBER).unmet == (place_of(other),)
    assert place != place_of(other)
    assert staffed.duty.publish(DECEMBER).changed == 1


def place_of(shift: Shift) -> Slot:
    return Slot(shift.day, shift.shift, shift.duty, shift.starts, shift.ends)


def test_everything_shows_the_roster_as_it_is_after_a_swap(staffed: Desk, tmp_path: Path) -> None:
    staffed.duty.rotate(NOVEMBER)
    monday, tuesday = (
        of(staffed, date(2026, 11, 23), NOVEMBER)[0],
        of(staffed, date(2026, 11, 24), NOVEMBER)[0],
    )
    swap = add(
        staffed, "swap", {"swap_kind": "互换", "shift": monday.uid, "other_shift": tuesday.uid, **PAPER}
    )
    assert (swap.applicant, swap.counterpart) == (monday.who, tuesday.who)
    there = of(staffed, date(2026, 11, 23), NOVEMBER)[0]
    assert (there.who, there.planned, there.source) == (tuesday.who, monday.who, "swap")
    assert there.phone == "0577-8866000" + str(NAMES.index(there.name))
    watch = staffed.duty.on_duty(datetime(2026, 11, 23, 9))
    assert watch.names == tuesday.name
    assert [each.name for each in watch.shifts] == [tuesday.name, monday.name]
    record = staffed.registers.get("duty", monday.uid)
    assert record.label == f"2026-11-23 上午 坐班 {tuesday.name}"
    ledger = staffed.books.ledger("duty", NOVEMBER)
    row = next(each for each in ledger.rows if record.record_no in each)
    assert tuesday.name in row
    assert "换班" in row
    found = staffed.registers.find("duty", Query((tuesday.name, "11-23"))).records
    assert monday.uid in {each.uid for each in found}


def test_a_shift_swapped_twice_comes_back_one_swap_after_the_other(staffed: Desk) -> None:
    staffed.duty.rotate(DECEMBER)
    shift = of(staffed, date(2026, 12, 1))[0]
    others = [name for name in NAMES if name != shift.name]
    first = add(staffed, "swap", {"shift": shift.uid, "counterpart": others[0], **PAPER})
    second = add(staffed, "swap", {"shift": shift.uid, "counterpart": others[1], **PAPER})
    with pytest.raises(Refused, match=second.record_no):
        staffed.registers.void("swap", first.uid, "登错")
    with pytest.raises(Refused, match="先作废那张换班单"):
        staffed.registers.void("duty", shift.uid, "登错")
    with pytest.raises(Invalid, match="已经换过"):
        staffed.registers.edit("duty", shift.uid, {"staff": others[2]})
    with pytest.raises(Invalid, match="作废后重登"):
        staffed.registers.edit("swap", second.uid, {"counterpart": others[2]})
    staffed.registers.edit("swap", second.uid, {"reason": "看病"})
    staffed.registers.void("swap", second.uid, "登错")
    assert of(staffed, date(2026, 12, 1))[0].name == others[0]
    staffed.registers.void("swap", first.uid, "登错")
    back = of(staffed, date(2026, 12, 1))[0]
    assert (back.who, back.planned, back.source) == (shift.who, shift.who, "manual")


def test_a_swap_is_undone_by_one_key(staffed: Desk) -> None:
    staffed.duty.rotate(DECEMBER)
    shift = of(staffed, date(2026, 12, 1))[0]
    add(staffed, "swap", {"shift": shift.uid, "counterpart": "李四", **PAPER})
    offer = staffed.undo.last()
    assert offer is not None
    staffed.undo.take_back(offer.deed)
    assert of(staffed, date(2026, 12, 1))[0] == shift
    offer = staffed.undo.last()
    assert offer is not None
    assert offer.words == "轮排 46 条"
    staffed.undo.take_back(offer.deed)
    assert staffed.duty.month(DECEMBER).shifts == ()


@pytest.mark.parametrize(
    ("values", "column", "words"),
    [
        ({"counterpart": "周一明"}, "counterpart", "不能和自己换班"),
        ({"swap_kind": "互换"}, "other_shift", "互换要选对方的班"),
        ({"counterpart": ""}, "counterpart", "请选谁来顶班"),
        ({"counterpart": "李四", "on_paper": False}, "approved_by", "请选批准人"),
        ({"counterpart": "李四", "approved_by": "周一明"}, "approved_by", "不能自己批准自己"),
        ({"counterpart": "李四", "reason": ""}, "reason", "没有填"),
    ],
)
def test_a_swap_that_cannot_be_is_refused(
    staffed: Desk, values: dict[str, Any], column: str, words: str
) -> None:
    staffed.duty.rotate(DECEMBER)
    shift = of(staffed, date(2026, 12, 1))[0]
    if shift.name != "周一明":
        shift = next(each for each in staffed.duty.month(DECEMBER).shifts if each.name == "周一明")
    with pytest.raises(Invalid) as refused:
        add(staffed, "swap", {"shift": shift.uid, **PAPER, **values})
    assert any(name == column and words in told for name, told in problems(refused))


def test_nobody_is_on_duty_twice_at_one_time_or_on_leave_or_gone(staffed: Desk) -> None:
    row = {"duty_date": "2026-12-01", "shift": "上午", "staff": "钱二"}
    first = add(staffed, "duty", row)
    assert (first.starts, first.ends, first.contact_phone) == (time(8, 30), time(11, 30), "0577-88660001")
    for again in (row, row | {"shift": "全天", "duty_type": "带班"}):
        with pytest.raises(Invalid, match="钱二同一时间已有班"):
            add(staffed, "duty", again)
    add(staffed, "duty", row | {"shift": "下午"})
    add(staffed, "leave", leave("孙三", "2026-12-01 08:00", "2026-12-01 12:00", "李四"))
    with pytest.raises(Invalid, match="孙三那时请假"):
        add(staffed, "duty", row | {"staff": "孙三"})
    add(staffed, "duty", row | {"staff": "孙三", "shift": "下午"})
    staffed.registers.edit("staff", uid_of(staffed, "李四"), {"end_on": "2026-11-30"})
    with pytest.raises(Invalid, match="李四在 2026-12-01 不在岗"):
        add(staffed, "duty", row | {"staff": "李四"})
    with pytest.raises(Invalid, match="替补不能是值班人自己"):
        add(staffed, "duty", row | {"staff": "周一明", "backup": "周一明"})


def uid_of(desk: Desk, name: str) -> str:
    return str(desk.registers.find("staff", Query((name,))).records[0].uid)


def test_a_person_who_leaves_in_mid_month_has_turns_up_to_the_last_day(staffed: Desk) -> None:
    staffed.registers.edit("staff", uid_of(staffed, "钱二"), {"end_on": "2026-12-10"})
    proposal = staffed.duty.rotate(DECEMBER)
    days = {each.slot.day for each in proposal.filled if proposal.names[each.who] == "钱二"}
    assert days
    assert max(days) <= date(2026, 12, 10)
    assert proposal.unmet == ()


def test_leave_over_a_published_shift_is_kept_and_asks_for_a_stand_in(staffed: Desk) -> None:
    staffed.duty.rotate(DECEMBER)
    staffed.duty.publish(DECEMBER)
    shift = of(staffed, date(2026, 12, 1))[0]
    delegate = next(name for name in NAMES if name != shift.name)
    added = staffed.registers.add(
        "leave", [leave(shift.name, "2026-12-01 08:00", "2026-12-01 17:30", delegate)]
    )
    assert any("请假期间有班" in notice for notice in added[0].notices)
    assert set(staffed.duty.month(DECEMBER).clashes) == {each.uid for each in of(staffed, date(2026, 12, 1))}
    assert "那时请假" in "\n".join(staffed.months.hints(DECEMBER))
    for each in of(staffed, date(2026, 12, 1)):
        add(staffed, "swap", {"shift": each.uid, "counterpart": delegate, **PAPER})
    assert staffed.duty.month(DECEMBER).clashes == {}


@pytest.mark.parametrize(
    ("values", "column", "words"),
    [
        ({"delegate": "钱二"}, "delegate", "工作代理人不能是请假人自己"),
        ({"approved_by": "钱二", "on_paper": False}, "approved_by", "不能自己批自己的假"),
        ({"on_paper": False}, "approved_by", "请选审批人"),
        ({"end_at": "2026-12-01 07:00"}, "end_at", "结束时间要晚于开始时间"),
        ({"leave_state": "已销假"}, "returned_at", "请填销假时间"),
        ({"delegate": "孙三"}, "delegate", "工作代理人那时也请假"),
        ({"start_at": "2026-12-03 08:00", "end_at": "2026-12-05 12:00", "staff": "孙三"}, "start_at", "重叠"),
    ],
)
def test_a_leave_that_cannot_be_is_refused(
    staffed: Desk, values: dict[str, Any], column: str, words: str
) -> None:
    add(staffed, "leave", leave("孙三", "2026-12-01 08:00", "2026-12-04 17:00", "李四"))
    with pytest.raises(Invalid) as refused:
        add(staffed, "leave", leave("钱二", "2026-12-01 08:00", "2026-12-01 17:00", "李四") | values)
    assert any(name == column and words in told for name, told in problems(refused))


def test_who_comes_back_late_was_away_too_long(staffed: Desk) -> None:
    asked = leave("钱二", "2026-11-16 08:00", "2026-11-17 17:00", "李四")
    stored = add(staffed, "leave", asked)
    assert stored.days == 2
    back = staffed.registers.edit("leave", stored.uid, {"returned_at": "2026-11-18 08:00"})
    assert back.leave_state == "overrun"
    back = staffed.registers.edit("leave", stored.uid, {"returned_at": "2026-11-17 14:00"})
    assert back.leave_state == "returned"


def test_the_list_says_whose_turn_it_is_and_who_never_comes_on_mondays(staffed: Desk) -> None:
    add(
        staffed, "turn",
        {"staff": "李四", "place": 1}, {"staff": "孙三", "place": 2, "not_on": "周一"},
        {"staff": "周一明", "duty_type": "带班"},
    )  # fmt: skip
    proposal = staffed.duty.rotate(DECEMBER)
    at_desk = {proposal.names[each.who] for each in proposal.filled if each.slot.duty == "desk"}
    assert at_desk == {"李四", "孙三"}
    mondays = [each for each in proposal.filled if each.slot.day.weekday() == 0 and each.slot.duty == "desk"]
    assert {proposal.names[each.who] for each in mondays} == {"李四"}
    leads = [each for each in proposal.filled if each.slot.duty == "lead"]
    assert len(leads) == 23
    assert staffed.duty.on_duty(datetime(2026, 12, 1, 9)).leaders == "周一明"


def test_a_month_that_nobody_can_staff_says_why(staffed: Desk) -> None:
    add(staffed, "staff", {"full_name": "外援"})
    for name in NAMES:
        add(staffed, "leave", leave(name, "2026-12-01 08:00", "2026-12-01 12:00", "外援"))
    staffed.registers.edit("staff", uid_of(staffed, "外援"), {"employment_state": "借调"})
    proposal = staffed.duty.propose(DECEMBER)
    assert [(each.slot.day.day, each.slot.shift) for each in proposal.unmet] == [(1, "morning")]
    assert proposal.why(proposal.unmet[0]).startswith("没有人能来（")
    assert "周一明：请假" in proposal.why(proposal.unmet[0])
    staffed.duty.rotate(DECEMBER)
    assert [each.shift for each in staffed.duty.month(DECEMBER).unmet] == ["morning"]


def test_who_is_on_duty_now_next_and_through_the_night(staffed: Desk) -> None:
    add(
        staffed, "duty",
        {"duty_date": "2026-12-01", "shift": "上午", "staff": "钱二"},
        {"duty_date": "2026-12-01", "shift": "下午", "staff": "孙三"},
        {"duty_date": "2026-12-01", "shift": "防汛防台24小时", "staff": "李四", "duty_type": "应急值守"},
        {"duty_date": "2026-12-01", "shift": "全天", "staff": "周一明", "duty_type": "带班"},
    )  # fmt: skip
    names = {hour: staffed.duty.on_duty(datetime(2026, 12, 1, hour)).names for hour in (7, 9, 12, 15, 20)}
    assert names == {7: "李四", 9: "李四、钱二", 12: "李四", 15: "李四、孙三", 20: "李四"}
    assert staffed.duty.on_duty(datetime(2026, 12, 2, 3)).names == "李四"
    assert staffed.duty.on_duty(datetime(2026, 12, 2, 9)).shifts == ()
    assert staffed.duty.on_duty(datetime(2026, 12, 1, 9)).leaders == "周一明"


def test_a_closed_month_keeps_its_roster(staffed: Desk) -> None:
    october = Month(2026, 10)
    staffed.duty.rotate(october)
    shift = staffed.duty.month(october).shifts[0]
    staffed.months.close(october)
    for act in (staffed.duty.rotate, staffed.duty.publish):
        with pytest.raises(MonthClosed):
            act(october)
    other = next(name for name in NAMES if name != shift.name)
    with pytest.raises(Invalid, match="已经结账"):
        add(staffed, "swap", {"shift": shift.uid, "counterpart": other, **PAPER})
    assert staffed.duty.month(october).is_closed
    assert staffed.duty.month(october).shifts[0] == shift


def test_a_swap_is_entered_afterwards(staffed: Desk) -> None:
    staffed.duty.rotate(NOVEMBER)
    shift = of(staffed, date(2026, 11, 3), NOVEMBER)[0]
    other = next(name for name in NAMES if name != shift.name)
    swap = add(
        staffed, "swap",
        {"shift": shift.uid, "counterpart": other, "agreed_at": "2026-11-02 16:00", **PAPER},
    )  # fmt: skip
    assert swap.is_backfilled
    assert staffed.duty.on_duty(datetime(2026, 11, 3, 9)).names == other


def test_holidays_have_a_leader_and_a_watch_and_the_page_names_them(staffed: Desk) -> None:
    february = Month(2026, 2)
    staffed.duty.rotate(february)
    roster = staffed.duty.month(february)
    days = {each.day.day: each for each in roster.days}
    assert {days[day].kind for day in range(15, 24)} <= {"holiday", "lieu"}
    assert days[17].name.startswith("春节")
    assert (days[14].kind, days[28].kind) == ("makeup", "makeup")
    assert [each.duty for each in roster.shifts if each.day.day == 17] == ["lead", "watch"]
    assert [each.duty for each in roster.shifts if each.day.day == 14] == ["desk", "desk"]
    assert sum(each.holidays for each in roster.tallies.values()) == 18


def test_the_command_proposes_and_publishes(staffed: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    staffed.close()
    asked = ["--data", str(staffed.office.folder), "--today", "2026-11-22", "roster", "2026-12", "--json"]
    assert main(asked, {}) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= {"shifts", "fairness", "unmet"}
    assert len(told["shifts"]) == 46
    first = told["shifts"][0]
    assert (first["date"], first["shift"], first["duty_type"]) == ("2026-12-01", "morning", "desk")
    assert first["staff"]["text"] == NAMES[0]
    assert first["why"] == "按顺序轮到"
    assert told["unmet"] == []
    assert sum(each["total"] for each in told["fairness"]) == 23
    desk = Desk.open(staffed.office.folder, rehearsed(date(2026, 11, 22)))
    assert desk.duty.month(DECEMBER).shifts == ()
    desk.close()
    assert main([*asked, "--publish"], {}) == 0
    published = json.loads(capsys.readouterr().out)
    assert published["shifts"] == told["shifts"]
    assert published["version"] == 1
    assert main([*asked, "--publish"], {}) == 1
    assert "没有变动" in capsys.readouterr().out


def test_the_day_before_still_counts_for_a_night_shift(staffed: Desk) -> None:
    night = {"duty_date": "2026-12-01", "shift": "防汛防台24小时", "staff": "钱二", "duty_type": "应急值守"}
    add(staffed, "duty", night)
    with pytest.raises(Invalid, match="同一时间已有班"):
        add(
            staffed, "duty",
            {"duty_date": "2026-12-02", "shift": "上午", "staff": "钱二", "starts": "07:30", "ends": "11:30"},
        )  # fmt: skip
    add(staffed, "duty", {"duty_date": "2026-12-02", "shift": "上午", "staff": "钱二"})


def test_a_wrong_slot_is_refused(staffed: Desk) -> None:
    place = Slot(date(2026, 12, 1), "morning", "desk", *TIMES["morning"])
    with pytest.raises(Invalid, match="没有登记过"):
        staffed.duty.assign(place, "没有这个人")
    with pytest.raises(Refused, match="没有这个班"):
        staffed.duty.assign(place, "钱二", "没有这个班")
    assert staffed.duty.assign(place, "钱二").source == "manual"


def test_a_roster_counts_no_more_than_its_lines(staffed: Desk) -> None:
    staffed.duty.rotate(NOVEMBER)
    ledger = staffed.books.ledger("duty", NOVEMBER)
    assert ledger.totals["count"] == len(ledger.rows) == 42
    assert ledger.totals["desk"] == 42
