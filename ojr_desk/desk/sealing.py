"""Sealing: of 检举控告 only number, date and 密封 stay on this PC, also where it was entered as something else."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS, Register
from ojr_desk.store import forgetting, records
from ojr_desk.store.schema import ATTACHMENT
from ojr_desk.text import N_, _, on_paper

#: What is out of reach of this program, and has to be told to who seals a record.
NOTICE = N_(
    "已密封，原来的内容已从本机去掉。密封以前的备份、打印的纸和报出去的文件里还有，请收回销毁，并重新备份。"
)


def seals(session: Session, register: Register, record: Any, values: Mapping[str, Any]) -> bool:
    """Tell whether *values* seal a record that was open; refuse what cannot be sealed or opened any more."""
    accuses = register.reads is not None and register.reads(values) is not None
    if record.confidentiality == "sealed":
        if not accuses:
            raise Refused(_("密封的登记不能改成别的性质，请作废后重新登记。"))
        return False
    if accuses and (record.case or _is_told_elsewhere(session, register, record.uid)):
        raise Refused(
            _("已经转了办理单、有过回访、加过附件或开过更正单，不能再改成检举控告：请作废，另外登记一条。")
        )
    return accuses


def erase(session: Session, register: Register, uid: str) -> None:
    """Erase what a record that has been sealed ever said, and whoever was registered for its sake alone."""
    forgetting.erase(session, register, uid, sealed_reason())


def sealed_reason() -> str:
    """Give the one reason that is kept of anything done to a sealed record: the true one is not of this PC."""
    with on_paper():
        return _("另册密封")


def _is_told_elsewhere(session: Session, register: Register, uid: str) -> bool:
    """Tell whether rows that only grow, or files, say something of a record."""
    correction: Any = REGISTERS["correction"].model
    attached = select(ATTACHMENT.c.id).where(ATTACHMENT.c.record == uid)
    corrected = select(correction.id).where(correction.of_uid == uid)
    return any(session.execute(each).first() is not None for each in (attached, corrected)) or any(
        records.by_links(session, steps, link, [uid])
        for steps in REGISTERS.values()
        if (link := steps.steps_of.get(register.code))
    )
