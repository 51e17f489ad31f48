"""A TrueType file, read only where it is needed: its tables of widths and characters, and single glyphs.

Opening one costs milliseconds and a few hundred kilobytes instead of the whole file, so faces of
tens of megabytes need no cache and no cut-down copies.
"""

import sys
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from struct import pack, pack_into, unpack_from
from typing import BinaryIO

from reportlab.pdfbase.ttfonts import TTFontMaker

_READ_AT_ONCE = ("head", "hhea", "hmtx", "maxp", "cmap")
_HINTS = ("cvt ", "fpgm", "prep")
_COMPOSITE = 0x80


class TrueType:
    """One file with TrueType outlines and a full Unicode table; lengths are thousandths of the size."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        with path.open("rb") as file:
            self._places = _directory(file)
            tables = {tag: self._table(file, tag) for tag in _READ_AT_ONCE}
        self._head, self._hhea, self._hmtx = tables["head"], tables["hhea"], tables["hmtx"]
        self._maxp = tables["maxp"]
        self._firsts, self._lasts, self._glyphs = _characters(tables["cmap"], path)
        self._long_metrics = unpack_from(">H", self._hhea, 34)[0]
        self._scale: float = 1000 / unpack_from(">H", self._head, 18)[0]
        if unpack_from(">h", self._head, 50)[0] != 1:
            raise ValueError(f"{path}: only glyph places of four bytes are read")

    @property
    def box(self) -> tuple[float, ...]:
        """The box around every glyph: left, bottom, right, top."""
        return tuple(round(edge * self._scale) for edge in unpack_from(">4h", self._head, 36))

    @property
    def ascent(self) -> int:
        """How far letters reach above the line."""
        return self._height(4)

    @property
    def descent(self) -> int:
        """How far letters reach below the line, as a negative number."""
        return self._height(6)

    def glyph(self, character: int) -> int:
        """Return the number of the glyph that draws the code point *character*, or 0."""
        group = bisect_right(self._firsts, character) - 1
        if group < 0 or character > self._lasts[group]:
            return 0
        return self._glyphs[group] + character - self._firsts[group]

    def width(self, character: int) -> float:
        """Return how far the code point *character* advances the pen."""
        return self._metrics(self.glyph(character))[0] * self._scale

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """Return a font file with .notdef and *glyphs*, numbered 1, 2, 3 … as they stand."""
        chosen = [0, *glyphs]
        with self.path.open("rb") as file:
            outlines = self._outlines(file, chosen)
            hints = {tag: self._table(file, tag) for tag in _HINTS if tag in self._places}
        count = len(chosen)
        maker = TTFontMaker()
        for tag, table in hints.items():
            maker.add(tag, table)
        maker.add("head", self._head)
        maker.add("hhea", _patched(self._hhea, 34, count))
        maker.add("maxp", _patched(self._maxp, 4, count))
        maker.add("hmtx", b"".join(pack(">Hh", *self._metrics(glyph)) for glyph in chosen))
        ends = [0]
        for outline in outlines:
            ends.append(ends[-1] + len(outline))
        maker.add("loca", pack(f">{count + 1}L", *ends))
        maker.add("glyf", b"".join(outlines))
        font: bytes = maker.makeStream()
        return font

    def _height(self, at: int) -> int:
        height: int = unpack_from(">h", self._hhea, at)[0]
        return round(height * self._scale)

    def _table(self, file: BinaryIO, tag: str) -> bytes:
        place, length = self._places[tag]
        file.seek(place)
        return file.read(length)

    def _metrics(self, glyph: int) -> tuple[int, int]:
        """Return the advance and the left bearing of *glyph* in units of the file."""
        if glyph < self._long_metrics:
            return unpack_from(">Hh", self._hmtx, 4 * glyph)
        advance = unpack_from(">H", self._hmtx, 4 * (self._long_metrics - 1))[0]
        bearing = unpack_from(">h", self._hmtx, 2 * self._long_metrics + 2 * glyph)[0]
        return advance, bearing

    def _outlines(self, file: BinaryIO, chosen: Sequence[int]) -> list[bytes]:
        places = _numbers("I", self._table(file, "loca"))
        start, outlines = self._places["glyf"][0], []
        for glyph in chosen:
            file.seek(start + places[glyph])
            outline = file.read(places[glyph + 1] - places[glyph])
            if outline and outline[0] & _COMPOSITE:
                raise ValueError(f"{self.path}: glyph {glyph} is made of others, which is not read")
            outlines.append(outline + b"\0" * (-len(outline) % 4))
        return outlines


def _directory(file: BinaryIO) -> dict[str, tuple[int, int]]:
    count = unpack_from(">H", file.read(12), 4)[0]
    entries = file.read(16 * count)
    return {
        entries[at : at + 4].decode("latin-1"): unpack_from(">LL", entries, at + 8)
        for at in range(0, 16 * count, 16)
    }


def _characters(cmap: bytes, path: Path) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """Return the first and last code point of each run of characters, and the glyph of the first."""
    for entry in range(4, 4 + 8 * unpack_from(">H", cmap, 2)[0], 8):
        place = unpack_from(">L", cmap, entry + 4)[0]
        if unpack_from(">H", cmap, place)[0] == 12:
            count = unpack_from(">L", cmap, place + 12)[0]
            groups = _numbers("I", cmap[place + 16 : place + 16 + 12 * count])
            return groups[0::3], groups[1::3], groups[2::3]
    raise ValueError(f"{path}: no table of all Unicode characters")


def _numbers(code: str, data: bytes) -> "array[int]":
    numbers = array(code, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _patched(table: bytes, at: int, number: int) -> bytes:
    changed = bytearray(table)
    pack_into(">H", changed, at, number)
    return bytes(changed)
