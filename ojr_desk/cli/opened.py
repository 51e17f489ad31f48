"""The office that a command works on, opened for as long as it runs."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from ojr_desk import paths
from ojr_desk.cli.telling import Answer
from ojr_desk.desk import Desk, rehearsed

#: What a command answers, and its exit status.
Outcome = tuple[Answer, int]


@contextmanager
def opened(asked: Namespace) -> Iterator[Desk]:
    """Open the office that is meant, and let go of it."""
    desk = Desk.open(paths.data_folder(asked.data), clock(asked), asked.user)
    try:
        yield desk
    finally:
        desk.close()


def clock(asked: Namespace) -> Any:
    """Give the clock: that of the rehearsal, if a day was named."""
    return rehearsed(asked.today) if asked.today else datetime.now
