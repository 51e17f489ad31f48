"""一步办结: from every state the way is one that the rules let pass, and nothing is asked for twice."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.rules.cases import METHODS, RESULTS, STATES, STEPS, Done, Occasion, check_step, state_of
from ojr_desk.rules.finishing import ASKED, FINISH, portions, unfit, way
from ojr_desk.rules.workdays import Calendar, seed

CALENDAR = Calendar(seed(), frozenset(range(2004, 2027)))
AT = datetime(2026, 11, 20, 9)
#: What was done before, by the state that it led to.
BEFORE = {
    "registered": (),
    "accepted": ("accept",),
    "assigned": ("accept", "assign"),
    "handling": ("accept", "take_up"),
    "answered": ("accept", "take_up", "progress", "escalate", "answer"),
    "replied": ("accept", "take_up", "progress", "reply"),
    "settled": ("settle",),
}
FULL = {"text": "换了灯泡", "method": "phone", "result": "solved"}


def done(*steps: str) -> list[Done]:
    given = {**FULL, "handler": "h", "reason": "超出权限", "due_on": AT.date()}
    return [
        Done(code, AT + timedelta(minutes=place), "b", {n: given[n] for n in STEPS[code].needs if n in given})
        for place, code in enumerate(steps)
    ]


def test_its_name_is_nobody_elses() -> None:
    assert FINISH not in STEPS


@pytest.mark.parametrize("state", BEFORE)
@given(result=st.sampled_from(list(RESULTS)), method=st.sampled_from(list(METHODS)))
def test_the_way_from_each_state_is_one_that_the_rules_let_pass(state: str, result: str, method: str) -> None:
    steps = done(*BEFORE[state])
    assert state_of(steps) == state
    values = {**FULL, "result": result, "method": method}
    assert unfit(state, values) == []
    at = AT + timedelta(hours=1)
    for code, its in portions(way(state), values):
        occasion = Occasion("complaint", at, "b", CALENDAR)
        assert check_step(occasion, steps, code, its) == []
        steps.append(Done(code, at, "b", its))
    assert state_of(steps) == "closed"


@pytest.mark.parametrize("state", sorted(set(STATES) - set(BEFORE)))
def test_from_the_others_there_is_no_way(state: str) -> None:
    assert way(state) == ()
    assert [(p.column, p.code) for p in unfit(state, FULL)] == [("step", "illegal_step")]


@pytest.mark.parametrize(
    ("state", "missing"),
    [("accepted", ASKED), ("registered", ("text", "result")), ("replied", ("result",))],
)
def test_everything_that_is_missing_is_told_at_once(state: str, missing: tuple[str, ...]) -> None:
    found = unfit(state, {"text": "", "method": None})
    assert [(p.column, p.code) for p in found] == [(name, "required") for name in missing]


def test_what_is_not_asked_for_is_refused() -> None:
    strange = unfit("accepted", {**FULL, "due_on": AT.date(), "by": "b", "occurred_at": AT})
    assert [(p.column, p.code) for p in strange] == [("due_on", "unexpected")]


def test_the_closing_does_not_tell_again_what_was_told() -> None:
    told = dict(portions(way("accepted"), {**FULL, "by": "b"}))
    assert told == {
        "take_up": {"text": "换了灯泡", "by": "b"},
        "reply": {"text": "换了灯泡", "method": "phone", "result": "solved", "by": "b"},
        "close": {"result": "solved", "by": "b"},
    }
    assert dict(portions(way("replied"), FULL)) == {"close": {"text": "换了灯泡", "result": "solved"}}
