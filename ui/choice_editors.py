"""Editors for what is chosen from a fixed list: one of it, or several."""

import time
from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from ojr_desk.text import _
from ui.editor import Editor
from ui.flow import Flow

#: A list longer than this may be typed into.
_LONG = 12
#: Letters in a line of a tick's words, which no form breaks; Chinese ones are shorter than this.
_WIDEST = 26
#: Keys typed within this many seconds belong together.
_TOGETHER = 1.0


class ChoiceBox(QComboBox):
    """A list to choose from: the wheel scrolls the form instead of changing a value, letters find by initials."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(_LONG)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._keys, self._at = "", 0.0
        self._is_tall = False

    def showPopup(self) -> None:
        """Qt tells: the list is wanted, and only now is it dressed for it."""
        if not self._is_tall:
            from ui.tall import TallItems  # noqa: PLC0415 - the first form must not wait for it

            self._is_tall = True
            self.setItemDelegate(TallItems(self))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt tells: leave the wheel to the form."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: `zx` chooses 咨询."""
        letter = event.text().isascii() and event.text().isalpha()
        if self.isEditable() or not letter or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        from ojr_desk.rules.pinyin import initials  # noqa: PLC0415 - the first form must not wait for it

        now = time.monotonic()
        self._keys = event.text().lower() if now - self._at > _TOGETHER else self._keys + event.text().lower()
        self._at = now
        for place in range(self.count()):
            if any(each.startswith(self._keys) for each in initials(self.itemText(place))):
                self.setCurrentIndex(place)
                self.activated.emit(place)
                return


class ChoiceEditor(Editor):
    """One of a list; a long list may be typed into, by label or initials."""

    def __init__(self, parent: QWidget, choices: Mapping[str, str], blank: bool) -> None:
        super().__init__(parent)
        self.box = ChoiceBox(self)
        self.hold(self.box)
        if blank:
            self.box.addItem("", "")
        for code, label in choices.items():
            self.box.addItem(_(label), code)
        if len(choices) > _LONG:
            self._let_type()
        self.box.setCurrentIndex(0 if blank else -1)
        self.box.activated.connect(self.changed)

    def value(self) -> Any:
        """Answer with the code chosen, or the words typed."""
        if self.box.isEditable():
            text = self.box.currentText().strip()
            place = self.box.findText(text, Qt.MatchFlag.MatchExactly)
            return self.box.itemData(place) if place >= 0 else text
        return self.box.currentData() or ""

    def put(self, value: Any, text: str) -> None:
        """Choose *value*; a code that is gone from the list is shown as it is."""
        place = self.box.findData("" if value is None else value)
        if place < 0:
            place = self.box.findText(text, Qt.MatchFlag.MatchExactly)
        self.box.setCurrentIndex(place)
        if self.box.isEditable():
            self.box.setEditText(text if place < 0 else self.box.itemText(place))
            if (line := self.box.lineEdit()) is not None:
                # Of what is longer than the line its beginning is seen.
                line.setCursorPosition(0)

    def _let_type(self) -> None:
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setCompleter(None)  # type: ignore[arg-type] # None takes Qt's own away, its stubs do not know
        line = self.box.lineEdit()
        assert line is not None
        line.setPlaceholderText(_("可打字查找"))
        line.textEdited.connect(self._typing)

    def _typing(self) -> None:
        if self.box.completer() is None:
            from ui.by_initials import ByInitials  # noqa: PLC0415 - the first form must not wait for it

            labels = [self.box.itemText(place) for place in range(self.box.count())]
            finder = ByInitials([label for label in labels if label], self.box)
            self.box.setCompleter(finder)
            finder.activated.connect(self.changed)
            finder.setCompletionPrefix(self.box.currentText())
            finder.complete()
        self.typed.emit()


class ChoicesEditor(Editor):
    """Several of a list, each with its tick."""

    def __init__(self, parent: QWidget, choices: Mapping[str, str]) -> None:
        super().__init__(parent)
        frame = QWidget(self)
        self.hold(frame)
        flow = Flow(frame, across=16, down=0)
        self._ticks: dict[str, QCheckBox] = {}
        for code, label in choices.items():
            tick = QCheckBox("\n".join(wrap(_(label), _WIDEST)), frame)
            tick.toggled.connect(self.changed)
            flow.addWidget(tick)
            self._ticks[code] = tick
        frame.setFocusProxy(next(iter(self._ticks.values())))

    def value(self) -> Any:
        """Answer with the codes that are ticked."""
        return [code for code, tick in self._ticks.items() if tick.isChecked()]

    def put(self, value: Any, text: str) -> None:
        """Tick the codes in *value*."""
        for code, tick in self._ticks.items():
            tick.blockSignals(True)
            tick.setChecked(code in (value or ()))
            tick.blockSignals(False)
