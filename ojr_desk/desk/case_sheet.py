"""办理单: one case on paper with all that was done about it, for whoever handles it or leads."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.steps import rows_of
from ojr_desk.moments import show_moment
from ojr_desk.printing.slip_pdf import Slip
from ojr_desk.register import REGISTERS, Audience
from ojr_desk.rules.cases import STATES, STEPS
from ojr_desk.store import records
from ojr_desk.text import N_, _, listed

_GAP = N_("　")
#: What of a case is written in one cell each.
_PLAIN = ("matter_nature", "urgency")


def sheet_of(session: Session, case: Any, foot: str) -> Slip:
    """Lay out the 办理单 of a case."""
    return Slip(
        title=_("事项办理单"),
        number=case.record_no,
        pairs=tuple(_pairs(session, case)),
        body="",
        signatures=(_("承办人（签字）："), _("负责人（签字）："), _("日期：")),
        foot=foot,
    )


def _pairs(session: Session, case: Any) -> Iterator[tuple[str, str]]:
    """Tell what it is about, who has it until when, and every step so far."""
    columns = REGISTERS["case"].by_name
    steps = rows_of(session, "case", case.uid)
    names = records.link_labels(session, REGISTERS["step"], steps)
    names |= records.link_labels(session, REGISTERS["case"], [case])
    due = case.due_on.isoformat() if case.due_on else ""
    yield _("事项"), case.title or ""
    for name in _PLAIN:
        yield _(columns[name].label), columns[name].cell(getattr(case, name), Audience.PAPER)
    yield _("登记时刻"), show_moment(case.occurred_at)
    yield _("到期日"), due + _("（暂估）") if due and case.due_is_estimated else due
    yield _("承办人"), names.get(case.handler or "", "") or case.handling_org or ""
    yield _("当前环节"), _(STATES.get(case.case_state, case.case_state))
    yield _("事项内容"), columns["content"].cell(case.content, Audience.PAPER)
    yield _("办理经过"), "\n".join(_line(step, names) for step in steps)


def _line(step: Any, names: dict[str, str]) -> str:
    head = (show_moment(step.occurred_at), _(STEPS[step.step].label), names.get(step.by or "", ""))
    return listed((*head, step.text or ""), _GAP)
