"""Identifying numbers and names: what is accepted, in which form, and why the rest is refused."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ojr_desk.problems import Wrong
from ojr_desk.rules.identity import (
    birth_and_gender,
    centre_name,
    citizen_id,
    credit_code,
    division_code,
    from_first_generation,
    has_card_number,
    has_citizen_id,
    has_mobile,
    person_name,
    phone,
)

CITIZENS = [
    "11010519491231002X", "440524188001010014", "330302198103290015", "330381195506140048", "330326201509010031",
]  # fmt: skip
VALID_CITIZENS = [number for number in CITIZENS if not number.startswith("440524")]
CREDIT_CODES = ["91350100M000100Y43", "54330381ME00000017", "N2330381MF0000005A"]
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BIRTHS = st.dates(date(1900, 1, 1), date(2026, 11, 22))


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def first_seventeen(region: int, birth: date, order: int) -> str:
    return f"{region}{birth:%Y%m%d}{order:03}".zfill(17)


def checked(seventeen: str) -> str:
    """Add the check digit in the other way that ISO 7064 defines: by powers of two modulo 11."""
    remainder = (1 - sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(seventeen))) % 11
    return seventeen + "0123456789X"[remainder]


CITIZEN_NUMBERS = st.builds(first_seventeen, st.integers(110000, 899999), BIRTHS, st.integers(0, 999)).map(
    checked
)


@pytest.mark.parametrize("number", VALID_CITIZENS)
def test_a_citizens_number_is_accepted_however_it_is_written(number: str) -> None:
    assert citizen_id(number) == number
    assert citizen_id(f" {number[:6]} {number[6:14]}-{number[14:].lower()}\u200b") == number
    assert citizen_id(wide(number)) == number


def test_the_standards_example_of_1880_has_a_right_check_digit_but_too_early_a_birth() -> None:
    with pytest.raises(Wrong, match="出生日期") as refused:
        citizen_id("440524188001010014")
    assert refused.value.code == "birth"


@given(CITIZEN_NUMBERS)
def test_every_number_with_the_right_check_digit_is_accepted(number: str) -> None:
    assert citizen_id(number) == number
    assert has_citizen_id(f"身份证{number}，已核对")


@given(CITIZEN_NUMBERS, st.sampled_from("0123456789X"))
def test_a_wrong_check_digit_is_always_refused(number: str, check: str) -> None:
    assume(check != number[17])
    with pytest.raises(Wrong) as refused:
        citizen_id(number[:17] + check)
    assert refused.value.code in ("check_digit", "rounded")
    assert not has_citizen_id(number[:17] + check)


@given(CITIZEN_NUMBERS, st.integers(1, 16), st.sampled_from("0123456789"))
def test_one_mistyped_digit_is_always_refused(number: str, place: int, digit: str) -> None:
    assume(digit != number[place])
    with pytest.raises(Wrong):
        citizen_id(number[:place] + digit + number[place + 1 :])


@given(CITIZEN_NUMBERS, st.integers(0, 15))
def test_two_swapped_digits_are_always_refused(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    with pytest.raises(Wrong):
        citizen_id(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("330302198103290016", "check_digit", "末位"), ("330302198103290000", "rounded", "Excel"), ("3.30302E+17", "rounded", "文本"),
        ("3.30302198103290E+17", "rounded", "文本"), ("330302810329001", "first_generation", "第一代"), ("33030219810329001", "length", "17位"),
        ("", "length", "18位"), ("33030219810329001A", "sign", "X"), ("X10519491231002XX1", "sign", "X"),
        (checked("33030219810230001"), "birth", "第7至14位"), (checked("33030200000101001"), "birth", "出生日期"),
        ("1" * 100_000, "length", "18位"),
    ],
)  # fmt: skip
def test_a_wrong_citizens_number_is_refused_with_the_reason(text: str, code: str, words: str) -> None:
    with pytest.raises(Wrong, match=words) as refused:
        citizen_id(text)
    assert refused.value.code == code
    assert text == "" or text not in refused.value.message


def test_nobody_is_born_tomorrow() -> None:
    tomorrow = checked(first_seventeen(330302, date(2026, 11, 23), 1))
    with pytest.raises(Wrong, match="出生日期"):
        citizen_id(tomorrow, today=date(2026, 11, 22))
    assert citizen_id(tomorrow, today=date(2026, 11, 23)) == tomorrow


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "911110"])
def test_residence_permits_are_citizens_numbers_too(region: str) -> None:
    number = checked(f"{region}19900101001")
    assert citizen_id(number) == number


@pytest.mark.parametrize(
    ("number", "birth", "gender"),
    [
        ("330302198103290015", date(1981, 3, 29), "male"), ("330381195506140048", date(1955, 6, 14), "female"),
        ("330326201509010031", date(2015, 9, 1), "male"), ("11010519491231002x", date(1949, 12, 31), "female"),
    ],
)  # fmt: skip
def test_birthday_and_gender_are_read_from_the_number(number: str, birth: date, gender: str) -> None:
    assert birth_and_gender(number) == (birth, gender)


def test_a_first_generation_number_is_made_longer() -> None:
    assert from_first_generation("330302810329001") == "330302198103290015"
    assert from_first_generation(wide("330302 810329 001")) == "330302198103290015"
    for text in ("330302813329001", "33030281032900", "", "33030281032900X"):
        with pytest.raises(Wrong, match="照旧证件"):
            from_first_generation(text)


@given(st.integers(110000, 899999), st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_a_first_generation_number_becomes_a_right_one(region: int, birth: date, order: int) -> None:
    number = from_first_generation(f"{region}{birth:%y%m%d}{order:03}")
    assert citizen_id(number) == number
    assert birth_and_gender(number)[0] == birth


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_a_credit_code_is_accepted_however_it_is_written(code: str) -> None:
    assert credit_code(code) == code
    assert credit_code(wide(f" {code[:8]} {code[8:].lower()}")) == code


@given(st.sampled_from(CREDIT_CODES), st.integers(0, 17), st.sampled_from(CREDIT_SIGNS))
def test_one_mistyped_sign_of_a_credit_code_is_always_refused(code: str, place: int, sign: str) -> None:
    assume(sign != code[place])
    with pytest.raises(Wrong, match="校验位"):
        credit_code(code[:place] + sign + code[place + 1 :])


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("9135O1OOM000100Y43", "letter", "字母 O"), ("S4330381ME000000I7", "letter", "字母 I、S"), ("91350100M000100Y4", "length", "17位"),
        ("91350100M000100Y4中", "sign", "数字和大写字母"), ("", "length", "18位"),
    ],
)  # fmt: skip
def test_a_wrong_credit_code_is_refused_with_the_reason(text: str, code: str, words: str) -> None:
    with pytest.raises(Wrong, match=words) as refused:
        credit_code(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("13805771234", "13805771234"), ("138 0577 1234", "13805771234"), ("138-0577-1234", "13805771234"), ("1380577-1234", "13805771234"),
        ("+86 138 0577 1234", "13805771234"), ("0086-13805771234", "13805771234"), ("8613805771234", "13805771234"),
        ("013805771234", "13805771234"), ("１３８０５７７１２３４", "13805771234"), ("\u202d13805771234\u202c", "13805771234"),
        ("66661234", "0577-66661234"), ("6666-1234", "0577-66661234"), ("0577-66661234", "0577-66661234"), ("057766661234", "0577-66661234"),
        ("(0577)66661234", "0577-66661234"), ("（0577）6666 1234", "0577-66661234"), ("0577—66661234", "0577-66661234"),
        ("+86-577-66661234", "0577-66661234"), ("0086 0577 66661234", "0577-66661234"), ("010-65551234", "010-65551234"),
        ("0571-87651234", "0571-87651234"), ("0411-8765123", "0411-8765123"), ("0577-66661234-8001", "0577-66661234-8001"),
        ("66661234转8001", "0577-66661234-8001"), ("66661234#12", "0577-66661234-12"), ("0577 66661234 ext. 8001", "0577-66661234-8001"),
        ("110", "110"), ("12345", "12345"), ("12371", "12371"), ("96345", "96345"), ("668123", "668123"), ("400-826-1234", "4008261234"),
        ("+39 333 123 4567", "+393331234567"), ("0039 333 1234567", "+393331234567"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_brought_into_its_normal_form(text: str, normal: str) -> None:
    assert phone(text) == normal
    assert phone(normal) == normal


@pytest.mark.parametrize(
    "text",
    [
        "", "无", "1380577123", "138057712345", "12805771234", "6666123", "0577-6666123", "0577-16661234", "010-6555123", "12",
        "1234567", "13805771234-1", "13805771234a", "1" * 100_000, "+8613", "０５７７",
    ],
)  # fmt: skip
def test_what_is_no_telephone_number_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Wrong, match="13805771234、0577-66661234") as refused:
        phone(text)
    assert refused.value.code == "phone"


@pytest.mark.parametrize(
    "text",
    ["13805771234/13905771234", "13805771234、66661234", "13805771234 13905771234", "66661234，66661235"],
)
def test_two_telephone_numbers_do_not_fit_into_one_field(text: str) -> None:
    with pytest.raises(Wrong, match="一格只写一个") as refused:
        phone(text)
    assert refused.value.code == "several"


def test_a_division_code_has_twelve_digits_and_a_village() -> None:
    assert division_code(" ３３０３８１１１６２０５ ") == "330381116205"
    assert division_code("330383198201") == "330383198201"
    for text, code in (
        ("330381116000", "no_village"),
        ("330381116", "length"),
        ("", "length"),
        ("33038111620X", "length"),
    ):
        with pytest.raises(Wrong, match="向上级核对") as refused:
            division_code(text)
        assert refused.value.code == code


def test_a_centre_is_named_as_its_sign_says() -> None:
    assert centre_name(" 瓯江红 三垟村 党群服务中心 ") == "瓯江红三垟村党群服务中心"
    assert centre_name("瓯江红·大峃社区党群服务中心") == "瓯江红·大峃社区党群服务中心"
    for text in (
        "瓯江红党群服务中心",
        "三垟村党群服务中心",
        "瓯江红三垟村党群服务",
        "",
        "颐江红三垟村党群服务中心",
    ):
        with pytest.raises(Wrong, match="瓯江红×××党群服务中心"):
            centre_name(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("林华", "林华"), (" 陈志明　", "陈志明"), ("林　华", "林华"), ("陈 志 明", "陈志明"), ("陈 志明", "陈志明"), ("欧阳 远", "欧阳远"),
        ("买买提・艾则孜", "买买提·艾则孜"), ("买买提•艾则孜", "买买提·艾则孜"), ("买买提.艾则孜", "买买提·艾则孜"),
        ("买买提 · 艾则孜", "买买提·艾则孜"), ("买买提．艾则孜", "买买提·艾则孜"), ("阿卜杜拉.买买提.吐尔逊", "阿卜杜拉·买买提·吐尔逊"),
        ("Anna  Rossi", "Anna Rossi"), ("Ａｎｎａ Rossi", "Anna Rossi"), ("J. R. Smith", "J. R. Smith"), ("José", "José"),
        ("⽊村", "木村"), ("林\u200b华", "林华"), ("林\u00a0华", "林华"), ("李", "李"), ("陈志明（大）", "陈志明（大）"), ("〇一", "〇一"),
    ],
)  # fmt: skip
def test_a_name_is_brought_into_its_normal_form(text: str, name: str) -> None:
    assert person_name(text) == name
    assert person_name(name) == name


@pytest.mark.parametrize(
    "sign",
    ["㘭", "垟", "𠮷", "\U0002b820", "\U00031350", "\ue000", "\uf9d3", "\U0002f81a", "﨑", "葛\U000e0100"],
)
def test_rare_signs_stay_exactly_as_they_were_typed(sign: str) -> None:
    assert person_name(f"林{sign}华") == f"林{sign}华"


def test_a_name_counts_code_points() -> None:
    assert len(person_name("𠮷" * 50)) == 50
    with pytest.raises(Wrong, match="50个字") as refused:
        person_name("𠮷" * 51)
    assert refused.value.code == "length"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"), ("　", "empty"), ("林华 陈志明", "space"), ("林 陈志明华", "space"), ("陈?明", "lost_sign"), ("陈？明", "lost_sign"),
        ("陈\ufffd明", "lost_sign"), ("陈明13805771234", "not_a_name"), ("陈明\n林华", "not_a_name"), ("——", "not_a_name"),
        ("陈\ud800明", "not_a_name"), ("陈\x00明", "not_a_name"), ("★", "not_a_name"), ("陈" * 100_000, "length"),
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused_with_the_reason(text: str, code: str) -> None:
    with pytest.raises(Wrong) as refused:
        person_name(text)
    assert refused.value.code == code
    assert len(refused.value.message) < 60


@pytest.mark.parametrize(
    "text",
    [
        "证号330302198103290015。", "330302 19810329 0015", "330302-19810329-0015", "3303 0219 8103 2900 15", wide("11010519491231002X"),
        "11010519491231002x", "1 330302198103290015", "12 330302 1981032900 15", "13805771234 330302198103290015",
        "旧证330302810329001", "330302198103290015 330381195506140048", " ".join("330302198103290015"), "3303\u200b02198103290015",
    ],
)  # fmt: skip
def test_a_citizens_number_in_free_text_is_found(text: str) -> None:
    assert has_citizen_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "LF-202611-0001",
        "330302198103290016",
        "330381116205",
        "2026-11-22 08:05",
        "330302********0015",
        "1" * 100_000,
    ],
)
def test_what_is_no_citizens_number_is_not_found(text: str) -> None:
    assert not has_citizen_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "电话13805771234", "138 0577 1234", "138-0577-1234", "138.0577.1234", wide("13805771234"), "+86 138 0577 1234", "8613805771234",
        "1 3 8 0 5 7 7 1 2 3 4", "2026-11-22 13805771234", "13805771234-1", "13805771234，13905771234",
    ],
)  # fmt: skip
def test_a_mobile_number_in_free_text_is_found(text: str) -> None:
    assert has_mobile(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "138****5678",
        "0577-66661234",
        "13 2026-11-22 1",
        "330302198103290015",
        "1380577123",
        "12345",
        "2026-11-22 08:05-11:30",
    ],
)
def test_what_is_no_mobile_number_is_not_found(text: str) -> None:
    assert not has_mobile(text)


@pytest.mark.parametrize(
    "text",
    [
        "卡号6222021234567890128。",
        "6222 0212 3456 7890 128",
        wide("4111111111111111"),
        "5500-0000-0000-0004",
        "1 4111111111111111",
    ],
)
def test_a_card_number_in_free_text_is_found(text: str) -> None:
    assert has_card_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "6222021234567890129", "4111111111111112", "411111111111111", "13805771234", "0000000000000000"],
)
def test_what_is_no_card_number_is_not_found(text: str) -> None:
    assert not has_card_number(text)


@pytest.mark.parametrize(
    "rule", [citizen_id, from_first_generation, credit_code, phone, division_code, centre_name, person_name]
)
@given(text=st.text())
def test_a_normal_form_is_stable_and_everything_else_is_refused(
    rule: Callable[[str], str], text: str
) -> None:
    try:
        normal = rule(text)
    except Wrong as wrong:
        assert wrong.message.strip() and wrong.code
    else:
        again = rule(normal) if rule is not from_first_generation else citizen_id(normal)
        assert again == normal
        assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in normal)


@given(st.text())
def test_any_free_text_can_be_searched(text: str) -> None:
    assert {has_citizen_id(text), has_mobile(text), has_card_number(text)} <= {True, False}


@given(BIRTHS, st.text(alphabet="陈志明住瓯海 ，。-"))
def test_text_around_a_number_does_not_hide_it(birth: date, words: str) -> None:
    number = checked(first_seventeen(330302, birth + timedelta(0), 1))
    assert has_citizen_id(words + number + words)
    assert has_mobile(words + "13805771234" + words)
