"""When the centre is open: days of a month, and the board beside the door."""

import json
from datetime import date
from pathlib import Path

import pytest

from ojr_desk.cli import main
from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from tests.office import REGULAR, add


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    """A centre that is open on weekdays and Saturday mornings, and was shut for a typhoon."""
    saturday = {
        "title": "周六",
        "rule_type": "周末错时",
        "weekdays": "周六",
        "session1_start": "09:00",
        "session1_end": "11:00",
    }
    typhoon = {"title": "台风", "rule_type": "临时关闭", "closure_reason": "台风", "superior_informed": "是"}
    room = {"title": "书房", "scope": "城市书房", "weekdays": "周日", "valid_from": "2026-01-01"}
    add(
        desk, "opening", REGULAR, saturday | {"valid_from": "2026-01-01"},
        typhoon | {"valid_from": "2026-10-14", "valid_to": "2026-10-15"}, REGULAR | room,
    )  # fmt: skip
    return desk


def test_a_month_has_days_on_which_it_is_open_and_days_on_which_it_was(open_desk: Desk) -> None:
    days = open_desk.opening.days(Month(2026, 10))
    # 1 to 7 October are free; of the rest all but the Sundays; 10 October is a Saturday that is worked.
    assert len(days.due) == 21
    assert set(days.due) - set(days.kept) == {date(2026, 10, 14), date(2026, 10, 15)}
    assert date(2026, 10, 1) not in days.due
    holiday = REGULAR | {
        "title": "国庆",
        "rule_type": "节假日",
        "valid_from": "2026-10-01",
        "valid_to": "2026-10-02",
    }
    add(open_desk, "opening", holiday)
    assert len(open_desk.opening.days(Month(2026, 10)).due) == 23


def test_the_board_tells_the_rules_that_hold_today(open_desk: Desk, tmp_path: Path) -> None:
    slip = open_desk.opening.board(tmp_path / "board.pdf")
    assert slip.pairs == (
        ("平时", "周一、周二、周三、周四、周五，08:30–11:30，14:00–17:00"),
        ("周六", "周六，09:00–11:00"),
        ("书房", "城市书房，周日，08:30–11:30，14:00–17:00"),
    )
    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")


def test_without_rules_there_is_no_board(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="还没有登记开放时间"):
        desk.opening.board(tmp_path / "board.pdf")
    assert desk.opening.days(Month(2026, 10)).due == ()


def test_the_command_line_tells_both(
    open_desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_desk.close()
    office = ["--data", str(open_desk.office.folder), "--today", "2026-11-22", "hours", "2026-10"]
    assert main([*office, "--out", str(tmp_path / "board.pdf"), "--json"], {}) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["due"], told["kept"], told["closed"]) == (21, 19, ["2026-10-14", "2026-10-15"])
    assert Path(told["file"]).is_file()
