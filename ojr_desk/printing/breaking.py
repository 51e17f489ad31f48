"""Where a line of Chinese text may end.

The rules are those of GB/T 15834-2011 (标点符号用法, clause 5.1): no line begins with a closing mark, none
ends with an opening one, and dashes and dots of omission stay together. Words and numbers of other
scripts stay whole where a line can hold them.
"""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from unicodedata import category

_NEVER_FIRST = frozenset(
    "、，。．：；？！）］｝〉》」』】〕〗〙〛〞’”％‰℃°′″～–·・ー々ゝゞヽヾ㎡/／,.;:?!)]}%"
)
_NEVER_LAST = frozenset("（［｛〈《「『【〔〖〘〚〝‘“￥¥＄$￡£№＃#/／([{")
_TOGETHER = frozenset("…—⋯‥")
_STEP = 100
_NARROW = 500  # the width of most letters and digits
_SLACK = 0.01  # thousandths of the size, against rounding

Widths = Mapping[str, float]


def lines(text: str, room: float, widths: Widths) -> tuple[str, ...]:
    """Break *text* into lines no longer than *room*, in thousandths of the size.

    New lines in the text stay; a space at a break falls away; nothing else is lost. A single character
    wider than *room* has a line of its own.
    """
    may_fit = len(text) * _NARROW <= room and "\n" not in text
    if may_fit and sum(map(widths.__getitem__, text)) <= room + _SLACK:
        return (text,)
    broken: list[str] = []
    for paragraph in text.split("\n"):
        broken += _folded(paragraph, room + _SLACK, widths)
    return tuple(broken)


def balanced(text: str, room: float, widths: Widths) -> tuple[str, ...]:
    """Break *text* into as few lines as `lines` does, but of nearly equal length, as headings look best.

    No word is parted for it: 2026-10-01 09:00 becomes a day and a time.
    """
    told = lines(text, room, widths)
    if len(told) == 1:
        return told
    narrow = sum(widths[letter] for letter in text if letter != "\n") / len(told)
    narrow = max(narrow, _longest_word(text, widths))
    while 0 < narrow < room:
        tried = lines(text, narrow, widths)
        if len(tried) <= len(told):
            return tried
        narrow += _STEP
    return told


def _longest_word(text: str, widths: Widths) -> float:
    """Measure the longest stretch of *text* that should not be parted."""
    longest = length = 0.0
    for before, after in zip(" " + text, text, strict=False):
        length = 0.0 if after in " \n" else (0.0 if _may_part(before, after) else length) + widths[after]
        longest = max(longest, length)
    return longest


def _folded(text: str, room: float, widths: Widths) -> list[str]:
    """Return the lines of *text*, which holds no new line."""
    ends = [0.0, *accumulate(map(widths.__getitem__, text))]
    length, start, broken = ends[-1], 0, []
    while length - ends[start] > room:
        fits = max(bisect_right(ends, ends[start] + room, start) - 1, start + 1)
        stop = _last_break(text, start, fits)
        broken.append(text[start:stop].rstrip(" "))
        start = stop
        while text[start : start + 1] == " ":
            start += 1
    if start < len(text) or not start:
        broken.append(text[start:])
    return broken


def _last_break(text: str, start: int, fits: int) -> int:
    """Return the last place up to *fits* where the line may end; *fits* itself if there is none."""
    for stop in range(min(fits, len(text) - 1), start, -1):
        if _may_part(text[stop - 1], text[stop]):
            return stop
    return fits


def _may_part(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before == " " or after == " ":
        return True
    if _in_word(before) and _in_word(after):
        return False
    return not (before == after and before in _TOGETHER) and not category(after).startswith("M")


def _in_word(character: str) -> bool:
    """Tell whether *character* belongs to a word or number of a script that is not broken anywhere."""
    return "!" <= character <= "~" or ("\u00c0" <= character < "\u2e80" and character.isalnum())
