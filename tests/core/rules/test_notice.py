"""The yearly notice: its text becomes the table that the library keeps, and slips are told."""

from datetime import date, timedelta

import pytest

from ojr_desk.problems import Wrong
from ojr_desk.rules.notice import Holiday, days_of, holidays_of, read_day, read_days, read_notice
from ojr_desk.rules.workdays import Calendar, CalendarDay, seed

#: Facts of the notice for 2026, in the form in which such notices are written.
OF_2026 = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""


def table(days: list[CalendarDay]) -> Calendar:
    return Calendar(tuple(days), frozenset({2026}))


def test_the_text_of_a_notice_makes_the_working_days_that_are_published() -> None:
    ours = table(days_of(read_notice(OF_2026, 2026)))
    published = table(list(seed()))
    day = date(2026, 1, 1)
    while day.year == 2026:
        assert ours.is_working(day) == published.is_working(day), day
        day += timedelta(days=1)


def test_a_table_is_shown_as_the_holidays_it_was_made_of() -> None:
    holidays = read_notice(OF_2026, 2026)
    assert list(holidays_of(days_of(holidays))) == sorted(holidays, key=lambda each: each.first)


def test_days_in_lieu_belong_to_their_holiday() -> None:
    days = [each for each in seed() if each.day.year == 2026]
    shown = {each.name: (each.first, each.last) for each in holidays_of(days)}
    assert shown["春节"] == (date(2026, 2, 15), date(2026, 2, 23))
    assert len(shown) == 7


def test_a_holiday_may_begin_in_the_december_before() -> None:
    (new_year,) = read_notice("一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert (new_year.first, new_year.last) == (date(2022, 12, 31), date(2023, 1, 2))


@pytest.mark.parametrize("typed", ["10.1", "10月1日", "10-1", "１０．１", "2026-10-1", " 10/1 "])
def test_a_day_is_typed_as_people_write_it(typed: str) -> None:
    assert read_day(typed, 2026) == date(2026, 10, 1)


def test_days_are_parted_by_any_comma() -> None:
    assert read_days("9.20、10.10", 2026) == (date(2026, 9, 20), date(2026, 10, 10))
    assert read_days("", 2026) == ()


@pytest.mark.parametrize("typed", ["2.30", "周五", "13月1日", ""])
def test_what_is_no_day_is_told(typed: str) -> None:
    with pytest.raises(Wrong, match="不是日期"):
        read_day(typed, 2026)


def test_a_text_without_holidays_is_told() -> None:
    with pytest.raises(Wrong, match="整段贴进来"):
        read_notice("国务院办公厅关于节假日安排的通知", 2027)


def test_slips_of_the_pen_are_told() -> None:
    with pytest.raises(Wrong, match="起止日期"):
        days_of([Holiday("国庆节", date(2026, 10, 7), date(2026, 10, 1))])
    with pytest.raises(Wrong, match="起止日期"):
        days_of([Holiday("国庆节", date(2026, 10, 1), date(2026, 11, 7))])
    with pytest.raises(Wrong, match="本来就是工作日"):
        days_of([Holiday("国庆节", date(2026, 10, 1), date(2026, 10, 7), (date(2026, 10, 9),))])
