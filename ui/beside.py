"""What some registers show of a record besides its form, such as the steps of a case."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Beside(QWidget):
    """A leaf beside the form of a stored record; `changed` tells that it changed the record."""

    changed = Signal()
    #: Whether it is seen before the form.
    comes_first = False

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    @property
    def words(self) -> str:
        """What the leaf is called."""
        raise NotImplementedError

    def show_record(self, record: Any) -> None:
        """Show what belongs to *record*."""
        raise NotImplementedError
