"""A layout that sets widgets side by side and breaks the line where there is no more room, as text does; emptying any."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Widgets in lines, *across* and *down* pixels apart."""

    def __init__(self, parent: QWidget | None = None, across: int = 6, down: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
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
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._down, 0
            if moving:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x += size.width() + self._across
            line = max(line, size.height())
        return y + line - rect.y() + margins.top() + margins.bottom()


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
