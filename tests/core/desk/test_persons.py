"""Persons: registered where they are named, told apart, merged, and taken apart again."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from ojr_desk.store.query import Query
from tests.office import add, visit


def person(desk: Desk, name: str = "陈阿英", **more: Any) -> Any:
    return add(desk, "person", {"full_name": name} | more)


def names(desk: Desk, *words: str) -> list[str]:
    return [each.full_name for each in desk.registers.find("person", Query(words)).records]


def test_whom_a_visit_names_is_registered_once(desk: Desk) -> None:
    first = add(desk, "intake", visit(person="陈阿英"))
    again = add(desk, "intake", visit(person=" 陈阿英 "))
    assert first.person == again.person
    assert names(desk) == ["陈阿英"]


def test_a_name_is_known_however_its_dot_was_typed(desk: Desk) -> None:
    first = add(desk, "intake", visit(person="阿卜杜拉•买买提"))
    again = add(desk, "intake", visit(person="阿卜杜拉・买买提"))
    assert first.person == again.person
    assert names(desk) == ["阿卜杜拉·买买提"]


def test_a_person_is_named_by_columns_by_key_or_by_number(desk: Desk) -> None:
    typed = {"full_name": "林大山", "phone": "138 0577 0001", "grid": "第三网格"}
    first = add(desk, "intake", visit(person=typed))
    known = desk.registers.get("person", first.person)
    assert (known.phone, known.grid) == ("13805770001", "第三网格")
    for same in (typed, {"uid": known.uid, "text": "林大山"}, known.uid, known.record_no, "林大山"):
        assert add(desk, "intake", visit(person=same)).person == known.uid
    assert names(desk) == ["林大山"]


def test_another_of_that_name_is_registered_with_a_warning(desk: Desk) -> None:
    person(desk, phone="13805770001")
    added = desk.registers.add("intake", [visit(person={"full_name": "陈阿英", "phone": "13805770002"})])
    assert "已有 1 位同名的“陈阿英”" in added[0].notices[0]
    assert "138****0001" in added[0].notices[0]
    assert names(desk) == ["陈阿英", "陈阿英"]
    assert "同名" in desk.registers.add("person", [{"full_name": "陈阿英"}])[0].notices[0]


def test_of_two_the_number_tells(desk: Desk) -> None:
    one, _other = person(desk, phone="13805770001"), person(desk, phone="13805770002")
    with pytest.raises(Invalid) as refused:
        add(desk, "intake", visit())
    assert [(p.column, p.code) for p in refused.value.problems] == [("person", "ambiguous_link")]
    assert add(desk, "intake", visit(person=one.record_no)).person == one.uid
    assert add(desk, "intake", visit(person=f"陈阿英（{one.record_no}）")).person == one.uid


def test_what_is_wrong_with_a_person_stands_beside_the_rest(desk: Desk) -> None:
    wrong = visit(person={"full_name": "王?", "phone": "12"}, content="", headcount="零")
    with pytest.raises(Invalid) as refused:
        desk.registers.add("intake", [visit(), wrong])
    assert {(p.row, p.column) for p in refused.value.problems} == {
        (2, "person"),
        (2, "content"),
        (2, "headcount"),
    }
    assert names(desk) == []


def test_a_nickname_in_brackets_is_a_name(desk: Desk) -> None:
    known = person(desk, name="陈阿英（阿婆）")
    assert add(desk, "intake", visit(person="陈阿英（阿婆）")).person == known.uid


def test_an_edit_registers_whom_it_names(desk: Desk) -> None:
    added = add(desk, "intake", visit())
    edited = desk.registers.edit("intake", added.uid, {"person": "林大山"})
    assert desk.registers.get("person", edited.person).full_name == "林大山"


def test_persons_are_offered_by_initials_part_or_last_digits(desk: Desk) -> None:
    person(desk, phone="13805770001")
    person(desk, name="林大山")
    for typed in ("cay", "chen", "阿英", "0001", "陈阿英 0001"):
        assert [each.full_name for each in desk.persons.suggest(typed)] == ["陈阿英"], typed
    assert desk.persons.suggest(" ") == []


def test_a_double_is_merged_and_its_visits_move(desk: Desk) -> None:
    keep, double = person(desk), person(desk, phone="13805770001", grid="第三网格")
    moved = add(desk, "intake", visit(person=double.uid))
    kept = desk.persons.merge(keep.record_no, double.record_no)
    assert (kept.uid, kept.phone, kept.grid) == (keep.uid, "13805770001", "第三网格")
    assert desk.registers.get("intake", moved.uid).person == keep.uid
    assert desk.registers.get("person", double.uid).merged_into == keep.uid
    assert add(desk, "intake", visit()).person == keep.uid, "the double is not offered any more"


def test_a_merging_is_taken_back_whole(desk: Desk) -> None:
    keep, double = person(desk), person(desk, phone="13805770001")
    moved, own = add(desk, "intake", visit(person=double.uid)), add(desk, "intake", visit(person=keep.uid))
    desk.persons.merge(keep.uid, double.uid)
    back = desk.persons.unmerge(double.record_no)
    assert (back.uid, back.merged_into, back.phone) == (double.uid, None, "13805770001")
    assert desk.registers.get("person", keep.uid).phone == ""
    assert desk.registers.get("intake", moved.uid).person == double.uid
    assert desk.registers.get("intake", own.uid).person == keep.uid
    with pytest.raises(Refused, match="没有找到"):
        desk.persons.unmerge(double.uid)


def test_what_was_changed_since_stays_when_a_merging_is_taken_back(desk: Desk) -> None:
    keep, double, third = person(desk), person(desk, phone="13805770001"), person(desk, name="林大山")
    moved = add(desk, "intake", visit(person=double.uid))
    desk.persons.merge(keep.uid, double.uid)
    desk.registers.edit("intake", moved.uid, {"person": third.uid})
    desk.registers.edit("person", keep.uid, {"phone": "13805770009"})
    desk.persons.unmerge(double.uid)
    assert desk.registers.get("intake", moved.uid).person == third.uid
    assert desk.registers.get("person", keep.uid).phone == "13805770009"


def test_mergings_are_taken_back_in_turn(desk: Desk) -> None:
    one, two, three = person(desk), person(desk, phone="13805770001"), person(desk, phone="13805770002")
    moved = add(desk, "intake", visit(person=one.uid))
    desk.persons.merge(two.uid, one.uid)
    desk.persons.merge(three.uid, two.uid)
    with pytest.raises(Refused, match="先拆开那一次"):
        desk.persons.unmerge(one.uid)
    desk.persons.unmerge(two.uid)
    desk.persons.unmerge(one.uid)
    assert desk.registers.get("intake", moved.uid).person == one.uid


def test_what_cannot_be_merged_is_refused(desk: Desk) -> None:
    one, two, three = person(desk), person(desk, phone="13805770001"), person(desk, phone="13805770002")
    for keep, double in ((one, one), (one.uid, "FW-202611-9999")):
        with pytest.raises(Refused):
            desk.persons.merge(getattr(keep, "uid", keep), getattr(double, "uid", double))
    desk.persons.merge(one.uid, two.uid)
    with pytest.raises(Refused, match="合并过"):
        desk.persons.merge(three.uid, two.uid)
    desk.registers.void("person", three.uid, "录错")
    with pytest.raises(Refused, match="作废"):
        desk.persons.merge(one.uid, three.uid)


def test_rows_of_a_month_closed_since_stay_when_a_merging_is_taken_back(desk: Desk) -> None:
    keep, double = person(desk), person(desk, phone="13805770001")
    moved = add(desk, "intake", visit(person=double.uid, occurred_at="2026-10-12 08:30"))
    desk.persons.merge(keep.uid, double.uid)
    desk.months.close(Month(2026, 10))
    printed = desk.books.ledger("visit", Month(2026, 10))
    desk.persons.unmerge(double.uid)
    assert desk.registers.get("intake", moved.uid).person == keep.uid
    assert desk.books.ledger("visit", Month(2026, 10)) == printed


def test_a_closed_row_of_a_merged_person_can_still_be_corrected(desk: Desk) -> None:
    keep, double = person(desk), person(desk, phone="13805770001")
    row = add(desk, "intake", visit(person=double.uid, occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    desk.persons.merge(keep.uid, double.uid)
    corrected = desk.months.correct("intake", row.uid, {"headcount": "2"}, "少记一人")
    assert [each.of_column for each in corrected] == ["headcount"]


def test_a_record_naming_a_voided_member_of_the_staff_can_still_be_edited(desk: Desk) -> None:
    staff = add(desk, "staff", {"full_name": "李文书"})
    row = add(desk, "intake", visit(received_by="李文书"))
    desk.registers.void("staff", staff.uid, "录错")
    assert desk.registers.edit("intake", row.uid, {"remark": "补充"}).received_by == staff.uid
    with pytest.raises(Invalid):
        add(desk, "intake", visit(received_by="李文书"))


def test_names_of_the_superior_and_of_villages_do_not_mix(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    staff = add(desk, "staff", {"full_name": "李文书"})
    add(superior, "staff", {"full_name": "李文书"})
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30", received_by="李文书"))
    desk.months.close(Month(2026, 10))
    desk.outbox.send(Month(2026, 10), tmp_path / "stick")
    superior.inbox.receive([tmp_path / "stick"])
    own = add(superior, "intake", visit(received_by="李文书"))
    assert own.received_by != staff.uid
    with pytest.raises(Refused, match="别的中心"):
        superior.registers.edit("staff", staff.uid, {"full_name": "改名"})


def test_the_day_does_not_matter(desk: Desk) -> None:
    """A person first named in January for a visit of December stands in December's book, also when renamed."""
    later = Desk.open(desk.office.folder, rehearsed(date(2027, 1, 5)))
    row = add(later, "intake", visit(occurred_at="2026-12-20 09:00"))
    later.months.close(Month(2026, 12))
    later.registers.edit("person", row.person, {"full_name": "陈改名"})
    assert later.books.ledger("visit", Month(2026, 12)).rows[0][3] == "陈阿英"
    later.close()


def test_a_merged_double_is_found_by_its_own_telephone(desk: Desk) -> None:
    keep, double = person(desk, phone="13805770001"), person(desk, phone="13805770002")
    desk.persons.merge(keep.uid, double.uid)
    entered = add(desk, "intake", visit(person={"full_name": "陈阿英", "phone": "13805770002"}))
    assert entered.person == keep.uid
    assert desk.registers.find("person", Query()).total == 2
    assert [each.uid for each in desk.persons.suggest("0002")] == [keep.uid]
    desk.persons.unmerge(double.uid)
    again = add(desk, "intake", visit(person={"full_name": "陈阿英", "phone": "13805770002"}))
    assert again.person == double.uid


def test_what_only_a_double_was_called_means_whom_it_was_merged_into(desk: Desk) -> None:
    keep = person(desk, "陈阿瑛", phone="13805770001")
    middle, double = person(desk, "陈阿莺"), person(desk, phone="13805770002")
    desk.persons.merge(middle.uid, double.uid)
    desk.persons.merge(keep.uid, middle.uid)
    for typed in ("陈阿英", double.record_no, {"full_name": "陈阿英", "phone": "13805770002"}):
        assert add(desk, "intake", visit(person=typed)).person == keep.uid
    other = person(desk)
    assert add(desk, "intake", visit(person="陈阿英")).person == other.uid, "a name of one's own comes first"


def test_a_new_telephone_typed_beside_somebody_known_is_written_down(desk: Desk) -> None:
    person = add(desk, "person", {"full_name": "王碎姆", "phone": "13957770001"})
    add(desk, "intake", visit(person={"uid": person.uid, "phone": "13957770009"}))
    assert desk.registers.get("person", person.uid).phone == "13957770009"
    add(desk, "intake", visit(person={"uid": person.uid, "phone": ""}))
    assert desk.registers.get("person", person.uid).phone == "13957770009"
    with pytest.raises(Invalid):
        add(desk, "intake", visit(person={"uid": person.uid, "phone": "电话"}))
