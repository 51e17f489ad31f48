"""The index answers what `LIKE '%word%'` answers, only sooner."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from ojr_desk.store.grams import BORDER, MOST_GRAMS, Match, fold, grams, match, name_tokens

HAN = "陈志明单张医疗保险𠮷𫞩㑇龘〇々\ue000"
OTHER = "012389abxyzÄéЖß가か①Ⅳ ，。·-'\"*()%_\\^:+😀\u0301\ufe0f１Ａ（ｂ"
TEXTS = st.lists(
    st.text(st.sampled_from(HAN + OTHER), max_size=14)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    min_size=1,
    max_size=4,
).map(lambda texts: [text.replace("\0", "").replace(BORDER, "") for text in texts])


@pytest.fixture(scope="module")
def office() -> Iterator[Any]:
    """A file's tables as the program makes them: records as folded text, and the index."""
    connection = sqlite.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute(
        "CREATE VIRTUAL TABLE search USING fts5"
        "(grams, content='', contentless_delete=1, tokenize='ascii', detail=none)"
    )
    yield connection
    connection.close()


def fill(office: Any, records: list[list[str]]) -> None:
    """Put *records* into the index, over whatever stood there."""
    office.execute("DELETE FROM record")
    for number in range(1, 9):
        office.execute("DELETE FROM search WHERE rowid = ?", (number,))
    for number, texts in enumerate(records, 1):
        office.execute("INSERT INTO record VALUES (?, ?)", (number, BORDER.join(map(fold, texts))))
        office.execute("INSERT INTO search (rowid, grams) VALUES (?, ?)", (number, grams(texts)))


def ask(office: Any, words: list[str]) -> list[int]:
    """Find records by the index, then by their text where the index proves too little."""
    asked = match(words)
    sql = "SELECT id FROM record WHERE 1"
    values: list[str] = []
    if asked.expression:
        sql += " AND id IN (SELECT rowid FROM search WHERE search MATCH ?)"
        values.append(asked.expression)
    sql += " AND instr(text, ?) > 0" * len(asked.verify)
    return [row[0] for row in office.execute(sql + " ORDER BY id", (*values, *asked.verify))]


def ask_like(office: Any, words: list[str]) -> list[int]:
    """Find records the slow way."""
    sql = "SELECT id FROM record WHERE 1"
    patterns = []
    for word in words:
        escaped = fold(word).strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        patterns.append(f"%{escaped}%")
        sql += r" AND text LIKE ? ESCAPE '\'"
    return [row[0] for row in office.execute(sql + " ORDER BY id", patterns)]


@given(data=st.data(), records=st.lists(TEXTS, min_size=1, max_size=5))
def test_the_index_finds_what_like_finds(office: Any, data: st.DataObject, records: list[list[str]]) -> None:
    fill(office, records)
    words = []
    for _ in range(data.draw(st.integers(1, 3))):
        text = data.draw(st.sampled_from(data.draw(st.sampled_from(records))))
        start = data.draw(st.integers(0, len(text)))
        words.append(text[start : start + data.draw(st.integers(0, 9))])
    assert ask(office, words) == ask_like(office, words)


@given(records=st.lists(TEXTS, max_size=4), words=st.lists(st.text(st.sampled_from(HAN + OTHER), max_size=5)))
def test_words_that_may_be_nowhere_are_answered_as_by_like(
    office: Any, records: list[list[str]], words: list[str]
) -> None:
    fill(office, records)
    assert ask(office, words) == ask_like(office, words)


@given(words=st.lists(st.text(max_size=12)))
@example(
    words=['"', "'; DROP TABLE record; --", "NEAR(a b)", "a OR b", "grams:x", "*", "^陈", "-陈", "a AND"]
)
@example(words=["\ud800", "陈\udfff志", "\0", BORDER, "a" * 9000, "陈" * 9000, "1" * 9000])
@example(words=[chr(0x4E00 + number) * 2 for number in range(500)])
def test_no_word_breaks_the_query(office: Any, words: list[str]) -> None:
    fill(office, [["陈志明"]])
    ask(office, words)
    assert match(words).expression.count('"') <= 2 * MOST_GRAMS


@pytest.mark.parametrize(
    "word", ["陈", "陈志", "𠮷", "𠮷田", "138", "czm", "chenzhiming", "c", "cz", "3幢", "12幢", "室12"]
)
def test_a_short_word_needs_no_look_at_the_record(word: str) -> None:
    assert match([word]).expression
    assert match([word]).verify == ()


@pytest.mark.parametrize("word", ["12", "7", "-", "，", "。。"])
def test_what_is_not_indexed_is_left_to_the_text(word: str) -> None:
    assert match([word]) == Match("", (fold(word),))


@pytest.mark.parametrize("words", [[], [""], ["  ", "\u3000\t"]])
def test_nothing_typed_asks_for_nothing(words: list[str]) -> None:
    assert match(words) == Match("", ())


def test_a_word_does_not_reach_from_one_field_into_the_next(office: Any) -> None:
    fill(office, [["陈志", "明天", "138", "00"], ["陈志明天", "13800"]])
    assert ask(office, ["志明"]) == [2]
    assert ask(office, ["志明天"]) == [2]
    assert ask(office, ["13800"]) == [2]
    assert grams([BORDER.join(["陈志", "明天"])]) == grams(["陈志", "明天"])


def test_full_width_and_capitals_are_found_by_what_is_easy_to_type(office: Any) -> None:
    fill(office, [["ＡＢＣ１２３４（龙港）"], ["Straße 5"]])
    assert ask(office, ["abc1234"]) == [1]
    assert ask(office, ["(龙港)"]) == [1]
    assert ask(office, ["STRASSE"]) == [2]


def test_a_long_number_is_found_by_any_part_of_it(office: Any) -> None:
    number = "330327198001011234"
    fill(office, [[number], [number[::-1]]])
    for start in range(len(number)):
        for stop in range(start + 1, len(number) + 1):
            assert 1 in ask(office, [number[start:stop]])


def test_a_record_that_went_is_not_found_again(office: Any) -> None:
    fill(office, [["陈志明"]])
    fill(office, [["林晓燕"]])
    assert ask(office, ["陈志"]) == []
    assert ask(office, ["晓燕"]) == [1]


def test_a_name_is_found_by_its_initials_and_its_pinyin(office: Any) -> None:
    fill(office, [["陈志明"], ["单雄信"]])
    for number, name in ((1, "陈志明"), (2, "单雄信")):
        office.execute(
            "INSERT OR REPLACE INTO search (rowid, grams) VALUES (?, ?)",
            (number, f"{grams([name])} {name_tokens(name)}"),
        )
    assert ask(office, ["cz"]) == [1]
    assert ask(office, ["czm"]) == [1]
    assert ask(office, ["CHENZHIM"]) == [1]
    assert ask(office, ["s"]) == [2]
    assert ask(office, ["sx"]) == [2]
    assert ask(office, ["shanxiong"]) == [2]
    assert ask(office, ["czm", "志明"]) == [1]
    assert ask(office, ["zm"]) == []


@given(st.text(max_size=20))
def test_any_name_gives_plain_letters_only(name: str) -> None:
    assert all(token.isalpha() for token in name_tokens(name).split())
