"""Indicators of visits, calls and letters: the same rows as their three books have."""

from collections.abc import Collection, Iterable

from ojr_desk.figures.indicator import Source, Sum
from ojr_desk.register import GROUPS
from ojr_desk.registers.intake import CALLS, LETTERS, VISITS
from ojr_desk.text import N_


def rows(_kept: Collection[str]) -> str:
    """Write the SQL of what came in within the days."""
    return (
        "SELECT 'intake' AS register, t.uid, t.center, t.channel, t.headcount, t.matter_category FROM intake t "
        "WHERE t.occurred_at >= :since AND t.occurred_at < :until AND t.record_status <> 'void' {whose}"
    )


def listing(codes: Iterable[str]) -> str:
    """Write some codes of ours as SQL has a list of them."""
    return ", ".join(f"'{code}'" for code in sorted(codes))


INTAKES = Source("intakes", GROUPS["reception"], ("intake",), rows)
_VISITS = f"channel IN ({listing(VISITS)})"
INDICATORS = (
    Sum(
        "n_visit",
        N_("来访件数"),
        N_("件"),
        N_("接待时间在本期、没有作废的来访登记，走访发现的算在内；与来访登记台账的合计相同。"),
        INTAKES,
        _VISITS,
    ),
    Sum(
        "visit_heads",
        N_("来访人次"),
        N_("人次"),
        N_("上面各件的人数之和；同一人来两次算两人次。"),
        INTAKES,
        f"({_VISITS}) * coalesce(nullif(headcount, 0), 1)",
    ),
    Sum(
        "n_call",
        N_("来电件数"),
        N_("件"),
        N_("接听时间在本期、没有作废的来电登记，12345转来的算在内；与来电登记台账的合计相同。"),
        INTAKES,
        f"channel IN ({listing(CALLS)})",
    ),
    Sum(
        "n_letter",
        N_("来信件数"),
        N_("件"),
        N_("收件时间在本期、没有作废的来信登记，网络、上级转来和意见箱的算在内；与来信登记台账的合计相同。"),
        INTAKES,
        f"channel IN ({listing(LETTERS)})",
    ),
)
