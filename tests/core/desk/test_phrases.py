"""Phrases: found by keyword, initials or any part, for the field that is being filled."""

from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk, NewOffice
from ojr_desk.desk.phrases import beginnings
from ojr_desk.problems import Invalid, Refused
from ojr_desk.registers.phrase import USES
from ojr_desk.rules.identity import has_citizen_id, has_mobile
from ojr_desk.store.query import Query
from tests.office import add


def phrase(desk: Desk, keyword: str, text: str, use: str = "any") -> Any:
    return add(desk, "phrase", {"keyword": keyword, "text": text, "used_for": use})


def offered(desk: Desk, typed: str, use: str = "", limit: int = 12) -> list[str]:
    return [each.keyword for each in desk.phrases.offer(typed, use, limit)]


def test_a_village_begins_with_phrases_that_name_nobody(desk: Desk) -> None:
    found = desk.registers.find("phrase", Query()).records
    assert 20 <= len(found) <= 40
    assert {each.used_for for each in found} == set(USES)
    assert not [each for each in found if has_citizen_id(each.text) or has_mobile(each.text)]
    assert len({(each.keyword, each.used_for) for each in found}) == len(found)


def test_what_is_asked_every_day_has_its_answer_by_the_same_keyword(desk: Desk) -> None:
    asked = {row["keyword"] for row in beginnings() if row["text"].startswith(("咨询", "询问"))}
    assert asked <= {row["keyword"] for row in beginnings() if row["used_for"] == "reply"}


def test_a_superior_begins_without(superior: Desk) -> None:
    assert superior.registers.find("phrase", Query()).total == 0


def test_a_centre_of_a_new_field_begins_with_them_too(tmp_path: Path) -> None:
    desk = Desk.create(tmp_path / "park", NewOffice("临江园区", "new_field"))
    assert desk.registers.find("phrase", Query()).total == len(beginnings())
    desk.close()


def test_a_keyword_is_typed_behind_a_slash_in_whatever_state_the_input_method_is(desk: Desk) -> None:
    for typed in ("/sb1", "sb1", "／ＳＢ１", "、sb1", " /SB1 "):
        assert offered(desk, typed)[0] == "sb1", typed


def test_the_best_comes_first(desk: Desk) -> None:
    # The whole keyword, the beginning of one, the beginning of initials, initials within, a part of the text.
    phrase(desk, "a3", "编号vv旧的")
    phrase(desk, "a2", "这是女儿绿绿的")
    phrase(desk, "a1", "来人，绿女孩")
    phrase(desk, "lv1", "只有代码")
    phrase(desk, "lv", "只有代码")
    assert offered(desk, "lv") == ["lv", "lv1"]
    assert offered(desk, "ln")[0] == "a1"
    assert "a2" in offered(desk, "ell")
    assert offered(desk, "vv") == ["a3"]


def test_any_part_of_a_text_finds_it(desk: Desk) -> None:
    assert offered(desk, "宅基地") == ["zj1"]
    assert offered(desk, "zjdjf") == ["zj1"]
    assert offered(desk, "没有这回事") == []


def test_only_what_is_fit_for_the_field_is_offered_and_its_own_first(desk: Desk) -> None:
    phrase(desk, "yb", "通用的医保说明")
    phrase(desk, "yb", "医保的答复", "reply")
    assert offered(desk, "yb", "reply") == ["yb", "yb", "yb1", "yb2", "yb3"]
    assert [each.used_for for each in desk.phrases.offer("yb", "reply", 3)] == ["reply", "any", "reply"]
    assert "yb1" in offered(desk, "yb", "content")
    assert "yb3" not in offered(desk, "yb", "content")


def test_nothing_typed_offers_all_of_them_by_keyword(desk: Desk) -> None:
    found = offered(desk, "/", "progress", 99)
    assert found == ["jb1", "jb2", "jb3", "jb4", "hf1", "lx1"]
    assert offered(desk, "", "progress", 2) == ["jb1", "jb2"]


def test_what_is_void_or_switched_off_is_not_offered(desk: Desk) -> None:
    (found,) = desk.phrases.offer("ld1")
    desk.registers.void("phrase", found.uid, "不用了")
    assert offered(desk, "ld1") == []
    desk.registers.switch("phrase", False)
    assert offered(desk, "") == []
    with pytest.raises(Refused, match="没有启用"):
        desk.phrases.restock()


def test_what_holds_later_is_offered_later(desk: Desk) -> None:
    add(desk, "phrase", {"keyword": "zz9", "text": "明年才用", "valid_from": "2027-01-01"})
    assert offered(desk, "zz9") == []


def test_an_office_gets_back_what_it_lacks_and_nothing_twice(desk: Desk) -> None:
    kept = desk.phrases.offer("sb1", "content")[0]
    desk.registers.edit("phrase", kept.uid, {"text": "本中心自己的说法"})
    desk.registers.void("phrase", desk.phrases.offer("ld1")[0].uid, "不用了")
    assert [each.record.keyword for each in desk.phrases.restock()] == ["ld1"]
    assert desk.phrases.restock() == []
    assert desk.phrases.offer("sb1", "content")[0].text == "本中心自己的说法"


def test_a_text_for_all_names_nobody(desk: Desk) -> None:
    for text in ("请联系13805770001", "身份证330302198103290015"):
        with pytest.raises(Invalid) as refused:
            phrase(desk, "x1", text)
        assert [(p.column, p.code) for p in refused.value.problems] == [("text", "personal")]
    assert phrase(desk, "x1", "请打服务热线 0577-66661234").keyword == "x1"


def test_a_long_text_with_many_readings_is_found_as_well(desk: Desk) -> None:
    phrase(desk, "ll1", "重行长乐单曾解" * 40 + "，终于到了医保")
    assert "ll1" in offered(desk, "zydl")
    assert "ll1" in offered(desk, "医保")
