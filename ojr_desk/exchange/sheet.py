"""What is to be written: sheets of columns and rows, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from ojr_desk.exchange.cells import Format, Value


@dataclass(frozen=True)
class SheetColumn:
    """One column: its label above, its *width* in characters (a Han character takes two), how it is shown.

    *choices* become a drop-down; *note* is shown while one of its cells is selected.
    """

    name: str
    label: str
    width: float
    format: Format = "text"
    choices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its tab's *name*, the *title* over it, the lines *above* and *below* the table.

    The title stands in row 1, the headings in row `len(above) + 2`, the first record right below them.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[Value]]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    @property
    def first_row(self) -> int:
        """The number of the first record's row."""
        return len(self.above) + 3

    @property
    def last_row(self) -> int:
        """The number of the last row, lines below the table included."""
        return self.first_row - 1 + len(self.rows) + len(self.below)
