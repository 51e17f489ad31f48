"""A workbook's table of shared texts, and the escapes that texts may hold (ECMA-376 part 1, 18.4, 22.9.2.19)."""

import re
from collections.abc import Iterable

from ojr_desk.exchange.markup import BadMarkup, parse
from ojr_desk.exchange.worksheet import MAX_TEXT

_BEGINS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_strings(chunks: Iterable[bytes]) -> list[str]:
    """Read the table: of each entry all runs of its text, without the reading aids above them."""
    table = _Table()
    parse(chunks, table)
    return table.strings


def unescaped(text: str) -> str:
    """Turn `_x000D_` into the character that it stands for; halves of a surrogate pair stay as they are."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def escaped(text: str) -> str:
    """Guard a text that happens to hold `_x000D_`, so that it is read as it is written."""
    return _BEGINS_ESCAPE.sub("_x005F_", text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return found[0] if "\ud800" <= character <= "\udfff" else character


class _Table:
    """The entries so far and the one that is being read."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._known: dict[str, str] = {}
        self._text = ""
        self._reads = self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where an entry or a run begins."""
        if not self._known:
            prefix = tag[: -len("sst")] if tag.endswith("sst") else ""
            self._known = {prefix + known: known for known in ("si", "t", "rPh")}
        known = self._known.get(tag)
        if known == "si":
            self._text = ""
        elif known == "rPh":
            self._phonetic = True
        elif known == "t":
            self._reads = not self._phonetic

    def end(self, tag: str) -> None:
        """Keep a finished entry."""
        known = self._known.get(tag)
        self._reads = False
        if known == "si":
            self.strings.append(unescaped(self._text))
        elif known == "rPh":
            self._phonetic = False

    def data(self, text: str) -> None:
        """Collect the text of a run."""
        if self._reads:
            self._text += text
            if len(self._text) > MAX_TEXT:
                raise BadMarkup("a text without end")
