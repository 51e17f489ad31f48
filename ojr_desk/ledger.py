"""A ledger: one book over one month, for one audience, as text that is ready for paper."""

from dataclasses import dataclass, field
from decimal import Decimal

from ojr_desk.text import _, listed


@dataclass(frozen=True)
class Heading:
    """One column of a ledger: its label and its width in millimetres."""

    label: str
    width_mm: float
    right: bool = False


@dataclass(frozen=True)
class Measure:
    """A number that every row carries and that pages and months add up; *values* has one per row.

    An *aside* measure (咨询, 办事 …) is told after 「其中」 and left out when its sum is nought. Those of *money*
    are cents.
    """

    label: str
    unit: str
    values: tuple[int, ...]
    aside: bool = False
    money: bool = False


@dataclass(frozen=True)
class Ledger:
    """One book over one month for one audience. Rows are text, masked already for the audience.

    *facts* stand in the line above the table, *closing* are lines below the month's total,
    *amendments* are the lines of 上期更正, *foot* is the small print of every page; *numbers* are what
    people call the rows by. Where the rows do not *add_up*, as in a table of indicators, no sums are told;
    where they are not those of one month, as in a list up to a day, the sum is not told as the month's.
    """

    title: str
    period: str
    facts: tuple[str, ...]
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    code: str
    measures: tuple[Measure, ...] = ()
    closing: tuple[str, ...] = ()
    amendments: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    foot: str = ""
    landscape: bool = True
    watermark: str = ""
    numbers: tuple[str, ...] = ()
    add_up: bool = True
    of_one_month: bool = True
    totals: dict[str, int] = field(default_factory=dict, compare=False)

    def tally(self, start: int = 0, stop: int | None = None) -> str:
        """Add up the measures of rows *start* to *stop* and say so, as `来访 12 件 18 人次`."""
        plain = [_told(m, start, stop) for m in self.measures if not m.aside]
        aside = [_told(m, start, stop) for m in self.measures if m.aside and any(m.values[start:stop])]
        told = " ".join(plain)
        return _("{sums}　其中：{parts}").format(sums=told, parts=listed(aside)) if aside else told


def _told(measure: Measure, start: int, stop: int | None) -> str:
    total = sum(measure.values[start:stop])
    told = f"{Decimal(total).scaleb(-2):,.2f}" if measure.money else str(total)
    return " ".join(part for part in (measure.label, told, measure.unit) if part)
