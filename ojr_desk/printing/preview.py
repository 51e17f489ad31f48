"""Pages of a PDF file as pictures, for a preview before printing."""

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDFBitmap_BGRA

from ojr_desk.problems import BadFile, Damaged
from ojr_desk.text import _

_LESS = 1e-3  # the library rounds up, and a width must not grow by rounding
_WHITE = (255, 255, 255, 255)

# PDFium keeps state of its own and may be called by one thread at a time.
_pdfium = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A page as pixels: rows from the top down, four bytes each for red, green, blue and 255."""

    width: int
    height: int
    rgba: bytes


def count(path: Path) -> int:
    """Return how many pages *path* has. Raises `BadFile` and `Damaged`."""
    with _opened(path) as document:
        return len(document)


def render(path: Path, page: int, width_px: int) -> Picture:
    """Return *page*, from 0, as a picture *width_px* wide. Raises `BadFile`, `Damaged` and `IndexError`."""
    with _opened(path) as document:
        sheet = document[range(len(document))[page]]
        return _drawn(sheet, width_px)


def bands(path: Path, page: int, width_px: int, rows: int) -> Iterator[Picture]:
    """Yield *page* as `render` returns it, from the top down in pictures of so many *rows*, the last of the rest.

    At a printer's resolution a whole page has 35 MB, which no thread may move without letting others wait.
    Nobody else can draw until the last is taken.
    """
    with _opened(path) as document:
        sheet = document[range(len(document))[page]]
        high = math.ceil(sheet.get_height() * _scale(sheet, width_px))
        for top in range(0, high, rows):
            yield _drawn(sheet, width_px, top, max(0, high - top - rows))


def _scale(sheet: Any, width_px: int) -> float:
    return float((width_px - _LESS) / sheet.get_width())


def _drawn(sheet: Any, width_px: int, above: int = 0, below: int = 0) -> Picture:
    """Draw a page without so many rows *above* and *below*."""
    scale = _scale(sheet, width_px)
    # Half a row less, for the library rounds up.
    below_pt, above_pt = (max(0.0, rows - 0.5) / scale for rows in (below, above))
    bitmap = sheet.render(
        scale=scale,
        crop=(0, below_pt, 0, above_pt),
        rev_byteorder=True,
        fill_color=_WHITE,
        force_bitmap_format=FPDFBitmap_BGRA,
    )
    data = bytes(bitmap.buffer)
    rows = (data[at : at + 4 * bitmap.width] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride))
    return Picture(bitmap.width, bitmap.height, b"".join(rows))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open *path* while nobody else uses the library, and close it, so that it can be replaced."""
    with _pdfium:
        if not path.is_file():
            raise BadFile(_("找不到 {path}：请重新打印一次。").format(path=path))
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as trouble:
            raise Damaged(_("{path} 打不开，文件可能不完整：请重新打印一次。").format(path=path)) from trouble
        try:
            yield document
        finally:
            document.close()
