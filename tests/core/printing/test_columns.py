"""How wide the columns of a table are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.ledger import Heading
from ojr_desk.printing.columns import columns
from ojr_desk.printing.fonts import SERIF
from ojr_desk.printing.paper import MM
from ojr_desk.problems import Refused


@given(st.lists(st.decimals(0, 100, places=1).map(float), min_size=1, max_size=30))
def test_columns_fill_the_width_and_none_is_too_narrow(widths: list[float]) -> None:
    headings = [Heading("栏", width) for width in widths]
    shared = columns(headings, [set("字")] * len(widths), 257 * MM, 9)
    assert sum(column.width for column in shared) == pytest.approx(257 * MM)
    assert all(column.room(9) >= 1000 for column in shared)
    assert all(left.x + left.width == pytest.approx(right.x) for left, right in pairwise(shared))


def test_more_columns_than_a_page_is_wide_are_refused() -> None:
    with pytest.raises(Refused, match="60 栏"):
        columns([Heading("栏", 10)] * 60, [set()] * 60, 257 * MM, 9)


def test_a_column_knows_how_many_characters_surely_fit() -> None:
    alphabet = set("iW瓯1")
    (column,) = columns([Heading("栏", 30)], [alphabet], 40 * MM, 9)
    assert column.even is None
    assert column.most == int(column.room(9) / SERIF.widths["W"])
    (even,) = columns([Heading("栏", 30)], [set("瓯江")], 40 * MM, 9)
    assert even.even == 1000
    (folded,) = columns([Heading("栏", 30)], [{"瓯", "\n"}], 40 * MM, 9)
    assert folded.most == 0
