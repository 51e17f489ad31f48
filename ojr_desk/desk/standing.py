"""From which day a change of a standing record holds."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.problems import Invalid, Problem
from ojr_desk.store.months import first_open_day
from ojr_desk.store.schema import VERSION
from ojr_desk.text import _


def valid_from_the_start(session: Session, office: Office) -> date:
    """Tell from when a new standing record holds if nobody says: on every day that is still open."""
    own = office.own(session)
    opened_on: date | None = own.opened_on if own else None
    if opened_on is not None:
        return opened_on
    new_year = office.today().replace(month=1, day=1)
    first = first_open_day(session, office.center)
    return new_year if first == date.min else min(first, new_year)


def effective(session: Session, office: Office, record: Any, asked: date | None = None) -> date:
    """Tell from which day a change of a standing record holds: closed months keep what they printed.

    Without a day *asked* for it is the first that is open; raises `Invalid` for one that is not.
    """
    is_from: date = record.valid_from
    open_from = first_open_day(session, office.center)
    if asked is None or asked == is_from:
        return max(is_from, open_from)
    if asked < open_from:
        told = _("生效日期不能早于 {day}：更早的月份已经结账，本子里的名称不能再变").format(
            day=open_from.isoformat()
        )
        raise Invalid([Problem(told, "closed_month", "valid_from")])
    versions = select(func.max(VERSION.c.valid_from)).where(VERSION.c.uid == record.uid)
    last = session.execute(versions).scalar_one()
    if last is not None and asked <= last:
        told = _("生效日期要晚于再上一次变更的 {day}").format(day=last.isoformat())
        raise Invalid([Problem(told, "too_early", "valid_from")])
    return asked
