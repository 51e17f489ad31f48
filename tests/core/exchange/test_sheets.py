"""The sheets of a pack as people see and print them: nothing idle, nothing too small, everything still there."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from ojr_desk.desk import Desk
from ojr_desk.exchange import pack as packs
from ojr_desk.exchange.sheet import PAGE_WIDTH, Sheet, SheetColumn
from ojr_desk.exchange.workbook import write_workbook
from ojr_desk.moments import Month
from tests.core.exchange.conftest import Resave
from tests.office import add, visit

OCTOBER = Month(2026, 10)
TITLE = "来访来电来信"


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> Path:
    """The pack of an October with two visits and a letter, none of them a case."""
    add(desk, "staff", {"full_name": "欧阳玉兰"})
    for day in (12, 13):
        add(desk, "intake", visit(occurred_at=f"2026-10-{day} 08:30", received_by="欧阳玉兰"))
    letter = {"channel": "来信", "received_on": "2026-10-13", "letter_kind": "平信", "signature_kind": "实名"}
    add(desk, "intake", visit(occurred_at="2026-10-14 08:30", received_by="欧阳玉兰", **letter))
    desk.months.close(OCTOBER)
    return desk.outbox.send(OCTOBER, tmp_path / "stick").files[0]


def columns(path: Path, title: str = TITLE) -> dict[str, Any]:
    """Tell of each heading how its column is laid out."""
    sheet = openpyxl.load_workbook(path)[title]
    (heading,) = (row for row in sheet.iter_rows(max_row=4) if row[0].value == "编号")
    return {str(cell.value): sheet.column_dimensions[get_column_letter(cell.column or 1)] for cell in heading}


def test_a_column_that_tells_nothing_this_month_is_folded_away(sent: Path) -> None:
    found = columns(sent)
    folded = [label for label, column in found.items() if column.hidden]
    assert {"标识（请勿改动）", "登记时间", "匿名", "转介去向", "办理单", "作废原因", "状态"} <= set(folded)
    assert not {"编号", "渠道", "接待时间", "主要内容", "信件类型", "人数"} & set(folded)
    assert list(found)[1 : 1 + len(folded)] == folded
    assert all(column.outline_level == column.hidden for column in found.values())


def test_what_is_told_of_one_row_is_shown(desk: Desk, tmp_path: Path) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"), visit(occurred_at="2026-10-13 08:30"))
    desk.registers.void("intake", record.uid, "登重了")
    desk.months.close(OCTOBER)
    found = columns(desk.outbox.send(OCTOBER, tmp_path / "stick").files[0])
    assert not found["状态"].hidden
    assert not found["作废原因"].hidden


def test_a_cell_of_a_folded_column_is_still_read(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    sheet = book[TITLE]
    (cell,) = (cell for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == "转介去向")
    cell.offset(row=1).value = "司法所"
    book.save(sent)
    (edit,) = packs.read(sent).edits
    assert (edit.column, edit.was, edit.is_) == ("转介去向", "", "司法所")


def test_who_sorts_what_can_be_seen_sorts_the_folded_columns_too(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    sheet = book[TITLE]
    seen = [at for at, column in enumerate(columns(sent).values(), 1) if not column.hidden]
    head = 2
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(head + 1, head + 3, seen[0], seen[-1])]
    for at, row in enumerate(reversed(rows), head + 1):
        for place, value in enumerate(row, seen[0]):
            sheet.cell(at, place).value = value
    book.save(sent)
    read = packs.read(sent)
    assert (read.edits, read.faults) == ((), ())


def test_a_register_without_rows_says_so_and_shows_what_it_asks_for(sent: Path) -> None:
    sheet = openpyxl.load_workbook(sent)["更正单"]
    assert sheet["A2"].value == "本月没有记录。"
    found = columns(sent, "更正单")
    assert not found["原因"].hidden
    assert found["批准人"].hidden


def test_a_column_is_as_wide_as_what_it_holds(sent: Path) -> None:
    found = columns(sent)
    assert found["接待时间"].width >= len("2026-10-12 08:30") + 2
    assert found["渠道"].width == 8
    assert found["主要内容"].width <= 31


def wide(count: int, **more: Any) -> Sheet:
    heads = [SheetColumn(f"c{at}", f"栏{at}", 20, hidden=at in (1, 2)) for at in range(count)]
    return Sheet("来访", "本村来访登记簿", tuple(heads), [[f"{at}" for at in range(count)]] * 3, **more)


def test_what_is_too_wide_for_a_page_goes_on_beside_it_under_its_number(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    columns = 2 + PAGE_WIDTH // 20 + 1
    write_workbook(path, [wide(columns, fixed=3)])
    sheet = openpyxl.load_workbook(path)["来访"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.page_setup.orientation, sheet.page_setup.pageOrder) == ("landscape", "overThenDown")
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$2:$2", "$A:$C")
    assert sheet.freeze_panes == "D3"
    assert sheet["D1"].value == "本村来访登记簿"
    assert not sheet.merged_cells.ranges
    write_workbook(path, [wide(columns - 1, fixed=3)])
    sheet = openpyxl.load_workbook(path)["来访"]
    assert (sheet.page_setup.fitToWidth, sheet.freeze_panes, sheet.print_title_cols) == (1, "A3", None)


def test_a_foot_is_named_as_its_sheet_is(tmp_path: Path) -> None:
    path = tmp_path / "foot.xlsx"
    write_workbook(path, [Sheet("甲", "甲&P乙" * 40, (SheetColumn("it", "内容", 20),), [], upright=True)])
    sheet = openpyxl.load_workbook(path)["甲"]
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.left.text == ("甲&&P乙" * 40)[: 60 + 15]
    assert sheet.page_setup.orientation == "portrait"


def test_libreoffice_prints_what_is_shown_and_no_more(sent: Path, resave: Resave) -> None:
    printed = resave(sent, "pdf")
    told = subprocess.run(
        [shutil.which("pdftotext") or "pdftotext", "-layout", str(printed), "-"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    pages = told.split("\f")
    (first,) = (page for page in pages if "LF-202610-0002" in page and "接待时间" in page)
    assert "欧阳玉兰" in first
    assert "请勿改动" not in told
    assert "转介去向" not in told
    assert "本月没有记录。" in told
    assert "##" not in told


def test_libreoffice_keeps_the_folds_and_every_value(sent: Path, resave: Resave) -> None:
    again = resave(sent, "xlsx")
    read = packs.read(again)
    assert (read.edits, read.faults) == ((), ())
    assert read.pack == packs.read(sent).pack
    hidden = {label for label, column in columns(sent).items() if column.hidden}
    sheet = openpyxl.load_workbook(again)[TITLE]
    places = {str(cell.value): cell.column for cell in sheet[2]}
    folds = [(each.min or 0, each.max or 0) for each in sheet.column_dimensions.values() if each.hidden]
    folded = {at for first, last in folds for at in range(first, last + 1)}
    assert {label for label, place in places.items() if place in folded} == hidden
