"""Undoing: the last deed by its name, and taking a deed back record by record — as far as nothing was built on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ojr_desk.desk import judges, undo_files
from ojr_desk.desk.office import Office
from ojr_desk.desk.projecting import project_owner
from ojr_desk.desk.standing import effective
from ojr_desk.problems import Invalid, Refused
from ojr_desk.register import REGISTERS, Link, Register
from ojr_desk.rules.casebook import STEPS
from ojr_desk.store import deeds, records
from ojr_desk.store.deeds import UNDO, Deed
from ojr_desk.store.faults import REFUSALS
from ojr_desk.store.history import Change
from ojr_desk.text import N_, _, on_paper

#: How long a deed is offered to be undone by one key; later a record is changed or declared void by hand.
OFFERED = timedelta(hours=24)
#: The deeds that can be undone, and how each is called.
NAMES = {
    "add": N_("登记 {what}"),
    "load": N_("补录 {what}"),
    "edit": N_("改动 {what}"),
    "void": N_("作废 {what}"),
    "attach": N_("加附件 {what}"),
    "detach": N_("取下附件 {what}"),
    "act": N_("办理 {what}"),
    "settle": N_("办结 {what}"),
    "rotate": N_("轮排 {what}"),
    "publish": N_("公布 {what}"),
    UNDO: N_("撤销 {what}"),
}


@dataclass(frozen=True)
class Offer:
    """A deed that may be undone, in words."""

    deed: int
    words: str


@dataclass(frozen=True)
class TakenBack:
    """What became of a deed's records, by number: taken back, changed since and so kept, impossible."""

    back: tuple[str, ...]
    changed: tuple[str, ...]
    impossible: tuple[str, ...]


class Undo:
    """Takes back what was done at this desk."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def last(self) -> Offer | None:
        """Offer the last deed of who sits here that was not undone yet; nothing that lies a day back."""
        since = (self._office.now() - OFFERED).isoformat(timespec="seconds")
        with self._office.reading() as session:
            undone: set[int] = set()
            for deed in deeds.latest(session):
                if deed.at < since:
                    return None
                if deed.first in undone:
                    continue
                if deed.undone is not None:
                    undone.add(deed.undone)
                elif deed.actor == (self._office.user or ""):
                    words = self._words(session, deed)
                    return Offer(deed.first, words) if words else None
        return None

    def again(self) -> Offer | None:
        """Offer the deed that has just been undone."""
        with self._office.reading() as session:
            deed = next(deeds.latest(session, 1), None)
            if deed is None or deed.undone is None:
                return None
            record, _count = deeds.last_of(session, deed.undone)
            first = record or next((change for change, _row in deeds.files(session, deed.undone)), None)
            if first is None:
                return None
            words = self._words(session, Deed(deed.undone, first.at, first.actor, first.act))
            return Offer(deed.first, words) if words else None

    def take_back(self, deed: int) -> TakenBack:
        """Undo one deed: what it added is declared void, what it changed is as it was.

        A record that was changed since, or lies in a closed month, stays as it is, and is told.
        """
        with self._office.writing(f"{UNDO} {deed}") as session:
            entries, files = deeds.entries(session, deed), deeds.files(session, deed)
            done = [*entries, *(change for change, _row in files)]
            if not done or done[0].act.partition(" ")[0] not in NAMES:
                raise Refused(_("这件事不能撤销。"))
            back: list[str] = []
            changed: list[str] = []
            impossible: list[str] = []
            for change, file in files:
                number = _number(session, file.register, file.record)
                if undo_files.is_changed(change, file):
                    changed.append(number)
                elif _allowed(
                    session, partial(undo_files.restore, session, change, file, self._office.now())
                ):
                    back.append(number)
                else:
                    impossible.append(number)
            whose: dict[str, list[Change]] = {}
            for each in entries:
                whose.setdefault(each.uid, []).append(each)
            kept: set[str] = set()
            newest_first = list(reversed(whose.values()))
            # Steps first: what follows from one that stays, stays with it.
            steps_first = sorted(newest_first, key=lambda own: not REGISTERS[own[0].register].steps_of)
            for own in steps_first:
                if own[0].uid in kept:
                    continue
                number = _number(session, own[0].register, own[0].uid)
                if _is_changed(session, own):
                    changed.append(number)
                elif self._restore(session, own):
                    back.append(number)
                else:
                    impossible.append(number)
                    kept |= _owners(session, own[0])
            if not back:
                raise Refused(_("没有能撤销的：以后又改过，或者那个月已经结账。"))
            self._project(session, entries)
            return TakenBack(tuple(back), tuple(changed), tuple(impossible))

    def _restore(self, session: Session, own: Iterable[Change]) -> bool:
        """Put one record back to what it was before its entries; answer whether that is possible."""
        raw: dict[str, Any] = {}
        first, *_rest = own = list(own)
        for each in reversed(own):
            if each.was is None and each.op != "insert":
                return False
            raw |= each.was or {}
        register = REGISTERS[first.register]
        raw.pop("revision", None)
        raw.pop("valid_from", None)
        if first.op == "insert":
            if register.standing and self._is_linked(session, first):
                return False
            if judges.held(session, self._office, register, records.get(session, register, first.uid)):
                return False
            with on_paper():
                # It is kept and printed, so it is Chinese whatever language the window speaks.
                raw = {"record_status": "void", "void_reason": _("登记后撤销")}
            if register.standing:
                record = records.get(session, register, first.uid)
                raw["valid_from"] = effective(session, self._office, record).isoformat()
        return _allowed(session, partial(self._put, session, register, first.uid, raw))

    def _put(self, session: Session, register: Register, uid: str, raw: dict[str, Any]) -> None:
        """Store a record as it was; raises `Invalid` for one that would not go with the others any more."""
        deeds.put(session, register.code, uid, raw)
        record = records.get(session, register, uid)
        if record.record_status == "void":
            return
        # Judging may fill in what it is told of now; what is put back stays as it was.
        session.expunge(record)
        if problems := judges.judged(session, self._office, register, record, record):
            raise Invalid(problems)

    def _is_linked(self, session: Session, entry: Change) -> bool:
        """Tell whether a record that stands is named by another that is not void."""
        return any(
            deeds.is_named(session, register.code, column.name, entry.uid)
            for register in REGISTERS.values()
            for column in register.columns
            if isinstance(column.kind, Link) and column.kind.to == entry.register
        )

    def _project(self, session: Session, entries: Iterable[Change]) -> None:
        """Bring cases and all that has steps up to those that are left to them, and logs up to the day's records."""
        for each in entries:
            register = REGISTERS[each.register]
            record = records.get(session, register, each.uid)
            if day := register.day_of(record):
                judges.changed(session, self._office, register, [day])
            if register.steps_of:
                project_owner(session, register, record)

    def _words(self, session: Session, deed: Deed) -> str:
        act, _space, _rest = deed.act.partition(" ")
        if act not in NAMES:
            return ""
        last, count = deeds.last_of(session, deed.first)
        files = deeds.files(session, deed.first)
        if last is not None:
            one = _number(session, last.register, last.uid)
        elif files:
            one, count = _number(session, files[0][1].register, files[0][1].record), 1
        else:
            return ""
        what = one if count == 1 else _("{count} 条").format(count=count)
        if act == "act":
            step = STEPS.get(deed.act.partition(" ")[2])
            what = _("“{step}”").format(step=_(step.label)) if step else what
        return _(NAMES[act]).format(what=what)


def _number(session: Session, register: str, uid: str) -> str:
    record: Any = records.get(session, REGISTERS[register], uid)
    return str(record.record_no)


def _owners(session: Session, entry: Change) -> set[str]:
    """Name the records whose step an entry is."""
    register = REGISTERS[entry.register]
    row: Any = records.get(session, register, entry.uid)
    return {uid for link in register.steps_of.values() if (uid := getattr(row, link))}


def _allowed(session: Session, change: Callable[[], None]) -> bool:
    """Change something; answer whether that may be, or is refused by other records or by the file itself."""
    try:
        with session.begin_nested():
            change()
    except Invalid:
        return False
    except DBAPIError as error:
        if str(error.orig) not in REFUSALS:
            raise
        return False
    return True


def _is_changed(session: Session, own: list[Change]) -> bool:
    """Tell whether a record is otherwise than its entries left it."""
    left: dict[str, Any] = {}
    for each in own:
        left |= each.now or {}
    there = deeds.raw(session, own[0].register, own[0].uid)
    return any(there[name] != value for name, value in left.items() if name != "revision")
