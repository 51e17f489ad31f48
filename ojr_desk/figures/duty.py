"""Indicators of the opening and of duty: days that the centre should be open and was, shifts that somebody came to."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from ojr_desk.figures.indicator import Ratio, Source, Sum
from ojr_desk.registers.opening import EVERYWHERE
from ojr_desk.rules.hours import Hours, ruling
from ojr_desk.store.asof import standing
from ojr_desk.text import N_


def _open_days(_kept: Collection[str]) -> str:
    """Write the SQL of the opening rules, each with the days that it opens the centre on."""
    return (
        "SELECT 'opening' AS register, each.value ->> 0 AS uid, each.value ->> 1 AS center, "
        "each.value ->> 2 AS days FROM json_each(:open_days) each"
    )


def _given(session: Session, asked: Any) -> Mapping[str, str]:
    """Tell by which rule each centre should be open on how many of the days, as the rules are at their end."""
    whose = "WHERE center = :center" if asked.center else ""
    rows = session.execute(text(f"SELECT uid, id FROM opening {whose}"), {"center": asked.center}).all()
    places = {row.uid: row.id for row in rows}
    rules: defaultdict[str, list[Any]] = defaultdict(list)
    for each in standing(session, "opening", places, asked.span.last).values():
        begins = each.valid_from <= asked.span.last and (each.scope or EVERYWHERE) == EVERYWHERE
        if each.record_status != "void" and begins:
            rules[each.center].append(each)
    told = []
    for center, held in rules.items():
        held.sort(key=lambda each: (each.valid_from, places[each.uid]))
        told += [[uid, center, days] for uid, days in _days(held, asked).items()]
    return {"open_days": json.dumps(told)}


def _days(held: list[Any], asked: Any) -> Counter[str]:
    """Count for each rule the days that it is the last to open the centre on."""
    hours = [Hours(each.rule_type, each.valid_from, each.valid_to, each.weekdays or ()) for each in held]
    by_rule = {id(rule): each.uid for rule, each in zip(hours, held, strict=True)}
    days: Counter[str] = Counter()
    day = asked.span.first
    while day <= asked.span.last:
        if found := ruling(hours, day, asked.calendar):
            days[by_rule[id(found[-1])]] += 1
        day += timedelta(days=1)
    return days


def _logged_days(_kept: Collection[str]) -> str:
    """Write the SQL of the first log of each day."""
    logs = (
        "SELECT t.uid, t.center, row_number() OVER (PARTITION BY t.center, t.duty_date ORDER BY t.id) AS place "
        "FROM dutylog t WHERE t.duty_date >= :since AND t.duty_date < :until "
        "AND t.record_status <> 'void' {whose}"
    )
    return f"SELECT 'duty_log' AS register, uid, center FROM ({logs}) WHERE place = 1"


def _shifts(_kept: Collection[str]) -> str:
    """Write the SQL of the shifts up to today, each once however many have it, and whether somebody came."""
    shifts = (
        "SELECT t.uid, t.center, t.duty_date, t.shift, row_number() OVER "
        "(PARTITION BY t.center, t.duty_date, t.shift ORDER BY t.id) AS place FROM duty_roster t "
        "WHERE t.duty_date >= :since AND t.duty_date < :until AND t.duty_date <= :today "
        "AND t.record_status <> 'void' {whose}"
    )
    came = (
        "SELECT 1 FROM dutylog l WHERE l.center = d.center AND l.duty_date = d.duty_date AND l.shift = d.shift "
        "AND l.record_status <> 'void' AND l.arrived_at IS NOT NULL"
    )
    return f"SELECT 'duty' AS register, d.uid, d.center, EXISTS ({came}) AS came FROM ({shifts}) d WHERE d.place = 1"


_GROUP = N_("值班")
OPEN_DAYS = Source("open_days", _GROUP, ("opening",), _open_days, _given)
LOGGED_DAYS = Source("logged_days", _GROUP, ("duty_log",), _logged_days)
SHIFTS = Source("shifts", _GROUP, ("duty", "duty_log"), _shifts)
INDICATORS = (
    Sum(
        "open_days_due",
        N_("应开放天数"),
        N_("天"),
        N_("按开放时间本期应开放的天数，临时关闭的也算；单个场地的规则不算。"),
        OPEN_DAYS,
        "days",
    ),
    Sum(
        "open_days_actual",
        N_("实开放天数"),
        N_("天"),
        N_("本期有值班日志的天数；一天几班只算一天。"),
        LOGGED_DAYS,
        "1",
    ),
    Sum(
        "shifts_due",
        N_("应到班次"),
        N_("班"),
        N_("值班表上本期到今天为止的班次；几个人同一班只算一班。"),
        SHIFTS,
        "1",
    ),
    Sum(
        "shifts_kept",
        N_("到岗班次"),
        N_("班"),
        N_("其中有同一天同一班次的值班日志、写了到岗时间的。"),
        SHIFTS,
        "came",
        shown=False,
    ),
    Ratio("duty_rate", N_("值班到岗率"), N_("到岗班次÷应到班次。"), ("shifts_kept",), ("shifts_due",)),
)
