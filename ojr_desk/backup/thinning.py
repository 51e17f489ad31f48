"""Which backups may go: many of late, few of long ago, and never one that was made for a reason.

The way of thinning is Anki's: everything of the last two days; before that the newest of each day
for a number of days, then of each week, then of each month. Days on which nothing was backed up do
not count, so a PC that stood still loses nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

#: The kind of backup that is thinned out; all other kinds are kept.
ROUTINE = "routine"

RECENT = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 12


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month


_STAGES = ((_day, DAYS), (_week, WEEKS), (_month, MONTHS))


def kept(made: Iterable[datetime], today: date) -> set[datetime]:
    """Choose of the moments at which routine backups were *made* those to keep."""
    newest_first = sorted(set(made), reverse=True)
    keep = {moment for moment in newest_first if today - moment.date() <= RECENT}
    older = [moment for moment in newest_first if moment not in keep]
    last = min(keep, default=datetime.max)
    for span, most in _STAGES:
        found = 0
        while older and found < most:
            moment = older.pop(0)
            if span(moment) != span(last):
                keep.add(moment)
                last = moment
                found += 1
    return keep
