"""What the superior has to say, on its way to the villages: to one or all, once, unread until it is opened."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.desk.notices import Draft
from ojr_desk.exchange import notice as files
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.manifest import SHEET
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.moments import Month
from ojr_desk.problems import Damaged, FromNewerProgram, NotOurs, Refused, UserError
from tests.office import TODAY, add, visit

DRAFT = Draft("报送九月台账", "请在月底前报送，\n漏登的先补上。", date(2026, 11, 30))


@pytest.fixture
def written(superior: Desk, tmp_path: Path) -> Path:
    """A notice for all villages."""
    (path,) = superior.notices.write(DRAFT, [], tmp_path / "stick").files
    return path


def read(path: Path) -> files.Notice:
    return files.notice_in(read_workbook(admit(path)))


def known(desk: Desk, superior: Desk, folder: Path) -> None:
    """Have the superior know the village: by its report."""
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    superior.inbox.receive([desk.outbox.send(Month(2026, 10), folder).files[0]])


def test_a_notice_is_unread_until_it_is_opened(desk: Desk, written: Path) -> None:
    assert desk.today().notices == ()
    (taken,) = desk.inbox.receive([written])
    assert (taken.decision, taken.outcome, taken.fine) == ("notice", "通知，收下", True)
    (notice,) = desk.notices.unread()
    assert desk.today().notices == desk.notices.all() == (notice,)
    assert (notice.title, notice.text, notice.due_on) == (DRAFT.title, DRAFT.text, DRAFT.due_on)
    assert notice.words == "瓯江红临江街道党群服务中心通知：报送九月台账　2026-11-30前办好"
    desk.notices.read([])
    assert len(desk.notices.unread()) == 1
    desk.notices.read([notice.uid, notice.uid])
    assert desk.notices.unread() == desk.today().notices == ()
    assert desk.notices.all()[0].opened_at is not None


def test_who_opened_it_first_counts(desk: Desk, written: Path) -> None:
    desk.inbox.receive([written])
    (notice,) = desk.notices.unread()
    desk.notices.read([notice.uid])
    first = desk.notices.all()[0].opened_at
    now = desk.office.now()
    desk.office.clock = lambda: now + timedelta(hours=1)
    desk.notices.read([notice.uid])
    assert desk.notices.all()[0].opened_at == first
    with pytest.raises(Refused, match="没有"):
        desk.notices.read(["nobody"])


def test_the_same_notice_is_taken_in_once(desk: Desk, written: Path) -> None:
    (tried,) = desk.inbox.receive([written], dry_run=True)
    assert (tried.decision, desk.notices.all()) == ("notice", ())
    assert any("漏登的先补上" in told for told in tried.notices)
    assert [each.decision for each in desk.inbox.receive([written, written.parent])] == ["notice", "same"]
    (notice,) = desk.notices.all()
    desk.notices.read([notice.uid])
    (again,) = desk.inbox.receive([written])
    assert (again.decision, again.fine, desk.notices.unread()) == ("same", True, ())


def test_a_notice_for_one_is_not_another_ones(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    known(desk, superior, tmp_path / "pack")
    made = superior.notices.write(DRAFT, ["330302104203", "龙川村"], tmp_path / "stick")
    assert len(made.files) == 1, "called twice by two names it gets one"
    assert "龙川村" in made.files[0].name
    other = Desk.create(tmp_path / "other", NewOffice("垟头村", "village"), rehearsed(TODAY))
    (refused,) = other.inbox.receive(list(made.files))
    assert (refused.decision, "不是本中心的" in refused.problems[0]) == ("refused", True)
    other.close()
    assert [each.decision for each in desk.inbox.receive(list(made.files))] == ["notice"]
    assert desk.notices.unread()[0].uid == made.uid


def test_several_notices_get_files_of_their_own(superior: Desk, tmp_path: Path) -> None:
    names = {superior.notices.write(DRAFT, [], tmp_path).files[0].name for _each in range(2)}
    assert len(names) == 2


def test_ones_own_notice_is_passed_over(superior: Desk, written: Path) -> None:
    assert superior.inbox.receive([written.parent]) == []
    (named,) = superior.inbox.receive([written])
    assert (named.decision, "各村社区" in named.problems[0]) == ("own", True)
    assert superior.notices.all() == ()


@pytest.mark.parametrize(
    "draft, word",
    [
        (replace(DRAFT, title=" "), "标题"),
        (replace(DRAFT, text="\n"), "内容"),
        (replace(DRAFT, title="长" * 61), "60"),
        (replace(DRAFT, text="长" * 2001), "2000"),
        (replace(DRAFT, due_on=date(2026, 11, 21)), "已经过了"),
    ],
)
def test_what_says_nothing_or_too_much_is_not_written(
    superior: Desk, tmp_path: Path, draft: Draft, word: str
) -> None:
    with pytest.raises(Refused, match=word):
        superior.notices.write(draft, [], tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


def test_only_a_superior_writes_notices_and_only_to_whom_it_knows(
    desk: Desk, superior: Desk, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="上级"):
        desk.notices.write(DRAFT, [], tmp_path / "stick")
    with pytest.raises(Refused, match="没有找到"):
        superior.notices.write(DRAFT, ["谁也不是"], tmp_path / "stick")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UserError):
        superior.notices.write(DRAFT, [], tmp_path / "file")


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800"])
def test_signs_that_no_workbook_holds_are_refused(superior: Desk, tmp_path: Path, sign: str) -> None:
    for draft in (replace(DRAFT, title=f"报{sign}送"), replace(DRAFT, text=f"报{sign}送")):
        with pytest.raises(Refused, match="符号"):
            superior.notices.write(draft, [], tmp_path)
        assert not list(tmp_path.glob("*.xlsx"))


def test_a_title_that_is_hostile_names_no_other_folder(superior: Desk, desk: Desk, tmp_path: Path) -> None:
    draft = replace(DRAFT, title='../..\\CON:*?"<>| =1+1', text="=HYPERLINK(1)")
    (path,) = superior.notices.write(draft, [], tmp_path / "stick").files
    assert path.parent == (tmp_path / "stick").resolve()
    desk.inbox.receive([path])
    assert (desk.notices.all()[0].title, desk.notices.all()[0].text) == (draft.title, draft.text)
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


def test_what_is_told_stands_on_the_sheet_with_its_code(written: Path) -> None:
    sheet = openpyxl.load_workbook(written).worksheets[0]
    told = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {DRAFT.title, DRAFT.text, "2026-11-30", "各村社区", read(written).code} <= told


def altered(path: Path, folder: Path, **values: Any) -> Path:
    """Write a notice whose manifest says something else, as somebody's own tool would."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    told = json.loads("".join(str(cell.value) for cell in cells)) | values
    for cell in cells:
        cell.value = None
    sheet.cell(1, 1, json.dumps(told))
    out = folder / "altered.xlsx"
    book.save(out)
    return out


@pytest.mark.parametrize(
    "values",
    [
        {"text": "改过"},
        {"uid": "x"},
        {"due_on": "soon"},
        {"at": 5},
        {"title": ["x"]},
        {"from_center": None},
        {"digest": "0"},
        {"kind": ["notice"]},
    ],
)
def test_a_notice_that_was_changed_is_not_believed(
    desk: Desk, written: Path, tmp_path: Path, values: dict[str, Any]
) -> None:
    with pytest.raises((Damaged, NotOurs)):
        read(altered(written, tmp_path, **values))
    (refused,) = desk.inbox.receive([altered(written, tmp_path, **values)])
    assert (refused.decision, desk.notices.all()) == ("refused", ())


def test_a_notice_of_a_later_program_asks_for_that_program(written: Path, tmp_path: Path) -> None:
    with pytest.raises(FromNewerProgram):
        read(altered(written, tmp_path, format=9, reader=9))
