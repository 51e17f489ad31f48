"""What every page of the window is."""

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """One page of the menu."""

    def put_by(self) -> None:
        """Keep what is half typed: the window is going to close."""

    @property
    def is_touched(self) -> bool:
        """Tell whether anything that was typed here would be lost with the window."""
        return False
