"""A rectangle from WPS or Excel on its way from the clipboard into the grid."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ojr_desk.exchange.old_book_hints import Hints, Memory
from ojr_desk.exchange.reading import ReadSheet
from ojr_desk.problems import UserError
from ojr_desk.text import _
from ui.backlog.clipboard import sheet_of
from ui.backlog.grid import Grid
from ui.backlog.layout import Cells
from ui.backlog.model import GridModel
from ui.backlog.paste_dialog import PasteDialog
from ui.backlog.pasted import Pasted
from ui.front import present
from ui.here import here
from ui.notice import Notice
from ui.office import Office


class Pasting(QObject):
    """Shows what lies on the clipboard, and puts it in once a person agrees; `put_in` tells that it is there."""

    put_in = Signal()

    def __init__(self, parent: QObject, office: Office, model: GridModel, grid: Grid, notice: Notice) -> None:
        super().__init__(parent)
        self._office, self._model, self._grid, self._notice = office, model, grid, notice

    def paste(self) -> None:
        """Show what lies on the clipboard, as a table to be taken."""
        self._grid.settle()
        mime = QApplication.clipboard().mimeData()
        text, html = mime.text(), mime.html() if mime.hasHtml() else ""
        self._office.draw(
            lambda: sheet_of(text, html), here(self, self._ask_memory), here(self, self._refused)
        )

    def _ask_memory(self, sheet: ReadSheet) -> None:
        """Ask what is known of such tables, as for a book that is loaded."""
        code = self._model.layout_.register.code

        def show(memory: Memory) -> None:
            at = self._grid.currentIndex()
            column = at.column() if at.isValid() else 0
            present(PasteDialog(self._office, self._model.layout_, (sheet, column, memory), self._take))

        def remembered(desk: Any) -> Memory:
            found: Memory = desk.old_books.memory(code)
            return found

        self._office.ask(remembered, here(self, show), here(self, self._refused))

    def _take(self, pasted: Pasted, said: Hints) -> None:
        """Put a table in, and keep what a person said of it for the next one with these headings."""
        layout, batch, now = self._model.layout_, self._model.batch, self._office.now()
        code, key = layout.register.code, pasted.key
        if key and (said.columns or said.words):
            self._office.ask(lambda desk: desk.old_books.remember(code, key, said), _nothing, _nothing)
        self._model.widen(pasted.names)
        self._office.draw(
            lambda: [layout.tidy(cells, batch, now) for cells in pasted.rows], here(self, self._put_in)
        )

    def _put_in(self, rows: Sequence[Cells]) -> None:
        """Put rows in where the cursor stands."""
        at = self._grid.currentIndex()
        place = at.row() if at.isValid() else 0
        self._model.put_in(place, rows)
        self._notice.tell(_("已放进 {count} 行，还没有保存。").format(count=len(rows)))
        self.put_in.emit()
        self._grid.go(place, 0)

    def _refused(self, error: UserError) -> None:
        self._notice.refuse(error.message)


def _nothing(_answer: object) -> None:
    """Do nothing: that headings could not be remembered costs nobody a row."""
