"""R11 开放时间: when the centre is open, by rule and by exception."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from ojr_desk.problems import Problem
from ojr_desk.register import Given, Standing, column, register
from ojr_desk.text import N_, _

RULES = {
    "regular": N_("常规"),
    "summer": N_("夏令时"),
    "weekend": N_("周末错时"),
    "holiday": N_("节假日"),
    "extended": N_("延时服务"),
    "closed": N_("临时关闭"),
}
WEEKDAYS = {
    "mon": N_("周一"),
    "tue": N_("周二"),
    "wed": N_("周三"),
    "thu": N_("周四"),
    "fri": N_("周五"),
    "sat": N_("周六"),
    "sun": N_("周日"),
}
CLOSURES = {
    "power": N_("停电"),
    "typhoon": N_("台风"),
    "disinfection": N_("消杀"),
    "decoration": N_("装修"),
    "meeting": N_("会议"),
    "other": N_("其他"),
}


#: What stands for the whole centre.
EVERYWHERE = N_("全部")


def _sessions(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse sessions that end before they begin or overlap, and a rule without any."""
    if values.get("rule_type") == "closed":
        if not values.get("closure_reason"):
            yield Problem(_("临时关闭要选关闭原因"), "required", "closure_reason")
        return
    ends = None
    sessions = (("session1_start", "session1_end"), ("session2_start", "session2_end"))
    for first, last in sessions:
        start, end = values.get(first), values.get(last)
        if (start is None) != (end is None):
            yield Problem(_("开始和结束要一起填"), "required", last if end is None else first)
        elif start is not None and end <= start:
            yield Problem(_("结束时间要晚于开始时间"), "wrong_order", last)
        elif start is not None and ends is not None and start < ends:
            yield Problem(_("第二场与第一场重叠，请检查"), "overlap", first)
        ends = end or ends
    if values.get("session2_start") is not None and values.get("session1_start") is None:
        yield Problem(_("只有一场的请填在第一场"), "required", "session1_start")
    if all(values.get(name) is None for session in sessions for name in session):
        yield Problem(_("请填第一场的开始和结束时间"), "required", "session1_start")


def _validity(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a rule that ends before it begins."""
    start, end = values.get("valid_from"), values.get("valid_to")
    if start and end and end < start:
        yield Problem(_("截止日期早于生效日期，请检查"), "wrong_order", "valid_to")


def _told_upwards(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Remind of telling the superior when the centre stays shut for more than a day."""
    start, end = values.get("valid_from"), values.get("valid_to")
    if values.get("rule_type") == "closed" and start != end and not values.get("superior_informed"):
        yield Problem(_("关闭超过一天要知会上级，办好后请勾“已知会上级”"), "wanted", "superior_informed")


@register(
    code="opening",
    title=N_("开放时间"),
    group="settings",
    number="KF",
    label_by="title",
    rules=(_sessions, _validity),
    hints=(_told_upwards,),
)
class Opening(Standing, table=True):
    """One rule of opening hours; a later rule overrides an earlier one, 临时关闭 overrides all."""

    title: str = column(N_("名称"), max=30, width=36, sent=True)
    rule_type: str = column(N_("规则类型"), choices=RULES, sent=True)
    valid_to: date | None = column(N_("截止日期"), sent=True, default=None)
    weekdays: tuple[str, ...] = column(
        N_("适用星期"),
        many=True,
        choices=WEEKDAYS,
        sent=True,
        default=("mon", "tue", "wed", "thu", "fri"),
        width=40,
        help=N_("节假日规则不看星期。"),
    )
    session1_start: time | None = column(N_("第一场开始"), sent=True, default=None, width=18)
    session1_end: time | None = column(N_("第一场结束"), sent=True, default=None, width=18)
    session2_start: time | None = column(N_("第二场开始"), sent=True, default=None, width=18)
    session2_end: time | None = column(N_("第二场结束"), sent=True, default=None, width=18)
    scope: str = column(N_("适用范围"), max=60, sent=True, default=N_("全部"), width=30)
    closure_reason: str | None = column(N_("关闭原因"), choices=CLOSURES, sent=True, default=None)
    superior_informed: bool = column(N_("已知会上级"), sent=True, default=False, width=16)
