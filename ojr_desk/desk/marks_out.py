"""What a superior finds in the records that its villages report (批注): kept here, and told with the next return."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from ojr_desk.desk.marking import checked_words, markable, stood
from ojr_desk.desk.office import Office
from ojr_desk.exchange.contents import Pack
from ojr_desk.exchange.marks import MOST_MARKS, MOST_WORDS, REASONS, Mark
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS, Register
from ojr_desk.store import records
from ojr_desk.store.confidential import kept_back
from ojr_desk.store.schema import MARK_OUT, PACK_IN
from ojr_desk.store.uid import uid as new_uid
from ojr_desk.text import N_, _, labelled

#: How a mark stands that this office made.
STATES: Mapping[str, str] = {
    "draft": N_("还没有发"),
    "sent": N_("已发，等村里改"),
    "changed": N_("村里已改"),
    "handled": N_("村里已说明"),
    "gone": N_("记录已撤回或作废"),
}


@dataclass(frozen=True)
class Draft:
    """A mark as it is written: its words, why, and where.

    *record* is a number or a key, *field* a column by its name or label; without them it is of the month as a
    whole, or of the record as a whole. The register may be left out where a number tells it.
    """

    text: str
    reason: str = ""
    record: str = ""
    field: str = ""
    register: str = ""


@dataclass(frozen=True)
class Made:
    """A mark that this office made: for which centre and month, how it stands, and what the centre said of it."""

    mark: Mark
    center: str
    month: Month
    state: str
    said: str = ""

    @property
    def state_words(self) -> str:
        """Say how it stands, with what the centre said."""
        return labelled(_(STATES[self.state]), self.said) if self.said else _(STATES[self.state])

    @property
    def words(self) -> str:
        """Say where it is, what was found and how it stands."""
        what = labelled(self.mark.place, self.mark.what)
        return _("{what}（{state}）").format(what=what, state=self.state_words)


class MarksOut:
    """The marks of a superior."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def add(self, center: str, month: Month, draft: Draft) -> Made:
        """Mark a record of a month that a centre, by its key, reported; raises `Refused`."""
        text = checked_words(draft.text, MOST_WORDS)
        if draft.reason and draft.reason not in REASONS:
            raise Refused(_("没有“{reason}”这个退回原因。").format(reason=draft.reason[:20]))
        if not text and draft.reason in ("", "other"):
            raise Refused(_("批注要写明哪里不对，村里才知道怎么改。"))
        with self._office.writing("mark") as session:
            _refuse_unreported(session, center, month)
            key = new_uid()
            mark = _placed(session, center, draft, Mark(key, "", "", "", "", "", draft.reason, text))
            made = {"center": center, "month": str(month), "reason": mark.reason, "text": mark.text}
            where = {"register": mark.register, "record": mark.record, "field": mark.field}
            now = stood(session, key, mark.register, mark.record, mark.field)
            who = {"at": self._office.now(), "by": self._office.user}
            session.execute(insert(MARK_OUT).values(uid=key, stood=now, **made, **where, **who))
        return Made(mark, center, month, "draft")

    def of(self, center: str, month: Month | None = None) -> tuple[Made, ...]:
        """List the marks on what a centre reported, of a month or of all, in the order in which they were made."""
        with self._office.reading() as session:
            return marks_of(session, center, month)

    def waiting(self, center: str, month: Month) -> tuple[Made, ...]:
        """List the marks on what a centre reported of a month that it has not answered: they go with a return."""
        return tuple(each for each in self.of(center, month) if each.state in ("draft", "sent"))

    def all(self) -> tuple[Made, ...]:
        """List all marks of this office."""
        with self._office.reading() as session:
            return _made(session, session.execute(select(MARK_OUT).order_by(MARK_OUT.c.uid)))

    def on(self, *records: str) -> tuple[Made, ...]:
        """List the marks on some records, by their keys."""
        with self._office.reading() as session:
            chosen = select(MARK_OUT).where(MARK_OUT.c.record.in_(records)).order_by(MARK_OUT.c.uid)
            return _made(session, session.execute(chosen))

    def any_on(self, code: str) -> bool:
        """Tell whether a record of a register bears a mark of ours that the village has not answered in words."""
        with self._office.reading() as session:
            chosen = select(MARK_OUT.c.uid).where(MARK_OUT.c.register == code, MARK_OUT.c.said.is_(None))
            return session.execute(chosen.limit(1)).first() is not None

    def month_for(self, center: str, code: str, record: str) -> Month:
        """Tell in which month's report a record is marked: that of its own day, or the newest that came."""
        with self._office.reading() as session:
            register = REGISTERS[code]
            day = register.day_of(records.get(session, register, record))
            came = session.execute(
                select(PACK_IN.c.month).where(PACK_IN.c.center == center).order_by(PACK_IN.c.month.desc())
            ).scalars()
            months = list(came)
        if not months:
            raise Refused(_("还没有收到它的月报，不能批注。"))
        own = str(Month.of(day)) if day is not None else ""
        return Month.parse(own if own in months else months[0])

    def remove(self, uid: str) -> None:
        """Take a mark back that was not sent yet; raises `Refused`."""
        with self._office.writing("remove mark") as session:
            row = session.execute(select(MARK_OUT.c.pack).where(MARK_OUT.c.uid == uid)).first()
            if row is None:
                raise Refused(_("没有这条批注，可能已经删了。"))
            if row.pack is not None:
                raise Refused(_("这条批注已经随退回文件发出，不能删了。"))
            session.execute(delete(MARK_OUT).where(MARK_OUT.c.uid == uid))


def marks_of(session: Session, center: str, month: Month | None = None) -> tuple[Made, ...]:
    """Read the marks on what a centre reported."""
    chosen = select(MARK_OUT).where(MARK_OUT.c.center == center).order_by(MARK_OUT.c.uid)
    if month is not None:
        chosen = chosen.where(MARK_OUT.c.month == str(month))
    return _made(session, session.execute(chosen))


def going_out(session: Session, center: str, month: str, pack: int) -> tuple[Mark, ...]:
    """List the marks that go out with the return of a pack: the new ones, and again those that did with it before.

    What became confidential meanwhile, or was withdrawn, stays here.
    """
    chosen = select(MARK_OUT).where(
        MARK_OUT.c.center == center,
        MARK_OUT.c.month == month,
        MARK_OUT.c.pack.is_(None) | (MARK_OUT.c.pack == pack),
    )
    made = _made(session, session.execute(chosen.order_by(MARK_OUT.c.uid)))
    return tuple(
        each.mark for each in made if each.state != "gone" and not _is_kept_back(session, each.mark)
    )[:MOST_MARKS]


def sent_with(session: Session, marks: Iterable[Mark], pack: int) -> None:
    """Note that some marks went out with the return of a pack."""
    for each in marks:
        session.execute(update(MARK_OUT).where(MARK_OUT.c.uid == each.uid).values(pack=pack))


def take_answers(session: Session, pack: Pack) -> None:
    """Note what a centre says in its new revision of the marks that it was sent."""
    for uid, said in pack.answers:
        its = (MARK_OUT.c.uid == uid, MARK_OUT.c.center == pack.center, MARK_OUT.c.pack.is_not(None))
        session.execute(update(MARK_OUT).where(*its).values(said=said[:MOST_WORDS]))


def _refuse_unreported(session: Session, center: str, month: Month) -> None:
    came = select(PACK_IN.c.id).where(PACK_IN.c.center == center, PACK_IN.c.month == str(month))
    if session.execute(came).first() is None:
        raise Refused(_("还没有收到它 {month} 的月报，不能批注。").format(month=month.title))


def _placed(session: Session, center: str, draft: Draft, mark: Mark) -> Mark:
    """Find the record and the column of a draft."""
    if not draft.record:
        return mark
    register, record = _found(session, center, draft)
    if _hidden(session, register, record):
        raise Refused(_("{number}是不外传的内容，不能批注。").format(number=record.record_no))
    column = next((each for each in markable(register) if draft.field in (each.name, _(each.label))), None)
    if draft.field and column is None:
        told = _("《{register}》没有“{column}”这一栏，或者这一栏不上报，不能批注。")
        raise Refused(told.format(register=_(register.title), column=draft.field[:20]))
    field, label = (column.name, _(column.label)) if column is not None else ("", "")
    return Mark(mark.uid, register.code, record.uid, record.record_no, field, label, mark.reason, mark.text)


def _found(session: Session, center: str, draft: Draft) -> tuple[Register, Any]:
    word = draft.record.strip()
    number_class = word.partition("-")[0]
    for register in REGISTERS.values():
        if draft.register not in ("", register.code) or not register.sent:
            continue
        if not draft.register and number_class not in register.number.values():
            continue
        model: Any = register.model
        chosen = select(model).where(model.center == center, (model.record_no == word) | (model.uid == word))
        if (record := session.execute(chosen).scalars().first()) is not None:
            return register, record
    raise Refused(_("它报来的记录里没有“{number}”，请核对编号。").format(number=word[:40]))


def _hidden(session: Session, register: Register, record: Any) -> bool:
    return bool(kept_back(session, register, [record], full=False))


def _is_kept_back(session: Session, mark: Mark) -> bool:
    if not mark.record:
        return False
    record = records.get(session, REGISTERS[mark.register], mark.record)
    return record is None or _hidden(session, REGISTERS[mark.register], record)


def _made(session: Session, rows: Iterable[Any]) -> tuple[Made, ...]:
    found = []
    for row in rows:
        register = REGISTERS.get(row.register)
        record = records.get(session, register, row.record) if register and row.record else None
        column = register.by_name.get(row.field) if register else None
        number = record.record_no if record is not None else ""
        label = _(column.label) if column is not None else ""
        mark = Mark(row.uid, row.register, row.record, number, row.field, label, row.reason, row.text)
        state = _state(session, row, record)
        found.append(Made(mark, row.center, Month.parse(row.month), state, row.said or ""))
    return tuple(found)


def _state(session: Session, row: Any, record: Any) -> str:
    if row.record and (record is None or record.record_status == "void"):
        return "gone"
    if row.pack is None:
        return "draft"
    if row.record and stood(session, row.uid, row.register, row.record, row.field) != row.stood:
        return "changed"
    return "handled" if row.said else "sent"
