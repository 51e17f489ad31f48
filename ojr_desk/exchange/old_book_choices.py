"""Which choice somebody meant by a word of his own, where that is certain."""

import re
from collections.abc import Mapping, Sequence

from ojr_desk.exchange.old_book_words import BOOK
from ojr_desk.exchange.table import forms
from ojr_desk.moments import plain
from ojr_desk.register import Choice
from ojr_desk.text import _

#: Marks between several choices in one cell.
_BETWEEN = str.maketrans(dict.fromkeys("、;/\n ", ","))
#: A label of two levels may be known by a part of it, but not by one sign.
_LEVELS, _LEAST_PART = "·", 2


def code_of(kind: Choice, words: Mapping[str, str], said: Mapping[str, str], text: str) -> str:
    """Find the code of what somebody wrote, "" where it is not certain.

    It may be a label or a code, one of *words*, which lead to codes, or what was *said* of it, or of a label
    of two levels a part that no other label has.
    """
    offered = {forms(label)[0]: code for code, label in kind.offered.items()}
    offered |= {forms(_(label))[0]: code for code, label in kind.offered.items()}
    for word in forms(text):
        meant = forms(said.get(word, word))[0]
        if found := offered.get(meant) or words.get(meant) or (meant if meant in kind.offered else ""):
            return found
    word = forms(text)[1]
    for fits in (_is_part, _is_within):
        codes = {code for label, code in offered.items() if fits(word, label)}
        if len(codes) == 1:
            return codes.pop()
    return ""


def codes_of(kind: Choice, words: Mapping[str, str], said: Mapping[str, str], text: str) -> str:
    """Find the codes of several choices in one cell, parted by commas; "" where not all are certain."""
    found = [code_of(kind, words, said, word) for word in words_in(text) if not is_left_out(said, word)]
    return ",".join(found) if all(found) else ""


def words_in(text: str) -> list[str]:
    """Part a cell that may hold several choices into its words."""
    return [word for word in plain(text).translate(_BETWEEN).split(",") if word]


def is_left_out(said: Mapping[str, str], text: str) -> bool:
    """Tell whether it was *said* of a word that it fills nothing."""
    return any(said.get(word) == "" for word in forms(text))


def choice_in(kind: Choice, words: Mapping[str, str], texts: Sequence[str]) -> str:
    """Find the one choice that one of *texts* names, the first that names any; "" where it names several."""
    labels = {re.escape(label): code for code, label in kind.offered.items()}
    books = {rf"{re.escape(word)}{BOOK}": code for word, code in words.items() if len(word) > 1}
    for text in texts:
        for known in (labels, books):
            codes = {code for pattern, code in known.items() if re.search(pattern, text)}
            if codes:
                return codes.pop() if len(codes) == 1 else ""
    return ""


def _is_part(word: str, label: str) -> bool:
    return word in label.split(_LEVELS)


def _is_within(word: str, label: str) -> bool:
    return _LEVELS in label and len(word) >= _LEAST_PART and word in label
