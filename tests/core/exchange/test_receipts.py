"""What the superior answers, on its way there and back: late, twice, to the wrong one, onto a full stick."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk
from ojr_desk.desk import office as offices
from ojr_desk.exchange import receipt as receipts
from ojr_desk.moments import Month
from ojr_desk.problems import NoRoom, Refused
from ojr_desk.store.lockfile import DataLock
from ojr_desk.store.query import Query
from tests.office import add, visit

OCTOBER = Month(2026, 10)


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> Path:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    return desk.outbox.send(OCTOBER, tmp_path / "stick").files[0]


def answered(superior: Desk, desk: Desk, path: Path, state: str, note: str = "请补办结时间") -> Path:
    return superior.outbox.answer(desk.office.center, OCTOBER, state, note, path)


def test_a_late_receipt_does_not_undo_a_return(
    desk: Desk, superior: Desk, sent: Path, tmp_path: Path
) -> None:
    superior.inbox.receive([sent], tmp_path / "receipts")
    back = answered(superior, desk, tmp_path / "back.xlsx", "returned")
    assert [each.decision for each in desk.inbox.receive([back])] == ["returned"]
    (late,) = desk.inbox.receive([tmp_path / "receipts"])
    assert (late.decision, late.fine) == ("same", True)
    assert any("退回修改" in told for told in late.notices)
    state = desk.months.state(OCTOBER)
    assert (state.stage, state.note) == ("returned", "请补办结时间")


def test_of_two_answers_the_one_written_later_holds(
    desk: Desk, superior: Desk, sent: Path, tmp_path: Path
) -> None:
    superior.inbox.receive([sent])
    early, late = tmp_path / "early.xlsx", tmp_path / "late.xlsx"
    answered(superior, desk, early, "returned")
    answered(superior, desk, late, "accepted", "")
    first = receipts.read(early)
    receipts.write(replace(first, at="2026-11-20 08:00"), early)
    assert [each.decision for each in desk.inbox.receive([late, early])] == ["accepted", "same"]
    assert desk.months.state(OCTOBER).stage == "accepted"


def test_a_return_says_what_is_to_be_put_right(
    desk: Desk, superior: Desk, sent: Path, tmp_path: Path
) -> None:
    superior.inbox.receive([sent])
    with pytest.raises(Refused, match="写明"):
        answered(superior, desk, tmp_path / "back.xlsx", "returned", "  ")
    back = answered(superior, desk, tmp_path / "back.xlsx", "returned")
    (tried,) = desk.inbox.receive([back], dry_run=True)
    assert any("请补办结时间" in told for told in tried.notices)
    assert desk.months.state(OCTOBER).stage == "sent"


def test_receipts_that_lie_among_the_packs_are_passed_over(superior: Desk, sent: Path) -> None:
    folder = sent.parent
    assert [each.decision for each in superior.inbox.receive([folder], folder)] == ["new"]
    assert [each.decision for each in superior.inbox.receive([folder], folder)] == ["same"]
    own = next(path for path in folder.iterdir() if "回执" in path.name)
    (named,) = superior.inbox.receive([own])
    assert (named.decision, "要交给" in named.problems[0]) == ("own", True)


def test_what_was_taken_in_is_told_so_though_its_receipt_could_not_be_written(
    superior: Desk, sent: Path, tmp_path: Path
) -> None:
    out = tmp_path / "receipts"
    (out / f"{sent.stem}_回执.xlsx").mkdir(parents=True)
    (received,) = superior.inbox.receive([sent], out)
    assert (received.decision, received.taken, received.receipt) == ("new", True, None)
    assert (received.center, received.new > 0, received.fine) == ("瓯江红龙川村党群服务中心", True, False)
    assert any("已经收下，回执没有写成" in told for told in received.problems)
    assert superior.registers.find("intake", Query()).total == 1
    (again,) = superior.inbox.receive([sent], tmp_path / "elsewhere")
    assert (again.decision, again.receipt is not None) == ("same", True)


def test_nothing_is_taken_in_where_no_receipt_can_be_written(
    superior: Desk, sent: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(NoRoom):
        superior.inbox.receive([sent], tmp_path / "file" / "receipts")
    assert superior.registers.find("intake", Query()).total == 0


def test_who_is_in_the_way_is_waited_for_once(
    superior: Desk, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offices, "PATIENCE", 0.1)
    lock = DataLock(superior.office.folder)
    lock.take("window")

    def meanwhile(done: int, _total: int) -> None:
        if done:
            lock.give_back()

    received = superior.inbox.receive([sent, sent], progress=meanwhile)
    assert [each.decision for each in received] == ["refused", "refused"]
    assert received[0].problems == received[1].problems


def test_a_receipt_of_the_full_pack_says_so(desk: Desk, superior: Desk, sent: Path, tmp_path: Path) -> None:
    full = desk.outbox.send(OCTOBER, tmp_path / "full", "瓯江红2026").files[0]
    told: Any = superior.inbox.receive([full], tmp_path / "receipts", "瓯江红2026")[0].receipt
    assert receipts.read(told).full
    assert [each.taken for each in desk.inbox.receive([told])] == [True]
