"""Reports that villages make by hand: ugly workbooks of other programs, and numbers told by telephone."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.desk.handmade import HandAnswers, HandPlan
from ojr_desk.moments import Month
from ojr_desk.problems import BadFile, Invalid, Refused
from tests.office import add, copied, create, visit

OCTOBER = Month(2026, 10)
Rows = Sequence[Sequence[Any]]


@pytest.fixture
def town(superior_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A superior who lists three villages from October on, on the fourth of November."""
    desk = copied(superior_template, tmp_path / "town", rehearsed(date(2026, 11, 4)))
    names = ("龙川村", "前岸村", "后岸村")
    add(desk, "unit", *({"unit_name": name, "reports_from": "2026-10"} for name in names))
    yield desk
    desk.close()


def book(path: Path, **sheets: Rows) -> Path:
    """Write a workbook by openpyxl, one sheet to each name."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def one_row(path: Path, title: str, heads: Sequence[str], numbers: Sequence[object]) -> Path:
    """Write the usual one: a title, headings side by side, one row of numbers."""
    return book(path, Sheet1=[[title], heads, numbers])


OURS = ("来访件数", "来电件数", "本期受理", "本期办结")


def told(plan: HandPlan) -> dict[str, int]:
    """Name the numbers that a file tells."""
    return {each.code: each.parts for each in plan.book.numbers}


def counting(desk: Desk, name: str, month: Month = OCTOBER) -> dict[str, int]:
    """Tell which numbers of a village count."""
    return dict(
        next(each for each in desk.summaries.of(month).lines if each.standing.unit.name == name).tally
    )


def test_a_file_with_our_own_headings_is_taken_in_without_a_question(town: Desk, tmp_path: Path) -> None:
    file = one_row(tmp_path / "月报.xlsx", "前岸村2026年10月月报", OURS, (12, 3, 5, 4))
    received = town.inbox.receive([file])[0]
    assert (received.decision, received.center, received.month) == ("manual", "前岸村", "2026-10")
    assert counting(town, "前岸村") == {"n_visit": 12, "n_call": 3, "accepted": 5, "closed": 4}
    line = next(each for each in town.boards.of(OCTOBER).lines if each.unit.name == "前岸村")
    assert (line.state, line.is_manual, line.is_in, line.is_on_time) == ("manual", True, True, True)
    assert town.boards.of(OCTOBER).count("manual") == 1
    again = town.inbox.receive([file])[0]
    assert (again.decision, again.fine) == ("same", True)
    # Saved again by another program it says the same.
    other = book(tmp_path / "另存.xlsx", A=[["前岸村 2026.10"], OURS, ("12件", "３", 5.0, "4")])
    assert town.inbox.receive([other])[0].decision == "same"


def test_headings_of_a_village_are_explained_once_and_known_for_all_others(
    town: Desk, tmp_path: Path
) -> None:
    heads = ("接待群众", "电话咨询", "已办结", "跑腿代办")
    first = one_row(tmp_path / "a.xlsx", "前岸村2026年10月", heads, (12, 3, 4, 9))
    asked = town.inbox.receive([first])[0]
    assert (asked.decision, asked.taken) == ("unconfirmed", False)
    assert "跑腿代办" in asked.problems[0]
    assert counting(town, "前岸村") == {}
    said = HandAnswers(columns={"接待群众": "n_visit", "跑腿代办": ""})
    assert town.handmade.take(first, said).decision == "manual"
    second = one_row(tmp_path / "b.xlsx", "后岸村2026年10月", heads[::-1], (1, 4, 30, 20))
    assert town.inbox.receive([second])[0].decision == "manual"
    assert counting(town, "后岸村") == {"n_visit": 20, "n_call": 30, "closed": 4}


def test_what_is_said_of_a_heading_must_be_an_indicator(town: Desk, tmp_path: Path) -> None:
    file = one_row(tmp_path / "a.xlsx", "前岸村2026年10月", ("来访", "来电"), (1, 2))
    with pytest.raises(Refused, match="没有“weather”这个可以填数的指标"):
        town.handmade.take(file, HandAnswers(columns={"来访": "weather"}))
    with pytest.raises(Refused, match="close_rate"):
        town.handmade.take(file, HandAnswers(columns={"来访": "close_rate"}))


def merged(path: Path) -> None:
    """A merged title, groups above the headings, a line of sums and one of signatures."""
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("汇总")
        sheet.merge_range("A1:F1", "前岸村二〇二六年十月党群服务中心情况统计表")
        sheet.merge_range("A2:A3", "单位")
        sheet.merge_range("B2:C2", "来访")
        sheet.merge_range("D2:E2", "办理情况")
        sheet.merge_range("F2:F3", "备注")
        for at, text in enumerate(("件数", "人次", "受理", "办结"), 1):
            sheet.write(2, at, text)
        for row, cells in ((3, ("前岸村", 12, "１５人次", 5, "4 件", "")), (4, ("合计", 12, 15, 5, 4, ""))):
            for at, value in enumerate(cells):
                sheet.write(row, at, value)
        sheet.write(5, 0, "填表人：陈红  填表日期：2026年11月3日")


def numbered(path: Path) -> None:
    """Numbered lines below each other, this month beside the year, a share in between."""
    rows: Rows = [
        ["后岸村10月份工作汇总"],
        ["序号", "项目", "单位", "本月", "累计"],
        [1, "1.接待来访", "批次", "8", 80],
        [2, "2、来电", "件", None, 30],
        [3, "（三）受理诉求", "件", "6件", 66],
        [4, "办结率", "%", "95%", "96%"],
        [5, "办结", "件", 0, 50],
    ]
    book(path, **{"2026": rows})


def daily(path: Path) -> None:
    """A list of visits with days in six styles, a line of sums, names that stay where they are."""
    rows: Rows = [
        ["龙川村来访登记台账（2026年10月）"],
        ["序号", "日期", "姓名", "人数", "事由"],
        [1, date(2026, 10, 3), "陈阿英", 1, "问低保"],
        [2, "2026.10.5", "林志强", "2人", "问医保"],
        [3, "2026/10/6", "王芳", None, "盖章"],
        [4, "20261009", "叶红", 3, "纠纷调解"],
        [5, "10月12日", "周生", 1, "问路灯"],
        [6, 46310, "吴明", 1, "问养老"],
        ["", "合计", "", 8, ""],
    ]
    book(path, 来访登记=rows)


UGLY: dict[str, tuple[Callable[[Path], None], str, dict[str, int]]] = {
    "merged": (merged, "前岸村", {"n_visit": 12, "visit_heads": 15, "accepted": 5, "closed": 4}),
    "numbered": (numbered, "后岸村", {"n_visit": 8, "accepted": 6, "closed": 0}),
    "daily": (daily, "龙川村", {"n_visit": 6, "visit_heads": 9}),
}


@pytest.mark.parametrize("name", UGLY)
def test_an_ugly_file_is_read_as_a_person_would(name: str, town: Desk, tmp_path: Path) -> None:
    write, unit, numbers = UGLY[name]
    write(tmp_path / f"{name}.xlsx")
    plan = town.handmade.take(tmp_path / f"{name}.xlsx", HandAnswers(month=OCTOBER))
    assert (plan.decision, plan.unit and plan.unit.name, plan.problems) == ("manual", unit, ())
    assert told(plan) == numbers
    assert counting(town, unit) == numbers


REFUSED: dict[str, tuple[Sequence[object], Sequence[object], Sequence[object], str]] = {
    "money": (["前岸村2026年10月"], OURS, ("2000万", 3, 5, 4), "大得不像真的"),
    "about": (["前岸村2026年10月"], OURS, ("约20", 3, 5, 4), "A3 格“来访件数”：“约20”看不出是多少"),
    "half": (["前岸村2026年10月"], OURS, (12.5, 3, 5, 4), "不是整数"),
    "day": (["前岸村2026年10月"], OURS, (date(2026, 10, 3), 3, 5, 4), "日期|看不出|要填数字"),
    "people": (["前岸村2026年10月"], OURS, ("12人", 3, 5, 4), "要填多少件"),
    "percent": (["前岸村2026年10月"], OURS, ("95%", 3, 5, 4), "看不出是多少"),
    "future": (["前岸村2026年12月"], OURS, (1, 3, 5, 4), "还没有到"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_number_is_refused_with_its_cell_and_the_whole_file_waits(
    name: str, town: Desk, tmp_path: Path
) -> None:
    title, heads, numbers, why = REFUSED[name]
    file = book(tmp_path / "a.xlsx", 汇总=[title, heads, numbers])
    received = town.inbox.receive([file])[0]
    assert (received.decision, received.taken) == ("refused", False)
    assert any(re.search(why, problem) for problem in received.problems)
    assert town.handmade.of(OCTOBER) == {}


ASKED: dict[str, tuple[str, Sequence[str], Sequence[object], str]] = {
    "two months": ("前岸村2026年9月、10月", OURS, (1, 2, 3, 4), "哪个月"),
    "no month": ("前岸村月报", OURS, (1, 2, 3, 4), "看不出是哪个月"),
    "unknown village": ("西山村2026年10月", OURS, (1, 2, 3, 4), "看不出是哪个单位.*前岸村"),
    "two villages": ("前岸村、后岸村2026年10月", OURS, (1, 2, 3, 4), "几个单位"),
    "blank": ("前岸村2026年10月", OURS, (None, None, None, None), "没有读到一个数"),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_not_certain_is_asked(name: str, town: Desk, tmp_path: Path) -> None:
    title, heads, numbers, why = ASKED[name]
    received = town.inbox.receive([one_row(tmp_path / "a.xlsx", title, heads, numbers)])[0]
    assert (received.decision, received.taken) == ("unconfirmed", False)
    assert any(re.search(why, problem) for problem in received.problems)
    assert town.handmade.of(OCTOBER) == {}


def test_a_title_and_a_file_name_that_differ_are_asked_about(town: Desk, tmp_path: Path) -> None:
    file = one_row(tmp_path / "前岸村9月.xlsx", "前岸村2026年10月", OURS, (1, 2, 3, 4))
    plan = town.handmade.plan(file)
    assert plan.decision == "unconfirmed"
    assert "2026-09" in plan.problems[0]
    assert town.handmade.take(file, HandAnswers(month=OCTOBER)).decision == "manual"


def test_an_empty_workbook_and_one_of_something_else_are_told_so(town: Desk, tmp_path: Path) -> None:
    empty = book(tmp_path / "空.xlsx", A=[])
    other = book(tmp_path / "通讯录.xlsx", A=[["姓名", "电话"], ["陈阿英", "13800138000"]])
    for received in town.inbox.receive([empty, other]):
        assert received.decision == "refused"
        assert "没有认出月报的数" in received.problems[0]


def test_macros_and_what_is_locked_are_refused_before_anything_is_read(town: Desk, tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = one_row(tmp_path / "a.xlsx", "前岸村2026年10月", OURS, (1, 2, 3, 4))
    with (tmp_path / "locked.xlsx").open("wb") as locked, plain.open("rb") as opened:
        OOXMLFile(opened).encrypt("123456", locked)
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le").ljust(64, b"\0"))
    macros = tmp_path / "macros.xlsx"
    macros.write_bytes(plain.read_bytes())
    with ZipFile(macros, "a") as package:
        package.writestr("xl/vbaProject.bin", b"Attribute VB_Name")
    received = town.inbox.receive([tmp_path / "locked.xlsx", old, macros])
    assert [each.decision for each in received] == ["refused"] * 3
    assert "宏" in received[2].problems[0]
    assert "打开密码" in received[0].problems[0]
    assert "另存为" in received[1].problems[0]
    assert town.handmade.plan(tmp_path / "locked.xlsx", password="123456").decision == "manual"


def test_a_list_with_days_of_another_month_is_refused(town: Desk, tmp_path: Path) -> None:
    rows: Rows = [
        ["龙川村2026年10月来访登记"],
        ["日期", "姓名", "事由"],
        ["2026-10-03", "陈", "问"],
        ["2026-09-30", "林", "问"],
    ]
    plan = town.handmade.plan(book(tmp_path / "a.xlsx", 来访=rows), HandAnswers(month=OCTOBER))
    assert plan.decision == "refused"
    assert "2026年9月" in plan.problems[0]


def test_a_row_without_a_day_names_its_row(town: Desk, tmp_path: Path) -> None:
    rows: Rows = [
        ["龙川村2026年10月来访登记"],
        ["日期", "姓名", "事由"],
        ["2026-10-03", "陈", "问"],
        [None, "林", "问路"],
    ]
    plan = town.handmade.plan(book(tmp_path / "a.xlsx", 来访=rows))
    assert plan.decision == "refused"
    assert "第 4 行" in plan.problems[0]


def test_totals_that_differ_from_their_list_are_refused(town: Desk, tmp_path: Path) -> None:
    rows: Rows = [["日期", "姓名", "事由"], ["2026-10-03", "陈", "问"], ["2026-10-04", "林", "问"]]
    file = book(
        tmp_path / "a.xlsx", 汇总=[["龙川村2026年10月"], OURS, (3, 0, 0, 0)], 来访登记=[["来访登记"], *rows]
    )
    plan = town.handmade.plan(file)
    assert plan.decision == "refused"
    assert "对不上" in plan.problems[0]


def test_the_pack_of_a_village_counts_before_and_after_its_hand_made_report(
    town: Desk, tmp_path: Path
) -> None:
    folder = create(tmp_path / "village", NewOffice("前岸村", "village"))
    village = Desk.open(folder, rehearsed(date(2026, 11, 3)))
    add(village, "intake", visit(occurred_at="2026-10-12 08:30"))
    village.months.close(OCTOBER)
    pack = village.outbox.send(OCTOBER, tmp_path / "stick").files[0]
    village.close()
    file = one_row(tmp_path / "月报.xlsx", "前岸村2026年10月", OURS, (12, 3, 5, 4))
    other = one_row(tmp_path / "后岸.xlsx", "后岸村2026年10月", OURS, (7, 0, 0, 0))
    seen = []
    for at, order in enumerate(permutations((pack, file, other))):
        desk = copied(town.office.folder, tmp_path / f"town{at}", rehearsed(date(2026, 11, 4)))
        assert all(each.fine for each in desk.inbox.receive(order))
        assert all(each.decision == "same" for each in desk.inbox.receive(order))
        made = desk.summaries.of(OCTOBER)
        seen.append([(each.name, each.standing.state, dict(each.tally)) for each in made.lines])
        assert len(desk.handmade.of(OCTOBER)) == 2, "both are kept"
        desk.close()
    assert all(each == seen[0] for each in seen)
    states = {name: (state, tally.get("n_visit")) for name, state, tally in seen[0]}
    assert states == {"前岸村": ("received", 1), "后岸村*": ("manual", 7), "龙川村": ("missing", None)}


def test_other_numbers_for_the_same_month_are_a_conflict_until_somebody_says_so(
    town: Desk, tmp_path: Path
) -> None:
    first = one_row(tmp_path / "a.xlsx", "前岸村2026年10月", OURS, (12, 3, 5, 4))
    second = one_row(tmp_path / "b.xlsx", "前岸村2026年10月", OURS, (13, 3, 5, 4))
    town.inbox.receive([first])
    refused = town.inbox.receive([second])[0]
    assert (refused.decision, refused.taken) == ("conflict", False)
    assert "来访件数 原来 12，这一份 13" in refused.problems[0]
    assert town.handmade.take(second, HandAnswers(replaces=True)).decision == "manual"
    assert counting(town, "前岸村")["n_visit"] == 13


def test_a_number_told_by_telephone_is_kept_with_its_teller(town: Desk) -> None:
    town.handmade.told_by_telephone("前岸村", OCTOBER, {"n_visit": "１２件", "n_call": ""}, "陈支书")
    assert counting(town, "前岸村") == {"n_visit": 12}
    made = town.summaries.of(OCTOBER)
    unit = next(each.standing.unit for each in made.by_hand)
    assert "电话：陈支书" in town.summaries.sources(made, unit.uid)["n_visit"]
    for numbers, teller, error in (
        ({"n_visit": "十来件"}, "陈", Invalid),
        ({"n_visit": "3"}, " ", Refused),
        ({"n_visit": ""}, "陈", Refused),
        ({"weather": "3"}, "陈", Refused),
    ):
        with pytest.raises(error):
            town.handmade.told_by_telephone("前岸村", OCTOBER, numbers, teller)
    with pytest.raises(Refused, match="没有要报的“西山村”"):
        town.handmade.told_by_telephone("西山村", OCTOBER, {"n_visit": "3"}, "陈")


def test_a_report_declared_void_counts_no_more_and_is_kept(town: Desk, tmp_path: Path) -> None:
    file = one_row(tmp_path / "a.xlsx", "前岸村2026年10月", OURS, (12, 3, 5, 4))
    town.inbox.receive([file])
    report = next(iter(town.handmade.of(OCTOBER).values())).reports[0]
    with pytest.raises(Refused):
        town.handmade.void(report.id, "")
    town.handmade.void(report.id, "是后岸村的")
    assert counting(town, "前岸村") == {}
    assert town.boards.of(OCTOBER).count("missing") == 3
    kept = next(iter(town.handmade.of(OCTOBER).values())).reports[0]
    assert kept.void_reason == "是后岸村的"
    with pytest.raises(Refused):
        town.handmade.void(report.id, "再来一次")
    assert town.inbox.receive([file])[0].decision == "manual"


def test_a_zero_report_by_hand_is_one(town: Desk, tmp_path: Path) -> None:
    file = one_row(tmp_path / "a.xlsx", "前岸村2026年10月", OURS, (0, 0, "0", "０"))
    town.inbox.receive([file])
    line = next(each for each in town.boards.of(OCTOBER).lines if each.unit.name == "前岸村")
    assert line.is_zero


def test_a_village_that_has_nobody_below_it_takes_nothing_of_the_sort(desk: Desk, tmp_path: Path) -> None:
    file = one_row(tmp_path / "a.xlsx", "前岸村2026年10月", OURS, (12, 3, 5, 4))
    assert desk.inbox.receive([file])[0].decision == "refused"
    with pytest.raises(BadFile):
        desk.handmade.plan(file)
    with pytest.raises(Refused):
        desk.summaries.of(OCTOBER)


def fill(path: Path, unit: str, numbers: dict[str, Any], rows: Rows) -> Path:
    """Fill a blank form in, by what its cells say."""
    made = openpyxl.load_workbook(path)
    cover, totals, listed = made.worksheets[:3]
    first = next(row for row in range(1, 9) if cover.cell(row, 1).value == "填报单位")
    cover.cell(first + 1, 1).value = unit
    for row in range(1, totals.max_row + 1):
        if str(totals.cell(row, 1).value) in numbers:
            totals.cell(row, 2).value = numbers[str(totals.cell(row, 1).value)]
    for at, listed_row in enumerate(rows):
        for column, value in enumerate(listed_row, 1):
            listed.cell(3 + at, column).value = value
    made.save(path)
    return path


def test_the_blank_form_comes_back_filled_in_without_any_question(town: Desk, tmp_path: Path) -> None:
    form = town.summaries.form(OCTOBER, tmp_path / "空白.xlsx")
    rules = openpyxl.load_workbook(form).worksheets
    assert any(rule.type == "list" for sheet in rules for rule in sheet.data_validations.dataValidation)
    rows = [("2026-10-03 09:00", "来访", 2), ("10月5日", "来电", None), (datetime(2026, 10, 6, 8), "来访", 1)]
    filled = fill(form, "后岸村", {"本期受理": 5, "本期办结": 4, "上期结转": 0}, rows)
    received = town.inbox.receive([filled])[0]
    assert (received.decision, received.center, received.month) == ("manual", "后岸村", "2026-10")
    assert counting(town, "后岸村") == {
        "n_visit": 2, "visit_heads": 3, "n_call": 1, "accepted": 5, "closed": 4, "carry_in": 0,
    }  # fmt: skip
    empty = town.summaries.form(OCTOBER, tmp_path / "另一份.xlsx")
    assert town.inbox.receive([empty])[0].decision == "unconfirmed"
