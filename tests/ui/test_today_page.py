"""今日 in the window: every card's lines lead to what they speak of, and F5 books a room."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ojr_desk.desk import Clock, Desk
from tests.office import add
from tests.ui.conftest import children, is_a
from ui.long_button import LongButton
from ui.rooms.page import BookingPage
from ui.stage import Stage, on_stage
from ui.today_page import TodayPage

TODAY = date(2026, 11, 22)


@pytest.fixture
def busy(village: Path, clock: Clock) -> Path:
    """A village with a roster, a booking and a loan of today."""
    desk = Desk.open(village, clock)
    add(desk, "duty", {"duty_date": TODAY, "shift": "全天", "duty_type": "值班", "staff": "林小娟"})
    add(desk, "duty", {"duty_date": TODAY, "shift": "全天", "duty_type": "带班", "staff": "陈志明"})
    add(desk, "venue", {"venue_name": "多功能厅", "area": "80", "capacity": 60})
    booked = {"venue": "多功能厅", "start_at": f"{TODAY} 22:00", "end_at": f"{TODAY} 23:00"}
    add(
        desk,
        "booking",
        booked | {"person": "陈志强", "phone": "13957770002", "purpose": "会议", "people": 20},
    )
    kept = {"venue": "多功能厅", "keeper": "陈志明", "history_reason": "启用前购置"}
    thing = {"asset_name": "雨伞", "quantity": 5, "original_value": "100", "acquired_on": "2025-03-01"} | kept
    add(desk, "asset", thing)
    add(desk, "item_loan", {"asset": "雨伞", "quantity": 2, "person": "王碎姆", "due_back_on": TODAY})
    desk.close()
    return village


def test_the_day_tells_its_duty_its_rooms_and_what_is_to_come_back(busy: Path, clock: Clock) -> None:
    with on_stage(busy, clock, "林小娟") as stage:
        page = is_a(stage.go("today"), TodayPage)
        stage.settle()
        assert "值班：林小娟" in page.duty.text()
        assert "带班：陈志明" in page.duty.text()
        rooms = [each.text() for each in children(page.rooms, LongButton)]
        assert len(rooms) == 1
        assert "22:00–23:00" in rooms[0]
        assert "多功能厅" in rooms[0]
        lent = [each.text() for each in children(page.lent, LongButton)]
        assert "雨伞" in lent[0]
        assert "王碎姆" not in lent[0], "the screen faces the counter"
        assert "今天应还 1 件" in [each.text() for each in children(page.lent, QLabel)]
        children(page.rooms, LongButton)[0].click()
        stage.settle()
        assert is_a(stage.window.stack.currentWidget(), BookingPage).panel.title.text().startswith("CD-")


def test_a_day_without_a_roster_says_so(stage: Stage) -> None:
    page = is_a(stage.go("today"), TodayPage)
    stage.settle()
    assert "今天没有排班" in page.duty.text()
    assert "今天没有人用场地" in " ".join(each.text() for each in children(page.rooms, QLabel))


def test_f5_books_a_room_on_every_page(stage: Stage) -> None:
    stage.go("today")
    stage.settle()
    QTest.keyClick(stage.window, Qt.Key.Key_F5)
    stage.settle()
    assert is_a(stage.window.stack.currentWidget(), BookingPage).panel.title.text() == "新登记"


def test_without_bookings_nobody_is_offered_to_book(stage: Stage) -> None:
    stage.office.ask(lambda desk: desk.registers.switch("booking", False), lambda _register: None)
    stage.office.changes.changed.emit("switch")
    stage.settle()
    page = is_a(stage.go("today"), TodayPage)
    stage.settle()
    assert page.book.isHidden()
    assert page.rooms.isHidden()
    QTest.keyClick(stage.window, Qt.Key.Key_F5)
    stage.settle()
    assert stage.window.here == "today"
