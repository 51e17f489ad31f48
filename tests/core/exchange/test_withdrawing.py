"""What a village has sealed since its last revision leaves the superior's office with the next one."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.checks import check_office
from ojr_desk.desk.inbox import Received
from ojr_desk.moments import Month
from ojr_desk.store.query import Query
from tests.core.desk.test_sealed import NAME, PHONE, SECRET, traces
from tests.office import OCTOBER, add, visit

MONTH = Month.parse(OCTOBER)
PASSWORD = "瓯江红2026"


class Village:
    """A village that sends October again and again, and the superior that takes it in."""

    def __init__(self, desk: Desk, superior: Desk, folder: Path) -> None:
        self.desk, self.superior, self._folder = desk, superior, folder
        self.sent = 0

    def send(self, full: bool = False) -> Path:
        self.sent += 1
        folder = self._folder / str(self.sent)
        if MONTH not in self.desk.months.closed():
            self.desk.months.close(MONTH)
        return self.desk.outbox.send(MONTH, folder, PASSWORD if full else None).files[0]

    def receive(self, file: Path, full: bool = False) -> Received:
        (received,) = self.superior.inbox.receive([file], password=PASSWORD if full else None)
        assert received.problems == () or received.decision == "older"
        return received

    def reopen(self) -> None:
        self.desk.months.reopen(MONTH, "性质要改", "王书记")

    def seal(self, record: Any) -> None:
        self.reopen()
        self.desk.registers.edit("intake", record.uid, {"matter_nature": "检举控告"})

    def found(self, word: str, code: str = "intake") -> int:
        return self.superior.registers.find(code, Query((word,))).total


@pytest.fixture
def village(desk: Desk, superior: Desk, tmp_path: Path) -> Village:
    return Village(desk, superior, tmp_path / "sent")


def complaint(village: Village) -> Any:
    row = visit(matter_nature="投诉", content=f"{SECRET}，请查", occurred_at="2026-10-10 09:00")
    return add(village.desk, "intake", row | {"person": {"full_name": NAME, "phone": PHONE}})


def test_what_was_sealed_since_is_withdrawn(village: Village) -> None:
    record = complaint(village)
    other = add(village.desk, "intake", visit(occurred_at="2026-10-11 09:00"))
    village.receive(village.send())
    assert village.found(SECRET) == 1
    village.seal(record)
    received = village.receive(village.send())
    assert (received.decision, received.withdrawn) == ("newer", 1)
    assert "备份" in received.notices[0]
    assert village.found(SECRET) == 0
    kept = village.superior.registers.get("intake", record.uid)
    assert (kept.record_no, kept.content, kept.confidentiality) == (record.record_no, None, "sealed")
    assert village.superior.registers.get("intake", other.uid).content == other.content
    folder, clock = village.superior.office.folder, village.superior.office.clock
    assert [each["check"] for each in check_office(folder, clock) if not each["ok"]] == []
    assert traces(village.superior) == []


def test_it_is_withdrawn_once(village: Village) -> None:
    record = complaint(village)
    village.receive(village.send())
    village.seal(record)
    village.receive(village.send())
    village.reopen()
    add(village.desk, "intake", visit(occurred_at="2026-10-20 09:00"))
    assert village.receive(village.send()).withdrawn == 0


def test_whoever_came_with_the_full_pack_is_forgotten_with_it(village: Village) -> None:
    record = complaint(village)
    village.receive(village.send())
    village.receive(village.send(full=True), full=True)
    assert village.found(NAME, "person") == 1
    village.seal(record)
    village.receive(village.send())
    assert village.found(NAME, "person") == 0
    assert traces(village.superior) == []


def test_an_older_full_pack_does_not_bring_it_back(village: Village) -> None:
    record = complaint(village)
    village.receive(village.send())
    full = village.send(full=True)
    village.seal(record)
    village.receive(village.send())
    assert village.receive(full, full=True).decision == "older"
    assert village.found(SECRET) == 0


def test_a_trial_run_withdraws_nothing(village: Village) -> None:
    record = complaint(village)
    village.receive(village.send())
    village.seal(record)
    (tried,) = village.superior.inbox.receive([village.send()], dry_run=True)
    assert tried.withdrawn == 1
    assert village.found(SECRET) == 1


def test_what_the_ordinary_pack_never_tells_is_not_withdrawn_by_it(
    desk: Desk, superior: Desk, tmp_path: Path
) -> None:
    """A correction of what stays home comes with the full pack alone."""
    record = add(desk, "intake", visit(occurred_at="2026-10-10 09:00"))
    desk.months.close(MONTH)
    desk.close()
    december = Desk.open(desk.office.folder, rehearsed(date(2026, 12, 31)))
    december.months.correct("intake", record.uid, {"org_name": "供电所"}, "漏填")
    month = Month(2026, 12)
    december.months.close(month)
    full = december.outbox.send(month, tmp_path / "full", PASSWORD).files[0]
    (taken,) = superior.inbox.receive([full], password=PASSWORD)
    assert (taken.decision, taken.withdrawn) == ("new", 0)
    assert superior.registers.find("correction", Query()).total == 1
    (taken,) = superior.inbox.receive([december.outbox.send(month, tmp_path / "plain").files[0]])
    december.close()
    assert (taken.decision, taken.withdrawn) == ("new", 0)
    assert superior.registers.find("correction", Query()).records[0].becomes == "供电所"
