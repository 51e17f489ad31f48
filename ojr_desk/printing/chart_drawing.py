"""A chart on the canvas: its marks put down as they are, in greys that a copier tells apart."""

from ojr_desk.figures.chart import LETTER, Box, Chart, Stroke, marks
from ojr_desk.printing.fonts import SANS, SERIF
from ojr_desk.printing.paper import MM, Paper

#: How black each tone is, and the lines behind the columns.
_GREYS = {"dark": 0.25, "middle": 0.58, "light": 0.82}
_LINE_GREY, _LINE = 0.8, 0.3
_SIZE = LETTER * MM


def draw_chart(chart: Chart, paper: Paper, corner: tuple[float, float], size: tuple[float, float]) -> None:
    """Draw *chart* with its upper left corner at *corner*, in points, as large as *size*, in millimetres."""
    left, top = corner
    for mark in marks(chart, *size):
        if isinstance(mark, Stroke):
            paper.setStrokeGray(_LINE_GREY)
            x1, y1, x2, y2 = (MM * each for each in mark)
            paper.rules([(left + x1, top - y1, left + x2, top - y2)], _LINE)
            paper.setStrokeGray(0)
        elif isinstance(mark, Box):
            paper.setFillGray(_GREYS[mark.tone])
            x, y = left + mark.x * MM, top - (mark.y + mark.height) * MM
            paper.rect(x, y, mark.width * MM, mark.height * MM, stroke=0, fill=1)
            paper.setFillGray(0)
        else:
            face = SANS if mark.bold else SERIF
            x = left + mark.x * MM - mark.align * face.width(mark.text, _SIZE)
            paper.text(x, top - mark.y * MM, mark.text, face, _SIZE)
