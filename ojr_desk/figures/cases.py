"""Indicators of cases, by their steps up to the end of the days: what happened later changes none of them.

carry_in + accepted = closed + withdrawn + carry_out holds for any days, because each case that was going on within
them is counted once on either side.
"""

from collections.abc import Collection

from ojr_desk.figures.indicator import AT_FIRST, AT_LAST, Ratio, Source, Sum
from ojr_desk.figures.intakes import listing
from ojr_desk.registers.case import FINISHED, OVERDUE
from ojr_desk.rules.cases import RUNNING
from ojr_desk.text import N_

_FINISHED = f"({listing(FINISHED)})"
_DONE = "('closed', 'settled')"
#: The steps of a case that were not taken back.
_STEPS = "case_step s WHERE s.\"case\" = t.uid AND s.record_status <> 'void'"
_BEFORE, _UNTIL = "s.occurred_at < :since", "s.occurred_at < :until"


#: What can have been going on within the days, by two indexes: `closed_at` is when a case was closed for good.
_WITHIN = (
    "SELECT id FROM service_case WHERE occurred_at >= :since AND occurred_at < :until "
    "UNION ALL SELECT id FROM service_case WHERE closed_at IS NULL AND +occurred_at < :since "
    "UNION ALL SELECT id FROM service_case WHERE closed_at >= :since AND +occurred_at < :since"
)


def _last(what: str, which: str) -> str:
    """Write the SQL of what the last of some steps says."""
    return f"(SELECT {what} FROM {_STEPS} AND {which} ORDER BY s.occurred_at DESC, s.id DESC LIMIT 1)"


def rows(_kept: Collection[str]) -> str:
    """Write the SQL of the cases that were going on within the days: from before, new, or taken up again."""
    state_before = _last("s.state_after", f"s.state_after > '' AND {_BEFORE}")
    state = _last("s.state_after", f"s.state_after > '' AND {_UNTIL}")
    # What was closed once can end in no other way: refused and referred is only what was never taken up.
    done = f"SELECT 1 FROM {_STEPS} AND s.state_after IN {_DONE} AND {_UNTIL}"
    due_on = _last("s.due_on", f"s.due_on > '' AND {_UNTIL}")
    # The first step of the last row of steps in which nothing more was owed.
    reopened = (
        f"SELECT 1 FROM case_step o WHERE o.\"case\" = t.uid AND o.record_status <> 'void' AND o.state_after > '' "
        f"AND o.state_after NOT IN {_FINISHED} AND o.occurred_at < :until "
        "AND (o.occurred_at, o.id) > (s.occurred_at, s.id)"
    )
    ended = f"SELECT min(s.occurred_at) FROM {_STEPS} AND s.state_after IN {_FINISHED} AND {_UNTIL} AND NOT EXISTS ({reopened})"
    again = f"SELECT 1 FROM {_STEPS} AND s.state_after > '' AND s.state_after NOT IN {_FINISHED} AND s.occurred_at >= :since AND {_UNTIL}"
    whole = (
        "SELECT t.uid, t.center, t.occurred_at < :since AS earlier, "
        f"coalesce({state_before}, 'registered') NOT IN {_FINISHED} AS was_going, "
        f"EXISTS ({again}) AS taken_up, coalesce({state}, 'registered') AS state, "
        f"EXISTS ({done}) AS done, {due_on} AS due_on, substr(({ended}), 1, 10) AS ended_on "
        f"FROM ({_WITHIN}) w JOIN service_case t ON t.id = w.id WHERE t.record_status <> 'void' {{whose}}"
    )
    # Made once: SQLite would put the questions above in wherever their answers are named.
    return (
        f"WITH story AS MATERIALIZED ({whole}) "
        "SELECT 'case' AS register, uid, center, state, due_on, ended_on, "
        f"earlier AND was_going AS carried, state NOT IN {_FINISHED} AS going, "
        f"done AND state IN {_FINISHED} AS closed FROM story "
        "WHERE NOT earlier OR was_going OR taken_up"
    )


def _call_backs(_kept: Collection[str]) -> str:
    """Write the SQL of the last call-back within the days to each matter that was rated."""
    rated = (
        'SELECT t.center, t."case", t.intake, t.satisfaction, row_number() OVER (PARTITION BY coalesce(t."case", '
        "t.intake) ORDER BY t.occurred_at DESC, t.id DESC) AS place FROM case_step t WHERE t.step = 'follow_up' "
        "AND t.record_status <> 'void' AND t.satisfaction > '' AND t.satisfaction <> 'unrated' "
        "AND t.occurred_at >= :since AND t.occurred_at < :until {whose}"
    )
    void = "c.record_status = 'void'"
    return (
        "SELECT CASE WHEN f.\"case\" IS NULL THEN 'intake' ELSE 'case' END AS register, "
        f'coalesce(f."case", f.intake) AS uid, f.center, f.satisfaction FROM ({rated}) f WHERE f.place = 1 '
        f'AND NOT EXISTS (SELECT 1 FROM service_case c WHERE c.uid = f."case" AND {void}) '
        f'AND (f."case" IS NOT NULL OR NOT EXISTS (SELECT 1 FROM intake c WHERE c.uid = f.intake AND {void}))'
    )


CASES = Source("cases", N_("办理"), ("case",), rows)
CALL_BACKS = Source("call_backs", N_("办理"), ("case",), _call_backs)
_RUNNING = f"state IN ({listing(RUNNING)})"
INDICATORS = (
    Sum(
        "carry_in",
        N_("上期结转"),
        N_("件"),
        N_("期初还在办的办理单，等于上期的期末在办。"),
        CASES,
        "carried",
        over=AT_FIRST,
    ),
    Sum(
        "accepted",
        N_("本期受理"),
        N_("件"),
        N_("本期登记的办理单（当场办结的算在内）和本期重办的；不予受理、转介、撤回的另计。"),
        CASES,
        "NOT carried AND (going OR closed)",
    ),
    Sum(
        "closed",
        N_("本期办结"),
        N_("件"),
        N_("期末已办结或当场办结、没有再重办的；与事项办理台账的办结相同。"),
        CASES,
        "closed",
    ),
    Sum(
        "withdrawn",
        N_("结转后撤回"),
        N_("件"),
        N_("期初还在、本期不予受理、转介或撤回的。上期结转＋本期受理＝本期办结＋结转后撤回＋期末在办。"),
        CASES,
        "carried AND NOT going AND NOT closed",
    ),
    Sum(
        "carry_out",
        N_("期末在办"),
        N_("件"),
        N_("期末那天还要办的；与事项办理台账的在办相同。"),
        CASES,
        "going",
        over=AT_LAST,
    ),
    Sum(
        "not_accepted",
        N_("未受理"),
        N_("件"),
        N_("本期登记的办理单里不予受理、转介或撤回的，不在上面的等式里。"),
        CASES,
        "NOT carried AND NOT going AND NOT closed",
    ),
    Ratio(
        "close_rate",
        N_("办结率"),
        N_("本期办结÷（上期结转＋本期受理）。"),
        ("closed",),
        ("carry_in", "accepted"),
    ),
    Sum(
        "ontime",
        N_("按期办结"),
        N_("件"),
        N_("办结那天不晚于到期日的办结件；没有到期日的当场办结算按期。"),
        CASES,
        "closed AND (due_on IS NULL OR ended_on <= due_on)",
        shown=False,
    ),
    Ratio("ontime_rate", N_("按期办结率"), N_("办结日期不晚于到期日的÷本期办结。"), ("ontime",), ("closed",)),
    Sum(
        "late",
        N_("超期在办"),
        N_("件"),
        N_("期末仍在办、已过到期日至少一个工作日的；中止、上报中的不算。"),
        CASES,
        f"{_RUNNING} AND due_on <= :late1",
        over=AT_LAST,
    ),
    Sum(
        "overdue",
        N_("逾期件"),
        N_("件"),
        N_("其中超过到期日五个工作日以上、要报上级的，逐件列在表下。"),
        CASES,
        f"{_RUNNING} AND due_on <= :late{OVERDUE}",
        over=AT_LAST,
    ),
    Sum(
        "rated",
        N_("有效回访"),
        N_("件"),
        N_("本期回访并作了评价的；一件多次回访的按最后一次，未评价、没有联系上的不算。"),
        CALL_BACKS,
        "1",
    ),
    Sum(
        "satisfied",
        N_("满意"),
        N_("件"),
        N_("有效回访里非常满意、满意和基本满意的。"),
        CALL_BACKS,
        "satisfaction IN ('very', 'satisfied', 'basic')",
        shown=False,
    ),
    Ratio(
        "satisfaction_rate",
        N_("满意率"),
        N_("（非常满意＋满意＋基本满意）÷有效回访。"),
        ("satisfied",),
        ("rated",),
    ),
)
