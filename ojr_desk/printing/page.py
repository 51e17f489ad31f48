"""What stands around the matter of a page: titles, the line of facts, signatures and the foot.

Everything is a line of text with its place, in points from the lower left corner; blocks are set from
an edge inwards and tell where they end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ojr_desk.printing.breaking import balanced, lines
from ojr_desk.printing.fonts import SERIF, Typeface, heading_face
from ojr_desk.printing.paper import MM, Paper, baseline
from ojr_desk.text import _

LEFT, RIGHT, TOP = 25 * MM, 15 * MM, 14 * MM
FOOT = 9 * MM

_TITLE_SIZES = (22, 20, 18)
_PERIOD_SIZE = 14
_FACT_SIZES = (12, 10.5)
_FACT_GAP = 1.5  # of the size
_RUNNING_SIZE = 10.5
_SIGNATURE_SIZE = 10.5
_SIGNATURE_LEADING = 8 * MM
_NUMBER_SIZE = 9
_SMALL_SIZE = 7
_SMALL_LEADING = 8.5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, where it begins and what it is set in."""

    x: float
    y: float
    text: str
    typeface: Typeface
    size: float


@dataclass(frozen=True)
class Block:
    """Lines, and the edge where the next thing may begin."""

    lines: tuple[Line, ...]
    edge: float


def head(page: tuple[float, float], title: str, period: str, facts: Sequence[str]) -> Block:
    """Set the title, the period in brackets and the line of facts at the upper edge."""
    usable, y = _usable(page), page[1] - TOP
    face = heading_face(title)
    size = next((size for size in _TITLE_SIZES if face.width(title, size) <= usable), _TITLE_SIZES[-1])
    set_lines = []
    for text in balanced(title, usable / size * 1000, face.widths):
        set_lines.append(_centred(text, y, face, size, 1.35 * size, usable))
        y -= 1.35 * size
    if period:
        for text in balanced(bracketed(period), usable / _PERIOD_SIZE * 1000, SERIF.widths):
            set_lines.append(_centred(text, y, SERIF, _PERIOD_SIZE, 1.5 * _PERIOD_SIZE, usable))
            y -= 1.5 * _PERIOD_SIZE
    told = _facts(facts, y - 1 * MM, usable)
    return Block((*set_lines, *told.lines), told.edge - 1 * MM)


def running_head(page: tuple[float, float], title: str, period: str) -> Block:
    """Set the small head of the pages after the first."""
    usable, y = _usable(page), page[1] - TOP
    size, leading = _RUNNING_SIZE, 1.5 * _RUNNING_SIZE
    told = title + (bracketed(period) if period else "") + _("（续）")
    face, set_lines = heading_face(told), []
    for text in lines(told, usable / size * 1000, face.widths):
        set_lines.append(Line(LEFT, baseline(y, size, leading), text, face, size))
        y -= leading
    return Block(tuple(set_lines), y - 1 * MM)


def bracketed(text: str) -> str:
    """Put *text* into Chinese brackets."""
    return _("（{text}）").format(text=text)


def _facts(facts: Sequence[str], top: float, usable: float) -> Block:
    """Spread *facts* from margin to margin, over several lines if they need them."""
    size = next((size for size in _FACT_SIZES if len(_grouped(facts, usable, size)) <= 1), _FACT_SIZES[-1])
    set_lines, leading = [], 1.5 * size
    for group in _grouped(facts, usable, size):
        lengths = [SERIF.width(text, size) for text in group]
        gap = (usable - sum(lengths)) / max(1, len(group) - 1)
        x = LEFT
        for text, length in zip(group, lengths, strict=True):
            set_lines.append(Line(x, baseline(top, size, leading), text, SERIF, size))
            x += length + gap
        top -= leading
    return Block(tuple(set_lines), top)


def _grouped(texts: Sequence[str], usable: float, size: float) -> list[list[str]]:
    """Put as many of *texts* on a line as stand there with a gap between them."""
    groups: list[list[str]] = []
    left = 0.0
    for part in (part for text in texts for part in lines(text, usable / size * 1000, SERIF.widths)):
        length = SERIF.width(part, size) + _FACT_GAP * size
        if not groups or length - _FACT_GAP * size > left:
            groups.append([])
            left = usable
        groups[-1].append(part)
        left -= length
    return groups


def signatures(page: tuple[float, float], texts: Sequence[str], bottom: float) -> Block:
    """Set *texts* above *bottom* in equal slots, with room behind each to write a name."""
    if not texts:
        return Block((), bottom)
    usable, size = _usable(page), _SIGNATURE_SIZE
    slots = next(
        (n for n in range(len(texts), 1, -1) if all(SERIF.width(t, size) <= usable / n for t in texts)), 1
    )
    parts = [part for text in texts for part in lines(text, usable / slots / size * 1000, SERIF.widths)]
    floors = -(-len(parts) // slots)
    slots = -(-len(parts) // floors)
    top = bottom + floors * _SIGNATURE_LEADING
    set_lines = [
        Line(
            LEFT + at % slots * usable / slots,
            baseline(top - at // slots * _SIGNATURE_LEADING, size, _SIGNATURE_LEADING),
            part,
            SERIF,
            size,
        )
        for at, part in enumerate(parts)
    ]
    return Block(tuple(set_lines), top)


def foot(page: tuple[float, float], small: str, code: str) -> Block:
    """Set the small print: *small* at the left and the check code at the right of the page number."""
    usable = _usable(page)
    room = (usable / 2 - 8 * _NUMBER_SIZE) / _SMALL_SIZE * 1000
    told = _("校验码 {code}").format(code=code) if code else ""
    left, right = (lines(text, room, SERIF.widths) if text else () for text in (small, told))
    set_lines = [
        Line(LEFT, FOOT + up * _SMALL_LEADING, t, SERIF, _SMALL_SIZE) for up, t in enumerate(reversed(left))
    ]
    for up, text in enumerate(reversed(right)):
        x = LEFT + usable - SERIF.width(text, _SMALL_SIZE)
        set_lines.append(Line(x, FOOT + up * _SMALL_LEADING, text, SERIF, _SMALL_SIZE))
    floors = max(len(left), len(right), 1)
    return Block(tuple(set_lines), FOOT + floors * _SMALL_LEADING + 1 * MM)


def page_number(page: tuple[float, float], number: int, total: int) -> Line:
    """Set 第 x 页 共 y 页 in the middle of the foot."""
    told = _("第 {number} 页 共 {total} 页").format(number=number, total=total)
    x = LEFT + (_usable(page) - SERIF.width(told, _NUMBER_SIZE)) / 2
    return Line(x, FOOT, told, SERIF, _NUMBER_SIZE)


def draw(paper: Paper, set_lines: Sequence[Line]) -> None:
    """Write *set_lines* on the page at hand."""
    for line in set_lines:
        paper.text(line.x, line.y, line.text, line.typeface, line.size)


def _usable(page: tuple[float, float]) -> float:
    return page[0] - LEFT - RIGHT


def _centred(text: str, top: float, typeface: Typeface, size: float, leading: float, usable: float) -> Line:
    x = LEFT + (usable - typeface.width(text, size)) / 2
    return Line(x, baseline(top, size, leading), text, typeface, size)
