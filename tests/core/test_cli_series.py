"""Series from the command line: the preview says what the booking does, also with two counters at once."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ojr_desk.cli import main
from ojr_desk.desk import Desk
from ojr_desk.store.query import Query
from tests.office import add

VALUES = {
    "venue": "甲",
    "start_at": "2026-11-23 09:00",
    "end_at": "2026-11-23 10:00",
    "purpose": "会议",
    "org_name": "老年协会",
    "phone": "13805770001",
    "people": 3,
}
#: Books series at random, every one a command of its own, skipping what is taken at the first look.
CLERK = """
import contextlib, io, json, random, sys
from pathlib import Path
from ojr_desk.cli import main
folder, seed = sys.argv[1:]
chance, typed = random.Random(seed), Path(folder, f"typed-{seed}.json")
def run(told, how):
    typed.write_text(json.dumps(told), encoding="utf-8")
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        status = main(["--data", folder, "--today", "2026-11-22", "series", str(typed), how, "--json"], {})
    return status, json.loads(out.getvalue())
for turn in range(6):
    hour = chance.randrange(8, 20)
    values = json.loads(sys.stdin.readline() if turn == 0 else kept)
    kept = json.dumps(values)
    values |= {"start_at": f"2026-11-23 {hour:02}:00", "end_at": f"2026-11-23 {hour + 1:02}:30"}
    told = {"values": values, "repeat": {"every": "week", "count": chance.randrange(2, 8)}}
    status, shown = run(told, "--preview")
    assert status == 0, shown
    told["rows"] = {row["date"]: "skip" for row in shown["rows"] if row["why"]}
    status, answer = run(told, "--book")
    print(json.dumps([sum(row["keep"] for row in shown["rows"]), status, answer]), flush=True)
"""


@pytest.fixture
def rooms(desk: Desk) -> Path:
    """An office with two rooms."""
    for name in "甲乙":
        add(desk, "venue", {"venue_name": name, "area": "50", "capacity": 20})
    return desk.office.folder


def run(folder: Path, *words: str) -> int:
    return main(["--data", str(folder), "--today", "2026-11-22", *words], {})


def written(folder: Path, told: Any) -> str:
    path = folder.parent / "series.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_a_series_is_looked_at_booked_and_changed(
    desk: Desk, rooms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(desk, "booking", {**VALUES, "start_at": "2026-11-30 09:30", "end_at": "2026-11-30 10:00"})
    told: dict[str, Any] = {"values": VALUES, "repeat": {"every": "week", "until": "2026-12-14"}}
    assert run(rooms, "series", written(rooms, told), "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [(each["date"], each["keep"]) for each in shown["rows"]] == [
        ("2026-11-23", True),
        ("2026-11-30", False),
        ("2026-12-07", True),
        ("2026-12-14", True),
    ]
    assert shown["rows"][1]["rooms"][0]["name"] == "乙"
    assert run(rooms, "series", written(rooms, told), "--book") != 0
    assert "2026-11-30" in capsys.readouterr().err
    told["rows"] = {
        "2026-11-30": {"venue": "乙"},
        "2026-12-07": "skip",
        "2026-12-14": {"start_at": "2026-12-14 15:00", "end_at": "2026-12-14 16:00"},
    }
    assert run(rooms, "series", written(rooms, told), "--book", "--json") == 0
    booked = json.loads(capsys.readouterr().out)
    assert len(booked) == 3
    change = {"booking_state": "cancelled", "state_reason": "不办了"}
    assert run(rooms, "edit-series", booked[1]["uid"], written(rooms, change), "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ([], "一条记录"),
        ({"values": 3}, "values"),
        ({"values": VALUES, "repeat": {"count": "x"}}, "count"),
        ({"values": VALUES, "repeat": {"every": "week", "until": "明年"}}, "until"),
        ({"values": VALUES, "repeat": {"no": 1}}, "no"),
        ({"values": VALUES, "repeat": {"count": 10**30}}, "次数"),
        ({"values": VALUES, "repeat": {}}, "重复到"),
        ({"values": VALUES, "repeat": {"count": 2}, "rows": {"2026-01-01": "skip"}}, "2026-01-01"),
        ({"values": VALUES, "repeat": {"count": 2}, "rows": {"2026-11-23": 7}}, "keep"),
        ({"values": VALUES, "repeat": {"count": 2}, "rows": {"2026-11-23": {"venue": "丙"}}}, "丙"),
        ({"values": {**VALUES, "venue": "丙"}, "repeat": {"count": 2}}, "丙"),
    ],
)
def test_what_is_no_series_gets_a_sentence(
    rooms: Path, told: Any, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(rooms, "series", written(rooms, told), "--book") != 0
    assert word in capsys.readouterr().err


def test_people_read_every_day_and_the_months_that_have_none(
    rooms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {**VALUES, "start_at": "2027-01-31 09:00", "end_at": "2027-01-31 10:00"}
    told = {"values": values, "repeat": {"every": "month_day", "count": 2}}
    assert run(rooms, "series", written(rooms, told), "--preview") == 0
    out = capsys.readouterr().out
    assert "✔ 2027-01-31 09:00–10:00" in out
    assert "2027年2月" in out


def test_two_processes_book_series_and_what_each_was_shown_is_stored_or_nothing(
    desk: Desk, rooms: Path
) -> None:
    command = [sys.executable, "-X", "utf8", "-c", CLERK, str(rooms)]
    clerks = [
        subprocess.Popen(
            [*command, str(seed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        for seed in (1, 2)
    ]
    for each in clerks:
        assert each.stdin is not None
        each.stdin.write(json.dumps(VALUES) + "\n")
        each.stdin.flush()
    acts = []
    for each in clerks:
        out, _nothing = each.communicate()
        assert each.returncode == 0
        acts += [json.loads(line) for line in out.splitlines()]
    assert len(acts) == 12
    booked = [(shown, answer) for shown, status, answer in acts if status == 0]
    assert all(shown == len(answer) for shown, answer in booked)
    refused = [answer["problems"] for shown, status, answer in acts if status and shown]
    assert {each["code"] for problems in refused for each in problems} <= {"taken", "refused"}
    found = sorted(desk.registers.find("booking", Query(), 1000).records, key=lambda each: each.start_at)
    assert len(found) == sum(shown for shown, _answer in booked)
    assert all(one.end_at <= other.start_at for one, other in pairwise(found))
