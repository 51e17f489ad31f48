"""The states and steps of a case: what may follow what, what a step needs, what always holds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.rules.cases import (
    METHODS,
    MOST_REDOS,
    NATURES,
    RESULTS,
    RUNNING,
    SATISFACTION,
    STATES,
    STEPS,
    URGENCIES,
    VALUES,
    Done,
    Occasion,
    allowed,
    check_step,
    deadline_now,
    elapsed,
    handler_of,
    state_at,
    state_of,
)
from ojr_desk.rules.workdays import SEED_YEARS, Calendar, seed

CALENDAR = Calendar(seed(), SEED_YEARS)
START = datetime(2026, 11, 2, 9, 0)
OCCASION = Occasion("help", START, "clerk", CALENDAR, superior=True)

#: The column 「next allowed」 of the specification's table of states.
NEXT = {
    "registered": {"accepted", "settled", "declined", "referred", "withdrawn"},
    "accepted": {"assigned", "handling"},
    "settled": {"closed"},
    "declined": {"archived"},
    "referred": {"closed", "archived"},
    "assigned": {"handling", "returned"},
    "returned": {"assigned"},
    "handling": {"paused", "escalated", "replied"},
    "paused": {"handling"},
    "escalated": {"answered"},
    "answered": {"handling", "replied"},
    "replied": {"closed", "handling"},
    "closed": {"followed_up", "archived", "handling"},
    "followed_up": {"archived", "handling"},
    "archived": set(),
    "withdrawn": set(),
}
#: One way into every state.
WAYS = {
    "registered": "",
    "accepted": "accept",
    "settled": "settle",
    "declined": "decline",
    "referred": "refer",
    "assigned": "accept assign",
    "returned": "accept assign return",
    "handling": "accept assign take_up",
    "paused": "accept assign take_up pause",
    "escalated": "accept assign take_up escalate",
    "answered": "accept assign take_up escalate answer",
    "replied": "accept assign take_up reply",
    "closed": "accept assign take_up reply close",
    "followed_up": "accept assign take_up reply close follow_up",
    "archived": "accept assign take_up reply close follow_up archive",
    "withdrawn": "withdraw",
}


def values_for(step: str, day: date) -> dict[str, object]:
    """Fill everything that *step*, taken on *day*, can carry, so that it is right."""
    samples: dict[str, object] = {
        "text": "已联系，三天内修好",
        "reason": "等待材料",
        "handler": "lin",
        "handling_org": "供电所",
        "contact": "0577-66661234",
        "due_on": day + timedelta(20),
        "resume_on": day + timedelta(7),
        "limit_on": day + timedelta(3),
        "method": "phone",
        "result": "solved",
        "satisfaction": "satisfied",
        "reached": True,
        "approver": "secretary",
        "archive_no": "2026-BL-001",
    }
    return {name: samples[name] for name in STEPS[step].needs + STEPS[step].may}


def needed_for(step: str, day: date) -> dict[str, object]:
    extra = {"follow_up": ("satisfaction",), "take_up": ("text",)}.get(step, ())
    return {
        name: value for name, value in values_for(step, day).items() if name in (*STEPS[step].needs, *extra)
    }


def walk(way: str, start: datetime = START, every: timedelta = timedelta(hours=1)) -> list[Done]:
    steps: list[Done] = []
    for count, code in enumerate(way.split()):
        at = start + count * every
        steps.append(Done(code, at, "clerk", needed_for(code, at.date())))
    return steps


def before(step: str, state: str) -> list[Done]:
    """The way to *state*, with what *step* answers at its end."""
    return walk(WAYS[state] + " supervise" * (step == "respond"))


def codes_of(occasion: Occasion, steps: list[Done], step: str, values: Mapping[str, object]) -> list[str]:
    return [problem.code for problem in check_step(occasion, steps, step, values)]


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour)


def test_the_steps_lead_exactly_where_the_specification_says() -> None:
    led = {state: {step.to for step in STEPS.values() if state in step.frm} - {None} for state in STATES}
    assert led == NEXT


def test_every_word_of_the_tables_is_declared() -> None:
    for code, step in STEPS.items():
        assert step.code == code and step.label
        assert step.frm and step.frm <= set(STATES)
        assert step.to is None or step.to in STATES
        assert set(step.needs + step.may) <= set(VALUES)
        assert len(set(step.needs + step.may)) == len(step.needs + step.may)
    for words in (STATES, NATURES, URGENCIES, RESULTS, SATISFACTION, METHODS, VALUES):
        assert all(words.values()) and len(set(words.values())) == len(words)
    assert set(STATES) >= RUNNING


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_reached_step_by_step(state: str) -> None:
    steps = walk(WAYS[state])
    for count, done in enumerate(steps):
        occasion = replace(OCCASION, at=done.at)
        assert check_step(occasion, steps[:count], done.step, done.values) == []
    assert state_of(steps) == state


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_refused_with_a_sentence_wherever_the_table_does_not_allow_it(
    state: str, step: str
) -> None:
    steps = before(step, state)
    problems = check_step(
        replace(OCCASION, at=START + timedelta(1)), steps, step, values_for(step, START.date())
    )
    illegal = [problem for problem in problems if problem.code == "illegal_step"]
    assert bool(illegal) == (state not in STEPS[step].frm)
    assert (step in allowed(state, steps)) == (state in STEPS[step].frm)
    assert all(len(problem.message) > 10 for problem in problems)


@pytest.mark.parametrize(
    ("state", "step", "words"),
    [
        ("registered", "take_up", "登记"), ("accepted", "close", "可以：派单/转办、签收办理"), ("archived", "progress", "已归档"),
        ("archived", "redo", "另立一张"), ("withdrawn", "accept", "重新登记"),
    ],
)  # fmt: skip
def test_the_illegal_jumps_name_the_way_out(state: str, step: str, words: str) -> None:
    (problem,) = check_step(OCCASION, walk(WAYS[state]), step, {})
    assert words in problem.message


def test_a_step_that_does_not_exist_is_refused() -> None:
    (problem,) = check_step(OCCASION, [], "x" * 10_000, {})
    assert problem.code == "unknown_step" and len(problem.message) < 60


@pytest.mark.parametrize("step", [code for code, step in STEPS.items() if step.needs])
def test_every_needed_value_is_asked_for_beside_its_field(step: str) -> None:
    state = sorted(STEPS[step].frm)[0]
    problems = check_step(
        replace(OCCASION, at=START + timedelta(1)), before(step, state), step, {"text": "  "}
    )
    assert {problem.column for problem in problems if problem.code == "required"} == set(STEPS[step].needs)


def test_a_supervision_names_a_new_limit_and_is_answered_once() -> None:
    steps = walk("accept assign take_up")
    late = replace(OCCASION, at=START + timedelta(30))
    assert codes_of(late, steps, "respond", {"text": "在办"}) == ["illegal_step"]
    assert codes_of(late, steps, "supervise", {"text": "请办", "limit_on": START.date()}) == ["past"]
    asked = {"text": "请办", "limit_on": date(2026, 12, 8)}
    assert codes_of(late, steps, "supervise", asked) == []
    urged = [*steps, Done("supervise", late.at, "secretary", asked)]
    # What is late stays late: the new limit is no new deadline.
    assert deadline_now(urged, CALENDAR) == deadline_now(steps, CALENDAR)
    assert "respond" in allowed(state_of(urged), urged)
    answered = [*urged, Done("respond", late.at, "lin", {"text": "明天修"})]
    assert "respond" not in allowed(state_of(answered), answered)
    assert codes_of(late, answered, "respond", {"text": "又说"}) == ["illegal_step"]


def test_declining_needs_the_way_in_which_the_person_was_told() -> None:
    (problem,) = check_step(OCCASION, [], "decline", {"reason": "已在诉讼中", "text": "请等法院判决"})
    assert (problem.column, problem.code) == ("method", "required")


@pytest.mark.parametrize(
    ("values", "code", "column"),
    [
        ({"satisfaction": "good"}, "wrong_value", "satisfaction"), ({"satisfaction": "very", "reached": "yes"}, "wrong_value", "reached"),
        ({"satisfaction": "very", "archive_no": "1"}, "unexpected", "archive_no"), ({"satisfaction": "very", "colour": "x"}, "unexpected", "colour"),
        ({"satisfaction": "very", "text": 7}, "wrong_value", "text"), ({"satisfaction": 1}, "wrong_value", "satisfaction"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_or_step_is_refused(
    values: Mapping[str, object], code: str, column: str
) -> None:
    (problem,) = check_step(
        replace(OCCASION, at=START + timedelta(1)), walk(WAYS["closed"]), "follow_up", values
    )
    assert (problem.code, problem.column) == (code, column)


def test_a_moment_is_no_day() -> None:
    assert codes_of(OCCASION, [], "accept", {"due_on": START}) == ["wrong_value"]


def test_blank_values_count_as_not_given() -> None:
    assert (
        check_step(
            OCCASION, [], "accept", {"due_on": START.date(), "text": "", "archive_no": None, "method": " "}
        )
        == []
    )


def test_a_step_may_not_come_before_the_one_before_it() -> None:
    steps = walk(WAYS["assigned"])
    assert codes_of(replace(OCCASION, at=START), steps, "take_up", {}) == ["too_early"]
    assert codes_of(replace(OCCASION, at=steps[-1].at), steps, "take_up", {}) == []


def test_a_deadline_lies_not_in_the_past() -> None:
    assert codes_of(OCCASION, [], "accept", {"due_on": START.date() - timedelta(1)}) == ["past"]
    assert codes_of(OCCASION, [], "accept", {"due_on": START.date()}) == []


def test_an_accusation_is_only_passed_on() -> None:
    occasion = replace(OCCASION, nature="accusation")
    for step in ("accept", "settle"):
        (problem,) = check_step(occasion, [], step, values_for(step, START.date()))
        assert "有权机关" in problem.message
    assert check_step(occasion, [], "refer", needed_for("refer", START.date())) == []
    closed = walk("refer close")
    redo = check_step(
        replace(occasion, at=START + timedelta(1)), closed, "redo", values_for("redo", START.date())
    )
    assert [problem.code for problem in redo] == ["accusation"]


def test_nobody_approves_for_himself() -> None:
    steps = walk(WAYS["handling"])
    occasion = replace(OCCASION, at=START + timedelta(1))
    values = {"reason": "等材料", "due_on": START.date() + timedelta(30), "approver": "lin"}
    (problem,) = check_step(occasion, steps, "extend", values)
    assert (problem.code, problem.column) == ("same_person", "approver")
    assert check_step(occasion, steps, "extend", values | {"approver": "secretary"}) == []
    unassigned = codes_of(occasion, walk("accept"), "extend", values | {"approver": "clerk"})
    assert unassigned == ["same_person"]


def test_a_case_is_extended_once_and_only_to_a_later_day() -> None:
    steps = walk(WAYS["handling"])
    occasion = replace(OCCASION, at=START + timedelta(1))
    now = deadline_now(steps, CALENDAR)
    assert now
    values: dict[str, object] = {"reason": "等材料", "due_on": now.day, "approver": "secretary"}
    assert codes_of(occasion, steps, "extend", values) == ["not_later"]
    values["due_on"] = now.day + timedelta(30)
    once = [*steps, Done("extend", occasion.at, "clerk", dict(values))]
    assert "extend" not in allowed(state_of(once), once)
    (problem,) = check_step(occasion, once, "extend", values)
    assert "延期最多1次" in problem.message
    values["due_on"] = now.day + timedelta(60)
    assert check_step(replace(occasion, extensions=2), once, "extend", values) == []


def test_a_case_that_came_without_a_deadline_may_be_given_any_later_one() -> None:
    values = {"reason": "原来没填", "due_on": START.date(), "approver": "secretary"}
    assert check_step(OCCASION, [Done("accept", START, "clerk", {})], "extend", values) == []


def test_a_complaint_is_extended_by_five_working_days_at_most() -> None:
    steps = [Done("accept", START, "clerk", {"due_on": date(2026, 11, 9)})]
    occasion = replace(OCCASION, nature="complaint")
    values = {"reason": "等材料", "due_on": date(2026, 11, 16), "approver": "secretary"}
    assert check_step(occasion, steps, "extend", values) == []
    assert codes_of(occasion, steps, "extend", values | {"due_on": date(2026, 11, 17)}) == ["too_long"]


def test_a_pause_of_more_than_ten_working_days_needs_an_approver() -> None:
    steps = walk(WAYS["handling"])
    occasion = replace(OCCASION, at=datetime(2026, 11, 6, 9))
    values: dict[str, object] = {"reason": "等材料", "resume_on": date(2026, 11, 20)}
    assert check_step(occasion, steps, "pause", values) == []
    values["resume_on"] = date(2026, 11, 23)
    (problem,) = check_step(occasion, steps, "pause", values)
    assert (problem.code, problem.column) == ("required", "approver")
    assert check_step(occasion, steps, "pause", values | {"approver": "secretary"}) == []
    assert codes_of(occasion, steps, "pause", values | {"resume_on": date(2026, 11, 6)}) == ["past"]


def test_nothing_is_escalated_without_a_superior() -> None:
    occasion = replace(OCCASION, at=START + timedelta(1), superior=False)
    (problem,) = check_step(
        occasion, walk(WAYS["handling"]), "escalate", {"reason": "超出职权", "text": "请求协调"}
    )
    assert problem.code == "no_superior" and "上级单位" in problem.message


@pytest.mark.parametrize("step", ["reply", "escalate"])
def test_a_case_without_a_word_on_its_handling_goes_no_further(step: str) -> None:
    silent = [*walk(WAYS["assigned"]), Done("take_up", START + timedelta(hours=2), "lin", {})]
    occasion = replace(OCCASION, at=START + timedelta(1))
    assert codes_of(occasion, silent, step, values_for(step, START.date())) == ["no_progress"]
    told = [*silent, Done("progress", START + timedelta(hours=3), "lin", {"text": "已上门查看"})]
    assert check_step(occasion, told, step, values_for(step, START.date())) == []


def test_a_follow_up_needs_an_answer_or_two_vain_attempts() -> None:
    closed = walk(WAYS["closed"])
    occasion = replace(OCCASION, at=START + timedelta(1))
    assert codes_of(occasion, closed, "follow_up", {"method": "phone"}) == ["required"]
    vain: dict[str, object] = {"reached": False, "method": "phone"}
    assert check_step(occasion, closed, "follow_up", vain) == []
    once = [*closed, Done("follow_up", occasion.at, "clerk", vain)]
    assert state_of(once) == "closed"
    twice = [*once, Done("follow_up", occasion.at, "clerk", vain)]
    assert state_of(twice) == "followed_up"
    assert (
        state_of([*once, Done("follow_up", occasion.at, "clerk", {"satisfaction": "basic"})]) == "followed_up"
    )
    assert codes_of(occasion, closed, "follow_up", vain | {"satisfaction": "very"}) == ["contradiction"]
    assert codes_of(occasion, twice, "redo", {"reason": "再办"}) == ["not_dissatisfied"]


def test_vain_attempts_before_a_redo_do_not_count_after_it() -> None:
    vain = Done("follow_up", START + timedelta(1), "clerk", {"reached": False})
    again = [*walk(WAYS["closed"]), vain, *walk("redo reply close", START + timedelta(2))]
    later = replace(vain, at=START + timedelta(3))
    assert state_of([*again, later]) == "closed"
    assert state_of([*again, later, later]) == "followed_up"


def test_dissatisfaction_needs_a_reason_and_may_be_answered_twice_by_doing_it_again() -> None:
    occasion = replace(OCCASION, at=START + timedelta(9))
    steps = walk(WAYS["closed"])
    (problem,) = check_step(occasion, steps, "follow_up", {"satisfaction": "dissatisfied"})
    assert (problem.code, problem.column) == ("required", "reason")
    dissatisfied: dict[str, object] = {"satisfaction": "dissatisfied", "reason": "没修好"}
    for count in range(MOST_REDOS):
        when = START + timedelta(count + 1)
        steps = [*steps, Done("follow_up", when, "clerk", dissatisfied)]
        assert check_step(occasion, steps, "redo", {"reason": "没修好"}) == []
        steps = [*steps, *walk("redo reply close", when)]
    steps = [*steps, Done("follow_up", occasion.at, "clerk", dissatisfied)]
    assert allowed(state_of(steps), steps) == ("archive",)
    (problem,) = check_step(occasion, steps, "redo", {"reason": "没修好"})
    assert "重办最多2次" in problem.message


def test_what_was_settled_at_once_needs_a_deadline_to_be_done_again() -> None:
    steps, occasion = walk("settle close"), replace(OCCASION, at=START + timedelta(1))
    (problem,) = check_step(occasion, steps, "redo", {"reason": "没办好"})
    assert (problem.code, problem.column) == ("required", "due_on")
    assert check_step(occasion, steps, "redo", {"reason": "没办好", "due_on": date(2026, 11, 6)}) == []


def test_a_complaint_is_followed_up_before_it_is_archived() -> None:
    occasion = replace(OCCASION, nature="complaint", at=START + timedelta(1))
    assert codes_of(occasion, walk(WAYS["closed"]), "archive", {"archive_no": "1"}) == ["not_followed_up"]
    assert check_step(occasion, walk(WAYS["followed_up"]), "archive", {"archive_no": "1"}) == []
    assert (
        check_step(replace(occasion, nature="help"), walk(WAYS["closed"]), "archive", {"archive_no": "1"})
        == []
    )
    assert check_step(occasion, walk(WAYS["declined"]), "archive", {"archive_no": "1"}) == []


def test_the_handler_is_whom_it_was_last_given_to() -> None:
    assert handler_of([]) is None
    assert handler_of(walk("accept take_up")) == "clerk"
    assert handler_of(walk("accept assign take_up")) == "lin"
    assert handler_of(walk("accept assign")) == "lin"


def test_the_state_at_a_moment_is_that_of_the_steps_until_then() -> None:
    steps = walk(WAYS["archived"])
    assert state_at(steps, START - timedelta(minutes=1)) == "registered"
    assert state_at(steps, START) == "accepted"
    assert state_at(steps, START + timedelta(minutes=90)) == "assigned"
    assert state_at(steps, datetime.max) == "archived"


@st.composite
def walks(draw: st.DrawFn) -> tuple[Occasion, list[Done]]:
    """Draw a case that got somewhere by the book and went on by steps that were all found right."""
    way = draw(st.sampled_from(sorted(WAYS.values())))
    natures = [nature for nature in NATURES if nature != "accusation" or not way]
    occasion = Occasion(
        nature=draw(st.sampled_from(natures)),
        at=at(draw(st.dates(date(2025, 1, 1), date(2026, 10, 1)))),
        by=draw(st.sampled_from(["clerk", "lin", "secretary"])),
        calendar=CALENDAR,
        superior="escalate" in way or draw(st.booleans()),
    )
    steps = walk(way, occasion.at)
    occasion = replace(occasion, at=occasion.at + timedelta(hours=len(steps)))
    for _turn in range(draw(st.integers(0, 25))):
        choices = allowed(state_of(steps), steps, occasion.extensions)
        if not choices:
            break
        step = draw(st.sampled_from(choices))
        occasion = replace(occasion, at=occasion.at + timedelta(hours=draw(st.integers(0, 80))))
        values = values_for(step, occasion.at.date())
        values |= {
            name: draw(st.sampled_from(sorted(words)))
            for name, words in (("satisfaction", SATISFACTION),)
            if name in values
        }
        if values.get("satisfaction") == "unrated":
            values["reached"] = draw(st.booleans())
        values = {
            name: value
            for name, value in values.items()
            if name in STEPS[step].needs or draw(st.integers(0, 3))
        }
        if not check_step(occasion, steps, step, values):
            steps.append(Done(step, occasion.at, occasion.by, values))
    return occasion, steps


@given(walks())
def test_on_every_walk_what_must_hold_holds(walked: tuple[Occasion, list[Done]]) -> None:
    occasion, steps = walked
    taken = [done.step for done in steps]
    states = [state_of(steps[:count]) for count in range(len(steps) + 1)]
    assert all(state in STATES for state in states)
    for state, later in pairwise(states):
        assert later == state or later in NEXT[state]
    for count, state in enumerate(states[:-1]):
        assert state not in ("archived", "withdrawn"), taken[count]
    assert taken.count("redo") <= MOST_REDOS and taken.count("extend") <= 1
    assert occasion.superior or "escalate" not in taken
    assert occasion.nature != "accusation" or not {"accept", "settle", "redo"} & set(taken)
    for count, step in enumerate(taken):
        if step == "close":
            assert set(taken[:count]) & {"reply", "settle", "refer"}
        if step == "archive" and occasion.nature == "complaint":
            assert states[count] in ("followed_up", "declined", "referred")
    for done in steps:
        assert set(STEPS[done.step].needs) <= set(done.values)
        if done.values.get("satisfaction") == "dissatisfied":
            assert done.values.get("reason")


@given(walks(), st.integers(0, 60))
def test_on_every_walk_the_clock_only_goes_forward(walked: tuple[Occasion, list[Done]], later: int) -> None:
    occasion, steps = walked
    today = occasion.at.date()
    spent = elapsed(steps, CALENDAR, today)
    after = elapsed(steps, CALENDAR, today + timedelta(later))
    passed = CALENDAR.working_days_between(today, today + timedelta(later))
    assert spent >= 0
    assert after - spent == (passed if state_of(steps) in RUNNING else 0)
    deadline = deadline_now(steps, CALENDAR)
    days = [done.values["due_on"] for done in steps if "due_on" in done.values]
    assert (deadline is None) == (not days)
    if deadline:
        last = days[-1]
        assert isinstance(last, date)
        assert deadline.day >= last


@given(walks())
def test_on_every_walk_the_state_now_is_the_state_at_the_last_step(
    walked: tuple[Occasion, list[Done]],
) -> None:
    _occasion, steps = walked
    assert state_at(steps, datetime.max) == state_of(steps)
    for count, done in enumerate(steps):
        until = max(i for i, other in enumerate(steps) if other.at <= done.at) + 1
        assert until > count
        assert state_at(steps, done.at) == state_of(steps[:until])


@given(walks(), st.sampled_from(sorted(STEPS)))
def test_on_every_walk_an_illegal_step_is_refused_with_a_sentence(
    walked: tuple[Occasion, list[Done]], step: str
) -> None:
    occasion, steps = walked
    problems = check_step(occasion, steps, step, values_for(step, occasion.at.date()))
    if step not in allowed(state_of(steps), steps):
        assert [problem.code for problem in problems] == ["illegal_step"]
    assert all(problem.message for problem in problems)
