"""The columns of a table: how wide each is, and how its cells are set."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ojr_desk.ledger import Heading
from ojr_desk.printing.breaking import balanced
from ojr_desk.printing.fonts import SERIF, heading_face
from ojr_desk.printing.page import LEFT
from ojr_desk.printing.paper import MM
from ojr_desk.problems import Refused
from ojr_desk.text import _, aloud

PAD = 1 * MM
HEADING_SIZE = 10.5
CENTRED = 0.5
_HEADING_PAD = 0.4 * MM
_CENTRED_MM = 30

#: One line of text per entry.
Lines = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """Where a column stands and how its cells are set.

    *align* is 0 for cells that begin at the left, 1 for cells that end at the right, ½ for centred ones.
    So many as *most* characters fit on a line whatever they are; *even* is the width of each, in
    thousandths of the size, if all are alike: both spare measuring most cells.
    """

    x: float
    width: float
    label: Lines = ()
    align: float = 0
    most: int = 0
    even: float | None = None

    @cached_property
    def anchor(self) -> float:
        """Where lines begin, end or have their middle."""
        return self.x + PAD + self.align * (self.width - 2 * PAD)

    @property
    def middle(self) -> float:
        """Half-way from one side to the other."""
        return self.x + self.width / 2

    def room(self, size: float) -> float:
        """Return how long a line may be, in thousandths of *size*."""
        return (self.width - 2 * PAD) / size * 1000


def columns(
    headings: Sequence[Heading], alphabets: Sequence[set[str]], usable: float, size: float
) -> tuple[Column, ...]:
    """Place *headings* side by side over *usable* points, in the proportions that they ask for.

    *alphabets* are the characters of each column. A column is never narrower than one character; raises
    `Refused` when that cannot be.
    """
    least = max(size, HEADING_SIZE) + 2 * PAD
    if least * len(headings) > usable:
        with aloud():
            told = _("有 {count} 栏，一页纸放不下：请少选几栏，或改用横向纸张。")
        raise Refused(told.format(count=len(headings)))
    shares = _shared([heading.width_mm for heading in headings], usable, least)
    placed, x = [], LEFT
    for heading, width, alphabet in zip(headings, shares, alphabets, strict=True):
        label_room = (width - 2 * _HEADING_PAD) / HEADING_SIZE * 1000
        label = balanced(heading.label, label_room, heading_face(heading.label).widths)
        align = 1 if heading.right else CENTRED if heading.width_mm <= _CENTRED_MM else 0
        column = Column(x, width, label, align)
        widths = {SERIF.widths[character] for character in alphabet - {"\n"}} or {1000}
        most = 0 if "\n" in alphabet else int(column.room(size) / max(*widths, 1))
        placed.append(replace(column, most=most, even=widths.pop() if len(widths) == 1 else None))
        x += width
    return tuple(placed)


def _shared(wanted: Sequence[float], usable: float, least: float) -> list[float]:
    """Share *usable* in the proportions of *wanted*, but give nobody less than *least*."""
    poor: set[int] = set()
    wanted = wanted if any(wanted) else [1] * len(wanted)
    while True:
        rest = usable - least * len(poor)
        total = sum(each for at, each in enumerate(wanted) if at not in poor)
        shares = [least if at in poor else each * rest / total for at, each in enumerate(wanted)]
        short = {at for at, share in enumerate(shares) if share < least and at not in poor}
        if not short:
            return shares
        poor |= short
