"""Kinds: what each sort of value is — how it is typed, stored, shown, masked and written to a cell.

A kind takes text as a person types it, or the native value (from JSON, a cell, the database), and
answers with the native value or raises `Wrong` with a sentence.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, String, Time, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from ojr_desk import moments
from ojr_desk.problems import Wrong
from ojr_desk.register.given import Given
from ojr_desk.text import _

#: A moment as `plain_json` writes it.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
#: Characters that XML 1.0, a workbook and a printed page cannot hold.
_FORBIDDEN = {chr(code) for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} - {"\n", "\t"}
#: What is left off both ends of a text: blanks, also the wide one and those that nobody sees.
_BLANKS = " \t\n\u3000\u200b\ufeff"
_YES = {"是", "有", "对", "y", "yes", "true", "1", "√", "✓", "✔", "☑"}
_NO = {"否", "无", "不", "没有", "n", "no", "false", "0", "×", "☐"}


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


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between *least* and *most*."""

    name: ClassVar[str] = "integer"
    cell_format: ClassVar[str] = "integer"
    right: ClassVar[bool] = True
    least: int = 0
    most: int = 10_000_000

    def parse(self, value: object, given: Given) -> int:
        """Answer with the number; full-width digits and thousands commas are understood."""
        try:
            number = Decimal(plain(value).replace(",", ""))
        except InvalidOperation as error:
            raise Wrong(_("不是数字，请填整数"), "bad_number") from error
        if not number.is_finite():
            raise Wrong(_("不是数字，请填整数"), "bad_number")
        # Before it becomes an int: 1e999999999 would fill the memory.
        if not self.least <= number <= self.most:
            raise _out_of_range(self.least, self.most)
        if number != int(number):
            raise Wrong(_("要填整数，不能有小数"), "bad_number")
        return int(number)

    def stored(self) -> TypeEngine[Any]:
        """Store an integer."""
        return Integer()

    def samples(self) -> tuple[Any, ...]:
        """Give small numbers within the bounds."""
        return tuple(n for n in (self.least, self.least + 1, "３") if isinstance(n, str) or n <= self.most)

    def bad_samples(self) -> tuple[Any, ...]:
        """Give words, a fraction and numbers out of bounds."""
        return ("三个", "1.5", self.most + 1, self.least - 1)


def _out_of_range(least: Decimal | int, most: Decimal | int) -> Wrong:
    return Wrong(_("要在 {least} 到 {most} 之间，请检查").format(least=least, most=most), "out_of_range")


class Scaled(TypeDecorator[Decimal]):
    """A decimal stored as a whole number of hundredths: money in 分, areas in 0.01 ㎡."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Turn 12.34 into 1234."""
        return None if value is None else int(value.scaleb(2))

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Turn 1234 into 12.34."""
        return None if value is None else Decimal(value).scaleb(-2)


@dataclass(frozen=True)
class Amount(Kind):
    """A number with two decimals, such as an area or a sum of money."""

    name: ClassVar[str] = "decimal"
    cell_format: ClassVar[str] = "decimal"
    right: ClassVar[bool] = True
    least: Decimal = Decimal(0)
    most: Decimal = Decimal("9999999999.99")

    def parse(self, value: object, given: Given) -> Decimal:
        """Answer with the number; a third decimal is refused, never rounded."""
        try:
            number = Decimal(
                repr(value) if isinstance(value, float) else plain(value).replace(",", "").lstrip("¥")
            )
        except InvalidOperation as error:
            raise Wrong(_("不是数字，请填数字，例如 286.40"), "bad_number") from error
        if not number.is_finite():
            raise Wrong(_("不是数字，请填数字，例如 286.40"), "bad_number")
        if not self.least <= number <= self.most:
            raise _out_of_range(self.least, self.most)
        if number != round(number, 2):
            raise Wrong(_("最多两位小数，请检查"), "bad_number")
        return number.quantize(Decimal("0.01"))

    def show(self, value: Any) -> str:
        """Write 1234.5 as 1,234.50."""
        return f"{value:,.2f}"

    def plain_json(self, value: Any) -> Any:
        """Write money as a string."""
        return str(value)

    def restore(self, value: Any) -> Any:
        """Turn what `plain_json` wrote back into the native value."""
        return Decimal(value)

    def stored(self) -> TypeEngine[Any]:
        """Store whole hundredths."""
        return Scaled()

    def samples(self) -> tuple[Any, ...]:
        """Give a number with two decimals, typed and native."""
        return ("286.40", Decimal("0.01") + self.least)

    def bad_samples(self) -> tuple[Any, ...]:
        """Give words, a third decimal, nonsense."""
        return ("很大", "1.005", "NaN", self.least - 1)


@dataclass(frozen=True)
class Day(Kind):
    """A calendar day."""

    name: ClassVar[str] = "date"
    cell_format: ClassVar[str] = "date"
    future: bool = True

    def parse(self, value: object, given: Given) -> date:
        """Answer with the day; six styles of typing are understood."""
        if isinstance(value, datetime):
            day = value.date()
        elif isinstance(value, date):
            day = value
        else:
            day = moments.parse_day(plain(value), given.now.date())
        if not date(1900, 1, 1) <= day <= date(2999, 12, 31):
            raise Wrong(_("年份不对，请检查"), "bad_date")
        if not self.future and day > given.now.date():
            raise Wrong(_("日期在今天之后，请检查"), "future")
        return day

    def show(self, value: Any) -> str:
        """Write 2026-11-22."""
        return moments.show_day(value)

    def plain_json(self, value: Any) -> Any:
        """Write the ISO date."""
        return value.isoformat()

    def restore(self, value: Any) -> Any:
        """Turn what `plain_json` wrote back into the native value."""
        return date.fromisoformat(value)

    def stored(self) -> TypeEngine[Any]:
        """Store a date."""
        return Date()

    def samples(self) -> tuple[Any, ...]:
        """Give the same day in two styles."""
        return ("2026-03-05", "2026年3月5日")

    def bad_samples(self) -> tuple[Any, ...]:
        """Give impossible days."""
        return ("2026-02-30", "前几天", "20261301", *(() if self.future else ("2998-01-01",)))


@dataclass(frozen=True)
class Moment(Kind):
    """A day and a time of local clock; there is one zone and no summer time.

    People type and read minutes; the seconds of the program's own moments travel with them.
    """

    name: ClassVar[str] = "datetime"
    cell_format: ClassVar[str] = "moment"
    future: bool = True

    def parse(self, value: object, given: Given) -> datetime:
        """Answer with the moment; a day alone means midnight."""
        if isinstance(value, datetime):
            moment = value.replace(tzinfo=None, microsecond=0)
        elif isinstance(value, date):
            moment = datetime.combine(value, time())
        elif _ISO.fullmatch(str(value)):
            moment = _iso(str(value))
        else:
            moment = _moment(plain(value), given.now)
        if not datetime(1900, 1, 1) <= moment < datetime(3000, 1, 1):
            raise Wrong(_("年份不对，请检查"), "bad_date")
        if not self.future and moment > given.now:
            raise Wrong(_("时间在现在之后，请检查"), "future")
        return moment

    def show(self, value: Any) -> str:
        """Write 2026-11-22 08:30."""
        return moments.show_moment(value)

    def plain_json(self, value: Any) -> Any:
        """Write the ISO moment."""
        return value.isoformat()

    def restore(self, value: Any) -> Any:
        """Turn what `plain_json` wrote back into the native value."""
        return datetime.fromisoformat(value)

    def stored(self) -> TypeEngine[Any]:
        """Store a moment without a zone."""
        return DateTime()

    def samples(self) -> tuple[Any, ...]:
        """Give the same moment in two styles."""
        return ("2026-03-05 08:30", "2026-03-05T08:30:00")

    def bad_samples(self) -> tuple[Any, ...]:
        """Give impossible moments."""
        return ("2026-02-30 08:00", "2026-03-05 25:00", *(() if self.future else ("2998-01-01 08:00",)))


def _iso(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Wrong(_("没有这一天或这个时间，请检查"), "bad_date") from error


def _moment(text: str, now: datetime) -> datetime:
    try:
        return moments.parse_moment(text, now)
    except Wrong as wrong:
        if wrong.code != "no_time":
            raise
        return datetime.combine(moments.parse_day(text, now.date()), time())


@dataclass(frozen=True)
class Clock(Kind):
    """A time of day, to the minute."""

    name: ClassVar[str] = "time"
    cell_format: ClassVar[str] = "clock"

    def parse(self, value: object, given: Given) -> time:
        """Answer with the time of day."""
        if isinstance(value, datetime):
            value = value.time()
        if isinstance(value, time):
            return value.replace(second=0, microsecond=0, tzinfo=None)
        return moments.parse_clock(plain(value))

    def show(self, value: Any) -> str:
        """Write 08:30."""
        return f"{value:%H:%M}"

    def plain_json(self, value: Any) -> Any:
        """Write 08:30."""
        return f"{value:%H:%M}"

    def restore(self, value: Any) -> Any:
        """Turn what `plain_json` wrote back into the native value."""
        return time.fromisoformat(value)

    def stored(self) -> TypeEngine[Any]:
        """Store a time."""
        return Time()

    def samples(self) -> tuple[Any, ...]:
        """Give the hours of a day, typed in several ways."""
        return ("08:30", "11:30", "下午2点", "1700")

    def bad_samples(self) -> tuple[Any, ...]:
        """Give an hour that no clock shows."""
        return ("25:00",)


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


@dataclass(frozen=True)
class Choice(Kind):
    """One of a fixed list: a short stable code is stored, its label is shown; both may be typed.

    *reserved* codes are the program's to give, never a person's to choose.
    """

    name: ClassVar[str] = "choice"
    choices: Mapping[str, str] = field(default_factory=dict)
    reserved: tuple[str, ...] = ()

    @property
    def offered(self) -> dict[str, str]:
        """List what a person may choose."""
        return {code: label for code, label in self.choices.items() if code not in self.reserved}

    def parse(self, value: object, given: Given) -> str:
        """Answer with the code of a code or label."""
        return self.code(plain(value))

    def code(self, word: str) -> str:
        """Find the code of one *word*, which is a code or a label."""
        offered = self.offered
        if word in offered:
            return word
        for code, label in offered.items():
            if word in (plain(label), plain(_(label))):
                return code
        raise Wrong(
            _("没有“{word}”这一项，请从这些里选：{choices}").format(
                word=word[:20], choices="、".join(_(label) for label in offered.values())
            ),
            "unknown_choice",
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
            words = plain(value).replace("、", ",").replace(";", ",").replace("\n", ",").split(",")
        found = {self.code(word.strip()) for word in words if word.strip()}
        return tuple(code for code in self.choices if code in found)

    def show(self, value: Any) -> str:
        """Write the labels, parted by 、."""
        return "、".join(_(self.choices.get(code, code)) for code in value)

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
        found = given.resolve(self.to, str(value).strip())
        if len(found) == 1:
            return found[0]
        word = str(value).strip()[:30]
        if found:
            raise Wrong(
                _("有 {count} 个“{word}”，请用编号指明是哪一个").format(count=len(found), word=word),
                "ambiguous_link",
            )
        raise Wrong(_("没有登记过“{word}”，请先登记，或检查写法").format(word=word), "no_such_record")

    def samples(self) -> tuple[Any, ...]:
        """Give nothing: what can be linked to depends on the office."""
        return ()
