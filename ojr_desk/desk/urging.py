"""督办单 and 催办单: what the person in charge hands to who is late, to be signed and answered."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.steps import rows_of
from ojr_desk.moments import show_moment
from ojr_desk.printing.slip_pdf import Slip
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS
from ojr_desk.rules.cases import METHODS, lateness
from ojr_desk.rules.workdays import Calendar
from ojr_desk.store import records
from ojr_desk.text import N_, _, listed

#: Lines that are left empty for the answer.
_ROOM = 4
#: The steps that have a paper of their own, and what it is called.
PAPERS = {"supervise": N_("督办单"), "remind": N_("催办单")}


def was_urged_last(session: Session, case: Any) -> bool:
    """Tell whether the last thing that happened to a case is that it was urged."""
    steps = rows_of(session, "case", case.uid)
    return bool(steps) and steps[-1].step in PAPERS


def paper_of(session: Session, case: Any, calendar: Calendar, foot: str) -> Slip:
    """Lay out the paper of the last 督办 or 催问 of a case; raises `Refused` where there was none."""
    steps = rows_of(session, "case", case.uid)
    place = next((at for at in reversed(range(len(steps))) if steps[at].step in PAPERS), None)
    if place is None:
        raise Refused(
            _("{number} 还没有督办或催问过：请先在办理单上登记“督办”，再打印督办单。").format(
                number=case.record_no
            )
        )
    urging = steps[place]
    names = records.link_labels(session, REGISTERS["step"], steps)
    names |= records.link_labels(session, REGISTERS["case"], [case])
    return Slip(
        title=_(PAPERS[urging.step]),
        number=case.record_no,
        pairs=tuple(_pairs(case, steps[: place + 1], names, calendar)),
        body=_("请按要求办理，在新时限前填好办理情况，签字后交回。"),
        signatures=(_("签发人（签字）："), _("承办人（签收）："), _("签收时间：")),
        foot=foot,
    )


def _pairs(
    case: Any, steps: Sequence[Any], names: dict[str, str], calendar: Calendar
) -> list[tuple[str, str]]:
    """Tell what is late since when, how often it was urged, what is asked until when, and leave room to answer."""
    urging = steps[-1]
    times = sum(each.step == urging.step for each in steps)
    late = lateness(case.due_on, case.case_state, urging.occurred_at.date(), calendar)
    due = case.due_on.isoformat() if case.due_on else ""
    if late:
        due = listed((due, _("已逾期{days}个工作日").format(days=late)), N_("，"))
    return [
        (_("事项"), case.title or ""),
        (_("承办人"), names.get(case.handler or "", "") or case.handling_org or ""),
        (_("到期日"), due),
        (_("第几次"), _("第{n}次").format(n=times)),
        (_("时间"), show_moment(urging.occurred_at)),
        (_("签发人"), names.get(urging.by or "", "")),
        (_("方式"), _(METHODS[urging.method]) if urging.method else ""),
        (_("新时限"), urging.limit_on.isoformat() if urging.limit_on else ""),
        (_("要求"), urging.text or ""),
        (_("办理情况（回应）"), "\n" * _ROOM),
    ]
