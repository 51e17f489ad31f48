"""Appendix A of the standard: which of eighteen functions a centre of each level must or should have."""

from collections.abc import Mapping
from types import MappingProxyType

#: ★ must be there, ☆ should be, – is not asked for.
MUST, SHOULD, FREE = "★☆–"
_LEVELS = ("city", "county", "township", "village", "new_field")
#: For A12 the village's ★ stands in the printed standard, but looks like a slip of it: told as in doubt.
IN_DOUBT = frozenset({("A12", "village"), ("A12", "new_field")})
_TABLE = """
A01 ★★★☆☆  A02 ★★★––  A03 ★★★★★  A04 ★★☆☆☆  A05 ★★★★★  A06 ★☆☆☆☆
A07 ★★☆☆☆  A08 ★★★☆☆  A09 ★★★★★  A10 ★☆☆––  A11 ★☆☆––  A12 ★☆☆★★
A13 ★☆☆––  A14 ★★★––  A15 ★★☆☆☆  A16 ★★★☆☆  A17 ★☆☆––  A18 ★★★★★
"""
_WORDS = _TABLE.split()
#: What is asked of each level, by the code of the function.
DEMANDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        code: dict(zip(_LEVELS, marks, strict=True))
        for code, marks in zip(_WORDS[::2], _WORDS[1::2], strict=True)
    }
)


def demanded(level: str, mark: str = MUST) -> tuple[str, ...]:
    """List the codes of the functions that carry *mark* for a centre of *level*."""
    return tuple(code for code, marks in DEMANDS.items() if marks[level] == mark)
