"""Kinds of choice: yes or no, one or several of a list, a record of another register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import Boolean, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from ojr_desk.problems import Wrong
from ojr_desk.register.given import Given
from ojr_desk.register.kind import Kind, plain
from ojr_desk.text import _, listed

#: What people put between the words of a list.
_MARKS = ("、", ";", "\n", ",")
#: Of a longer list nobody reads all in a sentence.
_MANY = 12
_YES = {"是", "有", "对", "y", "yes", "true", "1", "√", "✓", "✔", "☑"}
_NO = {"否", "无", "不", "没有", "n", "no", "false", "0", "×", "☐"}


def parted(text: str) -> tuple[str, ...]:
    """Part a list as people write it into its words."""
    text = plain(text)
    for mark in _MARKS:
        text = text.replace(mark, ",")
    return tuple(word.strip() for word in text.split(",") if word.strip())


@dataclass(frozen=True)
class Flag(Kind):
    """Yes or no."""

    name: ClassVar[str] = "bool"

    def parse(self, value: object, given: Given) -> bool:
        """Answer with yes or no, however it is said."""
        if isinstance(value, bool):
            return value
        word = plain(value).lower()
        if word in _YES or word in _NO:
            return word in _YES
        raise Wrong(_("请填“是”或“否”"), "bad_choice")

    def show(self, value: Any) -> str:
        """Write 是 or 否."""
        return _("是") if value else _("否")

    def stored(self) -> TypeEngine[Any]:
        """Store a truth value."""
        return Boolean()

    def samples(self) -> tuple[Any, ...]:
        """Give both answers."""
        return ("是", False)

    def bad_samples(self) -> tuple[Any, ...]:
        """Give an evasive answer."""
        return ("也许",)


@cache
def _said(label: str) -> str:
    """Write a label as what is typed is compared: there are few, and each is asked for with every record."""
    return plain(label)


@dataclass(frozen=True)
class Choice(Kind):
    """One of a fixed list: a short stable code is stored, its label is shown; both may be typed.

    *reserved* codes are the program's to give, never a person's to choose.
    """

    name: ClassVar[str] = "choice"
    choices: Mapping[str, str] = field(default_factory=dict)
    reserved: tuple[str, ...] = ()

    @property
    def offered(self) -> Mapping[str, str]:
        """List what a person may choose."""
        if not self.reserved:
            return self.choices
        return {code: label for code, label in self.choices.items() if code not in self.reserved}

    def parse(self, value: object, given: Given) -> str:
        """Answer with the code of a code or label."""
        return self.code(plain(value))

    def code(self, word: str) -> str:
        """Find the code of one *word*, which is a code or a label; raises `Wrong` if it is neither."""
        if found := self.find(word):
            return found
        labels = [_(label) for label in self.offered.values()]
        told = _("没有“{word}”这一项，请从这些里选：{choices}")
        if len(labels) > _MANY:
            told = _("没有“{word}”这一项，最接近的是：{choices}；请从列表里选")
            labels = get_close_matches(word, labels, 3, cutoff=0)
        raise Wrong(told.format(word=word[:20], choices=listed(labels)), "unknown_choice")

    def find(self, word: str) -> str | None:
        """Find the code of one *word*, which is a code or a label; nothing if it is neither."""
        offered = self.offered
        if word in offered:
            return word
        return next(
            (code for code, label in offered.items() if word in (_said(label), _said(_(label)))), None
        )

    def show(self, value: Any) -> str:
        """Write the label; a code that is gone from the list is shown as it is."""
        return _(self.choices.get(value, value))

    def samples(self) -> tuple[Any, ...]:
        """Give the first code and the last label."""
        return (next(iter(self.offered)), list(self.offered.values())[-1])

    def bad_samples(self) -> tuple[Any, ...]:
        """Give a word that is not in the list, and what is not for people to choose."""
        return ("没有这一项", *self.reserved)


class Codes(TypeDecorator[tuple[str, ...]]):
    """Several codes in one text, separated by commas."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Join the codes."""
        return None if value is None else ",".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Split the codes."""
        return None if value is None else tuple(code for code in value.split(",") if code)


@dataclass(frozen=True)
class Choices(Choice):
    """Several of a fixed list, in the list's order."""

    name: ClassVar[str] = "choices"

    def parse(self, value: object, given: Given) -> Any:
        """Answer with the codes of a list, or of words parted by 、，, or blanks."""
        if isinstance(value, list | tuple):
            words = [plain(word) for word in value]
        else:
            words = self._unjoined(plain(value)).split(",")
        found = {self.code(word.strip()) for word in words if word.strip()}
        return tuple(code for code in self.choices if code in found)

    def _unjoined(self, text: str) -> str:
        """Part *text* by commas, but not a label that has a 、 of its own, as some of Appendix A have."""
        for code, label in self.choices.items():
            for told in {plain(label), plain(_(label))}:
                if any(mark in told for mark in _MARKS):
                    text = text.replace(told, code)
        for mark in _MARKS:
            text = text.replace(mark, ",")
        return text

    def show(self, value: Any) -> str:
        """Write the labels as a list."""
        return listed(_(self.choices.get(code, code)) for code in value)

    def plain_json(self, value: Any) -> Any:
        """Write a list of codes."""
        return list(value)

    def restore(self, value: Any) -> Any:
        """Turn what `plain_json` wrote back into the native value."""
        return tuple(value)

    def stored(self) -> TypeEngine[Any]:
        """Store the codes in one text."""
        return Codes()

    def samples(self) -> tuple[Any, ...]:
        """Give two labels in one text and one code in a list."""
        labels = list(self.offered.values())
        return ("、".join(labels[:2]), [next(iter(self.offered))])


@dataclass(frozen=True)
class Link(Kind):
    """A record of another register: its uid is stored, its name is shown and may be typed."""

    name: ClassVar[str] = "link"
    to: str = ""

    def parse(self, value: object, given: Given) -> str:
        """Answer with the uid of a uid, a number, or a name that only one record bears."""
        if isinstance(value, Mapping):
            value = value.get("uid") or value.get("text") or ""
        if isinstance(value, bool | list | tuple | Mapping):
            raise Wrong(_("要填文字，请检查"), "not_text")
        found = given.resolve(self.to, str(value).strip())
        if len(found) == 1:
            return found[0]
        word = str(value).strip()[:30]
        if found:
            raise Wrong(
                _("有 {count} 个“{word}”，请从列表里选一个，或者写编号").format(count=len(found), word=word),
                "ambiguous_link",
            )
        raise Wrong(_("没有登记过“{word}”，请先登记，或检查写法").format(word=word), "no_such_record")

    def samples(self) -> tuple[Any, ...]:
        """Give nothing: what can be linked to depends on the office."""
        return ()
