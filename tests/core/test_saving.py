"""A file comes into being whole or not at all, and what is in the way is told with the way out."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.problems import Cancelled, NoRoom
from ojr_desk.saving import NewFile, save, writable

ON_WINDOWS = sys.platform == "win32"
NOBODY = 65534

unix = pytest.mark.skipif(ON_WINDOWS, reason="Windows has neither such limits nor such rights")


@contextmanager
def limited_to(size: int) -> Iterator[None]:
    """Let no file grow beyond *size*, as a full disk would not."""
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def ordinary_user(folder: Path) -> Iterator[None]:
    """Be in *folder* as somebody who may not write everywhere."""
    before, is_root = Path.cwd(), os.geteuid() == 0
    os.chdir(folder)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        os.chdir(before)


@contextmanager
def mask(bits: int) -> Iterator[None]:
    """Close new files to others, as some systems do from the start."""
    before = os.umask(bits)
    try:
        yield
    finally:
        os.umask(before)


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "台账.pdf"
    path.write_bytes(b"old")
    return path


def test_the_file_appears_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "台账.pdf"
    with NewFile(path) as file:
        file.write(b"one")
        assert not path.exists()
        file.write(b"two")
    assert held(tmp_path) == {"台账.pdf": b"onetwo"}


def test_an_older_file_is_replaced_whole_and_again(old: Path) -> None:
    for content in (b"new", b"", b"x" * 1_000_000):
        save(old, content)
        assert held(old.parent) == {"台账.pdf": content}


def test_what_a_power_cut_left_is_taken_away(old: Path) -> None:
    old.with_name("台账.pdf.part").write_bytes(b"half of something longer")
    save(old, b"new")
    assert held(old.parent) == {"台账.pdf": b"new"}


@pytest.mark.parametrize("trouble", [Cancelled("stopped"), KeyboardInterrupt(), ZeroDivisionError()])
def test_what_goes_wrong_leaves_the_old_file_and_no_part(old: Path, trouble: BaseException) -> None:
    with pytest.raises(type(trouble)), NewFile(old) as file:
        file.write(b"new")
        raise trouble
    assert held(old.parent) == {"台账.pdf": b"old"}


def test_trouble_that_is_not_of_this_file_stays_what_it_is(old: Path) -> None:
    with pytest.raises(FileNotFoundError), NewFile(old) as file:
        file.write((old.parent / "no such source").read_bytes())
    assert held(old.parent) == {"台账.pdf": b"old"}


@pytest.mark.parametrize("folder", ["拔掉的U盘", "拔掉的U盘/报送", "note.txt"])
def test_a_folder_that_is_not_there_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / "note.txt").write_bytes(b"a file where a folder should be")
    with pytest.raises(NoRoom, match=rf"《台账\.pdf》没有存成。找不到文件夹 .*{folder}。.*插好"):
        save(tmp_path / folder / "台账.pdf", b"new")
    assert list(held(tmp_path)) == ["note.txt"]


def test_a_folder_that_vanishes_meanwhile_is_told(tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    with pytest.raises(NoRoom, match=r"找不到文件夹 .*U盘"), NewFile(stick / "台账.pdf") as file:
        file.write(b"new")
        if ON_WINDOWS:
            pytest.skip("Windows takes no folder away that has an open file")
        shutil.rmtree(stick)
    assert held(tmp_path) == {}


def test_a_name_that_a_folder_has_is_told_and_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "台账.pdf").mkdir()
    for path in (tmp_path / "台账.pdf", tmp_path / "..", Path(), Path(tmp_path.anchor)):
        with pytest.raises(NoRoom, match="同名的文件夹"):
            save(path, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["台账.pdf"]


@pytest.mark.parametrize("name", ["账" * 86, "x" * 256, "账" * 84 + ".pdf"])
def test_a_name_that_is_too_long_is_told(tmp_path: Path, name: str) -> None:
    if ON_WINDOWS and len(name) < 250:
        pytest.skip("Windows counts characters, not bytes")
    with pytest.raises(NoRoom, match="名字太长，请改短"):
        save(tmp_path / name, b"new")
    assert held(tmp_path) == {}


@pytest.mark.parametrize(
    "name", ["a:b.pdf", "2026-11-22 08:30.pdf", "什么?.pdf", 'a"b', "a<b>", "a|b", "a*b", "a\\b"]
)
def test_a_name_with_marks_that_windows_forbids_is_refused_everywhere(tmp_path: Path, name: str) -> None:
    if ON_WINDOWS and "\\" in name:
        pytest.skip("there it parts folder and name")
    with pytest.raises(NoRoom, match=r"文件名里不能有 .* 这些符号"):
        save(tmp_path / name, b"new")
    assert held(tmp_path) == {}


@pytest.mark.parametrize(
    "name", ["NUL", "nul.pdf", "Con.tar.gz", "COM1.xlsx", "lpt¹.txt", "aux .pdf", "台账.", "台账 "]
)
def test_a_name_that_windows_keeps_or_cuts_is_refused_everywhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoRoom, match="Windows 不能用这个名字"):
        save(tmp_path / name, b"new")
    assert held(tmp_path) == {}


@pytest.mark.parametrize(
    "name", ["null.pdf", "console.pdf", "com10.pdf", ".hidden", "a b.pdf", "《台账》（11月）.pdf", "𠮷.pdf"]
)
def test_other_names_are_taken(tmp_path: Path, name: str) -> None:
    save(tmp_path / name, b"new")
    assert held(tmp_path) == {name: b"new"}


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=100), st.binary(max_size=100))
def test_any_name_is_written_whole_or_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    bare = name.replace("/", "")
    path = tmp_path if bare in {"", ".", ".."} else tmp_path / bare
    try:
        save(path, content)
    except NoRoom as told:
        assert told.message.endswith("。")
        told.message.encode("utf-8")
        assert held(tmp_path) == {}
    else:
        assert held(tmp_path) == {path.name: content}
        path.unlink()


@unix
def test_a_name_in_another_encoding_is_told_in_letters_that_can_be_shown(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match=r"《\?》没有存成"):
        save(tmp_path / "\udcff" / "\udcff", b"new")


@unix
def test_a_full_disk_is_told_and_leaves_the_old_file(old: Path) -> None:
    with limited_to(100_000):
        with pytest.raises(NoRoom, match=r"《台账\.pdf》没有存成。盘满了"), NewFile(old) as file:
            for _ in range(100):
                file.write(b"x" * 10_000)
        # What is still in the memory when the last is written comes to nothing only at the end.
        with pytest.raises(NoRoom, match="盘满了"), NewFile(old) as file:
            for _ in range(101):
                file.write(b"x" * 1000)
    assert held(old.parent) == {"台账.pdf": b"old"}


@unix
def test_a_folder_that_may_not_be_written_is_told(old: Path) -> None:
    old.parent.chmod(0o555)
    try:
        with ordinary_user(old.parent), pytest.raises(NoRoom, match=r"里不能写文件。.*写保护"):
            save(Path(old.name), b"new")
    finally:
        old.parent.chmod(0o755)
    assert held(old.parent) == {"台账.pdf": b"old"}


@unix
@pytest.mark.skipif("os.geteuid() != 0", reason="only root can make a file of somebody else's")
def test_a_file_that_may_not_be_replaced_is_told(old: Path) -> None:
    old.parent.chmod(0o1777)
    with ordinary_user(old.parent), pytest.raises(NoRoom, match="请先在 WPS 或别的程序里关闭它"):
        save(Path(old.name), b"new")
    assert held(old.parent) == {"台账.pdf": b"old"}


@pytest.mark.skipif(not ON_WINDOWS, reason="other systems replace a file that is open")
def test_a_file_that_another_program_has_open_is_told(old: Path) -> None:
    with old.open("rb"), pytest.raises(NoRoom, match="请先在 WPS 或别的程序里关闭它"):
        save(old, b"new")
    assert held(old.parent) == {"台账.pdf": b"old"}


@unix
@pytest.mark.skipif("os.geteuid() != 0", reason="only root can make a file of somebody else's")
def test_what_a_power_cut_left_of_another_clerk_is_in_nobodys_way(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    (tmp_path / "window.json.part").write_bytes(b"of root")
    with ordinary_user(tmp_path):
        save(Path("window.json"), b"new")
    assert held(tmp_path) == {"window.json": b"new"}


def test_the_caller_says_what_was_not_written(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match=r"^附件没有存下。找不到文件夹"):
        save(tmp_path / "no" / "such", b"new", "附件没有存下。")


@unix
def test_below_a_shared_folder_all_is_open_to_whom_that_is_open(tmp_path: Path) -> None:
    shared = tmp_path / "data"
    shared.mkdir()
    shared.chmod(0o777)
    with mask(0o077):
        save(shared / "attachments" / "ab" / "ab.pdf", b"new", below=shared)
        save(shared / "window.json", b"new", below=shared)
        save(shared / "own.pdf", b"new")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in shared.rglob("*")}
    assert modes == {
        "attachments": 0o777,
        "ab": 0o777,
        "ab.pdf": 0o666,
        "window.json": 0o666,
        "own.pdf": 0o600,
    }


def test_a_shared_folder_that_is_gone_is_not_made_up_for(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    for name in ("window.json", "attachments/ab/ab.pdf"):
        with pytest.raises(NoRoom, match="找不到文件夹"):
            save(gone / name, b"new", below=gone)
    assert held(tmp_path) == {}


@pytest.mark.parametrize(
    ("name", "borne"),
    [
        ("低保申请.pdf", "低保申请.pdf"),
        ('a:b/c\\d*?"<>|.jpg', "a_b_c_d______.jpg"),
        ("con.pdf", "_con.pdf"),
        ("名字. ", "名字"),
        ("", "_"),
    ],
)
def test_a_name_is_made_one_that_every_system_can_bear(tmp_path: Path, name: str, borne: str) -> None:
    assert writable(name) == borne
    save(tmp_path / writable(name), b"x")
