"""What is out of the ordinary is told by the own months before, and seldom."""

from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.figures import INDICATORS, Figure
from ojr_desk.figures.analysis import lived
from ojr_desk.figures.outliers import outlier, outliers

VISITS, RATE = INDICATORS["n_visit"], INDICATORS["close_rate"]


def visits(*numbers: int) -> list[Figure]:
    return [Figure(VISITS, number) for number in numbers]


def test_twice_as_many_as_ever_is_told_with_what_is_usual() -> None:
    found = outlier(Figure(VISITS, 75), visits(36, 34, 38, 30, 40, 36, 35))
    assert found is not None and found.is_high
    assert found.told == "来访件数 75 件，近12个月一般在 25 到 47 之间（中位数 36），明显偏多，请核实。"


def test_nought_where_there_are_always_some_is_told() -> None:
    found = outlier(Figure(VISITS, 0), visits(36, 34, 38, 30, 40, 36))
    assert found is not None and not found.is_high and "明显偏少" in found.told


def test_an_office_without_half_a_year_has_no_habit() -> None:
    assert outlier(Figure(VISITS, 500), visits(1, 1, 1, 1, 1)) is None


def test_only_the_last_twelve_months_count() -> None:
    assert outlier(Figure(VISITS, 90), visits(*[10] * 12, *[90] * 12)) is None


def test_one_wild_month_before_does_not_hide_another() -> None:
    assert outlier(Figure(VISITS, 300), visits(30, 31, 29, 900, 30, 30, 31)) is not None


def test_a_share_that_could_not_be_told_is_no_habit_and_no_outlier() -> None:
    none = [Figure(RATE, 0, 0)] * 12
    assert outlier(Figure(RATE, 1, 2), none) is None
    assert outlier(Figure(RATE, 0, 0), [Figure(RATE, 1, 1)] * 12) is None
    told = outlier(Figure(RATE, 1, 2), [Figure(RATE, 9, 10)] * 12)
    assert told is not None and told.told.startswith("办结率50.0%，")


def test_what_is_not_shown_is_not_told() -> None:
    hidden = Figure(INDICATORS["ontime"], 90)
    assert outliers({"ontime": hidden}, [{"ontime": Figure(hidden.indicator, 1)}] * 12) == ()


@given(st.lists(st.integers(0, 500), min_size=6, max_size=12), st.integers(-2, 2))
def test_the_median_and_what_lies_near_it_are_never_told(numbers: list[int], near: int) -> None:
    middle = sorted(numbers)[len(numbers) // 2]
    if len(numbers) % 2:
        assert outlier(Figure(VISITS, max(0, middle + near)), visits(*numbers)) is None


@given(st.lists(st.integers(0, 500), min_size=6, max_size=12), st.integers(0, 2000))
def test_what_is_told_lies_outside_of_what_is_usual(numbers: list[int], number: int) -> None:
    found = outlier(Figure(VISITS, number), visits(*numbers))
    if found is not None:
        assert not found.low <= number <= found.high and found.low <= found.middle <= found.high


def test_months_in_which_only_the_opening_hours_were_known_are_no_habit() -> None:
    def month(due: int, visits: int) -> dict[str, Figure]:
        known = {"open_days_due": due, "n_visit": visits}
        return {code: Figure(INDICATORS[code], part) for code, part in known.items()}

    assert lived([month(26, 0)] * 10 + [month(26, 5), month(26, 0)]) == [month(26, 5), month(26, 0)]
