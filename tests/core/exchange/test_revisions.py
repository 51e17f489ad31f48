"""Revisions go on through reopening, returns and backups; each kind of pack is answered by itself."""

from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Clock, Desk, NewOffice, rehearsed
from ojr_desk.desk.backups import go_back
from ojr_desk.desk.checks import check_office
from ojr_desk.desk.inbox import Received
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.store.query import Query
from tests.office import add, copied, create, visit

OCTOBER = Month(2026, 10)
PASSWORD = "瓯江红2026"


class Exchange:
    """A village and its superior, with a folder of its own for all that is handed over."""

    def __init__(self, desk: Desk, superior: Desk, folder: Path) -> None:
        self.desk, self.superior, self._folder = desk, superior, folder
        self._sent = 0

    def folder(self) -> Path:
        self._sent += 1
        return self._folder / str(self._sent)

    def send(self, full: bool = False) -> Any:
        return self.desk.outbox.send(OCTOBER, self.folder(), PASSWORD if full else None)

    def receive(self, sent: Any, out: Path | None = None) -> Received:
        (received,) = self.superior.inbox.receive([sent.files[0]], out, PASSWORD if sent.pack.full else None)
        return received

    def close_again(self) -> None:
        self.desk.months.reopen(OCTOBER, "核对", "王书记")
        self.desk.months.close(OCTOBER)

    def go_back(self, backup: Path, clock: Clock) -> None:
        folder = self.desk.office.folder
        self.desk.close()
        go_back(folder, backup, clock())
        self.desk = Desk.open(folder, clock)


@pytest.fixture
def exchange(desk: Desk, superior: Desk, tmp_path: Path) -> Any:
    made = Exchange(desk, superior, tmp_path / "handed over")
    yield made
    made.desk.close()


def names(superior: Desk) -> dict[str, str]:
    found = superior.registers.find("intake", Query()).records
    return {each.record_no: each.record_status for each in found}


def test_closed_again_is_another_revision_even_if_nothing_changed(exchange: Exchange) -> None:
    add(exchange.desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    exchange.desk.months.close(OCTOBER)
    assert [exchange.send().pack.revision for _again in range(2)] == [1, 1]
    exchange.close_again()
    second = exchange.send()
    assert second.pack.revision == 2
    assert exchange.receive(second).decision == "new"


def test_returned_is_another_revision_even_if_nothing_changed(exchange: Exchange, tmp_path: Path) -> None:
    add(exchange.desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    exchange.desk.months.close(OCTOBER)
    exchange.receive(exchange.send())
    center = exchange.desk.office.center
    back = exchange.superior.outbox.answer(center, OCTOBER, "returned", "请核对", tmp_path / "back.xlsx")
    (told,) = exchange.desk.inbox.receive([back])
    assert (told.decision, told.outcome, told.fine) == ("returned", "退回修改", True)
    assert any("请核对" in notice for notice in told.notices)
    assert exchange.desk.months.state(OCTOBER).note == "请核对"
    assert [exchange.send().pack.revision for _again in range(2)] == [2, 2]


def test_a_village_that_went_back_to_a_backup_gets_past_what_it_sent(
    exchange: Exchange, tmp_path: Path, clock: Clock
) -> None:
    add(exchange.desk, "staff", {"full_name": "叶建国"})
    backup = exchange.desk.backups.make(tmp_path / "backups").path
    lost = add(exchange.desk, "intake", visit(occurred_at="2026-10-12 08:30", person="甲某"))
    add(exchange.desk, "staff", {"full_name": "甲文书"})
    exchange.desk.months.close(OCTOBER)
    assert exchange.receive(exchange.send()).decision == "new"
    exchange.go_back(backup, clock)
    kept = add(exchange.desk, "intake", visit(occurred_at="2026-10-13 08:30", person="乙某"))
    add(exchange.desk, "staff", {"full_name": "乙文书"})
    assert lost.record_no == kept.record_no
    exchange.desk.months.close(OCTOBER)
    conflict = exchange.receive(exchange.send())
    assert (conflict.decision, "重新打开" in conflict.problems[0]) == ("conflict", True)
    exchange.close_again()
    again = exchange.send()
    (tried,) = exchange.superior.inbox.receive([again.files[0]], dry_run=True)
    assert (tried.decision, tried.withdrawn, tried.displaced) == ("newer", 1, 1)
    received = exchange.receive(again)
    assert (received.decision, received.problems, received.taken) == ("newer", (), True)
    assert exchange.superior.registers.get("intake", kept.uid).record_no == kept.record_no
    gone = exchange.superior.registers.get("intake", lost.uid)
    assert (gone.record_status, gone.record_no == kept.record_no) == ("void", False)
    staff = exchange.superior.registers.find("staff", Query()).records
    assert {each.full_name for each in staff if each.record_status != "void"} == {"叶建国", "乙文书"}
    assert exchange.receive(again).decision == "same"
    office = exchange.superior.office
    assert [each["check"] for each in check_office(office.folder, office.clock) if not each["ok"]] == []


def test_a_return_lifts_a_restored_village_over_what_it_forgot(
    exchange: Exchange, tmp_path: Path, clock: Clock
) -> None:
    add(exchange.desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    backup = exchange.desk.backups.make(tmp_path / "backups").path
    exchange.desk.months.close(OCTOBER)
    exchange.send()
    for _again in range(2):
        exchange.close_again()
        sent = exchange.send()
    assert exchange.receive(sent).revision == 3
    exchange.go_back(backup, clock)
    exchange.desk.months.close(OCTOBER)
    assert exchange.receive(exchange.send()).decision == "older"
    center = exchange.desk.office.center
    back = exchange.superior.outbox.answer(center, OCTOBER, "returned", "请再报", tmp_path / "back.xlsx")
    assert [each.decision for each in exchange.desk.inbox.receive([back])] == ["returned"]
    assert exchange.receive(exchange.send()).decision == "newer"


def test_a_correction_that_is_gone_marks_its_record_no_more(exchange: Exchange, tmp_path: Path) -> None:
    december, superior = Month(2026, 12), exchange.superior
    record = add(exchange.desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    exchange.desk.months.close(OCTOBER)
    exchange.receive(exchange.send())
    backup = exchange.desk.backups.make(tmp_path / "backups").path
    clock = rehearsed(december.last)
    exchange.desk.close()
    exchange.desk = Desk.open(exchange.desk.office.folder, clock)
    exchange.desk.months.correct("intake", record.uid, {"headcount": "3"}, "记错")
    exchange.desk.months.close(december)
    sent = exchange.desk.outbox.send(december, exchange.folder())
    assert exchange.receive(sent).decision == "new"
    assert superior.registers.get("intake", record.uid).record_status == "corrected"
    exchange.go_back(backup, clock)
    exchange.desk.months.close(december)
    exchange.desk.outbox.send(december, exchange.folder())
    exchange.desk.months.reopen(december, "核对", "王书记")
    exchange.desk.months.close(december)
    received = exchange.receive(exchange.desk.outbox.send(december, exchange.folder()))
    assert (received.decision, received.withdrawn) == ("newer", 1)
    assert superior.registers.get("intake", record.uid).record_status == "normal"


def test_full_packs_are_numbered_answered_and_taken_in_beside_the_month(
    exchange: Exchange, tmp_path: Path
) -> None:
    add(exchange.desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    exchange.desk.months.close(OCTOBER)
    full = exchange.send(full=True)
    received = exchange.receive(full, tmp_path / "receipts")
    assert (received.decision, full.pack.revision) == ("new", 1)
    assert received.receipt is not None
    assert [each.decision for each in exchange.desk.inbox.receive([received.receipt])] == ["received"]
    assert exchange.desk.months.state(OCTOBER).stage == "closed"
    exchange.desk.months.reopen(OCTOBER, "补一条", "王书记")
    add(exchange.desk, "intake", visit(occurred_at="2026-10-13 08:30"))
    exchange.desk.months.close(OCTOBER)
    second = exchange.send(full=True)
    assert exchange.receive(second).decision == "newer"
    month = exchange.send()
    assert (second.pack.revision, month.pack.revision, month.pack.code != second.pack.code) == (2, 2, True)
    assert exchange.receive(month).decision == "new"
    outbox, center = exchange.superior.outbox, exchange.desk.office.center
    back = outbox.answer(center, OCTOBER, "returned", "请补附件", tmp_path / "back.xlsx", full=True)
    assert [each.decision for each in exchange.desk.inbox.receive([back])] == ["returned"]
    assert exchange.desk.months.state(OCTOBER).stage == "sent"
    assert exchange.send(full=True).pack.revision == 3


def test_what_was_opened_while_it_was_written_is_not_handed_in(
    exchange: Exchange,
) -> None:
    add(exchange.desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    exchange.desk.months.close(OCTOBER)
    folder = exchange.folder()
    opened: list[bool] = []

    def meanwhile(_done: int, _total: int) -> None:
        if not opened:
            opened.append(True)
            exchange.close_again()

    with pytest.raises(Refused, match="刚才又打开过"):
        exchange.desk.outbox.send(OCTOBER, folder, progress=meanwhile)
    assert list(folder.iterdir()) == []
    assert exchange.send().pack.revision == 1


def test_one_division_code_is_one_centres(exchange: Exchange, tmp_path: Path, clock: Clock) -> None:
    add(exchange.desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    exchange.desk.months.close(OCTOBER)
    assert exchange.receive(exchange.send()).decision == "new"
    template = create(tmp_path / "template", NewOffice("虎山村", "village", "330302104203"))
    other = copied(template, tmp_path / "other", clock)
    other.months.close(OCTOBER)
    (received,) = exchange.superior.inbox.receive([other.outbox.send(OCTOBER, tmp_path / "o").files[0]])
    other.close()
    assert (received.decision, received.taken) == ("refused", False)
    assert any("330302104203" in told and "龙川村" in told for told in received.problems)
