"""While a room is being booked: who is there already, and one press that takes a time or a room that is free."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ojr_desk.moments import show_moment
from ojr_desk.rules.bookings import parts_of_day
from ojr_desk.text import _
from ui.buttons import button
from ui.flow import Flow, empty
from ui.style import mark

#: So many free rooms are offered; the rest is on the list of rooms.
_ROOMS = 4


class Proposals(QWidget):
    """上午, 下午, 晚上 by one press; below them a clash, with times and rooms that are free.

    `timed` brings a start and an end, `roomed` the key and name of a room.
    """

    timed = Signal(object, object)
    roomed = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts, self._times, self._rooms = (Flow(across=6, down=4) for _flow in range(3))
        self.clash = QLabel(self)
        self.clash.setObjectName("notice")
        self.clash.setWordWrap(True)
        self.clash.setTextFormat(Qt.TextFormat.PlainText)
        mark(self.clash, "tone", "bad")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._parts)
        column.addWidget(self.clash)
        column.addLayout(self._times)
        column.addLayout(self._rooms)
        self.clear()

    def show_parts(self, day: datetime) -> None:
        """Offer the parts of *day*."""
        empty(self._parts)
        self._parts.addWidget(QLabel(_("{day}：").format(day=f"{day:%m-%d}"), self))
        for name, start, end in parts_of_day(day):
            words = f"{_(name)} {start:%H:%M}–{end:%H:%M}"
            self._add(self._parts, words, partial(self.timed.emit, start, end))

    def show_proposal(self, proposal: Any) -> None:
        """Say who has the room, and offer what is free."""
        self.clash.setText(proposal.clash)
        self.clash.setVisible(bool(proposal.clash))
        self._empty()
        if proposal.slots:
            self._times.addWidget(_told(_("这里空着："), self))
        for each in proposal.slots:
            words = f"{each.start:%m-%d %H:%M}–{_end_words(each.start, each.end)}"
            self._add(self._times, words, partial(self.timed.emit, each.start, each.end))
        if proposal.rooms:
            self._rooms.addWidget(_told(_("那时空着："), self))
        for room in proposal.rooms[:_ROOMS]:
            words = _("{name}（{seats}人）").format(name=room.name, seats=room.capacity)
            self._add(self._rooms, words, partial(self.roomed.emit, room.uid, room.name))

    def clear(self) -> None:
        """Say nothing."""
        self.clash.setText("")
        self.clash.hide()
        self._empty()

    @property
    def buttons(self) -> list[QPushButton]:
        """List what can be pressed: first the parts of the day, then what is free."""
        found: list[QPushButton] = []
        for flow in (self._parts, self._times, self._rooms):
            widgets = (flow.itemAt(place) for place in range(flow.count()))
            found += [made for each in widgets if each and isinstance(made := each.widget(), QPushButton)]
        return found

    def _empty(self) -> None:
        empty(self._times)
        empty(self._rooms)

    def _add(self, flow: Flow, words: str, pressed: Callable[[], object]) -> None:
        made = button(words, pressed, self)
        flow.addWidget(made)
        made.show()


def _told(words: str, parent: QWidget) -> QLabel:
    made = QLabel(words, parent)
    made.setProperty("faint", True)
    return made


def _end_words(start: datetime, end: datetime) -> str:
    return f"{end:%H:%M}" if start.date() == end.date() else show_moment(end)
