"""What can be printed, and what stands on paper for it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.printing.fonts import SANS, SERIF, NoGlyph, check, heading_face, is_plain, missing, plain

NAMES = "㛃𠮷𣲗𬭚𫖮𪨰垟峃漈旸砛塆埄垵㘭"


def test_rare_characters_of_names_and_places_can_be_drawn() -> None:
    assert missing(NAMES) == ""


def test_the_places_of_wenzhou_beyond_the_old_character_sets_can_be_drawn() -> None:
    assert missing("三垟街道 翁垟街道 大峃镇 峃口镇 百丈漈镇 西旸镇 包垟乡 凤垟乡") == ""


def test_every_character_of_gbk_can_be_drawn() -> None:
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    characters = "".join(pair.decode("gbk", "ignore") for pair in pairs)
    han = "".join(one for one in characters if "\u4e00" <= one <= "\u9fff")
    assert len(han) > 20_000
    assert missing(han) == ""


@pytest.mark.parametrize("strange", ["😀", "\ud800", "\ue000", "\U000e0fff", "𓀀"])
def test_what_no_face_draws_is_named_once(strange: str) -> None:
    assert missing(f"甲{strange}乙{strange}") == strange


def test_missing_characters_come_in_their_order() -> None:
    assert missing("😀林🚀华😀") == "😀🚀"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("甲\u200b乙\ufeff", "甲乙"),
        ("\u202e倒着写\u202c", "倒着写"),
        ("一\t二\u00a0三", "一 二 三"),
        ("全角\u3000空格", "全角\u3000空格"),
        ("一\r\n二\u2028三\x0b四", "一\n二\n三\n四"),
        ("❶\ufe0f葛\U000e0100", "❶葛"),
        ("\x00\x07\x1b", ""),
    ],
)
def test_what_has_no_shape_falls_away_and_lines_stay_lines(typed: str, printed: str) -> None:
    assert plain(typed) == printed


@given(st.text())
def test_plain_text_is_left_as_it_is(text: str) -> None:
    once = plain(text)
    assert is_plain(once)
    assert plain(once).rstrip("\n") == once.rstrip("\n")
    assert not is_plain(text) or plain(text) == text.removesuffix("\n")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_text_without_missing_characters_is_drawn_whole(text: str) -> None:
    shown = plain(text).replace("\n", "")
    if missing(text):
        with pytest.raises(NoGlyph):
            list(SERIF.runs(shown))
    else:
        assert "".join(run for _face, run in SERIF.runs(shown)) == shown


def test_a_complaint_names_place_character_and_way_out() -> None:
    with pytest.raises(NoGlyph) as caught:
        check([("标题", "台账", None), ("第 3 行「姓名」", "林😀", 3), ("备注", "\udfff", None)])
    first, second = caught.value.problems
    assert first.row == 3
    assert "第 3 行「姓名」" in first.message
    assert "😀" in first.message
    assert "U+1F600" in first.message
    assert "请换成" in first.message
    assert "U+DFFF" in second.message
    second.message.encode("utf-8")


def test_a_book_full_of_strange_characters_gives_a_short_complaint() -> None:
    with pytest.raises(NoGlyph) as caught:
        check((f"第 {row} 行", chr(0x1F600 + row % 50) * 3, row) for row in range(1000))
    assert len(caught.value.problems) == 10


def test_a_character_is_as_wide_as_its_face_says() -> None:
    assert SERIF.width("瓯江红", 10) == 30
    assert SERIF.width("𠮷", 10) == pytest.approx(10, abs=0.3)
    assert 0 < SERIF.width("i", 10) < SERIF.width("W", 10)


def test_a_heading_keeps_to_one_style() -> None:
    assert heading_face("首问负责人") is SANS
    assert heading_face("𠮷村台账") is SERIF


def test_the_face_of_rare_characters_is_opened_only_for_them() -> None:
    program = (
        "from ojr_desk.printing import fonts\n"
        "fonts.missing('瓯江红台账 ABC'); fonts.SERIF.width('垟峃漈旸', 9); print(sorted(fonts._open))\n"
        "fonts.missing('𠮷'); print(sorted(fonts._open))"
    )
    told = subprocess.run([sys.executable, "-X", "utf8", "-c", program], check=True, capture_output=True)
    before, after = told.stdout.decode("utf-8").splitlines()
    assert before == "['NotoSerifSC-Regular']"
    assert after == "['HanaMinB', 'NotoSerifSC-Regular']"
