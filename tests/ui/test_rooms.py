"""Booking a room at the window: who is there already, what is free by one press, what comes next."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ojr_desk.desk import Clock, Desk
from ojr_desk.store.query import Query
from tests.office import add
from tests.ui.conftest import children, front, is_a
from ui.asking import Asking
from ui.rooms.page import BookingPage
from ui.rooms.panel import BookingPanel
from ui.stage import Stage, on_stage

WISH = {
    "venue": "礼堂",
    "start_at": "2026-11-20 09:00",
    "end_at": "2026-11-20 11:00",
    "purpose": "meeting",
    "org_name": "老年协会",
    "phone": "13805770001",
    "people": 20,
}


class Counter:
    """The page of bookings with two rooms, one of them taken for two hours."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.page = is_a(stage.go("booking"), BookingPage)
        self.page.begin()
        self.rest()

    @property
    def panel(self) -> BookingPanel:
        return is_a(self.page.panel, BookingPanel)

    def rest(self) -> None:
        QTest.qWait(260)
        self.stage.settle()
        QTest.qWait(20)
        self.stage.settle()

    def type(self, **values: str) -> None:
        for name, words in values.items():
            editor = self.panel.form.field(name).editor
            editor.put("" if name in ("venue", "person") else words, words)
            editor.typed.emit()
        self.rest()

    def press(self, words: str) -> None:
        made = next(
            each for each in children(self.panel, QPushButton) if words in each.text() and each.isVisible()
        )
        made.click()
        self.rest()

    def value(self, name: str) -> str:
        return self.panel.form.field(name).editor.words()

    def stored(self) -> list[Any]:
        found: list[Any] = []
        self.stage.office.ask(lambda desk: desk.registers.find("booking", Query()).records, found.extend)
        self.stage.settle()
        return found


@pytest.fixture
def counter(qapp: QApplication, village: Path, clock: Clock) -> Any:
    desk = Desk.open(village, clock)
    rooms = (
        {"venue_name": name, "area": "50", "capacity": seats} for name, seats in (("礼堂", 50), ("书房", 30))
    )
    add(desk, "venue", *rooms)
    add(desk, "booking", WISH)
    desk.close()
    with on_stage(village, clock, "林小娟") as stage:
        yield Counter(stage)


def test_the_cursor_stands_in_the_first_field(counter: Counter) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    assert counter.panel.form.field("venue").isAncestorOf(focus)


def test_while_typing_it_says_who_is_there_and_one_press_takes_what_is_free(counter: Counter) -> None:
    counter.type(venue="礼堂", start_at="2026-11-20 10:00", end_at="2026-11-20 12:00")
    assert "老年协会" in counter.panel.proposals.clash.text()
    counter.press("书房")
    assert counter.value("venue") == "书房"
    assert counter.panel.proposals.clash.text() == ""


def test_a_free_time_is_taken_by_one_press(counter: Counter) -> None:
    counter.type(venue="礼堂", start_at="2026-11-24 10:00", end_at="2026-11-24 12:00")
    assert counter.panel.proposals.clash.text() == ""
    counter.press("下午")
    assert (counter.value("start_at"), counter.value("end_at")) == ("2026-11-24 14:00", "2026-11-24 17:00")


def test_a_booking_is_stored_with_somebody_new(counter: Counter) -> None:
    counter.type(venue="书房", start_at="2026-11-24 10:00", end_at="2026-11-24 12:00", people="5")
    counter.type(person="胡阿宝", phone="13805770003")
    counter.panel.form.field("purpose").editor.put("meeting", "会议")
    counter.panel.form.field("purpose").editor.typed.emit()
    counter.panel.submit()
    counter.rest()
    assert [each.phone for each in counter.stored()] == ["13805770003", "13805770001"], (
        counter.panel.notice.text()
    )


def test_a_clash_that_is_saved_all_the_same_is_refused_beside_its_field(counter: Counter) -> None:
    counter.type(venue="礼堂", start_at="2026-11-20 10:00", end_at="2026-11-20 12:00", people="5")
    counter.type(org_name="合作社", phone="13805770003")
    counter.panel.form.field("purpose").editor.put("meeting", "会议")
    counter.panel.submit()
    counter.rest()
    assert "老年协会" in counter.panel.form.field("start_at").complaint
    assert len(counter.stored()) == 1


def test_the_key_goes_out_and_comes_back(counter: Counter) -> None:
    (booked,) = counter.stored()
    counter.page.open(booked.uid)
    counter.rest()
    counter.press("交钥匙")
    assert counter.stored()[0].booking_state == "in_use"
    counter.press("有损坏")
    (asking,) = front(Asking)
    asking.lines[0].setText("断了一把椅子")
    asking.accept()
    counter.rest()
    (done,) = counter.stored()
    assert (done.booking_state, done.return_check, done.damage) == ("finished", "damaged", "断了一把椅子")
    assert not counter.panel.acts.isVisible()


def test_a_booking_that_is_changed_into_another_month_is_shown_under_its_new_number(counter: Counter) -> None:
    (booked,) = counter.stored()
    counter.page.open(booked.uid)
    counter.rest()
    counter.type(start_at="2026-12-03 09:00", end_at="2026-12-03 11:00")
    counter.panel.submit()
    counter.rest()
    assert counter.panel.title.text() == "CD-202612-0001"
    assert [each.booking_state for each in counter.stored()] == ["approved", "cancelled"]


def test_a_change_onto_somebody_else_is_refused_beside_its_field(counter: Counter) -> None:
    counter.type(venue="礼堂", start_at="2026-11-20 11:00", end_at="2026-11-20 12:00", people="5")
    counter.type(org_name="合作社", phone="13805770003")
    counter.panel.form.field("purpose").editor.put("meeting", "会议")
    counter.panel.submit()
    counter.rest()
    counter.page.open(counter.stored()[0].uid)
    counter.rest()
    counter.type(start_at="2026-11-20 10:30")
    counter.panel.submit()
    counter.rest()
    assert "老年协会" in counter.panel.form.field("start_at").complaint
