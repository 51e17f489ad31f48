"""Months: which are closed, closing them and opening them again."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from ojr_desk.moments import Month
from ojr_desk.store.asof import keep_printed
from ojr_desk.store.schema import CLOSED_MONTH, MONTH_EVENT, MONTH_NONE, PACK_OUT


def closed(session: Session, center: str) -> frozenset[Month]:
    """List the closed months of a centre."""
    found = session.execute(select(CLOSED_MONTH.c.month).where(CLOSED_MONTH.c.center == center))
    return frozenset(Month.parse(month) for month in found.scalars())


def is_closed(session: Session, center: str, month: Month) -> bool:
    """Tell whether one month of a centre is closed."""
    asked = "SELECT 1 FROM closed_month WHERE center = ? AND month = ?"
    return session.connection().exec_driver_sql(asked, (center, str(month))).scalar() is not None


def closed_at(session: Session, center: str, month: Month) -> datetime | None:
    """Tell when a month was closed; None while it is open."""
    asked = (
        select(MONTH_EVENT.c.at)
        .join(CLOSED_MONTH, CLOSED_MONTH.c.event == MONTH_EVENT.c.id)
        .where(CLOSED_MONTH.c.center == center, CLOSED_MONTH.c.month == str(month))
    )
    return session.execute(asked).scalar()


def closing_event(session: Session, center: str, month: Month) -> int | None:
    """Name the event by which a month was closed; None while it is open. Closed again, it is another one."""
    asked = select(CLOSED_MONTH.c.event).where(
        CLOSED_MONTH.c.center == center, CLOSED_MONTH.c.month == str(month)
    )
    return session.execute(asked).scalar()


def was_sent(session: Session, center: str, month: Month) -> bool:
    """Tell whether a report was written of a month as it is closed now; of older programs' reports nobody knows."""
    event = closing_event(session, center, month)
    made = select(PACK_OUT.c.id).where(
        PACK_OUT.c.month == str(month), (PACK_OUT.c.event == event) | (PACK_OUT.c.event.is_(None))
    )
    return session.execute(made).first() is not None


def first_open_day(session: Session, center: str) -> date:
    """Tell the first day after the last closed month: the earliest from which a standing record may change."""
    months = closed(session, center)
    return max(months).next().first if months else date.min


def kept(session: Session, center: str, month: Month) -> frozenset[str] | None:
    """Tell which registers were kept when a month was closed; None while it is open, or where nobody noted it."""
    asked = (
        select(MONTH_EVENT.c.kept)
        .join(CLOSED_MONTH, CLOSED_MONTH.c.event == MONTH_EVENT.c.id)
        .where(CLOSED_MONTH.c.center == center, CLOSED_MONTH.c.month == str(month))
    )
    told: str | None = session.execute(asked).scalar()
    return None if told is None else frozenset(told.split())


def confirmed_none(session: Session, center: str, month: Month) -> Mapping[str, tuple[datetime, str | None]]:
    """Tell of which registers it was confirmed that nothing happened in *month*: when, and by whom."""
    chosen = select(MONTH_NONE).where(MONTH_NONE.c.center == center, MONTH_NONE.c.month == str(month))
    return {row.register: (row.at, row.by) for row in session.execute(chosen)}


def confirm_none(
    session: Session, center: str, month: Month, codes: Iterable[str], by: str | None, at: datetime
) -> None:
    """Note that somebody looked, and nothing happened in *month* in some registers."""
    rows = [{"center": center, "month": str(month), "register": code, "at": at, "by": by} for code in codes]
    if rows:
        session.execute(insert(MONTH_NONE).prefix_with("OR REPLACE"), rows)


def close(
    session: Session, center: str, month: Month, by: str | None, at: datetime, kept: Iterable[str]
) -> None:
    """Close *month*: what is dated in it stands still, and so does what it shows of anything else.

    *kept* are the codes of the registers that it is closed with.
    """
    keep_printed(session, center, month)
    event = _event(session, center, month, "close", by, at, kept=" ".join(kept))
    session.execute(insert(CLOSED_MONTH).values(center=center, month=str(month), event=event))


def reopen(
    session: Session, center: str, month: Month, by: str | None, at: datetime, reason: str, second: str
) -> None:
    """Open *month* again; the database insists on the reason and the second name."""
    _event(session, center, month, "reopen", by, at, reason, second)
    session.execute(
        delete(CLOSED_MONTH).where(CLOSED_MONTH.c.center == center, CLOSED_MONTH.c.month == str(month))
    )


def _event(
    session: Session,
    center: str,
    month: Month,
    act: str,
    by: str | None,
    at: datetime,
    reason: str | None = None,
    second: str | None = None,
    kept: str | None = None,
) -> int:
    done = session.connection().execute(
        insert(MONTH_EVENT).values(
            center=center, month=str(month), act=act, at=at, by=by, reason=reason, second=second, kept=kept
        )
    )
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])
