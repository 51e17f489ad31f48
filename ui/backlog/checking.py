"""Having the desk look at typed rows: each is asked for once, and answers of rows changed since are dropped."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ui.backlog.grid import Grid
from ui.backlog.model import GridModel
from ui.backlog.trial import Told, Typed, try_out
from ui.here import here
from ui.office import Office


class Checking(QObject):
    """Looks at the rows of one grid; `told` says that something else is said of them now."""

    told = Signal()

    def __init__(self, parent: QObject, office: Office, model: GridModel, grid: Grid) -> None:
        super().__init__(parent)
        self._office, self._model, self._grid = office, model, grid
        #: While rows are being stored they are looked at there.
        self.is_held = False

    def soon(self) -> None:
        """Look at the rows once the window has shown them: many may just have come."""
        QTimer.singleShot(0, self, self.check)

    def check(self) -> None:
        """Have the desk look at the rows that it has not seen as they stand, but for the one that is typed in."""
        rows, current = self._model.rows, self._grid.currentIndex().row()
        places = [
            place
            for place in rows.filled()
            if not rows[place].is_checked and (place != current or self._grid.line is None)
        ]
        if not places or self.is_held:
            return
        for place in places:
            rows[place].is_checked = True
        asked, layout, batch = rows.typed(places), self._model.layout_, self._model.batch
        self._office.ask(
            lambda desk: try_out(desk, layout, asked, batch), here(self, partial(self._take, asked))
        )

    def _take(self, asked: Sequence[Typed], told: Sequence[Told]) -> None:
        """Take what the desk says, but of no row that was changed since it was asked."""
        rows = self._model.rows
        places = rows.place_of()
        there = {
            row.serial: row
            for row in rows.typed(places[each.serial] for each in asked if each.serial in places)
        }
        self._model.take(
            [each for each, row in zip(told, asked, strict=True) if there.get(each.serial) == row]
        )
        self.told.emit()
