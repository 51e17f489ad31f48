"""事项类别: the county's list as one office offers it, with nine digits, its own words, and what it hides.

The list is the county's and lies in the program, so that its sums can be compared. What an office sets is
one standing row for each matter it has something to say of: it has a page, a history and a check like any other.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from ojr_desk.desk.entries import add_all, change_one
from ojr_desk.desk.in_force import in_force
from ojr_desk.desk.office import Office
from ojr_desk.moments import Month, plain
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS
from ojr_desk.registers.category import aliases_of
from ojr_desk.registers.matters import MATTERS
from ojr_desk.rules.pinyin import initials
from ojr_desk.store import records
from ojr_desk.store.grams import fold
from ojr_desk.text import _

DIGITS = range(1, 10)
#: What has a digit where nobody has come yet.
USUAL = (
    "civil.relief",
    "insurance.pension",
    "insurance.medical",
    "insurance.card",
    "papers",
    "housing.plot",
    "environment",
    "facilities.road",
    "neighbours",
)
#: Whole months whose intakes tell what is often used, and how many intakes at most.
_MONTHS, _MOST = 12, 3000
_OFTEN = text(
    "SELECT matter_category, count(*) FROM (SELECT matter_category, center, record_status FROM intake "
    "WHERE occurred_at >= :since AND occurred_at < :until ORDER BY occurred_at DESC, id DESC LIMIT :most) "
    "WHERE center = :center AND record_status <> 'void' AND matter_category IS NOT NULL GROUP BY 1"
)


@dataclass(frozen=True)
class Category:
    """One matter as the office offers it: its digit, whether the office chose that, the words it is found by."""

    matter: str
    digit: int | None = None
    is_chosen: bool = False
    aliases: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def label(self) -> str:
        """Its name in the county's list, in the language in use."""
        return _(MATTERS[self.matter])


class Categories:
    """The matters that this office offers."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._often: tuple[Month, Counter[str]] | None = None

    def all(self) -> tuple[Category, ...]:
        """List every matter in the county's order, hidden ones too."""
        with self._office.reading() as session:
            return tuple(self._arranged(session))

    def offered(self) -> tuple[Category, ...]:
        """List what is offered: the nine by their digits, then the others in the county's order.

        A digit that the office did not give goes to what was used most in the twelve whole months before
        this one; among themselves these keep the county's order, so that keys do not move with every visitor.
        """
        shown = [each for each in self.all() if not each.hidden]
        return tuple(sorted(shown, key=lambda each: each.digit or len(DIGITS) + 1))

    def find(self, typed: str, limit: int = 12) -> list[Category]:
        """Find what is offered by its digit, an alias, initials or a part of its name, the best first."""
        word = fold(plain(typed))
        if not word:
            return []
        if word.isdecimal():
            return [each for each in self.offered() if str(each.digit) == word]
        ranked = [(rank, each) for each in self.offered() if (rank := _rank(each, word)) is not None]
        return [each for _rank_, each in sorted(ranked, key=lambda one: one[0])[:limit]]

    def set(self, matter: str, values: Mapping[str, Any]) -> Category:
        """Set the digit, the aliases or the hiding of a matter; a digit is taken from who had it."""
        register = REGISTERS["category"]
        if matter not in MATTERS:
            raise Refused(_("没有“{matter}”这一类事项，请从列表里选。").format(matter=matter[:30]))
        if not self._office.enabled(register):
            raise Refused(_("“{title}”没有启用，请先启用。").format(title=_(register.title)))
        told = dict(values)
        digit = plain(str(told.get("digit") or ""))
        if told.get("hidden"):
            told.setdefault("digit", None)
        elif digit:
            told.setdefault("hidden", False)
        with self._office.writing("edit category") as session:
            rows = in_force(session, self._office, "category", self._office.today())
            own = [row.uid for row in rows if row.matter == matter]
            for row in rows:
                if row.matter != matter and str(row.digit) == digit:
                    other = records.get(session, register, row.uid)
                    change_one(session, self._office, register, other, {"digit": None})
            if own:
                change_one(session, self._office, register, records.get(session, register, own[-1]), told)
            else:
                given = self._office.given(session)
                add_all(session, self._office, register, [{"matter": matter, **told}], given)
        return next(each for each in self.all() if each.matter == matter)

    def _arranged(self, session: Session) -> Iterator[Category]:
        own = {row.matter: row for row in in_force(session, self._office, "category", self._office.today())}
        hidden = {matter for matter, row in own.items() if row.hidden}
        # Of two rows with one digit the one that was entered last has it.
        chosen = {row.digit: matter for matter, row in own.items() if row.digit and matter not in hidden}
        rest = [digit for digit in DIGITS if digit not in chosen]
        taken = hidden | set(chosen.values())
        free = [matter for matter in self._by_use(session) if matter not in taken][: len(rest)]
        given = dict(zip(sorted(free, key=list(MATTERS).index), rest, strict=False))
        digits = {matter: digit for digit, matter in chosen.items()}
        for matter in MATTERS:
            row = own.get(matter)
            yield Category(
                matter,
                digits.get(matter) or given.get(matter),
                matter in digits,
                aliases_of(row.aliases) if row else (),
                matter in hidden,
            )

    def _by_use(self, session: Session) -> list[str]:
        """List all matters, what was used most first, then what is usual elsewhere."""
        often = self._counted(session)
        usual = [*USUAL, *(matter for matter in MATTERS if matter not in USUAL)]
        return sorted(usual, key=lambda matter: -often[matter])

    def _counted(self, session: Session) -> Counter[str]:
        """Count what came in the months before this one; they are over, so once a month is enough."""
        month = Month.of(self._office.today())
        if self._often is None or self._often[0] != month:
            since = Month(month.year - _MONTHS // 12, month.month)
            values = {"since": since.first.isoformat(), "until": month.first.isoformat(), "most": _MOST}
            found = session.execute(_OFTEN, {**values, "center": self._office.center})
            self._often = month, Counter(dict(found.all()))
        return self._often[1]


def _rank(category: Category, word: str) -> int | None:
    """Tell how well a matter fits a folded word, 0 the best; None if not at all."""
    names, spelt = _keys(category, category.label)
    tests = (
        word in names,
        any(name.startswith(word) for name in names),
        any(key.startswith(word) for key in spelt),
        any(word in each for each in (*names, *spelt)),
    )
    return next((rank for rank, fits in enumerate(tests) if fits), None)


@lru_cache(1024)
def _keys(category: Category, spoken: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the words of a matter, folded, and their initials: its levels, its whole name, its aliases."""
    labels = dict.fromkeys((MATTERS[category.matter], spoken))
    words = [*category.aliases]
    for label in labels:
        words += [label, *re.split(r"\W+", label)]
    names = dict.fromkeys(fold(word) for word in words)
    return tuple(names), tuple(key for name in names for key in initials(name))
