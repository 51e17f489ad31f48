"""Pages of settings: read anew whenever they are seen, and those that are a line for each thing, stored by itself."""

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.problems import Invalid, UserError
from ui.flow import empty
from ui.notice import Notice
from ui.office import Office
from ui.page import Page
from ui.scrolled import scrolled
from ui.style import faint


class FreshPage(Page):
    """A page that is read anew when it is seen, unless something is half typed."""

    def reload(self) -> None:
        """Read anew what is shown."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells."""
        super().showEvent(event)
        if not self.is_touched:
            self.reload()


class LinesPage(FreshPage):
    """A remark above lines of controls, one line for each key in `rows`."""

    def __init__(self, parent: QWidget, office: Office, remark: str) -> None:
        super().__init__(parent)
        self._office = office
        self.rows: dict[str, Any] = {}
        self.notice = Notice(self)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setHorizontalSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.addWidget(faint(remark, self))
        column.addWidget(self.notice)
        column.addWidget(scrolled(inside), 1)

    def _start_lines(self, *heads: str) -> None:
        """Empty the page and write the heads of its columns."""
        empty(self._grid)
        self.rows = {}
        for at, head in enumerate(heads):
            self._grid.addWidget(QLabel(head), 0, at)

    def _refused(self, error: UserError) -> None:
        problems = error.problems if isinstance(error, Invalid) else ()
        self.notice.refuse(*([each.message for each in problems] or [error.message]))
