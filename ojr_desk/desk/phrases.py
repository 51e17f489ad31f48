"""常用语: offered for what was typed, and those with which a village begins."""

import re
from functools import lru_cache
from typing import Any

from ojr_desk.desk.entries import Added
from ojr_desk.desk.in_force import in_force
from ojr_desk.desk.office import Office
from ojr_desk.desk.registers import Registers
from ojr_desk.paths import RESOURCES
from ojr_desk.registers.phrase import bare
from ojr_desk.rules.pinyin import initials
from ojr_desk.store.grams import fold

_BAR = "\uff5c"
#: What stands between two pauses of a text: a person types the initials of such a piece.
_PIECE = re.compile(r"[^\W_]+")


class Phrases:
    """The phrases of this office."""

    def __init__(self, office: Office, registers: Registers) -> None:
        self._office = office
        self._registers = registers

    def offer(self, typed: str, use: str = "", limit: int = 12) -> list[Any]:
        """Offer phrases fit for *use*, a key of `USES`, the best first; nothing typed offers all of them.

        Best is what bears the keyword, then what a keyword, initials or a part of its text begin with or hold.
        """
        word = bare(typed)
        fit = [each for each in self._all() if not use or each.used_for in (use, "any")]
        ranked = [(rank, each.keyword, each) for each in fit if (rank := _rank(each, word)) is not None]
        # What is written for the very field comes before what fits everywhere.
        ranked.sort(key=lambda one: (one[0], one[2].used_for != use, one[1]))
        return [each for _rank, _keyword, each in ranked[:limit]]

    def restock(self) -> list[Added]:
        """Enter those phrases of the beginning whose keywords the office has not got for their use."""
        taken = {(each.keyword, each.used_for) for each in self._all()}
        missing = [row for row in beginnings() if (row["keyword"], row["used_for"]) not in taken]
        return self._registers.add("phrase", missing)

    def _all(self) -> list[Any]:
        with self._office.reading() as session:
            return in_force(session, self._office, "phrase", self._office.today())


def beginnings() -> list[dict[str, str]]:
    """List the phrases with which a village begins, as they are typed."""
    lines = (RESOURCES / "phrases.txt").read_text(encoding="utf-8").splitlines()
    parted = (line.split(_BAR) for line in lines if line and not line.startswith("#"))
    return [dict(zip(("keyword", "used_for", "text"), parts, strict=True)) for parts in parted]


def _rank(phrase: Any, word: str) -> int | None:
    """Tell how well a phrase fits what was typed, 0 the best; None if not at all."""
    spelt = _initials(phrase.text)
    tests = (
        phrase.keyword == word,
        phrase.keyword.startswith(word),
        any(key.startswith(word) for key in spelt),
        any(word in key for key in spelt),
        word in fold(phrase.text) or word in phrase.keyword,
    )
    return next((rank for rank, fits in enumerate(tests) if fits), None)


@lru_cache(2048)
def _initials(text: str) -> tuple[str, ...]:
    return tuple(key for piece in _PIECE.findall(text) for key in initials(piece))
