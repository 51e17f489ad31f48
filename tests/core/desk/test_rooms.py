"""Rooms: one use at a time, whoever asks; what is free nearby; moving, giving way and taking back."""

from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, MonthClosed, Refused, UserError
from ojr_desk.register import REGISTERS, Audience
from ojr_desk.rules.bookings import HELD
from ojr_desk.store.query import Query
from tests.office import add, run_sql

MONDAY = "2026-11-23"


def room(desk: Desk, name: str = "文化礼堂", **more: Any) -> Any:
    return add(desk, "venue", {"venue_name": name, "area": "100", "capacity": 50} | more)


def wish(start: str = "09:00", end: str = "10:00", **more: Any) -> dict[str, Any]:
    """What a clerk types for one booking on a Monday."""
    return {
        "venue": "文化礼堂",
        "start_at": f"{MONDAY} {start}",
        "end_at": f"{MONDAY} {end}",
        "purpose": "会议",
        "org_name": "老年协会",
        "phone": "13805770001",
        "people": 20,
    } | more


def complaints(desk: Desk, **more: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        add(desk, "booking", wish(**more))
    return {str(each.column): each.message for each in refused.value.problems}


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"{MONDAY} {clock}")


def test_who_leaves_at_ten_meets_nobody_who_comes_at_ten(desk: Desk) -> None:
    room(desk)
    add(desk, "booking", wish("09:00", "10:00"), wish("10:00", "11:00"), wish("08:00", "09:00"))
    assert [f"{each.start:%H:%M}" for each in desk.rooms.uses(date(2026, 11, 23))] == [
        "08:00",
        "09:00",
        "10:00",
    ]


def test_a_clash_names_who_for_what_and_how_they_are_reached_by_a_mask(desk: Desk) -> None:
    room(desk)
    first = add(desk, "booking", wish())
    told = complaints(desk, start="09:30", end="10:30")["start_at"]
    for part in ("文化礼堂", "09:00–10:00", "老年协会", "会议", "138****0001", first.record_no):
        assert part in told
    assert "13805770001" not in told


def test_a_clash_with_a_person_names_a_mask(desk: Desk) -> None:
    room(desk)
    person = {"full_name": "陈阿英", "phone": "13805770002"}
    add(desk, "booking", wish(org_name="", person=person))
    told = complaints(desk)["start_at"]
    assert "陈阿英" not in told
    assert "陈" in told


def test_between_two_uses_the_room_is_cleaned(desk: Desk) -> None:
    room(desk, cleanup=30)
    add(desk, "booking", wish("09:00", "10:00"))
    assert "30分钟清场" in complaints(desk, start="10:15", end="11:00")["start_at"]
    assert "30分钟清场" in complaints(desk, start="08:00", end="08:45")["start_at"]
    add(desk, "booking", wish("10:30", "11:00"), wish("08:00", "08:30"))


def test_a_longer_pause_decided_later_keeps_nobody_from_handing_back(desk: Desk) -> None:
    hall = room(desk)
    past = {"start_at": "2026-11-20 09:00", "end_at": "2026-11-20 10:00"}
    first = add(desk, "booking", wish(**past), wish(start_at="2026-11-20 10:00", end_at="2026-11-20 11:00"))
    desk.registers.edit("venue", hall.uid, {"cleanup": 60})
    done = {"booking_state": "finished", "end_at": "2026-11-20 10:30"}
    assert desk.registers.edit("booking", first.uid, done).booking_state == "finished"


def test_the_database_itself_refuses_a_second_use(desk: Desk) -> None:
    room(desk)
    first = add(desk, "booking", wish(), wish("10:00", "11:00"))
    moved = "UPDATE venue_booking SET start_at = '2026-11-23 09:59:00.000000' WHERE uid = ?"
    with pytest.raises(Exception, match="ALREADY_TAKEN"):
        run_sql(desk, moved, first.uid)
    with pytest.raises(Exception, match="ENDS_TOO_EARLY"):
        run_sql(desk, "UPDATE venue_booking SET end_at = start_at WHERE uid = ?", first.uid)


def test_the_database_refuses_what_would_come_back_onto_a_use(desk: Desk) -> None:
    room(desk)
    first = add(desk, "booking", wish())
    desk.registers.edit("booking", first.uid, {"booking_state": "cancelled", "state_reason": "不办了"})
    add(desk, "booking", wish())
    with pytest.raises(Exception, match="ALREADY_TAKEN"):
        run_sql(desk, "UPDATE venue_booking SET booking_state = 'approved' WHERE uid = ?", first.uid)
    second = add(desk, "booking", wish("11:00", "12:00"))
    desk.registers.void("booking", second.uid, "登错")
    add(desk, "booking", wish("11:00", "12:00"))
    with pytest.raises(Exception, match="ALREADY_TAKEN"):
        run_sql(desk, "UPDATE venue_booking SET record_status = 'normal' WHERE uid = ?", second.uid)


def test_an_index_answers_the_database_whether_a_room_is_taken(desk: Desk) -> None:
    own = REGISTERS["booking"].no_overlap
    assert own is not None
    asked = (
        f"EXPLAIN QUERY PLAN SELECT start_at FROM venue_booking r WHERE r.venue = 'x' AND {own.holding()} "
        "AND r.end_at > '2026' ORDER BY r.end_at LIMIT 1"
    )
    assert ["ix_venue_booking_held" in row[-1] for row in run_sql(desk, asked)] == [True]


def test_undoing_a_cancelling_is_impossible_once_the_room_is_taken(desk: Desk) -> None:
    room(desk)
    first = add(desk, "booking", wish())
    desk.registers.edit("booking", first.uid, {"booking_state": "cancelled", "state_reason": "不办了"})
    offer = desk.undo.last()
    add(desk, "booking", wish())
    assert offer is not None
    with pytest.raises(Refused):
        desk.undo.take_back(offer.deed)


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"end": "09:00"}, "end_at"),
        ({"end": "08:00"}, "end_at"),
        ({"end_at": "2027-11-23 10:00"}, "end_at"),
        ({"org_name": ""}, "org_name"),
        ({"phone": ""}, "phone"),
        ({"people": ""}, "people"),
        ({"people": 51}, "people"),
        ({"minors": True}, "guardian"),
        ({"booking_state": "已取消"}, "state_reason"),
        ({"booking_state": "已完成"}, "booking_state"),
        ({"return_check": "损坏"}, "damage"),
        ({"deposit": "100", "deposit_back": "200"}, "deposit_back"),
        ({"subject": "张三330302198103290015"}, "subject"),
        ({"end_at": "2026-01-05 10:00", "start_at": "2026-01-05 09:00"}, "end_at"),
    ],
)
def test_bad_input_gets_its_sentence(desk: Desk, more: dict[str, Any], column: str) -> None:
    room(desk)
    desk.months.close(Month(2026, 1))
    assert column in complaints(desk, **more)


def test_more_people_than_seats_need_a_reason(desk: Desk) -> None:
    room(desk)
    assert add(desk, "booking", wish(people=60, over_reason="站着开")).people == 60


def test_a_banquet_lasts_for_days_and_its_cleaning_is_checked(desk: Desk) -> None:
    room(desk)
    start, end = "2026-11-19 10:00", "2026-11-21 20:00"
    banquet = add(desk, "booking", wish(start_at=start, end_at=end, purpose="红白喜事、宴席", deposit="500"))
    assert len(desk.rooms.uses(date(2026, 11, 20))) == 1
    with pytest.raises(Invalid, match="检查卫生"):
        desk.registers.edit("booking", banquet.uid, {"booking_state": "finished"})
    done = {"booking_state": "finished", "return_check": "完好"}
    notices: list[str] = []
    desk.registers.edit("booking", banquet.uid, done, notices)
    assert any("押金" in each for each in desk.months.hints(Month(2026, 11)))


def test_a_meeting_over_midnight_is_doubted(desk: Desk) -> None:
    room(desk)
    added = desk.registers.add("booking", [wish(end_at="2026-11-24 10:00")])[0]
    assert any("跨了2天" in each for each in added.notices)


@pytest.mark.parametrize("state", ["repair", "off", "requisitioned"])
def test_a_room_that_is_shut_is_booked_by_nobody(desk: Desk, state: str) -> None:
    room(desk, venue_state=state)
    assert "venue" in complaints(desk)


def test_a_room_that_is_requisitioned_takes_whoever_flees(desk: Desk) -> None:
    room(desk, venue_state="requisitioned")
    assert add(desk, "booking", wish(purpose="避灾安置")).priority == "emergency"


def test_a_room_that_is_not_for_booking_says_where_to_change_that(desk: Desk) -> None:
    room(desk, bookable=False)
    assert "勾上" in complaints(desk)["venue"]
    assert desk.rooms.all() == ()


def test_shutting_a_room_names_the_bookings_that_it_hits(desk: Desk) -> None:
    hall = room(desk)
    booked = add(desk, "booking", wish())
    desk.registers.edit("venue", hall.uid, {"venue_state": "repair"})
    told = "\n".join(desk.months.hints(Month(2026, 11)))
    assert booked.record_no in told


def test_a_room_that_costs_something_shows_the_warning_of_the_standard(desk: Desk) -> None:
    room(desk, is_charged=True)
    assert any("8.2.3" in each for each in desk.registers.add("booking", [wish()])[0].notices)


def test_a_room_with_an_approver_waits_for_the_yes(desk: Desk) -> None:
    head = add(desk, "staff", {"full_name": "周书记"} | _staff(desk))
    room(desk, approver=head.uid)
    added = desk.registers.add("booking", [wish()])[0]
    assert added.record.booking_state == "pending"
    assert any("周书记" in each for each in added.notices)
    with pytest.raises(Invalid, match="周书记"):
        desk.registers.edit("booking", added.record.uid, {"booking_state": "approved"})
    yes = {"booking_state": "approved", "approved_by": head.uid, "paper_signed": True}
    assert desk.registers.edit("booking", added.record.uid, yes).booking_state == "approved"


def _staff(desk: Desk) -> dict[str, Any]:
    """Fill what else a member of the staff must have."""
    lacking: dict[str, Any] = {}
    for problem in desk.registers.check("staff", {"full_name": "周书记"}):
        column = REGISTERS["staff"].by_name[str(problem.column)]
        lacking[column.name] = column.kind.samples()[0]
    return lacking


def test_who_gives_the_yes_books_with_it(desk: Desk) -> None:
    head = add(desk, "staff", {"full_name": "周书记"} | _staff(desk))
    room(desk, approver=head.uid)
    desk.sit_down("周书记")
    booked = add(desk, "booking", wish())
    assert (booked.booking_state, booked.approved_by) == ("approved", head.uid)


def test_the_less_urgent_gives_way_only_when_asked_to_and_somebody_is_told(desk: Desk) -> None:
    room(desk)
    meeting = add(desk, "booking", wish())
    flight = wish(purpose="避灾安置", end_at="2026-11-25 10:00")
    with pytest.raises(Invalid, match="请占用的让出"):
        add(desk, "booking", flight)
    added = desk.registers.add("booking", [flight | {"takes_over": True}])[0]
    assert any("老年协会" in each and "138****0001" in each for each in added.notices)
    bumped = desk.registers.get("booking", meeting.uid)
    assert (bumped.booking_state, bumped.gave_way_to) == ("bumped", added.record.uid)
    assert not added.record.takes_over


def test_nobody_takes_over_from_his_equal(desk: Desk) -> None:
    room(desk)
    add(desk, "booking", wish())
    assert "start_at" in complaints(desk, takes_over=True)


def test_undoing_a_takeover_gives_the_room_back(desk: Desk) -> None:
    room(desk)
    meeting = add(desk, "booking", wish())
    add(desk, "booking", wish(purpose="停用（检修、布置）", takes_over=True))
    offer = desk.undo.last()
    assert offer is not None
    desk.undo.take_back(offer.deed)
    assert desk.registers.get("booking", meeting.uid).booking_state == "approved"


def test_a_closure_can_be_taken_back_as_far_as_the_room_is_free(desk: Desk) -> None:
    room(desk)
    one = add(desk, "booking", wish("09:00", "10:00"))
    two = add(desk, "booking", wish("10:00", "11:00"))
    closure = wish("08:00", "12:00", purpose="停用（检修、布置）", takes_over=True)
    shut = add(
        desk,
        "booking",
        {key: closure[key] for key in ("venue", "start_at", "end_at", "purpose", "takes_over")},
    )
    desk.registers.edit("booking", shut.uid, {"start_at": f"{MONDAY} 10:00"})
    add(desk, "booking", wish("09:30", "10:00"))
    restored = desk.rooms.take_back(shut.uid, "修好了")
    assert (restored.back, restored.taken) == ((two.record_no,), (one.record_no,))


def test_what_is_proposed_is_free_and_nearest(desk: Desk) -> None:
    hall = room(desk)
    room(desk, "书房", capacity=30)
    room(desk, "小间", capacity=5)
    add(desk, "booking", wish("09:00", "11:00"))
    told = desk.rooms.propose(wish("10:00", "11:30"))
    assert "老年协会" in told.clash
    assert [f"{each.start:%H:%M}" for each in told.slots][:1] == ["11:00"]
    for each in told.slots:
        assert desk.rooms.clashes(hall.uid, each.start, each.end) == ()
    assert [each.name for each in told.rooms] == ["书房"]
    assert desk.rooms.propose(wish("11:00", "12:00")).clash == ""
    assert desk.rooms.propose({"venue": "文化礼堂", "start_at": "说不清"}).clash == ""
    assert "坐不下" in desk.rooms.propose(wish("14:00", "15:00", people=51)).clash


def test_a_booking_moves_within_its_month_and_into_the_next_under_a_new_number(desk: Desk) -> None:
    hall = room(desk)
    booked = add(desk, "booking", wish())
    moved = desk.rooms.move(booked.uid, hall.uid, at("14:00"), at("15:00")).record
    assert (moved.uid, moved.start_at) == (booked.uid, at("14:00"))
    december = datetime(2026, 12, 2, 9)
    later = desk.rooms.move(booked.uid, hall.uid, december, december + timedelta(hours=1)).record
    assert later.record_no.startswith("CD-202612-")
    assert later.moved_from == booked.uid
    left = desk.registers.get("booking", booked.uid)
    assert left.booking_state == "cancelled"
    assert "2026-12-02" in left.state_reason
    with pytest.raises(Refused):
        desk.rooms.move(booked.uid, hall.uid, at("14:00"), at("15:00"))


def test_a_use_stands_in_the_book_of_the_month_in_which_it_ends(desk: Desk) -> None:
    room(desk)
    shelter = add(
        desk, "booking", wish(purpose="避灾安置", start_at="2026-10-28 09:00", end_at="2026-11-25 10:00")
    )
    october = add(desk, "booking", wish(start_at="2026-10-02 09:00", end_at="2026-10-02 10:00"))
    desk.months.close(Month(2026, 10))
    assert desk.registers.edit("booking", shelter.uid, {"end_at": "2026-11-22 20:00"}).end_at.day == 22
    with pytest.raises(MonthClosed):
        desk.registers.edit("booking", october.uid, {"people": 3})


def test_the_sums_of_the_book_are_those_of_its_lines(desk: Desk) -> None:
    room(desk)
    day = "2026-11-20"
    for hour, state in ((8, "finished"), (10, "no_show"), (12, "cancelled"), (14, "approved")):
        times = {"start_at": f"{day} {hour:02}:00", "end_at": f"{day} {hour + 1:02}:30"}
        add(desk, "booking", wish(**times, booking_state=state, state_reason="雨"))
    ledger = desk.books.ledger("booking", Month(2026, 11))
    minutes = [heading.label for heading in ledger.headings].index("时长（分）")
    assert sum(int(row[minutes]) for row in ledger.rows if row[minutes] != "—") == 180
    assert ledger.totals["minutes"] == 180
    assert (ledger.totals["uses"], ledger.totals["no_shows"], ledger.totals["cancelled"]) == (2, 1, 1)
    assert ledger.closing[0].endswith("66.7%")


def test_the_superior_learns_no_telephone(desk: Desk) -> None:
    room(desk)
    add(desk, "booking", wish(start_at="2026-11-20 09:00", end_at="2026-11-20 10:00"))
    told = desk.books.ledger("booking", Month(2026, 11), Audience.SUPERIOR)
    assert "13805770001" not in str(told.rows)


def test_a_person_s_card_tells_of_bookings(desk: Desk) -> None:
    room(desk)
    booked = add(desk, "booking", wish(person={"full_name": "陈阿英", "phone": "13805770002"}, org_name=""))
    (event,) = desk.persons.card(booked.person).events
    assert (event.kind, event.state, event.record_no) == ("场地预约", "已同意", booked.record_no)


def test_old_books_are_tried_out_row_against_row(desk: Desk) -> None:
    room(desk)
    past = {"start_at": "2026-11-20 09:00", "end_at": "2026-11-20 10:00"}
    problems = desk.registers.try_out("booking", [wish(**past), wish(**past)])
    assert [(each.row, each.code) for each in problems] == [(2, "taken")]


class Counter(RuleBasedStateMachine):
    """Books, moves, cancels, closes and takes back at random; every refusal has its sentence, nobody meets anybody."""

    booked = Bundle("booked")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    @initialize()
    def furnish(self) -> None:
        names = {each.name for each in self.desk.rooms.all()}
        for name, cleanup in (("甲", 0), ("乙", 20)):
            if name not in names:
                room(self.desk, name, cleanup=cleanup)

    @rule(
        target=booked,
        name=st.sampled_from("甲乙"),
        start=st.integers(0, 40),
        length=st.integers(-1, 9),
        purpose=st.sampled_from(["会议", "党组织生活", "避灾安置", "停用（检修、布置）"]),
        takes_over=st.booleans(),
    )
    def book(self, name: str, start: int, length: int, purpose: str, takes_over: bool) -> Any:
        begins = at("08:00") + timedelta(minutes=10 * start)
        ends = begins + timedelta(minutes=10 * length)
        told = wish(venue=name, start_at=begins, end_at=ends, purpose=purpose, takes_over=takes_over)
        return self._try(lambda: add(self.desk, "booking", told).uid)

    @rule(uid=booked, name=st.sampled_from("甲乙"), start=st.integers(0, 40), length=st.integers(1, 9))
    def move(self, uid: Any, name: str, start: int, length: int) -> None:
        begins = at("08:00") + timedelta(minutes=10 * start)
        ends = begins + timedelta(minutes=10 * length)
        # Undoing takes back the room itself too.
        rooms = [each.uid for each in self.desk.rooms.all() if each.name == name]
        self._try(lambda: uid and rooms and self.desk.rooms.move(uid, rooms[0], begins, ends))

    @rule(uid=booked, state=st.sampled_from(["cancelled", "approved", "declined"]))
    def change(self, uid: Any, state: str) -> None:
        values = {"booking_state": state, "state_reason": "改了"}
        self._try(lambda: uid and self.desk.registers.edit("booking", uid, values))

    @rule(uid=booked)
    def take_back(self, uid: Any) -> None:
        self._try(lambda: uid and self.desk.rooms.take_back(uid, "不用了"))

    @rule()
    def undo(self) -> None:
        offer = self.desk.undo.last()
        self._try(lambda: offer and self.desk.undo.take_back(offer.deed))

    def _try(self, act: Any) -> Any:
        try:
            return act()
        except UserError as error:
            assert str(error)
            return None

    @invariant()
    def nobody_meets_anybody(self) -> None:
        found = self.desk.registers.find("booking", Query(live=True), 1000).records
        held = sorted((each for each in found if each.booking_state in HELD), key=lambda each: each.start_at)
        for name in {each.venue for each in held}:
            own = [each for each in held if each.venue == name]
            assert all(one.end_at <= other.start_at for one, other in pairwise(own))


def test_no_sequence_of_acts_ever_gives_a_room_twice(desk: Desk) -> None:
    quick = settings(
        max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    here: Any = partial(Counter, desk)
    run_state_machine_as_test(here, settings=quick)
