"""What a form is made of, and what stands in it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from ojr_desk.register import Column, Link, is_blank
from ui.editor import Editor

Reads = Callable[[Mapping[str, Any]], frozenset[str] | None]
Make = Callable[[QWidget, Column], Editor]


class Plan(NamedTuple):
    """What a form is made of: its columns, those folded away, those required here, and which may be read at all.

    *first* holds what stands in a new record's fields in place of their defaults, *makers* what makes the
    editors that are not the usual ones of their kind. From so many letters on, *two_columns*, fields stand in pairs.
    """

    columns: tuple[Column, ...]
    folded: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    reads: Reads | None = None
    first: Mapping[str, Any] = MappingProxyType({})
    makers: Mapping[str, Make] = MappingProxyType({})
    two_columns: int = 50


class Content(NamedTuple):
    """What stands in a form: a value for each column, the names of linked records, and what is masked."""

    values: Mapping[str, Any] = MappingProxyType({})
    labels: Mapping[str, str] = MappingProxyType({})
    masked: bool = False

    def text(self, column: Column) -> str:
        """Write the value of *column* as a person would type it."""
        value: Any = self.values.get(column.name)
        if is_blank(value):
            return ""
        if isinstance(column.kind, Link):
            return self.labels.get(value, "")
        return column.called(value) if column.called else column.kind.show(value)
