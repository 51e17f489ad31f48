"""A card: some lines under a heading, each of which can be gone to."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.flow import empty
from ui.long_button import LongButton
from ui.style import heading, mark


class Card(QFrame):
    """Some lines under a heading, each of which can be gone to."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 10)
        column.addWidget(heading(QLabel(title), 1.1))
        column.addLayout(self._lines)

    def clear(self) -> None:
        """Take all lines away."""
        empty(self._lines)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no line."""
        return not self._lines.count()

    def state(self, words: str, tone: str) -> None:
        """Add words on a coloured ground."""
        made = QLabel(words, self)
        made.setObjectName("state")
        mark(made, "tone", tone)
        self._lines.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def say(self, words: str) -> None:
        """Add words that lead nowhere."""
        made = QLabel(words, self)
        made.setProperty("faint", True)
        made.setWordWrap(True)
        self._lines.addWidget(made)

    def line(self, words: str, pressed: Callable[[], object]) -> None:
        """Add a line that leads somewhere."""
        self._lines.addWidget(LongButton(words, pressed, self))
