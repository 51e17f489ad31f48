"""What entering rows would meet, told without storing anything: also who of them would be a new person."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.entries import as_names, refusals
from ojr_desk.desk.judges import complete
from ojr_desk.desk.office import Office
from ojr_desk.problems import Invalid, Problem
from ojr_desk.register import REGISTERS, Column, Exclusive, Given, Link, Register, check, is_blank
from ojr_desk.store import records
from ojr_desk.text import _


class DryRun:
    """Checks row after row as `entries` would enter them, the later ones with the persons of the earlier."""

    def __init__(self, session: Session, office: Office, register: Register, given: Given) -> None:
        self._session = session
        self._office = office
        self._register = register
        self._given = replace(given, resolve=self._resolve)
        # Who is meant, and whether one certain person is, is asked before.
        self._anybody = replace(given, resolve=self._taken_for_known)
        self._ask = given.resolve
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}
        #: What the rows so far are called that only one may be called.
        self._called: set[tuple[str, Any]] = set()
        #: The rows so far that hold something which no two may hold at once.
        self._holding: list[Any] = []
        #: The telephones of those who would be new, by name.
        self._new: dict[str, set[str]] = {}
        self._arriving: list[tuple[str, str]] = []
        self._links = [
            each for each in register.typed if isinstance(each.kind, Link) and each.kind.to == "person"
        ]

    def problems(self, values: Mapping[str, Any], is_refused: bool = False) -> list[Problem]:
        """Tell everything that is wrong with one row; one that *is_refused* already leaves nobody behind."""
        self._arriving.clear()
        is_sealed = self._register.reads is not None and self._register.reads(values) is not None
        found: list[Problem] = []
        for link in () if is_sealed else self._links:
            if not is_blank(values.get(link.name)):
                found += self._person_problems(link, values[link.name])
        wrong = {problem.column for problem in found}
        links = {link.name for link in self._links}
        record = None
        try:
            record = check(self._register, as_names(values), self._anybody)
        except Invalid as invalid:
            found += [
                each for each in invalid.problems if each.column not in wrong or each.column not in links
            ]
        if record is not None and not found:
            found += self._same(record)
        if not found and not is_refused:
            own = self._register.no_overlap
            if own is not None and getattr(record, own.state) in own.held:
                self._holding.append(record)
            self._called |= {(name, getattr(record, name)) for name in self._register.unique}
            for name, phone in self._arriving:
                self._new.setdefault(name, set()).add(phone)
        return found

    def _same(self, record: Any) -> list[Problem]:
        """Name what another record is called already, or one of the rows above."""
        session, office, register = self._session, self._office, self._register
        complete(session, office, register, record)
        found = list(refusals(session, office, register, record, []))
        for name in self._register.unique:
            value = getattr(record, name)
            if value and (name, value) in self._called:
                told = _("{label}“{value}”前面的行已经有了").format(
                    label=_(self._register.by_name[name].label), value=value
                )
                found.append(Problem(told, "double", name))
        own = self._register.no_overlap
        holds = own is not None and getattr(record, own.state) in own.held
        if own is not None and holds and any(self._meets(own, record, each) for each in self._holding):
            found.append(Problem(_("前面的行已经订了这个时段"), "taken", own.start))
        return found

    def _meets(self, own: Exclusive, one: Any, other: Any) -> bool:
        """Tell whether two rows want one thing at one time."""
        if getattr(one, own.thing) != getattr(other, own.thing):
            return False
        return bool(
            getattr(one, own.start) < getattr(other, own.end)
            and getattr(other, own.start) < getattr(one, own.end)
        )

    def _person_problems(self, link: Column, value: Any) -> list[Problem]:
        """Follow `naming.person_of`, and remember whom it would register."""
        fields = dict(value) if isinstance(value, Mapping) else {"full_name": str(value)}
        found = self._resolve("person", str(fields["full_name"]).strip())
        if len(found) == 1 and not fields.get("phone"):
            return []
        try:
            person: Any = check(REGISTERS["person"], fields, self._given)
        except Invalid as invalid:
            return [replace(each, column=_of_person(link, each)) for each in invalid.problems]
        found = found or self._resolve("person", person.full_name)
        new = self._new.get(person.full_name, set())
        if person.phone:
            if not any(self._phone(uid) == person.phone for uid in found):
                self._arriving.append((person.full_name, person.phone))
            return []
        if len(found) + len(new) > 1:
            told = _("有 {count} 个“{word}”，请写上电话，看得出是哪一个；也可以写编号")
            message = told.format(count=len(found) + len(new), word=person.full_name[:30])
            return [Problem(message, "ambiguous_link", link.name)]
        if not found and not new:
            self._arriving.append((person.full_name, ""))
        return []

    def _resolve(self, code: str, word: str) -> tuple[str, ...]:
        found = self._known.get((code, word))
        if found is None:
            found = self._known[code, word] = self._ask(code, word)
        return found

    def _taken_for_known(self, code: str, word: str) -> tuple[str, ...]:
        return (word,) if code == "person" and word else self._resolve(code, word)

    def _phone(self, uid: str) -> str:
        return str(records.get(self._session, REGISTERS["person"], uid).phone)


def _of_person(link: Column, problem: Problem) -> str:
    """Name the column of a problem as the headings of an old book do."""
    name = REGISTERS["person"].label_by
    return link.name if problem.column in (None, name) else f"{link.name}.{problem.column}"
