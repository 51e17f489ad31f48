"""Numbers have no gaps within class and month: not after a refusal, not under many hands."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid
from ojr_desk.store.numbering import gaps, next_number
from ojr_desk.store.query import Query
from tests.office import add, run_sql, visit

NOVEMBER = Month(2026, 11)
ADD = """
import sys
from datetime import date
from pathlib import Path
from ojr_desk.desk import Desk, rehearsed
desk = Desk.open(Path(sys.argv[1]), rehearsed(date(2026, 11, 22)))
row = {"anonymous": True, "matter_category": "other", "content": "路灯不亮", "reply_content": "已记下"}
for place in range(int(sys.argv[2])):
    for added in desk.registers.add("intake", [row] * 2):
        print(added.record.record_no)
"""


def numbers(desk: Desk, code: str = "intake") -> list[str]:
    return sorted(each.record_no for each in desk.registers.find(code, Query(), limit=1000).records)


def test_each_class_and_each_month_counts_for_itself(desk: Desk) -> None:
    rows = [
        visit(),
        visit(channel="来电"),
        visit(channel="12345转来"),
        visit(channel="来信"),
        visit(occurred_at="2026-10-31 08:00"),
        visit(channel="走访发现"),
    ]
    added = desk.registers.add("intake", rows)
    assert [each.record.record_no for each in added] == [
        "LF-202611-0001",
        "LD-202611-0001",
        "LD-202611-0002",
        "LX-202611-0001",
        "LF-202610-0001",
        "LF-202611-0002",
    ]


def test_a_refused_batch_uses_no_number(desk: Desk) -> None:
    with pytest.raises(Invalid):
        desk.registers.add("intake", [visit(), visit(), visit(content="")])
    assert add(desk, "intake", visit()).record_no == "LF-202611-0001"


def test_what_breaks_off_uses_no_number(desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.office.writing("broken") as session:
        assert next_number(session, desk.office.center, "LF", NOVEMBER) == "LF-202611-0001"
        raise RuntimeError
    assert add(desk, "intake", visit()).record_no == "LF-202611-0001"


def test_a_number_is_never_given_twice_not_even_after_a_void(desk: Desk) -> None:
    first = add(desk, "intake", visit())
    desk.registers.void("intake", first.uid, "录错")
    assert add(desk, "intake", visit()).record_no == "LF-202611-0002"


def test_many_hands_at_once_leave_no_gap(desk: Desk) -> None:
    desk.close()
    command = [sys.executable, "-c", ADD, str(desk.office.folder), "5"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") for _each in range(4)]
    told = [line for process in processes for line in process.communicate(timeout=120)[0].split()]
    assert [process.returncode for process in processes] == [0] * 4
    assert sorted(told) == [f"LF-202611-{n:04}" for n in range(1, 41)]
    assert numbers(Desk.open(desk.office.folder)) == sorted(told)


def test_more_than_four_digits_go_on(desk: Desk) -> None:
    run_sql(
        desk,
        "INSERT INTO number_counter SELECT center, 'LF', '2026-11', 9999 FROM office",
    )
    assert add(desk, "intake", visit()).record_no == "LF-202611-10000"


def test_a_month_with_a_gap_is_not_closed(desk: Desk) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    run_sql(desk, "UPDATE number_counter SET last = 3 WHERE class = 'LF'")
    assert desk.months.state(Month(2026, 10)).gaps == ("LF-202610-0002", "LF-202610-0003")
    with pytest.raises(Exception, match="断号：LF-202610-0002、LF-202610-0003"):
        desk.months.close(Month(2026, 10))


@given(st.sets(st.integers(1, 200)))
def test_gaps_are_what_is_missing_up_to_the_last(there: set[int]) -> None:
    missing = gaps([f"LF-202611-{each:04}" for each in there])
    expected = set(range(1, max(there, default=0))) - there
    assert missing == [f"LF-202611-{each:04}" for each in sorted(expected)]


def test_the_number_of_a_received_record_is_its_own(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    add(superior, "intake", visit(occurred_at="2026-10-12 08:30"))
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    desk.outbox.send(Month(2026, 10), tmp_path / "stick")
    superior.inbox.receive([tmp_path / "stick"])
    assert numbers(superior) == ["LF-202610-0001", "LF-202610-0001"]
    assert superior.months.state(Month(2026, 10)).gaps == ()
    assert add(superior, "intake", visit(occurred_at="2026-10-13 08:30")).record_no == "LF-202610-0002"
