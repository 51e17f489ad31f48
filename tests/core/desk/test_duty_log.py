"""The log of a shift: filled from the roster and the day's records, handing on what is open until it is done."""

from datetime import date, datetime, time
from typing import Any

import pytest

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid
from ojr_desk.registers.intake import CALLS, LETTERS, VISITS
from tests.office import add, run_sql, visit

NOVEMBER = Month(2026, 11)
FRIDAY = "2026-11-20"


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A centre with two people at the desk on Friday and a leader."""
    for name in ("周一明", "钱二", "孙三"):
        add(desk, "staff", {"full_name": name})
    add(
        desk, "duty",
        {"duty_date": FRIDAY, "shift": "上午", "staff": "钱二"},
        {"duty_date": FRIDAY, "shift": "下午", "staff": "孙三"},
        {"duty_date": FRIDAY, "shift": "全天", "staff": "周一明", "duty_type": "带班"},
    )  # fmt: skip
    return desk


def log(desk: Desk, shift: str = "上午", day: str = FRIDAY, **more: Any) -> Any:
    return add(desk, "duty_log", {"duty_date": day, "shift": shift, **more})


def again(desk: Desk, record: Any) -> Any:
    return desk.registers.get("duty_log", record.uid)


def name_of(desk: Desk, uid: str) -> str:
    return str(desk.registers.get("staff", uid).full_name)


def test_a_log_is_filled_from_the_roster_as_it_is_after_a_swap(staffed: Desk) -> None:
    shift = staffed.duty.shifts(date(2026, 11, 20))[0]
    add(staffed, "swap", {"shift": shift.uid, "counterpart": "孙三", "reason": "看病", "on_paper": True})
    written = log(staffed)
    assert name_of(staffed, written.keeper) == "孙三"
    assert name_of(staffed, written.leader) == "周一明"
    assert (written.dress_ok, written.badge_ok, written.emblem_ok) == (True, True, True)
    assert written.patrol_result == "fine"


def test_one_click_makes_a_whole_log_and_only_the_hours_are_asked_for(staffed: Desk) -> None:
    added = staffed.registers.add("duty_log", [{"duty_date": FRIDAY, "shift": "上午"}])
    assert added[0].notices == ("还没有填：到岗、离岗",)


def test_counts_are_of_the_shift_and_everything_is_counted_once(staffed: Desk) -> None:
    for at, channel in (
        ("07:50", "来访"), ("09:00", "来电"), ("13:59", "来访"), ("14:00", "来信"), ("22:00", "来访"),
    ):  # fmt: skip
        add(staffed, "intake", visit(occurred_at=f"{FRIDAY} {at}", channel=channel))
    morning = log(staffed)
    assert (morning.n_visit, morning.n_call, morning.n_letter) == (2, 1, 0)
    afternoon = log(staffed, "下午")
    assert (afternoon.n_visit, afternoon.n_call, afternoon.n_letter) == (1, 0, 1)
    late = add(staffed, "intake", visit(occurred_at=f"{FRIDAY} 10:00"))
    assert again(staffed, morning).n_visit == 3
    staffed.registers.edit("intake", late.uid, {"occurred_at": f"{FRIDAY} 15:00"})
    assert (again(staffed, morning).n_visit, again(staffed, afternoon).n_visit) == (2, 2)
    staffed.registers.void("intake", late.uid, "登错")
    assert again(staffed, afternoon).n_visit == 1
    ledger = staffed.books.ledger("duty_log", NOVEMBER)
    asked = "SELECT channel FROM intake WHERE record_status <> 'void'"
    channels = [row[0] for row in run_sql(staffed, asked)]
    for code, book in (("visits", VISITS), ("calls", CALLS), ("letters", LETTERS)):
        assert ledger.totals[code] == sum(each in book for each in channels)
    assert ledger.totals["count"] == len(ledger.rows) == 2


def test_counts_follow_what_is_taken_back(staffed: Desk) -> None:
    morning = log(staffed)
    add(staffed, "intake", visit(occurred_at=f"{FRIDAY} 10:00"))
    assert again(staffed, morning).n_visit == 1
    offer = staffed.undo.last()
    assert offer is not None
    staffed.undo.take_back(offer.deed)
    assert again(staffed, morning).n_visit == 0


def test_there_is_one_log_for_a_shift(staffed: Desk) -> None:
    first = log(staffed)
    with pytest.raises(Invalid, match=first.record_no):
        log(staffed)
    staffed.registers.void("duty_log", first.uid, "重写")
    log(staffed)


def test_what_is_open_is_carried_until_it_is_done(staffed: Desk) -> None:
    log(staffed, pending_items="等街道回复名单\n空调报修")
    assert log(staffed, "下午").pending_items == "等街道回复名单\n空调报修"
    with pytest.raises(Invalid, match="空调报修"):
        log(staffed, day="2026-11-21", pending_items="等街道回复名单")
    done = log(staffed, day="2026-11-21", done_items="空调报修")
    assert done.pending_items == "等街道回复名单"
    assert staffed.duty.still_open(date(2026, 11, 22), "morning") == ("等街道回复名单",)
    with pytest.raises(Invalid, match="等街道回复名单"):
        staffed.registers.edit("duty_log", done.uid, {"pending_items": "无"})
    staffed.registers.edit("duty_log", done.uid, {"weather": "雨"})
    last = log(staffed, "下午", "2026-11-21", pending_items="无", done_items="等街道回复名单")
    assert last.pending_items == "无"
    assert staffed.duty.still_open(date(2026, 11, 22), "morning") == ()


def test_a_handover_wants_another_person_and_both_to_confirm(staffed: Desk) -> None:
    with pytest.raises(Invalid, match="交接班要选接班人"):
        log(staffed, end_mode="交接班")
    with pytest.raises(Invalid, match="不能是同一个人"):
        log(staffed, end_mode="交接班", keeper="钱二", taker="钱二")
    values = {"duty_date": FRIDAY, "shift": "上午", "end_mode": "交接班", "taker": "孙三"}
    hours = {"arrived_at": "08:45", "left_at": "11:30", "items": "钥匙、公章柜"}
    added = staffed.registers.add("duty_log", [values | hours])
    told = "；".join(added[0].notices)
    for words in ("双方确认", "清点没有勾对讲机、现金箱、应急物资、账本", "到岗晚了 15 分钟"):
        assert words in told
    uid = added[0].record.uid
    confirmed = {"from_confirmed": True, "to_confirmed": True, "handover_note": "其余在二楼柜里"}
    staffed.registers.edit("duty_log", uid, confirmed)
    assert not [each for each in staffed.months.hints(NOVEMBER) if "交接班" in each]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"patrol_result": "异常"}, "请写明是什么"),
        ({"arrived_at": "09:00", "left_at": "08:00"}, "离岗时间要晚于到岗时间"),
        ({"duty_date": "2026-11-23"}, "日期在今天之后"),
        ({"key_events": "身份证330302198103290015遗失"}, "身份证号"),
    ],
)
def test_a_log_that_cannot_be_is_refused(staffed: Desk, values: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        log(staffed, **values)


def test_shifts_without_a_log_are_listed_when_they_are_over(staffed: Desk) -> None:
    add(staffed, "duty", {"duty_date": "2026-11-30", "shift": "上午", "staff": "钱二"})
    friday = date(2026, 11, 20)
    assert staffed.duty.missing_logs(NOVEMBER) == ((friday, "morning"), (friday, "afternoon"))
    log(staffed)
    assert staffed.duty.missing_logs(NOVEMBER) == ((friday, "afternoon"),)
    assert staffed.duty.month(NOVEMBER).without_log == ((friday, "afternoon"),)
    staffed.registers.switch("duty_log", False)
    assert staffed.duty.missing_logs(NOVEMBER) == ()


def test_the_month_s_end_misses_logs_and_a_roster_that_does_not_hang_on_the_wall(staffed: Desk) -> None:
    (this,) = [each for each in staffed.today().months if each.month == NOVEMBER]
    assert this.missing == ("roster", "logs")
    staffed.duty.publish(NOVEMBER)
    log(staffed)
    log(staffed, "下午")
    (this,) = [each for each in staffed.today().months if each.month == NOVEMBER]
    assert this.missing == ()


def test_a_whole_day_s_log_counts_the_whole_day(staffed: Desk) -> None:
    add(staffed, "intake", visit(occurred_at=f"{FRIDAY} 15:00"))
    assert log(staffed, "全天").n_visit == 1


def test_open_cases_are_named_and_stay_as_they_were(staffed: Desk) -> None:
    taken = visit(disposition="accepted", matter_nature="help", occurred_at=f"{FRIDAY} 09:00")
    case = staffed.registers.get("case", add(staffed, "intake", taken | {"urgency": "urgent"}).case)
    written = log(staffed)
    assert (case.record_no in written.open_cases) == (case.due_on <= date(2026, 11, 25))
    assert staffed.registers.edit("duty_log", written.uid, {"weather": "晴"}).open_cases == written.open_cases


def test_the_hours_of_a_shift_come_from_its_sort_where_no_rule_says(staffed: Desk) -> None:
    hours = [(each.shift, each.starts, each.ends) for each in staffed.duty.shifts(date(2026, 11, 20))]
    assert hours[0] == ("morning", time(8, 30), time(11, 30))
    assert hours[1] == ("day", time(8, 30), time(17))
    assert staffed.duty.on_duty(datetime(2026, 11, 20, 9)).leaders == "周一明"
