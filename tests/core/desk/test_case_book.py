"""What the book of cases says of a case is what came of it, and who handled it."""

from datetime import datetime
from pathlib import Path

from ojr_desk.desk import Desk, NewOffice
from ojr_desk.moments import Month
from tests.office import add, visit

NOVEMBER = Month(2026, 11)


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


def test_a_case_is_taken_up_when_it_is_accepted_not_when_it_is_entered(desk: Desk) -> None:
    case = add(desk, "case", {"title": "路灯不亮", "occurred_at": "2026-11-10 08:30"})
    (row,) = desk.books.ledger("case", NOVEMBER).rows
    assert row[2] == "—\n补录"
    desk.cases.act("case", case.uid, "accept", {"occurred_at": "2026-11-12 09:00", "due_on": "2026-11-30"})
    (row,) = desk.books.ledger("case", NOVEMBER).rows
    assert row[2] == "11-12 09:00\n补录"
    add(desk, "intake", visit(disposition="受理转办理单", occurred_at="2026-10-30 08:30"))
    carried = desk.books.ledger("case", NOVEMBER).rows[0]
    assert carried[2].startswith("2026-10-30 08:30")


def test_only_what_was_settled_or_closed_counts_as_done(desk: Desk) -> None:
    ways: tuple[tuple[str, dict[str, str]], ...] = (
        ("settle", {"text": "当场换好"}),
        ("decline", {"reason": "已在诉讼中", "text": "请等法院判决", "method": "电话"}),
        ("refer", {"handling_org": "供电所", "contact": "0577-66661234", "method": "电话"}),
        ("withdraw", {"reason": "本人不办了"}),
        ("accept", {"due_on": "2026-11-30"}),
    )
    for step, values in ways:
        case = add(desk, "case", {"title": "路灯不亮"})
        desk.cases.act("case", case.uid, step, values)
    ledger = desk.books.ledger("case", NOVEMBER)
    assert {name: ledger.totals[name] for name in ("count", "owed", "closed", "open")} == {
        "count": 5,
        "owed": 2,
        "closed": 1,
        "open": 1,
    }
    assert "办结率 50.0%" in ledger.closing
    assert "不予受理 1 件、转介 1 件、作废/撤回 1 件" in ledger.tally()


def test_what_was_referred_and_closed_is_done_and_what_is_taken_up_again_is_not(desk: Desk) -> None:
    case = add(desk, "case", {"title": "路灯不亮"})
    act = desk.cases.act
    act("case", case.uid, "refer", {"handling_org": "供电所", "contact": "0577-66661234", "method": "电话"})
    act("case", case.uid, "close", {"result": "转有权单位"})
    assert desk.books.ledger("case", NOVEMBER).totals["closed"] == 1
    act("case", case.uid, "redo", {"reason": "又不亮了", "due_on": "2026-11-30"})
    totals = desk.books.ledger("case", NOVEMBER).totals
    assert (totals["closed"], totals["open"], totals["referred"]) == (0, 1, 0)


def test_an_intake_whose_case_is_void_says_so(desk: Desk) -> None:
    taken = add(desk, "intake", visit(disposition="受理转办理单"))
    assert "受理转办理单，受理" in desk.books.ledger("visit", NOVEMBER).rows[0]
    desk.registers.void("case", taken.case, "登记错了")
    ledger = desk.books.ledger("visit", NOVEMBER)
    assert "受理转办理单，办理单已作废" in ledger.rows[0]
    assert ledger.totals["closed"] == 0
