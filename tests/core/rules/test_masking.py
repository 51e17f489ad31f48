"""What posted lists show of a person, by the examples of the specification."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ojr_desk.rules.identity import has_citizen_id, has_mobile
from ojr_desk.rules.masking import mask_address, mask_id, mask_name, mask_phone, screen_id

HAN = st.text(alphabet="林陈志明华欧阳尉迟买提垟𠮷㘭", min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("林华", "林*"), ("林志华", "林*华"), ("陈志明华", "陈**华"), ("欧阳志远", "欧阳*远"), ("欧阳远", "欧阳*"), ("欧阳", "欧*"),
        ("尉迟敬德", "尉迟*德"), ("诸葛孔明亮", "诸葛**亮"), ("买买提·艾则孜", "买买提·***"), ("阿卜杜拉·买买提·吐尔逊", "阿卜杜拉·***"),
        ("Anna Rossi", "Anna ***"), ("Anna", "A***"), ("李", "*"), ("", ""), ("  ", ""), ("林志华（大）", "林*华"), ("林志华(小)", "林*华"),
        ("𠮷志华", "𠮷*华"), ("林葛\U000e0100", "林*"), ("林志葛\U000e0100", "林*葛\U000e0100"), ("\ue000志华", "\ue000*华"),
    ],
)  # fmt: skip
def test_a_name_is_masked_as_the_table_says(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(HAN)
def test_a_masked_han_name_keeps_its_length_and_hides_at_least_one_sign(name: str) -> None:
    masked = mask_name(name)
    assert len(masked) == len(name)
    assert "*" in masked and masked != name
    assert masked[0] == name[0]
    assert all(shown in (sign, "*") for shown, sign in zip(masked, name, strict=True))


@given(st.text())
def test_no_name_of_any_kind_is_shown_whole(name: str) -> None:
    assume(name.strip() and "*" not in name)
    assert mask_name(name) != name.strip()


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"), ("１３８１２３４５６７８", "138****5678"), ("0577-66661234", "0577-****1234"),
        ("0577-66661234-8001", "0577-****1234"), ("668123", "****"), ("+393331234567", "****"), ("138 1234 5678 家里", "****"), ("", ""),
    ],
)  # fmt: skip
def test_a_private_telephone_is_masked(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


def test_the_landline_of_an_office_is_shown_in_full_but_never_a_mobile() -> None:
    assert mask_phone("0577-66661234", office=True) == "0577-66661234"
    assert mask_phone("12345", office=True) == "12345"
    assert mask_phone("13812345678", office=True) == "138****5678"


def test_a_citizens_number_is_left_out_and_namesakes_are_told_by_the_year() -> None:
    assert mask_id("330381195506140048") == ""
    assert mask_id("330381195506140048", namesakes=True) == "（1955年生）"
    assert mask_id("33038119550614004X", namesakes=True) == ""
    assert mask_id("", namesakes=True) == ""


def test_a_citizens_number_on_the_screen_shows_region_and_last_four() -> None:
    assert screen_id("330302198103290015") == "330302********0015"
    assert screen_id("E12345678") == "*********"
    assert screen_id("") == ""


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("第3网格", "第3网格"), ("第3网格5幢201室", "第3网格"), ("马屿镇江口村第3网格 5幢201室", "马屿镇江口村第3网格"),
        ("江口村第二村民小组12号", "江口村第二村民小组"), ("江口村三组8号", "江口村三组"),
        ("江口村中心路12号", "江口村"), ("锦绣社区5幢201室", "锦绣社区"),
        ("村前路12号", ""), ("江口村路12号", ""), ("人民路12号", ""), ("５组３号", "5组"), ("", ""),
    ],
)  # fmt: skip
def test_an_address_ends_at_the_group_or_grid(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@given(st.text(alphabet="0123456789 村组第网格号室路-"))
def test_a_masked_address_is_the_beginning_of_the_address(address: str) -> None:
    assert address.strip().startswith(mask_address(address))


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_masked_mobile_is_no_longer_found_in_free_text(number: str) -> None:
    assert has_mobile(number) and not has_mobile(mask_phone(number))
    assert not has_citizen_id(mask_phone(number))
