"""One person's card, what shows of it beside a form, and who may have been entered twice."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import inspect

from ojr_desk.desk import Desk
from ojr_desk.desk.glimpse import about_persons
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS, Link
from ojr_desk.store.triggers import table
from tests.office import add, visit

ID = "330302198103290015"


def person(desk: Desk, name: str = "陈阿英", **more: Any) -> Any:
    return add(desk, "person", {"full_name": name} | more)


def came(desk: Desk, who: Any, day: str = "2026-11-20", **more: Any) -> Any:
    return add(desk, "intake", visit(person=who.uid, occurred_at=f"{day} 09:00", **more))


def told(desk: Desk, uid: str) -> list[tuple[str, str]]:
    return [(each.kind, each.state) for each in desk.persons.card(uid).events]


def test_a_card_shows_what_the_screen_may_show(desk: Desk) -> None:
    who = person(desk, phone="13805770001", citizen_id=ID, address="河滨村一组12号", grid="第三网格")
    card = desk.persons.card(who.record_no)
    assert (card.uid, card.record_no, card.name) == (who.uid, who.record_no, "陈阿英")
    shown = {field.name: field.text for field in card.fields}
    assert shown["phone"] == "138****0001"
    assert shown["citizen_id"] == "330302********0015"
    assert shown["address"] == "河滨村一组"
    assert shown["grid"] == "第三网格"
    assert "org_name" not in shown
    assert not {"13805770001", ID} & set(shown.values())
    assert (card.total, card.events, card.doubles) == (0, (), ())


def test_a_card_tells_when_of_what_sort_and_how_it_stands_and_no_word_of_it(desk: Desk) -> None:
    who = person(desk)
    came(desk, who, "2026-11-18", content="想问点私事的", channel="来电")
    taken = came(desk, who, "2026-11-20", disposition="受理转办理单", matter_nature="求助")
    came(desk, person(desk, "林大山"))
    card = desk.persons.card(who.uid)
    assert card.total == 3
    assert [(each.register, each.day, each.kind, each.state) for each in card.events] == [
        ("intake", date(2026, 11, 20), "来访", "受理转办理单"),
        ("case", date(2026, 11, 20), "事项办理单", "受理"),
        ("intake", date(2026, 11, 18), "来电", "当场答复"),
    ]
    assert card.events[1].uid == taken.case
    assert "私事" not in repr(card)
    desk.cases.act("case", taken.case, "take_up", {})
    assert told(desk, who.uid)[1] == ("事项办理单", "办理中")


def test_of_what_is_void_the_card_says_so_and_of_what_is_sensitive_only_that_it_is_there(desk: Desk) -> None:
    who = person(desk)
    desk.registers.void("intake", came(desk, who, "2026-11-18").uid, "录错")
    came(desk, who, "2026-11-19", confidentiality="敏感")
    assert told(desk, who.uid) == [("敏感", ""), ("来访", "已作废")]


def test_a_card_is_read_by_pages_newest_first(desk: Desk) -> None:
    who = person(desk)
    came(desk, who, "2026-11-18", disposition="受理转办理单", matter_nature="求助")
    for day in range(2, 17):
        came(desk, who, f"2026-11-{day:02}")
    whole = desk.persons.card(who.uid, limit=50)
    assert (whole.total, len(whole.events)) == (17, 17)
    pages = [desk.persons.card(who.uid, skip, 6).events for skip in (0, 6, 12, 18)]
    assert [len(page) for page in pages] == [6, 6, 5, 0]
    assert sum(pages, ()) == whole.events
    days = [str(each.day) for each in whole.events]
    assert days == sorted(days, reverse=True)


def test_beside_a_form_neither_complaints_nor_care_data_show(desk: Desk) -> None:
    who = person(desk)
    came(desk, who, "2026-11-10", matter_nature="投诉", disposition="受理转办理单")
    came(desk, who, "2026-11-11", matter_nature="意见批评")
    came(desk, who, "2026-11-12", confidentiality="敏感")
    desk.registers.void("intake", came(desk, who, "2026-11-13").uid, "录错")
    came(desk, who, "2026-11-14", matter_nature="求助", disposition="受理转办理单")
    seen = desk.persons.history(who.uid)
    assert [(each.register, each.day) for each in seen] == [
        ("intake", date(2026, 11, 14)),
        ("case", date(2026, 11, 14)),
    ]
    assert len(desk.persons.history(who.uid, 1)) == 1
    assert desk.persons.card(who.uid).total == 7
    assert desk.persons.history("nobody") == ()


def test_what_is_switched_off_does_not_show(desk: Desk) -> None:
    who = person(desk)
    came(desk, who, disposition="受理转办理单", matter_nature="求助")
    desk.registers.switch("case", False)
    assert [each.register for each in desk.persons.card(who.uid).events] == ["intake"]
    desk.registers.switch("intake", False)
    card = desk.persons.card(who.uid)
    assert (card.total, card.events) == (0, ())


def test_a_card_tells_of_merged_doubles_too_also_in_closed_months(desk: Desk) -> None:
    one, two, three = person(desk), person(desk, phone="13805770001"), person(desk, phone="13805770002")
    old = came(desk, one, "2026-10-12")
    new = came(desk, one, "2026-11-12")
    desk.months.close(Month(2026, 10))
    desk.persons.merge(two.uid, one.uid)
    desk.persons.merge(three.uid, two.uid)
    assert desk.registers.get("intake", old.uid).person == one.uid, "a closed month links to whom it did"
    for uid in (three.uid, two.uid, one.record_no):
        card = desk.persons.card(uid)
        assert (card.uid, set(card.doubles)) == (three.uid, {one.record_no, two.record_no})
        assert [each.uid for each in card.events] == [new.uid, old.uid]
    assert [each.uid for each in desk.persons.history(one.uid)] == [new.uid, old.uid]


def test_there_is_no_card_of_nobody(desk: Desk) -> None:
    with pytest.raises(Refused, match="没有“FW-202611-9999”"):
        desk.persons.card("FW-202611-9999")


def test_every_link_by_which_a_card_is_made_has_its_index(desk: Desk) -> None:
    direct = {register.code for register, _column in about_persons()}
    wanted = [(register, column.name) for register, column in about_persons()]
    wanted += [
        (register, column.name)
        for register in REGISTERS.values()
        if register.dated_by and not register.steps_of and register.code not in direct
        for column in register.typed
        if isinstance(column.kind, Link) and column.kind.to in direct
    ]
    assert ("intake", "person") in {(register.code, name) for register, name in wanted}
    with desk.office.reading() as session:
        seen = inspect(session.connection())
        for register, name in wanted:
            first = {index["column_names"][0] for index in seen.get_indexes(table(register))}
            assert name in first, f"{register.code}.{name}: declare it with index=True"


def names(desk: Desk) -> list[tuple[str, list[str]]]:
    return [(each.why, [one.record_no for one in each.persons]) for each in desk.persons.doubles()]


def test_who_may_have_been_entered_twice_is_told_with_the_reason(desk: Desk) -> None:
    one = person(desk, "陈阿英", citizen_id=ID)
    two = person(desk, "陈阿瑛", citizen_id=ID)
    three = person(desk, "林大山", phone="13805770001", grid="第一网格")
    four = person(desk, "林大山", phone="13805770001", grid="第一网格")
    five = person(desk, "王小明", grid="第二网格")
    six = person(desk, "王小明", grid="第二网格", phone="13805770009")
    person(desk, "王小明", grid="第三网格")
    person(desk, "林小山", phone="13805770001")
    came(desk, four)
    assert names(desk) == [
        ("citizen_id", [one.record_no, two.record_no]),
        ("phone", [four.record_no, three.record_no]),
        ("grid", [five.record_no, six.record_no]),
    ]
    (found,) = [each for each in desk.persons.doubles() if each.why == "phone"]
    assert [(each.name, each.phone, each.events) for each in found.persons] == [
        ("林大山", "138****0001", 1),
        ("林大山", "138****0001", 0),
    ]
    assert len(desk.persons.doubles(1)) == 1


def test_who_was_merged_or_declared_void_or_taken_apart_is_not_told_again(desk: Desk) -> None:
    one, two = person(desk, phone="13805770001"), person(desk, phone="13805770001")
    assert len(names(desk)) == 1
    desk.persons.merge(one.uid, two.uid)
    assert names(desk) == []
    desk.persons.unmerge(two.uid)
    assert names(desk) == [], "somebody looked, and they are two"
    three = person(desk, phone="13805770001")
    # The two are two: the third is asked about beside one of them, and beside the other once that is answered.
    assert names(desk) == [("phone", [one.record_no, three.record_no])]
    desk.persons.part(one.uid, three.uid)
    assert names(desk) == [("phone", [two.record_no, three.record_no])]
    desk.registers.void("person", three.uid, "录错")
    assert names(desk) == []


def test_a_phone_may_belong_to_three(desk: Desk) -> None:
    house = [person(desk, name, phone="138 0577 0001") for name in ("陈阿英", "林大山", "林小山")]
    found = desk.persons.with_phone("+86 138-0577-0001")
    assert [each.full_name for each in found] == ["林小山", "林大山", "陈阿英"]
    desk.registers.void("person", house[0].uid, "录错")
    desk.persons.merge(house[1].uid, house[2].uid)
    assert [each.full_name for each in desk.persons.with_phone("13805770001")] == ["林大山"]
    for wrong in ("", "没有", "12345678901234", "13805770002"):
        assert desk.persons.with_phone(wrong) == []
