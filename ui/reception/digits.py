"""The editor for a choice that is made by one digit: a button for each, the rest in a list behind them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ojr_desk.text import _
from ui.choice_editors import ChoiceEditor
from ui.editor import Editor
from ui.flow import Flow
from ui.style import mark

_DIGITS = 9
#: How long after the form the list of all choices is made, in milliseconds.
_LATER = 300
#: What parts the first level of a choice from the second.
_LEVELS = "·"
#: The width of the list of all, in Latin letters.
_LETTERS = 12


class Digits(Editor):
    """Buttons numbered from 1; the digit chooses and goes on, 0 and letters go to the list of all.

    `chosen` tells that a digit has chosen.
    """

    chosen = Signal()
    wide = True

    def __init__(self, parent: QWidget, choices: Mapping[str, str], offered: Sequence[str]) -> None:
        super().__init__(parent)
        frame = _Keys(self)
        self.hold(frame)
        self._choices, self._offered = choices, tuple(offered)
        self._flow = Flow(frame, across=6, down=4)
        self._buttons: dict[str, QPushButton] = {}
        self._value: Any = ""
        self.others: ChoiceEditor | None = None
        self._show_offered()
        if len(self._offered) < len(choices):
            # The first form must not wait for a list that its digits stand before.
            QTimer.singleShot(_LATER, self, self.list_all)

    def offer(self, codes: Sequence[str]) -> None:
        """Offer these codes by digit, the first by 1."""
        if tuple(codes)[:_DIGITS] != self._offered:
            self._offered = tuple(codes)[:_DIGITS]
            self._show_offered()

    def _show_offered(self) -> None:
        value = self.value()
        for old in self._buttons.values():
            old.hide()
            old.setParent(None)
            old.deleteLater()
        if self.others is not None:
            self._flow.removeWidget(self.others)
        self._buttons = {code: self._button(place, code) for place, code in enumerate(self._offered, 1)}
        if self.others is not None:
            self._flow.addWidget(self.others)
        self._show(value)

    def list_all(self) -> ChoiceEditor:
        """Put the list of all choices behind the buttons, once, and answer with it."""
        if self.others is None:
            self.others = ChoiceEditor(self.control, self._choices, blank=True)
            self.others.name(_("全部选项"), "")
            self.others.box.setMinimumContentsLength(_LETTERS)
            self.others.typed.connect(self._from_list)
            self.others.submitted.connect(self.submitted)
            self._flow.addWidget(self.others)
            self.others.show()
            self._show(self._value)
        return self.others

    def choose(self, digit: int) -> bool:
        """Choose by *digit*; answer whether anything is offered by it."""
        if not 0 < digit <= len(self._offered):
            return False
        self._show(self._offered[digit - 1])
        self.typed.emit()
        self.chosen.emit()
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Take a key that was pressed here; answer whether it means anything."""
        text = event.text()
        if text.isdigit() and text.isascii() and int(text):
            return self.choose(int(text))
        if text and (text == "0" or text.isalpha()) and len(self._offered) < len(self._choices):
            others = self.list_all()
            line = others.box.lineEdit()
            others.setFocus()
            if line is not None and text != "0":
                line.setText(text)
                line.textEdited.emit(text)
            return True
        return False

    def value(self) -> Any:
        """Answer with the code chosen, or the words typed into the list."""
        return self._value if self.others is None else self.others.value()

    def words(self) -> str:
        """Answer with the label of what is chosen."""
        return _(self._choices.get(str(self.value()), str(self.value())))

    def put(self, value: Any, text: str) -> None:
        """Choose *value*."""
        self._show("" if value is None else value)

    def _show(self, value: Any) -> None:
        self._value = value
        if self.others is not None and self.others.value() != value:
            self.others.put(value, _(self._choices.get(str(value), str(value))))
        for code, button in self._buttons.items():
            button.setChecked(code == self.value())

    def _from_list(self) -> None:
        self._show(self.value())
        self.typed.emit()

    def _button(self, place: int, code: str) -> QPushButton:
        label = _(self._choices[code])
        made = QPushButton(f"{place} {label.rpartition(_LEVELS)[2]}", self.control)
        made.setToolTip(label)
        made.setAccessibleName(f"{place} {label}")
        made.setProperty("chip", True)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda _on: self.choose(place))
        self._flow.addWidget(made)
        made.show()
        return made


class _Keys(QWidget):
    """The ground of the buttons: it has the focus and hands the keys on."""

    def __init__(self, owner: Digits) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setObjectName("digits")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells."""
        if not self._owner.key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt tells: show that digits are heard here."""
        super().focusInEvent(event)
        mark(self, "heard", True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt tells."""
        super().focusOutEvent(event)
        mark(self, "heard", False)
