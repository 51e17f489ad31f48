"""A layout that sets widgets side by side and breaks the line where there is no more room, as text does; emptying any."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_ACROSS = Qt.Orientation.Horizontal


class Flow(QLayout):
    """Widgets in lines, *across* and *down* pixels apart; if it *fills*, what can grow takes what is left of its line."""

    def __init__(
        self, parent: QWidget | None = None, across: int = 6, down: int = 6, *, fills: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._fills = fills
        self._across, self._down = across, down
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt asks."""
        self._items.append(item)

    def count(self) -> int:
        """Qt asks."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt asks."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override] # Qt's answer past the end is none
        """Qt asks."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Qt asks."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Qt asks."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt asks."""
        return self._arrange(QRect(0, 0, width, 0), moving=False)

    def setGeometry(self, rect: QRect) -> None:
        """Qt asks."""
        super().setGeometry(rect)
        self._arrange(rect, moving=True)

    def sizeHint(self) -> QSize:
        """Qt asks."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Qt asks."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, moving: bool) -> int:
        """Set the widgets into *rect*, or only tell how high they stand."""
        margins = self.contentsMargins()
        rect = rect.marginsRemoved(margins)
        y = rect.y()
        for line in self._lines(rect.width()):
            high = max(item.sizeHint().height() for item in line)
            if moving:
                self._set(line, QRect(rect.x(), y, rect.width(), high))
            y += high + self._down
        return max(y - self._down, rect.y()) - rect.y() + margins.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Break the widgets into lines of *width*."""
        lines: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            wide = item.sizeHint().width()
            if lines and taken + self._across + wide <= width:
                lines[-1].append(item)
                taken += self._across + wide
            else:
                lines.append([item])
                taken = wide
        return lines

    def _set(self, line: list[QLayoutItem], rect: QRect) -> None:
        """Set one line into its place; what grows takes the room that is left."""
        spare = rect.width() - sum(item.sizeHint().width() + self._across for item in line) + self._across
        growing = [item for item in line if self._fills and item.expandingDirections() & _ACROSS]
        x = rect.x()
        for item in line:
            size = item.sizeHint()
            wide = size.width() + (spare // len(growing) if item in growing else 0)
            item.setGeometry(QRect(x, rect.y() + (rect.height() - size.height()) // 2, wide, size.height()))
            x += wide + self._across


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
