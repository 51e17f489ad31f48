"""A slip that a resident walks away with: 收件回执, 移送单, 不予出具证明指引单.

It is half an A5 if all fits there, else an A5, and goes on over further sheets of A5 if it must.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ojr_desk.printing.breaking import balanced, lines
from ojr_desk.printing.fonts import SANS, SERIF, Typeface, check, heading_face, plain
from ojr_desk.printing.paper import A5_LANDSCAPE, A6_LANDSCAPE, MM, Paper, baseline, paper
from ojr_desk.text import _, aloud, on_paper

_MARGIN = 10 * MM
_TITLE_SIZE, _SIZE, _SMALL_SIZE = 16, 10.5, 7.5
_LEADING = 1.45  # of the size
_PAD = 1.2 * MM
_LEAST_ROW = 7 * MM
_LEAST_LABEL = 4  # characters
_MOST_LABEL = 0.25  # of the width
_FEW_LINES = 8  # a value longer than this may go on overleaf
_SIGNED_HEIGHT = 10 * MM
_GRID = 0.5


@dataclass(frozen=True)
class Slip:
    """What stands on a slip: *pairs* of a label and a value in a grid, then *body*, then *signatures*."""

    title: str
    number: str
    pairs: tuple[tuple[str, str], ...]
    body: str
    signatures: tuple[str, ...]
    foot: str


@dataclass(frozen=True)
class _Cell:
    """Lines in one typeface, from *x* to *x + width*; *align* is 0 at the left, ½ in the middle, 1 at the right."""

    x: float
    width: float
    told: tuple[str, ...]
    typeface: Typeface = SERIF
    size: float = _SIZE
    align: float = 0
    pad: float = 0
    boxed: bool = False


@dataclass(frozen=True)
class _Strip:
    """Cells side by side that stay on one page."""

    height: float
    cells: tuple[_Cell, ...]


def write_slip(slip: Slip, path: Path) -> None:
    """Print *slip* into the file *path*. Raises `NoGlyph` and `NoRoom`."""
    write_slips([slip], path)


@on_paper()
def write_slips(slips: Sequence[Slip], path: Path) -> None:
    """Print one or more slips, each on sheets of its own, into the file *path*. Raises `NoGlyph` and `NoRoom`."""
    for slip in slips:
        _check(slip)
    with paper(path, " ".join(slips[0].title.split())) as pages:
        for slip in map(_plain, slips):
            _print(slip, pages)


def _print(slip: Slip, pages: Paper) -> None:
    """Print one slip onto its sheets."""
    size = A6_LANDSCAPE if len(_sheets(slip, A6_LANDSCAPE)) == 1 else A5_LANDSCAPE
    sheets = _sheets(slip, size)
    for number, strips in enumerate(sheets, start=1):
        pages.setPageSize(size)
        y = size[1] - _MARGIN
        for strip in strips:
            _draw(strip, y, pages)
            y -= strip.height
        foot = _foot(slip, size[0] - 2 * _MARGIN, (number, len(sheets)))
        _draw(foot, _MARGIN + foot.height, pages)
        pages.showPage()


@aloud()
def _check(slip: Slip) -> None:
    named = [
        (_("标题"), slip.title),
        (_("编号"), slip.number),
        *((_("「{label}」").format(label=plain(label)), label + value) for label, value in slip.pairs),
        (_("正文"), slip.body),
        (_("签字栏"), "".join(slip.signatures)),
        (_("页脚"), slip.foot),
    ]
    check((where, text, None) for where, text in named)


def _plain(slip: Slip) -> Slip:
    return Slip(
        title=plain(slip.title),
        number=plain(slip.number),
        pairs=tuple((plain(label), plain(value)) for label, value in slip.pairs),
        body=plain(slip.body),
        signatures=tuple(map(plain, slip.signatures)),
        foot=plain(slip.foot),
    )


def _sheets(slip: Slip, size: tuple[float, float]) -> list[list[_Strip]]:
    """Distribute the strips of *slip* over pages of *size*."""
    width = size[0] - 2 * _MARGIN
    room = size[1] - 2 * _MARGIN - _foot(slip, width, (1, 1)).height
    sheets: list[list[_Strip]] = [[]]
    left = room
    for strip in (*_head(slip, width), *_grid(slip.pairs, width), *_body(slip.body, width)):
        if strip.height > left and sheets[-1]:
            sheets.append([])
            left = room
        sheets[-1].append(strip)
        left -= strip.height
    signed = [*_signed(slip, width)]
    needed = sum(strip.height for strip in signed)
    if needed > left:
        sheets.append([])
        left = room
    sheets[-1] += [_Strip(max(0, left - needed), ()), *signed]  # signatures stand at the lower edge
    return sheets


def _head(slip: Slip, width: float) -> Iterator[_Strip]:
    """Yield the title, and below it the number at the right."""
    typeface = heading_face(slip.title)
    for text in balanced(slip.title, width / _TITLE_SIZE * 1000, typeface.widths):
        yield _Strip(_LEADING * _TITLE_SIZE, (_Cell(0, width, (text,), typeface, _TITLE_SIZE, align=0.5),))
    told = _("编号：{number}").format(number=slip.number) if slip.number else ""
    for text in lines(told, width / _SIZE * 1000, SERIF.widths) if told else ():
        yield _Strip(_LEADING * _SIZE, (_Cell(0, width, (text,), align=1),))
    yield _Strip(1 * MM, ())


def _grid(pairs: Sequence[tuple[str, str]], width: float) -> Iterator[_Strip]:
    """Yield rows of the grid: two short pairs side by side, a long one from side to side."""
    longest = max((SANS.width(label, _SIZE) for label, _value in pairs), default=0)
    longest = max(longest, _LEAST_LABEL * _SIZE)
    label_width, half = min(longest + 2 * _PAD, _MOST_LABEL * width), width / 2
    short = [
        "\n" not in value and SERIF.width(value, _SIZE) <= half - label_width - 2 * _PAD for _, value in pairs
    ]
    at = 0
    while at < len(pairs):
        together = all(short[at : at + 2]) and at + 1 < len(pairs)
        if together:
            yield _row(
                (*_pair(pairs[at], 0, half, label_width), *_pair(pairs[at + 1], half, half, label_width))
            )
        else:
            yield from _long(pairs[at], width, label_width)
        at += 2 if together else 1


def _long(pair: tuple[str, str], width: float, label_width: float) -> Iterator[_Strip]:
    """Yield a pair from side to side, cut into rows of few lines so that each finds room on a page."""
    label, value = pair
    told = lines(value, (width - label_width - 2 * _PAD) / _SIZE * 1000, SERIF.widths)
    for start in range(0, len(told), _FEW_LINES):
        few = "\n".join(told[start : start + _FEW_LINES])
        yield _row(_pair(("" if start else label, few), 0, width, label_width))


def _pair(pair: tuple[str, str], x: float, width: float, label_width: float) -> tuple[_Cell, _Cell]:
    face = heading_face(pair[0])
    label = balanced(pair[0], (label_width - 2 * _PAD) / _SIZE * 1000 + 1, face.widths)
    value = lines(pair[1], (width - label_width - 2 * _PAD) / _SIZE * 1000 + 1, SERIF.widths)
    return (
        _Cell(x, label_width, label, face, align=0.5, pad=_PAD, boxed=True),
        _Cell(x + label_width, width - label_width, value, pad=_PAD, boxed=True),
    )


def _row(cells: tuple[_Cell, ...]) -> _Strip:
    most = max(len(cell.told) for cell in cells)
    return _Strip(max(_LEAST_ROW, most * _LEADING * _SIZE + _PAD), cells)


def _body(body: str, width: float) -> Iterator[_Strip]:
    """Yield the lines of *body*, each paragraph set in by two characters."""
    if body:
        yield _Strip(1.5 * MM, ())
    for paragraph in body.split("\n") if body else ():
        for text in lines("　　" + paragraph.lstrip("　 "), width / _SIZE * 1000, SERIF.widths):
            yield _Strip(_LEADING * _SIZE, (_Cell(0, width, (text,)),))


def _signed(slip: Slip, width: float) -> Iterator[_Strip]:
    """Yield the signatures, as many side by side as leave room to write."""
    texts = [part for text in slip.signatures for part in lines(text, width / _SIZE * 1000, SERIF.widths)]
    most = max((SERIF.width(text, _SIZE) for text in texts), default=0)
    across = max(1, min(len(texts), int(width // (most + 2 * _SIZE))))
    for start in range(0, len(texts), across):
        slots = enumerate(texts[start : start + across])
        yield _Strip(
            _SIGNED_HEIGHT, tuple(_Cell(at * width / across, width / across, (text,)) for at, text in slots)
        )


def _foot(slip: Slip, width: float, page: tuple[int, int]) -> _Strip:
    """Return the small print with, on several sheets, the number of the page."""
    number, total = page
    told = _("第 {number} 页 共 {total} 页").format(number=number, total=total) if total > 1 else ""
    small = lines(slip.foot, 0.75 * width / _SMALL_SIZE * 1000, SERIF.widths)
    cells = (
        _Cell(0, width, small, size=_SMALL_SIZE),
        _Cell(0, width, (told,), size=_SMALL_SIZE, align=1),
    )
    return _Strip(len(small) * _LEADING * _SMALL_SIZE, cells)


def _draw(strip: _Strip, top: float, pages: Paper) -> None:
    """Draw *strip* from *top* downwards."""
    for cell in strip.cells:
        leading = _LEADING * cell.size
        y = baseline(top - (strip.height - len(cell.told) * leading) / 2, cell.size, leading)
        for text in cell.told:
            free = cell.width - 2 * cell.pad - cell.typeface.width(text, cell.size)
            pages.text(_MARGIN + cell.x + cell.pad + cell.align * free, y, text, cell.typeface, cell.size)
            y -= leading
        if cell.boxed:
            pages.box(_MARGIN + cell.x, top - strip.height, (cell.width, strip.height), _GRID)
