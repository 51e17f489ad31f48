"""What is to be written: sheets of columns and rows, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from ojr_desk.exchange.cells import Format, Value

#: Characters across a page of A4 on its side: with more the letters would be smaller than 6.5 points.
PAGE_WIDTH = 230


@dataclass(frozen=True)
class SheetColumn:
    """One column: its label above, its *width* in characters (a Han character takes two), how it is shown.

    *choices* become a drop-down; *note* is shown while one of its cells is selected. A *hidden* one is
    there and folded away.
    """

    name: str
    label: str
    width: float
    format: Format = "text"
    choices: tuple[str, ...] = ()
    note: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: its tab's *name*, the *title* over it, the lines *above* and *below* the table.

    The title stands in row 1, the headings in row `len(above) + 2`, the first record right below them.
    Where one page is not wide enough the first *fixed* columns stay on the screen and on every page. An
    *upright* one is printed on upright paper.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[Value]]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    fixed: int = 0
    upright: bool = False

    @property
    def pages_across(self) -> int:
        """The number of pages that stand side by side to hold what is shown."""
        return max(1, ceil(sum(each.width for each in self.columns if not each.hidden) / PAGE_WIDTH))

    @property
    def first_row(self) -> int:
        """The number of the first record's row."""
        return len(self.above) + 3

    @property
    def last_row(self) -> int:
        """The number of the last row, lines below the table included."""
        return self.first_row - 1 + len(self.rows) + len(self.below)
