"""The button by which a superior marks a record of a village."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from ojr_desk.register import Register
from ojr_desk.text import _
from ui.front import present
from ui.office import Office


class MarkButton(QPushButton):
    """Opens the marks of the record that is shown, as long as another centre reported it."""

    def __init__(
        self, parent: QWidget, office: Office, register: Register, marked: Callable[[], object]
    ) -> None:
        super().__init__(_("批注…"), parent)
        self._office, self._register, self._marked = office, register, marked
        self._record: Any = None
        self.clicked.connect(self._open)
        self.hide()

    def show_record(self, record: Any) -> None:
        """Belong to a record, or to none of which anything could be marked."""
        self._record = record
        self.setVisible(bool(record.center != self._office.facts.center and self._register.sent))

    def _open(self) -> None:
        from ui.mark_dialog import MarkDialog  # noqa: PLC0415 - the first form must not wait for it

        present(MarkDialog(self._office, self._register, self._record, self._marked))
