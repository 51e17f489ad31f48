"""A chart in the window: its marks put down as they are, in letters that follow those of the window."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ojr_desk.figures.chart import LETTER, Box, Chart, Stroke, Words, marks, spoken
from ui.style import INK, LINE, LINK, em

_TONES = {"dark": LINK, "middle": "#7FA9D6", "light": "#CBDDF0"}
#: Letters in a chart are so much of the window's.
_SMALLER = 0.78
#: How many lines of the window's letters a chart is high.
_LINES = 7


class ChartView(QWidget):
    """Shows one chart as wide as there is room; nothing until there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.chart: Chart | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: Chart | None) -> None:
        """Show *chart*, and say it to who cannot see it."""
        self.chart = chart
        self.setAccessibleName(spoken(chart) if chart is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks."""
        return QSize(24 * em(self), _LINES * em(self))

    def minimumSizeHint(self) -> QSize:
        """Qt asks."""
        return QSize(12 * em(self), _LINES * em(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks."""
        if self.chart is None:
            return
        unit = _SMALLER * em(self) / LETTER
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in marks(self.chart, self.width() / unit - 1, self.height() / unit):
            if isinstance(mark, Stroke):
                painter.setPen(QPen(QColor(LINE), 1))
                painter.drawLine(
                    QPointF(mark.x1 * unit, mark.y1 * unit), QPointF(mark.x2 * unit, mark.y2 * unit)
                )
            elif isinstance(mark, Box):
                painter.fillRect(
                    QRectF(mark.x * unit, mark.y * unit, mark.width * unit, mark.height * unit),
                    QColor(_TONES[mark.tone]),
                )
            else:
                self._write(painter, mark, unit)

    def _write(self, painter: QPainter, words: Words, unit: float) -> None:
        font = QFont(self.font())
        font.setPixelSize(max(1, round(LETTER * unit)))
        font.setBold(words.bold)
        painter.setFont(font)
        painter.setPen(QColor(INK))
        wide = QFontMetricsF(font).horizontalAdvance(words.text)
        painter.drawText(QPointF(words.x * unit - words.align * wide, words.y * unit), words.text)
