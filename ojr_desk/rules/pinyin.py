"""The keys by which clerks find a name: `czm` and `chenzhiming` for 陈志明.

A character may have several readings and a name so several keys, the likeliest first. Surnames are read
their own way at the head of a name only: 单 is shan in 单小明 and dan in 李单.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ojr_desk.moments import plain
from ojr_desk.paths import RESOURCES

#: No name has more keys than this.
MOST_KEYS = 16

#: Surnames whose usual reading is another one; in compound ones a dot parts the syllables.
_SURNAME_READINGS = """
单shan 單shan 解xie 仇qiu 区ou 區ou 查zha 曾zeng 缪miao 繆miao 朴piao 乐yue 樂yue 覃qin 翟zhai 盖ge 蓋ge 员yun 員yun 贠yun
秘bi 薄bo 折she 黑he 种chong 洗xian 繁po 祭zhai 能nai 句gou 牟mu 佴nai 乜nie 么yao 都du 召shao 藏zang 阚kan 郇xun
尉迟yu.chi 尉遲yu.chi 万俟mo.qi 萬俟mo.qi 澹台tan.tai 澹臺tan.tai 单于chan.yu 單于chan.yu 乐正yue.zheng 樂正yue.zheng
"""

#: Places that are read against habit; the habitual reading is found too.
_PLACE_READINGS = "乐清yue.qing 樂清yue.qing"

_READING = re.compile(r"([^a-z\s]+)([a-z.]+)")
#: Latin words and numbers whole, every other sign for itself.
_UNIT = re.compile(r"[A-Za-z]+|[0-9]+|[^\x00-\x7f]")


def initials(name: str) -> tuple[str, ...]:
    """Return the first letters of every reading of *name*, at most `MOST_KEYS`, the likeliest first."""
    return _keys([tuple(dict.fromkeys(map(_initial, choices))) for choices in _readings(name)])


def spellings(name: str) -> tuple[str, ...]:
    """Return every reading of *name* in full, without tones and with v for ü, as `initials` does."""
    return _keys(list(_readings(name)))


def _initial(syllable: str) -> str:
    return syllable if syllable.isdigit() else syllable[0]


def _readings(name: str) -> Iterator[Sequence[str]]:
    """Yield the readings of each unit that can be pronounced, the likeliest first."""
    text = plain(name)
    table, preferred = _table(), _preferred(text)
    for unit in _UNIT.finditer(text):
        sign = unit[0]
        if sign.isascii():
            yield (sign.lower(),)
        elif known := table.get(sign):
            first = preferred.get(unit.start())
            yield tuple(dict.fromkeys((first, *known))) if first else known


def _preferred(text: str) -> dict[int, str]:
    """Map places in *text* to the syllable that a surname at its head or a place name calls for."""
    surname = next((text[:size] for size in (2, 1) if text[:size] in _surnames()), "")
    found = dict(enumerate(_surnames().get(surname, ())))
    for place, syllables in _places().items():
        for match in re.finditer(place, text):
            found |= dict(enumerate(syllables, match.start()))
    return found


def _keys(readings: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Join one reading of each unit in every way, keeping the ways that leave the usual readings least."""
    best = {"": 0}
    for choices in readings:
        longer: dict[str, int] = {}
        for head, cost in best.items():
            for rank, syllable in enumerate(choices):
                longer[head + syllable] = min(cost + rank, longer.get(head + syllable, cost + rank))
        best = dict(sorted(longer.items(), key=lambda way: way[1])[:MOST_KEYS])
    return tuple(key for key in best if key)


@cache
def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in (RESOURCES / "pinyin.txt").read_text(encoding="utf-8").splitlines():
        rank, syllable, signs = line.split(" ", 2)
        if rank == "0":
            table.update(dict.fromkeys(signs, (syllable,)))
        elif rank != "#":
            for sign in signs:
                table[sign] += (syllable,)
    return table


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    return _parsed(_SURNAME_READINGS)


@cache
def _places() -> dict[str, tuple[str, ...]]:
    return _parsed(_PLACE_READINGS)


def _parsed(readings: str) -> dict[str, tuple[str, ...]]:
    return {signs: tuple(syllables.split(".")) for signs, syllables in _READING.findall(readings)}
