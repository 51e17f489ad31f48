"""The words of a pack: how its sheets, columns and choices were called when it was written.

They travel with it: a program that calls them otherwise by now still reads what was meant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ojr_desk.exchange import soundness
from ojr_desk.exchange.contents import UID
from ojr_desk.register import REGISTERS, Choice, Column
from ojr_desk.text import N_

UID_HEADING = N_("标识（请勿改动）")


@dataclass(frozen=True)
class Words:
    """What a register's sheet is called, its columns by name, and their choices by name and code."""

    title: str
    headings: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Lines:
    """What the program wrote around the rows: the lines of the cover, and the title of each sheet by register."""

    cover: tuple[tuple[str, str], ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def lines_told(told: Mapping[str, Any]) -> Lines:
    """Find in a manifest what was written around the rows; older formats do not tell; raises `ValueError`."""
    lines = Lines(tuple((what, value) for what, value in told.get("cover", ())), dict(told.get("titles", {})))
    soundness.texts(*(text for line in lines.cover for text in line))
    soundness.texts(*lines.titles, *lines.titles.values())
    return lines


def words_of(code: str, names: Sequence[str]) -> Words:
    """Give today's words for columns of a register, as far as this program knows them."""
    register = REGISTERS.get(code)
    if register is None:
        return Words(code, {}, {})
    columns = [register.by_name[name] for name in names if name in register.by_name]
    return Words(
        str(register.title),
        {column.name: str(column.label) for column in columns} | {UID: UID_HEADING},
        {
            column.name: {key: str(label) for key, label in column.kind.choices.items()}
            for column in columns
            if isinstance(column.kind, Choice)
        },
    )


def words_told(told: Any, names: Sequence[str]) -> Words:
    """Find in a manifest the words for columns of a register; raises `ValueError`, `KeyError` or `TypeError`."""
    words = Words(told["title"], told["headings"], told["labels"])
    soundness.labels({"": words.title})
    soundness.labels(words.headings)
    for labels in words.labels.values():
        soundness.labels(labels)
    if set(words.headings) != {*names, UID} or not set(words.labels) <= set(names):
        raise ValueError
    return words


def as_written(column: Column, words: Words) -> Column:
    """Give a column as it was when the pack was written; choices that this program has not are left out."""
    kind = column.kind
    if isinstance(kind, Choice) and column.name in words.labels:
        told = words.labels[column.name]
        kind = replace(kind, choices={key: told[key] for key in kind.choices if key in told})
    return replace(column, label=words.headings.get(column.name, column.label), kind=kind)
