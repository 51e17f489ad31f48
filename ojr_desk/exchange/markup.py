"""XML from a stranger, read as a stream that cannot grow: UTF-8, no DOCTYPE, no entities, no endless tag."""

from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

#: Bytes that one tag, comment or declaration may be long: expat keeps these whole, unlike text.
MAX_TAG = 1 << 20
#: How deep elements may lie in each other; a workbook's own parts stay below twenty.
MAX_DEPTH = 100
#: Different names of elements and attributes in one part: they stay in memory to its end.
MAX_NAMES = 5_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class BadMarkup(ValueError):
    """A part is not well-formed, not what a workbook holds there, or made to do harm."""


class Handler(Protocol):
    """What takes the events of one part."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def data(self, text: str) -> None:
        """Take text, or a piece of it."""


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Give the events of one part to *handler*; raise `BadMarkup`."""
    names: dict[str, str] = {}
    parser = expat.ParserCreate("UTF-8", None, names)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    fed = 0
    try:
        for chunk in chunks:
            # Expat sniffs UTF-16 in spite of the encoding that it was given.
            if not fed and (chunk.startswith(_UTF_16) or b"\0" in chunk[:4]):
                raise BadMarkup("not UTF-8")
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_TAG:
                raise BadMarkup("a tag without end")
            if len(names) > MAX_NAMES:
                raise BadMarkup("names without end")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadMarkup(str(error)) from error


def _no_doctype(*_declaration: object) -> None:
    raise BadMarkup("a DOCTYPE")
