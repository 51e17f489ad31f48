"""What the superior answered to the packs, and whether somebody here has read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from ojr_desk.desk.marks_in import new_marks, settle, take_marks
from ojr_desk.desk.office import Office
from ojr_desk.exchange.receipt import STATES, Receipt
from ojr_desk.moments import Month
from ojr_desk.problems import NotOurs
from ojr_desk.store import settings
from ojr_desk.store.schema import ANSWER_READ, PACK_OUT
from ojr_desk.text import N_, _, listed


@dataclass(frozen=True)
class Answer:
    """A receipt or a return of one of our packs: which, how it was answered (as `receipt` writes it), when."""

    pack: int
    month: Month
    revision: int
    state: str
    note: str
    at: datetime

    @property
    def words(self) -> str:
        """Say in a line how it was answered, in the language in use."""
        told = _("上级对 {month} 月报的回复：{state}").format(month=self.month, state=_(STATES[self.state]))
        return listed((told, self.note), N_("　"))


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


def take_answer(office: Office, receipt: Receipt, name: str, dry_run: bool) -> tuple[str, tuple[str, ...]]:
    """Note what the superior answered in the file *name*; what was written earlier undoes nothing.

    Its marks are entered once, however often and in whatever order its files come.
    Tells what it was, `same` where nothing is new, and what to say of it. Raises `NotOurs`.
    """
    if receipt.to_center != office.center:
        told = _("《{name}》是发给{center}的回执，不是本中心的。")
        raise NotOurs(told.format(name=name, center=receipt.to_name))
    with office.reading() as session:
        sent = _sent(session, receipt)
        is_lost = sent is None and _is_lost(session, receipt)
        marks = new_marks(session, receipt)
    if sent is None and not is_lost:
        raise NotOurs(_("《{name}》回执的校验码和本中心报出的不一致，请核对。").format(name=name))
    notes = tuple(_notes(receipt))
    if sent is not None and (sent.state, sent.note or "") == (receipt.state, receipt.words) and not marks:
        return "same", notes
    is_stale = sent is not None and _is_stale(sent, receipt)
    if is_stale and (not marks or sent.state == "accepted"):
        told = _("上级后来又答复过（{state}），这一份不再算数。")
        return "same", (told.format(state=_(STATES[sent.state])),)
    if not dry_run:
        with office.writing("receive receipt") as session:
            take_marks(session, office, receipt, new_marks(session, receipt))
            if not is_stale:
                _note(session, office, sent, receipt, name)
    return receipt.state, notes


def take_group(
    office: Office, found: Iterable[Receipt], name: str, dry_run: bool
) -> tuple[str, tuple[str, ...]]:
    """Note what a file for the group holds for this office; what it holds for others is not looked at.

    A return is only told of: its reasons and marks are in a file of its own. Raises `NotOurs`.
    """
    own = [each for each in found if each.to_center == office.center]
    if not own:
        raise NotOurs(_("《{name}》里没有本中心的回执，不用收。").format(name=name))
    decision, notes = "same", []
    for each in own:
        told = _("{month} 第{n}版：{state}")
        notes.append(told.format(month=each.month, n=each.revision, state=_(STATES[each.state])))
        if each.state == "returned":
            notes.append(_("退回的原因和批注在单独的退回文件里，请向上级要。"))
            continue
        taken, more = take_answer(office, each, name, dry_run)
        notes += more
        decision = decision if taken == "same" else taken
    return decision, tuple(notes)


def _notes(receipt: Receipt) -> Iterator[str]:
    if receipt.words:
        yield _("上级意见：{note}").format(note=receipt.words)
    if receipt.marks:
        yield _("有 {n} 处批注，在“月末结账”的“上级批注”里。").format(n=len(receipt.marks))


def _sent(session: Session, receipt: Receipt) -> Any:
    """Find what was sent that a receipt is for; None if nothing bears its code."""
    return session.execute(
        select(PACK_OUT).where(
            PACK_OUT.c.month == receipt.month,
            PACK_OUT.c.revision == receipt.revision,
            PACK_OUT.c.code == receipt.code,
        )
    ).first()


def _is_lost(session: Session, receipt: Receipt) -> bool:
    """Tell whether what a receipt is for may have been sent before the office went back to a backup."""
    if not settings.read(session.connection(), settings.RESTORED):
        return False
    same = select(PACK_OUT.c.id).where(
        PACK_OUT.c.kind == receipt.kind,
        PACK_OUT.c.month == receipt.month,
        PACK_OUT.c.revision == receipt.revision,
    )
    return session.execute(same).first() is None


def _is_stale(sent: Any, receipt: Receipt) -> bool:
    """Tell whether what is noted already was written after *receipt*; both say when, to the minute."""
    is_decided = sent.state in ("accepted", "returned")
    return receipt.at < (sent.written_at or "") or (is_decided and receipt.state == "received")


def _note(session: Session, office: Office, sent: Any, receipt: Receipt, name: str) -> None:
    """Enter an answer beside what it answers; what was forgotten with a backup is entered with it."""
    now = office.now()
    answer = {"state": receipt.state, "note": receipt.words, "answered_at": now, "written_at": receipt.at}
    if sent is not None:
        session.execute(update(PACK_OUT).where(PACK_OUT.c.id == sent.id).values(**answer))
        # Of two answers within one second the later would pass for read: moments are told to the second.
        session.execute(delete(ANSWER_READ).where(ANSWER_READ.c.pack == sent.id))
        if receipt.state == "accepted":
            settle(session, office, receipt.month)
        return
    lost = {"kind": receipt.kind, "month": receipt.month, "code": receipt.code, "file": name}
    entry = insert(PACK_OUT).values(revision=receipt.revision, digest="", at=now, by=office.user)
    session.execute(entry.values(**lost, **answer))
