"""What is taken up and made a case, and what of it is settled from then on."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.problems import Invalid, Problem
from ojr_desk.register import REGISTERS, Register, is_blank
from ojr_desk.store import records
from ojr_desk.text import _

#: What decides about a case once it is taken up.
OPENING_FACTS = ("source", "matter_nature", "urgency", "occurred_at")


def is_taken_up(register: Register, record: Any) -> bool:
    """Tell whether a record is of a matter that becomes a case."""
    return register.code == "intake" and record.disposition == "accepted"


def refuse_no_cases(office: Office) -> None:
    """Refuse to take up what nobody would see: the register of cases is switched off."""
    if not office.enabled(REGISTERS["case"]):
        told = _("“{title}”没有启用，不能转办理单；请先启用，或选别的处理方式")
        raise Invalid([Problem(told.format(title=_(REGISTERS["case"].title)), "switched_off", "disposition")])


def judge_intake(session: Session, office: Office, intake: Any, was: Any) -> Iterator[Problem]:
    """Refuse to change what a case was opened with: its deadline and the calling back follow from that."""
    register = REGISTERS["intake"]
    if was is None or not was.case:
        return
    if not is_taken_up(register, intake):
        told = _("已经转了办理单，处理方式不能再改；办完或不办的，请在办理单上选下一步")
        yield Problem(told, "taken_up", "disposition")
    case = records.get(session, REGISTERS["case"], was.case)
    if case is not None and case.record_status != "void":
        yield from _settled(register, intake, was)


def judge_case(session: Session, office: Office, case: Any, was: Any) -> Iterator[Problem]:
    """Refuse to change what a case was taken up with."""
    if was is not None and was.case_state != "registered" and was.record_status != "void":
        yield from _settled(REGISTERS["case"], case, was)


def _settled(register: Register, record: Any, was: Any) -> Iterator[Problem]:
    for name in OPENING_FACTS:
        if name in register.by_name and getattr(record, name) != getattr(was, name):
            told = _("{label}：已经受理，到期日和回访由它定，不能再改；登记错了的，请作废后重新登记")
            yield Problem(told.format(label=_(register.by_name[name].label)), "taken_up", name)


def handed_over(register: Register, record: Any, was: Any, values: Mapping[str, Any]) -> Iterator[Problem]:
    """Ask why another person is to be responsible to the end."""
    if register.code != "intake" or not was.first_responder or not record.first_responder:
        return
    if record.first_responder != was.first_responder and is_blank(values.get("responder_reason")):
        yield Problem(_("首问负责人要跟到底，改换要写首问变更原因"), "required", "responder_reason")
