"""What no font of ours draws could never be printed: said beside the field, and before a month is closed."""

from pathlib import Path

import pytest

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.printing.fonts import NoGlyph
from ojr_desk.problems import Invalid, NoRoom, Refused
from tests.office import add, run_sql, visit

OCTOBER = Month(2026, 10)


def test_it_is_said_beside_the_field(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        add(
            desk,
            "intake",
            visit(content="询问低保👍", person={"full_name": "陈阿\ue123", "phone": "13805770001"}),
        )
    told = {problem.column: (problem.code, problem.message) for problem in refused.value.problems}
    assert told["content"][0] == "no_glyph"
    assert "主要内容：里面的「👍」（U+1F44D）没有字形" in told["content"][1]
    assert "U+E123" in told["person"][1]


def test_what_is_rare_but_drawn_is_taken(desk: Desk) -> None:
    record = add(desk, "intake", visit(person="㛃𠮷𣲗", content="询问𬭚𫖮两字怎么写"))
    assert record.content == "询问𬭚𫖮两字怎么写"


def test_a_month_that_could_not_be_printed_is_not_closed(desk: Desk) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    run_sql(desk, "UPDATE intake SET content = '询问低保👍'")
    told = "LF-202610-0001「主要内容」里的「👍」（U+1F44D）打印不出来"
    assert any(hint.startswith(told) for hint in desk.months.hints(OCTOBER))
    with pytest.raises(Refused, match="LF-202610-0001「主要内容」"):
        desk.months.close(OCTOBER)
    desk.registers.edit("intake", record.uid, {"content": "询问低保，很满意"})
    assert desk.months.close(OCTOBER).state == "closed"


def test_a_month_whose_paper_fails_leaves_no_workbook_to_be_handed_in(desk: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    run_sql(desk, "UPDATE center SET hotline = '0577-👍'")
    desk.months.close(OCTOBER)
    with pytest.raises(NoGlyph):
        desk.outbox.send(OCTOBER, tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []
    assert run_sql(desk, "SELECT * FROM pack_out") == []


def test_a_workbook_that_fails_leaves_no_paper(desk: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    (book,) = (file for file in desk.outbox.send(OCTOBER, tmp_path / "one").files if file.suffix == ".xlsx")
    (tmp_path / "two" / book.name).mkdir(parents=True)
    with pytest.raises(NoRoom):
        desk.outbox.send(OCTOBER, tmp_path / "two")
    assert [file.name for file in (tmp_path / "two").iterdir()] == [book.name]
