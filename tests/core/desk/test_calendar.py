"""A year's holidays go from one office to the next as they were published, its last December included."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from ojr_desk.desk import Desk
from ojr_desk.problems import Refused
from ojr_desk.rules.workdays import CalendarDay, read_pack

#: An arrangement like those of 2008, 2019 and 2024: a Saturday worked for, and a holiday that begins in December.
NEXT = (
    CalendarDay(date(2026, 12, 26), "元旦", False),
    CalendarDay(date(2026, 12, 30), "元旦", True),
    CalendarDay(date(2026, 12, 31), "元旦", True),
    CalendarDay(date(2027, 1, 1), "元旦", True),
    CalendarDay(date(2027, 2, 5), "春节", True),
)


def kinds(desk: Desk, first: date, last: date) -> list[str]:
    """The sort of each day from *first* to *last*."""
    calendar = desk.holidays.calendar()
    return [calendar.kind(first + timedelta(step)) for step in range((last - first).days + 1)]


def test_the_days_of_december_go_out_with_the_year_that_governs_them(
    desk: Desk, superior: Desk, tmp_path: Path
) -> None:
    superior.holidays.replace(2027, NEXT, "typed")
    superior.holidays.hand_out(2027, tmp_path / "2027.json")
    assert read_pack((tmp_path / "2027.json").read_text(encoding="utf-8")) == (2027, NEXT)
    assert desk.holidays.take_in(tmp_path / "2027.json")[0] == 2027
    span = (date(2026, 12, 1), date(2027, 12, 31))
    assert kinds(desk, *span) == kinds(superior, *span)
    assert not desk.holidays.calendar().is_working(date(2026, 12, 31))
    assert desk.holidays.calendar().is_working(date(2026, 12, 26))


def test_every_published_year_comes_out_as_it_went_in(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    before = kinds(superior, date(2003, 12, 1), date(2026, 12, 31))
    for year in sorted(superior.holidays.calendar().years, reverse=True):
        superior.holidays.hand_out(year, tmp_path / f"{year}.json")
        desk.holidays.take_in(tmp_path / f"{year}.json")
        superior.holidays.take_in(tmp_path / f"{year}.json")
    assert kinds(desk, date(2003, 12, 1), date(2026, 12, 31)) == before
    assert kinds(superior, date(2003, 12, 1), date(2026, 12, 31)) == before
    assert "2018-12-29" in (tmp_path / "2019.json").read_text(encoding="utf-8")


def test_a_corrected_table_takes_the_place_of_the_whole_old_one(desk: Desk) -> None:
    desk.holidays.replace(2027, NEXT, "typed")
    desk.holidays.replace(2027, NEXT[2:], "typed")
    assert desk.holidays.calendar().kind(date(2026, 12, 26)) == "weekend"
    assert desk.holidays.days(2027) == list(NEXT[2:])
    assert desk.holidays.calendar().kind(date(2026, 10, 1)) == "holiday"


def test_an_older_year_does_not_speak_for_the_december_of_the_next(desk: Desk) -> None:
    desk.holidays.replace(2027, NEXT, "typed")
    before = kinds(desk, date(2026, 12, 1), date(2027, 1, 31))
    wrong = CalendarDay(date(2026, 12, 31), "元旦", False)
    desk.holidays.replace(2026, [CalendarDay(date(2026, 10, 1), "国庆节", True), wrong], "typed")
    assert kinds(desk, date(2026, 12, 1), date(2027, 1, 31)) == before
    assert desk.holidays.calendar().kind(date(2026, 2, 17)) == "working"
    desk.holidays.replace(2026, [wrong], "typed")
    assert kinds(desk, date(2026, 12, 1), date(2027, 1, 31)) == before


def test_a_year_of_which_only_december_is_known_is_not_handed_out(desk: Desk, tmp_path: Path) -> None:
    desk.holidays.replace(2030, [CalendarDay(date(2029, 12, 31), "元旦", True)], "typed")
    for year in (2029, 2031, 0, -5, 10**9):
        with pytest.raises(Refused, match="还没有录入"):
            desk.holidays.hand_out(year, tmp_path / "x.json")
        assert desk.holidays.days(year) == []
    assert not (tmp_path / "x.json").exists()
