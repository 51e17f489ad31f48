"""Kinds of time: a day, a moment of local clock, a time of day."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import Date, DateTime, Time
from sqlalchemy.types import TypeEngine

from ojr_desk import moments
from ojr_desk.problems import Wrong
from ojr_desk.register.given import Given
from ojr_desk.register.kind import Kind, plain
from ojr_desk.text import _

#: A moment as `plain_json` writes it.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")


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
