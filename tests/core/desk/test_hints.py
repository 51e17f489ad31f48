"""What is still to be put right is told and listed; it never keeps anybody from writing something down."""

import json
from typing import Any

import pytest

from ojr_desk.cli import main
from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.checks import check_office
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid
from ojr_desk.store.query import Query
from tests.office import TODAY, add, visit

NOVEMBER = Month(2026, 11)
WHOLE: dict[str, Any] = {
    "party_org_name": "中共龙川村支部委员会",
    "address": "龙川村中心路1号",
    "hotline": "0577-66661234",
    "volunteer_hotline": "0577-66661235",
    "opened_on": "2026-01-01",
    "build_mode": "改建",
}


def told(desk: Desk, code: str, **values: Any) -> str:
    """What is told when a record is stored."""
    return "；".join(desk.registers.add(code, [values])[0].notices)


def refused(desk: Desk, code: str, **values: Any) -> list[tuple[str | None, str]]:
    """Where a record is refused, and why."""
    with pytest.raises(Invalid) as problems:
        desk.registers.add(code, [values])
    return [(each.column, each.code) for each in problems.value.problems]


def test_a_new_centre_s_month_names_what_the_standard_wants_of_it(desk: Desk) -> None:
    (hint,) = [each for each in desk.months.hints(NOVEMBER) if "龙川村" in each]
    assert all(
        word in hint for word in ("地址", "服务热线", "志愿热线", "负责人", "联系人", "启用日期", "建设方式")
    )
    assert "上级单位" not in hint
    head = add(
        desk,
        "staff",
        {"full_name": "李文书", "mobile": "13805770001", "start_on": "2026-01-01", "hire_mode": "选任"},
    )
    desk.registers.edit("center", desk.office.center, WHOLE | {"head": head.uid, "contact": head.uid})
    assert desk.months.hints(NOVEMBER) == ()


def test_what_is_missing_fails_no_check_up(desk: Desk) -> None:
    desk.close()
    findings = {each["check"]: each for each in check_office(desk.office.folder, rehearsed(TODAY))}
    assert findings["待补"]["ok"]
    assert "地址" in findings["待补"]["detail"]


def test_a_code_of_another_prefecture_is_doubted_not_refused(desk: Desk) -> None:
    desk.registers.edit("center", desk.office.center, {"division_code": "110101001001"})
    assert any("110101001001" in each for each in desk.months.hints(NOVEMBER))


@pytest.mark.parametrize(
    ("name", "value", "code"), [("short_name", "a/b:*?", "file_name"), ("opened_on", "2026-11-23", "future")]
)
def test_a_centre_is_not_called_what_no_file_may_be_nor_opened_tomorrow(
    desk: Desk, name: str, value: str, code: str
) -> None:
    with pytest.raises(Invalid) as problems:
        desk.registers.edit("center", desk.office.center, {name: value})
    assert [(each.column, each.code) for each in problems.value.problems] == [(name, code)]


def test_a_month_of_birth_and_a_short_number_are_what_they_say(desk: Desk) -> None:
    assert refused(
        desk, "staff", full_name="李文书", birth_month="昨天", short_no="abc", staff_category=[]
    ) == [
        ("birth_month", "month"),
        ("staff_category", "required"),
        ("short_no", "short_number"),
    ]
    assert refused(desk, "staff", full_name="李文书", birth_month="2026-12") == [("birth_month", "birth")]
    stored = add(desk, "staff", {"full_name": "李文书", "birth_month": "1981年3月", "short_no": "６１２３４"})
    assert (stored.birth_month, stored.short_no) == ("1981-03", "61234")
    assert "手机" in told(desk, "staff", full_name="王主任")


def test_duties_that_were_changed_are_hung_up_again(desk: Desk) -> None:
    add(
        desk,
        "post",
        {"post_name": "综合受理岗", "duties": "接待", "posted_on": "2026-01-10", "valid_from": "2026-01-01"},
    )
    assert not any("上墙" in each for each in desk.months.hints(NOVEMBER))
    found = desk.registers.find("post", Query()).records[0]
    desk.registers.edit("post", found.uid, {"duties": "接待和登记", "valid_from": "2026-11-10"})
    assert any("重新上墙" in each for each in desk.months.hints(NOVEMBER))


def test_two_rooms_do_not_bear_one_name(desk: Desk) -> None:
    hall = {"venue_name": "大厅", "area": "80", "capacity": 40}
    first = add(desk, "venue", hall)
    assert refused(desk, "venue", **hall) == [("venue_name", "double")]
    other = add(desk, "venue", hall | {"venue_name": "书房"})
    with pytest.raises(Invalid):
        desk.registers.edit("venue", other.uid, {"venue_name": "大厅"})
    desk.registers.edit("venue", first.uid, {"capacity": 50})
    desk.registers.void("venue", first.uid, "拆了")
    desk.registers.edit("venue", other.uid, {"venue_name": "大厅"})


def test_a_room_that_is_booked_or_paid_for_brings_its_reminders(desk: Desk) -> None:
    notice = told(desk, "venue", venue_name="大厅", area="80", capacity=40, is_charged="是")
    assert all(word in notice for word in ("审批人", "不得租赁", "开放对象", "对应功能项"))


def test_opening_hours_begin_with_the_first_session_and_have_days(desk: Desk) -> None:
    rule = {"title": "平时", "rule_type": "常规", "session1_start": "08:30", "session1_end": "11:30"}
    assert refused(desk, "opening", **rule | {"weekdays": []}) == [("weekdays", "required")]
    second = {"title": "平时", "rule_type": "常规", "session2_start": "14:00", "session2_end": "17:00"}
    assert refused(desk, "opening", **second) == [("session1_start", "required")]
    closed = {"title": "台风", "rule_type": "临时关闭", "closure_reason": "台风", "valid_from": "2026-11-10"}
    assert "知会上级" in told(desk, "opening", **closed, valid_to="2026-11-15")
    assert told(desk, "opening", **closed | {"title": "停电"}, valid_to="2026-11-10") == ""
    assert "城市书房" in told(desk, "opening", **rule, scope="全部、城市书房")


def test_a_first_responder_who_has_left_is_doubted(desk: Desk) -> None:
    row = {"mobile": "13805770001", "start_on": "2026-01-01", "hire_mode": "选任"}
    add(desk, "staff", row | {"full_name": "李文书", "end_on": "2026-10-31", "employment_state": "离职"})
    add(desk, "staff", row | {"full_name": "王主任", "is_first_responder": "否"})
    assert "已不在岗" in told(desk, "intake", **visit(first_responder="李文书"))
    assert (
        told(desk, "intake", **visit(first_responder="李文书", occurred_at="2026-10-30 09:00")).count(
            "不在岗"
        )
        == 0
    )
    assert "不是首问责任岗" in told(desk, "intake", **visit(first_responder="王主任"))


def test_a_child_s_number_fills_the_gender_and_marks_the_record(desk: Desk) -> None:
    child = add(desk, "person", {"full_name": "陈小宝", "citizen_id": "330326201509010031"})
    assert (child.gender, child.confidentiality) == ("male", "sensitive")
    grown = add(desk, "person", {"full_name": "陈大宝", "citizen_id": "330302198103290015", "gender": "女"})
    assert (grown.gender, grown.confidentiality) == ("female", "ordinary")


def test_one_number_on_two_persons_and_a_gender_that_it_does_not_tell_are_doubted(desk: Desk) -> None:
    first = add(desk, "person", {"full_name": "陈大宝", "citizen_id": "330302198103290015"})
    notice = told(desk, "person", full_name="陈宝宝", citizen_id="330302198103290015", gender="女")
    assert first.record_no in notice
    assert "性别和身份证号不一致" in notice


def test_nobody_is_born_after_today(desk: Desk) -> None:
    number = "330326202709010030"
    assert refused(desk, "person", full_name="陈小宝", citizen_id=number) == [("citizen_id", "birth")]
    assert refused(desk, "staff", full_name="陈小宝", citizen_id=number) == [("citizen_id", "birth")]


def test_a_complaint_that_nobody_asked_after_is_listed(desk: Desk) -> None:
    row = visit(disposition="accepted", matter_nature="complaint", occurred_at="2026-11-02 09:00")
    case = add(desk, "intake", row).case
    day = {"occurred_at": "2026-11-03 09:00"}
    desk.cases.act("case", case, "take_up", day | {"text": "去看了"})
    desk.cases.act("case", case, "reply", day | {"method": "phone", "text": "讲了"})
    desk.cases.act("case", case, "close", day | {"result": "solved"})
    assert any("还没有回访" in each for each in desk.months.hints(NOVEMBER))
    desk.cases.act("case", case, "follow_up", {"satisfaction": "满意", "reached": "是"})
    assert not any("还没有回访" in each for each in desk.months.hints(NOVEMBER))


def test_the_command_line_lists_them_and_closing_a_month_tells_them(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.close()
    office = ["--data", str(desk.office.folder), "--today", "2026-11-30"]
    assert main([*office, "hints", "2026-11", "--json"], {}) == 0
    (hint,) = json.loads(capsys.readouterr().out)
    assert "还没有填" in hint
    assert main([*office, "close", "2026-11", "--json"], {}) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"month": "2026-11", "state": "closed", "gaps": []}
    assert hint in told.err
