"""An intake that was answered at once may be followed up without a case."""

from datetime import datetime
from pathlib import Path

import pytest

from ojr_desk.desk import Desk, NewOffice
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid


def test_an_intake_that_was_answered_at_once_is_followed_up(tmp_path: Path) -> None:
    desk = Desk.create(tmp_path, NewOffice("晴漈村", "village"), lambda: datetime(2026, 8, 3, 9))
    try:
        row = {
            "person": "林㛃",
            "matter_category": "other",
            "content": "问末班车时间",
            "reply_content": "已答",
        }
        (added,) = desk.registers.add("intake", [row])
        desk.cases.act("intake", added.record.uid, "follow_up", {"satisfaction": "satisfied"})
        (told,) = desk.books.ledger("visit", _august()).rows
        assert told[-1] == "满意"
        with pytest.raises(Invalid):
            desk.cases.act("intake", added.record.uid, "follow_up", {"satisfaction": "satisfied"})
    finally:
        desk.close()


def _august() -> Month:
    return Month.parse("2026-08")
