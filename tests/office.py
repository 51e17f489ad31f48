"""Offices for tests: real ones in temporary folders, and what a clerk would type into them."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ojr_desk.desk import Clock, Desk, NewOffice, rehearsed

#: The day on which every test works: a Sunday, with October over and the next year's holidays unknown.
TODAY = date(2026, 11, 22)
OCTOBER, NOVEMBER = "2026-10", "2026-11"
#: What a clerk types of ordinary opening hours.
REGULAR = {
    "title": "平时",
    "rule_type": "常规",
    "session1_start": "08:30",
    "session1_end": "11:30",
    "session2_start": "14:00",
    "session2_end": "17:00",
    "valid_from": "2026-01-01",
}


def visit(**more: Any) -> dict[str, Any]:
    """What a clerk types for one visit, with *more* or other values."""
    return {
        "person": "陈阿英",
        "matter_category": "民政·低保救助",
        "content": "询问低保怎么申请",
        "reply_content": "讲了条件和材料",
    } | more


def create(folder: Path, facts: NewOffice) -> Path:
    """Make an office in *folder*, closed and ready to be copied."""
    Desk.create(folder, facts, rehearsed(date(2026, 1, 1))).close()
    return folder


def copied(template: Path, folder: Path, clock: Clock) -> Desk:
    """Open a copy of the office *template* in *folder*."""
    shutil.copytree(template, folder)
    return Desk.open(folder, clock)


def add(desk: Desk, code: str, *rows: Mapping[str, Any]) -> Any:
    """Add *rows*; answer with the last record."""
    return desk.registers.add(code, rows)[-1].record


def run_sql(desk: Desk, statement: str, *values: Any) -> Any:
    """Run a statement behind the desk's back, through the program's own engine; answer with its rows."""
    with desk.office.database.engine.connect() as connection:
        found = connection.exec_driver_sql(statement, values)
        rows = found.fetchall() if found.returns_rows else []
        connection.commit()
    return rows
