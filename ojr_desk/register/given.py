"""What the checks of a record may know of the world: plain values and look-ups, handed down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


def _itself(register: str, text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _never(day: date) -> bool:
    return False


def _nothing(text: str) -> str:
    return ""


@dataclass(frozen=True)
class Given:
    """The moment, and the office's answers to 「which record is this?」 and 「is this day's month closed?」.

    *late* tells of a day whether entering it now is back-entry. *opened_on* is the first day of the
    centre; nothing happened before it. *user* is the uid of the staff member at the desk. *undrawn*
    names the characters of a text that no font of ours draws, which so could never be printed.
    """

    now: datetime
    resolve: Callable[[str, str], tuple[str, ...]] = _itself
    closed: Callable[[date], bool] = _never
    late: Callable[[date], bool] = _never
    opened_on: date | None = None
    user: str | None = None
    undrawn: Callable[[str], str] = _nothing
