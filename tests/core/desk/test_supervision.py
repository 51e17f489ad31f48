"""督办: its paper, its new limit and its answer; what is late is told the superior."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from tests.core.printing.reading import texts
from tests.office import add, visit

OCTOBER = Month(2026, 10)


def taken_up(desk: Desk, day: str = "2026-10-12", **more: Any) -> Any:
    """A case that was taken up on *day*."""
    row = visit(disposition="accepted", matter_nature="help", occurred_at=f"{day} 09:00") | more
    return desk.registers.get("case", add(desk, "intake", row).case)


def test_a_case_keeps_what_was_promised_and_who_answers_for_it(desk: Desk) -> None:
    head = add(desk, "staff", {"full_name": "王书记"})
    desk.registers.edit("center", desk.office.center, {"head": head.uid})
    case = taken_up(desk)
    assert (case.sla_days, case.owner_leader) == (3, head.uid)
    dispute = taken_up(desk, "2026-11-02", matter_nature="dispute")
    assert (dispute.due_on, dispute.sla_days) == (date(2026, 12, 2), 22)


def test_a_promise_may_still_be_given_to_what_a_closed_month_holds(desk: Desk) -> None:
    case = add(desk, "case", {"title": "路灯不亮", "source": "superior", "occurred_at": "2026-10-30 09:00"})
    desk.months.close(OCTOBER)
    accepted = desk.cases.act("case", case.uid, "accept", {"occurred_at": "2026-11-02 09:00"})
    assert (accepted.due_on, accepted.sla_days) == (date(2026, 11, 5), 3)


def test_an_urging_has_a_new_limit_that_moves_no_deadline_and_is_answered(desk: Desk) -> None:
    case = taken_up(desk)
    asked = {"text": "请尽快到现场", "limit_on": "2026-11-25", "method": "书面"}
    urged = desk.cases.act("case", case.uid, "supervise", asked)
    assert urged.due_on == case.due_on
    assert desk.cases.standing(case.uid).supervision == "late5"
    desk.cases.act("case", case.uid, "respond", {"text": "配件明天到"})
    with pytest.raises(Invalid):
        desk.cases.act("case", case.uid, "respond", {"text": "又说"})
    steps = desk.cases.standing(case.uid).steps
    assert [(each.step, each.limit_on) for each in steps[-2:]] == [
        ("supervise", date(2026, 11, 25)),
        ("respond", None),
    ]


def test_what_was_late_at_the_month_s_end_is_named_in_the_pack_and_in_the_book(
    desk: Desk, superior: Desk, tmp_path: Path
) -> None:
    late = taken_up(desk)
    nearly = taken_up(desk, "2026-10-22")
    desk.months.close(OCTOBER)
    sent = desk.outbox.send(OCTOBER, tmp_path)
    cover = openpyxl.load_workbook(sent.files[0]).worksheets[0]
    told = {row[0].value: row[1].value for row in cover.iter_rows() if row[0].value}
    assert told["逾期件"] == f"1 件（逾期5个工作日以上）：{late.record_no}"
    closing = desk.books.ledger("case", OCTOBER).closing
    assert closing[-1] == f"逾期件 1 件：{late.record_no} 逾期11个工作日"
    superior.inbox.receive([tmp_path])
    there = {uid: superior.registers.get("case", uid).late_workdays for uid in (late.uid, nearly.uid)}
    assert there == {late.uid: 11, nearly.uid: 3}


def test_a_correction_marks_its_record_with_the_reason(desk: Desk) -> None:
    intake = add(desk, "intake", visit(occurred_at="2026-10-12 09:00"))
    desk.months.close(OCTOBER)
    desk.months.correct("intake", intake.uid, {"content": "询问医保怎么报销"}, "写错了")
    marked = desk.registers.get("intake", intake.uid)
    assert (marked.record_status, marked.correction_reason) == ("corrected", "写错了")
    desk.months.correct("intake", intake.uid, {"content": "询问医保怎么缴"}, "又错了")
    assert desk.registers.get("intake", intake.uid).correction_reason == "写错了"


def test_a_case_that_nobody_urged_has_no_paper(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="先在办理单上登记"):
        desk.slips.write(taken_up(desk).record_no, tmp_path / "slip.pdf")


def test_the_paper_of_an_urging_tells_what_is_late_and_leaves_room_to_answer(
    desk: Desk, tmp_path: Path
) -> None:
    add(desk, "staff", {"full_name": "李文书"}, {"full_name": "王书记"})
    case = taken_up(desk)
    desk.cases.act("case", case.uid, "assign", {"handler": "李文书", "occurred_at": "2026-10-12 10:00"})
    for day, text in (("2026-10-20", "请抓紧"), ("2026-10-22", "请三天内办好并回复本人")):
        asked = {"text": text, "limit_on": "2026-11-27", "by": "王书记", "occurred_at": f"{day} 09:00"}
        desk.cases.act("case", case.uid, "supervise", asked)
    slip = desk.slips.write(case.record_no, tmp_path / "slip.pdf")
    told = dict(slip.pairs)
    assert (slip.title, slip.number) == ("督办单", case.record_no)
    assert (told["第几次"], told["签发人"], told["承办人"]) == ("第2次", "王书记", "李文书")
    assert told["到期日"] == "2026-10-15，已逾期5个工作日"
    assert (told["要求"], told["新时限"]) == ("请三天内办好并回复本人", "2026-11-27")
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    desk.cases.act("case", case.uid, "remind", {"text": "进展如何"})
    assert desk.slips.write(case.uid, tmp_path / "again.pdf").title == "催办单"


def test_the_papers_of_several_cases_lie_in_one_file_each_by_what_it_waits_for(
    desk: Desk, tmp_path: Path
) -> None:
    add(desk, "staff", {"full_name": "李文书"})
    urged, running = taken_up(desk), taken_up(desk)
    desk.cases.act("case", running.uid, "assign", {"handler": "李文书", "occurred_at": "2026-10-12 10:00"})
    desk.cases.act("case", urged.uid, "supervise", {"text": "请抓紧", "by": "李文书"})
    path = tmp_path / "cases.pdf"
    slips = desk.slips.write_cases([urged.uid, running.uid], path)
    assert [(each.title, each.number) for each in slips] == [
        ("督办单", urged.record_no),
        ("事项办理单", running.record_no),
    ]
    told = dict(slips[1].pairs)
    assert told["承办人"] == "李文书"
    assert ["派单/转办" in line for line in told["办理经过"].splitlines()] == [False, True]
    assert [number for number in (urged.record_no, running.record_no) if number in "".join(texts(path))] == [
        urged.record_no,
        running.record_no,
    ]
