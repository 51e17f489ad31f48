"""The keys by which a name is found."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.pinyin_dict import pinyin_dict

from ojr_desk.paths import RESOURCES
from ojr_desk.rules.identity import COMPOUND_SURNAMES
from ojr_desk.rules.pinyin import MOST_KEYS, initials, spellings

HAN = st.text(alphabet=st.sampled_from([chr(point) for point in sorted(pinyin_dict)]), max_size=50)


@pytest.mark.parametrize(
    ("name", "letters", "spelling"),
    [
        ("陈志明", "czm", "chenzhiming"), ("瑶溪", "yx", "yaoxi"), ("单小明", "sxm", "shanxiaoming"), ("解放", "xf", "xiefang"),
        ("仇英", "qy", "qiuying"), ("区伟", "ow", "ouwei"), ("查良镛", "zly", "zhaliangyong"), ("曾国藩", "zgf", "zengguofan"),
        ("缪明", "mm", "miaoming"), ("朴树", "ps", "piaoshu"), ("乐嘉", "yj", "yuejia"), ("覃明", "qm", "qinming"), ("翟明", "zm", "zhaiming"),
        ("尉迟敬德", "ycjd", "yuchijingde"), ("万俟卨", "mqx", "moqixie"), ("澹台明", "ttm", "tantaiming"), ("黑明", "hm", "heming"),
        ("吕绿", "ll", "lvlv"), ("乐清", "yq", "yueqing"), ("浙江乐清市", "zjyqs", "zhejiangyueqingshi"), ("大峃镇", "dxz", "daxuezhen"),
        ("百丈漈", "bzj", "baizhangji"), ("西旸", "xy", "xiyang"), ("三垟", "sy", "sanyang"), ("翁垟", "wy", "wengyang"),
        ("包垟", "by", "baoyang"), ("凤垟", "fy", "fengyang"), ("峃口", "xk", "xuekou"), ("𪣻", "l", "lou"),
        ("买买提·艾则孜", "mmtazz", "maimaitiaizezi"), ("Anna Rossi", "ar", "annarossi"), ("第12网格", "d12wg", "di12wangge"),
        ("陈志明（大）", "czmd", "chenzhimingda"), ("ＡＢ", "a", "ab"), (" 单明 ", "sm", "shanming"),
    ],
)  # fmt: skip
def test_the_first_key_is_the_likeliest_reading(name: str, letters: str, spelling: str) -> None:
    assert initials(name)[0] == letters
    assert spellings(name)[0] == spelling


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("乐清", "lq"),
        ("单小明", "dxm"),
        ("曾明", "cm"),
        ("万明", "wm"),
        ("长青", "cq"),
        ("重阳", "cy"),
        ("重阳", "zy"),
        ("尉明", "wm"),
    ],
)
def test_another_reading_finds_the_name_too(name: str, key: str) -> None:
    assert key in initials(name)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("李单", "ld"), ("王曾", "wc"), ("李解", "lj"), ("陈乐", "cl"), ("林尉迟", "lwc"), ("欧阳单", "oyd")],
)
def test_a_surnames_reading_is_not_taken_inside_a_given_name(name: str, letters: str) -> None:
    assert initials(name)[0] == letters


@pytest.mark.parametrize("name", ["", "  ", "·", "⿰", "\ue000", "é", "（）"])
def test_what_cannot_be_pronounced_has_no_key(name: str) -> None:
    assert initials(name) == spellings(name) == ()


def test_a_sign_without_a_reading_is_left_out() -> None:
    assert initials("陈\ue000明") == ("cm",)


@given(HAN)
def test_every_known_character_is_in_the_key_once(name: str) -> None:
    for key in initials(name):
        assert len(key) == len(name)
        assert key.isascii() and key.islower()


@given(HAN)
def test_keys_are_few_different_and_typed_in_plain_letters(name: str) -> None:
    for keys in (initials(name), spellings(name)):
        assert len(set(keys)) == len(keys) <= MOST_KEYS
        assert bool(keys) == bool(name)
        assert all(key.isascii() and key.isalpha() for key in keys)


@given(st.text())
def test_any_text_has_keys_without_spaces(name: str) -> None:
    assert not any(sign.isspace() for key in (*initials(name), *spellings(name)) for sign in key)


def test_every_reading_of_a_character_is_found() -> None:
    assert set(spellings("李和")) == {"lihe", "lihuo", "lihu"}


def test_compound_surnames_are_read_as_one() -> None:
    assert all(spellings(surname) for surname in COMPOUND_SURNAMES)
    assert spellings("乐正明")[0] == "yuezhengming"
    assert spellings("单于明")[0] == "chanyuming"


def test_the_resource_is_what_its_tool_writes() -> None:
    tool = Path(__file__).parents[3] / "tools" / "write_pinyin.py"
    spec = importlib.util.spec_from_file_location("write_pinyin", tool)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (RESOURCES / "pinyin.txt").read_text(encoding="utf-8").splitlines()
    assert written[1:] == module.lines()
