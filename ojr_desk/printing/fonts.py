"""Faces by their role on paper, and what they can and cannot draw.

Noto Serif SC and Noto Sans SC draw all of GB 18030 level 2; HanaMinB holds only characters beyond
that and is opened when the first of them comes. So it cannot set a whole run by itself: a rare
character stands alone in it, between its Noto Serif neighbours, which are of the same Song style.
"""

import threading
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from unicodedata import category

from ojr_desk.paths import FONTS
from ojr_desk.printing.truetype import TrueType
from ojr_desk.problems import Invalid, Problem
from ojr_desk.text import _, aloud, listed

_open: dict[str, TrueType] = {}
_opening = threading.Lock()


def face(name: str) -> TrueType:
    """Return the face in the file *name*, opened once."""
    with _opening:
        if name not in _open:
            _open[name] = TrueType(FONTS / f"{name}.ttf")
        return _open[name]


class _Widths(dict[str, float]):
    """The advance of each character that was asked for, in thousandths of the size."""

    def __init__(self, typeface: "Typeface") -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, character: str) -> float:
        drawn_by = self._typeface.face_of(character)
        width = self[character] = drawn_by.width(ord(character)) if drawn_by else 1000.0
        return width


class Typeface:
    """A chain of faces: each character is drawn by the first that has it."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self.widths = _Widths(self)

    @property
    def main(self) -> TrueType:
        """The face of all ordinary text."""
        return face(self._names[0])

    def face_of(self, character: str) -> TrueType | None:
        """Return the face that draws *character*, or None."""
        return next((one for one in map(face, self._names) if one.glyph(ord(character))), None)

    def runs(self, text: str) -> Iterator[tuple[TrueType, str]]:
        """Cut *text* where the face changes. Raises `NoGlyph`."""
        for drawn_by, characters in groupby(text, self.face_of):
            run = "".join(characters)
            if drawn_by is None:
                raise NoGlyph([_problem(_("这张纸"), run, None)])
            yield drawn_by, run

    def width(self, text: str, size: float) -> float:
        """Return the length of *text* in points."""
        return sum(map(self.widths.__getitem__, text)) * size / 1000


#: How many places and characters a complaint names.
_TOLD = 10

_SONG, _HEI, _RARE = "NotoSerifSC-Regular", "NotoSansSC-Regular", "HanaMinB"

#: 宋体, the body of papers.
SERIF = Typeface(_SONG, _RARE, _HEI)

#: 黑体, titles and headings.
SANS = Typeface(_HEI, _SONG, _RARE)


def heading_face(text: str) -> Typeface:
    """Return 黑体, but 宋体 when 黑体 lacks a character: a heading in two styles looks patched."""
    return (
        SANS
        if all(SANS.face_of(character) is SANS.main for character in text if character != "\n")
        else SERIF
    )


class NoGlyph(Invalid):
    """Text holds characters that no face of ours draws, so it cannot be printed."""


class _Visible(dict[int, int | None]):
    """What stands on paper for a code point: itself, a plain space, a new line, or nothing."""

    def __missing__(self, character: int) -> int | None:
        self[character] = shown = self._shown(character)
        return shown

    @staticmethod
    def _shown(character: int) -> int | None:
        kind = category(chr(character))
        if character in (0x0A, 0x3000):
            return character
        if character == 0x09 or kind.startswith("Z"):
            return 0x20
        invisible = kind in ("Cc", "Cf") or 0xFE00 <= character <= 0xFE0F or 0xE0100 <= character <= 0xE01EF
        return None if invisible else character


_visible = _Visible()


def plain(text: str) -> str:
    """Return *text* as it can stand on paper.

    Every way to begin a line becomes a new line and every space but 　 a plain one; controls, joiners,
    marks of direction and variation selectors, which have no shape of their own, fall away.
    """
    return "\n".join(text.splitlines()).translate(_visible)


def is_plain(characters: Iterable[str]) -> bool:
    """Tell whether text made of *characters* is `plain` already."""
    return all(_visible[ord(character)] == ord(character) for character in characters)


class _Drawn(dict[str, bool]):
    """Whether any face of ours draws a character; every text that is entered is asked about."""

    def __missing__(self, character: str) -> bool:
        drawn = self[character] = character == "\n" or SERIF.face_of(character) is not None
        return drawn


_drawn = _Drawn()


def missing(text: str) -> str:
    """Return the characters of *text* that no face of ours can draw, each once, in their order."""
    return "".join(one for one in dict.fromkeys(plain(text)) if not _drawn[one])


@aloud()
def undrawn(text: str) -> str:
    """Name the characters of *text* that no face of ours can draw; nothing, if all can be printed."""
    lost = missing(text)
    return _named(lost) if lost else ""


def check(pieces: Iterable[tuple[str, str, int | None]]) -> None:
    """Look at *pieces*: a name of the place, the text there and, in a table, the row.

    Raises `NoGlyph` with the first places whose text cannot be drawn.
    """
    lost = ((where, missing(text), row) for where, text, row in pieces)
    problems = [
        _problem(where, characters, row) for where, characters, row in islice(filter(_lost, lost), _TOLD)
    ]
    if problems:
        raise NoGlyph(problems)


def _lost(place: tuple[str, str, int | None]) -> bool:
    return bool(place[1])


@aloud()
def _problem(where: str, characters: str, row: int | None) -> Problem:
    told = _("{where}里的{characters}没有字形，打印不出来，请换成能打印的字或改用文字说明")
    return Problem(told.format(where=where, characters=_named(characters)), "no_glyph", row=row)


def _named(characters: str) -> str:
    """Name *characters* by shape and number; those that are not text at all by number alone."""
    names = [
        _("「{sign}」（U+{number}）").format(sign=one, number=f"{ord(one):04X}")
        if one.isprintable()
        else f" U+{ord(one):04X} "
        for one in characters[:_TOLD]
    ]
    return listed(names)
