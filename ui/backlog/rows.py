"""The rows that are being typed: what stands in them, what goes on from above, and what the desk says of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from ojr_desk.problems import Problem
from ojr_desk.text import _
from ui.backlog.layout import Cell, Cells, Layout
from ui.backlog.trial import Told, Typed


class Row:
    """One row that is being typed."""

    def __init__(self, serial: int, cells: Cells) -> None:
        self.serial, self.cells = serial, cells
        self.problems: tuple[Problem, ...] = ()
        self.notes: tuple[Problem, ...] = ()
        #: Whether the desk has seen it as it stands.
        self.is_checked = not cells

    def said_of(self, name: str | None) -> tuple[str, ...]:
        """List what is said of one column."""
        return tuple(each.message for each in (*self.problems, *self.notes) if each.column == name)

    def is_wrong(self, name: str) -> bool:
        """Tell whether something in one column is wrong."""
        return any(each.column == name for each in self.problems)

    def is_to_be_minded(self, name: str) -> bool:
        """Tell whether something in one column is to be minded."""
        return any(each.column == name for each in self.notes)


class Complaint(NamedTuple):
    """What is said of a row: its place, the column's or -1, the sentence, and whether it is wrong."""

    row: int
    column: int
    message: str
    is_wrong: bool

    def words(self, layout: Layout) -> str:
        """Write it with row and column."""
        if self.column < 0:
            return _("第 {row} 行：{what}").format(row=self.row + 1, what=self.message)
        told = _("第 {row} 行“{label}”：{what}")
        label = layout.label(layout.columns[self.column])
        return told.format(row=self.row + 1, label=label, what=self.message)


class Rows(Sequence[Row]):
    """All rows from the top; the last one is always empty."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._serials = count(1)
        #: What goes on into the first row.
        self.firsts: Cells = {}
        self._rows: list[Row] = [self.blank()]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> Row:  # type: ignore[override] # nobody asks for several at once
        return self._rows[place]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def blank(self) -> Row:
        """Make an empty row."""
        return self.made({})

    def made(self, cells: Cells) -> Row:
        """Make a row that nothing was said of yet."""
        return Row(next(self._serials), dict(cells))

    def cell(self, place: int, name: str) -> Cell:
        """Answer with what a cell holds, or what goes on into it from above."""
        for at in range(place, -1, -1):
            if (own := self._rows[at].cells.get(name)) is not None:
                return own
            if name not in self._layout.carried:
                return Cell()
        return self.firsts.get(name, Cell())

    def behind(self, place: int, name: str) -> str:
        """Write what an empty cell stands for."""
        if not self._rows[place].cells:
            return ""
        return self.cell(place, name).text if name in self._layout.carried else self._layout.assumed(name)

    def typed(self, places: Iterable[int]) -> list[Typed]:
        """Give rows, from the top, as they are to be understood."""
        wanted, found = set(places), []
        above = {name: cell for name, cell in self.firsts.items() if name in self._layout.carried}
        for place, row in enumerate(self._rows):
            carried = {
                **above,
                **{name: row.cells[name] for name in self._layout.carried if name in row.cells},
            }
            if place in wanted:
                cells = {**above, **row.cells}
                found.append(Typed(row.serial, {name: cell for name, cell in cells.items() if cell.text}))
            above = carried
        return found

    def filled(self) -> list[int]:
        """List the places of the rows that hold something."""
        return [place for place, row in enumerate(self._rows) if row.cells]

    def place_of(self) -> Mapping[int, int]:
        """Tell where each row stands, by its serial number."""
        return {row.serial: place for place, row in enumerate(self._rows)}

    def take(self, told: Sequence[Told]) -> None:
        """Take in what the desk says of rows; one that has left meanwhile has no use for it."""
        places = self.place_of()
        for each in told:
            place = places.get(each.serial)
            if place is not None:
                row = self._rows[place]
                row.problems, row.notes = each.problems, each.notes
                row.cells.update(each.put)
                for name in [name for name, cell in each.put.items() if not cell.text]:
                    del row.cells[name]

    def changed(self, place: int, name: str) -> None:
        """Take note that a cell is another: what goes on from it is as well."""
        row = self._rows[place]
        row.problems = tuple(each for each in row.problems if each.column != name)
        below = place + 1
        while name in self._layout.carried and below < len(self) and name not in self._rows[below].cells:
            self._rows[below].is_checked = not self._rows[below].cells
            below += 1
        row.is_checked = not row.cells
        if not row.cells:
            row.problems = row.notes = ()

    def recheck(self) -> None:
        """Have all rows checked anew: what holds for all of them was changed."""
        for row in self._rows:
            row.is_checked = not row.cells

    def put(self, place: int, rows: Sequence[Row]) -> None:
        """Put rows in before *place*."""
        self._rows[place:place] = rows

    def take_out(self, first: int, last: int) -> None:
        """Take rows out, from *first* to *last*; what went on from them into the next stays there."""
        if last + 1 < len(self._rows) and self._rows[last + 1].cells:
            for name in self._layout.carried:
                if name not in self._rows[last + 1].cells and (cell := self.cell(last, name)).text:
                    self._rows[last + 1].cells[name] = cell
        del self._rows[first : last + 1]

    def start_over(self, rows: Sequence[Cells]) -> None:
        """Hold these rows, and an empty one."""
        self._rows = [self.made(cells) for cells in rows if cells] + [self.blank()]

    def runs(self, serials: Iterable[int]) -> list[tuple[int, int]]:
        """Find the rows of these serial numbers as runs from a first to a last place, the lowest first."""
        gone, found = set(serials), list[tuple[int, int]]()
        for place in [place for place, row in enumerate(self._rows) if row.serial in gone]:
            if found and found[-1][1] == place - 1:
                found[-1] = (found[-1][0], place)
            else:
                found.append((place, place))
        return found[::-1]

    def complaints(self) -> list[Complaint]:
        """List what is said of rows."""
        names = {name: at for at, name in enumerate(self._layout.names)}
        return [
            Complaint(place, names.get(each.column or "", -1), each.message, is_wrong)
            for place, row in enumerate(self._rows)
            for is_wrong, said in ((True, row.problems), (False, row.notes))
            for each in said
        ]
