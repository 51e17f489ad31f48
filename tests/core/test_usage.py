"""A wrong call is told in the language asked for, help too."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from ojr_desk import paths, text
from ojr_desk.cli import main

LATIN = re.compile("[a-z]{2,}")


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[str, str]]:
    """Call the program in a way that ends in argparse; what it says, on either stream."""

    def ended(*arguments: str) -> tuple[str, str]:
        with pytest.raises(SystemExit):
            main(arguments, {})
        told = capsys.readouterr()
        return told.out, told.err

    return ended


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("dance",), "没有“dance”这一项，请从这些里选：'init'"),
        (("close",), "还要写明 month"),
        (("close", "2026-99"), "month：“2026-99”不是月份"),
        (("--today", "22.11.2026", "registers"), "--today：“22.11.2026”不是日期"),
        (("find", "intake", "--limit", "many"), "“many”不对，要填 0 到"),
        (("find", "intake", "--limit", "-1"), "“-1”不对，要填 0 到"),
        (("find", "intake", "--limit", "9" * 23), "不对，要填 0 到"),
        (("find", "intake", "--limit"), "--limit：后面要跟一个值"),
        (("find", "intake", "--lim", "3"), "不认识 --lim 3"),
        (("calendar", "--year", "9" * 9), "要填 1900 到 2199 的整数"),
        (("answer", "x", "2026-10", "--out", "x"), "要写明其中一项：--accept --return"),
        (("answer", "x", "2026-10", "--accept", "--return", "--out", "x"), "不能和 --accept 一起写"),
        (("--lang", "fr", "registers"), "没有“fr”这一项，请从这些里选：'zh_CN'"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(
    call: Callable[..., tuple[str, str]], arguments: tuple[str, ...], told: str
) -> None:
    out, err = call(*arguments)
    assert (out, told in err) == ("", True), err
    assert err.startswith("用法：")


@pytest.mark.parametrize("command", [(), ("find",), ("act",), ("receive",)])
def test_help_is_chinese_but_for_what_is_typed(
    call: Callable[..., tuple[str, str]], command: tuple[str, ...]
) -> None:
    out, _err = call(*command, "--help")
    assert "显示这份说明" in out
    told = [line.strip().partition("  ")[2].strip() for line in out.splitlines() if line.startswith("  -")]
    assert told
    assert [line for line in told if LATIN.search(line)] == []


def test_another_language_is_spoken_before_anything_is_wrong(
    call: Callable[..., tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "CATALOGUES", tmp_path)
    words = Catalog()
    words.add("用法：", "usage: ")
    words.add("不认识 %s", "unknown: %s")
    file = tmp_path / "en" / "LC_MESSAGES" / f"{text.DOMAIN}.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as target:
        write_mo(target, words)
    _out, err = call("--lang", "en", "registers", "--nonsense")
    assert err.startswith("usage: ")
    assert "unknown: --nonsense" in err
    broken = tmp_path / "bo" / "LC_MESSAGES" / file.name
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"\0" * 40)
    _out, err = call("--lang", "bo", "dance")
    assert "bo 的词表坏了，先用中文" in err
    assert "没有“dance”这一项" in err
