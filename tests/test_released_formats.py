"""What an older program wrote stays readable: one file of every released format, made once and kept."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.desk.backups import go_back
from ojr_desk.exchange import pack as packs
from ojr_desk.exchange import receipt as receipts
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.manifest import FORMAT, NOTICE_FORMAT, RECEIPT_FORMAT
from ojr_desk.exchange.notice import notice_in
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.store import history
from ojr_desk.store.migrations import KNOWN
from ojr_desk.store.query import Query

DATA = Path(__file__).parent / "data"
TODAY = rehearsed(date(2026, 11, 22))


def test_there_is_a_file_of_every_released_format() -> None:
    assert {path.name for path in (DATA / "packs").iterdir()} == {
        *(f"format-{version}.xlsx" for version in range(1, FORMAT + 1)),
        *(f"format-{version}-receipt.xlsx" for version in range(1, RECEIPT_FORMAT + 1)),
        *(f"format-{version}-notice.xlsx" for version in range(4, NOTICE_FORMAT + 1)),
    }
    assert {path.stem for path in (DATA / "offices").glob("*.ojrbak")} == set(KNOWN)


@pytest.mark.parametrize(
    "path", sorted((DATA / "packs").glob("format-[0-9].xlsx")), ids=lambda path: path.stem
)
def test_a_pack_of_an_older_program_is_taken_in(path: Path, tmp_path: Path) -> None:
    superior = Desk.create(tmp_path / "superior", NewOffice("云垟镇", "township"), TODAY)
    read = packs.read(path)
    assert not read.edits
    assert not read.faults
    taken = superior.inbox.receive([path])
    assert [each.decision for each in taken] == ["new"], taken
    for code, count in read.pack.counts.items():
        foreign = Query(center=read.pack.center)
        assert superior.registers.find(code, foreign).total == count
    superior.close()


@pytest.mark.parametrize("path", sorted((DATA / "packs").glob("*-receipt.xlsx")), ids=lambda path: path.stem)
def test_a_receipt_of_an_older_program_is_read(path: Path) -> None:
    receipt = receipts.read(path)
    assert receipt.code
    if path.name < "format-3":
        assert (receipt.state, receipt.marks, receipt.reasons) == ("received", (), ())
    else:
        assert (receipt.state, receipt.due_on) == ("returned", "2026-12-01")
        assert receipt.reasons == ("empty_words",)
        assert [(each.field, each.text) for each in receipt.marks] == [("reply_content", "写具体一点")]


@pytest.mark.parametrize("path", sorted((DATA / "packs").glob("*-notice.xlsx")), ids=lambda path: path.stem)
def test_a_notice_of_an_older_program_is_taken_in(path: Path, desk: Desk) -> None:
    notice = notice_in(read_workbook(admit(path)))
    assert (notice.title, notice.due_on) == ("报送台账", "2026-11-30")
    assert [each.decision for each in desk.inbox.receive([path])] == ["notice"]


@pytest.mark.parametrize("path", sorted((DATA / "offices").glob("*.ojrbak")), ids=lambda path: path.stem)
def test_an_office_of_an_older_program_is_brought_up_to_date_without_loss(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path))
    go_back(tmp_path / "office", copy, TODAY())
    desk = Desk.open(tmp_path / "office", TODAY)
    assert desk.registers.find("intake", Query()).total > 0
    for register in desk.registers.all():
        for record in desk.registers.find(register.code, Query(), 10_000).records:
            assert record.record_no
    with desk.office.reading() as session:
        assert history.verify(session).broken_at is None
    desk.close()
