"""Two or three leaves, one of which is seen, with a button for each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget


class Tabs(QWidget):
    """Leaves under large buttons; `turned` tells which is seen. Leaves are made as children of `stack`."""

    turned = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.bar = QWidget(self)
        self.stack = QStackedWidget(self)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self.bar)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

    def add(self, words: str, leaf: QWidget) -> None:
        """Add a leaf behind the others."""
        place = self.stack.addWidget(leaf)
        button = QPushButton(words, self.bar)
        button.setCheckable(True)
        button.clicked.connect(lambda _on: self.turn(place))
        self._row.insertWidget(place, button)
        self._buttons.append(button)

    @property
    def place(self) -> int:
        """Tell which leaf is seen."""
        return self.stack.currentIndex()

    def turn(self, place: int) -> None:
        """Show the leaf at *place*."""
        self.stack.setCurrentIndex(place)
        for at, button in enumerate(self._buttons):
            button.setChecked(at == place)
        self.turned.emit(place)
