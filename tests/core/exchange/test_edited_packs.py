"""What people may change in a pack, what they may not, and how each is told: by sheet, row and column."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from ojr_desk.desk import Desk
from ojr_desk.desk.inbox import Received
from ojr_desk.moments import Month
from ojr_desk.store.query import Query
from tests.office import add, visit

OCTOBER = Month(2026, 10)
INTAKE = "来访来电来信"
Change = Callable[[Any], None]


@pytest.fixture
def pack(desk: Desk, tmp_path: Path) -> Path:
    """October of a village with two of staff, a post, a visit and a case."""
    add(desk, "staff", {"full_name": "叶建国"}, {"full_name": "林小妹"})
    add(desk, "post", {"post_name": "文书岗", "duties": "收发登记"})
    rows = [visit(), visit(disposition="受理转办理单")]
    common = {"occurred_at": "2026-10-12 08:30", "received_by": "叶建国"}
    desk.registers.add("intake", [row | common for row in rows])
    desk.months.close(OCTOBER)
    return desk.outbox.send(OCTOBER, tmp_path / "stick").files[0]


def edited(path: Path, change: Change) -> Path:
    """Change a copy of a workbook as a person would in WPS."""
    book = openpyxl.load_workbook(path)
    change(book)
    saved = path.with_name(f"{path.stem}(1).xlsx")
    book.save(saved)
    return saved


def one(desk: Desk, path: Path) -> Received:
    (received,) = desk.inbox.receive([path])
    return received


def cell(sheet: Any, heading: str, below: int = 1) -> Any:
    """Find the cell of a column, so many rows below its heading."""
    for row in sheet.iter_rows(max_row=8):
        for each in row:
            if each.value == heading:
                return sheet.cell(each.row + below, each.column)
    raise AssertionError(heading)


def setting(sheet: str, heading: str, value: Any, below: int = 1) -> Change:
    def change(book: Any) -> None:
        cell(book[sheet], heading, below).value = value

    return change


@pytest.mark.parametrize(
    ("sheet", "heading", "value"),
    [
        (INTAKE, "编号", None),
        (INTAKE, "编号", "LF-202611-9999"),
        (INTAKE, "编号", "是"),
        (INTAKE, "状态", "已作废"),
        (INTAKE, "办结时间", "2026-10-30 09:00"),
        ("人员", "编号", None),
        ("岗位", "编号", "0"),
        ("办理经过", "之后的环节", "已办结"),
        ("办理经过", "内容", "改了经过"),
        ("事项办理单", "当前环节", "已办结"),
    ],
)
def test_what_the_program_writes_nobody_edits(
    superior: Desk, pack: Path, sheet: str, heading: str, value: Any
) -> None:
    row = cell(openpyxl.load_workbook(pack)[sheet], heading).row
    received = one(superior, edited(pack, setting(sheet, heading, value)))
    assert (received.decision, received.taken) == ("refused", False)
    (told,) = received.problems
    assert all(part in told for part in (f"“{sheet}”第 {row} 行", f"“{heading}”", "由程序填写", "重新导出"))
    assert superior.registers.find("staff", Query()).total == 0


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "why"),
    [
        (INTAKE, "诉求性质", "检举控告", "检举控告"),
        (INTAKE, "接待时间", "2026-09-03 09:00", "别的月份"),
        ("人员", "生效日期", None, "生效日期不能空着"),
        (INTAKE, "渠道", "托梦", "托梦"),
    ],
)
def test_an_edit_that_cannot_be_is_refused_at_its_row(
    superior: Desk, pack: Path, sheet: str, heading: str, value: Any, why: str
) -> None:
    row = cell(openpyxl.load_workbook(pack)[sheet], heading).row
    received = one(superior, edited(pack, setting(sheet, heading, value)))
    assert (received.decision, received.taken) == ("refused", False)
    assert any(f"“{sheet}”第 {row} 行" in told and why in told for told in received.problems)


def test_a_formula_is_no_value(superior: Desk, pack: Path) -> None:
    received = one(superior, edited(pack, setting(INTAKE, "人数", "=2+3")))
    assert (received.decision, received.taken) == ("refused", False)
    assert any("“人数”是公式" in told for told in received.problems)


def test_a_row_below_the_last_line_is_not_dropped_in_silence(superior: Desk, pack: Path) -> None:
    def change(book: Any) -> None:
        sheet = book[INTAKE]
        sheet.cell(sheet.max_row + 1, 1).value = "LF-202610-0099"
        sheet.cell(sheet.max_row, 5).value = "手工加的一行"

    received = one(superior, edited(pack, change))
    assert (received.decision, received.taken) == ("refused", False)
    assert any("校验码" in told and "下面" in told for told in received.problems)


@pytest.mark.parametrize("what", ["填报单位（盖章）", "区划代码", "所属期", "填报时间"])
def test_an_edited_cover_is_named_and_refused(superior: Desk, pack: Path, what: str) -> None:
    def change(book: Any) -> None:
        next(row for row in book["封面"].iter_rows() if row[0].value == what)[1].value = "冒名中心"

    received = one(superior, edited(pack, change))
    assert (received.decision, received.taken) == ("refused", False)
    assert [(each.sheet, each.column, each.is_) for each in received.edited] == [("封面", what, "冒名中心")]


def test_signatures_and_notes_on_the_cover_are_the_peoples(superior: Desk, pack: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["封面"]
        next(row for row in sheet.iter_rows() if row[0].value == "审核人（签字）")[1].value = "王书记"
        sheet.cell(sheet.max_row + 2, 1).value = "请查收"

    received = one(superior, edited(pack, change))
    assert (received.decision, received.edited, received.problems) == ("new", (), ())


def test_an_edited_title_is_named_and_an_edited_code_refused(superior: Desk, pack: Path) -> None:
    def coded(book: Any) -> None:
        (last,) = (row[0] for row in book[INTAKE].iter_rows() if str(row[0].value).startswith("校验码"))
        last.value = "校验码：0000-0000"

    refused = one(superior, edited(pack, coded))
    assert (refused.decision, [each.column for each in refused.edited]) == ("refused", ["校验码"])

    def titled(book: Any) -> None:
        for each in next(book[INTAKE].iter_rows()):
            if each.value:
                each.value = "改了的标题"

    received = one(superior, edited(pack, titled))
    assert (received.decision, received.taken) == ("edited", True)
    assert [(each.column, each.is_) for each in received.edited] == [("标题", "改了的标题")]


def test_what_was_not_read_is_told(superior: Desk, pack: Path) -> None:
    def change(book: Any) -> None:
        sheet = book[INTAKE]
        head = cell(sheet, "编号", 0)
        at = sheet.max_column + 1
        sheet.cell(head.row, at).value = "村里自加"
        sheet.cell(head.row + 1, at).value = "要紧"
        sheet.cell(head.row + 2, at + 3).value = "旁边的话"

    received = one(superior, edited(pack, change))
    assert (received.decision, received.taken, received.problems) == ("new", True, ())
    assert any("村里自加" in told for told in received.notices)
    row = cell(openpyxl.load_workbook(pack)[INTAKE], "编号").row + 1
    assert any(f"第 {row} 行表格旁边" in told for told in received.notices)


def test_links_to_other_workbooks_are_told(superior: Desk, pack: Path) -> None:
    with ZipFile(pack, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    received = one(superior, pack)
    assert (received.decision, received.problems) == ("new", ())
    assert any("取自别的文件" in told for told in received.notices)


def test_a_name_that_the_pack_itself_brings_may_be_typed(superior: Desk, pack: Path) -> None:
    received = one(superior, edited(pack, setting(INTAKE, "接待人", "林小妹")))
    assert (received.decision, received.problems) == ("edited", ())
    staff = {each.uid: each.full_name for each in superior.registers.find("staff", Query()).records}
    names = {staff[each.received_by] for each in superior.registers.find("intake", Query()).records}
    assert names == {"林小妹", "叶建国"}


def test_an_edited_copy_of_what_is_here_says_that_it_was_not_taken(superior: Desk, pack: Path) -> None:
    assert one(superior, pack).decision == "new"
    received = one(superior, edited(pack, setting(INTAKE, "人数", 4)))
    assert (received.decision, received.taken, received.fine) == ("edited", False, False)
    assert any("没有收" in told and "新的版次" in told for told in received.problems)


def test_a_bug_over_one_file_keeps_out_no_other(superior: Desk, pack: Path) -> None:
    def stumble(*_told: Any, **_more: Any) -> Any:
        raise ZeroDivisionError

    file_to_stumble_over: Any = type("Stumbling", (type(pack),), {"open": stumble})
    received = superior.inbox.receive([file_to_stumble_over(pack), pack])
    assert [each.decision for each in received] == ["failed", "new"]
    assert "报告已存到" in received[0].problems[0]
    assert len(list((superior.office.folder / "crashes").iterdir())) == 1
