"""Withdrawing: what an earlier revision told and a newer one does not leaves this office again.

A village strikes nothing out, it only seals; so what is not told any more was sealed since.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.exchange.contents import Pack
from ojr_desk.exchange.gather import WHOLE, about
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS, Register
from ojr_desk.store.forgetting import forget
from ojr_desk.text import N_, _, on_paper

_REASON = N_("报送的中心已撤回")
Gone = tuple[str, str]


def withdrawn(session: Session, pack: Pack) -> Iterator[Gone]:
    """Name by register and key the month's records that are here and that *pack* does not hold any more."""
    for sheaf in pack.sheaves:
        register = REGISTERS[sheaf.register]
        if register.dated_by:
            told = {row["uid"] for row in sheaf.rows}
            here = binding.dated(session, register, WHOLE, Month.parse(pack.month), pack.center)
            for each in here:
                if (
                    each.uid not in told
                    and each.confidentiality != "sealed"
                    and _is_told(pack, register, each)
                ):
                    yield register.code, each.uid


def _is_told(pack: Pack, register: Register, record: Any) -> bool:
    """Tell whether a pack of this kind would hold a record: full ones tell more, and no switched off register."""
    code, _uid = about(register, record)
    return (not code or code in pack.counts) and (
        pack.full or register.code != "correction" or binding.tells_the_superior(record)
    )


def withdraw(session: Session, gone: Iterable[Gone]) -> None:
    """Forget records of the centre that is received from, and whom they alone named."""
    with on_paper():
        reason = _(_REASON)
    for code, uid in gone:
        forget(session, REGISTERS[code], uid, reason)
