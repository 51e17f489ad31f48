"""What the invented office is made of: names, places and phrases, kept as text files beside the fonts."""

import tomllib
from functools import cache
from random import Random
from typing import Any

from ojr_desk.paths import RESOURCES

_FOLDER = RESOURCES / "demo"
_BAR = "\uff5c"


@cache
def lines(name: str) -> tuple[str, ...]:
    """Read the lines of a pool, without blank ones and remarks."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Read a pool whose lines have several parts; what lacks at a line's end is blank."""
    rows = [[part.strip() for part in line.split(_BAR)] for line in lines(name)]
    most = max(map(len, rows))
    return tuple((*row, *[""] * (most - len(row))) for row in rows)


@cache
def said(step: str) -> tuple[str, ...]:
    """Read what may be said at one step of a case."""
    return tuple(words for kind, words in table("steps") if kind == step)


@cache
def weighted(name: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Read a pool whose words have weights."""
    pairs = [line.split() for line in lines(name)]
    return tuple(word for word, _weight in pairs), tuple(int(weight) for _word, weight in pairs)


@cache
def office() -> dict[str, Any]:
    """Read what stands in the office before anybody comes; nobody may change the answer."""
    return told("office")


@cache
def told(name: str) -> dict[str, Any]:
    """Read what is told of one part of the office; nobody may change the answer."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def stream(seed: object, topic: str) -> Random:
    """Give the chance of one topic, so that a change of one topic leaves the others as they were."""
    return Random(f"{seed}/{topic}")
