"""Entering, changing and voiding records within one transaction, and all that follows from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk import judges, sealing
from ojr_desk.desk.hints import hints
from ojr_desk.desk.naming import note_same_names
from ojr_desk.desk.office import Office
from ojr_desk.desk.projecting import project_owner, told_now
from ojr_desk.desk.standing import effective, valid_from_the_start
from ojr_desk.desk.steps import Steps
from ojr_desk.desk.taking_up import handed_over, is_taken_up, refuse_no_cases
from ojr_desk.desk.typed import record_of
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Problem, Refused
from ojr_desk.register import REGISTERS, Given, Register, is_blank
from ojr_desk.store import records
from ojr_desk.store.uid import uid as new_uid
from ojr_desk.text import N_, _, listed


@dataclass(frozen=True)
class Added:
    """A record that was stored, and what the person should know about it."""

    record: Any
    notices: tuple[str, ...] = ()


def add_all(
    session: Session,
    office: Office,
    register: Register,
    rows: Sequence[Mapping[str, Any]],
    given: Given,
    **known: Any,
) -> list[Added]:
    """Check and store *rows* within one transaction; raises `Invalid` with every problem.

    *known* is what the program itself has to say of each of them, by column.
    """
    added: list[Added] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows, 1):
        try:
            added.append(_add_one(session, office, register, row, given, known))
        except Invalid as invalid:
            problems += [replace(problem, row=place) for problem in invalid.problems]
    if problems:
        raise Invalid(problems)
    return added


def _add_one(
    session: Session,
    office: Office,
    register: Register,
    row: Mapping[str, Any],
    given: Given,
    known: Mapping[str, Any],
) -> Added:
    """Check and store one record, and what follows from it: a new person, a case that is taken up."""
    notices: list[str] = []
    record = record_of(session, office, register, row, given, notices)
    if register.code == "person":
        note_same_names(session, office, record, notices)
    stamp(session, office, register, record)
    for name, value in known.items():
        setattr(record, name, value)
    if is_taken_up(register, record):
        refuse_no_cases(office)
        record.uid = new_uid()
        record.case = Steps(session, office, given).open_case(record).uid
    notices += judges.complete(session, office, register, record)
    problems = [
        *same_as_others(session, office, register, record),
        *judges.judged(session, office, register, record),
    ]
    if problems:
        raise Invalid(problems)
    notices += judges.make_way(session, register, record)
    records.insert(session, register, record, given.now)
    project_owner(session, register, record)
    judges.added(session, office, register, record)
    notices += [each.message for each in hints(session, office, register, record, given)]
    return Added(record, tuple(notices))


def same_as_others(
    session: Session, office: Office, register: Register, record: Any, uid: str = ""
) -> Iterator[Problem]:
    """Refuse what another record of the office is called already."""
    model: Any = register.model
    for name in register.unique:
        value = getattr(record, name)
        same = select(model.record_no).where(
            model.center == office.center,
            getattr(model, name) == value,
            model.record_status != "void",
            model.uid != uid,
        )
        if value and (number := session.execute(same).scalar()):
            told = _("{label}“{value}”已经有了（{number}），请换一个，或修改那一条")
            column = register.by_name[name]
            shown = column.kind.show(value)
            yield Problem(told.format(label=_(column.label), value=shown, number=number), "double", name)


def stamp(session: Session, office: Office, register: Register, record: Any) -> None:
    """Write on a new record whose it is, who entered it, and from when a standing one holds."""
    record.center = office.center
    record.recorded_by = office.user
    if register.standing and record.valid_from is None:
        record.valid_from = valid_from_the_start(session, office)


def change_one(
    session: Session,
    office: Office,
    register: Register,
    record: Any,
    values: Mapping[str, Any],
    notices: list[str] | None = None,
) -> bool:
    """Check and store new values of a record and what follows from them; raises `Invalid` or `Refused`.

    Answers whether something was sealed: then what it said is still in the log of the file. What the person
    should know is added to *notices*.
    """
    notices = [] if notices is None else notices
    if record.record_status == "void":
        raise Refused(_("{number} 已经作废，不能再改。").format(number=record.record_no))
    if why := judges.ended(register, record):
        raise Refused(why)
    given = office.given(session)
    before = {each.name: getattr(record, each.name) for each in register.typed}
    merged = {**before, **values}
    seals = sealing.seals(session, register, record, merged)
    checked = record_of(session, office, register, merged, given, notices)
    checked.uid, checked.center, checked.recorded_by = record.uid, record.center, office.user
    new = {each.name: getattr(checked, each.name) for each in register.typed}
    if register.derive is not None:
        new |= register.derive(new, given)
    problems = [
        *_renumbered(register, record, checked),
        *same_as_others(session, office, register, checked, record.uid),
        *handed_over(register, checked, record, values),
        *judges.judged(session, office, register, checked, record),
    ]
    if problems:
        raise Invalid(problems)
    notices += judges.make_way(session, register, checked, record)
    new |= judges.filled(register, checked)
    days = [register.day_of(record), register.day_of(checked)]
    if register.standing:
        asked = None if is_blank(values.get("valid_from")) else new["valid_from"]
        new["valid_from"] = effective(session, office, record, asked)
    if is_taken_up(register, checked) and not record.case:
        refuse_no_cases(office)
        new["case"] = Steps(session, office, given).open_case(checked).uid
    new |= told_now(session, register, record.uid, checked)
    changed = {name: value for name, value in new.items() if value != getattr(record, name)}
    if changed:
        records.change(session, register, record.uid, changed)
        judges.changed(session, office, register, days)
    if seals:
        sealing.erase(session, register, record.uid)
        notices.append(_(sealing.NOTICE))
    return seals


def void_one(session: Session, office: Office, register: Register, record: Any, reason: str) -> None:
    """Declare a record void; a standing one from the first open day on."""
    if record.record_status == "void":
        raise Refused(_("{number} 已经作废了。").format(number=record.record_no))
    if record.uid == office.center:
        raise Refused(_("本中心的档案不能作废。"))
    if register.code == "intake" and record.case:
        case = records.get(session, REGISTERS["case"], record.case)
        if case is not None and case.record_status != "void":
            raise Refused(_("它已经转了办理单 {number}，请先作废办理单。").format(number=case.record_no))
    if why := judges.held(session, office, register, record):
        raise Refused(listed((each.message for each in why), N_("；")))
    told = sealing.sealed_reason() if record.confidentiality == "sealed" else reason.strip()
    values: dict[str, Any] = {"record_status": "void", "void_reason": told}
    if register.standing:
        values["valid_from"] = effective(session, office, record)
    records.change(session, register, record.uid, values)
    judges.voided(session, office, register, record)


def _renumbered(register: Register, record: Any, checked: Any) -> Iterator[Problem]:
    """Refuse what would leave a gap in one book and a stranger's number in another."""
    number = record.record_no
    name = register.numbered_by
    if name and register.number_class({name: getattr(record, name)}) != register.number_class(
        {name: getattr(checked, name)}
    ):
        told = _("{number} 已经编进这个本子，不能改到别的本子；请作废后重新登记").format(number=number)
        yield Problem(told, "numbered", name)
    was, is_ = register.day_of(record), register.day_of(checked)
    if was is not None and is_ is not None and Month.of(was) != Month.of(is_):
        told = _("{number} 已经编进 {month} 的本子，不能改到别的月份；请作废后重新登记").format(
            number=number, month=Month.of(was)
        )
        yield Problem(told, "numbered", register.dated_by)
