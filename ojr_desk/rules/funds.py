"""Sums of the memo book, in whole cents: what an entry adds, and what is left of each source after it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any


def signed(entry: Any) -> int:
    """Return the cents that an entry adds to its source, or takes from it; a void one does neither."""
    if entry.record_status == "void" or entry.amount is None:
        return 0
    cents = int(entry.amount * 100)
    return -cents if entry.direction == "expense" else cents


def balances(entries: Iterable[Any]) -> list[int]:
    """Return what is left of its own source after each entry, in the order given."""
    left: dict[str, int] = {}
    found = []
    for entry in entries:
        left[entry.fund_source] = left.get(entry.fund_source, 0) + signed(entry)
        found.append(left[entry.fund_source])
    return found


def by_source(entries: Iterable[Any]) -> Mapping[str, int]:
    """Return what is left of each source after all of *entries*."""
    left: dict[str, int] = {}
    for entry in entries:
        left[entry.fund_source] = left.get(entry.fund_source, 0) + signed(entry)
    return left


def uncovered(entries: Sequence[Any]) -> Any:
    """Return the first of one source's entries after which less than nothing is left, with nobody saying why."""
    return next(
        (
            (entry, left)
            for entry, left in zip(entries, balances(entries), strict=True)
            if left < 0 and signed(entry) < 0 and not entry.overdraft_reason
        ),
        None,
    )


def told(cents: int) -> str:
    """Write cents as 1,234.50."""
    return f"{Decimal(cents).scaleb(-2):,.2f}"
