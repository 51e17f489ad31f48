"""What is still missing of a month: 10月还差2项."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.watch import in_order, without_log
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.store import months
from ojr_desk.store.numbering import month_gaps
from ojr_desk.store.schema import PACK_OUT
from ojr_desk.text import N_

#: What may be missing of a month, in the order in which it is done.
MISSING = {
    "gaps": N_("断号要查明"),
    "roster": N_("值班表没有公布"),
    "logs": N_("值班日志没有写全"),
    "close": N_("还没有结账"),
    "send": N_("还没有上报"),
    "returned": N_("上级退回，要修改后重报"),
}
_RETURNED = "returned"


@dataclass(frozen=True)
class Unfinished:
    """A month, whether it is closed, the numbers missing in its books, and what is to be done, keys of `MISSING`."""

    month: Month
    is_closed: bool
    gaps: tuple[str, ...]
    missing: tuple[str, ...]


def unfinished_months(session: Session, office: Office, has_superior: bool) -> tuple[Unfinished, ...]:
    """Tell of the last open month before this one, of the month before if it waits to be sent, and of this one."""
    today = office.today()
    this = Month.of(today)
    closed = months.closed(session, office.center)
    before = {month for month in (_last_open(session, office, this), this.previous()) if month is not None}
    told = [_told(session, office, month, closed, has_superior) for month in sorted(before)]
    return (*(each for each in told if each.missing), _told(session, office, this, closed, has_superior))


def _told(
    session: Session, office: Office, month: Month, closed: frozenset[Month], has_superior: bool
) -> Unfinished:
    gaps = tuple(month_gaps(session, office.center, month))
    missing = ["gaps"] if gaps else []
    is_over = office.today() >= month.last
    if month not in closed:
        missing += _of_duty(session, office, month)
        missing += ["close"] if is_over and _has_begun(session, office, month) else []
    elif has_superior:
        missing += _unsent(session, month)
    return Unfinished(month, month in closed, gaps, tuple(missing))


def _of_duty(session: Session, office: Office, month: Month) -> list[str]:
    """Tell whether the roster of a month hangs on the wall as it is, and whether each shift so far has its log."""
    shifts = in_order(session, office, month.first, month.last)
    # Who keeps no roster misses none.
    roster = ["roster"] if any(each.version is None for each in shifts) else []
    return roster + (["logs"] if without_log(session, office, month) else [])


def _unsent(session: Session, month: Month) -> list[str]:
    """Tell whether the closed month was sent, and not returned since."""
    state = session.execute(
        select(PACK_OUT.c.state)
        .where(PACK_OUT.c.month == str(month), PACK_OUT.c.kind == "month")
        .order_by(PACK_OUT.c.revision.desc())
    ).scalar()
    return ["send"] if state is None else ["returned"] if state == _RETURNED else []


def _last_open(session: Session, office: Office, before: Month) -> Month | None:
    """Find the last month before another that has records and was never closed."""
    ask = session.connection().exec_driver_sql
    asked = (
        'SELECT n.month FROM number_counter n WHERE n.center = ? AND n."class" = ? AND n.month < ? '
        "AND NOT EXISTS (SELECT 1 FROM closed_month c WHERE c.center = n.center AND c.month = n.month) "
        "ORDER BY n.month DESC LIMIT 1"
    )
    found = [
        ask(asked, (office.center, number_class, str(before))).scalar() for number_class in _dated_classes()
    ]
    return max((Month.parse(month) for month in found if month), default=None)


def _has_begun(session: Session, office: Office, month: Month) -> bool:
    """Tell whether the office worked in a month or before it: then the month is reported even if nobody came."""
    ask = session.connection().exec_driver_sql
    asked = 'SELECT 1 FROM number_counter WHERE center = ? AND "class" = ? AND month <= ? LIMIT 1'
    return any(
        ask(asked, (office.center, number_class, str(month))).scalar() for number_class in _dated_classes()
    )


def _dated_classes() -> list[str]:
    """List the classes of numbers of what happens on a day."""
    return [
        number_class
        for register in REGISTERS.values()
        if register.dated_by
        for number_class in dict.fromkeys(register.number.values())
    ]
