"""Amounts in words, against the vectors of the specification."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.problems import Wrong
from ojr_desk.rules.money import MOST, in_words

VECTORS = {
    "0": "零元整",
    "0.01": "壹分",
    "0.10": "壹角",
    "10": "壹拾元整",
    "325.04": "叁佰贰拾伍元零肆分",
    "1409.50": "壹仟肆佰零玖元伍角",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "6007.14": "陆仟零柒元壹角肆分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "100000": "壹拾万元整",
    "100001": "壹拾万零壹元整",
    "2000500.03": "贰佰万零伍佰元零叁分",
    "12304567.89": "壹仟贰佰叁拾万肆仟伍佰陆拾柒元捌角玖分",
}
VALUES = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(("amount", "words"), VECTORS.items())
def test_an_amount_is_written_as_the_specification_writes_it(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == f"人民币{words}"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("-5.20", "负伍元贰角"),
        ("1000.05", "壹仟元零伍分"),
    ],
)
def test_noughts_and_signs_stand_where_they_belong(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == f"人民币{words}"


def read(words: str) -> int:
    """Read an amount back, in cents."""
    whole, digit, section, yuan, cents = 0, 0, 0, 0, 0
    for sign in words.removeprefix("人民币"):
        if sign in VALUES:
            digit = VALUES[sign]
        elif sign in PLACES:
            section, digit = section + digit * PLACES[sign], 0
        elif sign in "万亿":
            whole, section, digit = whole + (section + digit) * (10_000 if sign == "万" else 10**8), 0, 0
        elif sign == "元":
            yuan, section, digit = whole + section + digit, 0, 0
        elif sign in "角分":
            cents, digit = cents + digit * (10 if sign == "角" else 1), 0
    return yuan * 100 + cents


@given(st.integers(0, int(MOST) * 100 - 1))
def test_what_is_written_is_read_back(cents: int) -> None:
    words = in_words(Decimal(cents) / 100)
    assert read(words) == cents
    assert "零零" not in words


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity", "1000000000000"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(Wrong):
        in_words(Decimal(amount))
