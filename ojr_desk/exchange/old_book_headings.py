"""What the headings of a table that an office made itself stand for.

Headings are compared as in `table`: without width, blanks and notes in brackets. What a person said of a
heading goes before a column's own label, that before its synonyms, and those before the columns of the
person whom the register names: 电话 beside 姓名 is that person's.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ojr_desk.exchange.old_book_words import NAME_OF, REASONS, TIME_PARTS, is_ordinal, parts_of
from ojr_desk.exchange.table import forms
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS, Column, Day, Link, Moment, Register, Text
from ojr_desk.text import _, listed

_SAID, _LABEL, _SHORT, _SYNONYM, _THEIR_LABEL, _THEIR_SYNONYM = range(6)
#: How far a heading stands back that is known only without the one above it.
_ALONE = 1000
#: Between Han characters a blank is only where a line was broken.
_NO_BLANK = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")


@dataclass(frozen=True)
class Target:
    """What a heading may stand for: a column, or one of the person whom the column *link* names."""

    name: str
    column: Column
    link: str = ""

    @property
    def is_dated(self) -> bool:
        """Tell whether it holds a day."""
        return isinstance(self.column.kind, Day | Moment)

    @property
    def is_long(self) -> bool:
        """Tell whether it holds as many words as one likes."""
        return isinstance(self.column.kind, Text) and self.column.kind.long


@dataclass(frozen=True)
class Head:
    """One column of a table: its place from 0, and its headings from the top."""

    place: int
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """Write the headings in one, as a person is asked about them."""
        return _NO_BLANK.sub("", " ".join(self.texts))


@dataclass(frozen=True)
class Use:
    """That a column of the table fills *target*; *part* is 年, 月 or 日 where a day is written in pieces."""

    head: Head
    target: Target
    part: str = ""


@dataclass(frozen=True)
class Headings:
    """What the columns of one table stand for, and which stand for nothing or for what another one tells."""

    uses: tuple[Use, ...]
    unknown: tuple[Head, ...]
    doubled: tuple[Head, ...]


@dataclass(frozen=True)
class _Meaning:
    level: int
    order: int
    target: str
    part: str = ""


def targets(register: Register) -> dict[str, Target]:
    """List what a heading may stand for by name; those of the person are called `person.phone` and so on."""
    found = {column.name: Target(column.name, column) for column in register.typed}
    link = link_to_person(register)
    if link:
        person = REGISTERS["person"]
        for column in person.typed:
            if not column.common and column.name != person.label_by:
                name = f"{link}.{column.name}"
                found[name] = Target(name, column, link)
    return found


def link_to_person(register: Register) -> str:
    """Name the column by which *register* names the person who is served; "" where there is none."""
    links = (each for each in register.typed if isinstance(each.kind, Link) and each.kind.to == "person")
    return next((each.name for each in links), "")


class Vocabulary:
    """All words for what a register holds; *said* is what a person said of headings, "" to leave one out."""

    def __init__(self, register: Register, said: Mapping[str, str]) -> None:
        self.targets = targets(register)
        self._needed = {column.name for column in register.typed if column.required} | {register.dated_by}
        strange = [name for name in said.values() if name and name not in self.targets]
        if strange:
            message = _("没有“{name}”这一栏，可以对到这些：{names}")
            raise Refused(message.format(name=strange[0][:40], names=listed(self.targets)))
        self._said = {forms(heading)[0]: name for heading, name in said.items()}
        self._known: dict[str, list[_Meaning]] = {}
        for target in self.targets.values():
            self._learn(target)
        link = link_to_person(register)
        if link:
            for order, word in enumerate(REGISTERS["person"].by_name["full_name"].synonyms):
                self._enter(word, _Meaning(_THEIR_SYNONYM, order, link))

    def _learn(self, target: Target) -> None:
        label = target.column.label
        self._enter(label, _Meaning(_THEIR_LABEL if target.link else _LABEL, 0, target.name))
        short = forms(label)[1]
        if short != forms(label)[0]:
            self._enter(short, _Meaning(_THEIR_LABEL if target.link else _SHORT, 1, target.name))
        for order, word in enumerate(target.column.synonyms):
            level = _THEIR_SYNONYM if target.link else _SYNONYM
            self._enter(word, _Meaning(level, order, target.name))

    def _enter(self, word: str, meaning: _Meaning) -> None:
        self._known.setdefault(forms(word)[0], []).append(meaning)

    def assign(self, heads: Sequence[Head], clocks: Collection[int] = ()) -> Headings:
        """Tell what *heads* stand for; *clocks* are the places of columns that hold times of day only."""
        asked = [head for head in heads if head.texts and not is_ordinal(head.text)]
        pairs = sorted(
            ((meaning, head) for head in asked for meaning in self._meanings(head.texts)),
            key=lambda pair: (pair[0].level, pair[0].order, pair[1].place),
        )
        uses = list(_assigned(pairs, self.targets, clocks))
        uses += _served_beside(pairs, uses, self.targets, self._needed)
        used = {use.head.place for use in uses}
        left_out = [head for head in asked if self._said.get(forms(head.text)[0]) == ""]
        rest = [each for each in asked if each.place not in used and each not in left_out]
        known = {head.place for _meaning, head in pairs}
        return Headings(
            tuple(uses),
            tuple(head for head in rest if head.place not in known and forms(head.text)[0] not in REASONS),
            tuple(head for head in rest if head.place in known),
        )

    def _meanings(self, texts: Sequence[str]) -> list[_Meaning]:
        """List what a column may stand for whose headings are *texts*, from the top."""
        said = self._said.get(forms("".join(texts))[0])
        if said is not None:
            return [_Meaning(_SAID, 0, said)] if said else []
        if found := self._known_as("".join(texts)):
            return found
        return self._below(texts) if len(texts) > 1 else self._of_two(texts[0])

    def _known_as(self, text: str) -> list[_Meaning]:
        return next((self._known[form] for form in forms(text) if form in self._known), [])

    def _below(self, texts: Sequence[str]) -> list[_Meaning]:
        """Read a heading by the one above it: 年 月 日 of a day, 姓名 of somebody, more words on something."""
        above, last = self._meanings(texts[:-1]), forms(texts[-1])[1]
        if last in TIME_PARTS:
            return [replace(each, part=last) for each in above if self.targets[each.target].is_dated]
        people = [each for each in above if isinstance(self.targets[each.target].column.kind, Link)]
        if people and last in NAME_OF:
            return people
        if any(self._names_staff(each) for each in people):
            # 电话 below 接待人 is not the visitor's.
            return []
        alone = [replace(each, order=each.order + _ALONE) for each in self._meanings(texts[1:])]
        return alone or [each for each in above if self.targets[each.target].is_long]

    def _names_staff(self, meaning: _Meaning) -> bool:
        kind = self.targets[meaning.target].column.kind
        return isinstance(kind, Link) and kind.to != "person"

    def _of_two(self, text: str) -> list[_Meaning]:
        """Read 姓名及电话 as 姓名: who reads its cells finds the telephone in them."""
        found = [meanings for part in parts_of(text) if (meanings := self._known_as(part))]
        people = [each for each in found if isinstance(self.targets[each[0].target].column.kind, Link)]
        return (people or found or [[]])[0]


def _assigned(
    pairs: Sequence[tuple[_Meaning, Head]], known: Mapping[str, Target], clocks: Collection[int]
) -> Iterator[Use]:
    """Give each target the heading that fits best, and each heading the targets that fit it equally well."""
    taken: dict[str, list[Use]] = {}
    level: dict[int, int] = {}
    for meaning, head in pairs:
        if level.get(head.place, meaning.level) < meaning.level:
            continue
        target = known[meaning.target]
        use = Use(head, target, meaning.part)
        others = taken.setdefault(target.name, [])
        if others and not _joins(use, others, clocks):
            continue
        others.append(use)
        level[head.place] = meaning.level
        yield use


def _joins(use: Use, others: Sequence[Use], clocks: Collection[int]) -> bool:
    """Tell whether one more column belongs to a target: pieces of a day, its hour, more words."""
    if not use.target.is_dated:
        return use.target.is_long
    pieces = sum(bool(each.part) for each in (use, *others))
    hours = sum(each.head.place in clocks for each in (use, *others) if not each.part)
    days = len(others) + 1 - pieces - hours
    return hours <= 1 and days + bool(pieces) <= 1


def _served_beside(
    pairs: Sequence[tuple[_Meaning, Head]],
    uses: Sequence[Use],
    known: Mapping[str, Target],
    needed: Collection[str],
) -> list[Use]:
    """Give what is needed and has no heading the one that names it less well: 收件日期 is a day, after all."""
    served = {use.target.name for use in uses}
    found: dict[str, Use] = {}
    for meaning, head in pairs:
        if meaning.target in needed and meaning.target not in served:
            found.setdefault(meaning.target, Use(head, known[meaning.target], meaning.part))
    return list(found.values())
