"""Searching finds what a plain look at every record finds, and names by how they are spelt."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS, Link
from ojr_desk.rules.pinyin import initials, spellings
from ojr_desk.store.grams import fold
from ojr_desk.store.query import Query
from tests.office import TODAY, add, copied, run_sql, visit

TEXTS = st.text(alphabet="路灯不亮低保03 8aBé-３Ａ，。𠮷", min_size=4, max_size=12).filter(
    lambda text: len(text.strip()) >= 4 and not any(each * 3 in text for each in "038")
)
NAMES = st.sampled_from(["陈阿英", "林大山", "单小红", "欧阳远", "阿卜杜拉·买买提", "𠮷田"])
VISITS = st.lists(
    st.tuples(TEXTS, NAMES, st.sampled_from(["", "第三网格", "3幢2单元"])), min_size=1, max_size=6
)
WORDS = st.one_of(
    st.text(alphabet="路灯不亮低保03 8aBé-３Ａ，𠮷", min_size=1, max_size=4),
    st.sampled_from(
        ["cay", "chen", "c", "ld", "lds", "shan", "dan", "oyy", "LF-2026", "0001", "网格", "3幢"]
    ),
)


@pytest.fixture(scope="module")
def office(village_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = copied(village_template, tmp_path_factory.mktemp("search") / "village", rehearsed(TODAY))
    yield desk
    desk.close()


def naive(desk: Desk, code: str, words: tuple[str, ...]) -> set[str]:
    """Look at every field of every record, as a person would."""
    register = REGISTERS[code]
    return {
        record.uid
        for record in everything(desk, code)
        if all(_holds(desk, register, record, fold(word).strip()) for word in words)
    }


def _holds(desk: Desk, register: Any, record: Any, word: str) -> bool:
    for column in register.columns:
        value = getattr(record, column.name) if column.search else None
        if value and isinstance(column.kind, Link):
            target = REGISTERS[column.kind.to]
            linked = desk.registers.get(target.code, value)
            known = [each for each in target.columns if each.name in target.known_by]
            if any(_in(getattr(linked, each.name), word, each.pinyin) for each in known):
                return True
        elif value and _in(value, word, column.pinyin):
            return True
    return not word


def _in(value: str, word: str, spelt: bool) -> bool:
    if word in fold(value):
        return True
    return spelt and any(fold(each).startswith(word) for each in (*initials(value), *spellings(value)))


def everything(desk: Desk, code: str) -> tuple[Any, ...]:
    return desk.registers.find(code, Query(), limit=10_000).records


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VISITS, st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=4, max_size=8))
@example([("路灯 不亮", "陈阿英", "")], [["灯 不"], ["cay 路灯"], ["a"], ["，"], ["3"]])
def test_a_search_finds_what_a_look_at_every_record_finds(
    office: Desk, rows: list[tuple[str, str, str]], asked: list[list[str]]
) -> None:
    for content, name, org in rows:
        add(office, "intake", visit(content=content, person=name, org_name=org))
    for words in asked:
        for code in ("intake", "person"):
            query = Query(tuple(words))
            found = office.registers.find(code, query, limit=10_000)
            assert {each.uid for each in found.records} == naive(office, code, tuple(words)), words
            assert found.total == len(found.records) == len(office.registers.ids(code, query))


def test_a_renamed_person_is_found_by_the_new_name_only(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    desk.registers.edit("person", record.person, {"full_name": "林大山"})
    assert desk.registers.find("intake", Query(("lds",))).total == 1
    assert desk.registers.find("intake", Query(("陈阿英",))).total == 0


def test_what_was_edited_is_found_as_it_is_now(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    desk.registers.edit("intake", record.uid, {"content": "路灯不亮了"})
    assert desk.registers.find("intake", Query(("路灯",))).total == 1
    assert desk.registers.find("intake", Query(("低保",))).total == 0
    run_sql(desk, "UPDATE intake SET content = '水管漏了' WHERE uid = ?", record.uid)
    assert desk.registers.find("intake", Query(("水管",))).total == 1


def test_a_month_a_centre_and_choices_narrow_a_search(desk: Desk) -> None:
    rows = [
        visit(occurred_at="2026-10-01 00:00"),
        visit(occurred_at="2026-10-31 23:59"),
        visit(occurred_at="2026-11-01 00:00"),
        visit(occurred_at="2026-09-30 23:59", channel="来电"),
    ]
    uids = [each.record.uid for each in desk.registers.add("intake", rows)]
    find = desk.registers.find

    def found(query: Query) -> set[int]:
        return {uids.index(each.uid) for each in find("intake", query).records}

    october = Month(2026, 10)
    assert found(Query(month=october)) == {0, 1}
    assert found(Query(("低保",), month=october)) == {0, 1}
    assert found(Query(only=(("channel", ("call", "letter")),))) == {3}
    assert found(Query(center="somebody")) == set()
    desk.registers.void("intake", uids[0], "录错")
    assert found(Query(month=october, live=True)) == {1}
    assert find("venue", Query(month=october)).total == 0


def test_the_newest_comes_first_and_pages_follow(desk: Desk) -> None:
    rows = [visit(occurred_at=f"2026-11-{day:02} 08:00") for day in (3, 1, 2)]
    desk.registers.add("intake", rows)
    found = desk.registers.find("intake", Query(), limit=2)
    assert (found.total, [each.occurred_at.day for each in found.records]) == (3, [3, 2])
    ids = desk.registers.ids("intake", Query())
    page = desk.registers.page("intake", ids[1:])
    assert [each.occurred_at.day for each in page.records] == [2, 1]
    assert page.labels[page.records[0].person] == "陈阿英"
    assert desk.registers.find("intake", Query(), limit=0).records == ()


@pytest.mark.parametrize(
    "word",
    [
        '"',
        "'",
        "*",
        "a*",
        "NOT",
        "OR",
        "(",
        "低保)",
        "x\x00y",
        "\ud800",
        "%",
        "_",
        "\x1f",
        "^",
        "-",
        "近 NEAR",
    ],
)
def test_no_word_is_taken_for_a_command(desk: Desk, word: str) -> None:
    add(desk, "intake", visit())
    assert desk.registers.find("intake", Query((word,))).total in (0, 1)


def test_a_long_word_and_many_words_are_searched(desk: Desk) -> None:
    long = "低保怎么申请" * 300
    record = add(desk, "intake", visit(content=long))
    assert [each.uid for each in desk.registers.find("intake", Query((long,))).records] == [record.uid]
    assert desk.registers.find("intake", Query((long + "x",))).total == 0
    assert desk.registers.find("intake", Query(("低保",) * 200)).total == 1
