"""Opening hours: the board beside the door (开放时间牌), and how many days of a month the centre was open."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.in_force import in_force
from ojr_desk.desk.office import Office
from ojr_desk.moments import Month
from ojr_desk.printing.slip_pdf import Slip, write_slip
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS
from ojr_desk.registers.opening import EVERYWHERE
from ojr_desk.rules.hours import Hours, OpenDays, open_days
from ojr_desk.text import N_, _, labelled, listed, on_paper


class Opening:
    """When the centre is open."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def days(self, month: Month) -> OpenDays:
        """Tell on which days of *month* the centre should have been open, and was; single rooms aside."""
        with self._office.reading() as session:
            return open_days_of(session, self._office, self._office.center, month)

    def board(self, path: Path) -> Slip:
        """Write the board with the rules that hold today; raises `Refused` where there are none."""
        today = self._office.today()
        with self._office.reading() as session, on_paper():
            own = self._office.own(session)
            pairs = tuple(self._lines(session, today))
            if not pairs:
                raise Refused(_("还没有登记开放时间，请先在“开放时间”里登记。"))
            slip = Slip(
                title=_("{name}开放时间").format(name=own.official_name),
                number="",
                pairs=pairs,
                body=labelled(_("咨询电话"), own.hotline) if own.hotline else "",
                signatures=(),
                foot=_("{day} 起").format(day=today.isoformat()),
            )
            write_slip(slip, path)
        return slip

    def _lines(self, session: Session, day: date) -> Iterator[tuple[str, str]]:
        for rule in in_force(session, self._office, "opening", day):
            if rule.valid_to is None or day <= rule.valid_to:
                yield rule.title, _told(rule)


def open_days_of(session: Session, office: Office, center: str, month: Month) -> OpenDays:
    """Tell on which days of *month* a centre should have been open by its rules, and was; single rooms aside."""
    return open_days(rules_of(session, office, month, center), month, office.calendar(session))


def rules_of(session: Session, office: Office, month: Month, center: str = "") -> tuple[Hours, ...]:
    """Read the opening rules of a whole centre that hold at some time of *month*; single rooms aside."""
    return tuple(
        Hours(each.rule_type, each.valid_from, each.valid_to, each.weekdays or (), _sessions(each))
        for each in in_force(session, office, "opening", month.last, center)
        if (each.scope or EVERYWHERE) == EVERYWHERE
    )


def _sessions(rule: Any) -> tuple[tuple[time, time], ...]:
    given = ((rule.session1_start, rule.session1_end), (rule.session2_start, rule.session2_end))
    return tuple((starts, ends) for starts, ends in given if starts and ends)


def _told(rule: Any) -> str:
    """Write when a rule opens, and until when it holds, or why it shuts."""
    columns = REGISTERS["opening"].by_name
    show = {name: column.kind.show for name, column in columns.items()}
    until = _("至{day}").format(day=rule.valid_to.isoformat()) if rule.valid_to else ""
    if rule.rule_type == "closed":
        return listed((_("暂停开放"), show["closure_reason"](rule.closure_reason), until), N_("，"))
    sessions = [
        f"{rule.session1_start:%H:%M}–{rule.session1_end:%H:%M}",
        f"{rule.session2_start:%H:%M}–{rule.session2_end:%H:%M}" if rule.session2_start else "",
    ]
    days = "" if rule.rule_type == "holiday" else show["weekdays"](rule.weekdays)
    place = "" if (rule.scope or EVERYWHERE) == EVERYWHERE else rule.scope
    return listed((place, days, *sessions, until), N_("，"))
