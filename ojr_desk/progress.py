"""How long work tells how far it is, and how a person stops it."""

from collections.abc import Callable

#: Called with what is done and what there is in all; raises `Cancelled` to stop the work.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Take notice of nothing: the default of every function that reports progress."""
