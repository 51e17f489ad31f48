"""What every editor of one value can do, whatever it looks like."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.style import mark


class Offer(NamedTuple):
    """A record that may be meant by what was typed: its key, its name, and what tells namesakes apart."""

    uid: str
    name: str
    note: str = ""


#: Looks for records of a register by what was typed, and hands over what it finds some time later.
LookUp = Callable[[str, str, Callable[[list[Offer]], None]], None]
Clock = Callable[[], datetime]


class Editor(QWidget):
    """A control for one value. `typed` tells of a change by hand, `left` that the person went on."""

    typed = Signal()
    left = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.control: QWidget = self
        self.beside: tuple[QWidget, ...] = ()

    def hold(self, control: QWidget, *beside: QWidget) -> None:
        """Take in the control and what stands beside it; all are children already: moving them takes time."""
        self.control, self.beside = control, beside
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(control, 1)
        for widget in beside:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(control)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        control.installEventFilter(self)

    def value(self) -> Any:
        """Answer with what stands in it, as typed."""
        raise NotImplementedError

    def words(self) -> str:
        """Answer with what a person reads in it."""
        return str(self.value())

    def put(self, value: Any, text: str) -> None:
        """Have *value* stand in it, which a person reads as *text*."""
        raise NotImplementedError

    def name(self, label: str, help_text: str) -> None:
        """Tell those who listen instead of looking what this is."""
        self.control.setAccessibleName(label)
        self.control.setAccessibleDescription(help_text)
        self.control.setToolTip(help_text)

    def changed(self, *_what: object) -> None:
        """Tell that the value was changed by hand."""
        self.typed.emit()

    def lock(self, locked: bool) -> None:
        """Let the value be read only, or be changed again."""
        self.setEnabled(not locked)

    def complain(self, wrong: bool) -> None:
        """Show by its border that something is wrong with it, or no longer."""
        mark(self.control, "wrong", wrong)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks: notice when the person goes on, and the keys that mean 保存."""
        if watched is self.control:
            if event.type() == QEvent.Type.FocusOut:
                self.left.emit()
            elif event.type() == QEvent.Type.KeyPress and self._submits(event):
                self.submitted.emit()
                return True
        return super().eventFilter(watched, event)

    def _submits(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        return self.enter_submits or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

    #: Whether it needs the whole width of a form.
    wide = False
    #: Whether the plain Enter key means 保存 here; in a long text it begins a line.
    enter_submits = True
