"""Slips: the half page that a resident walks away with, and the one on the sealed envelope."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.case_sheet import sheet_of
from ojr_desk.desk.office import Office
from ojr_desk.desk.registers import Registers
from ojr_desk.desk.urging import paper_of, was_urged_last
from ojr_desk.moments import show_moment
from ojr_desk.printing.slip_pdf import Slip, write_slip, write_slips
from ojr_desk.register import REGISTERS
from ojr_desk.registers.intake import CHANNELS, DISPOSITIONS
from ojr_desk.store import records
from ojr_desk.text import N_, _, on_paper

#: The days of the week, Monday first.
_WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


class Slips:
    """The slips of intakes and cases."""

    def __init__(self, office: Office, registers: Registers) -> None:
        self._office = office
        self._registers = registers

    def write(self, uid: str, path: Path) -> Slip:
        """Write the slip of one intake: of a sealed one the transfer slip, else what the person takes home.

        Of a case it is the paper of its last 督办 or 催问.
        """
        with self._office.reading() as session, on_paper():
            if case := self._case(session, uid):
                foot = self._foot(self._office.own(session))
                slip = paper_of(session, case, self._office.calendar(session), foot)
                write_slip(slip, path)
                return slip
            intake = self._registers.must_get(session, REGISTERS["intake"], uid)
            center = self._office.own(session)
            sealed = intake.confidentiality == "sealed"
            slip = self._transfer(intake, center) if sealed else self._receipt(session, intake, center)
            write_slip(slip, path)
        return slip

    def write_cases(self, uids: Sequence[str], path: Path) -> list[Slip]:
        """Write the papers of some cases into one file: of one just urged what urges, of another its 办理单."""
        with self._office.reading() as session, on_paper():
            foot, calendar = self._foot(self._office.own(session)), self._office.calendar(session)
            cases = [self._registers.must_get(session, REGISTERS["case"], uid) for uid in uids]
            slips = [
                paper_of(session, case, calendar, foot)
                if was_urged_last(session, case)
                else sheet_of(session, case, foot)
                for case in cases
            ]
            write_slips(slips, path)
        return slips

    def _case(self, session: Session, uid: str) -> Any:
        """Read the case that is meant, if it is one."""
        found = records.resolve(session, "case", uid, self._office.center)
        return records.get(session, REGISTERS["case"], found[0]) if len(found) == 1 else None

    def _transfer(self, intake: Any, center: Any) -> Slip:
        """Tell of a 检举控告 only its number and date; what it says lies in the envelope."""
        return Slip(
            title=_("检举控告件移送单") if intake.matter_nature == "accusation" else _("密封件移送单"),
            number=intake.record_no,
            pairs=(
                (_("登记日期"), f"{intake.occurred_at:%Y-%m-%d}"),
                (_("渠道"), _(CHANNELS[intake.channel])),
                (_("内容"), _("见所附密封件，本单不记载")),
                (_("移送单位"), ""),
                (_("件数/页数"), ""),
            ),
            body=_("按《信访工作条例》移送有权处理的机关；本中心不调查、不留存内容，不得告知被反映的人。"),
            signatures=(_("移送人（签字）："), _("接收人（签字、盖章）："), _("接收时间：")),
            foot=self._foot(center),
        )

    def _receipt(self, session: Session, intake: Any, center: Any) -> Slip:
        """Tell the person the number, who looks after it, until when, and where to ask."""
        names = records.link_labels(session, REGISTERS["intake"], [intake])
        case = records.get(session, REGISTERS["case"], intake.case) if intake.case else None
        pairs = [
            (_("时间"), show_moment(intake.occurred_at)),
            (_("首问负责人"), names.get(intake.first_responder or "", "")),
            (_("处理方式"), _(DISPOSITIONS[intake.disposition])),
        ]
        if case is not None:
            pairs.append((_("办理单编号"), case.record_no))
        if intake.transferred_to:
            pairs.append((_("请到"), intake.transferred_to))
        if intake.one_time_notice:
            pairs.append((_("还需带来"), intake.one_time_notice))
        pairs.append((_("咨询电话"), center.hotline or ""))
        body = _("请保管好这张单子，问进度时报编号。")
        if case is not None and case.due_on is not None:
            body = self.promise(case) + body
        return Slip(
            title=_("{name}登记回执").format(name=center.official_name),
            number=intake.record_no,
            pairs=tuple(pairs),
            body=body,
            signatures=(_("经办人（签字）："), _("日期：")),
            foot=self._foot(center),
        )

    def promise(self, case: Any) -> str:
        """Write the sentence to read out: until when the person gets an answer at the latest."""
        day = case.due_on
        told = _("最晚 {month}月{day}日（{weekday}）答复您。").format(
            month=day.month, day=day.day, weekday=_(_WEEKDAYS[day.weekday()])
        )
        if case.due_is_estimated:
            told += _("（明年放假安排还没公布，这个日期是暂估的。）")
        return told

    def _foot(self, center: Any) -> str:
        return _("{name}　打印时间 {at}").format(
            name=center.official_name, at=show_moment(self._office.now())
        )
