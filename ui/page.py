"""What every page of the window is."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Act(NamedTuple):
    """Something that a key does: the key as Qt writes it, the words beside it, and what happens."""

    key: str
    words: str
    do: Callable[[], object]


class Page(QWidget):
    """One page of the menu. `acts_changed` tells that its keys do something else now."""

    acts_changed = Signal()

    @property
    def acts(self) -> tuple[Act, ...]:
        """List what the keys do here, besides what they do everywhere; shown at the foot of the window."""
        return ()

    def put_by(self) -> None:
        """Keep what is half typed: the window is going to close."""

    @property
    def is_touched(self) -> bool:
        """Tell whether anything that was typed here would be lost with the window."""
        return False
