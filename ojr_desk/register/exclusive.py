"""What only one record may hold at a time: a room between two moments."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exclusive:
    """Records of a register hold a *thing*, which they link to, from *start* up to, not including, *end*.

    Those hold it whose *state* is one of *held* and which are not void. *pause* names the column of the
    thing's own register with the minutes that lie between two uses of it at least.
    """

    thing: str
    start: str
    end: str
    state: str
    held: tuple[str, ...]
    pause: str = ""

    def holding(self, row: str = "") -> str:
        """Write in SQL which records hold the thing, *row* before each column.

        Without *row* these are the very words by which SQLite knows that their index will do.
        """
        states = ", ".join(map(repr, self.held))
        return f"{row}{self.state} IN ({states}) AND {row}record_status <> 'void'"
