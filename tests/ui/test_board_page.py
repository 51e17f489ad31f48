"""The superior's board in the window: who has not reported, and what is answered to whom has."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from tests.office import add, visit
from tests.ui.conftest import is_a
from ui.board_page import BoardPage
from ui.stage import Stage

OCTOBER = Month(2026, 10)


@pytest.fixture
def pack(desk: Desk, tmp_path: Path) -> Path:
    """October of the village, as it is sent."""
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    return desk.outbox.send(OCTOBER, tmp_path / "stick").files[0]


def board(stage: Stage, *units: str, packs: tuple[Path, ...] = ()) -> BoardPage:
    """Open the board of an office that lists *units* and took *packs* in."""
    rows = [{"unit_name": name, "reports_from": "2026-10"} for name in units]
    for_the_desk = stage.office.ask
    if rows:
        for_the_desk(lambda desk: desk.registers.add("unit", rows), lambda _added: None)
    for_the_desk(lambda desk: desk.inbox.receive(packs), lambda _received: None)
    stage.settle()
    page = is_a(stage.go("board"), BoardPage)
    page.months.choose(OCTOBER)
    stage.settle()
    return page


def column(page: BoardPage, at: int) -> list[str]:
    found = [page.table.item(row, at) for row in range(page.table.rowCount())]
    return [item.text() for item in found if item is not None]


def test_who_has_not_reported_is_copied_for_the_chat(superior_stage: Stage, pack: Path) -> None:
    page = board(superior_stage, "前岸村", "后岸村", packs=(pack,))
    assert len(column(page, 0)) == 3
    assert sum("未报" in state for state in column(page, 1)) == 2
    page.copy.click()
    superior_stage.settle()
    told = QGuiApplication.clipboard().text()
    assert "2个单位" in told
    assert "前岸村、后岸村" in told


def test_a_report_is_returned_and_later_accepted(
    superior_stage: Stage, pack: Path, tmp_path: Path, desk: Desk
) -> None:
    page = board(superior_stage, packs=(pack,))
    assert page.accept.isEnabled()
    page.answer("returned", "请补电话", tmp_path)
    superior_stage.settle()
    assert "退回修改" in column(page, 1)[0]
    assert "请补电话" in column(page, 5)[0]
    written = list(tmp_path.glob("*退回*.xlsx"))
    assert [each.decision for each in desk.inbox.receive(written)] == ["returned"]
    page.answer("accepted", "", tmp_path)
    superior_stage.settle()
    assert "已通过" in column(page, 1)[0]
    assert not page.accept.isEnabled()


def test_an_empty_board_says_what_to_do(superior_stage: Stage) -> None:
    page = board(superior_stage)
    assert "下级单位" in page.notice.text()
    assert not page.accept.isEnabled()
    assert not page.paper.isEnabled()


def test_another_deadline_is_shown_at_once(superior_stage: Stage, pack: Path) -> None:
    page = board(superior_stage, packs=(pack,))
    assert "11月4日" in page.due.text()
    page.set_deadline(5)
    superior_stage.settle()
    assert "11月6日" in page.due.text()
