"""The clock of a case: limits, deadlines with pauses, time taken, supervision."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.rules.cases import (
    LIMITED,
    LIMITS,
    NATURES,
    SUPERVISION,
    UNITS,
    Deadline,
    Done,
    Limit,
    Owed,
    deadline_now,
    due,
    elapsed,
    owed,
    state_of,
    supervision,
)
from ojr_desk.rules.workdays import SEED_YEARS, Calendar, seed

CALENDAR = Calendar(seed(), SEED_YEARS)
DAYS = st.dates(date(2025, 1, 1), date(2026, 11, 30))


def done(step: str, day: str, **values: object) -> Done:
    return Done(step, datetime.fromisoformat(f"{day} 09:00"), "clerk", values)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_every_nature_has_a_limit_with_a_unit() -> None:
    assert set(LIMITS) == set(LIMITED) > set(NATURES)
    assert {limit.unit for limit in LIMITS.values()} <= set(UNITS)


@pytest.mark.parametrize(
    ("nature", "urgency", "accepted", "deadline"),
    [
        ("consult", "normal", "2026-11-20", "2026-11-23"), ("help", "normal", "2026-11-20", "2026-11-25"),
        ("help", "soon", "2026-11-20", "2026-11-25"), ("help", "urgent", "2026-11-22", "2026-11-22"),
        ("complaint", "urgent", "2026-11-20", "2026-11-27"), ("complaint", "normal", "2026-09-18", "2026-09-24"),
        ("accusation", "normal", "2026-09-30", "2026-10-08"), ("dispute", "normal", "2026-09-01", "2026-10-08"),
        ("dispute", "normal", "2026-11-01", "2026-12-01"),
    ],
)  # fmt: skip
def test_a_matter_is_due_by_its_nature(nature: str, urgency: str, accepted: str, deadline: str) -> None:
    assert due(nature, urgency, day(accepted), CALENDAR) == Deadline(day(deadline), estimated=False)


def test_the_superior_may_set_other_limits() -> None:
    limits = dict(LIMITS) | {"help": Limit(15, "natural")}
    assert due("help", "normal", day("2026-02-01"), CALENDAR, limits).day == day("2026-02-24")


def test_a_deadline_over_the_new_year_is_estimated_while_the_notice_is_missing() -> None:
    assert due("help", "normal", day("2026-12-30"), CALENDAR) == Deadline(day("2027-01-05"), estimated=True)
    assert deadline_now([done("accept", "2026-12-30", due_on=day("2027-01-05"))], CALENDAR) == Deadline(
        day("2027-01-05"), True
    )


def test_without_acceptance_there_is_no_deadline_and_no_time_taken() -> None:
    for steps in ([], [done("settle", "2026-11-20", text="已答复")]):
        assert deadline_now(steps, CALENDAR) is None
        assert elapsed(steps, CALENDAR, day("2026-11-30")) == 0


ACCEPTED = [
    done("accept", "2026-11-16", due_on=day("2026-11-23")),
    done("take_up", "2026-11-17", text="已联系"),
]


def test_the_day_of_acceptance_does_not_count() -> None:
    assert elapsed(ACCEPTED, CALENDAR, day("2026-11-16")) == 0
    assert elapsed(ACCEPTED, CALENDAR, day("2026-11-17")) == 1
    assert elapsed(ACCEPTED, CALENDAR, day("2026-11-23")) == 5


def test_a_pause_puts_the_deadline_off_by_the_working_days_it_took() -> None:
    paused = [*ACCEPTED, done("pause", "2026-11-18", reason="等材料", resume_on=day("2026-11-27"))]
    assert deadline_now(paused, CALENDAR) == Deadline(day("2026-12-02"), estimated=False)
    assert elapsed(paused, CALENDAR, day("2026-11-27")) == 2
    resumed = [*paused, done("resume", "2026-11-20")]
    assert deadline_now(resumed, CALENDAR) == Deadline(day("2026-11-25"), estimated=False)
    assert elapsed(resumed, CALENDAR, day("2026-11-25")) == 5


def test_two_pauses_add_up() -> None:
    steps = [
        *ACCEPTED,
        done("pause", "2026-11-18", resume_on=day("2026-11-19")),
        done("resume", "2026-11-19"),
        done("pause", "2026-11-20", resume_on=day("2026-11-24")),
        done("resume", "2026-11-24"),
    ]
    assert deadline_now(steps, CALENDAR) == Deadline(day("2026-11-26"), estimated=False)
    assert elapsed(steps, CALENDAR, day("2026-11-26")) == 5


def test_the_village_clock_stands_while_the_superior_has_the_matter() -> None:
    up = [*ACCEPTED, done("escalate", "2026-11-18", reason="超出职权", text="请协调")]
    assert elapsed(up, CALENDAR, day("2026-12-31")) == 2
    assert deadline_now(up, CALENDAR) == Deadline(day("2026-11-23"), estimated=False)
    back = [*up, done("answer", "2026-11-25", text="已协调")]
    assert deadline_now(back, CALENDAR) == Deadline(day("2026-11-30"), estimated=False)
    assert elapsed(back, CALENDAR, day("2026-11-30")) == 5


def test_a_new_deadline_stands_and_is_put_off_by_later_pauses_only() -> None:
    steps = [
        *ACCEPTED,
        done("pause", "2026-11-17", resume_on=day("2026-11-19")),
        done("resume", "2026-11-19"),
        done("extend", "2026-11-20", due_on=day("2026-12-01"), reason="等材料", approver="x"),
    ]
    assert deadline_now(steps, CALENDAR) == Deadline(day("2026-12-01"), estimated=False)
    steps += [done("pause", "2026-11-23", resume_on=day("2026-11-24")), done("resume", "2026-11-24")]
    assert deadline_now(steps, CALENDAR) == Deadline(day("2026-12-02"), estimated=False)


def test_a_deadline_that_a_resumption_carries_is_not_put_off_again() -> None:
    steps = [
        *ACCEPTED,
        done("pause", "2026-11-18", resume_on=day("2026-11-20")),
        done("resume", "2026-11-20", due_on=day("2026-11-25")),
    ]
    assert deadline_now(steps, CALENDAR) == Deadline(day("2026-11-25"), estimated=False)


def test_a_deadline_counted_again_stands_and_leaves_the_state() -> None:
    steps = [*ACCEPTED, done("recount", "2026-11-18", due_on=day("2026-11-24"))]
    assert state_of(steps) == "handling"
    assert deadline_now(steps, CALENDAR) == Deadline(day("2026-11-24"), estimated=False)


def test_a_pause_after_the_deadline_saves_nothing() -> None:
    steps = [
        *ACCEPTED,
        done("pause", "2026-11-24", resume_on=day("2026-11-27")),
        done("resume", "2026-11-27"),
    ]
    assert deadline_now(steps, CALENDAR) == Deadline(day("2026-11-23"), estimated=False)


def test_the_clock_stops_with_the_reply_and_goes_on_when_it_is_done_again() -> None:
    replied = [*ACCEPTED, done("reply", "2026-11-19", method="phone", text="已修好")]
    closed = [*replied, done("close", "2026-11-20", result="solved")]
    assert elapsed(replied, CALENDAR, day("2026-12-31")) == elapsed(closed, CALENDAR, day("2026-12-31")) == 3
    again = [*closed, done("redo", "2026-11-26", reason="又坏了")]
    assert elapsed(again, CALENDAR, day("2026-11-27")) == 4
    assert deadline_now(again, CALENDAR) == Deadline(day("2026-11-30"), estimated=False)


def test_what_was_settled_at_once_starts_its_clock_when_it_is_done_again() -> None:
    steps = [
        done("settle", "2026-11-16", text="已答复"),
        done("close", "2026-11-16", result="solved"),
        done("redo", "2026-11-18", reason="没办好", due_on=day("2026-11-20")),
    ]
    assert elapsed(steps, CALENDAR, day("2026-11-20")) == 2
    assert deadline_now(steps, CALENDAR) == Deadline(day("2026-11-20"), estimated=False)


@given(DAYS, st.integers(1, 10), st.integers(0, 10), st.integers(0, 20))
def test_a_case_finished_on_its_deadline_took_its_limit_however_long_it_paused(
    accepted: date, limit: int, before: int, pause: int
) -> None:
    deadline = CALENDAR.working_days_after(accepted, limit)
    stopped = CALENDAR.working_days_after(accepted, min(before, limit)).day
    resumed = CALENDAR.working_days_after(stopped, pause).day
    steps = [
        done("accept", accepted.isoformat(), due_on=deadline.day),
        done("take_up", accepted.isoformat(), text="已联系"),
        done("pause", stopped.isoformat(), resume_on=resumed),
        done("resume", resumed.isoformat()),
    ]
    now = deadline_now(steps, CALENDAR)
    assert now
    assert elapsed(steps, CALENDAR, now.day) == limit
    assert CALENDAR.working_days_between(deadline.day, now.day) == pause


@pytest.mark.parametrize(
    ("today", "code"),
    [
        ("2026-11-20", "none"), ("2026-11-23", "none"), ("2026-11-24", "near"), ("2026-11-25", "near"), ("2026-11-26", "due"),
        ("2026-11-27", "late1"), ("2026-11-28", "late1"), ("2026-11-30", "late1"), ("2026-12-01", "late3"), ("2026-12-02", "late3"),
        ("2026-12-03", "late5"), ("2027-12-03", "late5"),
    ],
)  # fmt: skip
def test_supervision_warns_two_working_days_before_and_steps_up_after(today: str, code: str) -> None:
    assert supervision(Deadline(day("2026-11-26"), estimated=False), day(today), CALENDAR) == code


def test_a_free_day_after_the_deadline_is_not_yet_late() -> None:
    friday = Deadline(day("2026-11-27"), estimated=False)
    assert supervision(friday, day("2026-11-29"), CALENDAR) == "due"
    assert supervision(friday, day("2026-11-30"), CALENDAR) == "late1"


@given(DAYS, DAYS)
def test_supervision_only_ever_rises(first: date, second: date) -> None:
    early, late = sorted((first, second))
    deadline = Deadline(day("2026-03-10"), estimated=False)
    order = list(SUPERVISION)
    assert order.index(supervision(deadline, early, CALENDAR)) <= order.index(
        supervision(deadline, late, CALENDAR)
    )


def test_whoever_was_answered_is_called_within_five_working_days() -> None:
    closed = [Done("close", datetime(2026, 11, 20, 9), "l", {"result": "solved"})]
    steps = [Done("settle", datetime(2026, 11, 20, 9), "l", {"text": "好了"}), *closed]
    assert owed("consult", steps, CALENDAR) == Owed("follow_up", Deadline(date(2026, 11, 27), False))
    called = Done("follow_up", datetime(2026, 11, 23, 9), "l", {"satisfaction": "satisfied"})
    assert owed("consult", [*steps, called], CALENDAR) is None
