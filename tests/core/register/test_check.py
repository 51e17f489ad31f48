"""The one check: everything that is wrong at once, and nothing that was meant is refused."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ojr_desk.problems import Invalid, Problem
from ojr_desk.register import REGISTERS, Given, check, is_blank

NOW = datetime(2026, 11, 22, 15, 30, 12)
GIVEN = Given(
    now=NOW,
    resolve=lambda code, word: {"王": ("uid-wang",), "陈": ("uid-1", "uid-2")}.get(word, ()),
    closed=lambda day: (day.year, day.month) == (2026, 9),
    late=lambda day: (NOW.date() - day).days > 2,
    opened_on=date(2026, 3, 1),
    user="王",
)
INTAKE, VENUE, OPENING = REGISTERS["intake"], REGISTERS["venue"], REGISTERS["opening"]


def visit(**more: Any) -> dict[str, Any]:
    return {
        "person": "王",
        "matter_category": "other",
        "content": "问末班车时间",
        "reply_content": "已答",
        "received_by": "",
    } | more


def venue(**more: Any) -> dict[str, Any]:
    return {"venue_name": "会议室", "area": "40", "capacity": "30"} | more


def wrong(
    values: dict[str, Any], given: Given = GIVEN, register: Any = INTAKE
) -> list[tuple[str | None, str]]:
    with pytest.raises(Invalid) as refused:
        check(register, values, given)
    return [(problem.column, problem.code) for problem in refused.value.problems]


def made(register: Any, values: dict[str, Any], given: Given = GIVEN) -> Any:
    return check(register, values, given)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = wrong(
        visit(
            person="谁",
            occurred_at="2026-02-30 08:00",
            matter_category="外星",
            content="字" * 2001,
            headcount="三个",
            pages="0",
            contnt="x",
            record_no="LF-1",
            letter_date="去年",
        )
    )
    assert found == [
        ("occurred_at", "no_such_day"),
        ("person", "no_such_record"),
        ("headcount", "bad_number"),
        ("matter_category", "unknown_choice"),
        ("content", "too_long"),
        ("letter_date", "day"),
        ("pages", "out_of_range"),
        ("contnt", "unknown_column"),
        ("record_no", "computed"),
    ]


def test_each_problem_is_a_sentence_that_names_the_label() -> None:
    with pytest.raises(Invalid) as refused:
        check(INTAKE, visit(headcount="三个", contnt="x", record_no="1", content=""), GIVEN)
    assert [problem.message for problem in refused.value.problems] == [
        "人数：不是数字，请填整数",
        "主要内容没有填，请填写",
        "没有“contnt”这一栏，是不是 content？",
        "编号由程序自动填写，请不要填",
    ]
    assert str(refused.value) == "；".join(problem.message for problem in refused.value.problems)


def test_nought_and_no_are_something_and_blanks_are_nothing() -> None:
    something: list[object] = [0, False, Decimal(0), "0", "否"]
    nothing: list[object] = [None, "", "  ", "\u3000", (), []]
    assert not any(map(is_blank, something))
    assert all(map(is_blank, nothing))
    record = made(REGISTERS["center"], center(party_members=0, branches="０"))
    assert (record.party_members, record.branches, record.registered_people) == (0, 0, None)
    assert ("capacity", "out_of_range") in wrong(venue(capacity=0), register=VENUE)
    assert ("capacity", "required") in wrong(venue(capacity=" "), register=VENUE)


def center(**more: Any) -> dict[str, Any]:
    return {
        "official_name": "瓯江红龙川村党群服务中心",
        "short_name": "龙川村",
        "center_type": "village",
    } | more


def test_an_emptied_field_holds_nothing_or_its_default() -> None:
    empty = dict.fromkeys(("channel", "headcount", "anonymous", "org_name", "left_at", "repeat_of"), "")
    record = made(INTAKE, visit(**empty))
    assert (record.channel, record.headcount, record.anonymous) == ("visit", 1, False)
    assert (record.org_name, record.left_at, record.repeat_of) == ("", None, None)
    assert made(VENUE, venue(zone_items="", equipment=[])).zone_items == ()
    assert made(VENUE, venue()).zone_items == ()


def test_an_emptied_date_is_missing() -> None:
    assert wrong(visit(occurred_at="")) == [("occurred_at", "required")]
    assert wrong(visit(occurred_at=None)) == [("occurred_at", "required")]
    assert made(INTAKE, visit()).occurred_at == datetime(2026, 11, 22, 15, 30)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-21",
        "2026/11/21",
        "2026.11.21",
        "20261121",
        "2026年11月21日",
        "11-21",
        "11月21日",
        "昨天",
        "-1",
        "２０２６－１１－２１",
    ],
)
def test_a_day_is_typed_in_many_styles(typed: str) -> None:
    assert made(INTAKE, visit(received_on=typed)).received_on == date(2026, 11, 21)
    assert made(INTAKE, visit(occurred_at=f"{typed} 08:05")).occurred_at == datetime(2026, 11, 21, 8, 5)
    assert made(INTAKE, visit(occurred_at=typed)).occurred_at == datetime(2026, 11, 21)


@pytest.mark.parametrize("typed", ["3", "３", " 3 ", 3, 3.0, "3.0", "3.", "0,003", "+3"])
def test_a_number_is_typed_in_many_styles(typed: Any) -> None:
    assert made(INTAKE, visit(headcount=typed)).headcount == 3


@pytest.mark.parametrize("typed", ["人民调解", "Law", "law.", "法律", "没有"])
def test_a_choice_that_is_not_in_the_list_is_refused_with_the_nearest(typed: str) -> None:
    with pytest.raises(Invalid, match="最接近的是") as refused:
        check(INTAKE, visit(matter_category=typed), GIVEN)
    assert [problem.code for problem in refused.value.problems] == ["unknown_choice"]
    assert len(refused.value.message) < 80
    if typed == "法律":
        assert "法律·法律援助" in refused.value.message


def test_of_a_short_list_all_is_told() -> None:
    with pytest.raises(Invalid, match="请从这些里选：一般、较急、紧急"):
        check(INTAKE, visit(urgency="马上"), GIVEN)


def test_a_sentence_that_names_its_field_names_it_once() -> None:
    with pytest.raises(Invalid) as refused:
        check(REGISTERS["person"], {"full_name": "王?"}, GIVEN)
    assert refused.value.message.startswith("姓名里")


@pytest.mark.parametrize("typed", ["law.aid", "法律·法律援助", " ｌａｗ．ａｉｄ ", "法律・法律援助"])
def test_a_choice_is_typed_as_code_or_label(typed: str) -> None:
    if typed.count("・"):
        assert wrong(visit(matter_category=typed)) == [("matter_category", "unknown_choice")]
    else:
        assert made(INTAKE, visit(matter_category=typed)).matter_category == "law.aid"


def test_several_choices_come_in_the_lists_order_and_once() -> None:
    for typed in ("A03、A01", "红色讲堂,主题党日，A02", ["A02", "主题党日"], ("A02", "A01"), "A02;A01\nA02"):
        items = made(VENUE, venue(zone_items=typed)).zone_items
        assert items == tuple(sorted(items))
        assert len(items) == 2


def test_a_text_has_at_most_so_many_characters_however_rare() -> None:
    assert made(INTAKE, visit(content="𠮷" * 2000)).content == "𠮷" * 2000
    assert wrong(visit(content="𠮷" * 2001)) == [("content", "too_long")]


def test_what_has_not_happened_yet_is_refused() -> None:
    assert wrong(visit(occurred_at="2026-11-22 15:31")) == [("occurred_at", "future")]
    assert made(INTAKE, visit(occurred_at="2026-11-22 15:30")).occurred_at == datetime(2026, 11, 22, 15, 30)
    assert wrong(visit(occurred_at="明天 08:00")) == [("occurred_at", "future")]
    assert ("left_at", "future") in wrong(visit(left_at="2030-01-01 08:00"))
    for name in ("letter_date", "received_on"):
        assert (name, "future") in wrong(visit(channel="letter", **{name: "2030-01-01"}))


def test_what_lies_before_the_opening_or_in_a_closed_month_is_refused() -> None:
    assert wrong(visit(occurred_at="2026-02-28 08:00")) == [("occurred_at", "before_opening")]
    assert wrong(visit(occurred_at="2026-09-30 23:59")) == [("occurred_at", "closed_month")]
    assert made(INTAKE, visit(occurred_at="2026-10-01 00:00"))
    assert made(INTAKE, visit(occurred_at="2026-03-01 00:00"))


def test_late_entry_is_marked() -> None:
    assert made(INTAKE, visit(occurred_at="2026-11-20 08:00")).is_backfilled is False
    assert made(INTAKE, visit(occurred_at="2026-11-19 08:00")).is_backfilled is True


def test_a_name_that_two_bear_asks_which() -> None:
    assert wrong(visit(person="陈")) == [("person", "ambiguous_link")]
    assert made(INTAKE, visit(person=" 王 ")).person == "uid-wang"
    assert made(INTAKE, visit(person={"uid": "王", "text": "老王"})).person == "uid-wang"


def test_what_must_be_filled_is_not_filled_with_what_nobody_sees() -> None:
    for typed in ("\u200b", "\ufeff \t", "\u3000\n"):
        assert ("venue_name", "required") in wrong(venue(venue_name=typed), register=VENUE), repr(typed)
    assert made(VENUE, venue(venue_name="\u200b会议室\u200b")).venue_name == "会议室"


@pytest.mark.parametrize("typed", [["路灯"], {"a": 1}, True, "有\x00字", "有\x07铃", "\ud800半个"])
def test_what_is_no_text_is_refused(typed: Any) -> None:
    assert wrong(visit(org_name=typed))[0][0] == "org_name"


@pytest.mark.parametrize("typed", [["王"], ("王",), True, {"uid": ["王"]}])
def test_what_is_no_text_names_nobody(typed: Any) -> None:
    assert wrong(visit(person=typed)) == [("person", "not_text")]


@pytest.mark.parametrize(
    "typed", ["1e999999999", "-1e999999999", "9" * 5000, float("inf"), float("nan"), "1e400", 10**400]
)
def test_a_monstrous_number_is_refused_at_once(typed: Any) -> None:
    assert wrong(visit(headcount=typed))[0][0] == "headcount"
    assert wrong(venue(area=typed), register=VENUE)[0][0] == "area"


def test_money_and_areas_are_never_rounded() -> None:
    for typed, kept in (
        ("286.4", "286.40"),
        ("￥1,286.40", "1286.40"),
        (0.1, "0.10"),
        ("２８６．４０", "286.40"),
    ):
        assert str(made(VENUE, venue(area=typed)).area) == kept
    for typed in ("1.005", 0.105, "0.001", "0"):
        assert wrong(venue(area=typed), register=VENUE)[0][0] == "area"


def test_rules_speak_beside_their_column_and_once() -> None:
    assert wrong(visit(person="")) == [("person", "required")]
    assert wrong(visit(anonymous="是")) == [("person", "contradiction")]
    assert wrong(visit(disposition="转介其他部门")) == [("transferred_to", "required")]
    assert wrong(visit(content="短")) == [("content", "too_short")]
    assert wrong(visit(content="他的号码是11010519491231002X请查")) == [("content", "citizen_id_in_text")]
    opening = {"title": "平时", "rule_type": "regular", "session1_start": "08:30"}
    assert wrong(opening, register=OPENING) == [("session1_end", "required")]


def test_rules_are_silent_about_columns_that_were_not_read() -> None:
    columns = [INTAKE.by_name[name] for name in ("channel", "occurred_at", "record_no", "recorded_at")]
    values = {
        "channel": "来电",
        "occurred_at": "2026-11-20T08:00:00",
        "record_no": "LD-1",
        "recorded_at": "2026-11-20T08:00:59",
    }
    record: Any = check(INTAKE, values, GIVEN, columns)
    assert (record.channel, record.record_no, record.recorded_at.second) == ("call", "LD-1", 59)
    assert (record.content, record.person, record.headcount) == (None, None, 1)


def test_what_follows_is_computed() -> None:
    record = made(INTAKE, visit(headcount="5", received_by="王"))
    assert (record.is_group, record.closed_at, record.first_responder) == (
        True,
        record.occurred_at,
        "uid-wang",
    )
    noted = made(INTAKE, visit(disposition="noted"))
    assert (noted.is_group, noted.closed_at, noted.first_responder) == (False, None, None)


def test_what_the_form_shows_first_comes_from_the_moment() -> None:
    record = made(INTAKE, visit(), replace(GIVEN, now=datetime(2026, 11, 22, 9, 5, 59)))
    assert record.occurred_at == datetime(2026, 11, 22, 9, 5)


def test_a_problem_has_a_code_that_programs_may_rely_on() -> None:
    problem = Problem("没有填", "required", "content", 3)
    assert (problem.code, problem.column, problem.row, problem.sheet) == ("required", "content", 3, None)
