"""Search tokens: what a record's text is cut into, and how a person's words ask for it.

FTS5's own tokenizers fail Chinese: `unicode61` takes a whole sentence for one word, `trigram` cannot
find a name of two characters. So the text is cut here, into grams that overlap, and the index holds
nothing but grams:

    digits          every three and every four in a row, so that the last four of a telephone prove
                    themselves; fewer only where they touch something else
    letters         every tail of a word, so that a prefix query finds any part of it
    anything else   every character and every two in a row (Han, kana, self-made characters …)
    joints          where two sorts touch, a character of each, or two digits and one: 3幢, 12幢, c88

Spaces and punctuation end a run and are not indexed. A query is an AND of grams. It finds at least
what a person asked for; what grams cannot prove, namely that they stand side by side, is left to
`instr()` on the folded text of the few records found. So the answer is that of `LIKE '%word%'`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add

from ojr_desk.rules.pinyin import initials, spellings

#: Stands between two fields in a record's text; no word contains it, so no word spans two fields.
BORDER = "\x1f"

#: How long a tail of a word of letters may be; a longer word is asked for in pieces.
TAIL = 24

#: How many grams one query may hold; the rest of a pasted page is left to `instr()`.
MOST_GRAMS = 24

_LETTERS = "a-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u052f\u1e00-\u1fff"
_GAPS = (
    "\x00-/:-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    "\u2000-\u206f\u3000-\u3003\u3008-\u3011\u3014-\u301f\u3030\ud800-\udfff"
)
_RUN = re.compile(f"([0-9]+)|([{_LETTERS}]+)|([^0-9{_LETTERS}{_GAPS}]+)|[{_GAPS}]+")
_DIGIT, _LETTER = 1, 2
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Match:
    """What to ask the index, and what to ask the record's text afterwards.

    *expression* is an FTS5 MATCH string, empty where the words hold nothing that is indexed (one or
    two digits, a lone dash): then *verify* alone decides. Each word in *verify* is folded already and
    must be found by `instr()` in the folded text. Both empty: the person asked for nothing.
    """

    expression: str
    verify: tuple[str, ...]


def fold(text: str) -> str:
    """Make full-width and half-width, capital and small the same, as the index and `instr()` see it."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()


def grams(texts: Iterable[str]) -> str:
    """Cut *texts* into the tokens of one record; each is a field, or fields joined by `BORDER`."""
    found: list[str] = []
    for text in texts:
        before = ""
        for digits, letters, others in _RUN.findall(fold(text)):
            run = digits or letters or others
            if before and run:
                found += _joints(before, run)
            before = run
            if others:
                found += others
                found += map(add, others, others[1:])
            elif digits:
                found += map("".join, zip(digits, digits[1:], digits[2:], strict=False))
                found += map("".join, zip(digits, digits[1:], digits[2:], digits[3:], strict=False))
            elif letters:
                for start in range(len(letters)):
                    found += _lengths(letters[start : start + TAIL])
    return " ".join(found)


@lru_cache(4096)
def name_tokens(name: str) -> str:
    """Spell a person's name for the index: the initials and the whole pinyin of each reading."""
    spelt = (fold(word) for word in (*initials(name), *spellings(name)))
    found = dict.fromkeys(token for word in spelt if word.isalpha() for token in _lengths(word))
    return " ".join(found)


def match(words: Sequence[str]) -> Match:
    """Turn what a person typed into a query; every word must be found, whatever its characters."""
    asked: dict[str, None] = {}
    verify: dict[str, None] = {}
    for word in filter(None, map(_clean, words)):
        terms, proven = _ask(word)
        room = MOST_GRAMS - len(asked)
        asked.update(dict.fromkeys(terms[:room]))
        if not proven or len(terms) > room:
            verify[word] = None
    return Match(" AND ".join(asked), tuple(verify))


def _clean(word: str) -> str:
    """Fold one typed word, without what no stored text can hold."""
    return fold(_LONE_SURROGATE.sub("\ufffd", word)).replace(BORDER, " ").strip()


def _lengths(letters: str) -> tuple[str, str, str]:
    """Name the tokens that find *letters* by its beginning: short ones whole, longer ones by prefix."""
    return letters[:1], letters[:2], letters


def _joints(before: str, run: str) -> list[str]:
    """Name the tokens where two runs touch: a character of each, and two digits with their neighbour."""
    found = [before[-1] + run[0]]
    if before[-2:].isdecimal() and len(before) > 1:
        found.append(before[-2:] + run[0])
    if run[:2].isdecimal() and len(run) > 1:
        found.append(before[-1] + run[:2])
    return found


def _ask(word: str) -> tuple[list[str], bool]:
    """Name the FTS5 terms of a folded word, and tell whether one of them proves it whole."""
    terms: list[str] = []
    runs = [run for run in _RUN.finditer(word) if run.lastindex]
    joints = {run.start(): before[0] for before, run in pairwise(runs) if before.end() == run.start()}
    for run in runs:
        if run.start() in joints:
            found = _joints(joints[run.start()], run[0])
            terms += map(_exact, found[1:] or found)
        terms += _ask_run(run, touched=run.start() in joints or run.end() in joints)
    return terms, _exact(word) in terms or _prefix(word) in terms


def _ask_run(run: re.Match[str], touched: bool) -> list[str]:
    """Name the terms of one run; *touched*, if a joint already vouches for its outermost characters."""
    text = run[0]
    if len(text) == 1 and touched:
        return []
    if run.lastindex == _LETTER:
        return [_prefix(piece) if len(piece) > 2 else _exact(piece) for piece in _pieces(text, TAIL)]
    if run.lastindex == _DIGIT:
        return [_exact(piece) for piece in _pieces(text, min(len(text), 4))] if len(text) > 2 else []
    return [_exact(piece) for piece in _pieces(text, 2)]


def _pieces(text: str, size: int) -> list[str]:
    """Choose pieces of *size* that tell *text* from others: all of a short one, the end of a long one.

    Measured: pieces that overlap leave fewer records to verify; a long number begins like a million
    others (330…, 138…), and walking their list costs more than it saves.
    """
    last = max(0, len(text) - size)
    starts = range(last + 1) if last < 4 else range(last, max(-1, last - 3 * size), -size)
    return [text[start : start + size] for start in starts]


def _exact(gram: str) -> str:
    return f'"{gram}"'


def _prefix(gram: str) -> str:
    return f'"{gram}"*'
