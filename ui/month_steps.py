"""The steps of a month's end in a row: what is behind a month, and what comes next."""

from PySide6.QtWidgets import QLabel, QWidget

from ojr_desk.text import N_, _
from ui.flow import Flow, empty
from ui.style import mark

#: The steps of a month's end, in their order.
_STEPS = (
    N_("1 检查、补齐"),
    N_("2 送审稿"),
    N_("3 结账"),
    N_("4 整套打印"),
    N_("5 导出月报"),
    N_("6 上级回执"),
)
#: How many of them are behind a month that has come so far, by its stage.
_BEHIND = {"open": 0, "closed": 3, "sent": 5, "returned": 5, "accepted": 6}


class MonthSteps(QWidget):
    """Shows how far a month has come."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, across=6, down=6)

    def show_stage(self, stage: str) -> None:
        """Show the steps of a month at a stage."""
        empty(self._flow)
        behind = _BEHIND[stage]
        for place, words in enumerate(_STEPS):
            made = QLabel(("✓ " if place < behind else "") + _(words), self)
            made.setObjectName("state")
            mark(made, "tone", "good" if place < behind else "warn" if place == behind else "plain")
            self._flow.addWidget(made)
