"""Whom a form names: somebody known, found by name, number or telephone, or a new person who is registered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.person_card import kept_for
from ojr_desk.desk.standing import effective, valid_from_the_start
from ojr_desk.problems import Invalid, Problem, Wrong
from ojr_desk.register import REGISTERS, Given, check, is_blank
from ojr_desk.rules.masking import mask_phone
from ojr_desk.store import records
from ojr_desk.text import _, listed


def person_of(session: Session, office: Office, value: Any, given: Given, notices: list[str]) -> Any:
    """Answer with the uid of whom *value* names, and register the person who is not known yet.

    *value* is a uid, a number, a name, or a mapping of a person's columns. A telephone beside the uid is the
    person's new one.
    """
    if is_blank(value):
        return value
    register = REGISTERS["person"]
    fields = dict(value) if isinstance(value, Mapping) else {"full_name": value}
    if "uid" in fields:
        _call_anew(session, office, fields["uid"], fields.get("phone"), given)
        return fields["uid"]
    name = str(fields.get("full_name") or "").strip()
    found = given.resolve("person", name)
    if len(found) == 1 and not fields.get("phone"):
        return found[0]
    person: Any = check(register, fields, given)
    # Written as the check writes it, the name may be known after all.
    found = found or given.resolve("person", person.full_name)
    if found and not person.phone:
        # Of several the check of the link asks which.
        return found[0] if len(found) == 1 else person.full_name
    for uid in found:
        if records.get(session, register, uid).phone == person.phone:
            return uid
    if double := _double(session, office, person):
        return kept_for(session, double)
    note_same_names(session, office, person, notices)
    return store_new(session, office, person, given.now)


def _call_anew(session: Session, office: Office, uid: Any, phone: Any, given: Given) -> None:
    """Write down the new telephone of somebody who is known; raises `Invalid` for what is none."""
    register = REGISTERS["person"]
    # What names nobody is told by the check of the link.
    person: Any = None if is_blank(phone) or not isinstance(uid, str) else records.get(session, register, uid)
    if person is None:
        return
    try:
        number = register.by_name["phone"].kind.parse(phone, given)
    except Wrong as wrong:
        raise Invalid([Problem(wrong.message, wrong.code, "phone")]) from wrong
    if number != person.phone:
        since = effective(session, office, person)
        records.change(session, register, uid, {"phone": number, "valid_from": since})


def _double(session: Session, office: Office, person: Any) -> str | None:
    """Find a record of the same name and telephone that was merged into another."""
    model: Any = REGISTERS["person"].model
    chosen = select(model.uid).where(
        model.full_name == person.full_name,
        model.phone == person.phone,
        model.center == office.center,
        model.record_status != "void",
        model.merged_into.is_not(None),
    )
    return session.execute(chosen.limit(1)).scalar()


def store_new(session: Session, office: Office, person: Any, now: datetime) -> str:
    """Store a new person and answer with the uid."""
    person.center, person.recorded_by = office.center, office.user
    person.valid_from = person.valid_from or valid_from_the_start(session, office)
    return str(records.insert(session, REGISTERS["person"], person, now).uid)


def note_same_names(session: Session, office: Office, person: Any, notices: list[str]) -> None:
    """Warn when others bear the name: perhaps one of them is meant."""
    same = records.resolve(session, "person", person.full_name, office.center)
    others = [records.get(session, REGISTERS["person"], uid) for uid in same]
    if others:
        told = listed(
            (f"{each.record_no} {mask_phone(each.phone) if each.phone else _('无电话')}" for each in others),
            most=5,
        )
        notices.append(
            _("已有 {count} 位同名的“{name}”（{told}），这次登记成了另一位；如果是同一个人，请合并。").format(
                count=len(others), name=person.full_name, told=told
            )
        )
