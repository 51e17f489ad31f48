"""What the superior found in what this office reported (上级批注), until each is put right or answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ojr_desk.desk.marking import checked_words, stood
from ojr_desk.desk.office import Office
from ojr_desk.exchange.marks import MOST_WORDS, Mark
from ojr_desk.exchange.receipt import Receipt
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS
from ojr_desk.store import records
from ojr_desk.store.schema import MARK_IN
from ojr_desk.text import N_, _, labelled

#: How a mark of the superior's stands here.
STATES: Mapping[str, str] = {
    "open": N_("还没有处理"),
    "changed": N_("已改"),
    "handled": N_("已处理"),
    "settled": N_("上级已通过"),
}


@dataclass(frozen=True)
class Marked:
    """A mark of the superior's: on which month, until when it is to be put right, how it stands, what was answered."""

    mark: Mark
    month: Month
    due_on: date | None
    state: str
    said: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be done about it."""
        return self.state == "open"

    @property
    def words(self) -> str:
        """Say what the superior found, as it stands below the field."""
        return labelled(_("上级批注"), self.mark.what)

    @property
    def state_words(self) -> str:
        """Say how it stands, with what was answered."""
        return labelled(_(STATES[self.state]), self.said) if self.said else _(STATES[self.state])


class MarksIn:
    """The superior's marks on what this office reported."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def all(self, month: Month | None = None) -> tuple[Marked, ...]:
        """List the marks, of one month or of all: those of the newest month first."""
        chosen = select(MARK_IN).order_by(MARK_IN.c.month.desc(), MARK_IN.c.uid)
        if month is not None:
            chosen = chosen.where(MARK_IN.c.month == str(month))
        with self._office.reading() as session:
            return tuple(_marked(session, row) for row in session.execute(chosen))

    def on(self, *uids: str) -> tuple[Marked, ...]:
        """List the marks on some records that are still open."""
        with self._office.reading() as session:
            chosen = select(MARK_IN).where(MARK_IN.c.record.in_(uids), MARK_IN.c.handled_at.is_(None))
            found = (_marked(session, row) for row in session.execute(chosen.order_by(MARK_IN.c.uid)))
            return tuple(each for each in found if each.is_open)

    def any_on(self, code: str) -> bool:
        """Tell whether a record of a register bears a mark that nobody has answered."""
        with self._office.reading() as session:
            chosen = select(MARK_IN.c.uid).where(MARK_IN.c.register == code, MARK_IN.c.handled_at.is_(None))
            return session.execute(chosen.limit(1)).first() is not None

    def handle(self, uid: str, said: str) -> Marked:
        """Answer a mark with what was done about it, or why nothing is to be; raises `Refused`."""
        words = checked_words(said, MOST_WORDS)
        if not words:
            raise Refused(_("请写一句怎么处理的，上级收到新版月报时能看到。"))
        with self._office.writing("handle mark") as session:
            row = session.execute(select(MARK_IN).where(MARK_IN.c.uid == uid)).first()
            if row is None:
                raise Refused(_("没有这条批注。"))
            done = {"handled_at": self._office.now(), "handled_by": self._office.user, "said": words}
            session.execute(update(MARK_IN).where(MARK_IN.c.uid == uid).values(**done))
            return _marked(session, session.execute(select(MARK_IN).where(MARK_IN.c.uid == uid)).one())


def new_marks(session: Session, receipt: Receipt) -> tuple[Mark, ...]:
    """List those marks of a return that are not known here yet."""
    uids = [each.uid for each in receipt.marks]
    known = set(session.execute(select(MARK_IN.c.uid).where(MARK_IN.c.uid.in_(uids))).scalars())
    return tuple(each for each in receipt.marks if each.uid not in known)


def take_marks(session: Session, office: Office, receipt: Receipt, marks: Iterable[Mark]) -> None:
    """Enter marks of a return; what they speak of is remembered as it stands now."""
    due_on = date.fromisoformat(receipt.due_on) if receipt.due_on else None
    for each in marks:
        # Another centre's record, or one that is not here, is told in words and lights up nothing.
        own = _own(session, office, each)
        values = {"month": receipt.month, "number": each.number, "label": each.label, "text": each.text}
        values |= (
            {"register": each.register, "record": each.record} if own else {"register": "", "record": ""}
        )
        session.execute(
            insert(MARK_IN).values(
                uid=each.uid,
                field=each.field,
                reason=each.reason,
                stood=stood(session, each.uid, each.register, each.record, each.field) if own else "",
                due_on=due_on,
                at=office.now(),
                **values,
            )
        )


def settle(session: Session, office: Office, month: str) -> None:
    """Note that the superior accepted a month: nothing is to be done about its marks any more."""
    open_ones = update(MARK_IN).where(MARK_IN.c.month == month, MARK_IN.c.handled_at.is_(None))
    session.execute(open_ones.values(handled_at=office.now(), handled_by=None, said=""))


def answers_of(session: Session, month: Month) -> tuple[tuple[str, str], ...]:
    """List what is answered to the marks of a month, as it travels with its next report."""
    chosen = select(MARK_IN.c.uid, MARK_IN.c.said).where(MARK_IN.c.month == str(month), MARK_IN.c.said != "")
    return tuple((row.uid, row.said) for row in session.execute(chosen.order_by(MARK_IN.c.uid)))


def _own(session: Session, office: Office, mark: Mark) -> bool:
    register = REGISTERS.get(mark.register)
    record = records.get(session, register, mark.record) if register is not None and mark.record else None
    return record is not None and record.center == office.center


def _marked(session: Session, row: Any) -> Marked:
    mark = Mark(row.uid, row.register, row.record, row.number, row.field, row.label, row.reason, row.text)
    return Marked(mark, Month.parse(row.month), row.due_on, _state(session, row), row.said or "")


def _state(session: Session, row: Any) -> str:
    if row.handled_at is not None:
        return "handled" if row.said else "settled"
    if row.record and stood(session, row.uid, row.register, row.record, row.field) != row.stood:
        return "changed"
    return "open"
