"""What a person said of an old book now, and what an office remembers of what was said before."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Hints:
    """What a person said of a book: headings by column, words for choices by column and word, its year.

    *columns* leads from a heading to the name of a column, *words* from a column and a word in it to a choice;
    both to "" where it is to be left out.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    year: int | None = None

    def over(self, other: "Hints | None") -> "Hints":
        """Complete these by *other* ones, which were given before."""
        if other is None:
            return self
        words = {
            name: {**other.words.get(name, {}), **self.words.get(name, {})}
            for name in {*other.words, *self.words}
        }
        return Hints({**other.columns, **self.columns}, words, self.year)


@dataclass(frozen=True)
class Memory:
    """What an office knows beforehand: what was said of *tables*, by the key of their headings, and its *words*."""

    tables: Mapping[str, Hints] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def ever(self) -> Hints:
        """Gather what was said of any table."""
        found = Hints()
        for known in self.tables.values():
            found = known.over(found)
        return found
