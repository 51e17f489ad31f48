"""Which of the program's two doors a command line opens."""

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
