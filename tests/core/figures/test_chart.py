"""Charts are drawn once: everything lies within its frame and is as long as its number."""

from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.figures.chart import Bars, Box, Columns, Series, Words, cut, marks, spoken, top_of

numbers = st.integers(0, 300_000).map(float)


def columns(*rows: tuple[float, ...], stacked: bool = False) -> Columns:
    names = tuple(f"{month}月" for month in range(1, 13))
    return Columns(
        "来访（件）", names, tuple(Series(f"第{at}类", row) for at, row in enumerate(rows)), stacked
    )


def boxes(chart: Columns | Bars, width: float = 170, height: float = 50) -> list[Box]:
    return [each for each in marks(chart, width, height) if isinstance(each, Box)]


@given(st.lists(st.tuples(*[numbers] * 12), min_size=1, max_size=3), st.booleans())
def test_no_mark_leaves_the_frame(rows: list[tuple[float, ...]], stacked: bool) -> None:
    for mark in marks(columns(*rows, stacked=stacked), 170, 50):
        if isinstance(mark, Box):
            assert mark.x >= 0 and mark.x + mark.width <= 170.01
            assert mark.y >= 0 and mark.y + mark.height <= 50.01
        elif isinstance(mark, Words):
            assert 0 <= mark.y <= 50


@given(st.lists(numbers, min_size=1, max_size=8))
def test_bars_are_as_long_as_their_numbers(values: list[float]) -> None:
    chart = Bars(
        "事项", tuple(f"第{at}项" for at in range(len(values))), tuple(values), tuple(map(str, values))
    )
    found = boxes(chart)
    longest = max(found, key=lambda each: each.width).width
    for box, value in zip(found, values, strict=True):
        assert abs(box.width - longest * value / max(*values, 1)) < 1e-6 or max(values) < 1


@given(numbers.filter(bool), numbers.filter(bool))
def test_columns_are_as_high_as_their_numbers(one: float, other: float) -> None:
    found = boxes(columns((one, other, *[0.0] * 10)))
    assert abs(found[0].height * other - found[1].height * one) < 1e-3 * one * other


@given(st.floats(0, 10_000_000))
def test_the_scale_is_round_and_reaches_the_highest(most: float) -> None:
    top = top_of(most)
    assert top >= most and top % 4 == 0


def test_nothing_at_all_is_drawn_as_such() -> None:
    assert "没有登记" in [
        each.text for each in marks(Bars("事项", (), (), ()), 60, 40) if isinstance(each, Words)
    ]
    assert boxes(columns((0.0,) * 12)) == []


def test_the_sum_of_a_stack_stands_above_it() -> None:
    told = [
        each.text
        for each in marks(columns((3.0,) * 12, (4.0,) * 12, stacked=True), 170, 50)
        if isinstance(each, Words)
    ]
    assert told.count("7") == 12


def test_long_names_are_cut_and_short_ones_not() -> None:
    assert cut("民政·低保救助", 60) == "民政·低保救助"
    assert cut("民政·低保救助" * 9, 30).endswith("…") and len(cut("民政" * 99, 30)) < 12


def test_who_cannot_see_a_chart_hears_its_numbers() -> None:
    assert spoken(Bars("事项", ("路灯",), (3.0,), ("3",))) == "事项 路灯 3"
    assert spoken(columns((1.0,) * 12)).startswith("来访（件） 第0类 1月 1 2月 1")
