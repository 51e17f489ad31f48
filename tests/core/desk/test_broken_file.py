"""A dying disk spoils a page of the database: whatever is tried then ends with a sentence, and a copy brings all back."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.backups import copies, go_back
from ojr_desk.desk.checks import check_office
from ojr_desk.moments import Month
from ojr_desk.problems import Damaged, FromNewerProgram, UserError
from ojr_desk.store.engine import FILE_NAME
from ojr_desk.store.query import Query
from tests.office import TODAY, add, copied, run_sql, visit

PAGE = 4096
CLOCK = rehearsed(TODAY)


@dataclass(frozen=True)
class Sound:
    """An office with a month behind it, the file as it should be, and a copy of it."""

    folder: Path
    file: bytes
    copy: Path


@pytest.fixture(scope="module")
def month(village_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an office with a closed month and a copy of itself."""
    folder = tmp_path_factory.mktemp("sound") / "village"
    desk = copied(village_template, folder, CLOCK)
    add(desk, "staff", {"full_name": "李文书"})
    for day in range(1, 29):
        taken = visit(occurred_at=f"2026-10-{day:02} 09:00", matter_nature="求助", disposition="受理转办理单")
        add(desk, "intake", taken)
    desk.months.close(Month(2026, 10))
    desk.backups.make()
    desk.close()
    return folder


@pytest.fixture
def sound(month: Path, tmp_path: Path) -> Sound:
    """Such an office for this test alone."""
    folder = Path(shutil.copytree(month, tmp_path / "village"))
    return Sound(folder, (folder / FILE_NAME).read_bytes(), copies(folder)[0].path)


Manner = Callable[[random.Random, bytes], bytes]
MANNERS: dict[str, Manner] = {
    "zeroes": lambda chance, page: bytes(PAGE),
    "ones": lambda chance, page: b"\xff" * PAGE,
    "noise": lambda chance, page: chance.randbytes(PAGE),
    "some bytes": lambda chance, page: bytes(
        chance.randrange(256) if chance.random() < 0.01 else byte for byte in page
    ),
}


def spoilt(sound: Sound, chance: random.Random, manner: Manner) -> bytes:
    """Spoil one page; as often as not one of those that hold the schema and the beginning of tables."""
    pages = [page for page in range(len(sound.file) // PAGE) if page not in unused(sound.file)]
    page = chance.choice([chance.choice(pages[:8]), chance.choice(pages)])
    return with_page(sound, page, manner(chance, sound.file[page * PAGE : (page + 1) * PAGE]))


def unused(file: bytes) -> set[int]:
    """List the pages on the file's list of free ones: what they hold does not matter."""
    found: set[int] = set()
    trunk = int.from_bytes(file[32:36], "big")
    while trunk:
        at = (trunk - 1) * PAGE
        count = int.from_bytes(file[at + 4 : at + 8], "big")
        leaves = (file[at + 8 + 4 * each : at + 12 + 4 * each] for each in range(count))
        found |= {int.from_bytes(leaf, "big") - 1 for leaf in leaves}
        trunk = int.from_bytes(file[at : at + 4], "big")
    return found


def with_page(sound: Sound, page: int, content: bytes) -> bytes:
    return sound.file[: page * PAGE] + content + sound.file[(page + 1) * PAGE :]


def work(desk: Desk, tmp_path: Path) -> None:
    """What a clerk does in a day."""
    desk.registers.find("intake", Query(("低保",)))
    desk.registers.find("case", Query(month=Month(2026, 10)))
    desk.books.ledger("visit", Month(2026, 10))
    add(desk, "intake", visit())
    desk.backups.make(tmp_path / "stick")


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_a_broken_page_is_a_sentence_wherever_it_is_met(sound: Sound, manner: Manner, tmp_path: Path) -> None:
    chance, told = random.Random(20261122), 0
    for _each in range(12):
        (sound.folder / FILE_NAME).write_bytes(spoilt(sound, chance, manner))
        findings: list[bool] = []
        try:
            findings = [bool(each["ok"]) for each in check_office(sound.folder, CLOCK)]
            desk = Desk.open(sound.folder, CLOCK)
            try:
                work(desk, tmp_path)
            finally:
                desk.close()
        except UserError as error:
            assert error.message.endswith("。")
            assert "ojr-work-" not in error.message
            told += 1
        else:
            assert not all(findings) or manner is MANNERS["some bytes"]
        assert [backup.problem for backup in copies(sound.folder) if backup.path == sound.copy] == [""]
        go_back(sound.folder, sound.copy, CLOCK())
        assert all(each["ok"] for each in check_office(sound.folder, CLOCK))
        assert (sound.folder / FILE_NAME).stat().st_size == len(sound.file)
    assert told > 3


def test_a_backup_of_a_broken_office_names_the_offices_file(sound: Sound, tmp_path: Path) -> None:
    desk = Desk.open(sound.folder, CLOCK)
    page = sound.file.rindex('"content":"询问'.encode()) // PAGE  # as JSON in the history only
    (sound.folder / FILE_NAME).write_bytes(with_page(sound, page, bytes(PAGE)))
    with pytest.raises(Damaged, match="请不要继续登记") as refused:
        desk.backups.make(tmp_path / "stick")
    assert str(sound.folder / FILE_NAME) in refused.value.message
    assert list((tmp_path / "stick").iterdir()) == []
    desk.close()
    (finding,) = check_office(sound.folder, CLOCK)
    assert str(sound.folder / FILE_NAME) in finding["detail"]
    assert finding["detail"].count("请不要继续登记") == 1


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE alembic_version SET version_num = '陈阿英'", Damaged),
        ("DELETE FROM alembic_version", Damaged),
        ("UPDATE alembic_version SET version_num = '9999'", FromNewerProgram),
    ],
)
def test_a_revision_that_is_lost_or_too_new_is_refused_and_can_be_gone_back_from(
    sound: Sound, statement: str, refusal: type[UserError]
) -> None:
    """No tables are made over the records; and what cannot be opened does not keep a copy from coming back."""
    desk = Desk.open(sound.folder, CLOCK)
    run_sql(desk, statement)
    desk.close()
    before = (sound.folder / FILE_NAME).read_bytes()
    with pytest.raises(refusal):
        Desk.open(sound.folder, CLOCK)
    assert (sound.folder / FILE_NAME).read_bytes() == before
    told = go_back(sound.folder, sound.copy, CLOCK())
    assert Path(told["kept"]).exists()
    assert all(each["ok"] for each in check_office(sound.folder, CLOCK))


def test_text_that_is_none_any_more_is_told_as_damage(sound: Sound) -> None:
    """SQLite itself does not look into its texts."""
    desk = Desk.open(sound.folder, CLOCK)
    desk.close()
    (sound.folder / FILE_NAME).write_bytes(sound.file.replace("国庆节".encode(), b"\xff" * 9))
    desk = Desk.open(sound.folder, CLOCK)
    with pytest.raises(Damaged, match="损坏"):
        desk.holidays.calendar()
    desk.close()


def test_a_spoilt_entry_of_the_history_is_told_and_the_rest_is_still_read(sound: Sound) -> None:
    wrong = '"content"?"询问'.encode()
    (sound.folder / FILE_NAME).write_bytes(sound.file.replace('"content":"询问'.encode(), wrong))
    bad = [each for each in check_office(sound.folder, CLOCK) if not each["ok"]]
    assert "修改痕迹" in [each["check"] for each in bad]
    assert all(each["detail"] for each in bad)
    desk = Desk.open(sound.folder, CLOCK)
    (record,) = desk.registers.find("intake", Query(), limit=1).records
    assert [each.op for each in desk.registers.story(record.uid)] == ["insert"]
    desk.close()
