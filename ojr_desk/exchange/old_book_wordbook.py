"""The words of one table for choices: what each means, and which of them nobody knows but the person who wrote it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ojr_desk.exchange.old_book_choices import code_of, codes_of, is_left_out, words_in
from ojr_desk.exchange.old_book_headings import Target
from ojr_desk.exchange.table import forms
from ojr_desk.register import Choice, Choices


@dataclass(frozen=True)
class Word:
    """A word for a choice that nobody knows, or that a person has explained, and in how many *rows* it stands.

    *columns* are those that it may belong to; *meant* is the code that it was said to mean, "" that it is to
    be left out, None as long as nothing was said.
    """

    columns: tuple[str, ...]
    text: str
    rows: int
    meant: str | None


class Wordbook:
    """Knows the words of a table; *said* is what a person said of them, by column and word."""

    def __init__(self, said: Mapping[str, Mapping[str, str]]) -> None:
        self._said = {
            name: {forms(word)[0]: choice for word, choice in words.items()} for name, words in said.items()
        }
        self._codes: dict[tuple[str, str], str | None] = {}
        #: In how many rows a word stood that nobody knows or a person has explained, by column.
        self._met: Counter[tuple[tuple[str, ...], str]] = Counter()
        self._targets: dict[str, Target] = {}

    def code(self, target: Target, text: str) -> str | None:
        """Find the code of what stands in a cell, "" where it is to be left out, None where nobody knows it.

        Of several choices the codes are parted by commas.
        """
        if (target.name, text) not in self._codes:
            self._codes[target.name, text] = self._found(target, text)
        return self._codes[target.name, text]

    def meet(self, sharing: Sequence[Target], text: str) -> None:
        """Count the words of a cell, which may belong to any of the columns *sharing* it."""
        names = tuple(each.name for each in sharing)
        self._targets |= {each.name: each for each in sharing}
        several = isinstance(sharing[0].column.kind, Choices)
        for word in words_in(text) if several else (text,):
            if any(self._is_said(each, word) for each in sharing) or not any(
                self.code(each, word) for each in sharing
            ):
                self._met[names, word] += 1

    def forget(self) -> None:
        """Count from the beginning: the rows are gone through again."""
        self._met.clear()

    def words(self) -> tuple[Word, ...]:
        """List the words that nobody knows or a person has explained, of the rows so far."""
        return tuple(
            Word(names, text, rows, self._meant(names, text)) for (names, text), rows in self._met.items()
        )

    def is_left_out(self, target: Target, text: str) -> bool:
        """Tell whether a person said that a word fills nothing."""
        return is_left_out(self._said.get(target.name, {}), text)

    def _meant(self, names: Sequence[str], text: str) -> str | None:
        """Tell what a person said that a word means."""
        said = (each for name in names if self._is_said(each := self._targets[name], text))
        return next((self.code(each, text) for each in said), None)

    def _is_said(self, target: Target, text: str) -> bool:
        said = self._said.get(target.name, {})
        return any(word in said for word in forms(text))

    def _found(self, target: Target, text: str) -> str | None:
        kind, said, words = target.column.kind, self._said.get(target.name, {}), target.column.words
        assert isinstance(kind, Choice)
        if is_left_out(said, text):
            return ""
        code = code_of(kind, words, said, text)
        if not code and isinstance(kind, Choices):
            code = codes_of(kind, words, said, text)
        return code or None
