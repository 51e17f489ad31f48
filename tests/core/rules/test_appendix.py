"""Appendix A: its columns add up as the standard's do."""

import pytest

from ojr_desk.registers.center import LEVELS
from ojr_desk.registers.venue import ZONE_ITEMS
from ojr_desk.rules.appendix import DEMANDS, FREE, IN_DOUBT, MUST, SHOULD, demanded


@pytest.mark.parametrize(
    ("level", "totals"),
    [
        ("city", (18, 0, 0)), ("county", (12, 6, 0)), ("township", (9, 9, 0)),
        ("village", (5, 7, 6)), ("new_field", (5, 7, 6)),
    ],
)  # fmt: skip
def test_each_level_is_asked_for_as_many_functions_as_the_standard_says(
    level: str, totals: tuple[int, int, int]
) -> None:
    assert tuple(len(demanded(level, mark)) for mark in (MUST, SHOULD, FREE)) == totals


def test_a_village_must_have_five_functions_one_of_them_in_doubt() -> None:
    assert demanded("village") == ("A03", "A05", "A09", "A12", "A18")
    assert {code for code, level in IN_DOUBT if level == "village"} == {"A12"}


def test_it_speaks_of_every_function_and_every_level() -> None:
    assert list(DEMANDS) == list(ZONE_ITEMS)
    assert all(set(marks) == set(LEVELS) for marks in DEMANDS.values())
