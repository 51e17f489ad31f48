"""Records made of what was typed: who is meant is found, or registered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.naming import person_of
from ojr_desk.desk.office import Office
from ojr_desk.problems import Invalid, Problem
from ojr_desk.register import Given, Link, Register, check


def lenient(given: Given) -> Given:
    """Take a person's name that is not registered yet for one that will be."""

    def resolve(code: str, word: str) -> tuple[str, ...]:
        found = given.resolve(code, word)
        return found or ((word,) if code == "person" and word else ())

    return replace(given, resolve=resolve)


def as_names(values: Mapping[str, Any]) -> dict[str, Any]:
    """Write a person given by columns as the name."""
    return {
        name: value["full_name"] if isinstance(value, Mapping) and "full_name" in value else value
        for name, value in values.items()
    }


def record_of(
    session: Session,
    office: Office,
    register: Register,
    values: Mapping[str, Any],
    given: Given,
    notices: list[str],
) -> Any:
    """Make a record of *values*, registering whom they name; raises `Invalid` with all that is wrong."""
    known = dict(values)
    problems: list[Problem] = []
    for name in _persons(register, values):
        try:
            known[name] = person_of(session, office, values[name], given, notices)
        except Invalid as invalid:
            problems += [replace(each, column=name) for each in invalid.problems]
    if not problems:
        return check(register, known, given)
    wrong = {each.column for each in problems}
    try:
        check(register, as_names(known), lenient(given))
    except Invalid as invalid:
        problems += [each for each in invalid.problems if each.column not in wrong]
    raise Invalid(problems)


def _persons(register: Register, values: Mapping[str, Any]) -> list[str]:
    """Name the columns by which *values* name persons; what is sealed names none."""
    if register.reads is not None and register.reads(values) is not None:
        return []
    return [
        column.name
        for column in register.typed
        if column.name in values and isinstance(column.kind, Link) and column.kind.to == "person"
    ]
