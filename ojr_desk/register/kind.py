"""Kinds: what each sort of value is — how it is typed, stored, shown, masked and written to a cell.

A kind takes text as a person types it, or the native value (from JSON, a cell, the database), and
answers with the native value or raises `Wrong` with a sentence. Numbers, times and choices have files
of their own beside this one.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import String
from sqlalchemy.types import TypeEngine

from ojr_desk import moments
from ojr_desk.problems import Wrong
from ojr_desk.register.given import Given
from ojr_desk.text import _

#: Characters that XML 1.0, a workbook and a printed page cannot hold.
_FORBIDDEN = {chr(code) for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} - {"\n", "\t"}
#: What is left off both ends of a text: blanks, also the wide one and those that nobody sees.
_BLANKS = " \t\n\u3000\u200b\ufeff"


def plain(value: object) -> str:
    """Fold full-width forms and strip blanks: the text behind a number, a date or a choice."""
    return moments.plain(str(value))


@dataclass(frozen=True)
class Kind:
    """One sort of value. Subclasses say how it is parsed, shown and stored."""

    name: ClassVar[str]
    cell_format: ClassVar[str] = "text"
    right: ClassVar[bool] = False

    def parse(self, value: object, given: Given) -> Any:
        """Answer with the native value of what was typed; raise `Wrong`."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Write a native value as a person reads it."""
        return str(value)

    def plain_json(self, value: Any) -> Any:
        """Write a native value for JSON: ISO dates, money as a string."""
        return value

    def restore(self, value: Any) -> Any:
        """Turn what `plain_json` wrote back into the native value."""
        return value

    def stored(self) -> TypeEngine[Any]:
        """Name the column type of the database."""
        return String()

    def samples(self) -> tuple[Any, ...]:
        """Give values that every test may type."""
        raise NotImplementedError

    def bad_samples(self) -> tuple[Any, ...]:
        """Give values that must be refused."""
        return ()


@dataclass(frozen=True)
class Text(Kind):
    """Words, of one line or (*long*) of many, at most *max* code points."""

    name: ClassVar[str] = "text"
    max: int | None = None
    long: bool = False
    check: Callable[[str], str] | None = None

    def parse(self, value: object, given: Given) -> str:
        """Answer with the trimmed text; line breaks become LF."""
        if isinstance(value, bool | list | tuple | Mapping):
            raise Wrong(_("要填文字，请检查"), "not_text")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip(_BLANKS)
        text = unicodedata.normalize("NFC", text)
        if any(character in _FORBIDDEN or "\ud800" <= character <= "\udfff" for character in text):
            raise Wrong(_("里面有看不见的控制字符，请删去后重新输入"), "control_character")
        if lost := given.undrawn(text):
            raise Wrong(
                _("里面的{characters}没有字形，打印不出来，请换成能打印的字或改用文字说明").format(
                    characters=lost
                ),
                "no_glyph",
            )
        if not self.long and "\n" in text:
            text = " ".join(text.split())
        if self.check is not None and text:
            text = self.check(text)
        if self.max is not None and len(text) > self.max:
            raise Wrong(
                _("最多 {most} 个字，现在有 {now} 个字，请缩短").format(most=self.max, now=len(text)),
                "too_long",
            )
        return text

    def samples(self) -> tuple[str, ...]:
        """Give an ordinary word, one with rare characters and one that looks like a formula."""
        return tuple(text[: self.max] for text in ("路灯不亮", "㛃𠮷𣲗𬭚𫖮垟峃", "=1+1 试试"))

    def bad_samples(self) -> tuple[str, ...]:
        """Give a text with a control character and one that is too long."""
        too_long = ("字" * (self.max + 1),) if self.max is not None else ()
        return ("有\x07铃", *too_long)
