"""What is settled stays: the facts a case was opened with, and everything of a case that was filed away."""

from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk
from ojr_desk.problems import Invalid, Refused
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
