"""The invented office: every register filled, every month closable, and nothing that is anybody's."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.cli import main
from ojr_desk.demo import MOST_CENTERS, MOST_MONTHS, invent, plain
from ojr_desk.demo.agenda import Agenda
from ojr_desk.demo.hours import Hours
from ojr_desk.demo.people import invent_people
from ojr_desk.demo.setting import Village
from ojr_desk.demo.stage import furnish
from ojr_desk.demo.words import table
from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.exchange import pack as packs
from ojr_desk.moments import Month
from ojr_desk.problems import Cancelled, Refused
from ojr_desk.register import REGISTERS, Link, Register
from ojr_desk.rules.cases import STATES
from ojr_desk.rules.identity import has_citizen_id, has_mobile
from ojr_desk.rules.workdays import Calendar, seed
from ojr_desk.store import history
from ojr_desk.store.query import Query

TODAY = date(2026, 11, 22)
MONTHS = tuple(Month(2026, month) for month in range(8, 11))
#: Days that lie ahead by their nature: until when something is to be done, or a rule holds.
AHEAD = {"due_on", "resume_on", "valid_to", "warranty_until", "due_back_on"}


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    invent(folder, len(MONTHS), 0, 1, TODAY)
    return folder


@pytest.fixture
def desk(quarter: Path) -> Iterator[Desk]:
    opened = Desk.open(quarter, rehearsed(TODAY))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    invent(folder, 2, 2, 1, TODAY)
    return folder


def records(desk: Desk, code: str, month: Month | None = None) -> tuple[Any, ...]:
    return desk.registers.find(code, Query(month=month), 1_000_000).records


def enabled(desk: Desk) -> list[Register]:
    return [each for each in desk.registers.all() if desk.registers.enabled(each.code)]


def test_every_enabled_register_has_rows_in_every_month(desk: Desk) -> None:
    for register in enabled(desk):
        if not register.dated_by:
            assert records(desk, register.code), register.code
            continue
        # The first month has no month before it to be put right.
        months = MONTHS[1:] if register.through == "correct" else MONTHS
        empty = [str(month) for month in months if not records(desk, register.code, month)]
        assert not empty, register.code


def test_nothing_lies_outside_the_months_that_were_asked_for(desk: Desk) -> None:
    for register in enabled(desk):
        if register.dated_by:
            days = [register.day_of(each) for each in records(desk, register.code)]
            assert all(day and MONTHS[0].first <= day <= MONTHS[-1].last for day in days), register.code


def test_every_month_is_open_and_closes_without_a_gap(quarter: Path, tmp_path: Path) -> None:
    shutil.copytree(quarter, tmp_path / "copy")
    desk = Desk.open(tmp_path / "copy", rehearsed(TODAY))
    assert desk.months.closed() == frozenset()
    for month in MONTHS:
        assert desk.months.close(month).gaps == ()
        assert desk.outbox.send(month, tmp_path / "out").pack.revision == 1
    desk.close()


def test_record_numbers_follow_the_order_in_which_records_were_entered(desk: Desk) -> None:
    for register in enabled(desk):
        for number in set(register.number.values()):
            found = sorted((each for each in records(desk, register.code)), key=lambda each: each.id)
            for month in MONTHS:
                head = f"{number}-{month.compact}-"
                numbers = [each.record_no for each in found if each.record_no.startswith(head)]
                assert numbers == [f"{head}{n:04d}" for n in range(1, len(numbers) + 1)]


def test_a_story_leaves_cases_in_every_state(desk: Desk) -> None:
    assert {each.case_state for each in records(desk, "case")} == set(STATES)


def test_some_cases_are_overdue_and_some_lasted_over_the_month_s_end(desk: Desk) -> None:
    cases = records(desk, "case")
    running = [desk.cases.standing(each.uid).supervision for each in cases if not each.closed_at]
    assert any(each.startswith("late") for each in running)
    assert any(each.closed_at and each.closed_at.month != each.occurred_at.month for each in cases)


@pytest.mark.parametrize("column", ["channel", "matter_nature", "disposition"])
def test_intakes_are_of_every_sort(desk: Desk, column: str) -> None:
    choices: Any = REGISTERS["intake"].by_name[column].kind
    assert {getattr(each, column) for each in records(desk, "intake")} - {None} == set(choices.choices)


def test_records_are_void_corrected_and_entered_late(desk: Desk) -> None:
    intakes = records(desk, "intake")
    assert {each.record_status for each in intakes} == {"normal", "void", "corrected"}
    late = [each for each in intakes if each.is_backfilled]
    assert late
    assert all(each.backfill_reason for each in late)
    assert {
        each.op
        for voided in intakes
        if voided.record_status == "void"
        for each in desk.registers.story(voided.uid)
    } == {
        "insert",
        "update",
    }


def test_of_an_accusation_nothing_is_kept(desk: Desk) -> None:
    accusations = [each for each in records(desk, "intake") if each.matter_nature == "accusation"]
    assert accusations
    for each in accusations:
        assert each.confidentiality == "sealed"
        assert not (each.person or each.content or each.org_name or each.case)


def test_no_phrase_is_left_with_a_gap_to_fill(desk: Desk) -> None:
    for register in enabled(desk):
        for record in records(desk, register.code):
            told = [str(getattr(record, name)) for name in register.by_name]
            assert not [each for each in told if re.search("[{}@｜]", each)], record.record_no


def test_nothing_happens_in_the_future(desk: Desk) -> None:
    end = datetime.combine(MONTHS[-1].last + timedelta(days=1), time())
    for register in enabled(desk):
        for record in records(desk, register.code):
            for name in register.by_name.keys() - AHEAD:
                value = getattr(record, name)
                if isinstance(value, datetime):
                    assert value < end, (register.code, name)
                elif isinstance(value, date):
                    assert value < end.date(), (register.code, name)
    with desk.office.reading() as session:
        assert history.verify(session).broken_at is None


def test_nobody_comes_while_the_office_is_shut(desk: Desk) -> None:
    shut = {each.valid_from for each in records(desk, "opening") if each.rule_type == "closed"}
    came = {each.occurred_at for each in records(desk, "intake")}
    assert shut
    assert not shut & {each.date() for each in came}
    assert not [each for each in came if not time(8) <= each.time() <= time(17, 30)]


def test_the_office_is_set_up_in_full(desk: Desk) -> None:
    (center,) = records(desk, "center")
    blank = [name for name in REGISTERS["center"].by_name if getattr(center, name) in (None, "", ())]
    assert set(blank) <= {"sub_type", "backfill_reason", "correction_reason", "void_reason", "recorded_by"}
    assert 8 <= len([each for each in records(desk, "staff") if each.employment_state == "working"]) <= 12
    assert 5 <= len(records(desk, "venue")) <= 8
    people = records(desk, "person")
    assert 80 <= len(people) <= 200
    assert {each[1] for each in table("rare")} <= {each.full_name for each in people}


def test_equal_seeds_make_equal_offices_but_for_the_keys(tmp_path: Path) -> None:
    first, second = (told(tmp_path / each, seed=5, months=1) for each in ("first", "second"))
    assert first == second


def test_another_seed_makes_another_office(tmp_path: Path) -> None:
    assert told(tmp_path / "first", seed=5, months=0) != told(tmp_path / "second", seed=6, months=0)


def told(folder: Path, seed: int, months: int) -> dict[str, Any]:
    """Tell all that an office holds, with numbers in place of keys."""
    invent(folder, months, 0, seed, TODAY)
    desk = Desk.open(folder, rehearsed(TODAY))
    numbers = {
        each.uid: f"{register.code} {each.record_no}"
        for register in desk.registers.all()
        for each in records(desk, register.code)
    }
    found = {
        numbers[record.uid]: {
            name: numbers.get(value, value) if isinstance(column.kind, Link) else value
            for name, column in register.by_name.items()
            for value in [getattr(record, name)]
        }
        for register in desk.registers.all()
        for record in records(desk, register.code)
    }
    changed = {
        number: [
            (each.at, numbers.get(each.actor, ""), each.act, each.op) for each in desk.registers.story(uid)
        ]
        for uid, number in numbers.items()
    }
    desk.close()
    return {"found": found, "changed": changed}


def test_a_superior_takes_every_pack_in_as_new(town: Path, tmp_path: Path) -> None:
    shutil.copytree(town, tmp_path / "town")
    desk = Desk.open(tmp_path / "town", rehearsed(TODAY))
    received = desk.inbox.receive([tmp_path / "town" / "packs"])
    assert [each.decision for each in received] == ["new"] * 4
    assert not [problem for each in received for problem in each.problems]
    assert len({each.center for each in received}) == 2
    assert {each.month for each in received} == {"2026-09", "2026-10"}
    desk.close()


def test_packs_tell_the_same_in_whatever_order_they_come(town: Path, tmp_path: Path) -> None:
    files = sorted((town / "packs").glob("*.xlsx"))
    assert taken_in(town, tmp_path / "forth", files) == taken_in(town, tmp_path / "back", files[::-1])


def taken_in(town: Path, folder: Path, files: list[Path]) -> dict[str, Any]:
    """Tell what a superior knows after taking in *files*, one by one."""
    shutil.copytree(town, folder)
    desk = Desk.open(folder, rehearsed(TODAY))
    desk.inbox.receive(files)
    known = {
        each.uid: {
            name: getattr(each, name) for name in register.by_name.keys() - {"recorded_at", "revision"}
        }
        for register in enabled(desk)
        if register.code != "unit"
        for each in records(desk, register.code)
    }
    listed = {(each.unit_name, each.reports_as, each.reports_from) for each in records(desk, "unit")}
    desk.close()
    return known | {"listed": listed}


def test_a_superior_s_office_is_empty_before_that(town: Path) -> None:
    desk = Desk.open(town, rehearsed(TODAY))
    assert desk.office.level == "township"
    assert {each.code for each in enabled(desk) if records(desk, each.code)} == {"center"}
    assert sorted(each.suffix for each in (town / "packs").iterdir()) == [".pdf"] * 4 + [".xlsx"] * 4
    assert not [each for each in town.iterdir() if each.name.startswith(".")]
    desk.close()


def test_no_sent_text_tells_a_citizen_s_number_a_mobile_or_a_villager_s_name(town: Path) -> None:
    everybody = {row["full_name"] for n in range(2) for row in invent_people(f"1/{n}", 120).strangers}
    for file in sorted((town / "packs").glob("*.xlsx")):
        pack = packs.read(file).pack
        staff = {
            row["full_name"] for sheaf in pack.sheaves if sheaf.register == "staff" for row in sheaf.rows
        }
        words = [
            value
            for sheaf in pack.sheaves
            for row in sheaf.rows
            for name, value in row.items()
            if isinstance(value, str) and not name.endswith("uid") and value not in sheaf.links
        ]
        assert words
        assert not [word for word in words if has_citizen_id(word) or has_mobile(word)]
        assert not [word for word in words if any(name in word for name in everybody - staff)]


def test_an_office_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    invent(tmp_path, 0, 0, 1, TODAY)
    before = (tmp_path / "office.db").read_bytes()
    for centers in (0, 1):
        with pytest.raises(Refused, match="已经有一个中心"):
            invent(tmp_path, 1, centers, 1, TODAY)
    assert (tmp_path / "office.db").read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["office.db", "office.lock"]


def test_no_months_make_an_office_that_is_set_up_and_waits(tmp_path: Path) -> None:
    first_of_month = date(2027, 1, 1)
    made = invent(tmp_path, 0, 0, 1, first_of_month)
    assert made["counts"]["staff"] >= 8
    assert made["counts"]["intake"] == 0
    desk = Desk.open(tmp_path, rehearsed(first_of_month))
    desk.registers.add(
        "intake",
        [
            {"anonymous": True, "matter_category": "other", "content": "问路", "remark": "x"}
            | {"content": "问一问路", "reply_content": "已答"}
        ],
    )
    desk.close()


@pytest.mark.parametrize(
    ("months", "centers"), [(-1, 0), (MOST_MONTHS + 1, 0), (1, -1), (1, MOST_CENTERS + 1)]
)
def test_odd_numbers_are_refused_before_anything_is_made(tmp_path: Path, months: int, centers: int) -> None:
    with pytest.raises(Refused, match="最多"):
        invent(tmp_path / "new", months, centers, 1, TODAY)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("centers", [0, 2])
def test_a_story_that_is_stopped_leaves_nothing_behind(tmp_path: Path, centers: int) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        invent(tmp_path, 1, centers, 1, TODAY, stop)
    assert [each.name for each in tmp_path.iterdir()] == ["office.lock"]


def test_the_command_answers_with_the_office_and_its_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--data", str(tmp_path), "--today", TODAY.isoformat(), "demo", "--months", "0", "--json"]
    assert main(asked, {}) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["office"]["level"] == "village"
    assert answer["office"]["folder"] == str(tmp_path)
    assert set(answer["counts"]) >= {
        "center",
        "staff",
        "post",
        "opening",
        "venue",
        "person",
        "intake",
        "case",
    }
    assert main(asked, {}) == 1


def test_numbers_of_people_belong_to_nobody() -> None:
    people = invent_people(1, 200).strangers
    assert {each["phone"][:7] for each in people if "phone" in each} == {"1540577"}
    numbers = [each["citizen_id"] for each in people if "citizen_id" in each]
    assert numbers
    assert {each[:6] for each in numbers} == {"330399"}
    assert all(has_citizen_id(each) for each in numbers)


def test_a_register_without_a_part_in_the_story_is_filled_by_its_declaration(tmp_path: Path) -> None:
    october = Month(2026, 10)
    agenda = Agenda(datetime(2026, 9, 30, 9))
    desk = Desk.create(tmp_path, NewOffice("晴漈村", "village"), agenda)
    stage = furnish(desk, agenda, Village("1", "晴漈村", ""), [october])
    before = {each.code: len(records(desk, each.code)) for each in enabled(desk)}
    filler = plain.Plain(stage, plain.TOLD - {"venue", "post", "staff", "case"})
    filler.furnish()
    filler.plan(october)
    agenda.play(datetime(2026, 11, 1))
    assert len(records(desk, "case", october)) == 6
    for code in ("venue", "post", "staff"):
        assert len(records(desk, code)) == before[code] + 4
    desk.close()


@given(st.lists(st.integers(0, 10_000), max_size=30), st.integers(0, 10_000))
def test_events_happen_in_their_order_and_only_before_the_end(minutes: list[int], end: int) -> None:
    start = datetime(2026, 10, 12, 8)
    agenda = Agenda(start)
    happened: list[datetime] = []
    moments = [start + timedelta(minutes=each) for each in minutes]
    for moment in moments:
        agenda.at(moment, lambda: happened.append(agenda()))
    agenda.play(start + timedelta(minutes=end))
    assert happened == sorted(each for each in moments if each < start + timedelta(minutes=end))


@given(st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)), st.integers(0, 20), st.integers())
def test_the_next_step_comes_later_and_in_office_hours(moment: datetime, days: int, chance: int) -> None:
    rule = {
        "rule_type": "regular",
        "session1_start": time(8, 30),
        "session1_end": time(11, 30),
        "session2_start": time(14),
        "session2_end": time(17),
    }
    hours = Hours(Calendar(seed(), frozenset(range(2004, 2027))), [rule])
    later = hours.later(moment, days, Random(chance))
    assert later > moment
    assert any(start <= later <= end for start, end in hours.sessions(later.date()))
    assert hours.calendar.working_days_between(moment.date(), later.date()) in (days, max(days, 1))


def test_offices_of_different_seeds_have_different_codes_and_each_its_town_s(tmp_path: Path) -> None:
    codes = [invent(tmp_path / str(seed), months=0, seed=seed)["office"]["code"] for seed in (1, 2, 3)]
    assert len(set(codes)) == 3
    town = invent(tmp_path / "town", months=0, centers=1, seed=2)["office"]["code"]
    assert town[:9] == codes[1][:9]
