"""What a clerk sees first: what is due, what was entered, what is missing — and no table is read through for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.answers import Answer
from ojr_desk.desk.backups import Backups
from ojr_desk.disks import Disk
from ojr_desk.moments import Month
from ojr_desk.rules.cases import SUPERVISION
from tests.office import TODAY, add, visit

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
#: Tables that stay small however long an office works: months, days of holidays, packs.
SMALL = {
    "venue",
    "calendar_day",
    "calendar_year",
    "closed_month",
    "number_counter",
    "office",
    "pack_out",
    "register_switch",
    "search_slot",
    "setting",
}
#: What is scanned that is no table of the office: the index of words, and rows found before.
FOUND = {"CONSTANT", "s", "f", "c", "family", "chain", "json_each"}


def taken_up(desk: Desk, day: str, nature: str = "help", **more: Any) -> Any:
    told = {"disposition": "accepted", "matter_nature": nature, "occurred_at": f"{day} 09:00"} | more
    return desk.registers.get("case", add(desk, "intake", visit(**told)).case)


def on(desk: Desk, day: date) -> Desk:
    desk.close()
    return Desk.open(desk.office.folder, rehearsed(day))


def test_an_office_where_nothing_was_has_nothing_to_tell(desk: Desk) -> None:
    seen = desk.today()
    assert (seen.day, seen.on_duty, seen.leader) == (TODAY, "", "")
    assert (seen.overdue.count, seen.due_today.count, seen.soon.count) == (0, 0, 0)
    assert (seen.entries, seen.unread, seen.days_since_carried_off) == ((), (), None)
    assert [(each.month, each.is_closed, each.gaps, each.missing) for each in seen.months] == [
        (NOVEMBER, False, (), ())
    ]


def test_it_tells_who_is_on_duty_and_who_leads(desk: Desk) -> None:
    add(desk, "staff", {"full_name": "李文书"})
    head = add(desk, "staff", {"full_name": "王书记"})
    desk.registers.edit("center", desk.office.center, {"head": head.uid})
    assert desk.today().on_duty == ""
    desk.sit_down("李文书")
    assert (desk.today().on_duty, desk.today().leader) == ("李文书", "王书记")


def test_cases_are_told_by_their_deadline_the_most_urgent_first(desk: Desk) -> None:
    # Three working days from each of these: before, on and after Wednesday 25 November.
    days = ("2026-11-16", "2026-11-20", "2026-11-13", "2026-11-19", "2026-11-22")
    earlier, wednesday, earliest, tuesday, same = (taken_up(desk, day) for day in days)
    taken_up(desk, "2026-11-20", "suggestion")
    now = on(desk, date(2026, 11, 24))
    seen = now.today()
    assert [each.record_no for each in seen.overdue.cases] == [earliest.record_no, earlier.record_no]
    assert [each.record_no for each in seen.due_today.cases] == [tuesday.record_no]
    assert [each.record_no for each in seen.soon.cases][:2] == [wednesday.record_no, same.record_no]
    assert (seen.overdue.count, seen.due_today.count, seen.soon.count) == (2, 1, 3)
    for told in (*seen.overdue.cases, *seen.due_today.cases, *seen.soon.cases):
        standing = now.cases.standing(told.uid)
        assert (told.supervision, told.word) == (standing.supervision, SUPERVISION[standing.supervision])
        assert (told.title, told.due_on) == (standing.record.title, standing.record.due_on)
    now.close()


def test_soon_ends_with_the_third_working_day(desk: Desk) -> None:
    # From Sunday the third working day is Wednesday.
    wednesday, thursday = taken_up(desk, "2026-11-20"), taken_up(desk, "2026-11-19", "complaint")
    assert (str(wednesday.due_on), str(thursday.due_on)) == ("2026-11-25", "2026-11-26")
    assert [each.uid for each in desk.today().soon.cases] == [wednesday.uid]


def test_only_cases_whose_clock_runs_are_told(desk: Desk) -> None:
    add(desk, "staff", {"full_name": "王主任"})
    case = taken_up(desk, "2026-11-10")
    act = desk.cases.act
    act("case", case.uid, "assign", {"handler": "王主任"})
    (told,) = desk.today().overdue.cases
    assert (told.handler, told.state, told.supervision) == ("王主任", "assigned", "late5")
    act("case", case.uid, "take_up", {"text": "看过"})
    act("case", case.uid, "pause", {"reason": "等材料", "resume_on": "2026-11-24"})
    assert desk.today().overdue.count == 0
    act("case", case.uid, "resume", {})
    assert desk.today().overdue.count == 1
    act("case", case.uid, "reply", {"text": "已告知", "method": "电话"})
    assert desk.today().overdue.count == 0
    desk.registers.void("case", taken_up(desk, "2026-11-10").uid, "录错")
    assert desk.today().overdue.count == 0


def test_what_is_years_overdue_is_told_like_the_rest(desk: Desk) -> None:
    case = taken_up(desk, "2026-11-10")
    later = on(desk, date(2041, 3, 1))
    (told,) = later.today().overdue.cases
    assert (told.uid, told.supervision, told.due_on) == (case.uid, "late5", case.due_on)
    later.close()


def test_more_are_counted_than_are_listed(desk: Desk) -> None:
    for _n in range(4):
        taken_up(desk, "2026-11-10")
    seen = desk.today(limit=3)
    assert (seen.overdue.count, len(seen.overdue.cases)) == (4, 3)


def test_the_last_entries_are_told_without_naming_anybody(desk: Desk) -> None:
    add(desk, "intake", visit(person="林大山", occurred_at="2026-11-03 08:30"))
    add(desk, "intake", visit(person="陈阿英", channel="来电", occurred_at="2026-11-02 09:00"))
    add(desk, "intake", visit(person="", anonymous=True, channel="来信"))
    add(desk, "intake", visit(matter_nature="检举控告"))
    taken = taken_up(desk, "2026-11-20", person="欧阳小明")
    entries = desk.today().entries
    assert [(each.record_no, each.kind, each.who) for each in entries] == [
        ("LF-202611-0003", "来访", "欧阳*明"),
        ("LF-202611-0002", "来访", ""),
        ("LX-202611-0001", "来信", ""),
        ("LD-202611-0001", "来电", "陈*英"),
        ("LF-202611-0001", "来访", "林*山"),
    ]
    assert entries[-1].at == datetime(2026, 11, 3, 8, 30)
    # The case was made because of the visit; one that was entered by hand is an entry of its own.
    assert taken.uid not in {each.uid for each in entries}
    sent_down = add(desk, "case", {"title": "路灯不亮"})
    assert desk.today().entries[0].uid == sent_down.uid
    assert len(desk.today().entries) == 5


def test_what_is_void_or_switched_off_is_no_entry(desk: Desk) -> None:
    kept, void = add(desk, "intake", visit()), add(desk, "intake", visit())
    desk.registers.void("intake", void.uid, "录错")
    assert [each.uid for each in desk.today().entries] == [kept.uid]
    desk.registers.switch("intake", False)
    assert desk.today().entries == ()


def test_late_entries_come_by_when_they_were_entered(desk: Desk) -> None:
    first = add(desk, "intake", visit(occurred_at="2026-11-20 09:00"))
    now = on(desk, date(2026, 11, 23))
    second = add(now, "intake", visit(occurred_at="2026-10-12 09:00"))
    assert [each.uid for each in now.today().entries] == [second.uid, first.uid]
    now.close()


def test_a_superior_sees_its_own_entries_and_cases(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    add(desk, "intake", *(visit(occurred_at="2026-10-12 09:00") for _n in range(8)))
    taken_up(desk, "2026-10-12")
    desk.months.close(OCTOBER)
    desk.outbox.send(OCTOBER, tmp_path / "stick")
    own = add(superior, "intake", visit())
    superior.inbox.receive([tmp_path / "stick"])
    seen = superior.today()
    assert [each.uid for each in seen.entries] == [own.uid]
    assert seen.overdue.count == 0


def months(desk: Desk) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(each.month), each.missing) for each in desk.today().months]


def test_a_month_that_is_over_waits_to_be_closed_and_sent(desk: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-09-12 09:00"), visit(occurred_at="2026-10-12 09:00"))
    assert months(desk) == [("2026-10", ("close",)), ("2026-11", ())]
    desk.months.close(OCTOBER)
    assert months(desk) == [("2026-09", ("close",)), ("2026-10", ("send",)), ("2026-11", ())]
    desk.months.close(Month(2026, 9))
    desk.outbox.send(OCTOBER, tmp_path)
    assert months(desk) == [("2026-11", ())]
    last = on(desk, date(2026, 11, 30))
    assert months(last) == [("2026-11", ("close",))]
    last.close()


def test_a_month_without_a_visitor_is_reported_too(desk: Desk) -> None:
    add(desk, "intake", visit(occurred_at="2026-09-12 09:00"))
    desk.months.close(Month(2026, 9))
    assert months(desk) == [("2026-10", ("close",)), ("2026-11", ())]


def test_numbers_that_are_lost_are_missing(desk: Desk) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 09:00"), visit())
    with desk.office.database.building() as connection:
        connection.exec_driver_sql("DROP TRIGGER intake_kept")
        connection.exec_driver_sql("DELETE FROM intake")
    seen = desk.today().months
    assert [(each.gaps, each.missing) for each in seen] == [
        (("LF-202610-0001",), ("gaps", "close")),
        (("LF-202611-0001",), ("gaps",)),
    ]


def sent_and_answered(desk: Desk, superior: Desk, folder: Path, state: str, note: str) -> None:
    """Have the superior answer October's pack, and take the answer in."""
    superior.inbox.receive([folder])
    answer = superior.outbox.answer(desk.office.center, OCTOBER, state, note, folder / f"{state}.xlsx")
    desk.inbox.receive([answer])


def test_an_answer_is_unread_until_it_was_read_and_a_later_one_again(
    desk: Desk, superior: Desk, tmp_path: Path
) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 09:00"))
    desk.months.close(OCTOBER)
    desk.outbox.send(OCTOBER, tmp_path / "stick")
    assert desk.today().unread == ()
    sent_and_answered(desk, superior, tmp_path / "stick", "accepted", "")
    at = datetime(2026, 11, 22, 23, 59)
    assert desk.today().unread == (Answer(1, OCTOBER, 1, "accepted", "", at),)
    desk.answers.read([])
    assert len(desk.answers.unread()) == 1
    desk.answers.read([1])
    assert desk.today().unread == desk.answers.unread() == ()
    later = on(desk, date(2026, 11, 23))
    sent_and_answered(later, superior, tmp_path / "stick", "returned", "漏了一件")
    assert [(each.state, each.note) for each in later.today().unread] == [("returned", "漏了一件")]
    assert months(later)[0] == ("2026-10", ("returned",))
    later.answers.read([1])
    assert later.today().unread == ()
    later.close()


def test_an_answer_that_comes_within_the_same_second_is_unread_again(
    desk: Desk, superior: Desk, tmp_path: Path
) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 09:00"))
    desk.months.close(OCTOBER)
    desk.outbox.send(OCTOBER, tmp_path / "stick")
    sent_and_answered(desk, superior, tmp_path / "stick", "accepted", "")
    desk.answers.read([1])
    sent_and_answered(desk, superior, tmp_path / "stick", "returned", "漏了一件")
    assert [each.state for each in desk.answers.unread()] == ["returned"]
    desk.answers.read([1])
    sent_and_answered(desk, superior, tmp_path / "stick", "returned", "漏了一件")
    assert desk.answers.unread() == (), "the same answer again is no news"


def test_days_are_counted_since_a_copy_left_this_pc(desk: Desk, tmp_path: Path) -> None:
    Backups(desk.office, lambda _folder: Disk.FIXED).make(tmp_path / "other disk")
    desk.backups.make()
    assert desk.today().carried_off is None
    Backups(desk.office, lambda _folder: Disk.STICK).make(tmp_path / "stick")
    assert (desk.today().carried_off, desk.today().days_since_carried_off) == (TODAY, 0)
    later = on(desk, date(2026, 12, 1))
    assert later.today().days_since_carried_off == 9
    Backups(later.office, lambda _folder: Disk.NETWORK).make(tmp_path / "share")
    assert later.today().days_since_carried_off == 0
    later.close()


@contextmanager
def statements(desk: Desk) -> Iterator[list[tuple[str, Any]]]:
    """Listen to what is asked of the file."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        heard.append((statement, values))

    engine = desk.office.database.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def plans(desk: Desk, heard: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Tell how SQLite goes about each statement."""
    found = []
    with desk.office.database.engine.connect() as connection:
        for statement, values in heard:
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
                found += [(str(row[3]), statement) for row in rows]
    return found


@pytest.fixture
def lived_in(desk: Desk, tmp_path: Path) -> Desk:
    """An office with something of everything."""
    staff = add(desk, "staff", {"full_name": "李文书"})
    desk.registers.edit("center", desk.office.center, {"head": staff.uid})
    add(
        desk,
        "intake",
        visit(occurred_at="2026-10-12 09:00"),
        visit(channel="来电", caller_number="13805770001"),
    )
    for day in ("2026-11-10", "2026-11-17", "2026-11-20"):
        taken_up(desk, day)
    desk.months.close(OCTOBER)
    desk.outbox.send(OCTOBER, tmp_path / "stick")
    desk.sit_down("李文书")
    return desk


def test_no_large_table_is_read_through(lived_in: Desk) -> None:
    person = lived_in.registers.get("intake", "LF-202610-0001").person
    asked: dict[str, Callable[[], object]] = {
        "today": lambda: lived_in.today(),
        "card": lambda: lived_in.persons.card(person),
        "history": lambda: lived_in.persons.history(person),
        "phone": lambda: lived_in.persons.with_phone("13805770001"),
        "repeats": lambda: lived_in.intakes.repeats({"person": person, "caller_number": "13805770001"}),
        "search": lambda: lived_in.search.everything("陈阿英"),
    }
    for name, ask in asked.items():
        with statements(lived_in) as heard:
            ask()
        assert heard, name
        for plan, statement in plans(lived_in, heard):
            scanned = plan.removeprefix("SCAN ").split()[0].strip("()") if plan.startswith("SCAN") else ""
            fine = not scanned or scanned in SMALL | FOUND or scanned.lower().startswith("subquery")
            assert fine, f"{name}: {plan}: {statement}"


def test_who_the_roster_names_is_on_duty_before_who_sits_there(desk: Desk) -> None:
    add(desk, "staff", {"full_name": "王主任"}, {"full_name": "林小娟"})
    desk.sit_down("王主任")
    assert (desk.today().on_duty, desk.today().is_rostered) == ("王主任", False)
    add(desk, "duty", {"duty_date": "2026-11-22", "shift": "全天", "duty_type": "值班", "staff": "林小娟"})
    add(desk, "duty", {"duty_date": "2026-11-22", "shift": "全天", "duty_type": "带班", "staff": "王主任"})
    seen = desk.today()
    assert (seen.on_duty, seen.leader, seen.is_rostered) == ("林小娟", "王主任", True)
