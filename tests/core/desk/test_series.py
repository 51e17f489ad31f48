"""A booking that comes again: what is shown before is what is stored, all of it or nothing."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.desk import Desk
from ojr_desk.desk.series import Preview
from ojr_desk.problems import Invalid, Refused
from ojr_desk.rules.repeats import Repeat
from ojr_desk.store.query import Query
from tests.core.desk.test_rooms import _staff, room, wish
from tests.office import add, run_sql


def again(desk: Desk, repeat: Repeat | None = None, **more: Any) -> Preview:
    return desk.series.preview(wish(**more), repeat or Repeat(count=4))


def bookings(desk: Desk) -> list[Any]:
    found = desk.registers.find("booking", Query(), 1000).records
    return sorted(found, key=lambda each: (each.start_at, each.id))


def held(desk: Desk) -> list[tuple[str, datetime, datetime, str]]:
    return [(each.venue, each.start_at, each.end_at, each.booking_state) for each in bookings(desk)]


def test_a_preview_stores_nothing_not_even_a_new_person(desk: Desk) -> None:
    room(desk)
    preview = again(desk, org_name="", person={"full_name": "陈阿英", "phone": "13805770002"})
    assert [each.why for each in preview.rows] == [""] * 4
    assert bookings(desk) == []
    assert desk.registers.find("person", Query()).total == 0
    assert len(desk.series.book(preview)) == 4
    assert desk.registers.find("person", Query()).total == 1


def test_every_day_says_why_not_and_offers_what_is_free(desk: Desk) -> None:
    room(desk)
    other = room(desk, "书房")
    taken = add(desk, "booking", wish(start_at="2026-11-30 09:30", end_at="2026-11-30 11:00"))
    preview = again(desk)
    assert [bool(each.why) for each in preview.rows] == [False, True, False, False]
    row = preview.rows[1]
    assert taken.record_no in row.why
    assert row.barred
    assert not row.keep
    assert [each.uid for each in row.rooms] == [other.uid]
    assert row.slots


def test_a_holiday_is_skipped_until_somebody_keeps_it(desk: Desk) -> None:
    room(desk)
    preview = again(desk, Repeat(count=3), start_at="2026-12-25 09:00", end_at="2026-12-25 10:00")
    assert [each.keep for each in preview.rows] == [True, False, True]
    assert "放假" in preview.rows[1].why
    assert not preview.rows[1].barred
    rows = tuple(each.kept() for each in preview.rows)
    assert len(desk.series.book(desk.series.again(Preview(preview.values, rows)))) == 3


def test_what_is_past_is_told_and_cannot_be_kept(desk: Desk) -> None:
    room(desk)
    preview = again(desk, Repeat(count=2), start_at="2026-11-19 09:00", end_at="2026-11-19 10:00")
    assert [each.barred for each in preview.rows] == [True, False]
    assert "过去" in preview.rows[0].why
    forced = Preview(preview.values, tuple(each.kept() for each in preview.rows))
    with pytest.raises(Invalid) as refused:
        desk.series.book(forced)
    assert [(each.row, each.code) for each in refused.value.problems] == [(1, "past")]
    assert bookings(desk) == []


def test_a_row_is_skipped_moved_or_put_elsewhere(desk: Desk) -> None:
    hall, study = room(desk), room(desk, "书房")
    add(desk, "booking", wish("09:30", "10:30", start_at="2026-11-30 09:30", end_at="2026-11-30 10:30"))
    preview = again(desk)
    one, two, three, four = preview.rows
    rows = (
        one.kept(False),
        two.in_room(study.uid),
        three.at(three.start + timedelta(hours=5), three.end + timedelta(hours=5)),
        four,
    )
    looked = desk.series.again(Preview(preview.values, rows))
    assert [each.why for each in looked.rows] == [""] * 4
    stored = desk.series.book(looked)
    assert [(each.record.venue, each.record.start_at.isoformat(" ", "minutes")) for each in stored] == [
        (study.uid, "2026-11-30 09:00"),
        (hall.uid, "2026-12-07 14:00"),
        (hall.uid, "2026-12-14 09:00"),
    ]
    assert len({each.record.series for each in stored}) == 1


def test_a_row_that_was_taken_meanwhile_refuses_them_all(desk: Desk) -> None:
    room(desk)
    preview = again(desk)
    add(desk, "booking", wish(start_at="2026-12-07 09:30", end_at="2026-12-07 10:30"))
    with pytest.raises(Invalid) as refused:
        desk.series.book(preview)
    assert [(each.row, each.code) for each in refused.value.problems] == [(3, "taken")]
    assert len(bookings(desk)) == 1


def test_a_row_that_would_be_stored_otherwise_than_shown_refuses_them_all(desk: Desk) -> None:
    hall = room(desk)
    staff = add(desk, "staff", {"full_name": "周书记"} | _staff(desk))
    preview = again(desk)
    desk.registers.edit("venue", hall.uid, {"approver": staff.uid})
    with pytest.raises(Invalid) as refused:
        desk.series.book(preview)
    assert {each.code for each in refused.value.problems} == {"changed"}
    assert bookings(desk) == []
    assert {each.state for each in desk.series.again(preview).rows} == {"pending"}


def test_days_that_reach_into_each_other_are_seen_before(desk: Desk) -> None:
    room(desk)
    preview = again(
        desk, Repeat(weekdays=(1, 2), count=2), end_at="2026-11-24 12:00", purpose="红白喜事、宴席"
    )
    assert [each.barred for each in preview.rows] == [False, True]
    assert len(desk.series.book(preview)) == 1


def test_a_series_is_one_act_to_take_back(desk: Desk) -> None:
    room(desk)
    desk.series.book(again(desk))
    offer = desk.undo.last()
    assert offer is not None
    desk.undo.take_back(offer.deed)
    assert [each for each in bookings(desk) if each.record_status != "void"] == []


def test_nothing_kept_and_nothing_typed_get_a_sentence(desk: Desk) -> None:
    room(desk)
    preview = again(desk)
    with pytest.raises(Refused, match="一天也没有选"):
        desk.series.book(Preview(preview.values, tuple(each.kept(False) for each in preview.rows)))
    with pytest.raises(Invalid, match="开始时间"):
        again(desk, start_at="")
    with pytest.raises(Invalid, match="晚于开始"):
        again(desk, end_at="2026-11-23 08:00")
    with pytest.raises(Invalid, match="最多重复到"):
        again(desk, Repeat(until=date(2036, 11, 23)))


def test_a_series_is_changed_from_one_day_on(desk: Desk) -> None:
    room(desk)
    stored = [
        each.record
        for each in desk.series.book(
            again(desk, Repeat(count=3), start_at="2026-12-01 09:00", end_at="2026-12-01 10:00")
        )
    ]
    changed = desk.series.change(stored[1].uid, {"start_at": "2026-12-08 09:30", "org_name": "排舞队"})
    assert [
        (f"{each.start_at:%d %H:%M}", f"{each.end_at:%H:%M}", each.org_name) for each in bookings(desk)
    ] == [
        ("01 09:00", "10:00", "老年协会"),
        ("08 09:30", "10:30", "排舞队"),
        ("15 09:30", "10:30", "排舞队"),
    ]
    assert len(changed) == 2


def test_a_series_moves_by_days_onto_its_own_neighbours(desk: Desk) -> None:
    room(desk)
    daily = Repeat(weekdays=tuple(range(1, 8)), count=5)
    stored = desk.series.book(again(desk, daily, start_at="2026-12-07 09:00", end_at="2026-12-07 10:00"))
    desk.series.change(stored[0].record.uid, {"start_at": "2026-12-08 09:00", "end_at": "2026-12-08 10:00"})
    assert [each.start_at.day for each in bookings(desk)] == [8, 9, 10, 11, 12]


def test_a_change_that_meets_somebody_changes_nothing(desk: Desk) -> None:
    room(desk)
    stored = desk.series.book(
        again(desk, Repeat(count=2), start_at="2026-12-07 09:00", end_at="2026-12-07 10:00")
    )
    taken = add(desk, "booking", wish(start_at="2026-12-14 10:00", end_at="2026-12-14 11:00"))
    before = held(desk)
    with pytest.raises(Invalid) as refused:
        desk.series.change(stored[0].record.uid, {"end_at": "2026-12-07 10:30"})
    assert taken.record_no in refused.value.message
    assert stored[1].record.record_no in refused.value.message
    assert held(desk) == before


def test_the_rest_of_a_series_is_cancelled_and_a_single_booking_has_none(desk: Desk) -> None:
    room(desk)
    stored = desk.series.book(again(desk))
    desk.series.cancel(stored[2].record.uid, "老师病了")
    assert [each.booking_state for each in bookings(desk)] == [
        "approved",
        "approved",
        "cancelled",
        "cancelled",
    ]
    with pytest.raises(Refused, match="没有可以改的"):
        desk.series.cancel(stored[2].record.uid, "老师病了")
    alone = add(desk, "booking", wish("14:00", "15:00"))
    assert desk.series.of(alone.uid) == ()
    with pytest.raises(Refused, match="不是系列"):
        desk.series.cancel(alone.uid, "不办了")
    assert len(desk.series.of(stored[0].record.uid)) == 4


def test_a_weekly_series_over_a_year_stands_as_it_was_shown(desk: Desk) -> None:
    room(desk)
    preview = again(desk, Repeat(until=date(2027, 11, 22)))
    assert len(preview.rows) == 53
    shown = [(each.venue, each.start, each.end, each.state) for each in preview.rows if each.keep]
    desk.series.book(preview)
    assert held(desk) == shown


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(16, 22), st.integers(1, 4)), max_size=4),
    st.sampled_from(["week", "month_weekday", "month_day"]),
    st.sets(st.integers(1, 7), max_size=3).map(lambda found: tuple(sorted(found))),
    st.integers(1, 8),
    st.lists(st.sampled_from(["", "keep", "skip", "later"]), min_size=8, max_size=8),
)
def test_what_was_confirmed_is_what_is_saved(
    desk: Desk, others: list[Any], every: str, weekdays: tuple[int, ...], count: int, choices: list[str]
) -> None:
    run_sql(desk, "UPDATE venue_booking SET booking_state = 'cancelled', state_reason = '清场'")
    if not desk.rooms.all():
        room(desk, cleanup=10)
    for days, half, length in others:
        start = datetime(2026, 11, 23) + timedelta(days=days, minutes=30 * half)
        typed = wish(start_at=start, end_at=start + timedelta(minutes=30 * length))
        if not desk.rooms.clashes(desk.rooms.all()[0].uid, typed["start_at"], typed["end_at"]):
            add(desk, "booking", typed)
    preview = again(desk, Repeat(every, weekdays=weekdays, count=count))
    moved = {
        "": lambda row: row,
        "keep": lambda row: row.kept(not row.barred),
        "skip": lambda row: row.kept(False),
        "later": lambda row: row.at(row.start + timedelta(hours=1), row.end + timedelta(hours=1)),
    }
    rows = tuple(moved[choice](row) for choice, row in zip(choices, preview.rows, strict=False))
    looked = desk.series.again(Preview(preview.values, rows))
    rows = tuple(each.kept(bool(each.keep) and not each.barred) for each in looked.rows)
    before = held(desk)
    shown = sorted((each.venue, each.start, each.end, each.state) for each in rows if each.keep)
    if not shown:
        return
    desk.series.book(Preview(preview.values, rows))
    after = held(desk)
    for each in before:
        after.remove(each)
    assert sorted(after) == shown
