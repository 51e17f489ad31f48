"""Every indicator against what is counted by hand, against the books, and against its own records."""

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.desk import Clock, Desk
from ojr_desk.figures import (
    INDICATORS,
    SUMS,
    Asked,
    Ratio,
    Span,
    behind,
    figures_of,
    in_a_row,
    tallies,
    together,
)
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid
from tests.office import add, copied, visit

SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
MONTHS = (SEPTEMBER, OCTOBER, NOVEMBER)


def asked(desk: Desk, span: Span, center: str | None = None) -> Asked:
    office = desk.office
    with office.reading() as session:
        kept = frozenset(each.code for each in desk.registers.all() if desk.registers.enabled(each.code))
        calendar = office.calendar(session)
    return Asked(span, kept, calendar, office.today(), office.center if center is None else center)


def tally(desk: Desk, month: Month) -> dict[str, int]:
    with desk.office.reading() as session:
        wanted = asked(desk, Span.of(month))
        return tallies(session, wanted)[wanted.center]


def numbers(desk: Desk, month: Month) -> dict[str, str]:
    return {code: figure.told for code, figure in figures_of(tally(desk, month)).items()}


def case_of(desk: Desk, at: str, *steps: tuple[str, str, dict[str, Any]]) -> Any:
    case = add(desk, "case", {"title": "路灯不亮", "occurred_at": at})
    for day, step, values in steps:
        desk.cases.act("case", case.uid, step, {"occurred_at": day} | values)
    return case


ACCEPT = {"due_on": "2026-10-20"}
REPLY = {"text": "已告知", "method": "电话"}
CLOSE = {"result": "已解决"}


def test_a_month_is_reckoned_as_by_hand(desk: Desk) -> None:
    at = "2026-10-12 08:30"
    add(desk, "intake", visit(occurred_at=at, headcount="3"), visit(occurred_at=at, channel="走访发现"))
    gone = add(desk, "intake", visit(occurred_at=at, headcount="9"))
    desk.registers.void("intake", gone.uid, "登记了两次")
    add(desk, "intake", visit(occurred_at="2026-11-01 00:00"), visit(occurred_at="2026-09-30 23:59"))
    call = {"channel": "12345转来", "occurred_at": "2026-10-31 23:59", "caller_number": "13812345678"}
    add(desk, "intake", visit(**call))
    add(desk, "intake", visit(channel="意见箱", occurred_at=at, person="", anonymous=True))
    # From before and closed late; from before and still going on; new and closed in time; new and refused.
    case_of(
        desk,
        "2026-09-10 08:30",
        ("2026-09-10 09:00", "accept", {"due_on": "2026-10-09"}),
        ("2026-10-11 09:00", "take_up", {}),
        ("2026-10-11 09:30", "progress", {"text": "看过"}),
        ("2026-10-12 10:00", "reply", REPLY),
        ("2026-10-12 10:00", "close", CLOSE),
        ("2026-10-13 10:00", "follow_up", {"satisfaction": "不满意", "reason": "太慢"}),
    )
    case_of(desk, "2026-09-11 08:30", ("2026-09-11 09:00", "accept", {"due_on": "2026-10-23"}))
    case_of(
        desk,
        "2026-10-12 08:30",
        ("2026-10-12 09:00", "settle", {"text": "当场换好"}),
        ("2026-10-12 09:01", "close", CLOSE),
        ("2026-10-14 10:00", "follow_up", {"satisfaction": "满意"}),
    )
    case_of(
        desk,
        "2026-10-15 08:30",
        ("2026-10-15 09:00", "decline", {"reason": "已在诉讼中", "text": "请等判决", "method": "电话"}),
    )
    found = numbers(desk, OCTOBER)
    duty = {"open_days_due", "open_days_actual", "shifts_due", "shifts_kept", "duty_rate"}
    assert {code: told for code, told in found.items() if code not in duty} == {
        "n_visit": "2",
        "visit_heads": "4",
        "n_call": "1",
        "n_letter": "1",
        "carry_in": "2",
        "accepted": "1",
        "closed": "2",
        "withdrawn": "0",
        "carry_out": "1",
        "not_accepted": "1",
        "close_rate": "66.7%",
        "ontime": "1",
        "ontime_rate": "50.0%",
        "late": "1",
        "overdue": "1",
        "rated": "2",
        "satisfied": "1",
        "satisfaction_rate": "50.0%",
        "entries": "6",
        "backfilled": "6",
        "backfill_rate": "100.0%",
    }


def test_days_and_shifts_are_counted_once(desk: Desk) -> None:
    add(desk, "staff", {"full_name": "李文书"}, {"full_name": "王主任"})
    hours = {"session1_start": "08:30", "session1_end": "11:30"}
    add(
        desk,
        "opening",
        {"title": "平时", "rule_type": "常规", "valid_from": "2026-01-01"} | hours,
        {"title": "周六", "rule_type": "周末错时", "weekdays": "周六", "valid_from": "2026-10-12"} | hours,
        {"title": "停电", "rule_type": "临时关闭", "valid_from": "2026-10-26", "valid_to": "2026-10-26"}
        | {"closure_reason": "停电"},
    )
    day = {"duty_date": "2026-10-12", "shift": "上午"}
    add(desk, "duty", day | {"staff": "李文书"}, day | {"staff": "王主任", "duty_type": "带班"})
    add(desk, "duty", {"duty_date": "2026-10-13", "shift": "上午", "staff": "李文书"})
    add(desk, "duty", {"duty_date": "2026-11-24", "shift": "上午", "staff": "李文书"})
    add(desk, "duty_log", day | {"keeper": "李文书", "arrived_at": "08:20", "pending_items": "无"})
    add(desk, "duty_log", day | {"shift": "下午", "keeper": "李文书", "pending_items": "无"})
    found = numbers(desk, OCTOBER)
    due = desk.opening.days(OCTOBER).due
    assert found["open_days_due"] == str(len(due))
    assert (found["open_days_actual"], found["shifts_due"], found["duty_rate"]) == ("1", "2", "50.0%")
    assert numbers(desk, NOVEMBER)["shifts_due"] == "0"
    with desk.office.reading() as session:
        rules = behind(session, asked(desk, Span.of(OCTOBER)), "open_days_due")
        (came,) = behind(session, asked(desk, Span.of(OCTOBER)), "shifts_kept")
        everywhere = tallies(session, asked(desk, Span.of(OCTOBER), ""))
    assert sum(each.amount for each in rules) == len(due) and len(rules) == 2
    assert came.register == "duty"
    assert everywhere[desk.office.center]["open_days_due"] == len(due)


def test_a_case_is_late_from_the_first_working_day_after_its_deadline(desk: Desk) -> None:
    # 30 October 2026 is a Friday, so a deadline on the last five working days before it is no 逾期件 yet.
    for due in ("2026-10-29", "2026-10-30", "2026-10-23", "2026-10-26"):
        case_of(desk, "2026-10-12 08:30", ("2026-10-12 09:00", "accept", {"due_on": due}))
    found = tally(desk, OCTOBER)
    assert (found["late"], found["overdue"]) == (3, 1)


def test_what_is_due_in_days_to_come_is_not_late(desk: Desk) -> None:
    case_of(desk, "2026-11-12 08:30", ("2026-11-12 09:00", "accept", {"due_on": "2026-11-25"}))
    assert tally(desk, NOVEMBER)["late"] == 0


def test_a_refused_case_of_the_month_before_is_in_the_identity(desk: Desk) -> None:
    case_of(desk, "2026-09-30 08:30", ("2026-10-05 09:00", "withdraw", {"reason": "本人不办了"}))
    found = tally(desk, OCTOBER)
    assert (found["carry_in"], found["withdrawn"], found["carry_out"], found["not_accepted"]) == (1, 1, 0, 0)


def test_nothing_was_done_and_nothing_can_be_said_of_shares(desk: Desk) -> None:
    found = numbers(desk, SEPTEMBER)
    assert {found[each.code] for each in INDICATORS.values() if isinstance(each, Ratio)} == {"—"}
    assert {found[code] for code in SUMS} == {"0"}


def test_several_call_backs_to_one_matter_are_one_opinion(desk: Desk) -> None:
    case = case_of(
        desk,
        "2026-10-12 08:30",
        ("2026-10-12 09:00", "settle", {"text": "当场换好"}),
        ("2026-10-12 09:01", "close", CLOSE),
        ("2026-10-13 10:00", "follow_up", {"satisfaction": "不满意", "reason": "又坏了"}),
        ("2026-10-13 11:00", "redo", {"reason": "又坏了", "due_on": "2026-10-20"}),
        ("2026-10-14 09:00", "progress", {"text": "修好了"}),
        ("2026-10-14 10:00", "reply", REPLY),
        ("2026-10-14 10:00", "close", CLOSE),
        ("2026-10-15 10:00", "follow_up", {"satisfaction": "满意"}),
    )
    talk = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.cases.act(
        "intake", talk.uid, "follow_up", {"occurred_at": "2026-10-16 09:00", "satisfaction": "基本满意"}
    )
    found = tally(desk, OCTOBER)
    assert (found["rated"], found["satisfied"]) == (2, 2)
    with desk.office.reading() as session:
        rows = behind(session, asked(desk, Span.of(OCTOBER)), "satisfaction_rate")
    assert {(each.register, each.uid) for each in rows} == {("case", case.uid), ("intake", talk.uid)}


def test_a_register_that_is_not_kept_has_no_indicators(desk: Desk) -> None:
    desk.registers.switch("case", False)
    found = tally(desk, OCTOBER)
    assert "n_visit" in found and "closed" not in found
    assert "close_rate" not in figures_of(found)


def test_of_several_centres_shares_are_made_of_sums(desk: Desk) -> None:
    one = {"carry_in": 0, "accepted": 1, "closed": 1}
    other = {"carry_in": 90, "accepted": 9, "closed": 0}
    assert figures_of(together([one, other]))["close_rate"].told == "1.0%"


def test_of_several_months_the_ends_stand_at_the_ends() -> None:
    months = [
        {"carry_in": 3, "accepted": 4, "closed": 5, "withdrawn": 0, "carry_out": 2},
        {"carry_in": 2, "accepted": 6, "closed": 6, "withdrawn": 1, "carry_out": 1},
    ]
    assert in_a_row(months) == {"carry_in": 3, "accepted": 10, "closed": 11, "withdrawn": 1, "carry_out": 1}
    assert in_a_row([]) == {}


#: What each step is given besides its moment.
VALUES: dict[str, dict[str, Any]] = {
    "accept": {},
    "settle": {"text": "当场换好"},
    "decline": {"reason": "已在诉讼中", "text": "请等法院判决", "method": "电话"},
    "refer": {"handling_org": "供电所", "contact": "0577-66661234", "method": "电话"},
    "assign": {"handler": "李文书"},
    "take_up": {},
    "return": {"reason": "不归我管"},
    "progress": {"text": "看过"},
    "resume": {},
    "reply": REPLY,
    "redo": {"reason": "又坏了"},
    "close": CLOSE,
    "follow_up": {"satisfaction": "不满意", "reason": "太慢"},
    "archive": {},
    "withdraw": {"reason": "本人不办了"},
}


@st.composite
def histories(draw: Any) -> list[tuple[datetime, list[tuple[int, int]]]]:
    """Draw some cases: when each begins, and for each step so many hours later which of the allowed is taken."""
    first = datetime(2026, 8, 25, 9)
    hours = st.integers(0, 24 * 20)
    steps = st.lists(st.tuples(hours, st.integers(0, 20)), max_size=7)
    begins = st.integers(0, 24 * 88).map(lambda hour: first + timedelta(hours=hour))
    drawn: list[tuple[datetime, list[tuple[int, int]]]] = draw(
        st.lists(st.tuples(begins, steps), min_size=1, max_size=4)
    )
    return drawn


def walk(desk: Desk, begin: datetime, taken: list[tuple[int, int]]) -> None:
    """Take a case through steps that are allowed, up to today."""
    case = add(desk, "case", {"title": "路灯不亮", "occurred_at": begin.isoformat(sep=" ")})
    at = begin
    for hours, choice in taken:
        at += timedelta(hours=hours)
        can = [step for step in desk.cases.standing(case.uid).allowed if step in VALUES]
        if at.date() > desk.office.today() or not can:
            break
        step = can[choice % len(can)]
        values = VALUES[step] | {"occurred_at": at.isoformat(sep=" ")}
        if step in ("accept", "redo"):
            values["due_on"] = (at.date() + timedelta(days=choice)).isoformat()
        try:
            desk.cases.act("case", case.uid, step, values)
        except Invalid:
            # Rules beyond the state: what is told needs something done before, a rating is asked for once …
            continue


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=histories())
def test_whatever_happens_the_table_agrees_with_the_books_and_with_its_records(
    village_template: Path, clock: Clock, drawn: list[tuple[datetime, list[tuple[int, int]]]]
) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = copied(village_template, Path(folder) / "village", clock)
        try:
            add(desk, "staff", {"full_name": "李文书"})
            for begin, taken in drawn:
                walk(desk, begin, taken)
            agree_everywhere(desk)
        finally:
            desk.close()


def agree_everywhere(desk: Desk) -> None:
    found = {month: tally(desk, month) for month in MONTHS}
    for month in MONTHS:
        told = found[month]
        book = desk.books.ledger("case", month).totals
        assert (told["closed"], told["carry_out"]) == (book["closed"], book["open"])
        assert told["carry_in"] + told["accepted"] + told["not_accepted"] == book["count"]
        balanced(told)
        with desk.office.reading() as session:
            wanted = asked(desk, Span.of(month))
            for code in SUMS:
                assert sum(each.amount for each in behind(session, wanted, code)) == told[code]
            everywhere = tallies(session, asked(desk, Span.of(month), ""))
            assert everywhere.get(wanted.center, dict.fromkeys(told, 0)) == told
    assert found[SEPTEMBER]["carry_out"] == found[OCTOBER]["carry_in"]
    assert found[OCTOBER]["carry_out"] == found[NOVEMBER]["carry_in"]
    balanced(in_a_row([found[month] for month in MONTHS]))
    with desk.office.reading() as session:
        wanted = asked(desk, Span(date(2026, 9, 17), date(2026, 11, 3)))
        balanced(tallies(session, wanted)[wanted.center])


def balanced(told: dict[str, int]) -> None:
    assert told["carry_in"] + told["accepted"] == told["closed"] + told["withdrawn"] + told["carry_out"]


def test_what_happens_later_changes_no_month_before(desk: Desk) -> None:
    case = case_of(desk, "2026-09-10 08:30", ("2026-09-10 09:00", "accept", {"due_on": "2026-10-09"}))
    before = {month: tally(desk, month) for month in (SEPTEMBER, OCTOBER)}
    desk.months.close(SEPTEMBER)
    desk.months.close(OCTOBER)
    for step, values in (("take_up", {}), ("progress", {"text": "看过"}), ("reply", REPLY), ("close", CLOSE)):
        desk.cases.act("case", case.uid, step, values)
    assert {month: tally(desk, month) for month in (SEPTEMBER, OCTOBER)} == before
    assert tally(desk, NOVEMBER)["closed"] == 1
