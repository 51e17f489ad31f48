"""What stands in front of the window: dialogs, each kept until it is closed."""

from PySide6.QtWidgets import QApplication, QDialog, QWidget

#: Python lets go of a dialog that nobody names any more, and Qt would take it off the screen with it.
_kept: set[QDialog] = set()


def front() -> QWidget | None:
    """Answer with the window that a dialog belongs over."""
    return QApplication.activeModalWidget() or QApplication.activeWindow()


def keep(dialog: QDialog) -> None:
    """Keep *dialog* until it is closed."""
    _kept.add(dialog)
    dialog.finished.connect(lambda _answer: _kept.discard(dialog))


def present(dialog: QDialog) -> None:
    """Show *dialog* over the window without stopping anything, and keep it until it is closed."""
    keep(dialog)
    dialog.open()
