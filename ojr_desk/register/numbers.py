"""Kinds of number: whole ones, and those with two decimals, which are stored as hundredths."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Integer, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from ojr_desk.problems import Wrong
from ojr_desk.register.given import Given
from ojr_desk.register.kind import Kind, plain
from ojr_desk.text import _


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
