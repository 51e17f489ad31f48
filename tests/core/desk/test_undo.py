"""Undoing: what the last deed was, and that taking it back harms nothing that was built on it."""

from datetime import timedelta

import pytest

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.store import history
from tests.office import add, visit


def status(desk: Desk, code: str, uid: str) -> str:
    return str(desk.registers.get(code, uid).record_status)


def take_back(desk: Desk) -> str:
    offer = desk.undo.last()
    assert offer is not None
    desk.undo.take_back(offer.deed)
    return offer.words


def test_what_was_added_is_void_again_and_its_number_stays_taken(desk: Desk) -> None:
    record = add(desk, "intake", visit(person="王碎姆"))
    assert take_back(desk) == f"登记 {record.record_no}"
    assert status(desk, "intake", record.uid) == "void"
    assert add(desk, "intake", visit()).record_no > record.record_no


def test_the_person_registered_along_with_it_goes_too_unless_somebody_names_them(desk: Desk) -> None:
    first = add(desk, "intake", visit(person="王碎姆"))
    take_back(desk)
    assert status(desk, "person", first.person) == "void"
    second = add(desk, "intake", visit(person="黄阿妹"))
    deed = desk.undo.last()
    assert deed is not None
    add(desk, "intake", visit(person="黄阿妹"))
    told = desk.undo.take_back(deed.deed)
    assert told.back == (second.record_no,)
    assert len(told.impossible) == 1
    assert status(desk, "person", second.person) == "normal"


def test_what_was_changed_is_as_it_was(desk: Desk) -> None:
    record = add(desk, "intake", visit(content="来问医保怎么交"))
    desk.registers.edit("intake", record.uid, {"content": "来问社保怎么交", "headcount": 3})
    assert take_back(desk) == f"改动 {record.record_no}"
    back = desk.registers.get("intake", record.uid)
    assert (back.content, back.headcount) == ("来问医保怎么交", 1)


def test_what_was_declared_void_lives_again(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    desk.registers.void("intake", record.uid, "登记错了")
    take_back(desk)
    back = desk.registers.get("intake", record.uid)
    assert (back.record_status, back.void_reason) == ("normal", None)


def test_a_step_taken_back_leaves_the_case_where_it_was(desk: Desk) -> None:
    handler = add(desk, "staff", {"full_name": "林小娟"})
    intake = add(desk, "intake", visit(disposition="accepted"))
    desk.cases.act("case", intake.case, "assign", {"handler": handler.uid})
    assert desk.registers.get("case", intake.case).case_state == "assigned"
    assert take_back(desk) == "办理 “派单/转办”"
    case = desk.cases.standing(intake.case)
    assert case.record.case_state == "accepted"
    assert [step.step for step in case.steps] == ["accept"]
    desk.cases.act("case", intake.case, "assign", {"handler": handler.uid})
    assert desk.registers.get("case", intake.case).case_state == "assigned"


def test_a_record_that_was_changed_since_stays_and_is_told(desk: Desk) -> None:
    one, other = (each.record for each in desk.registers.add("intake", [visit(), visit()]))
    deed = desk.undo.last()
    assert deed is not None
    assert deed.words == "登记 2 条"
    desk.registers.edit("intake", one.uid, {"headcount": 2})
    told = desk.undo.take_back(deed.deed)
    who = desk.registers.get("person", one.person)
    assert (told.back, told.changed, told.impossible) == (
        (other.record_no,),
        (one.record_no,),
        (who.record_no,),
    )
    assert status(desk, "intake", one.uid) == "normal"


def test_nothing_of_a_closed_month_is_taken_back(desk: Desk) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-15 08:30"))
    deed = desk.undo.last()
    assert deed is not None
    desk.months.close(Month(2026, 10))
    with pytest.raises(Refused, match="没有能撤销的"):
        desk.undo.take_back(deed.deed)
    assert status(desk, "intake", record.uid) == "normal"


def test_undoing_goes_back_deed_by_deed_and_can_itself_be_undone(desk: Desk) -> None:
    one = add(desk, "intake", visit())
    two = add(desk, "intake", visit())
    take_back(desk)
    take_back(desk)
    assert {status(desk, "intake", each.uid) for each in (one, two)} == {"void"}
    again = desk.undo.again()
    assert again is not None
    assert again.words == f"登记 {one.record_no}"
    desk.undo.take_back(again.deed)
    assert status(desk, "intake", one.uid) == "normal"
    assert take_back(desk) == f"登记 {one.record_no}"


def test_a_deed_of_yesterday_or_of_a_colleague_is_not_offered(desk: Desk) -> None:
    clerk = add(desk, "staff", {"full_name": "林小娟"})
    add(desk, "intake", visit())
    now = desk.office.now()
    desk.office.clock = lambda: now + timedelta(hours=25)
    assert desk.undo.last() is None
    desk.office.clock = lambda: now
    desk.sit_down(clerk.uid)
    assert desk.undo.last() is None


def test_the_story_stays_whole(desk: Desk) -> None:
    add(desk, "intake", visit(disposition="accepted", reply_content=""))
    take_back(desk)
    with desk.office.reading() as session:
        assert history.verify(session).broken_at is None
