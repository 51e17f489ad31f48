"""Two or three leaves, one of which is seen, with a button for each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget


class Tabs(QWidget):
    """Leaves under large buttons; `turned` tells which is seen."""

    turned = Signal(int)

    def __init__(self, leaves: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__()
        self._stack = QStackedWidget()
        self.bar = QWidget()
        self._buttons: list[QPushButton] = []
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        for place, (words, leaf) in enumerate(leaves):
            self._stack.addWidget(leaf)
            button = QPushButton(words)
            button.setCheckable(True)
            button.setVisible(len(leaves) > 1)
            button.clicked.connect(lambda _on, place=place: self.turn(place))
            row.addWidget(button)
            self._buttons.append(button)
        row.addStretch(1)
        self.bar.setVisible(len(leaves) > 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)

    @property
    def place(self) -> int:
        """Tell which leaf is seen."""
        return self._stack.currentIndex()

    def turn(self, place: int) -> None:
        """Show the leaf at *place*."""
        self._stack.setCurrentIndex(place)
        for at, button in enumerate(self._buttons):
            button.setChecked(at == place)
        self.turned.emit(place)
