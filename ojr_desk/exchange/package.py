"""The parts of an admitted workbook and how they point at each other (ECMA-376 part 2)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from ojr_desk.exchange.gate import XML
from ojr_desk.exchange.markup import BadMarkup, parse

#: Elements that are kept of one part; Excel itself holds 64 000 cell formats.
MAX_KEPT = 100_000
_CHUNK = 1 << 16

#: An element's name without its prefix, and its attributes likewise.
Element = tuple[str, dict[str, str]]


@dataclass(frozen=True)
class Relation:
    """What one part points at: the sort of part (`worksheet`, `styles` …) and its name in the zip."""

    sort: str
    target: str


class Package:
    """A workbook's zip; names of parts are found without case."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield *part* in pieces; only what the gate has judged as XML may be read."""
        name = self._names.get(part.lower())
        if name is None or not name.lower().endswith(XML):
            raise BadMarkup(f"no part {part}")
        with self._archive.open(name) as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def elements(self, part: str, wanted: Collection[str]) -> list[Element]:
        """List the elements of *part* that are called one of *wanted*, in order."""
        kept = _Kept(wanted)
        parse(self.chunks(part), kept)
        return kept.found

    def relations(self, part: str = "") -> dict[str, Relation]:
        """Find what *part*, or the package itself, points at inside the package, by its id."""
        folder, _slash, name = part.rpartition("/")
        found = {}
        for _tag, said in self.elements(join(folder, "_rels", f"{name}.rels"), {"Relationship"}):
            if said.get("TargetMode") != "External":
                target = normpath(join("/", dirname(part), said.get("Target", ""))).lstrip("/")
                found[said.get("Id", "")] = Relation(said.get("Type", "").rpartition("/")[2], target)
        return found


class _Kept:
    """Collects elements by name."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = wanted
        self.found: list[Element] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep a wanted element."""
        name = _bare(tag)
        if name in self._wanted:
            self.found.append((name, {_bare(key): value for key, value in attributes.items()}))
            if len(self.found) > MAX_KEPT:
                raise BadMarkup("elements without end")

    def end(self, tag: str) -> None:
        """Need nothing at an end."""

    def data(self, text: str) -> None:
        """Need no text."""


def _bare(name: str) -> str:
    return name.rpartition(":")[2]
