"""Photos and papers: kept once, whole, and open to every clerk of the PC."""

import stat
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from ojr_desk.desk import Desk
from ojr_desk.desk.attachments import MOST_BYTES
from ojr_desk.moments import Month
from ojr_desk.problems import BadFile, MonthClosed, NoRoom, Refused
from tests.office import add, visit

PAPER = b"%PDF-1.7 " + b"x" * 50_000


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
    desk.attachments.remove(added.uid)
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
        desk.attachments.remove(added.uid)
    assert desk.attachments.of(record.uid) == [added]


def test_a_case_that_goes_on_takes_papers_of_its_later_days(desk: Desk, paper: Path) -> None:
    row = visit(occurred_at="2026-10-12 08:30", disposition="受理转办理单")
    case = add(desk, "intake", row).case
    desk.months.close(Month(2026, 10))
    added = desk.attachments.add("case", case, paper)
    assert desk.attachments.of(case) == [added]
    desk.attachments.remove(added.uid)
    assert desk.attachments.of(case) == []


def test_the_history_of_a_record_tells_of_its_papers(desk: Desk, paper: Path) -> None:
    record = add(desk, "intake", visit())
    added = desk.attachments.add("intake", record.uid, paper)
    desk.attachments.remove(added.uid)
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
    desk.attachments.remove(added.uid)
    with pytest.raises(Refused, match="没有找到这个附件"):
        desk.attachments.remove(added.uid)


def test_another_centres_record_takes_no_paper(
    desk: Desk, superior: Desk, paper: Path, tmp_path: Path
) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    superior.inbox.receive(list(desk.outbox.send(Month(2026, 10), tmp_path / "stick").files[:1]))
    with pytest.raises(Refused, match="别的中心"):
        superior.attachments.add("intake", record.uid, paper)
