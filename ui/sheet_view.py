"""Pages of paper on the screen, each drawn when it comes into sight and sharp at any width."""

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ojr_desk.printing.preview import Picture, count, render
from ojr_desk.text import _
from ui.office import Office

#: How long a change of width rests before pages are drawn anew, in milliseconds.
_REST = 150
_GAP = 12
#: How many pages are held as pictures; a page of a screen's width is about 5 MB.
_HELD = 6


class _Sheets(QWidget):
    """All pages, one below the other: as one widget, because a year's book has thousands."""

    def __init__(self, view: "SheetView") -> None:
        super().__init__()
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in self._view.seen(event.rect()):
            picture, place = self._view.picture(number), self._view.place(number)
            if picture is None:
                painter.fillRect(place, Qt.GlobalColor.white)
            else:
                painter.drawPixmap(place, picture)


class SheetView(QScrollArea):
    """The pages of one PDF file, one below the other, as wide as there is room."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAccessibleName(_("印出来的样子"))
        self._office = office
        self._path: Path | None = None
        self.pages = 0
        self._ticket = 0
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self._asked: set[int] = set()
        self._shape = 1.0
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sheets = _Sheets(self)
        self.setWidget(self._sheets)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._draw_anew)
        self._put(0)

    @property
    def drawn(self) -> int:
        """Count the pages that are held as pictures at present."""
        return len(self._pictures)

    def seen(self, rect: QRect) -> range:
        """Name the pages that *rect* touches."""
        step = self._high + _GAP
        return range(max(0, (rect.top() - _GAP) // step), min(self.pages, rect.bottom() // step + 1))

    def place(self, number: int) -> QRect:
        """Tell where a page lies."""
        return QRect(_GAP, _GAP + number * (self._high + _GAP), self._width, self._high)

    def picture(self, number: int) -> QPixmap | None:
        """Answer with the picture of a page; where there is none yet it is drawn."""
        if number not in self._pictures:
            self._want(number)
        return self._pictures.get(number)

    def show_file(self, path: Path) -> None:
        """Show the pages of *path*."""
        self._path = path
        self._ticket += 1
        ticket = self._ticket

        def counted(found: tuple[int, float]) -> None:
            if ticket == self._ticket:
                pages, self._shape = found
                self._put(pages)

        self._office.draw(lambda: (count(path), _shape(path)), counted)

    def clear(self) -> None:
        """Show nothing."""
        self._path = None
        self._ticket += 1
        self._put(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: pages follow the width, and are drawn sharp once it rests."""
        super().resizeEvent(event)
        self._fit()
        self._rest.start()

    def _put(self, pages: int) -> None:
        self.pages = pages
        self._pictures.clear()
        self._asked.clear()
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._sheets.update()

    def _fit(self) -> None:
        self._sheets.resize(self._width + 2 * _GAP, _GAP + self.pages * (self._high + _GAP))

    @property
    def _high(self) -> int:
        return int(self._width * self._shape)

    @property
    def _width(self) -> int:
        # An upright page as wide as the screen could not be read without scrolling sideways with the eyes.
        most = 1600 if self._shape < 1 else 1000
        return max(200, min(most, self.viewport().width() - 2 * _GAP))

    def _draw_anew(self) -> None:
        self._asked.clear()
        for number in self._pictures:
            self._want(number)

    def _want(self, number: int) -> None:
        """Have a page drawn that has come into sight."""
        path, ticket = self._path, self._ticket
        if path is None or number in self._asked:
            return
        self._asked.add(number)
        wide = int(self._width * self.devicePixelRatioF())

        def drawn(picture: Picture) -> None:
            if ticket == self._ticket:
                self._hold(number, picture)

        self._office.draw(lambda: render(path, number, wide), drawn)

    def _hold(self, number: int, picture: Picture) -> None:
        image = QImage(
            picture.rgba, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGBA8888
        )
        self._pictures[number] = QPixmap.fromImage(image)
        self._pictures.move_to_end(number)
        self._sheets.update(self.place(number))
        while len(self._pictures) > _HELD:
            gone, _picture = self._pictures.popitem(last=False)
            self._asked.discard(gone)


def _shape(path: Path) -> float:
    """Tell how much higher than wide the pages are."""
    first = render(path, 0, 100)
    return first.height / first.width
