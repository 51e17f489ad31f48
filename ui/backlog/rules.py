"""What holds for all rows of the grid: why they are entered late, and the hour of those that have none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from ojr_desk import moments
from ojr_desk.problems import Wrong
from ojr_desk.register.catalogue import LATE_REASONS
from ojr_desk.text import _, labelled
from ui.backlog.layout import Batch
from ui.choice_editors import ChoiceBox
from ui.flow import Flow
from ui.style import mark


class Rules(QWidget):
    """Two questions that are asked once; `changed` tells that another answer holds now."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.batch = Batch()
        self.reason = reasons(self)
        self.hour = QLineEdit(f"{self.batch.hour:%H:%M}", self)
        self.hour.setAccessibleName(_("没写几点的按"))
        self.hour.setFixedWidth(self.hour.fontMetrics().horizontalAdvance("00:00") + 40)
        flow = Flow(self, across=16)
        flow.addWidget(pair(self, _("补录原因"), self.reason))
        flow.addWidget(pair(self, _("没写几点的按"), self.hour))
        self.reason.activated.connect(lambda _at: self._take())
        self.hour.editingFinished.connect(self._take)

    def put(self, reason: object, hour: str) -> None:
        """Have these answers stand there."""
        self.reason.setCurrentIndex(max(0, self.reason.findData(reason)))
        self.hour.setText(hour)
        self._take()

    def _take(self) -> None:
        """Take the answers, once the hour is one."""
        try:
            hour = moments.parse_clock(self.hour.text())
        except Wrong:
            mark(self.hour, "wrong", True)
            return
        mark(self.hour, "wrong", False)
        batch = Batch(str(self.reason.currentData()), hour)
        if batch != self.batch:
            self.batch = batch
            self.changed.emit()


def reasons(parent: QWidget) -> ChoiceBox:
    """Make the list of why something is entered late."""
    box = ChoiceBox(parent)
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
    box.setAccessibleName(_("补录原因"))
    for code, label in LATE_REASONS.items():
        box.addItem(_(label), code)
    return box


def pair(parent: QWidget, label: str, control: QWidget) -> QWidget:
    """Set a label before a control."""
    both = QWidget(parent)
    line = QHBoxLayout(both)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(QLabel(labelled(label, ""), both))
    line.addWidget(control)
    return both
