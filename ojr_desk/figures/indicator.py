"""What an indicator is: which rows it counts, what of each, and how it adds up over centres and months."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

#: How the months of a sum make a longer time: added, or as the first or the last of them has it (在办, 期末).
ADDED, AT_FIRST, AT_LAST = "added", "at first", "at last"


@dataclass(frozen=True)
class Source:
    """Rows that indicators count, written in SQL of the registers that an office keeps.

    Each row names the `register` and `uid` of one record and its `center`; no record comes twice. The SQL knows
    the parameters `:since` and `:until`, the first day and the one after the last; `:today`; `:late1` and `:late5`, on or
    before which a deadline lies that is late by so many working days; and `{whose}`, a condition on the
    centre of the table `t`. *needs* are the registers that must be kept for it; none means whichever are.
    *given*, of the session and what is asked, adds parameters of its own, for what only a calendar can tell.
    *group* is the word under which tables list what is counted from it.
    """

    code: str
    group: str
    needs: tuple[str, ...]
    sql: Callable[[Collection[str]], str]
    given: Callable[[Any, Any], Mapping[str, str]] | None = None


@dataclass(frozen=True)
class Sum:
    """A number that is added up: *amount* of each row of *source*, in SQL; *scale* parts of it make one *unit*.

    *means* defines it for who reads it. What is not *shown* is only a part of ratios.
    """

    code: str
    title: str
    unit: str
    means: str
    source: Source
    amount: str
    over: str = ADDED
    scale: int = 1
    shown: bool = True


@dataclass(frozen=True)
class Ratio:
    """A share in per cent: the sums *part* over the sums *whole*, recomputed for any months and centres."""

    code: str
    title: str
    means: str
    part: tuple[str, ...]
    whole: tuple[str, ...]
    unit: str = "%"
    shown: bool = True


Indicator = Sum | Ratio
