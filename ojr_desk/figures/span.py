"""A span of days: a month, or any other days that somebody asks for."""

from dataclasses import dataclass
from datetime import date, timedelta

from ojr_desk.moments import Month, show_day
from ojr_desk.problems import Refused
from ojr_desk.text import _


@dataclass(frozen=True)
class Span:
    """Days from *first* to *last*, both counted; raises `Refused` where *last* is earlier."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refused(
                _("截止日期 {last} 早于开始日期 {first}，请调换。").format(
                    first=show_day(self.first), last=show_day(self.last)
                )
            )

    @classmethod
    def of(cls, month: Month) -> "Span":
        """Return the days of *month*."""
        return cls(month.first, month.last)

    @property
    def month(self) -> Month | None:
        """The month that these are all days of, if there is one."""
        month = Month.of(self.first)
        return month if self == Span.of(month) else None

    @property
    def title(self) -> str:
        """The days as a heading names them."""
        if self.month is not None:
            return self.month.title
        return _("{first} 至 {last}").format(first=show_day(self.first), last=show_day(self.last))

    @property
    def until(self) -> date:
        """The first day after."""
        return self.last + timedelta(days=1)
