"""Bookings: who clashes with whom, and who gives way."""

from datetime import datetime, timedelta

from ojr_desk.rules.bookings import Slot, bumped, clash


def slot(start: str, end: str, priority: str = "ordinary", room: str = "hall") -> Slot:
    """A booking of one room on one day."""
    day = "2026-11-22"
    return Slot(
        room, datetime.fromisoformat(f"{day} {start}"), datetime.fromisoformat(f"{day} {end}"), priority
    )


def test_who_leaves_at_ten_meets_nobody_who_comes_at_ten() -> None:
    assert not clash(slot("09:00", "10:00"), slot("10:00", "11:00"))
    assert clash(slot("09:00", "10:00"), slot("10:00", "11:00"), timedelta(minutes=15))


def test_a_minute_in_the_middle_is_enough_to_clash() -> None:
    assert clash(slot("09:00", "10:00"), slot("09:30", "09:31"))
    assert clash(slot("09:30", "09:31"), slot("09:00", "10:00"))
    assert not clash(slot("09:00", "10:00"), slot("09:30", "09:31", room="library"))


def test_an_emergency_takes_the_room_and_everybody_is_told() -> None:
    held = [slot("09:00", "10:00", "party"), slot("10:00", "11:00"), slot("14:00", "15:00")]
    assert bumped(slot("09:30", "10:30", "emergency"), held) == tuple(held[:2])


def test_nobody_gives_way_to_his_equal() -> None:
    held = [slot("09:00", "10:00", "party"), slot("10:00", "11:00")]
    assert bumped(slot("09:30", "10:30", "village"), held) is None
    assert bumped(slot("10:30", "11:00"), held) is None
    assert bumped(slot("11:00", "12:00"), held) == ()
