"""What the grid asks for: its columns, which of them go on from the row above, and what stands in an empty cell."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, time
from typing import Any, NamedTuple

from ojr_desk import moments
from ojr_desk.exchange.old_book_choices import code_of
from ojr_desk.exchange.old_book_days import is_clock
from ojr_desk.exchange.old_book_headings import Target, link_to_person, targets
from ojr_desk.exchange.old_book_words import is_ditto
from ojr_desk.problems import Wrong
from ojr_desk.register import Choice, Choices, Column, Day, Flag, Given, Link, Moment, Register, is_blank
from ojr_desk.text import _
from ui.view import View

#: The hour of what was written down with its day only: when the counter opens.
HOUR = time(9)


class Cell(NamedTuple):
    """What stands in a cell, and the key of the record that is meant where one was chosen."""

    text: str = ""
    uid: str = ""


#: The cells of one row that hold something, by column.
Cells = dict[str, Cell]


class Layout:
    """The columns of the grid for one view, with what is known of them."""

    def __init__(self, view: View) -> None:
        self.register: Register = view.register
        self.fixed: Mapping[str, Any] = view.plan.first
        self.link = link_to_person(self.register)
        self.known = targets(self.register)
        self._allowed: dict[tuple[tuple[str, str], ...], frozenset[str] | None] = {}
        self.columns: list[Target] = [self.known[name] for name in self._names(view)]
        self._own = {each.name for each in self.register.typed if callable(each.default)}
        #: What goes on from the row above where nothing is written: the day, and who received.
        self.carried = frozenset(self._own | {self.register.dated_by} - {""})

    def add(self, name: str) -> None:
        """Ask for one more column, which a pasted table has."""
        self.columns.append(self.known[name])

    @property
    def names(self) -> list[str]:
        """Name the columns from the left."""
        return [each.name for each in self.columns]

    def label(self, target: Target) -> str:
        """Name a column as its form does."""
        return _(target.column.label)

    def firsts(self, now: datetime, user: str, user_name: str) -> Cells:
        """Give what goes on into the first row: who sits here, but no day."""
        found: Cells = {}
        for name in self._own - {self.register.dated_by}:
            column = self.register.by_name[name]
            value = column.first_value(Given(now, user=user or None))
            if isinstance(column.kind, Link):
                found[name] = Cell(user_name, user) if value and value == user else Cell()
            elif value is not None:
                found[name] = Cell(column.kind.show(value))
        return found

    def assumed(self, name: str) -> str:
        """Write what an empty cell stands for besides."""
        column = self.known[name].column
        if callable(column.default) or is_blank(column.default) or isinstance(column.kind, Flag):
            return ""
        return column.kind.show(column.default)

    def allowed(self, cells: Cells) -> frozenset[str] | None:
        """Name the columns that may be kept of a row; None: all. Of a 检举控告 hardly any may."""
        if self.register.reads is None:
            return None
        # It is told by what is chosen alone, and most rows of a book are alike in that.
        chosen = {
            name: cell.text
            for name, cell in cells.items()
            if isinstance(self.known[name].column.kind, Choice)
        }
        key = tuple(sorted(chosen.items()))
        if key not in self._allowed:
            codes = {name: self._code(name, text) for name, text in chosen.items()}
            self._allowed[key] = self.register.reads({**self.fixed, **codes})
        return self._allowed[key]

    def tidied(self, name: str, text: str, above: str, batch: "Batch", now: datetime) -> str:
        """Write what was typed as it is understood: `t` as the day, `yb` not, 低保 as the whole label."""
        if is_ditto(text):
            return ""
        kind = self.known[name].column.kind
        with suppress(Wrong):
            if isinstance(kind, Moment):
                return moments.show_moment(_moment(text, above, batch.hour, now))
            if isinstance(kind, Day):
                return moments.show_day(moments.parse_day(text, now.date()))
            if (
                isinstance(kind, Choice)
                and not isinstance(kind, Choices)
                and (code := self._code(name, text))
            ):
                return kind.show(code) if code in kind.choices else text
        return text

    def tidy(self, cells: Cells, batch: "Batch", now: datetime) -> Cells:
        """Write the cells of a pasted row as they are understood."""
        found = {
            name: cell._replace(text=self.tidied(name, cell.text, "", batch, now))
            for name, cell in cells.items()
        }
        return {name: cell for name, cell in found.items() if cell.text}

    def _code(self, name: str, text: str) -> str:
        column = self.known[name].column if name in self.known else None
        if column is None or not isinstance(column.kind, Choice):
            return text
        return code_of(column.kind, column.words, {}, text) or text

    def _names(self, view: View) -> list[str]:
        """Name first the day, then what is open in the form, then what would otherwise be of today."""
        register = self.register
        asked = [self._name(column) for column in view.plan.columns if column.name not in view.plan.folded]
        own = [each.name for each in register.typed if callable(each.default)]
        names = dict.fromkeys(([register.dated_by] if register.dated_by else []) + asked + own)
        return [name for name in names if name in self.known and name not in self.fixed]

    def _name(self, column: Column) -> str:
        """Name a column as old books do; the telephone in the form of a visit is the person's."""
        return column.name if column.name in self.register.by_name else f"{self.link}.{column.name}"


class Batch(NamedTuple):
    """What holds for all rows: why they are entered late, and the hour of those that have none."""

    reason: str = "paper"
    hour: time = HOUR


def _moment(text: str, above: str, hour: time, now: datetime) -> datetime:
    """Read a moment; an hour alone is one of the day *above*, a day alone is taken at *hour*."""
    try:
        at = moments.parse_moment(text, now)
    except Wrong as wrong:
        if wrong.code != "no_time":
            raise
        day = moments.parse_day(text, now.date())
        # What was written today was written before now.
        return min(datetime.combine(day, hour), now) if day == now.date() else datetime.combine(day, hour)
    if above and is_clock(text):
        with suppress(Wrong):
            return datetime.combine(moments.parse_moment(above, now).date(), at.time())
    return at
