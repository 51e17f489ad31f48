"""Whether a manifest says what a manifest can say: it came from outside, and its digest proves no good will."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import InvalidOperation
from typing import Any

from ojr_desk.moments import Month
from ojr_desk.register import Choice, Choices, Column, Flag, Link, Text
from ojr_desk.registers.center import LEVELS
from ojr_desk.store.uid import is_uid

#: A revision counts how often one month was sent; nobody sends it a million times.
MOST_REVISIONS = 1_000_000
#: Control characters, and halves of a sign; rare and self-made characters are written as they are.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: How many characters a name may have.
LONGEST = 200
#: More registers, columns of one, or choices of one column nobody keeps.
MOST_SHEAVES, MOST_COLUMNS, MOST_LABELS = 200, 200, 300


def texts(*values: object) -> None:
    """Ask for texts; raises `ValueError`."""
    _ask(all(isinstance(value, str) for value in values))


def lines(*values: object) -> None:
    """Ask for short texts of one line, such as names; raises `ValueError`."""
    _ask(
        all(
            isinstance(value, str) and len(value) <= LONGEST and not _UNWRITABLE.search(value)
            for value in values
        )
    )


def code(value: object) -> None:
    """Ask for letters and digits, which may stand in a file's name; raises `ValueError`."""
    _ask(isinstance(value, str) and len(value) <= LONGEST and (value.isalnum() or not value))


def keys(*values: object) -> None:
    """Ask for keys of records; raises `ValueError`."""
    _ask(all(isinstance(value, str) and is_uid(value) for value in values))


def count(value: object, most: int = MOST_REVISIONS) -> None:
    """Ask for a number from nought on; raises `ValueError`."""
    _ask(isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most)


def period(month: object) -> None:
    """Ask for a month as it is written in files; raises `ValueError`."""
    _ask(isinstance(month, str) and str(Month.parse(month)) == month)


def moment(value: object) -> None:
    """Ask for a local moment; raises `ValueError`."""
    _ask(isinstance(value, str) and datetime.fromisoformat(value).tzinfo is None)


def level(value: object) -> None:
    """Ask for a level of centres; raises `ValueError`."""
    _ask(value in tuple(LEVELS))


def flag(value: object) -> None:
    """Ask for yes or no; raises `ValueError`."""
    _ask(isinstance(value, bool))


def version(value: object) -> int:
    """Ask for the number of a format, which may be far ahead of ours; raises `ValueError`."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError
    return value


def distinct(told: Sequence[object], most: int) -> None:
    """Ask for names of the program's own, none of them twice, at most *most*; raises `ValueError`."""
    _ask(len(told) <= most)
    lines(*told)
    _ask(len(set(told)) == len(told))


def labels(told: object) -> None:
    """Ask for words by what they stand for, such that no word stands for two things; raises `ValueError`."""
    if not isinstance(told, dict):
        raise ValueError
    distinct(list(told), MOST_LABELS)
    distinct(list(told.values()), MOST_LABELS)
    _ask(all(label.strip() for label in told.values()))


def names(told: Mapping[Any, Any]) -> None:
    """Ask for texts by keys of records; raises `ValueError`."""
    keys(*told)
    texts(*told.values())


def rows(found: Sequence[Any]) -> None:
    """Ask for rows with a key of their own each; raises `ValueError`."""
    _ask(all(isinstance(row, dict) for row in found))
    uids = [row.get("uid") for row in found]
    keys(*uids)
    _ask(len(set(uids)) == len(uids))


def values(found: Sequence[Mapping[str, Any]], columns: Sequence[Column], needed: Sequence[str]) -> None:
    """Ask for values that their columns can hold; raises `ValueError`.

    What the program writes by itself and *needed* to place a record must be there.
    """
    for row in found:
        _ask(all(row.get(name) for name in needed))
        for column in columns:
            value = row.get(column.name)
            if value is not None:
                _ask(_fits(column, value))


def _fits(column: Column, value: Any) -> bool:
    """Tell whether *value* is of the sort that `plain_json` writes for the column."""
    kind = column.kind
    if isinstance(kind, Choices):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if isinstance(kind, Flag):
        return isinstance(value, bool)
    if isinstance(kind, Link):
        return isinstance(value, str) and is_uid(value)
    if isinstance(kind, Text | Choice):
        return isinstance(value, str)
    if kind.cell_format == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    try:
        kind.restore(value)
    except (ValueError, TypeError, InvalidOperation):
        return False
    return isinstance(value, str)


def _ask(true: bool) -> None:
    if not true:
        raise ValueError
