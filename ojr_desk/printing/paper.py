"""Sheets of paper: sizes, margins, text in our faces, lines, and the file they end up in."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from ojr_desk.printing.document import Sink, StreamedDocument
from ojr_desk.printing.embedding import Codes, NotInFace, font
from ojr_desk.printing.fonts import SANS, SERIF, Typeface
from ojr_desk.saving import NewFile

MM = 72 / 25.4

#: Width and height in points.
A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)
A5_LANDSCAPE = (210 * MM, 148 * MM)
A6_LANDSCAPE = (148 * MM, 105 * MM)

#: Where a text begins, in points from the lower left corner, and its lines, one below the other.
Mark = tuple[float, float, tuple[str, ...]]

_ABOVE_LINE = 0.88  # how much of a Han character's square stands above the line it is written on
_RARE_STROKE = 0.014  # of the size
_WATERMARK_ANGLE = 30
_WATERMARK_GREY = 0.88
_WATERMARK_SIZES = range(96, 18, -6)


class Paper(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Reportlab's canvas with our faces; what is drawn goes to the sink page by page."""

    def __init__(self, sink: Sink, title: str) -> None:
        first = font(SERIF.main)
        super().__init__(None, pagesize=A4, pageCompression=1, invariant=1, initialFontName=first.fontName)
        self._doc: Any = StreamedDocument(sink, title)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page at hand."""
        width, height = self._pagesize
        return width, height

    def text(self, x: float, y: float, text: str, typeface: Typeface, size: float) -> None:
        """Write one line that begins at *x* and stands on *y*."""
        self.texts([(x, y, (text,))], typeface, size, 0)

    def texts(self, marks: Sequence[Mark], typeface: Typeface, size: float, leading: float) -> None:
        """Write many texts in one typeface and size; the fast way for tables. Raises `NoGlyph`."""
        codes = font(typeface.main).codes(self._doc)
        shape = f"/{codes.resource} {size:g} Tf"
        try:
            out = _operators(marks, codes, leading)
        except NotInFace:
            out = []
            for mark in marks:
                try:
                    out += _operators([mark], codes, leading)
                except NotInFace:
                    out += [*self._mixed(mark, typeface, size, leading), shape]
        self.addLiteral("\n".join((f"BT {shape} {leading:g} TL", *out, "ET")))

    def _mixed(self, mark: Mark, typeface: Typeface, size: float, leading: float) -> Iterator[str]:
        """Yield the operators for lines in more than one face.

        Strokes around rare characters make them as dark as their neighbours, for their face is a light one.
        """
        x, y, told = mark
        for at, line in enumerate(told):
            ahead = x
            for drawn_by, run in typeface.runs(line):
                codes = font(drawn_by).codes(self._doc)
                dark = "0 Tr" if drawn_by is typeface.main else f"2 Tr {_RARE_STROKE * size:.3f} w"
                place = f"1 0 0 1 {ahead:.2f} {y - at * leading:.2f} Tm"
                yield f"{dark} /{codes.resource} {size:g} Tf {place}<{codes.hex(run)}>Tj 0 Tr"
                ahead += typeface.width(run, size)

    def mark(self, name: str) -> None:
        """Let a reader's list of contents lead to the page at hand under *name*."""
        key = f"page{self.getPageNumber()}"
        self.bookmarkPage(key)
        self.addOutlineEntry(name, key)

    def centred(self, x: float, y: float, text: str, typeface: Typeface, size: float) -> None:
        """Write one line whose middle is at *x*."""
        self.text(x - typeface.width(text, size) / 2, y, text, typeface, size)

    def ended(self, x: float, y: float, text: str, typeface: Typeface, size: float) -> None:
        """Write one line that ends at *x*."""
        self.text(x - typeface.width(text, size), y, text, typeface, size)

    def rules(self, strokes: Iterable[tuple[float, float, float, float]], weight: float) -> None:
        """Draw straight lines, each from the first to the second point, *weight* points thick."""
        path = "".join(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l\n" for x1, y1, x2, y2 in strokes)
        self.addLiteral(f"{weight:g} w\n{path}S")

    def box(self, x: float, y: float, size: tuple[float, float], weight: float) -> None:
        """Draw a rectangle whose lower left corner is at *x*, *y*."""
        width, height = size
        self.addLiteral(f"{weight:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def watermark(self, text: str) -> None:
        """Write *text* large and pale across the page; draw it first, so that it lies below."""
        width, height = self.size
        fitting = (size for size in _WATERMARK_SIZES if SANS.width(text, size) < 0.8 * min(width, 2 * height))
        size = next(fitting, _WATERMARK_SIZES[-1])
        self.saveState()
        self.setFillGray(_WATERMARK_GREY)
        self.setStrokeGray(_WATERMARK_GREY)
        self.translate(width / 2, height / 2)
        self.rotate(_WATERMARK_ANGLE)
        self.centred(0, -size / 3, text, SANS, size)
        self.restoreState()


def _operators(marks: Sequence[Mark], codes: Codes, leading: float) -> list[str]:
    """Return the operators that place each mark and show its lines. Raises `NotInFace`.

    All text is turned into codes at one go, then shared out: that takes half the time.
    """
    shown, start, out = codes.hex("".join(["".join(told) for _x, _y, told in marks])), 0, []
    for x, y, told in marks:
        stop = start + 4 * len(told[0])
        operators = shown[start:stop]
        for line in told[1:]:
            start, stop = stop, stop + 4 * len(line)
            operators = f"{operators}>'<{shown[start:stop]}"
        if operators:
            out.append(f"1 0 0 1 {x:.2f} {y + leading:.2f} Tm<{operators}>'")
        start = stop
    return out


def baseline(top: float, size: float, leading: float) -> float:
    """Return where a line stands whose share of the height, *leading*, begins at *top*."""
    return top - (leading - size) / 2 - _ABOVE_LINE * size


@contextmanager
def paper(path: Path, title: str) -> Iterator[Paper]:
    """Open a PDF file to draw on; it takes its place when all is drawn. Raises `NoRoom`."""
    with NewFile(path) as file:
        sheets = Paper(file, title)
        yield sheets
        sheets.save()
