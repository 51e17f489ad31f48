"""A button that leads somewhere and says where in as many lines as it takes: Qt's own never breaks its words."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui.style import HIT, LINK, em

_ACROSS, _DOWN = 9, 6  # pixels between the words and the edge
#: The least width, in letters.
_LEAST = 8
_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LongButton(QPushButton):
    """Plain words that are pressed; they are broken where there is no more room."""

    def __init__(self, words: str, pressed: Callable[[], object], parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setProperty("flat", True)
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked=False: pressed())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def room(self) -> QRect:
        """Where its words stand."""
        return self.rect().adjusted(_ACROSS, _DOWN, -_ACROSS, -_DOWN)

    def heightForWidth(self, width: int) -> int:
        """Qt asks."""
        room = QRect(0, 0, max(1, width - 2 * _ACROSS), 100_000)
        words = self.fontMetrics().boundingRect(room, int(_FLAGS), self.text())
        return max(HIT, words.height() + 2 * _DOWN)

    def sizeHint(self) -> QSize:
        """Qt asks."""
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _ACROSS
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Qt asks."""
        return QSize(min(_LEAST * em(self), self.sizeHint().width()), HIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks."""
        painter = QPainter(self)
        option: Any = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setPen(QColor(LINK))
        painter.drawText(self.room, int(_FLAGS), self.text())
