"""Undoing what was done with a record's file: what was added is taken off, what was taken off is there again."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from ojr_desk.store.history import Change
from ojr_desk.store.schema import ATTACHMENT
from ojr_desk.text import _, on_paper


def is_changed(change: Change, row: Any) -> bool:
    """Tell whether the file is otherwise than its entry left it."""
    return bool(_moment((change.now or {}).get("removed_at")) != row.removed_at)


def restore(session: Session, change: Change, row: Any, now: datetime) -> None:
    """Put the file back to what it was before its entry; a closed month's refusal comes as a `DBAPIError`."""
    if change.op == "insert":
        with on_paper():
            # It is kept, so it is Chinese whatever language the window speaks.
            values: dict[str, Any] = {"removed_at": now, "removed_reason": _("登记后撤销")}
    else:
        was = change.was or {}
        values = {"removed_at": _moment(was.get("removed_at")), "removed_reason": was.get("removed_reason")}
    session.execute(update(ATTACHMENT).where(ATTACHMENT.c.id == row.id).values(values))


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
