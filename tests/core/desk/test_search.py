"""The one search box: every register with a page, the best first, and nothing that must not be seen."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.desk import Desk
from ojr_desk.desk.search import Hit
from tests.office import add, visit


def hits(desk: Desk, typed: str, limit: int = 5) -> dict[str, list[Hit]]:
    return {group.register: list(group.hits) for group in desk.search.everything(typed, limit)}


def numbers(desk: Desk, typed: str, limit: int = 5) -> list[str]:
    return [hit.record_no for group in desk.search.everything(typed, limit) for hit in group.hits]


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """An office where somebody was more than once."""
    person = {"full_name": "陈阿英", "phone": "13805770001", "grid": "第三网格"}
    add(desk, "staff", {"full_name": "陈爱媛", "mobile": "13905770001"})
    add(
        desk,
        "intake",
        visit(
            person=person,
            content="河滨村口的路灯不亮，晚上看不见路",
            disposition="受理转办理单",
            matter_category="公共设施·道路路灯",
            matter_nature="求助",
        ),
    )
    add(desk, "intake", visit(person="陈阿英", channel="来电", content="再问路灯什么时候修好"))
    add(desk, "venue", {"venue_name": "路灯维修间", "area": "12", "capacity": "3"})
    return desk


def test_everything_is_found_by_register(busy: Desk) -> None:
    found = busy.search.everything("路灯")
    assert [(group.register, group.title, len(group.hits)) for group in found] == [
        ("venue", "场地", 1),
        ("case", "事项办理单", 1),
        ("intake", "来访来电来信", 2),
        ("phrase", "常用语", 1),
    ]


def test_a_hit_tells_who_by_a_mask_and_one_line_of_it(busy: Desk) -> None:
    (call, came) = hits(busy, "路灯")["intake"]
    assert (came.record_no, came.label) == ("LF-202611-0001", "来访")
    assert came.context == "陈*英 河滨村口的路灯不亮，晚上看不见路"
    assert call.context == "陈*英 再问路灯什么时候修好"
    assert (came.register, str(came.day)) == ("intake", "2026-11-22")


def test_a_person_is_found_by_initials_name_or_last_digits(busy: Desk) -> None:
    for typed in ("cay", "CAY", "陈阿英", "阿英", "0001", "chen"):
        (person,) = hits(busy, typed)["person"]
        assert (person.label, person.record_no) == ("陈阿英", "FW-202611-0001"), typed
    assert hits(busy, "0001")["person"][0].context == "138****0001"
    assert [each.label for each in hits(busy, "cay")["staff"]] == ["陈爱媛"]


def test_the_name_that_was_typed_comes_before_names_that_begin_so(busy: Desk) -> None:
    add(busy, "person", {"full_name": "陈阿英子"}, {"full_name": "小陈阿英"})
    assert [each.label for each in hits(busy, "陈阿英")["person"]] == ["陈阿英", "陈阿英子", "小陈阿英"]


def test_what_bears_the_name_is_found_however_many_are_newer(busy: Desk) -> None:
    add(busy, "person", *({"full_name": f"陈阿英{sign}"} for sign in "甲乙丙丁戊己庚辛壬癸" * 5))
    group = next(each for each in busy.search.everything("陈阿英", 3) if each.register == "person")
    assert (group.hits[0].record_no, group.more, len(group.hits)) == ("FW-202611-0001", True, 3)


def test_a_number_is_found_whole_or_by_its_end(busy: Desk) -> None:
    assert numbers(busy, "LF-202611-0001")[0] == "LF-202611-0001"
    assert numbers(busy, "lf-202611-0001")[0] == "LF-202611-0001"
    for typed in ("0001", "1", "01"):
        assert {"LF-202611-0001", "LD-202611-0001", "BL-202611-0001", "CS-202611-0001"} <= set(
            numbers(busy, typed)
        ), typed
    assert numbers(busy, "77") == []
    older = add(busy, "intake", visit(occurred_at="2026-10-12 09:00"))
    assert older.record_no in numbers(busy, "1")


def test_every_word_must_be_found(busy: Desk) -> None:
    assert [hit.record_no for hit in hits(busy, "陈阿英 修好")["intake"]] == ["LD-202611-0001"]
    assert busy.search.everything("陈阿英 没有这回事") == ()


@pytest.mark.parametrize(
    "typed", ["", "  ", "—", "…！？", "\x00", "\ud800", "%", "'", '"', "a" * 5000, "１" * 400]
)
def test_whatever_is_typed_does_no_harm(busy: Desk, typed: str) -> None:
    assert busy.search.everything(typed) == ()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=12))
def test_any_text_may_be_typed(busy: Desk, typed: str) -> None:
    for group in busy.search.everything(typed, 2):
        assert 0 < len(group.hits) <= 2


def test_no_more_is_shown_than_was_asked_for(desk: Desk) -> None:
    add(desk, "intake", *(visit(content=f"问路灯的事{n}") for n in range(7)))
    (group,) = (each for each in desk.search.everything("问路灯的事", 5) if each.register == "intake")
    assert (len(group.hits), group.more) == (5, True)
    assert [hit.record_no[-1] for hit in group.hits] == ["7", "6", "5", "4", "3"]
    (group,) = (each for each in desk.search.everything("问路灯的事", 7) if each.register == "intake")
    assert (len(group.hits), group.more) == (7, False)


def test_what_is_switched_off_and_steps_are_not_searched(busy: Desk) -> None:
    busy.registers.switch("venue", False)
    assert "venue" not in hits(busy, "路灯")
    (case,) = hits(busy, "BL-202611-0001")["case"]
    busy.cases.act("case", case.uid, "take_up", {"remark": "备注里的词"})
    assert "step" not in hits(busy, "备注里的词")


def test_of_what_is_sealed_or_sensitive_nothing_is_seen(desk: Desk) -> None:
    add(desk, "intake", visit(matter_nature="检举控告", content="王主任收了钱"))
    add(desk, "intake", visit(person="林大山", content="王主任家里的病", confidentiality="敏感"))
    assert [hit.record_no for hit in hits(desk, "王主任")["intake"]] == ["LF-202611-0002"]
    assert [hit.context for hit in hits(desk, "王主任")["intake"]] == ["敏感"]
    assert [hit.context for hit in hits(desk, "LF-202611-0001")["intake"]] == ["密封"]


def test_private_numbers_are_masked_where_they_were_found(desk: Desk) -> None:
    who = {"full_name": "林大山", "phone": "13805776543", "address": "河滨村一组12号"}
    add(desk, "intake", visit(person=who, channel="来电", caller_number="13805776543"))
    for typed in ("6543", "13805776543", "一组12"):
        told = repr(desk.search.everything(typed))
        assert "13805776543" not in told
        assert "12号" not in told


def test_a_double_is_found_as_whom_it_was_merged_into(desk: Desk) -> None:
    one = add(desk, "person", {"full_name": "陈阿英"})
    two = add(desk, "person", {"full_name": "陈阿英", "phone": "13805770001"})
    desk.persons.merge(one.uid, two.uid)
    assert [hit.uid for hit in hits(desk, "陈阿英")["person"]] == [one.uid]


def test_what_is_void_says_so(desk: Desk) -> None:
    record = add(desk, "intake", visit(content="路灯不亮了"))
    desk.registers.void("intake", record.uid, "录错")
    assert hits(desk, "路灯不亮")["intake"][0].context.startswith("已作废 ")


def test_a_long_text_is_cut_around_what_was_found(desk: Desk) -> None:
    add(desk, "intake", visit(content="前" * 100 + "路灯不亮" + "后" * 100))
    context = hits(desk, "路灯不亮")["intake"][0].context
    assert "…前前前前前前前前路灯不亮后" in context
    assert context.endswith("…")
    assert len(context) < 60
