"""The form of a booking: while it is typed it says who is there already, and what is free."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ojr_desk.moments import parse_moment, show_moment
from ojr_desk.problems import Wrong
from ojr_desk.register import is_blank
from ojr_desk.text import _
from ui.office import Office
from ui.opened import Opened, read
from ui.record_panel import RecordPanel
from ui.rooms.proposals import Proposals
from ui.rooms.use_acts import UseActs
from ui.view import View

#: What decides whether a room is free.
ASKED = ("venue", "start_at", "end_at", "purpose", "people")
#: How long typing rests before the rooms are looked at, in milliseconds.
_REST = 200


class BookingPanel(RecordPanel):
    """The panel of bookings."""

    def __init__(self, parent: QWidget, office: Office, view: View) -> None:
        super().__init__(parent, office, view)
        self.proposals = Proposals(self)
        self.acts = UseActs(self, office)
        self.above.addWidget(self.acts)
        self.above.addWidget(self.proposals)
        self.proposals.timed.connect(self._take_time)
        self.proposals.roomed.connect(self._take_room)
        self.acts.changed.connect(lambda: self._act(lambda _desk: None, _("{number} 已办")))
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.look)
        self.form.touched.connect(self._rest.start)
        self.begun.connect(self._begin)
        self.stored.connect(lambda _added: self._begin())
        self._begin()

    def entered(self, values: dict[str, Any]) -> dict[str, Any]:
        """Write who books as the register has it: somebody new with the telephone that was given."""
        who, phone = values.get("person", ""), str(values.get("phone", "")).strip()
        if is_blank(who) or not phone or who != self.form.field("person").editor.words():
            return values
        return {**values, "person": {"full_name": who, "phone": phone}}

    def show_opened(self, opened: Opened) -> None:
        """Show a booking that was read, and what may be done with it."""
        super().show_opened(opened)
        self.proposals.clear()
        self.proposals.hide()
        self.acts.show_record(opened.record)

    def _edit(self, values: dict[str, Any]) -> None:
        """Store changes; into another month a booking goes under a new number, and that is shown then."""
        uid = self._uid

        def edited(desk: Any) -> tuple[Opened, tuple[str, ...]]:
            done = desk.rooms.edit(uid, values)
            return read(desk, "booking", done.record.uid), done.notices

        def shown(answer: tuple[Opened, tuple[str, ...]]) -> None:
            opened, notices = answer
            self._wait(False)
            self.show_opened(opened)
            number = opened.record.record_no
            told = _("已保存 {number} 的改动") if opened.record.uid == uid else _("已改期，新编号 {number}")
            self.notice.tell(told.format(number=number), *notices)
            self._office.changes.changed.emit("booking")

        self._wait(True)
        self._office.ask(edited, shown, self._refused)

    def look(self) -> None:
        """Ask the rooms what the booking as typed would meet."""
        if self._opened is not None and not self.form.is_touched:
            self.proposals.clear()
            return
        typed = self._typed()
        uid = str(self._opened.record.uid) if self._opened is not None else ""
        self.proposals.show_parts(self._day())

        def told(proposal: Any) -> None:
            # What was typed on meanwhile is asked for anew.
            if typed == self._typed():
                self.proposals.show_proposal(proposal)
                self.proposals.show()

        self._office.ask(lambda desk: desk.rooms.propose(typed, uid), told)

    def _typed(self) -> dict[str, Any]:
        return {name: self.form.field(name).editor.value() for name in ASKED}

    def _day(self) -> datetime:
        """Tell the day that stands in the form, else today."""
        now = self._office.now()
        with suppress(Wrong):
            return parse_moment(str(self.form.field("start_at").editor.value()), now)
        return now

    def _begin(self) -> None:
        if self._opened is None:
            self.acts.hide()
            self.proposals.clear()
            self.proposals.show_parts(self._office.now())
            self.proposals.show()

    def _take_time(self, start: datetime, end: datetime) -> None:
        self._put("start_at", start)
        self._put("end_at", end)
        self.look()

    def _put(self, name: str, moment: datetime) -> None:
        words = show_moment(moment)
        field = self.form.field(name)
        field.editor.put(words, words)
        field.editor.typed.emit()

    def _take_room(self, uid: str, name: str) -> None:
        field = self.form.field("venue")
        field.editor.put(uid, name)
        field.editor.typed.emit()
        self.look()
