"""Leave: how many working days it takes, by half days; who is away for it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from ojr_desk.rules.workdays import Calendar
from ojr_desk.text import N_

KINDS: Mapping[str, str] = {
    "annual": N_("年休假"),
    "personal": N_("事假"),
    "sick": N_("病假"),
    "marriage": N_("婚假"),
    "birth": N_("产假（陪产、育儿）"),
    "funeral": N_("丧假"),
    "errand": N_("公出"),
    "training": N_("培训"),
    "swapped": N_("调休"),
    "other": N_("其他"),
}
STATES: Mapping[str, str] = {
    "pending": N_("待审"),
    "approved": N_("同意"),
    "refused": N_("不同意"),
    "returned": N_("已销假"),
    "overrun": N_("超假"),
    "withdrawn": N_("撤销"),
}
#: Who is in these states is away, or was.
AWAY = frozenset({"approved", "returned", "overrun"})
_NOON = time(12)
_HALF = Decimal("0.5")


def days(start: datetime, end: datetime, calendar: Calendar) -> Decimal:
    """Count the working days between two moments, each half of a day that is touched as half."""
    count = Decimal(0)
    for number in range((end.date() - start.date()).days + 1):
        day: date = start.date() + timedelta(number)
        noon = datetime.combine(day, _NOON)
        midnight = datetime.combine(day, time())
        halves = ((midnight, noon), (noon, midnight + timedelta(1)))
        if calendar.is_working(day):
            count += sum((_HALF for since, until in halves if start < until and since < end), Decimal(0))
    return count


def until(end: datetime, returned: datetime | None) -> datetime:
    """Tell until when somebody is away: to the end of the leave, longer or shorter where they came back."""
    return end if returned is None else returned
