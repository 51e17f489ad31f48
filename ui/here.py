"""Answers that come after the window is closed."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

T = TypeVar("T")


def here(asker: QObject, done: Callable[[T], object]) -> Callable[[T], None]:
    """Hand an answer to *done* only while who asked is still there."""

    def deliver(answer: T) -> None:
        if isValid(asker):
            done(answer)

    return deliver
