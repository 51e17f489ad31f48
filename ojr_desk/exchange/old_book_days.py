"""Days and hours as people wrote them in a table of their own: without the year, in words, as a number.

No year is invented: it is the cell's own, that of the table's title, sheet or file, or that of the rows
above. What is left open is a `Wrong` with what to write instead.
"""

import re
from datetime import date, time

from ojr_desk import moments
from ojr_desk.exchange.cells import Value, text_of, typed
from ojr_desk.exchange.old_book_words import Period, arabic
from ojr_desk.problems import Wrong
from ojr_desk.text import _

#: What is written behind a day and says nothing of the hour.
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天1-6]\)?|\([一二三四五六日天]\)")
_PART_OF_DAY = re.compile(r"(?:上午|下午|中午|早上|晚上|傍晚|全天|晚|早|am|pm)$", re.IGNORECASE)
#: A blank, or a comma of any sort, where a point or a dash belongs.
_GAP = re.compile(r"(?<=[0-9年月日号./-])\s+(?=[0-9年月日号./-])(?!\s*[0-9]{1,2}\s*[:点时])")
_COMMA = re.compile(r"(?<=[0-9])[,、](?=[0-9])")
_FULL = re.compile(r"((?:19|20)[0-9]{2})(?:[-./年])([0-9]{1,2})(?:[-./月])([0-9]{1,2})(?![0-9])[日号]?(.*)")
_PLAIN = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])(.*)")
_SHORT_YEAR = re.compile(r"'?([0-9]{2})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})(?![0-9])[日号]?(.*)")
_NO_YEAR = re.compile(r"([0-9]{1,2})[-./月]([0-9]{1,2})(?![0-9./-])[日号]?(.*)")
_DAY_ALONE = re.compile(r"([0-9]{1,2})(?:[日号](.*))?")
_HALF_A_YEAR = 6
_DASHES = {ord(dash): "-" for dash in "‐‑–—−"}


class Days:
    """Reads the days of one table from top to bottom.

    *period* is what the table says of its time; `last` the day of the row that is being read.
    """

    def __init__(self, period: Period, epoch_1904: bool = False) -> None:
        self.period = period
        self.last: date | None = None
        self._epoch_1904 = epoch_1904

    def read(self, value: Value, leads: bool = False) -> str:
        """Write a cell's day, and its hour where there is one, in full: `2025-03-08 09:30`.

        One that *leads* is the row's own: it goes by the rows above, and other days of the row by it.
        Raises `Wrong` for what is no day, or one of which nobody knows the year.
        """
        text = text_of(value) if isinstance(value, str) else self._counted(value)
        tidy = _tidy(text)
        if not tidy:
            return ""
        try:
            said = self._in_full(tidy, text, leads)
        except ValueError as error:
            if isinstance(error, Wrong) and error.code == "no_year":
                raise
            message = _("“{text}”看不出是哪一天，请写成 2025年3月8日 的样子")
            raise Wrong(message.format(text=text[:20]), "day") from error
        if leads:
            self.last = date.fromisoformat(said[:10])
        return said

    def _counted(self, value: Value) -> str:
        """Write what a spreadsheet took for a number or a day; of 11.2 it may have cut a nought."""
        if isinstance(value, float) and 1 < value < 13 and not value.is_integer():
            month, _point, day = text_of(value).partition(".")
            if len(day) == 1 and int(day) <= 3:
                message = _(
                    "“{month}.{day}”说不准是{month}月{day}日还是{day}0日，请写成 {month}月{day}日 的样子"
                )
                raise Wrong(message.format(month=month, day=day), "ambiguous")
            return text_of(value)
        return typed(value, "moment", self._epoch_1904)

    def _in_full(self, tidy: str, text: str, leads: bool) -> str:
        """Put year, month, day and hour together; raises `ValueError` where they are none."""
        if found := _FULL.fullmatch(tidy) or _PLAIN.fullmatch(tidy):
            return _joined(int(found[1]), int(found[2]), int(found[3]), found[4])
        if found := _SHORT_YEAR.fullmatch(tidy):
            return _joined(2000 + int(found[1]), int(found[2]), int(found[3]), found[4])
        if found := _NO_YEAR.fullmatch(tidy):
            month, day, hour = int(found[1]), int(found[2]), found[3]
        elif (found := _DAY_ALONE.fullmatch(tidy)) and self.period.month:
            month, day, hour = self.period.month, int(found[1]), found[2] or ""
        else:
            raise ValueError
        return _joined(self._year(month, text, leads), month, day, hour)

    def _year(self, month: int, text: str, leads: bool) -> int:
        """Find the year of a day that was written without one."""
        year = self.period.year
        if self.last is not None and (not leads or year is None):
            return self.last.year + (month < self.last.month - _HALF_A_YEAR)
        if year is None:
            message = _("“{text}”没有写年份，标题和表名里也看不出来，请补上年份")
            raise Wrong(message.format(text=text[:20]), "no_year")
        return year


def is_clock(value: Value) -> bool:
    """Tell whether a cell holds a time of day and no day."""
    if isinstance(value, str):
        try:
            moments.parse_clock(value)
        except Wrong:
            return False
        return ":" in moments.plain(value) or not moments.plain(value).isdigit()
    return isinstance(value, time) or (isinstance(value, float) and 0 < value < 1)


def _tidy(text: str) -> str:
    """Take out what is neither day nor hour, and write what parts them in one way."""
    said = arabic(moments.plain(text).replace("\n", " ").translate(_DASHES))
    said = _COMMA.sub(".", _GAP.sub("", said))
    return _PART_OF_DAY.sub("", _WEEKDAY.sub(" ", said).strip()).strip()


def _joined(year: int, month: int, day: int, hour: str) -> str:
    """Write a day in full, with the hour that follows it; raises `ValueError` where there is none such."""
    found = f"{date(year, month, day).isoformat()}"
    hour = hour.strip(" tT")
    clock = moments.parse_clock(hour) if hour else time()
    return found if clock == time() else f"{found} {clock:%H:%M}"
