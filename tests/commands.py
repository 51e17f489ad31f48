"""Commands for tests: called in this process, with what is typed into them and what they tell."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The day on which commands are called, as `tests.office.TODAY`.
TODAY = "2026-11-22"


@dataclass(frozen=True)
class Told:
    """What a command told: its exit status, its answer, its words for people."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def problems(self) -> list[Any]:
        """Where a refused entry is wrong, and how."""
        return [(each["row"], each["column"], each["code"]) for each in self.data["problems"]]


Run = Callable[..., Told]


def on(run: Run, folder: Path) -> Run:
    """Call commands on the office in *folder*, answered in JSON."""

    def call(command: str, *arguments: object, typed: object = None) -> Told:
        return run("--data", folder, "--today", TODAY, command, *arguments, "--json", typed=typed)

    return call


def copy(template: Path, folder: Path) -> Path:
    """Copy the file of an office."""
    folder.mkdir()
    (folder / "office.db").write_bytes((template / "office.db").read_bytes())
    return folder


def added(office: Run, register: str, *rows: Mapping[str, Any]) -> Any:
    """Add *rows*; answer with what was told of the last."""
    told = office("add", register, typed=list(rows))
    assert told.status == 0, told.out
    return told.data[-1]
