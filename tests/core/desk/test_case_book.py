"""What the book of cases says of a case is what came of it, and who handled it."""

from datetime import datetime
from pathlib import Path

from ojr_desk.desk import Desk, NewOffice
from ojr_desk.moments import Month


def test_the_book_tells_the_result_and_who_took_the_case_up_until_it_is_taken_up_again(
    tmp_path: Path,
) -> None:
    desk = Desk.create(tmp_path, NewOffice("晴漈村", "village"), lambda: datetime(2026, 8, 3, 9))
    try:
        desk.registers.add("staff", [{"full_name": "潘敏"}])
        desk.sit_down("潘敏")
        row = {"person": "林㛃", "matter_category": "other", "content": "路灯不亮", "disposition": "accepted"}
        (added,) = desk.registers.add("intake", [row])
        for step, values in (
            ("take_up", {"text": "已到现场"}),
            ("reply", {"method": "phone", "text": "已换好灯泡"}),
            ("close", {"result": "solved"}),
            ("follow_up", {"satisfaction": "dissatisfied", "reason": "又不亮了", "text": "电话回访"}),
        ):
            case = desk.cases.act("case", added.record.case, step, values)
        assert desk.registers.get("staff", case.handler).full_name == "潘敏"
        (told,) = desk.books.ledger("case", Month.parse("2026-08")).rows
        assert "潘敏" in told
        assert "已解决：已换好灯泡" in told
        redo = {"reason": "又不亮了", "text": "重新检查线路"}
        desk.cases.act("case", case.uid, "redo", redo)
        (told,) = desk.books.ledger("case", Month.parse("2026-08")).rows
        assert "重新检查线路" in told
    finally:
        desk.close()
