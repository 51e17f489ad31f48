"""What villages send and superiors take in: in any order, any number of times, it comes to the same."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.exchange import pack as packs
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS
from ojr_desk.store.asof import standing, steps_until
from ojr_desk.store.query import Query
from tests.office import add, copied, visit

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)


@pytest.fixture
def year(desk: Desk) -> Iterator[Desk]:
    """A village at the year's end, so that three months can be closed."""
    desk.close()
    opened = Desk.open(desk.office.folder, rehearsed(date(2026, 12, 31)))
    yield opened
    opened.close()


@pytest.fixture
def three(year: Desk, tmp_path: Path) -> list[Path]:
    """Three months' packs: a case goes through all of them, and its handler is renamed twice."""
    staff = add(year, "staff", {"full_name": "甲"})
    row = visit(occurred_at="2026-10-12 08:30", disposition="受理转办理单", received_by="甲")
    case = add(year, "intake", row).case
    act = year.cases.act
    files = []
    act("case", case, "take_up", {"occurred_at": "2026-10-13 09:00", "by": "甲"})
    year.months.close(OCTOBER)
    files.append(year.outbox.send(OCTOBER, tmp_path / "stick").files[0])
    year.registers.edit("staff", staff.uid, {"full_name": "乙"})
    act("case", case, "progress", {"text": "修好了", "occurred_at": "2026-11-03 09:00", "by": "乙"})
    act("case", case, "reply", {"text": "已告知", "method": "电话", "occurred_at": "2026-11-04 09:00"})
    year.months.close(NOVEMBER)
    files.append(year.outbox.send(NOVEMBER, tmp_path / "stick").files[0])
    year.registers.edit("staff", staff.uid, {"full_name": "丙"})
    act("case", case, "close", {"result": "已解决", "occurred_at": "2026-12-02 09:00"})
    year.months.close(DECEMBER)
    files.append(year.outbox.send(DECEMBER, tmp_path / "stick").files[0])
    return files


def seen(superior: Desk, center: str) -> dict[str, Any]:
    """Tell what a superior knows of a village: its records, and its names on each month's last day."""
    known: dict[str, Any] = {}
    with superior.office.reading() as session:
        for code in ("intake", "case", "step"):
            found = superior.registers.find(code, Query(center=center), limit=1000).records
            register = REGISTERS[code]
            known[code] = sorted(
                tuple(getattr(each, column.name) for column in register.sent) for each in found
            )
        staff = superior.registers.find("staff", Query(center=center)).records
        uids = [each.uid for each in staff]
        for month in (OCTOBER, NOVEMBER, DECEMBER):
            names = standing(session, "staff", uids, month.last)
            known[str(month)] = sorted(each.full_name for each in names.values())
        cases = [each.uid for each in superior.registers.find("case", Query(center=center)).records]
        steps = steps_until(session, REGISTERS["case"], cases, date.max)
        known["steps"] = [[step.step for step in steps[uid]] for uid in cases]
    return known


def test_packs_come_to_the_same_in_whatever_order(
    three: list[Path], year: Desk, superior_template: Path, tmp_path: Path
) -> None:
    outcomes = []
    for place, order in enumerate(itertools.permutations(three)):
        superior = copied(superior_template, tmp_path / f"superior{place}", rehearsed(date(2027, 1, 5)))
        for file in order:
            (received,) = superior.inbox.receive([file])
            assert (received.decision, received.problems) == ("new", ())
        outcomes.append(seen(superior, year.office.center))
        assert [each.decision for each in superior.inbox.receive(three)] == ["same"] * 3
        assert seen(superior, year.office.center) == outcomes[-1]
        superior.close()
    first = outcomes[0]
    assert (first["2026-10"], first["2026-11"], first["2026-12"]) == (["甲"], ["乙"], ["丙"])
    assert first["steps"] == [["accept", "take_up", "progress", "reply", "close"]]
    assert all(outcome == first for outcome in outcomes)


def test_a_month_sent_anew_replaces_what_it_said(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    first = desk.outbox.send(OCTOBER, tmp_path / "first")
    desk.months.reopen(OCTOBER, "人数错了", "王书记")
    desk.registers.edit("intake", record.uid, {"headcount": "3"})
    with pytest.raises(Refused, match="还没有结账"):
        desk.outbox.send(OCTOBER, tmp_path / "open")
    desk.months.close(OCTOBER)
    second = desk.outbox.send(OCTOBER, tmp_path / "second")
    assert (first.pack.revision, second.pack.revision) == (1, 2)
    assert first.pack.code != second.pack.code
    decisions = [superior.inbox.receive([sent.files[0]])[0].decision for sent in (first, second, first)]
    assert decisions == ["new", "newer", "older"]
    assert superior.registers.get("intake", record.uid).headcount == 3


def test_two_that_claim_one_revision_are_told(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    sent = desk.outbox.send(OCTOBER, tmp_path)
    superior.inbox.receive([sent.files[0]])
    rows = sent.pack.sheaves[0].rows
    other = replace(sent.pack.sheaves[0], rows=({**rows[0], "headcount": 9},))
    path = tmp_path / "other.xlsx"
    packs.write(replace(sent.pack, sheaves=(other, *sent.pack.sheaves[1:])), path)
    (received,) = superior.inbox.receive([path])
    assert (received.decision, received.taken) == ("conflict", False)
    assert received.problems
    assert superior.registers.find("intake", Query()).records[0].headcount == 1


def test_a_dry_run_changes_nothing(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    sent = desk.outbox.send(OCTOBER, tmp_path / "stick")
    (tried,) = superior.inbox.receive([sent.files[0]], tmp_path / "receipts", dry_run=True)
    assert (tried.decision, tried.new > 0, tried.receipt) == ("new", True, None)
    assert superior.registers.find("intake", Query()).total == 0
    assert not (tmp_path / "receipts").exists()


def test_each_file_is_taken_in_for_itself(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    folder = tmp_path / "stick"
    desk.outbox.send(OCTOBER, folder)
    (folder / "0 broken.xlsx").write_bytes(b"PK rubbish")
    (folder / "deep").mkdir()
    (folder / "deep" / "~$open.xlsx").write_bytes(b"lock")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    received = superior.inbox.receive([folder])
    assert [each.decision for each in received] == ["refused", "new"]
    assert received[0].problems


def test_a_village_receives_from_nobody(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    add(superior, "intake", visit(occurred_at="2026-10-12 08:30"))
    superior.months.close(OCTOBER)
    sent = superior.outbox.send(OCTOBER, tmp_path / "stick")
    (received,) = desk.inbox.receive([sent.files[0]])
    assert (received.decision, "不是它的上级" in received.problems[0]) == ("refused", True)


def test_a_receipt_is_for_one_village_and_one_pack(
    desk: Desk, superior: Desk, village_template: Path, tmp_path: Path
) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    desk.outbox.send(OCTOBER, tmp_path / "stick")
    (taken,) = superior.inbox.receive([tmp_path / "stick"], tmp_path / "receipts")
    assert taken.receipt is not None
    assert [each.decision for each in desk.inbox.receive([taken.receipt])] == ["received"]
    assert [each.decision for each in desk.inbox.receive([taken.receipt])] == ["same"]
    stranger = copied(village_template, tmp_path / "stranger", rehearsed(date(2026, 11, 22)))
    (refused,) = stranger.inbox.receive([taken.receipt])
    assert (refused.decision, "校验码" in refused.problems[0]) == ("refused", True)
    stranger.close()


def test_an_edited_pack_names_each_edited_cell(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    sent = desk.outbox.send(OCTOBER, tmp_path / "stick")
    book = load_workbook(sent.files[0])
    sheet = book["来访来电来信"]
    (head,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "人数")
    head.offset(row=1).value = 4
    book.save(sent.files[0])
    (received,) = superior.inbox.receive([sent.files[0]])
    assert (received.decision, received.taken) == ("edited", True)
    assert [(edit.sheet, edit.column, edit.was, edit.is_) for edit in received.edited] == [
        ("来访来电来信", "人数", "1", "4")
    ]
    assert superior.registers.get("intake", record.uid).headcount == 4
