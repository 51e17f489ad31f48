"""Repeats: the days on which a thing comes again, as RFC 5545 counts them.

A day that a month does not have is left out of that month (RFC 5545, 3.3.10), never moved; `lacking` names the
months, so that nobody waits in February for the 31st.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from ojr_desk.moments import Month
from ojr_desk.problems import Wrong
from ojr_desk.text import N_, _

EVERY: Mapping[str, str] = {
    "week": N_("每周"),
    "month_day": N_("每月几日"),
    "month_weekday": N_("每月第几个星期几"),
}
#: Nobody looks through more days than these before they are confirmed.
MOST = 400
#: Nobody knows further ahead; a year that was mistyped would book a room for ever.
LONGEST = timedelta(days=731)
#: More weeks or months between two days are a slip of the finger.
_WIDEST = 52


@dataclass(frozen=True)
class Repeat:
    """How often, and until when: either *until* a day, that day counted in, or *count* times.

    *weekdays* are 1 for Monday to 7, *nth* is the first to the fifth of a month, or -1 for the last; *day* is the
    day of a month, or -1 for its last. What is left out is that of the first day.
    """

    every: str = "week"
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    day: int = 0
    until: date | None = None
    count: int = 0


def dates(first: date, repeat: Repeat) -> tuple[date, ...]:
    """Count the days from *first* on; raises `Wrong` for what never ends, is too much, or is no day at all."""
    _refuse_odd(first, repeat)
    horizon = first + LONGEST
    last = repeat.until or horizon
    rule = rrule(
        WEEKLY if repeat.every == "week" else MONTHLY,
        dtstart=datetime.combine(first, time()),
        interval=repeat.interval,
        until=datetime.combine(min(last, horizon), time()),
        **_by(first, repeat),
    )
    wanted = repeat.count or MOST + 1
    found = tuple(each.date() for each in islice(rule, wanted))
    if repeat.count and len(found) < repeat.count and not repeat.until:
        told = _("重复{count}次要到{day}以后，太远了，请少订几次，到时候再续")
        raise Wrong(told.format(count=repeat.count, day=horizon.isoformat()), "too_long")
    if len(found) > MOST:
        raise Wrong(_("一次最多订{most}场，请把截止日期提前，到时候再续").format(most=MOST), "too_many")
    if not found:
        raise Wrong(_("这段时间里没有这样的日子，请检查重复的办法和截止日期"), "no_days")
    return found


def lacking(first: date, last: date, repeat: Repeat) -> tuple[Month, ...]:
    """List the months from *first* to *last* that were to have a day and do not: no 31st, no fifth Monday."""
    if repeat.every == "week":
        return ()
    found = {Month.of(each) for each in dates(first, _until(repeat, last))}
    month, missing = Month.of(first), []
    while month <= Month.of(last):
        if month not in found and _lacks(first, month, repeat):
            missing.append(month)
        for _step in range(repeat.interval):
            month = month.next()
    return tuple(missing)


def _until(repeat: Repeat, last: date) -> Repeat:
    return Repeat(repeat.every, repeat.interval, repeat.weekdays, repeat.nth, repeat.day, last)


def _lacks(first: date, month: Month, repeat: Repeat) -> bool:
    """Tell whether a month has no such day at all; of the first month a part is over."""
    length = monthrange(month.year, month.month)[1]
    if repeat.every == "month_day":
        return (repeat.day or first.day) > length
    nth = repeat.nth or _nth(first)
    day = (repeat.weekdays or (first.isoweekday(),))[0]
    fitting = [
        each for each in range(1, length + 1) if date(month.year, month.month, each).isoweekday() == day
    ]
    return nth > len(fitting)


def _nth(day: date) -> int:
    return (day.day - 1) // 7 + 1


def _by(first: date, repeat: Repeat) -> dict[str, Any]:
    days = repeat.weekdays or (first.isoweekday(),)
    if repeat.every == "week":
        return {"byweekday": [each - 1 for each in days]}
    if repeat.every == "month_day":
        return {"bymonthday": repeat.day or first.day}
    return {"byweekday": [weekday(each - 1)(repeat.nth or _nth(first)) for each in days]}


def _refuse_odd(first: date, repeat: Repeat) -> None:
    if repeat.every not in EVERY:
        raise Wrong(_("请选怎样重复：每周、每月几日、每月第几个星期几"), "not_a_choice")
    if not 1 <= repeat.interval <= _WIDEST:
        raise Wrong(_("隔几周、几个月重复，请填1到{most}").format(most=_WIDEST), "out_of_range")
    if any(not 1 <= each <= 7 for each in repeat.weekdays):
        raise Wrong(_("星期几请填1到7，1是星期一"), "out_of_range")
    if repeat.nth not in (-1, 0, 1, 2, 3, 4, 5):
        raise Wrong(_("第几个请填1到5，最后一个填-1"), "out_of_range")
    if repeat.day != -1 and not 0 <= repeat.day <= 31:
        raise Wrong(_("几日请填1到31，最后一天填-1"), "out_of_range")
    if not repeat.until and not repeat.count:
        raise Wrong(_("请填重复到哪一天，或重复几次"), "required")
    if repeat.count < 0 or repeat.count > MOST:
        raise Wrong(_("次数请填1到{most}").format(most=MOST), "too_many")
    if repeat.until and repeat.until < first:
        raise Wrong(_("截止日期早于第一次的日期，请检查"), "wrong_order")
    if repeat.until and repeat.until > first + LONGEST:
        told = _("最多重复到{day}，请把截止日期提前，到时候再续")
        raise Wrong(told.format(day=(first + LONGEST).isoformat()), "too_long")
