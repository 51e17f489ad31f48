"""The editor for a choice that is made by one digit: a button for each, the rest in a list behind them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ojr_desk.text import _
from ui.choice_editors import ChoiceEditor
from ui.editor import Editor
from ui.flow import Flow
from ui.style import mark

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
        self.others = ChoiceEditor(frame, choices, blank=True)
        self.others.name(_("全部选项"), "")
        self.others.box.setMinimumContentsLength(_LETTERS)
        self.others.typed.connect(self._from_list)
        self.others.submitted.connect(self.submitted)
        self.offer(self._offered)

    def offer(self, codes: Sequence[str]) -> None:
        """Offer these codes by digit, the first by 1."""
        value = self.value()
        for old in self._buttons.values():
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._flow.removeWidget(self.others)
        self._offered = tuple(codes)[:9]
        self._buttons = {code: self._button(place, code) for place, code in enumerate(self._offered, 1)}
        self._flow.addWidget(self.others)
        self.others.setVisible(len(self._offered) < len(self._choices))
        self._show(value)

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
        if text and (text == "0" or text.isalpha()) and not self.others.isHidden():
            line = self.others.box.lineEdit()
            self.others.setFocus()
            if line is not None and text != "0":
                line.setText(text)
                line.textEdited.emit(text)
            return True
        return False

    def value(self) -> Any:
        """Answer with the code chosen, or the words typed into the list."""
        return self.others.value()

    def words(self) -> str:
        """Answer with the label of what is chosen."""
        return self.others.box.currentText()

    def put(self, value: Any, text: str) -> None:
        """Choose *value*."""
        self.others.put(value, text)
        self._show(self.value())

    def _show(self, value: Any) -> None:
        if self.others.value() != value:
            self.others.put(value, _(self._choices.get(str(value), "")))
        for code, button in self._buttons.items():
            button.setChecked(code == value)

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
