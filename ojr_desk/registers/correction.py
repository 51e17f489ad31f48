"""更正单: how a closed month is put right — never by changing it, but by a dated row in the open month."""

from pydantic import NaiveDatetime

from ojr_desk.problems import Wrong
from ojr_desk.register import REGISTERS, Moment, Privacy, Record, column, register
from ojr_desk.text import N_, _


def _of_register(code: str) -> str:
    if code not in REGISTERS:
        raise Wrong(_("没有这本台账，请检查"), "unknown_register")
    return code


def _of_column(name: str) -> str:
    if not any(name in each.by_name for each in REGISTERS.values()):
        raise Wrong(_("没有这一栏，请检查"), "unknown_column")
    return name


def _title(code: str) -> str:
    return _(REGISTERS[code].title) if code in REGISTERS else code


def _label(name: str) -> str:
    """Name a column; one that registers call differently by all its names."""
    dated = [each for each in REGISTERS.values() if each.dated_by and name in each.by_name]
    return "/".join(dict.fromkeys(_(each.by_name[name].label) for each in dated)) or name


@register(
    code="correction",
    title=N_("更正单"),
    group="month",
    number="GZ",
    dated_by="occurred_at",
    through="correct",
)
class Correction(Record, table=True):
    """One value of one record of a closed month, as it was and as it should have been."""

    occurred_at: NaiveDatetime = column(
        N_("更正时间"), Moment(future=False), sent=True, default=lambda given: given.now, width=30
    )
    of_register: str = column(N_("台账"), max=30, check=_of_register, sent=True, called=_title)
    of_uid: str = column(N_("记录标识"), max=36, sent=True, hidden=True)
    of_no: str = column(N_("原编号"), max=20, sent=True, width=28)
    of_month: str = column(N_("原所属期"), max=7, sent=True)
    of_column: str = column(N_("栏目"), max=60, check=_of_column, sent=True, called=_label, width=30)
    was: str = column(
        N_("原为"), long=True, max=2000, sent=True, default="", privacy=Privacy.PERSONAL, width=40
    )
    becomes: str = column(
        N_("更正为"), long=True, max=2000, sent=True, default="", privacy=Privacy.PERSONAL, width=40
    )
    reason: str = column(N_("原因"), max=200, sent=True, width=40)
    decided_by: str | None = column(
        N_("批准人"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL
    )
