"""Where lines end."""

from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.printing.breaking import balanced, lines
from ojr_desk.printing.fonts import SERIF

WIDTHS = SERIF.widths
CLOSING, OPENING = "，。、；：？！）》”】", "（《“【"
MIXED = st.text(
    alphabet=st.sampled_from("瓯江红党群服务𠮷" + CLOSING + OPENING + "abcXYZ0123456789-.:/%+ …—")
)


def length(text: str) -> float:
    return sum(WIDTHS[character] for character in text)


@given(MIXED, st.integers(500, 12_000))
def test_nothing_is_lost_but_spaces_at_breaks(text: str, room: int) -> None:
    told = lines(text, room, WIDTHS)
    assert "".join(told).replace(" ", "") == text.replace(" ", "")


@given(MIXED, st.integers(500, 12_000))
def test_no_line_is_longer_than_the_room(text: str, room: int) -> None:
    for line in lines(text, room, WIDTHS):
        assert length(line) <= room + 0.1 or len(line) == 1


@given(MIXED, st.integers(500, 12_000))
def test_balanced_lines_are_not_more_and_lose_nothing(text: str, room: int) -> None:
    told, even = lines(text, room, WIDTHS), balanced(text, room, WIDTHS)
    assert len(even) <= len(told)
    assert "".join(even).replace(" ", "") == text.replace(" ", "")
    assert all(length(line) <= room + 0.1 or len(line) == 1 for line in even)


@given(
    st.lists(
        st.sampled_from(
            [*"瓯江红党群服务", *(han + mark for han in "甲乙" for mark in CLOSING), "（丙", "《丁"]
        )
    )
)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(parts: list[str]) -> None:
    for line in lines("".join(parts) + "完", 5000, WIDTHS):
        assert line[:1] not in CLOSING
        assert line[-1:] not in OPENING


@given(st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9./:-]{0,9}[A-Za-z0-9]", fullmatch=True), min_size=1))
def test_words_and_numbers_that_fit_a_line_stay_whole(words: list[str]) -> None:
    told = lines("中".join(words), 13_000, WIDTHS)
    assert [word for line in told for word in line.split("中") if word] == words


def test_text_that_fits_is_one_line() -> None:
    assert lines("已办结", 3000, WIDTHS) == ("已办结",)
    assert lines("", 1000, WIDTHS) == ("",)


def test_new_lines_stay() -> None:
    assert lines("甲\n\n乙丙丁", 2000, WIDTHS) == ("甲", "", "乙丙", "丁")


def test_a_mark_at_the_edge_takes_its_character_along() -> None:
    assert lines("甲乙丙，丁", 3000, WIDTHS) == ("甲乙", "丙，丁")


def test_an_opening_bracket_goes_to_the_next_line() -> None:
    assert lines("甲乙（丙丁）", 3000, WIDTHS) == ("甲乙", "（丙", "丁）")


def test_a_dash_and_dots_of_omission_are_not_torn() -> None:
    assert lines("甲乙——丙", 3000, WIDTHS) == ("甲乙", "——丙")
    assert lines("甲乙……丙", 3000, WIDTHS) == ("甲乙", "……丙")


def test_a_long_word_is_cut_only_when_no_line_can_hold_it() -> None:
    address = "https://www.example.gov.cn/" + "a" * 60
    told = lines(f"网址{address}", 10_000, WIDTHS)
    assert told[0] == "网址"
    assert "".join(told[1:]) == address
    assert len(told) > 3


def test_a_column_narrower_than_a_character_still_ends() -> None:
    assert lines("甲乙丙", 300, WIDTHS) == ("甲", "乙", "丙")


def test_an_accent_stays_with_its_letter() -> None:
    assert lines("甲乙e\u0301", 2500, WIDTHS) == ("甲乙", "e\u0301")


def test_a_label_is_broken_into_even_lines() -> None:
    assert balanced("首问负责人", 4000, WIDTHS) == ("首问负", "责人")
    assert balanced("主要内容", 4000, WIDTHS) == ("主要内容",)


def test_a_very_long_text_is_broken_in_a_moment() -> None:
    assert len(lines("瓯" * 100_000, 20_000, WIDTHS)) == 5000
