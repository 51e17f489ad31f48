"""Faces embedded in a PDF: as reportlab's fonts, but one composite font per face and file.

Reportlab cuts a face into fonts of 256 characters and copies out rare characters as other ones. Here
each face is one Type 0 font with codes of two bytes, given in the order of first use; the embedded
subset numbers its glyphs by the same codes. Two characters drawn by one glyph (户 and ⼾) have two
codes, so text is copied out of the paper as it was put in (PDF 32000-1:2008, 9.7 and 9.10.3).
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

from ojr_desk.printing.truetype import TrueType

_DEFAULT_WIDTH = 1000
_SYMBOLIC = 4
_STEM = 80
_CAPITALS = 700
_BLOCK = 100  # a ToUnicode table may hold so many lines in one block


class NotInFace(Exception):
    """A face was asked for a character that it does not draw; another of the typeface has to."""


class Codes(dict[int, int]):
    """The code of each character of one face in one document: 1, 2, 3 … in the order of first use."""

    def __init__(self, drawn_by: TrueType, resource: str) -> None:
        super().__init__()
        self.face = drawn_by
        self.resource = resource

    def __missing__(self, character: int) -> int:
        if not self.face.glyph(character):
            raise NotInFace
        code = self[character] = len(self) + 1
        return code

    def hex(self, text: str) -> str:
        """Return *text* as codes of four digits, one for each character. Raises `NotInFace`."""
        return text.translate(self).encode("utf-16-be", "surrogatepass").hex()


class EmbeddedFont:
    """A face by reportlab's protocol of a font that finds out while drawing which glyphs it needs."""

    _multiByte = 1  # noqa: N815 - reportlab's name
    _dynamicFont = 1  # noqa: N815 - reportlab's name
    shapable = False

    def __init__(self, drawn_by: TrueType) -> None:
        self.face = drawn_by
        self.fontName = drawn_by.name
        self._codes: WeakKeyDictionary[Any, Codes] = WeakKeyDictionary()

    def codes(self, document: Any) -> Codes:
        """Return the codes in *document*, which holds the face from then on."""
        if document not in self._codes:
            resource = f"F{len(document.fontMapping) + 1}"
            document.fontMapping[self.fontName] = f"/{resource}"
            document.delayedFonts.append(self)
            self._codes[document] = Codes(self.face, resource)
        return self._codes[document]

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:  # noqa: N802 - reportlab's protocol
        """Return the length of *text* in points."""
        return sum(self.face.width(ord(character)) for character in text) * size / 1000

    def splitString(self, text: str, document: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802 - reportlab's protocol
        """Return *text* as codes of our one and only subset."""
        return [(0, bytes.fromhex(self.codes(document).hex(text)))]

    def getSubsetInternalName(self, subset: int, document: Any) -> str:  # noqa: N802 - reportlab's protocol
        """Return the name by which pages call the font."""
        return f"/{self.codes(document).resource}"

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab's protocol
        """Add the font with the glyphs that were used to *document*."""
        codes = self._codes.pop(document)
        document.idToObject["BasicFonts"].dict[codes.resource] = document.Reference(
            _composite(document, codes)
        )


@lru_cache
def font(drawn_by: TrueType) -> EmbeddedFont:
    """Return reportlab's font of a face, making it known to reportlab the first time."""
    pdfmetrics.registerFont(EmbeddedFont(drawn_by))
    known: EmbeddedFont = pdfmetrics.getFont(drawn_by.name)
    return known


def _composite(document: Any, codes: Codes) -> PDFDictionary:
    face, characters = codes.face, list(codes)
    digest = hashlib.sha256("".join(map(chr, characters)).encode("utf-8")).digest()
    name = PDFName("".join(chr(65 + byte % 26) for byte in digest[:6]) + f"+{face.name}")
    system = PDFDictionary(
        {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
    )
    descendant = PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": system,
            "CIDToGIDMap": "/Identity",
            "DW": _DEFAULT_WIDTH,
            "W": PDFArray(_widths(face, characters)),
            "FontDescriptor": document.Reference(_descriptor(document, face, name, characters)),
        }
    )
    return PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": PDFArray([document.Reference(descendant)]),
            "ToUnicode": document.Reference(_stream(_unicode_table(characters).encode("ascii"))),
        }
    )


def _descriptor(document: Any, face: TrueType, name: str, characters: list[int]) -> PDFDictionary:
    program = face.subset([face.glyph(character) for character in characters])
    file = _stream(program)
    file.dictionary["Length1"] = len(program)
    return PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": PDFArray(face.box),
            "ItalicAngle": 0,
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": _CAPITALS,
            "StemV": _STEM,
            "FontFile2": document.Reference(file),
        }
    )


def _stream(content: bytes) -> PDFStream:
    return PDFStream(content=content, filters=[PDFZCompress])


def _widths(face: TrueType, characters: list[int]) -> Iterator[Any]:
    """Yield each run of codes that are not as wide as a Han character: the first code, then the widths."""
    wide = enumerate((round(face.width(character), 2) for character in characters), start=1)
    for usual, run in groupby(wide, lambda pair: pair[1] == _DEFAULT_WIDTH):
        if not usual:
            coded = list(run)
            yield coded[0][0]
            yield PDFArray([width for _code, width in coded])


def _unicode_table(characters: list[int]) -> str:
    """Return the table by which a reader turns codes back into text; beyond U+FFFF by two halves."""
    lines = [
        f"<{code:04X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(characters, start=1)
    ]
    blocks = [lines[at : at + _BLOCK] for at in range(0, len(lines), _BLOCK)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
