"""Write resources/pinyin.txt: the readings of every character that pypinyin knows, without tones.

One line holds all characters that share a reading: its rank (0 is a character's usual reading), the
syllable, the characters. ü is written v, as it is typed.

    python tools/write_pinyin.py
"""

import sys
import unicodedata
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "pinyin.txt"


def toneless(syllable: str) -> str:
    """Return *syllable* in plain letters: lǜ as lv."""
    parted = unicodedata.normalize("NFD", syllable).replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(sign for sign in parted if sign.isascii())


def lines() -> list[str]:
    """Return the lines of the file, sorted, so that two runs write the same."""
    groups: dict[tuple[int, str], list[str]] = defaultdict(list)
    for point, syllables in sorted(pinyin_dict.items()):
        for rank, syllable in enumerate(dict.fromkeys(map(toneless, syllables.split(",")))):
            groups[rank, syllable].append(chr(point))
    return [f"{rank} {syllable} {''.join(signs)}" for (rank, syllable), signs in sorted(groups.items())]


def main() -> int:
    """Write the file and tell how many characters it knows."""
    heading = f"# From pypinyin {version('pypinyin')} (MIT licence); written by tools/write_pinyin.py."
    TARGET.write_text("\n".join([heading, *lines()]) + "\n", encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(pinyin_dict)} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
