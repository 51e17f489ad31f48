"""What the superior answered to the monthly packs, and whether somebody here has read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.moments import Month
from ojr_desk.store.schema import ANSWER_READ, PACK_OUT


@dataclass(frozen=True)
class Answer:
    """A receipt or a return of one of our packs: which, how it was answered (as `receipt` writes it), when."""

    pack: int
    month: Month
    revision: int
    state: str
    note: str
    at: datetime


class Answers:
    """The superior's answers."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def unread(self) -> tuple[Answer, ...]:
        """List what was answered since somebody last read the answers to a pack, the newest first."""
        with self._office.reading() as session:
            return unread(session)

    def read(self, packs: Iterable[int]) -> None:
        """Note that somebody has read the answers to some packs; a later answer is unread again."""
        rows = [{"pack": pack, "at": self._office.now(), "by": self._office.user} for pack in packs]
        if rows:
            with self._office.writing("read answers") as session:
                session.execute(insert(ANSWER_READ).prefix_with("OR REPLACE"), rows)


def unread(session: Session) -> tuple[Answer, ...]:
    """Read what nobody has read yet; there are as many packs as months."""
    seen = select(ANSWER_READ.c.pack).where(
        ANSWER_READ.c.pack == PACK_OUT.c.id, ANSWER_READ.c.at >= PACK_OUT.c.answered_at
    )
    rows = session.execute(
        select(PACK_OUT)
        .where(PACK_OUT.c.answered_at.is_not(None), ~seen.exists())
        .order_by(PACK_OUT.c.answered_at.desc(), PACK_OUT.c.id.desc())
    )
    return tuple(
        Answer(row.id, Month.parse(row.month), row.revision, row.state, row.note or "", row.answered_at)
        for row in rows
    )
