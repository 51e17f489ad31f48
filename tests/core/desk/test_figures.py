"""The monthly table and its analysis on paper, the text for a chat, and the same numbers at the superior."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ojr_desk.desk import Desk
from ojr_desk.figures import INDICATORS, Span
from ojr_desk.moments import Month
from ojr_desk.printing.preview import count
from ojr_desk.problems import Refused
from ojr_desk.store.query import Query
from tests.core.printing.reading import texts
from tests.office import add, run_sql, visit

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
AT = "2026-10-12 08:30"


def some(desk: Desk) -> Any:
    """Three visits in October, one of which became a case that is late at the month's end."""
    add(desk, "intake", visit(occurred_at=AT, headcount="2"), visit(occurred_at="2026-10-13 09:00"))
    add(desk, "intake", visit(occurred_at=AT, disposition="受理转办理单", matter_nature="求助"))
    return desk.registers.find("case", Query(), 1).records[0]


def test_the_table_on_paper_in_the_workbook_and_at_the_desk_are_the_same(desk: Desk, tmp_path: Path) -> None:
    some(desk)
    lines = desk.figures.table(OCTOBER)
    ledger, printed = desk.figures.print(OCTOBER, tmp_path / "t.pdf")
    told = {row[2]: row[4] for row in ledger.rows}
    assert told == {line.indicator.title: line.now.told for line in lines}
    assert (told["来访件数"], told["来访人次"], told["期末在办"], told["逾期件"]) == ("3", "4", "1", "1")
    assert (told["办结率"], told["满意率"]) == ("0.0%", "—")
    words = texts(tmp_path / "t.pdf")[0]
    assert "月度汇总表" in words and "未结账" in words and "本月合计" not in words and "本页小计" not in words
    assert printed.pages == count(tmp_path / "t.pdf")
    desk.figures.export(OCTOBER, tmp_path / "t.xlsx")
    (sheet,) = load_workbook(tmp_path / "t.xlsx").worksheets
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {row[7] for row in ledger.rows} <= cells
    assert not any(str(cell).startswith("合计") for cell in cells)


def test_every_number_on_paper_has_its_definition(desk: Desk) -> None:
    assert all(len(row[7]) >= 8 and row[7].endswith("。") for row in desk.figures.ledger(OCTOBER).rows)


def test_what_is_late_is_named_below_the_table(desk: Desk) -> None:
    case = some(desk)
    (line,) = desk.figures.ledger(OCTOBER).closing
    assert line == f"逾期件 1 件：{case.record_no} 逾期11个工作日"
    assert desk.books.ledger("case", OCTOBER).closing[-1] == line


def test_what_the_superior_is_not_sent_is_told(desk: Desk) -> None:
    add(desk, "intake", visit(occurred_at=AT, confidentiality="敏感"))
    add(desk, "intake", visit(occurred_at=AT, matter_nature="检举控告"))
    assert "本表含密封 1 件、敏感 1 件，上报的明细里没有这些件。" in desk.figures.ledger(OCTOBER).closing


def test_the_paper_of_a_closed_month_stays_as_it_is(desk: Desk) -> None:
    case = some(desk)
    desk.months.close(OCTOBER)
    before = desk.figures.ledger(OCTOBER)
    desk.cases.act("case", case.uid, "take_up", {})
    desk.registers.switch("case", False)
    after = desk.figures.ledger(OCTOBER)
    assert (after.rows, after.closing, after.code) == (before.rows, before.closing, before.code)
    assert after.watermark == ""
    assert not {"办结率"} & {row[2] for row in desk.figures.ledger(NOVEMBER).rows}


def test_the_analysis_is_one_page_of_sentences_table_and_charts(desk: Desk, tmp_path: Path) -> None:
    some(desk)
    made = desk.figures.print_analysis(OCTOBER, tmp_path / "a.pdf")
    assert count(tmp_path / "a.pdf") == 1
    assert (
        made.above[0]
        == "一、接待。来访 3 件 4 人次，来电 0 件，来信 0 件，合计 3 件，上月没有登记，去年同月没有登记。"
    )
    assert made.above[1] == "二、事项。反映最多的是民政·低保救助 3 件（100.0%）。"
    assert made.below == "五、提示。登记还不满6个月，暂不与往月比较。"
    assert len(made.charts) == 3
    words = texts(tmp_path / "a.pdf")[0]
    assert "反映最多的是" in words and "近12个月来访" in words


def test_of_an_empty_office_there_is_an_analysis_too(desk: Desk, tmp_path: Path) -> None:
    made = desk.figures.print_analysis(OCTOBER, tmp_path / "a.pdf")
    assert count(tmp_path / "a.pdf") == 1 and "没有逾期件" in made.above[-1]
    desk.registers.switch("case", False)
    desk.registers.switch("intake", False)
    bare = desk.figures.print_analysis(OCTOBER, tmp_path / "b.pdf")
    assert bare.charts == () and bare.above == () and bare.below.startswith("一、提示。")


def test_long_names_and_many_hints_stay_on_one_page(desk: Desk, tmp_path: Path) -> None:
    run_sql(desk, "UPDATE center SET committee_name = ?", "云岙镇禾坑村村民委员会" * 6)
    for month in range(1, 10):
        rows = [
            visit(occurred_at=f"2026-{month:02}-12 08:30", channel=each)
            for each in ("来访", "来信", "12345转来")
        ]
        add(
            desk,
            "intake",
            *(
                row | {"caller_number": "13812345678"} if row["channel"] == "12345转来" else row
                for row in rows
            ),
        )
    for _place in range(9):
        some(desk)
        add(desk, "intake", visit(occurred_at=AT, channel="来信"))
        add(desk, "intake", visit(occurred_at=AT, channel="来电", caller_number="13812345678"))
    made = desk.figures.print_analysis(OCTOBER, tmp_path / "a.pdf")
    assert len(made.outliers) > 6 and "另有" in made.below
    assert count(tmp_path / "a.pdf") == 1


def test_the_commonest_matters_come_first_and_no_sealed_one(desk: Desk) -> None:
    add(
        desk,
        "intake",
        visit(occurred_at=AT),
        visit(occurred_at=AT),
        visit(occurred_at=AT, matter_category="其他"),
    )
    add(desk, "intake", visit(occurred_at=AT, matter_category="干部作风"))
    bars = desk.figures.analysis(OCTOBER).charts[1]
    assert bars.names == ("民政·低保救助", "其他")


def test_a_quick_report_is_text_for_a_chat(desk: Desk) -> None:
    some(desk)
    told = desk.figures.quick(
        ["n_visit", "close_rate", "satisfaction_rate"], Span(date(2026, 10, 1), date(2026, 10, 13))
    )
    own = run_sql(desk, "SELECT official_name FROM center")[0][0]
    assert told.split("\n") == [
        f"{own}（2026-10-01 至 2026-10-13）",
        "来访件数：3件",
        "办结率：0.0%（0/1）",
        "满意率：—",
    ]
    assert desk.figures.quick(["n_visit"], Span.of(NOVEMBER)).endswith("截至 2026-11-22")


def test_a_quick_report_of_nothing_or_of_something_unknown_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="还没有选指标"):
        desk.figures.quick([], Span.of(OCTOBER))
    with pytest.raises(Refused, match="n_visit（来访件数）"):
        desk.figures.quick(["visits"], Span.of(OCTOBER))
    desk.registers.switch("case", False)
    with pytest.raises(Refused, match="“办结率”要的台账没有启用"):
        desk.figures.quick(["close_rate"], Span.of(OCTOBER))
    with pytest.raises(Refused, match="早于开始日期"):
        Span(date(2026, 10, 2), date(2026, 10, 1))


def test_a_number_opens_its_records(desk: Desk) -> None:
    case = some(desk)
    found = desk.figures.records("visit_heads", Span.of(OCTOBER))
    assert [each.amount for each in found] == [2, 1, 1]
    assert len(desk.figures.records("n_visit", Span.of(OCTOBER), most=2)) == 2
    (late,) = desk.figures.records("overdue", Span.of(OCTOBER))
    assert (late.register.code, late.record.record_no) == ("case", case.record_no)


def test_the_superior_reckons_the_same_from_the_pack(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    case = some(desk)
    desk.cases.act("case", case.uid, "take_up", {"occurred_at": "2026-10-20 09:00"})
    desk.cases.act("case", case.uid, "progress", {"text": "看过", "occurred_at": "2026-10-20 10:00"})
    desk.months.close(OCTOBER)
    sent = desk.outbox.send(OCTOBER, tmp_path)
    superior.inbox.receive(list(sent.files), None)
    own = desk.figures.figures(Span.of(OCTOBER))
    there = superior.figures.figures(Span.of(OCTOBER), desk.office.center)
    assert {code: each.told for code, each in there.items()} == {
        code: each.told for code, each in own.items()
    }
    assert superior.figures.figures(Span.of(OCTOBER))["n_visit"].part == 0
    assert len(superior.figures.records("n_visit", Span.of(OCTOBER), desk.office.center)) == 3


def test_every_indicator_says_what_it_means() -> None:
    for each in INDICATORS.values():
        assert each.means.endswith("。") and len(each.means) > 8, each.code
    titles = [each.title for each in INDICATORS.values()]
    assert len(set(titles)) == len(titles)
