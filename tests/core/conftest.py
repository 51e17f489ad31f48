"""What the tests of commands share."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ojr_desk.cli import main
from tests.commands import Run, Told, copy, on


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call a command in this process, with what is typed into it."""

    def call(*arguments: object, typed: object = None) -> Told:
        text = "" if typed is None else typed if isinstance(typed, str) else json.dumps(typed)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        status = main([str(each) for each in arguments], {})
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return Told(status, told.out, told.err)

    return call


@pytest.fixture
def office(run: Run, village_template: Path, tmp_path: Path) -> Iterator[Run]:
    """Call a command on a village's office, as on the day of the tests, answered in JSON."""
    yield on(run, copy(village_template, tmp_path / "village"))
