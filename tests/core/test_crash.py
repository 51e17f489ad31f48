"""A crash report tells where, never what."""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ojr_desk.crash import MOST_REPORTS, redacted, report

NOW = datetime(2026, 11, 22, 9, 30)


def crash(message: object) -> ValueError:
    """Make an exception with a traceback, a cause and a local variable that must not be told."""
    secret_local = "330327198001011234 陈志明"
    try:
        try:
            raise KeyError(message)
        except KeyError as error:
            raise ValueError(f"cannot save {message}, {len(secret_local)}") from error
    except ValueError as error:
        return error


def written(message: object, folder: Path) -> str:
    return report(crash(message), folder, NOW, "1.0").read_text(encoding="utf-8")


def test_a_report_tells_where_it_happened_and_what_ran(tmp_path: Path) -> None:
    text = written("occurred_at", tmp_path)
    assert "ojr_desk 1.0" in text
    assert "Python 3." in text
    assert "SQLAlchemy" in text
    assert "KeyError: 'occurred_at'" in text
    assert "ValueError: cannot save" in text
    assert re.search(r'test_crash\.py", line \d+, in crash', text)


def test_a_report_lies_in_the_data_folder(tmp_path: Path) -> None:
    path = report(crash(""), tmp_path, NOW, "1.0")
    assert path == tmp_path / "crashes" / "crash-20261122-093000.txt"
    assert report(crash(""), tmp_path, NOW, "1.0").name == "crash-20261122-093000-2.txt"


@pytest.mark.parametrize(
    "private",
    [
        "陈志明",
        "330327198001011234",
        "33032719800101123X",
        "330327 19800101 1234",
        "330327800101123",
        "13812345678",
        "138-1234-5678",
        "+86 138 1234 5678",
        "0577-68881234",
        "6222 0212 0300 1234 567",
        "1980-01-01",
        "１３８１２３４５６７８",
        "zhang.san@example.com",
        "𠮷田",
        "龙港市永强路12号",
    ],
)
def test_nothing_of_a_person_is_told(tmp_path: Path, private: str) -> None:
    text = written(private, tmp_path).split("\n\n", 1)[1]
    assert private not in text
    assert not re.search(r"\d{6}", text)
    assert text.isascii()


def test_the_users_home_and_the_data_folder_are_not_told(tmp_path: Path) -> None:
    home = Path.home() / "ojr"
    text = written(f"{home} {home!r} {tmp_path / 'office.db'} {str(home).upper()}", tmp_path)
    assert "<data>" in text
    assert str(tmp_path) not in text
    assert str(home).lower() not in text.lower()


@given(st.text())
@example("\ud800")
@example("1" * 5000)
@example("1 " * 5000)
@example("a@" * 5000)
def test_whatever_is_redacted_is_plain_and_without_long_numbers(text: str) -> None:
    told = redacted(text)
    assert told.isascii()
    assert not re.search(r"\d{7}", told)


def test_any_error_can_be_reported(tmp_path: Path) -> None:
    class Unspeakable(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    def deep(number: int) -> None:
        deep(number + 1)

    errors: list[BaseException] = [
        Unspeakable(),
        KeyboardInterrupt(),
        ExceptionGroup("several", [ValueError("陈"), crash("x")]),
        ValueError("line\n" * 100_000),
        ValueError("\ud800\0"),
    ]
    with pytest.raises(RecursionError) as caught:
        deep(0)
    errors.append(caught.value)
    for error in errors:
        path = report(error, tmp_path, NOW, "1.0")
        assert type(error).__name__ in path.read_text(encoding="utf-8")
        assert path.stat().st_size < 1_000_000


def test_a_folder_that_cannot_be_written_sends_the_report_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setattr("ojr_desk.crash.gettempdir", lambda: str(elsewhere))
    assert report(crash(""), blocked, NOW, "1.0").is_relative_to(elsewhere)
    monkeypatch.setattr("ojr_desk.crash.gettempdir", lambda: str(blocked))
    assert report(crash(""), blocked, NOW, "1.0") == Path(os.devnull)


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    paths = [report(crash(""), tmp_path, NOW + timedelta(seconds=n), "1.0") for n in range(MOST_REPORTS + 5)]
    assert sorted((tmp_path / "crashes").iterdir()) == sorted(paths[5:])
