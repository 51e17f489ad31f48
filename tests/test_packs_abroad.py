"""What becomes of a pack on its way: re-saved, sorted, edited, cut, sent twice, sent late, sent to the wrong one."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ojr_desk.desk import Clock, Desk, NewOffice
from ojr_desk.desk.inbox import Received
from ojr_desk.exchange import pack as packs
from ojr_desk.moments import Month
from ojr_desk.store.query import Query
from tests.office import add, copied, create, visit

OCTOBER = Month(2026, 10)
SHEET = "来访来电来信"


@pytest.fixture
def pack(desk: Desk, tmp_path: Path) -> Path:
    """The pack of a closed October with three visits and a call, one of which became a case."""
    add(desk, "staff", {"full_name": "叶建国"})
    for day, more in ((12, {}), (13, {"content": "=1+1 是几个老人来问的"}), (14, {"channel": "来电"})):
        add(desk, "intake", visit(occurred_at=f"2026-10-{day} 08:30", received_by="叶建国", **more))
    taken_up = {"disposition": "受理转办理单", "matter_nature": "求助", "reply_content": ""}
    add(desk, "intake", visit(occurred_at="2026-10-15 09:00", received_by="叶建国", **taken_up))
    desk.months.close(OCTOBER)
    return desk.outbox.send(OCTOBER, tmp_path / "stick").files[0]


@pytest.fixture
def edit(tmp_path: Path) -> Callable[[Path, Callable[[Any], None]], Path]:
    """Change a copy of a workbook as a person would in WPS, and save it under another name."""

    def changed(path: Path, change: Callable[[Any], None]) -> Path:
        book = openpyxl.load_workbook(path)
        change(book)
        saved = tmp_path / f"{path.stem}(1).xlsx"
        book.save(saved)
        return saved

    return changed


def one(desk: Desk, path: Path) -> Received:
    (received,) = desk.inbox.receive([path])
    return received


def place(sheet: Any, label: str) -> int:
    """Find the column of a heading."""
    found: int = next(
        cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value == label
    )
    return found


def row_of(sheet: Any, number: str) -> int:
    found: int = next(row[0].row for row in sheet.iter_rows() if row[0].value == number)
    return found


def resaved(path: Path, folder: Path) -> Path:
    """Have LibreOffice open the workbook and save it again."""
    folder.mkdir()
    subprocess.run(
        [
            shutil.which("soffice") or shutil.which("localc") or "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return folder / path.name


def test_the_same_pack_is_the_same_after_libreoffice_saved_it_again(
    superior: Desk, pack: Path, tmp_path: Path
) -> None:
    assert one(superior, pack).decision == "new"
    again = resaved(pack, tmp_path / "lo")
    assert again.read_bytes() != pack.read_bytes()
    read = packs.read(again)
    assert (read.edits, read.faults) == ((), ())
    assert one(superior, again).decision == "same"


def test_a_pack_that_libreoffice_saved_is_taken_in_whole(superior: Desk, pack: Path, tmp_path: Path) -> None:
    received = one(superior, resaved(pack, tmp_path / "lo"))
    assert (received.decision, received.edited, received.problems) == ("new", (), ())
    assert superior.registers.find("intake", Query()).total == 4
    contents = {each.content for each in superior.registers.find("intake", Query()).records}
    assert "=1+1 是几个老人来问的" in contents


def test_one_cell_edited_by_hand_is_named_exactly(superior: Desk, pack: Path, edit: Any) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        sheet.cell(row_of(sheet, "LF-202610-0001"), place(sheet, "主要内容")).value = "询问高龄津贴怎么申请"

    edited = edit(pack, change)
    received = one(superior, edited)
    assert received.decision == "edited"
    (found,) = received.edited
    sheet = openpyxl.load_workbook(edited)[SHEET]
    assert found.told() == {
        "sheet": SHEET,
        "row": row_of(sheet, "LF-202610-0001"),
        "column": "主要内容",
        "was": "询问低保怎么申请",
        "is": "询问高龄津贴怎么申请",
    }
    assert superior.registers.find("intake", Query(("高龄津贴",))).total == 1


def test_a_copy_edited_after_the_original_came_is_told_and_not_taken(
    superior: Desk, pack: Path, edit: Any
) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        sheet.cell(row_of(sheet, "LF-202610-0001"), place(sheet, "人数")).value = 5

    assert one(superior, pack).decision == "new"
    received = one(superior, edit(pack, change))
    assert (received.decision, received.taken) == ("edited", False)
    assert [(each.column, each.was, each.is_) for each in received.edited] == [("人数", "1", "5")]
    assert {each.headcount for each in superior.registers.find("intake", Query()).records} == {1}


def test_an_edit_that_makes_no_sense_is_refused_with_its_row_and_nothing_is_kept(
    superior: Desk, pack: Path, edit: Any
) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        sheet.cell(row_of(sheet, "LF-202610-0002"), place(sheet, "渠道")).value = "托梦"

    received = one(superior, edit(pack, change))
    assert (received.decision, received.taken) == ("refused", False)
    assert any("LF-202610-0002" in problem and "托梦" in problem for problem in received.problems)
    assert superior.registers.find("intake", Query()).total == 0
    assert superior.registers.find("staff", Query()).total == 0


def test_sorted_rows_moved_columns_and_renamed_sheets_change_nothing(
    superior: Desk, pack: Path, edit: Any
) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        sheet.title = "来访汇总"
        head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "编号")
        rows = [[(cell.value, copy(cell._style)) for cell in row] for row in sheet.iter_rows(min_row=head)]
        body = [row for row in rows[1:] if str(row[0][0]).startswith("L")]
        turned = [row[::-1] for row in (rows[0], *reversed(body))]
        for at, row in enumerate(turned, head):
            for column, (value, style) in enumerate(row, 1):
                cell = sheet.cell(at, column)
                cell.value, cell._style = value, style
                if isinstance(value, str):
                    cell.data_type = "s"  # openpyxl would make a formula of =1+1

    received = one(superior, edit(pack, change))
    assert (received.decision, received.edited, received.problems) == ("new", (), ())


def test_rows_taken_away_or_added_are_refused_by_number_and_row(
    superior: Desk, pack: Path, edit: Any
) -> None:
    def less(book: Any) -> None:
        sheet = book[SHEET]
        sheet.delete_rows(row_of(sheet, "LF-202610-0002"))

    received = one(superior, edit(pack, less))
    assert (received.decision, received.taken) == ("refused", False)
    assert any("LF-202610-0002" in problem and "删掉" in problem for problem in received.problems)

    def more(book: Any) -> None:
        sheet = book[SHEET]
        at = row_of(sheet, "LF-202610-0002")
        sheet.insert_rows(at)
        sheet.cell(at, 1).value = "LF-202610-0099"
        sheet.cell(at, place(sheet, "主要内容")).value = "手工加的一行"

    received = one(superior, edit(pack, more))
    assert (received.decision, received.taken) == ("refused", False)
    assert any("添加" in problem for problem in received.problems)
    assert superior.registers.find("intake", Query()).total == 0


def test_a_missing_sheet_and_a_missing_column_are_named(superior: Desk, pack: Path, edit: Any) -> None:
    received = one(superior, edit(pack, lambda book: book.remove(book[SHEET])))
    assert any(SHEET in problem for problem in received.problems)

    def narrower(book: Any) -> None:
        sheet = book[SHEET]
        sheet.delete_cols(place(sheet, "渠道"))

    received = one(superior, edit(pack, narrower))
    assert any("渠道" in problem for problem in received.problems)
    assert superior.registers.find("intake", Query()).total == 0


def test_a_newer_revision_replaces_and_an_older_one_is_refused(
    desk: Desk, superior: Desk, pack: Path, tmp_path: Path
) -> None:
    first = Path(shutil.copy(pack, tmp_path / "first.xlsx"))
    desk.months.reopen(OCTOBER, "补一条", "王书记")
    uid = desk.registers.find("intake", Query(month=OCTOBER)).records[-1].uid
    desk.registers.edit("intake", uid, {"content": "询问残疾人补贴怎么申请"})
    desk.months.close(OCTOBER)
    sent = desk.outbox.send(OCTOBER, tmp_path / "second")
    assert sent.pack.revision == 2
    assert one(superior, first).decision == "new"
    received = one(superior, sent.files[0])
    assert (received.decision, received.revision, received.new, received.changed) == ("newer", 2, 0, 1)
    assert superior.registers.find("intake", Query(("残疾人补贴",))).total == 1
    late = one(superior, first)
    assert (late.decision, late.taken) == ("older", False)
    assert late.problems
    assert superior.registers.find("intake", Query(("残疾人补贴",))).total == 1


def test_the_order_of_receiving_does_not_matter(
    desk: Desk, superior_template: Path, clock: Clock, tmp_path: Path
) -> None:
    case = add(desk, "intake", visit(occurred_at="2026-09-28 09:00", disposition="受理转办理单")).case
    desk.months.close(Month(2026, 9))
    desk.cases.act("case", case, "take_up", {"occurred_at": "2026-10-08 09:00", "text": "已联系"})
    desk.cases.act(
        "case", case, "reply", {"occurred_at": "2026-10-09 09:00", "method": "phone", "text": "说了"}
    )
    desk.months.close(OCTOBER)
    files = [desk.outbox.send(month, tmp_path / "stick").files[0] for month in (Month(2026, 9), OCTOBER)]
    states = []
    for name, order in (("forward", files), ("backward", files[::-1])):
        superior = copied(superior_template, tmp_path / name, clock)
        assert all(each.taken for each in superior.inbox.receive(order))
        record = superior.registers.get("case", case)
        states.append((record.case_state, record.due_on, record.handler, record.closed_at))
        superior.close()
    assert states[0] == states[1]
    assert states[0][0] == desk.registers.get("case", case).case_state == "replied"


def test_a_conflicting_pack_of_the_same_revision_is_not_taken(
    desk: Desk, superior: Desk, village_template: Path, clock: Clock, pack: Path, tmp_path: Path
) -> None:
    assert one(superior, pack).decision == "new"
    twin = copied(village_template, tmp_path / "home", clock)
    add(twin, "intake", visit(occurred_at="2026-10-20 08:30"))
    twin.months.close(OCTOBER)
    other = twin.outbox.send(OCTOBER, tmp_path / "home-stick").files[0]
    twin.close()
    received = one(superior, other)
    assert (received.decision, received.taken) == ("conflict", False)
    assert received.problems
    assert superior.registers.find("intake", Query()).total == 4


def test_whose_pack_it_is_not_is_told_so(
    desk: Desk, superior: Desk, pack: Path, tmp_path: Path, clock: Clock
) -> None:
    own = one(desk, pack)
    assert (own.decision, own.taken) == ("refused", False)
    assert "本中心自己" in own.problems[0]
    neighbour = copied(
        create(tmp_path / "t", NewOffice("邻村", "village", "330302104204")), tmp_path / "n", clock
    )
    told = one(neighbour, pack)
    assert "不是它的上级" in told.problems[0]
    superior.inbox.receive([pack], out=tmp_path / "receipts")
    (receipt,) = (tmp_path / "receipts").iterdir()
    told = one(neighbour, receipt)
    assert "不是本中心的" in told.problems[0]
    neighbour.close()


@pytest.fixture
def strangers(tmp_path: Path) -> Iterator[list[Path]]:
    """Files that are no packs."""
    book = openpyxl.Workbook()
    book.create_sheet("来访")["A1"] = "编号"
    book.save(tmp_path / "手工表.xlsx")
    (tmp_path / "假的.xlsx").write_bytes(b"PK\x03\x04 not really")
    (tmp_path / "表.csv").write_text("编号,内容\n1,2\n", encoding="gbk")
    (tmp_path / "空.xlsx").write_bytes(b"")
    yield [tmp_path / name for name in ("手工表.xlsx", "假的.xlsx", "表.csv", "空.xlsx", "没有.xlsx")]


def test_strange_files_are_refused_one_by_one_and_the_good_one_is_taken(
    superior: Desk, pack: Path, strangers: list[Path]
) -> None:
    received = superior.inbox.receive([*strangers, pack])
    assert [each.decision for each in received] == ["refused"] * 5 + ["new"]
    assert all(each.problems and each.path.name in each.problems[0] for each in received[:5])


def test_a_forged_manifest_is_not_believed(superior: Desk, pack: Path, edit: Any) -> None:
    def change(book: Any) -> None:
        sheet = book["_ojr"]
        sheet["A1"].value = sheet["A1"].value.replace("询问低保怎么申请", "询问高保怎么申请")

    received = one(superior, edit(pack, change))
    assert (received.decision, received.taken) == ("refused", False)
    assert "改动" in received.problems[0]
