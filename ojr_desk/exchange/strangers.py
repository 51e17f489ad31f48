"""What a pack tells of that this program does not know, because a newer one wrote it.

Only what holds something counts: an empty new register, or a new column that nobody filled, is no loss.
"""

from collections.abc import Iterator, Mapping

from ojr_desk.exchange.contents import Pack, Sheaf, columns_of, known_columns
from ojr_desk.exchange.words import Words
from ojr_desk.register import REGISTERS, Choice
from ojr_desk.text import _


def strangers(pack: Pack, words: Mapping[str, Words]) -> Iterator[str]:
    """Name the registers, columns and choices that rows of *pack* need and this program does not have."""
    for sheaf in pack.sheaves:
        told = words[sheaf.register]
        if is_known(sheaf, pack.full):
            yield from _columns(sheaf, told, pack.full)
            yield from _choices(sheaf, told, pack.full)
        elif sheaf.rows:
            yield _("登记簿“{register}”").format(register=told.title)


def is_known(sheaf: Sheaf, full: bool) -> bool:
    """Tell whether this program has the register, and takes its rows from others."""
    return sheaf.register in REGISTERS and bool(columns_of(REGISTERS[sheaf.register], full))


def _columns(sheaf: Sheaf, words: Words, full: bool) -> Iterator[str]:
    known = known_columns(sheaf, full)
    for name in sheaf.columns:
        if name not in known and any(row.get(name) not in (None, "", []) for row in sheaf.rows):
            heading = words.headings.get(name, name)
            yield _("“{register}”的“{column}”栏").format(register=words.title, column=heading)


def _choices(sheaf: Sheaf, words: Words, full: bool) -> Iterator[str]:
    for name, column in known_columns(sheaf, full).items():
        labels = words.labels.get(name, {})
        if not isinstance(column.kind, Choice) or labels.keys() <= column.kind.choices.keys():
            continue
        values = [row.get(name) for row in sheaf.rows]
        used = {key for value in values for key in (value if isinstance(value, list) else [value])}
        for key in sorted(labels.keys() - column.kind.choices.keys()):
            if key in used:
                yield _("“{register}”“{column}”里的“{choice}”").format(
                    register=words.title, column=words.headings.get(name, name), choice=labels[key]
                )
