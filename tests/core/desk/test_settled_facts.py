"""What is settled stays: the facts a case was opened with, and everything of a case that was filed away."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from ojr_desk.store.query import Query
from tests.office import add, visit

WAYS_TO_THE_FILE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("take_up", {"text": "当场看过"}),
    ("reply", {"text": "已告知", "method": "电话"}),
    ("close", {"result": "已解决"}),
    ("follow_up", {"satisfaction": "满意"}),
    ("archive", {}),
)


def complaint(desk: Desk) -> Any:
    return add(desk, "intake", visit(disposition="受理转办理单", matter_nature="投诉"))


def archived(desk: Desk) -> Any:
    intake = complaint(desk)
    for step, values in WAYS_TO_THE_FILE:
        desk.cases.act("case", intake.case, step, values)
    return desk.registers.get("case", intake.case)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("matter_nature", "咨询"),
        ("urgency", "紧急"),
        ("occurred_at", "2026-11-20 08:00"),
        ("source", "上级交办"),
    ],
)
def test_a_case_that_was_taken_up_keeps_what_its_deadline_follows_from(
    desk: Desk, column: str, value: str
) -> None:
    intake = complaint(desk)
    case = desk.registers.get("case", intake.case)
    with pytest.raises(Invalid) as refused:
        desk.registers.edit("case", case.uid, {column: value})
    assert [(p.column, p.code) for p in refused.value.problems] == [(column, "taken_up")]
    assert "作废后重新登记" in refused.value.message
    assert desk.registers.edit("case", case.uid, {"title": "路灯不亮", column: getattr(case, column)}).title


@pytest.mark.parametrize(("column", "value"), [("matter_nature", "表扬感谢"), ("urgency", "紧急")])
def test_an_intake_keeps_what_its_case_took_over(desk: Desk, column: str, value: str) -> None:
    intake = complaint(desk)
    with pytest.raises(Invalid) as refused:
        desk.registers.edit("intake", intake.uid, {column: value})
    assert [(p.column, p.code) for p in refused.value.problems] == [(column, "taken_up")]
    assert desk.registers.edit("intake", intake.uid, {"headcount": "3"}).headcount == 3
    desk.registers.void("case", intake.case, "登记错了")
    assert desk.registers.edit("intake", intake.uid, {column: value}).case == intake.case


def test_a_case_that_is_not_taken_up_yet_is_still_put_right(desk: Desk) -> None:
    case = add(desk, "case", {"title": "路灯不亮", "matter_nature": "投诉"})
    assert desk.registers.edit("case", case.uid, {"matter_nature": "求助"}).matter_nature == "help"


def test_what_was_filed_away_is_neither_edited_nor_voided_nor_added_to(desk: Desk, tmp_path: Path) -> None:
    case = archived(desk)
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.7")
    for change in (
        lambda: desk.registers.edit("case", case.uid, {"title": "改了"}),
        lambda: desk.registers.void("case", case.uid, "录错"),
        lambda: desk.registers.edit("intake", case.intake, {"headcount": "2"}),
        lambda: desk.attachments.add("case", case.uid, paper),
    ):
        with pytest.raises(Refused, match=r"已经归档.*重新立单"):
            change()
    kept = desk.registers.get("case", case.uid)
    assert (kept.title, kept.record_status) == (case.title, "normal")


def test_what_was_withdrawn_is_not_changed_any_more(desk: Desk) -> None:
    case = add(desk, "case", {"title": "路灯不亮", "matter_nature": "投诉"})
    desk.cases.act("case", case.uid, "withdraw", {"reason": "本人不办了"})
    with pytest.raises(Refused, match="请重新登记"):
        desk.registers.edit("case", case.uid, {"title": "改了"})


def headed(desk: Desk) -> str:
    """Give the centre somebody who is responsible, and another clerk; answer with the name of the first."""
    add(desk, "staff", {"full_name": "王书记"}, {"full_name": "李文书"})
    desk.registers.edit("center", desk.office.center, {"head": "王书记"})
    return "王书记"


def test_what_was_filed_away_goes_on_in_a_case_of_its_own(desk: Desk) -> None:
    case, head = archived(desk), headed(desk)
    fresh = desk.cases.act("case", case.uid, "reopen", {"reason": "路灯又不亮了", "by": head})
    assert (fresh.previous, fresh.intake, fresh.case_state) == (case.uid, case.intake, "accepted")
    assert (fresh.title, fresh.matter_nature) == (case.title, case.matter_nature)
    assert fresh.due_on is not None
    old = desk.cases.standing(case.uid)
    assert (old.record.case_state, old.steps[-1].step, old.steps[-1].reason) == (
        "archived",
        "reopen",
        "路灯又不亮了",
    )
    assert fresh.record_no in old.steps[-1].text
    row = desk.books.ledger("visit", Month(2026, 11)).rows[0]
    assert "受理转办理单，受理" in row
    with pytest.raises(Refused, match=f"已经重新立了 {fresh.record_no}"):
        desk.cases.act("case", case.uid, "reopen", {"reason": "又来", "by": head})
    desk.registers.void("case", fresh.uid, "登记错了")
    assert desk.cases.act("case", case.uid, "reopen", {"reason": "又来", "by": head}).uid != fresh.uid


def test_only_who_is_responsible_takes_a_filed_case_up_again_and_says_why(desk: Desk) -> None:
    case = archived(desk)
    add(desk, "staff", {"full_name": "李文书二"})
    with pytest.raises(Invalid, match="还没有填负责人"):
        desk.cases.act("case", case.uid, "reopen", {"reason": "又不亮了", "by": "李文书二"})
    head = headed(desk)
    for values, problem in (
        ({"reason": "又不亮了", "by": "李文书"}, ("by", "not_head")),
        ({"by": head}, ("reason", "required")),
    ):
        with pytest.raises(Invalid) as refused:
            desk.cases.act("case", case.uid, "reopen", values)
        assert [(p.column, p.code) for p in refused.value.problems] == [problem]
    assert desk.registers.find("case", Query()).total == 1


def test_an_intake_is_open_again_with_the_case_that_goes_on(desk: Desk) -> None:
    case, head = archived(desk), headed(desk)
    assert desk.books.ledger("visit", Month(2026, 11)).totals["closed"] == 1
    desk.cases.act("case", case.uid, "reopen", {"reason": "路灯又不亮了", "by": head})
    assert desk.books.ledger("visit", Month(2026, 11)).totals["closed"] == 0
    assert desk.books.ledger("case", Month(2026, 11)).totals["count"] == 2
    assert desk.registers.edit("intake", case.intake, {"headcount": "2"}).headcount == 2


def test_the_superior_is_told_which_case_goes_on_from_which(
    desk: Desk, superior: Desk, tmp_path: Path
) -> None:
    case, head = archived(desk), headed(desk)
    fresh = desk.cases.act("case", case.uid, "reopen", {"reason": "路灯又不亮了", "by": head})
    desk.close()
    later = Desk.open(desk.office.folder, rehearsed(date(2026, 12, 31)))
    later.months.close(Month(2026, 11))
    sent = later.outbox.send(Month(2026, 11), tmp_path / "stick")
    later.close()
    (taken,) = superior.inbox.receive([sent.files[0]])
    assert (taken.decision, superior.registers.get("case", fresh.uid).previous) == ("new", case.uid)
