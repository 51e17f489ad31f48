"""What a person asks of the loading of an old book, and what such a loading would do, or has done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ojr_desk.exchange.old_book import PassedOver, Skipped
from ojr_desk.exchange.old_book_hints import Hints
from ojr_desk.exchange.old_book_wordbook import Word
from ojr_desk.problems import Problem


@dataclass(frozen=True)
class Wishes:
    """What a person asks of a loading.

    *defaults* fill cells that are empty, by column; *reason* is why the rows are entered late; *again* loads
    also what is there already.
    """

    hints: Hints = field(default_factory=Hints)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    reason: str = "earlier"
    again: bool = False


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its rows of headings, what each heading fills, its column's letter, and what is left out.

    *assumed* are values that no column gives and names or title do, by column; *words* are words for choices
    that nobody knows or a person has explained.
    """

    name: str
    heading_rows: tuple[int, ...]
    matched: Mapping[str, str]
    letters: Mapping[str, str]
    unknown: tuple[str, ...]
    assumed: Mapping[str, str]
    rows: int
    skipped: tuple[Skipped, ...]
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Loading:
    """What loading a book would do, or has done.

    *rows* are all that are records: *accepted* ones, those *there* already, and *refused* ones with their
    *problems*. *assumed* are values that no column gives and the title did; *missing* are columns that a
    record needs and neither the book nor the defaults give. *stored* are the keys of new records, *rejects*
    the file that holds what was refused.
    """

    register: str
    file: str
    sheets: tuple[SheetPlan, ...]
    passed_over: tuple[PassedOver, ...]
    missing: tuple[str, ...]
    rows: int
    accepted: int
    there: int
    refused: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    stored: tuple[str, ...] = ()
    rejects: Path | None = None

    @property
    def matched(self) -> dict[str, str]:
        """What each heading of any sheet fills."""
        return {heading: name for sheet in self.sheets for heading, name in sheet.matched.items()}

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headings of any sheet that fill nothing; of a book without a table what they might be."""
        found = [heading for sheet in self.sheets for heading in sheet.unknown]
        if not self.sheets:
            found = [heading for sheet in self.passed_over for heading in sheet.headings]
        return tuple(dict.fromkeys(found))
