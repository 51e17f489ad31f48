"""What stands on the paper of a month: for the archive, for the notice board, before and after the closing."""

from pathlib import Path
from typing import Any

import pytest

from ojr_desk.desk import Desk
from ojr_desk.ledger import Ledger
from ojr_desk.moments import Month
from ojr_desk.printing.fonts import NoGlyph
from ojr_desk.register import Audience
from tests.core.printing.reading import texts
from tests.office import add, run_sql, visit

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def cells(ledger: Ledger, row: int = 0) -> dict[str, str]:
    """One row by its headings."""
    return dict(zip((heading.label for heading in ledger.headings), ledger.rows[row], strict=True))


def printed(desk: Desk, audience: Audience = Audience.PAPER, **more: Any) -> dict[str, str]:
    """The row of one visit in October."""
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30", **more))
    return cells(desk.books.ledger("visit", OCTOBER, audience))


def test_a_void_record_tells_why_and_is_not_settled(desk: Desk) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.registers.void("intake", record.uid, "登记了两次")
    row = cells(desk.books.ledger("visit", OCTOBER))
    assert (row["处理方式"], row["办结"]) == ("已作废：登记了两次", "—")


def test_a_void_case_tells_why(desk: Desk) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30", disposition="受理转办理单"))
    desk.registers.void("case", record.case, "不归本中心办")
    row = cells(desk.books.ledger("case", OCTOBER))
    assert (row["当前环节"], row["办理结果"]) == ("已作废", "不归本中心办")


def test_who_comes_for_an_organisation_stands_beside_it(desk: Desk) -> None:
    assert printed(desk, org_name="云岙供水站")["姓名/单位"] == "云岙供水站\n陈阿英"


def test_an_organisation_stands_alone_where_nobody_is_named(desk: Desk) -> None:
    assert printed(desk, person="", org_name="云岙供水站")["姓名/单位"] == "云岙供水站"


def test_what_was_entered_late_says_so(desk: Desk) -> None:
    assert printed(desk)["时间"] == "10-12 08:30\n补录"
    add(desk, "intake", visit(occurred_at="2026-11-22 08:30"))
    assert cells(desk.books.ledger("visit", NOVEMBER))["时间"] == "11-22 08:30"


def test_a_correction_of_nothing_says_nothing_was_there(desk: Desk) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    desk.months.correct("intake", record.uid, {"remark": "补充", "one_time_notice": ""}, "漏记")
    (line,) = desk.books.ledger("visit", NOVEMBER).amendments
    assert "备注：原为空，更正为“补充”。" in line


def test_a_case_does_not_say_its_nature_twice(desk: Desk) -> None:
    add(
        desk, "intake", visit(occurred_at="2026-10-12 08:30", disposition="accepted", matter_nature="dispute")
    )
    row = cells(desk.books.ledger("case", OCTOBER))
    assert (row["事项"], row["性质"]) == ("民政·低保救助", "矛盾纠纷")


def test_the_paper_of_an_open_month_is_marked_until_it_is_closed(desk: Desk, tmp_path: Path) -> None:
    printed(desk)
    desk.books.print("visit", OCTOBER, tmp_path / "open.pdf")
    desk.months.close(OCTOBER)
    desk.books.print("visit", OCTOBER, tmp_path / "closed.pdf")
    assert "未结账" in texts(tmp_path / "open.pdf")[0]
    assert "未结账" not in texts(tmp_path / "closed.pdf")[0]


def test_the_code_stands_once_on_each_page(desk: Desk, tmp_path: Path) -> None:
    printed(desk)
    ledger, _printed = desk.books.print("visit", OCTOBER, tmp_path / "book.pdf")
    assert texts(tmp_path / "book.pdf")[0].count(ledger.code) == 1


@pytest.mark.parametrize(
    "whom",
    [
        {},
        {"person": "", "anonymous": True},
        {"person": "", "org_name": "云岙供水站"},
        {"org_name": "云岙供水站"},
    ],
)
def test_nobody_who_spoke_up_is_on_the_board(desk: Desk, whom: dict[str, Any]) -> None:
    row = printed(desk, Audience.NOTICE, **whom)
    assert list(row) == ["序号", "编号", "时间", "首问负责人", "处理方式", "办结", "满意度"]
    assert not any(sign in "".join(row.values()) for sign in ("*", "＊", "陈", "云", "匿"))


def test_the_board_tells_no_correction_of_what_it_may_not_show(desk: Desk) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    desk.months.correct("intake", record.uid, {"person": "陈阿莺", "headcount": "2"}, "听错了")
    (line,) = desk.books.ledger("visit", NOVEMBER, Audience.NOTICE).amendments
    assert "人数" in line
    assert len(desk.books.ledger("visit", NOVEMBER).amendments) == 2


def test_what_cannot_be_printed_is_told_by_its_number(desk: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    run_sql(desk, "UPDATE intake SET content = '询问低保👍'")
    with pytest.raises(NoGlyph) as caught:
        desk.books.print("visit", OCTOBER, tmp_path / "book.pdf")
    assert caught.value.message.startswith("LF-202610-0001「主要内容」里的「👍」（U+1F44D）没有字形")
    assert [problem.row for problem in caught.value.problems] == [None]
