"""What one shift hands to the next, and how a day is parted among its shifts."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.rules.handover import carried, forgotten, matters, windows

LINES = st.lists(st.sampled_from(["路灯不亮", "空调漏水", "钥匙未还", "无"]), max_size=3).map("\n".join)


@pytest.mark.parametrize("nothing", ["", None, "无", "没有。", " — ", "\n无\n"])
def test_nothing_is_nothing_however_it_is_said(nothing: str | None) -> None:
    assert matters(nothing) == ()


def test_matters_stand_one_on_a_line() -> None:
    assert matters("路灯不亮；\n  空调漏水 \n路灯不亮") == ("路灯不亮", "空调漏水")


def test_a_matter_is_carried_until_it_is_done() -> None:
    logs = [("路灯不亮\n空调漏水", ""), ("", "空调 漏水。"), ("无", "")]
    assert carried(logs) == ("路灯不亮",)
    assert carried([*logs, ("", "路灯不亮")]) == ()


def test_what_is_neither_pending_nor_done_was_forgotten() -> None:
    before = ("路灯不亮", "空调漏水")
    assert forgotten(before, "无", "") == before
    assert forgotten(before, "路灯不亮", "空调漏水") == ()


@given(st.lists(st.tuples(LINES, LINES), max_size=6), LINES)
def test_writing_on_what_is_left_open_forgets_nothing(logs: list[tuple[str, str]], done: str) -> None:
    still = carried(logs)
    pending = "\n".join(forgotten(still, "", done))
    assert forgotten(still, pending, done) == ()
    assert set(carried([*logs, (pending, done)])) <= set(still)


@given(st.lists(st.times(), min_size=1, unique=True))
def test_the_parts_of_a_day_are_the_whole_day_once(starts: list[time]) -> None:
    day = date(2026, 11, 23)
    parts = windows(day, sorted(starts))
    assert parts[0][0] == datetime(2026, 11, 23)
    assert parts[-1][1] == datetime(2026, 11, 24)
    assert all(one[1] == other[0] for one, other in pairwise(parts))
    assert sum((end - start for start, end in parts), timedelta()) == timedelta(days=1)
