"""Days, months and moments: what may be typed for them, and how they are shown.

China has one time zone without summer time, so every moment is a naive local one, to the minute.
"""

import calendar
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ojr_desk.problems import Wrong
from ojr_desk.text import _

#: Years outside are slips of the finger: nobody on the books was born before, no deadline ends after.
FIRST_YEAR, LAST_YEAR = 1900, 2199

_YEAR_MONTH = re.compile(r"([0-9]{4})(?:[-./]([0-9]{1,2})|([0-9]{2})|年([0-9]{1,2})月)")
_FULL_DAY = re.compile(
    r"([0-9]{4})(?:([-./])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2})|年([0-9]{1,2})月([0-9]{1,2})[日号])"
)
_SHORT_DAY = re.compile(r"([0-9]{1,2})(?:[-./]([0-9]{1,2})|月([0-9]{1,2})[日号])")
_STEP = re.compile(r"t?([+-][0-9]{1,3})", re.IGNORECASE)
_NEAR = {"今天": 0, "今日": 0, "t": 0, "昨天": -1, "昨日": -1, "前天": -2, "前日": -2, "明天": 1, "后天": 2}
_PARTS_OF_DAY = "凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜里|深夜"
_CLOCK = re.compile(
    rf"({_PARTS_OF_DAY})?([0-9]{{1,2}})"
    r"(?::([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?|[点时](?:(半|整|钟|[一三]刻)|([0-9]{1,2})分?)?)"
)
#: A clock that no part of the day opens needs a gap before it: 2026-11-218:05 could be two moments.
_MOMENT = re.compile(
    rf"(.*?)[t ]?((?:(?:{_PARTS_OF_DAY})|(?<![0-9])) ?[0-9]{{1,2}} ?[:点时].*)", re.IGNORECASE
)
_NAMED_MINUTES = {"半": 30, "整": 0, "钟": 0, "一刻": 15, "三刻": 45}
#: The hours of a part of the day; 12 is left out where it may be noon or midnight.
_MORNING, _NIGHT = range(12), (*range(21, 24), *range(5))
_HOURS: dict[str, Sequence[int]] = {
    "凌晨": range(6), "清晨": _MORNING, "早晨": _MORNING, "早上": _MORNING, "上午": _MORNING,
    "中午": range(11, 15), "下午": range(12, 24), "傍晚": range(16, 20), "晚上": range(17, 24),
    "夜里": _NIGHT, "深夜": _NIGHT,
}  # fmt: skip
_ALL_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})")
_CHINA_ZONE = re.compile(r"(?<=[0-9])\+08:?00$")
_MIDNIGHT = re.compile(r"(?:[ T]|(?<=日))00:00(?::00(?:\.0+)?)?$", re.IGNORECASE)
_LOOSE_SPACE = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
#: What an input method types for a hyphen and a full stop.
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "。": "."})


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month, the period of every book."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2026-11`, `202611` or `2026年11月`; raise `Wrong` for anything else."""
        found = _YEAR_MONTH.fullmatch(_compact(text))
        year, month = (int(part) for part in found.groups() if part) if found else (0, 0)
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
            raise Wrong(_("“{text}”不是月份，请写成 2026-11 的样子").format(text=_quoted(text)), "month")
        return cls(year, month)

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that *day*, or a moment, lies in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    @property
    def compact(self) -> str:
        """Six digits, for record numbers and file names."""
        return f"{self.year:04}{self.month:02}"

    @property
    def title(self) -> str:
        """The month as a paper's heading names it."""
        return _("{year}年{month}月").format(year=self.year, month=self.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def next(self) -> "Month":
        """Return the month after."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> "Month":
        """Return the month before."""
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)


def plain(text: str) -> str:
    """Strip *text* of full width, invisible marks and outer spaces, as input methods and WeChat add."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf").strip()


def parse_day(text: str, today: date) -> date:
    """Read a day as a person types it: in full, without the year, or as 昨天 or `-1`.

    Without a year it is the latest such day not after *today*. Raises `Wrong`.
    """
    short = _compact(text)
    if short.lower() in _NEAR:
        return today + timedelta(days=_NEAR[short.lower()])
    if step := _STEP.fullmatch(short):
        return today + timedelta(days=int(step[1]))
    if full := _FULL_DAY.fullmatch(_MIDNIGHT.sub("", short)):
        year, month, day = (int(part) for part in full.groups() if part and part.isdigit())
        if not FIRST_YEAR <= year <= LAST_YEAR:
            told = _("“{text}”的年份不对，要在 {first} 到 {last} 之间")
            raise Wrong(told.format(text=_quoted(text), first=FIRST_YEAR, last=LAST_YEAR), "no_such_day")
        if _exists(year, month, day):
            return date(year, month, day)
        raise Wrong(_("没有“{text}”这一天，请核对年月日").format(text=_quoted(text)), "no_such_day")
    if partial := _SHORT_DAY.fullmatch(short):
        month, day = (int(part) for part in partial.groups() if part)
        return _latest(month, day, today, text)
    raise Wrong(
        _("“{text}”看不出是哪一天，请写成 2026-11-22、11月22日或昨天的样子").format(text=_quoted(text)), "day"
    )


def parse_clock(text: str) -> time:
    """Read a time of day, `08:30`, `0830`, `8点半` or `下午3点05分`, to the minute; raise `Wrong`."""
    short = _compact(text)
    if digits := _ALL_DIGITS.fullmatch(short):
        part, hour, minute = None, int(digits[1]), int(digits[2])
    elif found := _CLOCK.fullmatch(short):
        part, hour = found[1], int(found[2])
        minute = _NAMED_MINUTES[found[4]] if found[4] else int(found[3] or found[5] or 0)
    else:
        raise Wrong(_("“{text}”不是时间，请写成 08:30 的样子").format(text=_quoted(text)), "clock")
    if hour > 23 or minute > 59:
        raise Wrong(
            _("没有“{text}”这个时间，请写在 00:00 到 23:59 之间").format(text=_quoted(text)), "no_such_time"
        )
    return time(_hour_of_day(part, hour, text), minute)


def parse_moment(text: str, now: datetime) -> datetime:
    """Read a day with a time, or a time alone, which is one of today; seconds fall away.

    Raises `Wrong`, also for a day without its time: no time is invented.
    """
    typed = _CHINA_ZONE.sub("", re.sub(r"\s+", " ", plain(text).translate(_DASHES)))
    if typed == "现在":
        return now.replace(second=0, microsecond=0, tzinfo=None)
    found = _MOMENT.fullmatch(typed)
    if not found:
        parse_day(typed, now.date())
        raise Wrong(_("“{text}”只有日期，请补上几点几分").format(text=_quoted(text)), "no_time")
    day = parse_day(found[1], now.date()) if found[1].strip() else now.date()
    return datetime.combine(day, parse_clock(found[2]))


def show_day(day: date) -> str:
    """Show a day as tables and files do: `2026-11-22`."""
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def show_moment(moment: datetime) -> str:
    """Show a moment as tables and files do: `2026-11-22 08:05`."""
    return f"{show_day(moment)} {moment.hour:02}:{moment.minute:02}"


def _compact(text: str) -> str:
    """Take out what means nothing; a space between two digits stays, for it parts two numbers."""
    return _LOOSE_SPACE.sub("", plain(text).translate(_DASHES))


def _quoted(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 20 else shown[:20] + "…"


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _latest(month: int, day: int, today: date, text: str) -> date:
    # Nine years reach back to a 29 February even over 1900 and 2100, which have none.
    for year in range(today.year, today.year - 9, -1):
        if _exists(year, month, day) and date(year, month, day) <= today:
            return date(year, month, day)
    raise Wrong(_("没有“{text}”这一天，请核对月和日").format(text=_quoted(text)), "no_such_day")


def _hour_of_day(part: str | None, hour: int, text: str) -> int:
    """Turn the hour of 下午3点 into 15; refuse 上午15点 and 晚上12点, which may mean two things."""
    if part is None:
        return hour
    for meant in (hour, hour + 12):
        if meant in _HOURS[part] and (hour or meant == 0):
            return meant
    raise Wrong(
        _("“{text}”说不准是几点，请用 24 小时制写，如 08:30、20:15").format(text=_quoted(text)), "ambiguous"
    )
