"""The blank form after another program has had it, and what counts as a number in tables of a village's own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.exchange.cells import Fault, Value
from ojr_desk.exchange.handmade_numbers import number_in
from ojr_desk.figures import SUMS
from ojr_desk.moments import Month
from ojr_desk.problems import Wrong
from tests.office import add, copied

from .conftest import Resave

OCTOBER = Month(2026, 10)
VISITS = SUMS["n_visit"]


@pytest.fixture
def town(superior_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A superior who lists one village."""
    desk = copied(superior_template, tmp_path / "town", rehearsed(date(2026, 11, 4)))
    add(desk, "unit", {"unit_name": "前岸村", "reports_from": "2026-10"})
    yield desk
    desk.close()


def test_a_form_saved_by_libreoffice_is_taken_in_without_a_question(
    town: Desk, tmp_path: Path, resave: Resave
) -> None:
    form = town.summaries.form(OCTOBER, tmp_path / "空白.xlsx")
    book = openpyxl.load_workbook(form)
    cover, totals = book.worksheets[:2]
    row = next(each for each in range(1, 9) if cover.cell(each, 1).value == "填报单位")
    cover.cell(row + 1, 1).value = "前岸村"
    for at in range(1, totals.max_row + 1):
        if totals.cell(at, 1).value == "本期受理":
            totals.cell(at, 2).value = 5
    book.save(tmp_path / "填好.xlsx")
    received = town.inbox.receive([resave(tmp_path / "填好.xlsx", "xlsx")])[0]
    assert (received.decision, received.center, received.month) == ("manual", "前岸村", "2026-10")
    line = town.summaries.of(OCTOBER).lines[0]
    assert dict(line.tally) == {"accepted": 5}


@given(st.integers(min_value=0, max_value=9_999_999))
def test_a_number_is_the_same_however_it_is_written(number: int) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    for value in (number, float(number), str(number), wide, f"{number:,}", f"{number} 件", f"共{number}件"):
        assert number_in(value, VISITS) == number


@given(st.text(max_size=12))
def test_no_text_without_a_digit_is_ever_a_number(text: str) -> None:
    if not any(sign.isnumeric() for sign in text):
        try:
            assert number_in(text, VISITS) is None
        except Wrong as wrong:
            assert wrong.code == "not_a_number"


@pytest.mark.parametrize(
    ("value", "number"),
    [("3万", 30_000), ("1.2千", 1200), ("", None), (None, None), ("/", None), ("无", None)],
)
def test_scales_are_reckoned_and_what_says_nothing_is_none(value: Value, number: int | None) -> None:
    assert number_in(value, VISITS) == number


@pytest.mark.parametrize(
    "value", ["2000万", "-3", "12+3", "0.5", True, date(2026, 10, 3), Fault("#REF!"), "12人"]
)
def test_what_is_not_certain_is_no_number(value: Value) -> None:
    with pytest.raises(Wrong):
        number_in(value, VISITS)
