"""Buttons with their words, and rows of them."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


def button(
    words: str,
    pressed: Callable[[], object],
    parent: QWidget | None = None,
    *,
    main: bool = False,
    flat: bool = False,
) -> QPushButton:
    """Make a button; the *main* one of a page is red, a *flat* one has no border."""
    made = QPushButton(words, parent)
    if main or flat:
        made.setProperty("main" if main else "flat", True)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def row(*buttons: QPushButton) -> QHBoxLayout:
    """Set buttons side by side, from the left."""
    made = QHBoxLayout()
    for each in buttons:
        made.addWidget(each)
    made.addStretch(1)
    return made
