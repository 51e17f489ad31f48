"""What entering rows would meet, told without storing anything: also who of them would be a new person."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from ojr_desk.desk import judges
from ojr_desk.desk.entries import same_as_others
from ojr_desk.desk.office import Office
from ojr_desk.desk.typed import as_names
from ojr_desk.problems import Invalid, Problem
from ojr_desk.register import REGISTERS, Column, Given, Link, Register, check, is_blank
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
        #: The rows so far, by what a later one might want too.
        self._earlier: dict[Any, list[Any]] = {}
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
        record: Any = None
        called: set[tuple[str, Any]] = set()
        try:
            record = check(self._register, as_names(values), self._anybody)
        except Invalid as invalid:
            found += [
                each for each in invalid.problems if each.column not in wrong or each.column not in links
            ]
        if record is not None and not found:
            called = {(name, getattr(record, name)) for name in self._register.unique}
            found += self._beside(record)
        if not found and not is_refused:
            self._called |= called
            if (what := judges.wanted(self._register, record)) is not None:
                self._earlier.setdefault(what, []).append(record)
            for name, phone in self._arriving:
                self._new.setdefault(name, set()).add(phone)
        return found

    def _beside(self, record: Any) -> list[Problem]:
        """Tell what a row meets of the stored records and of the rows above."""
        session, office, register = self._session, self._office, self._register
        found: list[Problem] = []
        for name in register.unique:
            value = getattr(record, name)
            if value and (name, value) in self._called:
                told = _("{label}“{value}”前面的行已经有了").format(
                    label=_(register.by_name[name].label), value=value
                )
                found.append(Problem(told, "double", name))
        judges.complete(session, office, register, record)
        found += same_as_others(session, office, register, record)
        earlier = self._earlier.get(judges.wanted(register, record), ())
        return found + judges.judged_row(session, office, register, record, earlier)

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
