"""Photos and papers: kept once, whole, and open to every clerk of the PC."""

import stat
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from ojr_desk.desk import Desk
from ojr_desk.desk.attachments import MOST_BYTES
from ojr_desk.desk.retold import lines
from ojr_desk.moments import Month
from ojr_desk.problems import BadFile, MonthClosed, NoRoom, Refused
from tests.office import add, visit

PAPER = b"%PDF-1.7 " + b"x" * 50_000


def archive(name: str) -> bytes:
    """Pack one empty part."""
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr(name, b"")
    return target.getvalue()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "低保申请.pdf"
    path.write_bytes(PAPER)
    return path


def kept(desk: Desk) -> list[Path]:
    return [path for path in (desk.office.folder / "attachments").rglob("*") if path.is_file()]


def test_a_paper_is_kept_byte_for_byte_under_the_name_it_came_with(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit())
    added = desk.attachments.add("intake", record.uid, paper)
    assert desk.attachments.of(record.uid) == [added]
    assert (added.name, added.size, added.path.read_bytes()) == (paper.name, len(PAPER), PAPER)
    desk.attachments.remove(added.uid, "附错了")
    assert desk.attachments.of(record.uid) == []


def test_the_same_content_is_stored_once(desk: Desk, paper: Path) -> None:
    for record in (add(desk, "intake", visit()), add(desk, "intake", visit(content="再来一次"))):
        desk.attachments.add("intake", record.uid, paper)
    assert [path.read_bytes() for path in kept(desk)] == [PAPER]


def test_content_that_a_power_cut_spoilt_is_put_right(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit())
    added = desk.attachments.add("intake", record.uid, paper)
    for spoilt in (b"", PAPER[:-1], bytes(len(PAPER))):
        added.path.write_bytes(spoilt)
        desk.attachments.add("intake", record.uid, paper)
        assert [path.read_bytes() for path in kept(desk)] == [PAPER]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.exe", b"MZ", "不能作附件"),
        ("a", b"%PDF-", "不能作附件"),
        ("a.pdf", b"PK\x03\x04", "不是真正的"),
        ("a.pdf", b"", "不是真正的"),
        ("a.docx", b"PK\x03\x04", "不是真正的"),
        ("a.xlsx", archive("word/document.xml"), "不是真正的"),
        ("a.docx", archive("photo.jpg"), "不是真正的"),
        ("a.jpg", b"\xff\xd8\xff" + bytes(MOST_BYTES), "超过 10 MB"),
        ("a.jpg", None, "没有找到"),
    ],
)
def test_what_cannot_be_attached_is_told_and_not_kept(
    desk: Desk, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    record = add(desk, "intake", visit())
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFile, match=told):
        desk.attachments.add("intake", record.uid, tmp_path / name)
    assert (kept(desk), desk.attachments.of(record.uid)) == ([], [])


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_kept(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit())
    (desk.office.folder / "attachments").write_bytes(b"a file where the folder should be")
    with pytest.raises(NoRoom, match=r"附件《低保申请\.pdf》没有存下。"):
        desk.attachments.add("intake", record.uid, paper)
    assert desk.attachments.of(record.uid) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there a folder's rights are handed down by the system")
def test_another_clerk_of_the_pc_can_read_it_and_add_to_it(desk: Desk, paper: Path) -> None:
    desk.office.folder.chmod(0o777)
    record = add(desk, "intake", visit())
    path = desk.attachments.add("intake", record.uid, paper).path
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path.parent.parent, path.parent, path)]
    assert modes == [0o777, 0o777, 0o666]


def test_a_closed_month_takes_no_paper_and_gives_none_back(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    added = desk.attachments.add("intake", record.uid, paper)
    desk.months.close(Month(2026, 10))
    with pytest.raises(MonthClosed, match="已经结账"):
        desk.attachments.add("intake", record.uid, paper)
    with pytest.raises(MonthClosed, match="已经结账"):
        desk.attachments.remove(added.uid, "附错了")
    assert desk.attachments.of(record.uid) == [added]


def test_a_case_that_goes_on_takes_papers_of_its_later_days(desk: Desk, paper: Path) -> None:
    row = visit(occurred_at="2026-10-12 08:30", disposition="受理转办理单")
    case = add(desk, "intake", row).case
    desk.months.close(Month(2026, 10))
    added = desk.attachments.add("case", case, paper)
    assert desk.attachments.of(case) == [added]
    desk.attachments.remove(added.uid, "附错了")
    assert desk.attachments.of(case) == []


def test_the_history_of_a_record_tells_of_its_papers(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit())
    added = desk.attachments.add("intake", record.uid, paper)
    desk.attachments.remove(added.uid, "附错了")
    story = desk.registers.story(record.uid)
    assert [(each.act, each.op) for each in story] == [
        ("add intake", "insert"),
        ("attach intake", "insert"),
        ("detach", "update"),
    ]
    told = story[1].now or {}
    assert (told["name"], told["sha256"]) == (paper.name, sha256(PAPER).hexdigest())


def test_what_is_taken_off_is_taken_off_once(desk: Desk, paper: Path) -> None:
    added = desk.attachments.add("intake", add(desk, "intake", visit()).uid, paper)
    desk.attachments.remove(added.uid, "附错了")
    with pytest.raises(Refused, match="没有找到这个附件"):
        desk.attachments.remove(added.uid, "附错了")


def test_another_centres_record_takes_no_paper(
    desk: Desk, superior: Desk, paper: Path, tmp_path: Path
) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    superior.inbox.receive(list(desk.outbox.send(Month(2026, 10), tmp_path / "stick").files[:1]))
    with pytest.raises(Refused, match="别的中心"):
        superior.attachments.add("intake", record.uid, paper)


@pytest.mark.parametrize(("name", "part"), [("a.docx", "word/document.xml"), ("A.XLSX", "xl/workbook.xml")])
def test_documents_of_office_programs_are_kept(desk: Desk, tmp_path: Path, name: str, part: str) -> None:
    (tmp_path / name).write_bytes(archive(part))
    record = add(desk, "intake", visit())
    assert desk.attachments.add("intake", record.uid, tmp_path / name).name == name


def test_the_same_content_is_attached_to_a_record_once(desk: Desk, paper: Path, tmp_path: Path) -> None:
    record = add(desk, "intake", visit())
    first = desk.attachments.add("intake", record.uid, paper)
    again = tmp_path / "又一份.pdf"
    again.write_bytes(PAPER)
    assert desk.attachments.add("intake", record.uid, again) == first
    assert desk.attachments.of(record.uid) == [first]


def test_a_file_is_taken_off_with_a_reason_that_its_history_tells(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit())
    added = desk.attachments.add("intake", record.uid, paper)
    with pytest.raises(Refused, match="原因"):
        desk.attachments.remove(added.uid, " ")
    desk.attachments.remove(added.uid, "附错了人")
    newest = lines(desk, desk.registers.named("intake"), record.uid)[0]
    assert newest.what == "取下附件"
    assert newest.changes == f"{paper.name}，原因：附错了人"


def test_adding_and_taking_off_can_be_undone_and_done_again(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit())
    added = desk.attachments.add("intake", record.uid, paper)
    assert undo(desk) == f"加附件 {record.record_no}"
    assert desk.attachments.of(record.uid) == []
    redo = desk.undo.again()
    assert redo is not None
    desk.undo.take_back(redo.deed)
    assert desk.attachments.of(record.uid) == [added]
    desk.attachments.remove(added.uid, "附错了人")
    assert undo(desk) == f"取下附件 {record.record_no}"
    assert desk.attachments.of(record.uid) == [added]
    assert lines(desk, desk.registers.named("intake"), record.uid)[0].what == "恢复附件"


def test_what_was_done_with_a_file_is_not_undone_over_a_later_change(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit())
    added = desk.attachments.add("intake", record.uid, paper)
    offer = desk.undo.last()
    assert offer is not None
    desk.attachments.remove(added.uid, "附错了人")
    with pytest.raises(Refused, match="以后又改过"):
        desk.undo.take_back(offer.deed)


def test_a_closed_month_keeps_its_files_from_being_undone(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    added = desk.attachments.add("intake", record.uid, paper)
    offer = desk.undo.last()
    assert offer is not None
    desk.months.close(Month(2026, 10))
    with pytest.raises(Refused, match="没有能撤销的"):
        desk.undo.take_back(offer.deed)
    assert desk.attachments.of(record.uid) == [added]


def test_a_copy_is_written_whole_and_what_is_lost_or_spoilt_is_told(
    desk: Desk, paper: Path, tmp_path: Path
) -> None:
    added = desk.attachments.add("intake", add(desk, "intake", visit()).uid, paper)
    desk.attachments.copy(added, tmp_path / "存出来.pdf")
    assert (tmp_path / "存出来.pdf").read_bytes() == PAPER
    added.path.write_bytes(PAPER[:-1])
    for _spoilt_then_lost in range(2):
        with pytest.raises(BadFile, match="从备份里恢复"):
            desk.attachments.copy(added, tmp_path / "坏的.pdf")
        added.path.unlink(missing_ok=True)
    assert not (tmp_path / "坏的.pdf").exists()


def undo(desk: Desk) -> str:
    offer = desk.undo.last()
    assert offer is not None
    desk.undo.take_back(offer.deed)
    return offer.words
