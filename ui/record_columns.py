"""Which columns a list shows and a form folds away, and what stands in a cell: all derived from the declaration."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ojr_desk.register import Audience, Book, Column, Link, Register, Text, is_blank

#: Longer texts are cut: a row shows no more, and the form shows all.
_LETTERS = 60


class Row(NamedTuple):
    """One record as the table shows it."""

    uid: str
    texts: tuple[str, ...]
    void: bool
    tone: str = ""


def shown_columns(register: Register) -> tuple[Column, ...]:
    """Choose what a list shows, best first: the number, when, whom or what, what must be there, how it stands."""

    def rank(column: Column) -> int:
        if column.name in ("record_no", register.dated_by):
            return 0 if column.name == "record_no" else 1
        if column.name == "center":
            return 2
        if column.name == register.label_by or (column.search and isinstance(column.kind, Link)):
            return 3
        if column.required:
            return 4
        if column.search and not (isinstance(column.kind, Text) and column.kind.long):
            return 5
        return 6 if column.computed else 7

    rare = seldom(register)
    wanted = [
        column
        for column in register.columns
        if column.name in ("record_no", "record_status", "center")
        or not (column.common or column.hidden or column.name in rare)
    ]
    return tuple(sorted(wanted, key=lambda column: (column.name == "record_status", rank(column))))


def seldom(register: Register) -> frozenset[str]:
    """Name the columns that a daily record seldom needs: not required, not searched, in no book, empty at first."""
    if register.standing:
        return frozenset(
            column.name for column in register.typed if column.common and column.name != "valid_from"
        )
    printed = {name for book in register.books for name in _printed(book)}
    return frozenset(
        column.name
        for column in register.typed
        if column.common
        or not (
            column.required
            or column.search
            or column.name in printed
            or column.name == register.dated_by
            or not (is_blank(column.default) and column.default is not False)
        )
    )


def _printed(book: Book) -> set[str]:
    return {
        name
        for each in book.columns
        if (name := each if isinstance(each, str) else getattr(each, "name", ""))
    }


def rows(columns: Sequence[Column], records: Sequence[Any], labels: Any) -> list[Row]:
    """Write *records* as rows of text for the screen."""
    return [
        Row(
            record.uid,
            tuple(_cell(column, getattr(record, column.name), labels) for column in columns),
            record.record_status == "void",
        )
        for record in records
    ]


def _cell(column: Column, value: Any, labels: Any) -> str:
    # What is usual is not said: a list is read by what stands out.
    if (
        value is None
        or value == ""
        or value is False
        or (column.name == "record_status" and value == "normal")
    ):
        return ""
    text = (
        str(labels.get(value, "")) if isinstance(column.kind, Link) else column.cell(value, Audience.SCREEN)
    )
    return " ".join(text[:_LETTERS].split())
