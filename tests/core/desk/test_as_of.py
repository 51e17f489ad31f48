"""A closed month tells of the staff what was true in it, however they change before or after the closing."""

from datetime import date, datetime
from pathlib import Path

from ojr_desk.desk import Desk, NewOffice
from ojr_desk.exchange import pack as packs
from ojr_desk.moments import Month

AUGUST = Month(2026, 8)


def test_who_left_before_august_was_closed_still_works_in_august(tmp_path: Path) -> None:
    now = [datetime(2026, 8, 3, 9)]
    desk = Desk.create(tmp_path / "office", NewOffice("晴漈村", "village"), lambda: now[0])
    try:
        (added,) = desk.registers.add("staff", [{"full_name": "潘敏", "valid_from": "2024-07-01"}])
        now[0] = datetime(2026, 9, 2, 9)
        gone = {"employment_state": "left", "valid_from": "2026-09-01"}
        desk.registers.edit("staff", added.record.uid, gone)
        desk.months.close(AUGUST)
        for _again in range(2):
            sent = desk.outbox.send(AUGUST, tmp_path / "out")
            (row,) = rows(sent.files[0])
            assert (row["employment_state"], row["valid_from"]) == ("working", date(2024, 7, 1).isoformat())
    finally:
        desk.close()


def rows(pack: Path) -> tuple[dict[str, object], ...]:
    return tuple(
        dict(row)
        for sheaf in packs.read(pack).pack.sheaves
        if sheaf.register == "staff"
        for row in sheaf.rows
    )
