"""The monthly analysis on one upright page: sentences, a small table, charts, what is out of the ordinary."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from ojr_desk.figures.analysis import Analysis
from ojr_desk.figures.chart import Bars, Chart
from ojr_desk.printing import page as around
from ojr_desk.printing.breaking import lines
from ojr_desk.printing.chart_drawing import draw_chart
from ojr_desk.printing.fonts import SANS, SERIF, Typeface, check, plain
from ojr_desk.printing.page import LEFT, RIGHT
from ojr_desk.printing.paper import A4, MM, Paper, baseline, paper
from ojr_desk.text import _, on_paper

_SIZES = (10.5, 9)
_LEADING = 1.42
_ROW = 6.2 * MM
_GRID = 0.4
_BREAK = 2.5 * MM
_CHART, _LEAST_CHART, _NO_LESS = 52.0, 34.0, 24.0  # millimetres
_GAP = 6.0
#: How the columns of the small table share its width: name, unit, three numbers.
_SHARES = (0.28, 0.12, 0.2, 0.2, 0.2)
_WIDE = A4[0] - LEFT - RIGHT


@on_paper()
def write_analysis(analysis: Analysis, path: Path) -> None:
    """Print *analysis* into the file *path*. Raises `NoGlyph` and `NoRoom`."""
    check((where, text, None) for where, text in _texts(analysis))
    analysis = _plain(analysis)
    foot = around.foot(A4, analysis.foot, analysis.code)
    signed = around.signatures(A4, analysis.signatures, foot.edge)
    head = around.head(A4, analysis.title, analysis.period, analysis.facts)
    size = next(
        (each for each in _SIZES if _room(analysis, each, head.edge - signed.edge) >= 2 * _LEAST_CHART),
        _SIZES[-1],
    )
    high = max(_NO_LESS, min(_CHART, _room(analysis, size, head.edge - signed.edge) / 2))
    with paper(path, analysis.title + around.bracketed(analysis.period)) as sheets:
        sheets.setPageSize(A4)
        if analysis.watermark:
            sheets.watermark(analysis.watermark)
        around.draw(sheets, head.lines + signed.lines + foot.lines)
        y = _paragraphs(analysis.above, head.edge - _BREAK, size, sheets)
        y = _table(analysis, y - _BREAK, sheets)
        y = _all_charts(analysis.charts, y - 2 * _BREAK, high, sheets)
        _paragraphs([analysis.below], y - _BREAK, size, sheets)
        sheets.showPage()


def _texts(analysis: Analysis) -> Iterator[tuple[str, str]]:
    yield _("标题"), analysis.title + analysis.period
    for text in chain(analysis.facts, analysis.above, (analysis.below,)):
        yield _("正文"), text
    for chart in analysis.charts:
        yield _("图"), chart.title + "".join(chart.names)
    yield _("签字栏"), "".join(analysis.signatures)
    yield _("页脚"), analysis.foot + analysis.code + analysis.watermark


def _plain(analysis: Analysis) -> Analysis:
    """Return *analysis* with what people typed themselves `plain`."""
    return replace(
        analysis,
        title=plain(analysis.title),
        facts=tuple(map(plain, analysis.facts)),
        signatures=tuple(map(plain, analysis.signatures)),
    )


def _room(analysis: Analysis, size: float, height: float) -> float:
    """Tell how many millimetres of *height* are left for charts."""
    told = [*analysis.above, analysis.below]
    written = sum(len(_broken(text, size)) for text in told) * _LEADING * size
    table = (len(analysis.lines) + 1) * _ROW if analysis.lines else 0
    return (height - written - table - 7 * _BREAK) / MM - _GAP


def _broken(text: str, size: float) -> tuple[str, ...]:
    return lines(_("　　{text}").format(text=text), _WIDE / size * 1000, SERIF.widths)


def _paragraphs(texts: Sequence[str], y: float, size: float, sheets: Paper) -> float:
    """Write paragraphs from *y* downwards; answer with where they end."""
    for text in texts:
        for line in _broken(text, size):
            sheets.text(LEFT, baseline(y, size, _LEADING * size), line, SERIF, size)
            y -= _LEADING * size
    return y


def _table(analysis: Analysis, y: float, sheets: Paper) -> float:
    """Draw the small table from *y* downwards; answer with where it ends."""
    if not analysis.lines:
        return y
    rows: list[tuple[str, ...]] = [(_("指标"), _("单位"), _("本月"), _("上月"), _("去年同月"))]
    for line in analysis.lines:
        shown = (each.told if each else "—" for each in (line.now, line.before, line.year_ago))
        rows.append((_(line.indicator.title), _(line.indicator.unit), *shown))
    edges = [LEFT + _WIDE * sum(_SHARES[:at]) for at in range(len(_SHARES) + 1)]
    bottom = y - _ROW * len(rows)
    for at, row in enumerate(rows):
        face: Typeface = SERIF if at else SANS
        for text, left, right in zip(row, edges, edges[1:], strict=False):
            sheets.centred((left + right) / 2, baseline(y - at * _ROW, 9, _ROW), text, face, 9)
    sheets.rules([(LEFT, y - at * _ROW, LEFT + _WIDE, y - at * _ROW) for at in range(len(rows) + 1)], _GRID)
    sheets.rules([(edge, y, edge, bottom) for edge in edges], _GRID)
    return bottom


def _all_charts(charts: Sequence[Chart], y: float, high: float, sheets: Paper) -> float:
    """Draw the charts in rows, the one of bars beside the one before it; answer with where they end."""
    whole = _WIDE / MM
    rows: list[list[Chart]] = []
    for chart in charts:
        if isinstance(chart, Bars) and rows:
            rows[-1].append(chart)
        else:
            rows.append([chart])
    for row in rows:
        shares = (0.6, 0.4) if len(row) == 2 else (1.0,)
        left = 0.0
        for chart, share in zip(row, shares, strict=True):
            wide = share * (whole - _GAP * (len(row) - 1))
            draw_chart(chart, sheets, (LEFT + left * MM, y), (wide, high))
            left += wide + _GAP
        y -= (high + _GAP / 2) * MM
    return y
