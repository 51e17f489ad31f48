"""Books: printed selections of a register. Three paper books may share one table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ojr_desk.moments import Month
from ojr_desk.register.privacy import Privacy

#: A record and its dated steps up to the book's day, oldest first.
Story = Callable[[Any, Sequence[Any]], Any]
#: The records of earlier months, those of this one, and the month.
Closing = Callable[[Sequence[Any], Sequence[Any], Month], Iterable[str]]


@dataclass(frozen=True)
class Drawn:
    """A column of a book that no single field holds: told from the record and its steps so far.

    *of* names the link whose record's name stands below *text*. What is not *sent* stays out of the books
    that go to the superior. *dates* says that it tells when the record happened, *right* that it is a number.
    """

    label: str
    width_mm: float
    text: Story
    privacy: Privacy = Privacy.OPEN
    of: str = ""
    sent: bool = True
    dates: bool = False
    right: bool = False


@dataclass(frozen=True)
class Running:
    """A column told from all the records up to each, as a balance is.

    *tell* is given the records of earlier months and those of this one, and has a text for each of these.
    """

    label: str
    width_mm: float
    tell: Callable[[Sequence[Any], Sequence[Any]], Sequence[str]]
    privacy: Privacy = Privacy.OPEN
    sent: bool = True


@dataclass(frozen=True)
class Shown:
    """A field in a book, where its label or width differs from the declaration's; *of* follows a link."""

    name: str
    label: str = ""
    width_mm: float = 0
    of: str = ""


@dataclass(frozen=True)
class Count:
    """A number that the book adds up for each page and for the month; *aside* ones come after 其中.

    One of *money* is counted in cents and told in yuan.
    """

    code: str
    label: str
    unit: str
    value: Story
    aside: bool = False
    money: bool = False


@dataclass(frozen=True)
class Ratio:
    """A share of two sums, such as 办结率: recomputed from the sums, never itself summed.

    *part* and *whole* are codes of counts.
    """

    label: str
    part: str
    whole: str


@dataclass(frozen=True)
class Book:
    """A printed selection of one register's records over a month.

    *only* holds the choices that select its records; *carries* tells of a record and its steps up to
    the month's beginning whether it was still going on, and so stands in this month's book too. Below
    the table those are named that are at least *overdue* working days late, where that is not nought. *closing*
    tells, from the records of earlier months, those of this one and the month, what stands below its totals.
    """

    code: str
    title: str
    columns: tuple[str | Shown | Drawn | Running, ...]
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    unit: str = ""
    number: str = ""
    carries: Story | None = None
    landscape: bool = True
    overdue: int = 0
    closing: Closing | None = None
