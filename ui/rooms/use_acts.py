"""What may be done next with a booking: agreed to, refused, the key given and taken back, nobody came."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ojr_desk.text import N_, _
from ui.buttons import button
from ui.flow import Flow, empty
from ui.front import present
from ui.office import Office


class _Act(NamedTuple):
    """One act: its words, the states in which it is offered, what it changes, and what it asks for.

    *at* names the column that gets the time, *by* the one that gets who sits here, *asks* the one that is asked for
    under the words *why*. What is *begun* is offered once the use has begun.
    """

    words: str
    states: tuple[str, ...]
    values: Mapping[str, Any]
    at: str = ""
    by: str = ""
    asks: str = ""
    why: str = ""
    begun: bool = False


_BACK = {"booking_state": "finished"}
_RUNNING = ("approved", "in_use")
ACTS = (
    _Act(N_("同意"), ("pending",), {"booking_state": "approved"}, "approved_at", "approved_by"),
    _Act(
        N_("同意（已纸签）"),
        ("pending",),
        {"booking_state": "approved", "paper_signed": True},
        "approved_at",
        "approved_by",
    ),
    _Act(N_("拒绝…"), ("pending",), {"booking_state": "declined"}, asks="state_reason", why=N_("拒绝原因")),
    _Act(N_("交钥匙"), ("approved",), {"booking_state": "in_use"}, "key_out_at"),
    _Act(
        N_("归还，完好"),
        _RUNNING,
        {**_BACK, "return_check": "fine", "shut_off": True},
        "returned_at",
        begun=True,
    ),
    _Act(N_("归还，没打扫"), _RUNNING, {**_BACK, "return_check": "dirty"}, "returned_at", begun=True),
    _Act(
        N_("归还，有损坏…"),
        _RUNNING,
        {**_BACK, "return_check": "damaged"},
        "returned_at",
        asks="damage",
        why=N_("损坏情况"),
        begun=True,
    ),
    _Act(N_("未到场"), ("approved",), {"booking_state": "no_show"}, begun=True),
    _Act(
        N_("取消…"),
        ("pending", "approved"),
        {"booking_state": "cancelled"},
        asks="state_reason",
        why=N_("取消原因"),
    ),
)


class UseActs(QWidget):
    """A row of buttons for what comes next; `changed` tells that one of them was done."""

    changed = Signal()

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._uid = ""
        self._flow = Flow(self)
        self.hide()

    def show_record(self, record: Any) -> None:
        """Offer what comes next for *record*; nothing for one that is over."""
        self._uid = str(record.uid)
        empty(self._flow)
        for act in self._offered(record):
            made = button(_(act.words), partial(self.choose, act), self)
            self._flow.addWidget(made)
            made.show()
        self.setVisible(self._flow.count() > 0)

    def choose(self, act: _Act) -> None:
        """Do *act*, after asking for what it needs."""
        if not act.asks:
            self._do(act, {})
            return
        from ui.asking import Asking  # noqa: PLC0415 - the first form must not wait for it

        words = _(act.words).rstrip("…")
        question = _("写明{what}，印在台账上。").format(what=_(act.why))
        present(Asking(words, question, [_(act.why)], lambda told: self._do(act, {act.asks: told[0]})))

    def _offered(self, record: Any) -> list[_Act]:
        own = record.center == self._office.facts.center and record.record_status != "void"
        begun = record.start_at is not None and record.start_at <= self._office.now()
        return [
            act for act in ACTS if own and record.booking_state in act.states and (begun or not act.begun)
        ]

    def _do(self, act: _Act, told: Mapping[str, Any]) -> None:
        uid = self._uid
        values = {**act.values, **told}
        if act.at:
            values[act.at] = self._office.now().replace(second=0, microsecond=0)
        if act.by:
            values[act.by] = self._office.facts.user
        self._office.ask(
            lambda desk: desk.registers.edit("booking", uid, values), lambda _record: self.changed.emit()
        )
