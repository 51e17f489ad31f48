"""Charts as values: drawn once as lines, boxes and words in millimetres; window and paper only put these down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ojr_desk.text import _

#: How high the letters are, and what stands between things.
LETTER, _GAP = 2.9, 1.2
_LEADING = 1.6 * LETTER
#: From dark to light, told apart in black and white too.
TONES = ("dark", "middle", "light")
_LINES = 4
#: A Han character is as wide as it is high, others half of that.
_HALF = 0.5


class Stroke(NamedTuple):
    """A thin line."""

    x1: float
    y1: float
    x2: float
    y2: float


class Box(NamedTuple):
    """A filled box from its upper left corner; *tone* is one of `TONES`."""

    x: float
    y: float
    width: float
    height: float
    tone: str


class Words(NamedTuple):
    """A line of words standing on *y*: it begins at *x*, with *align* 0.5 has its middle there, with 1 its end."""

    x: float
    y: float
    text: str
    align: float = 0.0
    bold: bool = False


#: In millimetres from the upper left corner.
Mark = Stroke | Box | Words


@dataclass(frozen=True)
class Series:
    """What one tone stands for, and its numbers."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Columns:
    """Upright columns over *names*: of each series one beside the other, or with *stacked* upon each other."""

    title: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False


@dataclass(frozen=True)
class Bars:
    """Bars from left to right, the longest first, with what is written behind each."""

    title: str
    names: tuple[str, ...]
    values: tuple[float, ...]
    told: tuple[str, ...]


Chart = Columns | Bars


def marks(chart: Chart, width: float, height: float) -> tuple[Mark, ...]:
    """Draw *chart* into *width* by *height* millimetres."""
    title = Words(0, LETTER + 0.4, cut(chart.title, width), bold=True)
    drawn = _bars(chart, width, height) if isinstance(chart, Bars) else _columns(chart, width, height)
    return (title, *drawn)


def spoken(chart: Chart) -> str:
    """Say what *chart* shows, for who cannot see it."""
    if isinstance(chart, Bars):
        pairs = " ".join(f"{name} {told}" for name, told in zip(chart.names, chart.told, strict=True))
        return f"{chart.title} {pairs}".strip()
    lines = (
        f"{each.name} "
        + " ".join(f"{name} {value:g}" for name, value in zip(chart.names, each.values, strict=True))
        for each in chart.series
    )
    return " ".join((chart.title, *lines))


def cut(text: str, room: float) -> str:
    """Leave of *text* what finds *room*, in millimetres."""
    if _width(text) <= room:
        return text
    kept = text
    while kept and _width(kept + "…") > room:
        kept = kept[:-1]
    return kept + "…"


def top_of(most: float) -> float:
    """Return a round number not below *most* that four lines share evenly."""
    step = 1.0
    while True:
        for round_step in (step, 2 * step, 2.5 * step, 5 * step):
            if round_step * _LINES >= most and (round_step * _LINES) % 1 == 0 and round_step % 1 == 0:
                return round_step * _LINES
        step *= 10


def _width(text: str) -> float:
    return sum(LETTER if ord(sign) > 0x2E7F else LETTER * _HALF for sign in text)


def _bars(chart: Bars, width: float, height: float) -> Iterator[Mark]:
    top = 2 * LETTER
    if not chart.values:
        yield Words(0, top + _LEADING, _("没有登记"))
        return
    label = min(max(map(_width, chart.names)), 0.42 * width)
    told = max(map(_width, chart.told))
    room = max(1.0, width - label - told - 2 * _GAP)
    most = max(*chart.values, 1)
    step = min((height - top) / len(chart.values), 2.2 * _LEADING)
    for at, (name, value, words) in enumerate(zip(chart.names, chart.values, chart.told, strict=True)):
        y, thick = top + at * step, 0.62 * step
        stand = y + thick / 2 + 0.36 * LETTER
        long = room * value / most
        yield Words(label, stand, cut(name, label), align=1)
        yield Box(label + _GAP, y, long, thick, TONES[0])
        yield Words(label + long + 2 * _GAP, stand, words)


def _columns(chart: Columns, width: float, height: float) -> Iterator[Mark]:
    bottom, top = height - _LEADING, 2 * LETTER + (_LEADING if len(chart.series) > 1 else 0)
    whole = top_of(max([1.0, *_heights(chart)]))
    left = _width(f"{whole:.0f}") + _GAP
    high = bottom - top - LETTER
    yield from _legend(chart, LETTER + 0.4 + _LEADING)
    lines = _LINES if high > _LINES * _LEADING else _LINES // 2
    for line in range(lines + 1):
        y = bottom - high * line / lines
        yield Stroke(left, y, width, y)
        yield Words(left - _GAP, y + 0.36 * LETTER, f"{whole * line / lines:.0f}", align=1)
    each = (width - left) / max(1, len(chart.names))
    for at, name in enumerate(chart.names):
        yield from _column(chart, at, (left + at * each, bottom), each, high / whole)
        yield Words(left + (at + 0.5) * each, height - 0.3, name, align=0.5)


def _column(chart: Columns, at: int, corner: tuple[float, float], wide: float, unit: float) -> Iterator[Mark]:
    """Draw what stands over one name; the sum of a stack is written above it."""
    x, bottom = corner
    numbers = [max(0.0, series.values[at]) for series in chart.series]
    if chart.stacked:
        y = bottom
        for tone, number in zip(TONES, numbers, strict=False):
            y -= number * unit
            if number:
                yield Box(x + 0.18 * wide, y, 0.64 * wide, number * unit, tone)
        yield Words(x + 0.5 * wide, y - 0.6, f"{sum(numbers):g}", align=0.5)
        return
    thin = 0.8 * wide / len(numbers)
    for place, (tone, number) in enumerate(zip(TONES, numbers, strict=False)):
        if number:
            yield Box(x + 0.1 * wide + place * thin, bottom - number * unit, 0.92 * thin, number * unit, tone)


def _legend(chart: Columns, y: float) -> Iterator[Mark]:
    if len(chart.series) < 2:
        return
    x = 0.0
    for tone, series in zip(TONES, chart.series, strict=False):
        yield Box(x, y - 0.8 * LETTER, LETTER, 0.8 * LETTER, tone)
        yield Words(x + LETTER + _GAP, y, series.name)
        x += LETTER + 2 * _GAP + _width(series.name) + LETTER


def _heights(chart: Columns) -> Sequence[float]:
    if chart.stacked:
        return [sum(each.values[at] for each in chart.series) for at in range(len(chart.names))]
    return [value for each in chart.series for value in each.values]
