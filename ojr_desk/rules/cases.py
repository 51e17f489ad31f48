"""A case may take which steps, and why not: the one door to everything about cases.

The words and the table of steps are in `casebook`, the limits and the clock in `clock`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ojr_desk.problems import Problem
from ojr_desk.rules.casebook import (
    ATTEMPTS,
    METHODS,
    NATURES,
    RESULTS,
    RUNNING,
    SATISFACTION,
    STATES,
    STEPS,
    URGENCIES,
    VALUES,
    Done,
    Step,
    day_in,
    handler_of,
    state_at,
    state_of,
)
from ojr_desk.rules.clock import (
    LIMITED,
    LIMITS,
    SUPERVISION,
    UNITS,
    Limit,
    Owed,
    deadline_now,
    due,
    elapsed,
    lateness,
    owed,
    supervision,
)
from ojr_desk.rules.workdays import Calendar, Deadline
from ojr_desk.text import _, listed

__all__ = [
    "ATTEMPTS",
    "COMPLAINT_EXTENSION",
    "LIMITED",
    "LIMITS",
    "LONG_PAUSE",
    "METHODS",
    "MOST_EXTENSIONS",
    "MOST_REDOS",
    "NATURES",
    "RESULTS",
    "RUNNING",
    "SATISFACTION",
    "STATES",
    "STEPS",
    "SUPERVISION",
    "UNITS",
    "URGENCIES",
    "VALUES",
    "Deadline",
    "Done",
    "Limit",
    "Occasion",
    "Owed",
    "Step",
    "allowed",
    "check_step",
    "day_in",
    "deadline_now",
    "due",
    "elapsed",
    "handler_of",
    "lateness",
    "owed",
    "state_at",
    "state_of",
    "supervision",
]

MOST_EXTENSIONS = 1
MOST_REDOS = 2
#: A pause of more working days than this needs somebody's approval.
LONG_PAUSE = 10
#: A complaint may be extended by so many working days.
COMPLAINT_EXTENSION = 5
_CHOICES = {"method": METHODS, "result": RESULTS, "satisfaction": SATISFACTION}
_DAYS = frozenset({"due_on", "resume_on", "limit_on"})


@dataclass(frozen=True)
class Occasion:
    """What a step is judged by besides the steps before it: the case's nature, when, who, where.

    *extensions* is how many the office allows; *superior* tells whether there is anybody to escalate to;
    *head* is who is responsible for the centre.
    """

    nature: str
    at: datetime
    by: str
    calendar: Calendar
    superior: bool = False
    extensions: int = MOST_EXTENSIONS
    head: str = ""


def allowed(state: str, history: Sequence[Done], extensions: int = MOST_EXTENSIONS) -> tuple[str, ...]:
    """Return the steps that may be taken in *state*, in the order of `STEPS`."""
    used_up = {
        step for step, most in (("extend", extensions), ("redo", MOST_REDOS)) if _times(history, step) >= most
    }
    idle = set() if _is_urged(history) else {"respond"}
    return tuple(code for code, step in STEPS.items() if state in step.frm and code not in used_up | idle)


def check_step(
    occasion: Occasion, steps: Sequence[Done], step: str, values: Mapping[str, object]
) -> list[Problem]:
    """Return what keeps *step* from being taken after *steps*; an empty list if nothing does."""
    state = state_of(steps)
    if step not in allowed(state, steps, occasion.extensions):
        return [_illegal(occasion, state, steps, step)]
    given = {name: value for name, value in values.items() if not _is_blank(value)}
    problems = list(_unsound(STEPS[step], given))
    if problems:
        return problems
    if steps and occasion.at < steps[-1].at:
        problems.append(Problem(_("时间早于上一步，请核对后按先后登记"), "too_early", "occurred_at"))
    if "approver" in given and given["approver"] == (handler_of(steps) or occasion.by):
        problems.append(Problem(_("批准人不能是承办人自己，请换一位批准人"), "same_person", "approver"))
    problems.extend(_RULES[step](occasion, steps, given) if step in _RULES else ())
    return problems


def _is_urged(steps: Sequence[Done]) -> bool:
    """Tell whether a 督办 waits for its answer."""
    asked = [done.step for done in steps if done.step in ("supervise", "respond")]
    return asked[-1:] == ["supervise"]


def _times(steps: Iterable[Done], step: str) -> int:
    return sum(done.step == step for done in steps)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _illegal(occasion: Occasion, state: str, steps: Sequence[Done], step: str) -> Problem:
    if step not in STEPS:
        return Problem(
            _("没有“{step}”这一步，请从列出的步骤里选").format(step=step[:20]), "unknown_step", "step"
        )
    if state == "archived":
        told = _("已归档的办理单不能再改；确需重办的，请由负责人写明原因“重新立单”，另立一张关联的办理单")
    elif state == "withdrawn":
        told = _("已作废或撤回的办理单不能再办；需要办理的请重新登记")
    elif step == "respond" and not _is_urged(steps):
        told = _("没有等回应的督办，不用回应；办得怎样了请记办理经过")
    elif state in STEPS[step].frm:
        told = _(
            "“{step}”的次数已经用完：延期最多{extensions}次，重办最多{redos}次；仍办不了的请上报或说明情况"
        ).format(step=_(STEPS[step].label), extensions=occasion.extensions, redos=MOST_REDOS)
    else:
        ways = (_(STEPS[code].label) for code in allowed(state, steps, occasion.extensions))
        told = _("现在是“{state}”环节，不能“{step}”；可以：{ways}").format(
            state=_(STATES[state]), step=_(STEPS[step].label), ways=listed(ways)
        )
    return Problem(told, "illegal_step", "step")


def _unsound(step: Step, given: Mapping[str, object]) -> Iterator[Problem]:
    """Yield what is missing, what does not belong to the step and what is not of its kind."""
    for name in step.needs:
        if name not in given:
            told = _("“{step}”要填{value}").format(step=_(step.label), value=_(VALUES[name]))
            yield Problem(told, "required", name)
    for name, value in given.items():
        if name not in step.needs + step.may:
            told = _("“{step}”不填{value}，请去掉").format(
                step=_(step.label), value=_(VALUES.get(name, name[:20]))
            )
            yield Problem(told, "unexpected", name)
        elif not _is_sound(name, value):
            yield Problem(_("{value}填得不对，请重新选填").format(value=_(VALUES[name])), "wrong_value", name)


def _is_sound(name: str, value: object) -> bool:
    if name in _DAYS:
        return isinstance(value, date) and not isinstance(value, datetime)
    if name == "reached":
        return isinstance(value, bool)
    return isinstance(value, str) and value in _CHOICES.get(name, {value: ""})


def _not_for_accusations(occasion: Occasion, *_unused: object) -> Iterator[Problem]:
    if occasion.nature == "accusation":
        told = _("检举控告不由本中心办理：请在1个工作日内转介有权机关，内容另册密封")
        yield Problem(told, "accusation", "step")


def _accept(occasion: Occasion, steps: Sequence[Done], given: Mapping[str, object]) -> Iterator[Problem]:
    yield from _not_for_accusations(occasion)
    yield from _not_past(occasion, steps, given)


def _not_past(occasion: Occasion, _steps: Sequence[Done], given: Mapping[str, object]) -> Iterator[Problem]:
    day = day_in(given, "due_on")
    if day and day < occasion.at.date():
        yield Problem(_("到期日已经过去，请填今天或以后的日期"), "past", "due_on")


def _supervise(occasion: Occasion, _steps: Sequence[Done], given: Mapping[str, object]) -> Iterator[Problem]:
    day = day_in(given, "limit_on")
    if day and day < occasion.at.date():
        yield Problem(_("新时限已经过去，请填今天或以后的日期"), "past", "limit_on")


def _pause(occasion: Occasion, _steps: Sequence[Done], given: Mapping[str, object]) -> Iterator[Problem]:
    today, back = occasion.at.date(), day_in(given, "resume_on")
    if back and back <= today:
        yield Problem(_("预计恢复日期要在中止以后，请重新填写"), "past", "resume_on")
    elif (
        back and occasion.calendar.working_days_between(today, back) > LONG_PAUSE and "approver" not in given
    ):
        told = _("中止超过{days}个工作日要有人批准，请填批准人").format(days=LONG_PAUSE)
        yield Problem(told, "required", "approver")


def _told_of(_occasion: Occasion, steps: Sequence[Done], _given: Mapping[str, object]) -> Iterator[Problem]:
    tellers = ("take_up", "progress", "resume", "answer")
    if not any(done.step in tellers and not _is_blank(done.values.get("text")) for done in steps):
        missing = STEPS["progress"]
        told = _("办理经过还没有记录，请先“{step}”").format(step=_(missing.label))
        yield Problem(told, "no_progress", "step")


def _escalate(occasion: Occasion, steps: Sequence[Done], given: Mapping[str, object]) -> Iterator[Problem]:
    if not occasion.superior:
        yield Problem(_("还没有设置上级单位，不能上报：请先在中心档案里填上级单位"), "no_superior", "step")
    yield from _told_of(occasion, steps, given)


def _redo(occasion: Occasion, steps: Sequence[Done], given: Mapping[str, object]) -> Iterator[Problem]:
    yield from _not_for_accusations(occasion)
    if state_of(steps) == "followed_up" and steps[-1].values.get("satisfaction") != "dissatisfied":
        yield Problem(_("回访没有不满意，不需要重办，请归档"), "not_dissatisfied", "step")
    if "due_on" not in given and deadline_now(steps, occasion.calendar) is None:
        yield Problem(_("这件事还没有到期日，重办请填到期日"), "required", "due_on")
    yield from _not_past(occasion, steps, given)


def _follow_up(_occasion: Occasion, _steps: Sequence[Done], given: Mapping[str, object]) -> Iterator[Problem]:
    reached, answer = given.get("reached"), given.get("satisfaction")
    if reached is False and answer not in (None, "unrated"):
        yield Problem(_("没有联系上就没有满意度，请改其中一项"), "contradiction", "satisfaction")
    elif reached is not False and answer is None:
        told = _("请填满意度；没有联系上的填“没有联系上”，满{count}次就算回访过").format(count=ATTEMPTS)
        yield Problem(told, "required", "satisfaction")
    if answer == "dissatisfied" and "reason" not in given:
        yield Problem(_("不满意的，请填原因"), "required", "reason")


def _archive(occasion: Occasion, steps: Sequence[Done], _given: Mapping[str, object]) -> Iterator[Problem]:
    if occasion.nature == "complaint" and state_of(steps) == "closed":
        missing = STEPS["follow_up"]
        told = _("投诉要先回访再归档，请先“{step}”").format(step=_(missing.label))
        yield Problem(told, "not_followed_up", "step")


def _reopen(occasion: Occasion, _steps: Sequence[Done], _given: Mapping[str, object]) -> Iterator[Problem]:
    if not occasion.head:
        yield Problem(_("还没有填负责人，不能重新立单：请先在中心档案里填负责人"), "no_head", "step")
    elif occasion.by != occasion.head:
        yield Problem(_("归档的事由负责人决定重新立单：经办人要填负责人"), "not_head", "by")


def _extend(occasion: Occasion, steps: Sequence[Done], given: Mapping[str, object]) -> Iterator[Problem]:
    now, day = deadline_now(steps, occasion.calendar), day_in(given, "due_on")
    yield from _not_past(occasion, steps, given)
    if not (now and day):
        return
    more = occasion.calendar.working_days_between(now.day, day)
    if day <= now.day:
        yield Problem(_("新的到期日要晚于原来的{day}").format(day=now.day.isoformat()), "not_later", "due_on")
    elif occasion.nature == "complaint" and more > COMPLAINT_EXTENSION:
        told = _("投诉最多延期{days}个工作日，请填早一些的日期").format(days=COMPLAINT_EXTENSION)
        yield Problem(told, "too_long", "due_on")


_Rule = Callable[[Occasion, Sequence[Done], Mapping[str, object]], Iterable[Problem]]
#: What the steps' own values and the steps before them have to fulfil.
_RULES: Mapping[str, _Rule] = {
    "accept": _accept,
    "settle": _not_for_accusations,
    "refer": _not_past,
    "resume": _not_past,
    "answer": _not_past,
    "pause": _pause,
    "supervise": _supervise,
    "escalate": _escalate,
    "reply": _told_of,
    "redo": _redo,
    "follow_up": _follow_up,
    "archive": _archive,
    "reopen": _reopen,
    "extend": _extend,
}
