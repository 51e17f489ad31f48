"""Pages of paper on the screen, each drawn when it comes into sight and sharp at any width."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ojr_desk.printing.preview import Picture, count, render
from ojr_desk.text import _
from ui.office import Office

#: How long a change of width rests before pages are drawn anew, in milliseconds.
_REST = 150
_GAP = 12
#: How many pages are held as pictures; a page of a screen's width is about 5 MB.
_HELD = 6


class _Sheet(QWidget):
    """One page; white until its picture comes."""

    def __init__(self, number: int, wanted: Callable[[int], None]) -> None:
        super().__init__()
        self.picture: QPixmap | None = None
        self._number, self._wanted = number, wanted
        self.setAccessibleName(_("第 {number} 页").format(number=number + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks."""
        painter = QPainter(self)
        if self.picture is None:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            self._wanted(self._number)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRect(0, 0, self.width(), self.height()), self.picture)


class SheetView(QScrollArea):
    """The pages of one PDF file, one below the other, as wide as there is room."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAccessibleName(_("印出来的样子"))
        self._office = office
        self._path: Path | None = None
        self._ticket = 0
        self._sheets: list[_Sheet] = []
        self._asked: set[int] = set()
        self._held: list[int] = []
        self._shape = 1.0
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._draw_anew)
        self._put([])

    @property
    def pages(self) -> int:
        """Count the pages."""
        return len(self._sheets)

    @property
    def drawn(self) -> int:
        """Count the pages that are seen as pictures at present."""
        return sum(sheet.picture is not None for sheet in self._sheets)

    def show_file(self, path: Path) -> None:
        """Show the pages of *path*."""
        self._path = path
        self._ticket += 1
        ticket = self._ticket

        def counted(found: tuple[int, float]) -> None:
            if ticket == self._ticket:
                pages, self._shape = found
                self._put([_Sheet(number, self._want) for number in range(pages)])

        self._office.draw(lambda: (count(path), _shape(path)), counted)

    def clear(self) -> None:
        """Show nothing."""
        self._path = None
        self._ticket += 1
        self._put([])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: pages follow the width, and are drawn sharp once it rests."""
        super().resizeEvent(event)
        self._fit()
        self._rest.start()

    def _put(self, sheets: list[_Sheet]) -> None:
        self._sheets = sheets
        self._asked.clear()
        self._held.clear()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        column.setSpacing(_GAP)
        for sheet in sheets:
            column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setWidget(inside)
        self._fit()

    def _fit(self) -> None:
        for sheet in self._sheets:
            sheet.setFixedSize(self._width, int(self._width * self._shape))

    @property
    def _width(self) -> int:
        # An upright page as wide as the screen could not be read without scrolling sideways with the eyes.
        most = 1600 if self._shape < 1 else 1000
        return max(200, min(most, self.viewport().width() - 2 * _GAP))

    def _draw_anew(self) -> None:
        self._asked.clear()
        for number in self._held:
            self._want(number)

    def _want(self, number: int) -> None:
        """Have a page drawn that has come into sight."""
        path, ticket = self._path, self._ticket
        if path is None or number in self._asked:
            return
        self._asked.add(number)
        wide = int(self._width * self.devicePixelRatioF())

        def drawn(picture: Picture) -> None:
            if ticket == self._ticket and number < len(self._sheets):
                self._hold(number, picture)

        self._office.draw(lambda: render(path, number, wide), drawn)

    def _hold(self, number: int, picture: Picture) -> None:
        image = QImage(
            picture.rgba, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGBA8888
        )
        self._sheets[number].picture = QPixmap.fromImage(image)
        self._sheets[number].update()
        if number in self._held:
            self._held.remove(number)
        self._held.append(number)
        while len(self._held) > _HELD:
            gone = self._held.pop(0)
            self._asked.discard(gone)
            self._sheets[gone].picture = None


def _shape(path: Path) -> float:
    """Tell how much higher than wide the pages are."""
    first = render(path, 0, 100)
    return first.height / first.width
