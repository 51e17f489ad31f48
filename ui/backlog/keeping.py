"""The rows of a grid in the data folder until they are stored: a power cut costs two seconds of work."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer

from ui import drafts
from ui.backlog.grid import Grid
from ui.backlog.layout import Batch, Cell, Cells, Layout
from ui.backlog.model import GridModel
from ui.here import here
from ui.office import Office

#: How long after the first key the rows are kept, in milliseconds.
_AFTER = 2000
_FILE = "backlog-{key}"
#: Bytes of a file of rows: as many as may be pasted, each with long words.
_LONGEST = 100_000_000


class Keeping(QObject):
    """Keeps the rows of one grid; files are written and read on their lane, so that a slow disk holds nobody up."""

    def __init__(self, parent: QObject, office: Office, key: str, model: GridModel, grid: Grid) -> None:
        super().__init__(parent)
        self._office, self._model, self._grid = office, model, grid
        self._key = _FILE.format(key=key)
        #: Until the rows of last time are here, and while rows are being stored, nothing is written.
        self.is_held = True
        self._timer = QTimer(self, singleShot=True, interval=_AFTER)
        self._timer.timeout.connect(self.keep)

    def later(self) -> None:
        """Keep what is typed soon."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keep what is typed, also in the cell that is open."""
        self._timer.stop()
        if not self.is_held:
            write = self.writer(self._model.rows.filled())
            self._office.draw(write, _nothing)

    def writer(self, places: Sequence[int]) -> Callable[[], None]:
        """Make what writes these rows, as they stand now, into the data folder."""
        folder, key, layout, batch = self._office.folder, self._key, self._model.layout_, self._model.batch
        found = {place: dict(self._model.rows[place].cells) for place in places}
        if (half := self._grid.half_typed) is not None:
            place, name, text = half
            found[place] = {**found.get(place, {}), name: Cell(text)}
        rows = [cells for _place, cells in sorted(found.items())]
        return lambda: drafts.keep(folder, key, drafted(layout, rows, batch))

    def recall(self, done: Callable[[list[Cells], Sequence[str]], object]) -> None:
        """Bring the rows of last time, and what held for all of them; *done* gets both."""
        folder, key, known = self._office.folder, self._key, self._model.layout_.known

        def recalled(draft: drafts.Draft) -> None:
            self.is_held = False
            done(restored(draft.get("rows", ("", ""))[0], known), draft.get("batch", ()))

        self._office.draw(lambda: drafts.recall(folder, key, _LONGEST), here(self, recalled))


def drafted(layout: Layout, rows: Sequence[Cells], batch: Batch) -> drafts.Draft:
    """Write rows as the file holds them, of what is sealed next to nothing; where there are none, nothing."""
    found = []
    for cells in rows:
        allowed = layout.allowed(cells)
        kept = {
            name: (cell.text, cell.uid)
            for name, cell in cells.items()
            if cell.text and (allowed is None or name in allowed)
        }
        if kept:
            found.append(kept)
    return {"rows": (found, ""), "batch": (batch.reason, f"{batch.hour:%H:%M}")} if found else {}


def restored(kept: object, known: Mapping[str, object]) -> list[Cells]:
    """Read the rows that `drafted` wrote; what is not of that shape, or of no *known* column, is left out."""
    found: list[Cells] = []
    for row in kept if isinstance(kept, list) else ():
        if isinstance(row, Mapping):
            cells = {
                str(name): Cell(str(cell[0]), str(cell[1]))
                for name, cell in row.items()
                if isinstance(cell, Sequence) and len(cell) == 2 and not isinstance(cell, str)
            }
            found.append({name: cell for name, cell in cells.items() if name in known})
    return [cells for cells in found if cells]


def _nothing(_done: object) -> None:
    """Do nothing."""
