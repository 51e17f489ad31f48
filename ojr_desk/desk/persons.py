"""Persons: one record each, linked to everywhere; doubles are merged, and taken apart again."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlmodel import Session

from ojr_desk.desk.doubles import Candidate, Doubles, find_by_phone, find_doubles, find_parted, part, unpart
from ojr_desk.desk.glimpse import Event
from ojr_desk.desk.office import Office
from ojr_desk.desk.person_card import Card, card, glance, kept_for
from ojr_desk.desk.standing import effective
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS, Link, is_blank
from ojr_desk.store import records
from ojr_desk.store.grams import fold
from ojr_desk.store.query import Query
from ojr_desk.store.schema import MERGE
from ojr_desk.store.triggers import table
from ojr_desk.text import _


class Persons:
    """What is done with persons beyond adding and editing them."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def suggest(self, typed: str, limit: int = 8) -> list[Any]:
        """Offer persons for what was typed: initials, part of the name, last digits of the phone."""
        words = tuple(fold(typed).split())
        if not words:
            return []
        with self._office.reading() as session:
            person = REGISTERS["person"]
            _total, found = records.find(session, person, Query(words, live=True), limit * 2)
            # What a double was called leads to whom it was merged into.
            kept = dict.fromkeys(kept_for(session, each.uid) for each in found)
            return [records.get(session, person, uid) for uid in kept][:limit]

    def card(self, uid: str, skip: int = 0, limit: int = 20) -> Card:
        """Make one person's card with a page of what was; of a double that of whom it was merged into."""
        with self._office.reading() as session:
            kept = kept_for(session, self._person(session, uid).uid)
            return card(session, self._office, self._person(session, kept), skip, limit)

    def history(self, uid: str, limit: int = 5) -> tuple[Event, ...]:
        """Tell what shows of a person beside a form: date, sort and state, neither complaints nor care data."""
        with self._office.reading() as session:
            return glance(session, self._office, kept_for(session, uid), limit)

    def doubles(self, limit: int = 50) -> list[Doubles]:
        """List who may have been entered twice, the surest first."""
        with self._office.reading() as session:
            return list(find_doubles(session, self._office, limit))

    def part(self, one: str, other: str) -> None:
        """Remember that two persons who look like one are two (不是同一个人): they are listed no more."""
        with self._office.writing("part persons") as session:
            first, second = self._both(session, one, other)
            part(session, self._office, first.uid, second.uid)

    def unpart(self, one: str, other: str) -> None:
        """Take back that two persons are two."""
        with self._office.writing("unpart persons") as session:
            first, second = self._person(session, one), self._person(session, other)
            if not unpart(session, first.uid, second.uid):
                told = _("{one} 和 {other} 没有标记过“不是同一个人”。")
                raise Refused(told.format(one=first.record_no, other=second.record_no))

    def parted(self, limit: int = 50) -> list[tuple[Candidate, Candidate]]:
        """List of whom somebody said that they are two, the last ones first."""
        with self._office.reading() as session:
            return list(find_parted(session, self._office, limit))

    def with_phone(self, number: str) -> list[Any]:
        """Read everybody who gave a telephone number, the newest first; none for what is no number."""
        with self._office.reading() as session:
            return find_by_phone(session, self._office, number)

    def merge(self, keep: str, double: str) -> Any:
        """Make *double* one with *keep*: what linked to it links to *keep*, but for closed months."""
        register = REGISTERS["person"]
        with self._office.writing("merge person") as session:
            kept, merged = self._both(session, keep, double)
            unpart(session, kept.uid, merged.uid)
            moved = {
                place: _relink(session, place, merged.uid, kept.uid, _linked(session, place, merged.uid))
                for place in _places()
            }
            records.change(session, register, merged.uid, {"merged_into": kept.uid})
            fill = {
                column.name: getattr(merged, column.name)
                for column in register.typed
                if is_blank(getattr(kept, column.name)) and not is_blank(getattr(merged, column.name))
            }
            self._fill(session, kept, fill)
            moved["filled"] = sorted(fill)
            session.execute(
                insert(MERGE).values(
                    kept=kept.uid,
                    merged=merged.uid,
                    moved=json.dumps(moved),
                    at=self._office.now(),
                    by=self._office.user,
                )
            )
            return records.get(session, register, kept.uid)

    def unmerge(self, double: str) -> Any:
        """Take the last merging of *double* back: its links, and what it had filled in.

        What was linked anew since, and rows of months closed since, stay as they are.
        """
        register = REGISTERS["person"]
        with self._office.writing("unmerge person") as session:
            merged = self._person(session, double)
            row = session.execute(
                select(MERGE)
                .where(MERGE.c.merged == merged.uid, MERGE.c.undone_at.is_(None))
                .order_by(MERGE.c.id.desc())
            ).first()
            if row is None:
                raise Refused(_("没有找到这个人的合并记录，不需要拆开。"))
            kept = records.get(session, register, row.kept)
            if kept.merged_into:
                raise Refused(_("{number} 后来又并入了别人，请先拆开那一次。").format(number=kept.record_no))
            moved: dict[str, list[str]] = json.loads(row.moved)
            filled = moved.pop("filled")
            for place, uids in moved.items():
                _relink(session, place, kept.uid, merged.uid, uids)
            records.change(session, register, merged.uid, {"merged_into": None})
            back = {
                name: register.by_name[name].default
                for name in filled
                if getattr(kept, name) == getattr(merged, name)
            }
            self._fill(session, kept, back)
            session.execute(update(MERGE).where(MERGE.c.id == row.id).values(undone_at=self._office.now()))
            return records.get(session, register, merged.uid)

    def _fill(self, session: Session, kept: Any, values: Mapping[str, Any]) -> None:
        """Store values of the person who is kept; closed months keep what they printed."""
        if values:
            since = effective(session, self._office, kept)
            records.change(session, REGISTERS["person"], kept.uid, {**values, "valid_from": since})

    def _both(self, session: Session, keep: str, double: str) -> tuple[Any, Any]:
        kept, merged = self._person(session, keep), self._person(session, double)
        if kept.uid == merged.uid:
            raise Refused(_("写的是同一个人的同一条记录，要写两条。"))
        if merged.merged_into or kept.merged_into:
            raise Refused(_("其中一个已经合并过了，请先拆开。"))
        if "void" in (kept.record_status, merged.record_status):
            raise Refused(_("其中一个已经作废，不能再改。"))
        return kept, merged

    def _person(self, session: Session, word: str) -> Any:
        """Read a person of this centre by uid or number, also one who was merged."""
        model: Any = REGISTERS["person"].model
        named = (model.uid == word) | (model.record_no == word)
        found = session.execute(select(model).where(named, model.center == self._office.center)).scalar()
        if found is None:
            raise Refused(_("服务对象里没有“{word}”，请检查编号。").format(word=word[:40]))
        return found


def _places() -> list[str]:
    """Name every column that links to a person, as `intake.person`."""
    return [
        f"{register.code}.{column.name}"
        for register in REGISTERS.values()
        for column in register.columns
        if isinstance(column.kind, Link) and column.kind.to == "person" and not column.computed
    ]


def _linked(session: Session, place: str, person: str) -> list[str]:
    """List the records that link to *person* and lie in no closed month."""
    code, _dot, name = place.partition(".")
    register = REGISTERS[code]
    statement = f'SELECT uid FROM {table(register)} r WHERE r."{name}" = :person'
    if register.dated_by:
        statement += (
            " AND NOT EXISTS (SELECT 1 FROM closed_month m WHERE m.center = r.center "
            f'AND m.month = substr(r."{register.dated_by}", 1, 7))'
        )
    return list(session.execute(text(statement), {"person": person}).scalars())


def _relink(session: Session, place: str, old: str, new: str, uids: Sequence[str]) -> list[str]:
    """Point those of *uids* that link to *old*, and may change, at *new*; answer with them."""
    code, _dot, name = place.partition(".")
    may = set(_linked(session, place, old))
    moved = [uid for uid in uids if uid in may]
    for uid in moved:
        records.change(session, REGISTERS[code], uid, {name: new})
    return moved
