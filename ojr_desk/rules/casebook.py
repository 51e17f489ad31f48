"""The words of a case: its states, the steps between them, what each step needs, and where steps lead.

受理 → 派单/转办 → 办理 → 反馈 → 办结 → 归档, with 督办 laid over every open state. A case is its opening
facts and a row of dated steps, oldest first; all else follows from the steps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ojr_desk.text import N_, NP_

STATES: Mapping[str, str] = {
    "registered": N_("登记"),
    "accepted": N_("受理"),
    "settled": N_("当场办结"),
    "declined": N_("不予受理"),
    "referred": N_("转介"),
    "assigned": N_("派单/转办"),
    "returned": N_("退单"),
    "handling": N_("办理中"),
    "paused": N_("中止"),
    "escalated": N_("上报"),
    "answered": N_("上级已反馈"),
    "replied": N_("已反馈"),
    "closed": N_("办结"),
    "followed_up": N_("已回访"),
    "archived": N_("归档"),
    "withdrawn": N_("作废/撤回"),
}
#: The states in which the clock runs; it stops while others have to act and once the person was told.
RUNNING = frozenset({"accepted", "assigned", "returned", "handling", "answered"})

NATURES: Mapping[str, str] = {
    "consult": N_("咨询"),
    "help": N_("求助"),
    "service": N_("办事"),
    "suggestion": N_("建议"),
    "criticism": N_("意见批评"),
    "complaint": N_("投诉"),
    "accusation": N_("检举控告"),
    "praise": N_("表扬感谢"),
    "dispute": N_("矛盾纠纷"),
    "booking": N_("预约"),
    "other": N_("其他"),
}
URGENCIES: Mapping[str, str] = {"normal": N_("一般"), "soon": N_("较急"), "urgent": N_("紧急")}
RESULTS: Mapping[str, str] = {
    "solved": N_("已解决"),
    "partly": N_("部分解决"),
    "explained": N_("解释说明"),
    "transferred": N_("转有权单位"),
    "withdrawn": N_("撤回"),
    "unreachable": N_("无法联系"),
}
SATISFACTION: Mapping[str, str] = {
    "very": N_("非常满意"),
    "satisfied": N_("满意"),
    "basic": N_("基本满意"),
    "dissatisfied": N_("不满意"),
    "unrated": N_("未评价"),
}
METHODS: Mapping[str, str] = {
    "oral": N_("当面口头"),
    "written": N_("书面"),
    "phone": N_("电话"),
    "visit": N_("上门"),
    "message": N_("短信微信"),
}
#: How the values of a step are called where one is missing.
VALUES: Mapping[str, str] = {
    "text": N_("内容"),
    "reason": N_("原因"),
    "handler": N_("承办人"),
    "handling_org": N_("承办单位"),
    "contact": N_("联系方式"),
    "due_on": N_("到期日"),
    "resume_on": N_("预计恢复日期"),
    "limit_on": N_("新时限"),
    "method": N_("方式"),
    "result": N_("办理结果"),
    "satisfaction": N_("满意度"),
    "reached": N_("是否联系上"),
    "approver": N_("批准人"),
    "archive_no": N_("归档号"),
}

#: After so many vain attempts to reach the person the follow-up is done.
ATTEMPTS = 2


@dataclass(frozen=True)
class Step:
    """One kind of step: from which states, to which (None leaves the state), and with which values."""

    code: str
    label: str
    frm: frozenset[str]
    to: str | None
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """One step that was taken: when, by whom, and the values it was given."""

    step: str
    at: datetime
    by: str
    values: Mapping[str, object]


def _step(
    code: str, label: str, frm: str, to: str | None, needs: str = "", may: str = ""
) -> tuple[str, Step]:
    return code, Step(code, label, frozenset(frm.split()), to, tuple(needs.split()), tuple(may.split()))


#: Every step in the order in which windows offer them. A due_on that any step carries is the deadline
#: from then on; the new limit of a 督办 moves no deadline, for what is late stays late; what 上报 wishes for is in its text.
STEPS: Mapping[str, Step] = dict(
    (
        _step("accept", NP_("step", "受理"), "registered", "accepted", "due_on", "text"),
        _step("settle", NP_("step", "当场办结"), "registered", "settled", "text", "method result"),
        _step("decline", NP_("step", "不予受理"), "registered", "declined", "reason text method", "handling_org contact"),
        _step("refer", NP_("step", "转介"), "registered", "referred", "handling_org contact method", "text due_on"),
        _step("assign", NP_("step", "派单/转办"), "accepted returned", "assigned", "handler", "handling_org contact text"),
        _step("take_up", NP_("step", "签收办理"), "accepted assigned answered", "handling", "", "text handler"),
        _step("return", NP_("step", "退单"), "assigned", "returned", "reason", "text"),
        _step("progress", NP_("step", "记办理经过"), "handling paused escalated answered", None, "text", "method contact"),
        _step("pause", NP_("step", "中止"), "handling", "paused", "reason resume_on", "text approver"),
        _step("resume", NP_("step", "恢复办理"), "paused", "handling", "", "text due_on"),
        _step("escalate", NP_("step", "上报"), "handling", "escalated", "reason text", "handling_org approver"),
        _step("answer", NP_("step", "上级反馈"), "escalated", "answered", "text", "handling_org contact due_on result"),
        _step("reply", NP_("step", "反馈"), "handling answered", "replied", "method text", "result"),
        _step("redo", NP_("step", "重办"), "replied closed followed_up", "handling", "reason", "text handler due_on"),
        _step("close", NP_("step", "办结"), "replied settled referred", "closed", "result", "text"),
        _step("follow_up", NP_("step", "回访"), "closed", "followed_up", "", "satisfaction reached method text reason"),
        _step("archive", NP_("step", "归档"), "closed followed_up declined referred", "archived", "archive_no", "text"),
        _step("reopen", NP_("step", "重新立单"), "archived", None, "reason", "text"),
        _step("withdraw", NP_("step", "作废/撤回"), "registered", "withdrawn", "reason", "text"),
        _step("extend", NP_("step", "延期"), "accepted assigned returned handling answered", None, "due_on reason approver", "text"),
        _step(
            "supervise",
            NP_("step", "督办"),
            "registered accepted assigned returned handling paused escalated answered replied",
            None,
            "text",
            "method limit_on",
        ),
        _step(
            "respond",
            NP_("step", "督办回应"),
            "registered accepted assigned returned handling paused escalated answered replied closed",
            None,
            "text",
            "method",
        ),
        _step("remind", NP_("step", "催问"), "assigned escalated referred", None, "text", "method contact"),
    )
)  # fmt: skip


def trail(steps: Sequence[Done]) -> list[str]:
    """Return the state that each of *steps* led to; a vain attempt to reach the person leads nowhere.

    Nor does a row that is no step of a person, such as a deadline that was counted again.
    """
    states: list[str] = []
    vain = 0
    for done in steps:
        before = states[-1] if states else "registered"
        step = STEPS.get(done.step)
        to = (step.to if step else None) or before
        if done.step == "follow_up" and done.values.get("reached") is False:
            vain += 1
            to = to if vain >= ATTEMPTS else before
        vain = 0 if done.step == "close" else vain
        states.append(to)
    return states


def state_of(steps: Sequence[Done]) -> str:
    """Return the state that *steps* lead to."""
    return trail(steps)[-1] if steps else "registered"


def state_at(steps: Sequence[Done], moment: datetime) -> str:
    """Return the state at *moment*, steps taken in that very minute included."""
    return state_of([done for done in steps if done.at <= moment])


def handler_of(steps: Sequence[Done]) -> str | None:
    """Return who handles the case: whom it was last given to, else who took it up."""
    named = [str(done.values["handler"]) for done in steps if done.values.get("handler")]
    takers = [done.by for done in steps if done.step == "take_up"]
    return next(reversed(named or takers), None)


def day_in(values: Mapping[str, object], name: str) -> date | None:
    """Return the day that *values* hold under *name*, or nothing."""
    day = values.get(name)
    return day if isinstance(day, date) else None
