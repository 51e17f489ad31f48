"""Where the program's own files are, and which folder holds the office's data."""

from pathlib import Path

import pytest

from ojr_desk import paths
from ojr_desk.disks import Disk, disk_of
from ojr_desk.problems import Refused


@pytest.fixture(autouse=True)
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PC of its own: its shared folder and its user's folders lie in a temporary one."""
    monkeypatch.delenv(paths.VARIABLE, raising=False)
    monkeypatch.delenv("APPDATA", raising=False)
    monkeypatch.setenv("PROGRAMDATA", str(tmp_path / "everyone"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own-config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own-data"))
    return tmp_path


@pytest.fixture
def disk_that_may_hold_data(tmp_path: Path) -> None:
    if disk_of(tmp_path) in {Disk.STICK, Disk.NETWORK}:
        pytest.skip("the temporary folder lies on a stick or a network disk")


may_hold_data = pytest.mark.usefixtures("disk_that_may_hold_data")
needs_ordinary_user = pytest.mark.skipif(
    "os.name == 'nt' or os.geteuid() == 0", reason="root may write anywhere"
)


def test_the_programs_own_folders_exist() -> None:
    assert (paths.ROOT / "ui" / "__init__.py").is_file()
    assert paths.RESOURCES.is_dir()
    assert paths.CATALOGUES.is_dir()
    assert {font.name for font in paths.FONTS.glob("*.ttf")} == {
        "HanaMinB.ttf",
        "NotoSansSC-Regular.ttf",
        "NotoSerifSC-Regular.ttf",
    }


def test_every_font_has_its_licence_beside_it() -> None:
    for font in paths.FONTS.glob("*.ttf"):
        assert (paths.FONTS / f"{font.stem.removesuffix('-Regular')}-LICENSE.txt").is_file()


def test_the_argument_goes_before_the_environment(pc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.VARIABLE, str(pc / "environment"))
    assert paths.data_folder(str(pc / "argument")) == pc / "argument"
    assert paths.data_folder(None) == pc / "environment"


@may_hold_data
def test_the_environment_goes_before_the_choice(pc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths.choose_folder(pc / "chosen")
    assert paths.data_folder(None) == pc / "chosen"
    monkeypatch.setenv(paths.VARIABLE, str(pc / "environment"))
    assert paths.data_folder(None) == pc / "environment"
    monkeypatch.setenv(paths.VARIABLE, "")
    assert paths.data_folder(None) == pc / "chosen"


def test_a_relative_folder_is_made_absolute(pc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pc)
    assert paths.data_folder("办公 资料") == pc / "办公 资料"


def test_a_file_is_refused_as_a_data_folder(pc: Path) -> None:
    (pc / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="是一个文件"):
        paths.data_folder(str(pc / "file"))


def test_before_set_up_the_way_to_choose_is_told() -> None:
    assert paths.chosen_folder() is None
    with pytest.raises(Refused, match=r"还没有选定资料文件夹.*--data"):
        paths.data_folder(None)


@may_hold_data
def test_a_chosen_folder_that_is_gone_is_not_taken_for_an_empty_office(pc: Path) -> None:
    paths.choose_folder(pc / "chosen")
    (pc / "chosen").rename(pc / "moved")
    with pytest.raises(Refused, match="找不到资料文件夹"):
        paths.data_folder(None)
    assert not (pc / "chosen").exists()


@may_hold_data
def test_the_choice_is_one_for_all_users_of_the_pc(pc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths.choose_folder(pc / "第一家 村中心")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(pc / "another-user"))
    assert paths.chosen_folder() == pc / "第一家 村中心"
    paths.choose_folder(pc / "second")
    assert paths.chosen_folder() == pc / "second"
    assert not (pc / "own-config").exists()


@may_hold_data
@pytest.mark.skipif("os.name == 'nt'", reason="Windows grants by icacls")
def test_a_new_data_folder_and_its_record_are_open_to_all_users(pc: Path) -> None:
    paths.choose_folder(pc / "chosen")
    assert (pc / "chosen").stat().st_mode & 0o777 == 0o777
    assert (pc / "everyone" / "ojr-desk").stat().st_mode & 0o777 == 0o777
    database = pc / "chosen" / "office.db"
    database.write_bytes(b"")
    paths.share(database)
    assert database.stat().st_mode & 0o777 == 0o666


@may_hold_data
@pytest.mark.skipif("os.name == 'nt'", reason="Windows grants by icacls")
def test_a_folder_that_holds_files_keeps_its_rights(pc: Path) -> None:
    home = pc / "home"
    home.mkdir(mode=0o700)
    (home / "letter.txt").write_text("", encoding="utf-8")
    paths.choose_folder(home)
    assert home.stat().st_mode & 0o777 == 0o700
    assert paths.chosen_folder() == home


@may_hold_data
def test_where_the_pcs_own_place_is_closed_the_choice_is_kept_for_the_user(pc: Path) -> None:
    (pc / "everyone").write_text("a file where the folder should be", encoding="utf-8")
    paths.choose_folder(pc / "chosen")
    assert paths.chosen_folder() == pc / "chosen"
    assert (pc / "own-config" / "ojr-desk" / "data-folder.txt").is_file()


@may_hold_data
@needs_ordinary_user
def test_a_choice_that_the_administrator_made_is_not_shadowed(pc: Path) -> None:
    paths.choose_folder(pc / "first")
    shared = pc / "everyone" / "ojr-desk"
    shared.chmod(0o555)
    with pytest.raises(Refused, match="管理员"):
        paths.choose_folder(pc / "second")
    assert paths.chosen_folder() == pc / "first"


@may_hold_data
def test_a_place_that_cannot_be_made_is_refused_with_its_reason(pc: Path) -> None:
    (pc / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="另选一个文件夹"):
        paths.choose_folder(pc / "file" / "data")
    assert paths.chosen_folder() is None


@pytest.mark.parametrize("told", [b"", b"\n", b"relative/folder\n", b"\xff\xfe\x00"])
def test_a_spoilt_record_counts_as_no_choice(pc: Path, told: bytes) -> None:
    record = pc / "everyone" / "ojr-desk" / "data-folder.txt"
    record.parent.mkdir(parents=True)
    record.write_bytes(told)
    assert paths.chosen_folder() is None


def test_the_suggested_folder_can_be_chosen(pc: Path) -> None:
    suggested = paths.suggested_folder()
    assert suggested.is_absolute()
    assert not suggested.exists()


def test_a_fixed_disk_needs_no_caution_and_another_is_warned_of(pc: Path) -> None:
    warned = disk_of(pc) in {Disk.SYSTEM, Disk.FLEETING}
    assert bool(paths.caution(pc / "data")) is warned
