"""R04 事项办理单 and its steps: facts are dated rows, the state of a case is what its steps make of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import NaiveDatetime
from sqlalchemy import Index
from sqlalchemy import text as sql

from ojr_desk.problems import Problem
from ojr_desk.register import (
    Book,
    Count,
    Drawn,
    DueOn,
    Given,
    Moment,
    Privacy,
    Ratio,
    Record,
    Shown,
    column,
    register,
    wanted,
    why_late,
)
from ojr_desk.registers import old_words
from ojr_desk.registers.matters import MATTERS
from ojr_desk.rules.cases import (
    METHODS,
    NATURES,
    RESULTS,
    RUNNING,
    SATISFACTION,
    STATES,
    STEPS,
    URGENCIES,
    lateness,
)
from ojr_desk.rules.identity import has_citizen_id
from ojr_desk.text import N_, NP_, _, labelled, on_paper

SOURCES = {
    "intake": N_("来访来电来信"),
    "demand": N_("需求清单"),
    "livelihood": N_("民生小事"),
    "feedback": N_("意见投诉"),
    "superior": N_("上级交办"),
    "other": N_("其他"),
}
#: The steps that people take, and the one that the program takes when holidays are published.
STEP_LABELS = {code: step.label for code, step in STEPS.items()} | {"recount": NP_("step", "到期日重算")}
#: The steps whose words are what came of it.
TELLING = frozenset({"settle", "decline", "refer", "answer", "reply", "close"})
#: From so many working days on a late case is named to the superior (逾期件).
OVERDUE = 5
#: States in which nothing more is owed to the person.
FINISHED = frozenset({"closed", "followed_up", "archived", "withdrawn", "declined", "referred", "settled"})
#: The few cases whose clock runs, in the very words by which SQLite knows that their index will do.
IS_RUNNING = f"case_state IN ({', '.join(repr(state) for state in sorted(RUNNING))})"


def _no_citizen_ids(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Keep ID numbers out of free text."""
    for name in ("title", "content", "text", "reason", "remark"):
        if has_citizen_id(values.get(name) or ""):
            yield Problem(
                _("这里写了身份证号，请删去；确需登记的填到服务对象的证件栏"), "citizen_id_in_text", name
            )


def _no_accusations(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Keep 检举控告 out: of them an intake keeps number and date, and nothing else is kept anywhere."""
    if values.get("matter_nature") == "accusation":
        yield Problem(
            _("检举控告不立办理单：请在来访来电来信里登记，只留编号和日期，内容另册密封"),
            "accusation",
            "matter_nature",
        )


def _state(case: Any, steps: Sequence[Any]) -> str:
    states = [step.state_after for step in steps if step.state_after]
    return states[-1] if states else "registered"


def project(case: Any, steps: Sequence[Any]) -> Mapping[str, Any]:
    """Tell what a case is after *steps*: its state, handler, deadline and closing."""
    closing = None
    for step in steps:
        if step.state_after in FINISHED:
            closing = closing or step.occurred_at
        elif step.state_after:
            closing = None
    deadline = next((step for step in reversed(steps) if step.due_on), None)
    return {
        "case_state": _state(case, steps),
        "handler": _handler(steps),
        "handling_org": _last(steps, "handling_org") or "",
        "due_on": deadline.due_on if deadline else None,
        "due_is_estimated": bool(deadline and deadline.due_is_estimated),
        "closed_at": closing,
        "elapsed_workdays": _last(steps, "elapsed_workdays") if closing else None,
    }


def lateness_of(told: Mapping[str, Any], day: date, calendar: Any) -> Mapping[str, Any]:
    """Tell how late a case is on *day*, from what `project` tells of it then."""
    return {"late_workdays": lateness(told["due_on"], told["case_state"], day, calendar)}


@on_paper()
def title_of(category: str) -> str:
    """Name a case by its matter, in Chinese, for it is kept and printed; its nature has a column of its own."""
    return _(MATTERS.get(category, ""))[:60]


def accepted_at(case: Any, steps: Sequence[Any]) -> Any:
    """Tell when a case was taken up."""
    return next((step.occurred_at for step in steps if step.step == "accept"), "—")


def _state_text(case: Any, steps: Sequence[Any]) -> str:
    return _("已作废") if case.record_status == "void" else _(STATES[_state(case, steps)])


def _last(steps: Sequence[Any], name: str) -> Any:
    values = (getattr(step, name) for step in reversed(steps))
    return next((value for value in values if value is not None and value != ""), None)


def due_on(case: Any, steps: Sequence[Any]) -> date | None:
    """Tell the deadline as the steps so far have set it."""
    day: date | None = _last(steps, "due_on")
    return day


def _due_text(case: Any, steps: Sequence[Any]) -> str:
    day = due_on(case, steps)
    return day.isoformat() if day else "—"


def _handler(steps: Sequence[Any]) -> Any:
    """Name whom it was last given to, else who took it up."""
    return _last(steps, "handler") or _last([each for each in steps if each.step == "take_up"], "by")


def _result(case: Any, steps: Sequence[Any]) -> str:
    """Tell the result in the words that the person was told; before that, how far it has come.

    What was told before the case was taken up again is no result any more, nor is anything of a void one.
    """
    if case.record_status == "void":
        return case.void_reason or "—"
    again = max((place for place, each in enumerate(steps) if each.step == "redo"), default=0)
    steps = steps[again:]
    result = _last(steps, "result")
    told = _last([each for each in steps if each.step in TELLING], "text") or _last(steps, "text") or ""
    if result and told:
        return labelled(_(RESULTS[result]), told)
    return (_(RESULTS[result]) if result else told) or "—"


def _satisfaction(case: Any, steps: Sequence[Any]) -> str:
    answer = _last(steps, "satisfaction")
    return _(SATISFACTION[answer]) if answer else "—"


def is_going_on(case: Any, steps: Sequence[Any]) -> bool:
    """Tell whether, after these steps, something is still owed."""
    return case.record_status != "void" and _state(case, steps) not in FINISHED


def _counted(case: Any, steps: Sequence[Any]) -> int:
    return int(case.record_status != "void")


def _closed(case: Any, steps: Sequence[Any]) -> int:
    """Count what was settled or closed and not taken up again; declined, referred or withdrawn is not done."""
    done = 0
    for step in steps:
        if step.state_after in ("settled", "closed"):
            done = 1
        elif step.step == "redo":
            done = 0
    return _counted(case, steps) * done


def _open(case: Any, steps: Sequence[Any]) -> int:
    return _counted(case, steps) * int(_state(case, steps) not in FINISHED)


def _owed(case: Any, steps: Sequence[Any]) -> int:
    return _closed(case, steps) + _open(case, steps)


def _ended_as(state: str) -> Count:
    def counted(case: Any, steps: Sequence[Any]) -> int:
        ended = any(step.state_after == state for step in steps)
        return _counted(case, steps) * int(ended) * (1 - _owed(case, steps))

    return Count(state, STATES[state], N_("件"), counted, aside=True)


@register(
    code="case",
    title=N_("事项办理单"),
    group="reception",
    number="BL",
    dated_by="occurred_at",
    label_by="title",
    rules=(_no_citizen_ids, _no_accusations),
    hints=(wanted("case", "owner_leader"), why_late),
    as_of=project,
    at_end=lateness_of,
    dues=(
        DueOn(
            "due_on",
            N_("办结答复"),
            about="title",
            who=("handler",),
            only={"case_state": tuple(sorted(RUNNING))},
        ),
    ),
    books=(
        Book(
            code="case",
            title=N_("事项办理台账"),
            number="BL",
            unit=N_("件"),
            carries=is_going_on,
            overdue=OVERDUE,
            columns=(
                "record_no",
                Drawn(N_("受理时间"), 24, accepted_at, dates=True),
                Shown("title", N_("事项"), 52),
                Shown("matter_nature", N_("性质"), 18),
                Shown("handler", N_("承办人"), 18),
                Drawn(N_("到期日"), 22, _due_text),
                Drawn(N_("当前环节"), 20, _state_text),
                Drawn(N_("办理结果"), 48, _result, Privacy.PERSONAL),
                Drawn(N_("满意度"), 17, _satisfaction),
            ),
            counts=(
                Count("count", N_("在册"), N_("件"), _counted),
                Count("owed", N_("应办"), N_("件"), _owed),
                Count("closed", N_("办结"), N_("件"), _closed),
                Count("open", N_("在办"), N_("件"), _open),
                *(_ended_as(state) for state in ("declined", "referred", "withdrawn")),
            ),
            ratios=(Ratio(N_("办结率"), "closed", "owed"),),
        ),
    ),
)
class Case(Record, table=True):
    """One matter that was taken up. Its opening facts never change; all else is in its steps."""

    __tablename__ = "service_case"
    __table_args__ = (
        Index("ix_service_case_running", "due_on", sqlite_where=sql(IS_RUNNING)),
        # Of the indicators of a month: what was closed long ago is not looked at.
        Index("ix_service_case_closed_at", "closed_at", "occurred_at"),
    )

    source: str = column(N_("来源"), choices=SOURCES, sent=True, default="other")
    intake: str | None = column(N_("来源登记"), link="intake", sent=True, default=None, index=True, width=28)
    title: str = column(
        N_("标题"),
        max=60,
        sent=True,
        search=True,
        width=52,
        help=N_("会张贴和上报，不要写人名。"),
        synonyms=old_words.CASE_TITLE,
    )
    matter_nature: str = column(
        N_("诉求性质"),
        choices=NATURES,
        sent=True,
        default="help",
        synonyms=old_words.NATURE,
        words=old_words.NATURE_WORDS,
    )
    urgency: str = column(N_("紧急程度"), choices=URGENCIES, sent=True, default="normal")
    occurred_at: NaiveDatetime = column(
        N_("登记时刻"),
        Moment(future=False),
        sent=True,
        default=lambda given: given.now,
        width=30,
        synonyms=old_words.WHEN,
    )
    content: str = column(
        N_("事项内容"),
        long=True,
        max=2000,
        sent=True,
        privacy=Privacy.PERSONAL,
        default="",
        search=True,
        width=62,
        synonyms=old_words.CONTENT,
    )
    owner_leader: str | None = column(
        N_("责任领导"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL
    )
    co_handlers: str = column(N_("协办"), max=100, sent=True, default="", privacy=Privacy.PERSONAL, width=30)
    happened_at: NaiveDatetime | None = column(
        N_("补登的实际时间"),
        Moment(future=False),
        sent=True,
        default=None,
        width=30,
        help=N_("漏登的上月事项记入本月的本子，这里写实际是什么时候。"),
    )
    sla_days: int | None = column(N_("承诺时限（工作日）"), sent=True, computed=True)
    late_workdays: int | None = column(N_("逾期（工作日）"), sent=True, computed=True)
    case_state: str = column(N_("当前环节"), choices=STATES, sent=True, computed=True, default="registered")
    handler: str | None = column(
        N_("承办人"), link="staff", sent=True, computed=True, privacy=Privacy.PERSONAL
    )
    handling_org: str = column(N_("承办单位"), sent=True, computed=True, default="", width=36)
    due_on: date | None = column(N_("到期日"), sent=True, computed=True)
    due_is_estimated: bool = column(N_("暂估"), sent=True, computed=True, default=False, width=12)
    closed_at: NaiveDatetime | None = column(N_("办结时间"), sent=True, computed=True, width=30)
    elapsed_workdays: int | None = column(N_("用时（工作日）"), sent=True, computed=True)
    previous: str | None = column(N_("原办理单"), link="case", sent=True, computed=True, index=True, width=28)


@register(
    code="step",
    title=N_("办理经过"),
    group="reception",
    number="JG",
    dated_by="occurred_at",
    through="act",
    rules=(_no_citizen_ids,),
    steps_of={"case": "case", "intake": "intake"},
)
class Step(Record, table=True):
    """One dated step of a case, or the call-back to an intake that had none. Rows are only added."""

    __tablename__ = "case_step"

    case: str | None = column(N_("办理单"), link="case", sent=True, default=None, index=True, width=28)
    intake: str | None = column(N_("来源登记"), link="intake", sent=True, default=None, index=True, width=28)
    step: str = column(N_("步骤"), choices=STEP_LABELS, sent=True)
    state_after: str | None = column(N_("之后的环节"), choices=STATES, sent=True, default=None)
    occurred_at: NaiveDatetime = column(
        N_("时间"), Moment(future=False), sent=True, default=lambda given: given.now, width=30
    )
    by: str | None = column(
        N_("经办人"),
        link="staff",
        sent=True,
        default=lambda given: given.user,
        privacy=Privacy.PERSONAL,
    )
    text: str = column(
        N_("内容"), long=True, max=1000, sent=True, privacy=Privacy.PERSONAL, default="", width=60
    )
    reason: str = column(N_("原因"), max=200, sent=True, privacy=Privacy.PERSONAL, default="", width=40)
    handler: str | None = column(
        N_("承办人"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL
    )
    handling_org: str = column(N_("承办单位"), max=60, sent=True, default="", width=36)
    contact: str = column(N_("联系方式"), max=60, sent=True, default="", width=30)
    due_on: date | None = column(N_("到期日"), sent=True, default=None)
    due_is_estimated: bool = column(N_("暂估"), sent=True, default=False, width=12)
    limit_on: date | None = column(N_("督办新时限"), sent=True, default=None)
    resume_on: date | None = column(N_("预计恢复"), sent=True, default=None)
    method: str | None = column(N_("方式"), choices=METHODS, sent=True, default=None)
    result: str | None = column(N_("办理结果"), choices=RESULTS, sent=True, default=None)
    satisfaction: str | None = column(N_("满意度"), choices=SATISFACTION, sent=True, default=None)
    reached: bool | None = column(N_("联系上了"), sent=True, default=None, width=16)
    approver: str | None = column(
        N_("批准人"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL
    )
    elapsed_workdays: int | None = column(N_("用时（工作日）"), sent=True, default=None)
    archive_no: str = column(N_("归档号"), max=30, sent=True, default="", width=30)
