"""A PDF file that is written while it is drawn: a page goes to the disk when it is full.

Reportlab keeps all pages until the end and then holds the file twice; a year's book would cost
hundreds of megabytes. Here only the places of what was written are kept.
"""

import zlib
from typing import Any, Protocol

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import (
    PDFCrossReferenceTable,
    PDFDictionary,
    PDFDocument,
    PDFFile,
    PDFIndirectObject,
    PDFInfo,
    PDFObject,
    PDFObjectReference,
    PDFResourceDictionary,
    PDFString,
    PDFTrailer,
)

rl_config.useA85 = 0  # text-safe streams are a quarter longer and serve nobody

_PRODUCER = "ojr_desk"
_LEVEL = 3  # of deflate: half the time of the usual 6 for a file a tenth larger


class Sink(Protocol):
    """What a document is written to."""

    def write(self, data: bytes, /) -> int:
        """Take *data*."""


class StreamedDocument(PDFDocument):  # type: ignore[misc]  # reportlab has no types
    """Reportlab's document, but each page leaves the memory as soon as it is added.

    Equal drawings give equal bytes: there is no date and no chance in the file.
    """

    def __init__(self, sink: Sink, title: str) -> None:
        super().__init__(compression=1, invariant=1, lang="zh-CN")
        self._sink = sink
        self._end = 0
        self._resources = PDFResourceDictionary()
        self._resources.basicFonts()
        self._resources.allProcs()
        self.info = _Info(title)
        self._put(PDFFile(self._pdfVersion).format(self))
        # Pages point to these two, which are complete and written at the end.
        self._shared = self.Reference(self._resources)
        self.Reference(self.Pages)

    def addPage(self, page: Any) -> None:  # noqa: N802 - reportlab's name
        """Write *page* and keep nothing of it but where it stands."""
        name, number = self.thisPageName(), self.objectcounter + 1
        page.Contents = self.Reference(_deflated(page.stream))
        if not (page.ExtGState or page._shadingUsed or page._colorsUsed):
            page.Resources = self._shared
            self._resources.XObject.update(page.XObjects.dict if page.XObjects else {})
        super().addPage(page)
        self.Pages.pages[-1] = PDFObjectReference(name)
        self._write_from(number)

    def SaveToFile(self, filename: Any, canvas: Any) -> None:  # noqa: N802 - reportlab's name
        """Write what is still in memory: fonts, the list of pages, the places of all objects."""
        self.GetPDFData(canvas)

    def format(self) -> bytes:
        """Write the rest of the file; reportlab calls this when the fonts are known."""
        root, info = self.Reference(self.Catalog), self.Reference(self.info)
        self._write_from(1)
        places = PDFCrossReferenceTable()
        places.addsection(0, [self.numberToId[number] for number in range(1, self.objectcounter + 1)])
        start, size = self._put(places.format(self)), self.objectcounter + 1
        self._put(PDFTrailer(startxref=start, Size=size, Root=root, Info=info, ID=self.ID()).format(self))
        return b""

    def _write_from(self, number: int) -> None:
        """Write the objects from *number* on that are not written yet; writing one may bring forth others."""
        while number <= self.objectcounter:
            name = self.numberToId[number]
            if name not in self.idToOffset:
                self._keep(name, PDFIndirectObject(name, self.idToObject[name]).format(self))
            number += 1

    def _keep(self, name: str, data: bytes) -> None:
        """Write the object *name* and forget all but its place."""
        self.idToOffset[name] = self._put(data)
        self.idToObject[name] = None
        self.updateSignature(data)

    def _put(self, data: bytes) -> int:
        start = self._end
        self._sink.write(data)
        self._end += len(data)
        return start


class _Ready(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object that is bytes already, for reportlab takes longer to write a page than we to draw it."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def format(self, document: Any) -> bytes:
        return self._data


def _deflated(drawn: str) -> _Ready:
    data = zlib.compress(drawn.encode("ascii"), _LEVEL)
    head = f"<</Filter/FlateDecode/Length {len(data)}>>\nstream\n"
    return _Ready(b"".join((head.encode("ascii"), data, b"\nendstream\n")))


class _Info(PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """The file's title and maker; reportlab would add a false date and empty names."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def format(self, document: Any) -> bytes:
        facts = {"Title": PDFString(self.title), "Producer": PDFString(_PRODUCER)}
        data: bytes = PDFDictionary(facts).format(document)
        return data
