"""A register that is switched off takes nothing on any path and tells nothing; a closed month stays as it was."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from ojr_desk.store.query import Query
from tests.office import OCTOBER, add, visit

MONTH = Month.parse(OCTOBER)


@pytest.fixture
def year(desk: Desk) -> Iterator[Desk]:
    """The office at the end of the year, when November can be closed."""
    desk.close()
    opened = Desk.open(desk.office.folder, rehearsed(date(2026, 12, 31)))
    yield opened
    opened.close()


def cover(file: Path) -> dict[Any, Any]:
    """Read what the cover of a pack tells."""
    sheet = load_workbook(file)["封面"]
    return {row[0].value: row[1].value for row in sheet.iter_rows() if len(row) > 1}


def test_no_case_is_made_that_nobody_would_see(desk: Desk) -> None:
    noted = add(desk, "intake", visit(disposition="仅记录"))
    desk.registers.switch("case", False)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: add(desk, "intake", visit(disposition="受理转办理单")),
        lambda: desk.registers.edit("intake", noted.uid, {"disposition": "受理转办理单"}),
    )
    for attempt in attempts:
        with pytest.raises(Invalid, match="没有启用") as refused:
            attempt()
        assert [(p.column, p.code) for p in refused.value.problems] == [("disposition", "switched_off")]
    assert desk.registers.find("case", Query()).total == 0
    assert desk.registers.find("intake", Query()).total == 1


def test_nothing_is_written_into_it_on_any_path(desk: Desk, tmp_path: Path) -> None:
    intake = add(desk, "intake", visit(disposition="受理转办理单"))
    settled = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.7")
    kept = desk.attachments.add("intake", intake.uid, paper)
    desk.months.close(MONTH)
    desk.registers.switch("case", False)
    desk.registers.switch("intake", False)
    for attempt in (
        lambda: desk.cases.act("case", intake.case, "take_up", {"text": "看过"}),
        lambda: desk.cases.act("intake", settled.uid, "follow_up", {"satisfaction": "满意"}),
        lambda: desk.months.correct("intake", settled.uid, {"headcount": "2"}, "少记"),
        lambda: desk.attachments.add("intake", intake.uid, paper),
        lambda: desk.attachments.remove(kept.uid, "附错了"),
    ):
        with pytest.raises(Refused, match="没有启用"):
            attempt()
    assert [each.step for each in desk.registers.find("step", Query()).records] == ["accept"]
    assert desk.registers.find("correction", Query()).total == 0


def test_a_pack_tells_nothing_that_hangs_on_it(desk: Desk, tmp_path: Path) -> None:
    settled = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    told = {"satisfaction": "满意", "occurred_at": "2026-10-13 09:00"}
    desk.cases.act("intake", settled.uid, "follow_up", told)
    desk.registers.switch("intake", False)
    desk.months.close(MONTH)
    sent = desk.outbox.send(MONTH, tmp_path)
    assert (sent.pack.counts["step"], "intake" in sent.pack.counts) == (0, False)


def test_the_cover_says_switched_off_and_never_nought(desk: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(matter_nature="检举控告", occurred_at="2026-10-12 08:30"))
    desk.months.close(MONTH)
    assert cover(desk.outbox.send(MONTH, tmp_path / "on").files[0])["另册密封"] == "1 件"
    desk.months.reopen(MONTH, "要改", "王书记")
    desk.registers.switch("intake", False)
    desk.months.close(MONTH)
    assert cover(desk.outbox.send(MONTH, tmp_path / "off").files[0])["另册密封"] == "未启用"


def test_a_closed_month_stays_as_it_was_whatever_is_switched_later(year: Desk, tmp_path: Path) -> None:
    add(year, "venue", {"venue_name": "会议室", "area": "40", "capacity": "30"})
    add(year, "intake", visit(occurred_at="2026-10-12 08:30"))
    year.months.close(MONTH)
    first = year.outbox.send(MONTH, tmp_path / "first").pack
    printed = year.books.ledger("visit", MONTH)
    year.registers.switch("venue", False)
    year.registers.switch("intake", False)
    again = year.outbox.send(MONTH, tmp_path / "again").pack
    assert (again.revision, again.code, again.off) == (1, first.code, first.off)
    assert year.books.ledger("visit", MONTH) == printed
    with pytest.raises(Refused, match="没有启用"):
        year.books.ledger("visit", MONTH.next())
    year.months.close(MONTH.next())
    assert set(year.outbox.send(MONTH.next(), tmp_path / "next").pack.off) >= {"venue", "intake"}
    year.registers.switch("intake", True)
    assert "intake" in year.outbox.send(MONTH.next(), tmp_path / "later").pack.off
