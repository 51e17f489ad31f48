"""One record from the counter to the superior, and the receipt back."""

from pathlib import Path

from ojr_desk.desk import Desk
from ojr_desk.desk.inbox import Received
from ojr_desk.moments import Month
from ojr_desk.store.query import Query
from tests.office import add, visit


def test_one_visit_reaches_the_superior_and_its_receipt_comes_back(
    desk: Desk, superior: Desk, tmp_path: Path
) -> None:
    month = Month(2026, 10)
    added = add(desk, "intake", visit(occurred_at="2026-10-12 08:30", person="陈阿英"))
    assert added.record_no == "LF-202610-0001"
    assert desk.registers.find("intake", Query(("cay",))).records == (
        desk.registers.get("intake", added.uid),
    )

    ledger = desk.books.ledger("visit", month)
    assert [row[1:4] for row in ledger.rows] == [("LF-202610-0001", "10-12 08:30\n补录", "陈阿英")]
    assert desk.months.close(month).state == "closed"
    sent = desk.outbox.send(month, tmp_path / "stick")
    assert [file.suffix for file in sent.files] == [".xlsx", ".pdf"]

    taken = superior.inbox.receive([tmp_path / "stick"], out=tmp_path / "receipts")
    assert [(each.decision, each.taken) for each in taken] == [("new", True)]
    here = superior.registers.find("intake", Query()).records
    assert [each.record_no for each in here] == ["LF-202610-0001"]
    assert here[0].uid == added.uid
    assert (here[0].content, here[0].occurred_at) == (added.content, added.occurred_at)
    assert here[0].person is None, "names stay in the village"

    back = desk.inbox.receive([tmp_path / "receipts"])
    assert [(each.decision, each.month, each.revision) for each in back] == [("received", "2026-10", 1)]
    again = superior.inbox.receive([tmp_path / "stick"], out=tmp_path / "receipts")
    assert [each.decision for each in again] == ["same"]
    assert count(superior) == 1


def count(desk: Desk) -> int:
    return desk.registers.find("intake", Query()).total


def test_an_accepted_return_is_told_to_the_village(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    month = Month(2026, 10)
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(month)
    desk.outbox.send(month, tmp_path / "stick")
    superior.inbox.receive([tmp_path / "stick"])
    answer = superior.outbox.answer("330302104203", month, "returned", "电话请补全", tmp_path / "answer.xlsx")
    told: list[Received] = desk.inbox.receive([answer])
    assert [each.decision for each in told] == ["returned"]
    desk.months.reopen(month, "补电话", "王书记")
    assert desk.months.state(month).state == "open"
