"""Which of the program's two doors a command line opens."""

import subprocess
import sys
from pathlib import Path

import pytest

from ojr_desk.__main__ import names_a_command


@pytest.mark.parametrize(
    "line",
    ["", "--data /srv/ojr", "--data=/srv/ojr --lang en", "--today 2026-03-01", "--data"],
)
def test_settings_alone_open_the_window(line: str) -> None:
    assert not names_a_command(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "registers",
        "--data /srv/ojr registers --json",
        "--data init init",
        "--help",
        "-h",
        "--dataset x",
        "init --data x",
    ],
)
def test_anything_more_is_a_command(line: str) -> None:
    assert names_a_command(line.split())


@pytest.mark.skipif("sys.platform == 'win32'", reason="there a broken pipe has another name")
def test_an_answer_that_nobody_reads_to_its_end_leaves_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ojr_desk", "--data", str(tmp_path), "registers", "--json"]
    asked = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert asked.stdout is not None
    asked.stdout.close()
    _, told = asked.communicate()
    assert told == b""
    assert asked.returncode == 0
