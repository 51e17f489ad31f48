"""Which cell formats show a number as a day, a moment, a time of day or a span of time."""

import re
from typing import Literal

from ojr_desk.exchange.package import Element

#: What a format makes of a number.
Dating = Literal["number", "day", "moment", "span"]

_DAYS = (14, 15, 16, 17)
_TIMES = (18, 19, 20, 21, 22, 45, 47)
#: What Chinese Excel and WPS mean by the numbers that ECMA-376 part 1, 18.8.30 leaves to each language.
_CHINESE_DAYS = (27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58)
_CHINESE_TIMES = (32, 33, 34, 35, 55, 56)
_BUILT_IN: dict[int, Dating] = {
    **dict.fromkeys((*_DAYS, *_CHINESE_DAYS), "day"),
    **dict.fromkeys((*_TIMES, *_CHINESE_TIMES), "moment"),
    46: "span",
}
#: What a format writes as it stands: quoted text, one escaped or skipped character, colours and languages.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_SPAN = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_CONTAINERS = ("numFmts", "cellStyleXfs", "cellXfs", "dxfs")

#: The elements of the styles part that decide it.
WANTED = frozenset(("numFmt", "xf", *_CONTAINERS))


def datings(elements: list[Element]) -> dict[str, Dating]:
    """Tell for each cell format, by its number as cells name it, what it makes of a number."""
    own: dict[str, Dating] = {}
    found: dict[str, Dating] = {}
    inside = ""
    for name, said in elements:
        if name in _CONTAINERS:
            inside = name
        elif name == "numFmt" and inside == "numFmts":
            own[said.get("numFmtId", "")] = dating(said.get("formatCode", ""))
        elif name == "xf" and inside == "cellXfs":
            number = said.get("numFmtId", "0")
            found[str(len(found))] = own.get(number) or _built_in(number)
    return found


def dating(code: str) -> Dating:
    """Tell what the format *code* makes of a number, by its first section."""
    shown = _LITERAL.sub("", code).split(";")[0].lower()
    if _SPAN.search(shown):
        return "span"
    if any(sign in shown for sign in "hs"):
        return "moment"
    return "day" if any(sign in shown for sign in "ymd") else "number"


def _built_in(number: str) -> Dating:
    return _BUILT_IN.get(int(number), "number") if number.isascii() and number.isdigit() else "number"
