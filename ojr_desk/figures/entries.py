"""Indicators of the entering itself: how much of everything dated was entered late."""

from collections.abc import Collection

from ojr_desk.figures.indicator import Ratio, Source, Sum
from ojr_desk.register import REGISTERS, Register
from ojr_desk.store.triggers import table
from ojr_desk.text import N_


def _may_lie_ahead(register: Register) -> bool:
    return bool(getattr(register.by_name[register.dated_by].kind, "future", True))


def _rows(kept: Collection[str]) -> str:
    """Write the SQL of all that happened within the days, in whichever register that people fill and the superior gets.

    What may lie ahead, as a shift on the roster, is a plan and was not entered late.
    """
    return " UNION ALL ".join(
        f"SELECT '{each.code}' AS register, t.uid, t.center, t.is_backfilled FROM {table(each)} t "
        f"WHERE t.{each.dated_by} >= :since AND t.{each.dated_by} < :until "
        "AND t.record_status <> 'void' {whose}"
        for each in REGISTERS.values()
        if each.code in kept and each.dated_by and not each.through and each.sent and not _may_lie_ahead(each)
    )


ENTRIES = Source("entries", N_("登记"), (), _rows)
INDICATORS = (
    Sum(
        "entries",
        N_("登记总数"),
        N_("条"),
        N_("各本要上报的台账里日期在本期、没有作废的记录；值班表等事先排的不算。"),
        ENTRIES,
        "1",
    ),
    Sum(
        "backfilled",
        N_("其中补录"),
        N_("条"),
        N_("登记总数里标了补录的。"),
        ENTRIES,
        "is_backfilled",
        shown=False,
    ),
    Ratio(
        "backfill_rate",
        N_("补录率"),
        N_("标了补录的÷登记总数；超过30%说明登记不及时。"),
        ("backfilled",),
        ("entries",),
    ),
)
