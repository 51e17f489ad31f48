"""Two counters on one folder: whatever two processes do through the command line, no room is ever given twice."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from ojr_desk.desk import Desk
from ojr_desk.store.query import Query
from tests.office import add

#: Each process books, moves and cancels at random, every act a command of its own, and tells how each ended.
CLERK = """
import contextlib, io, json, random, sys
from pathlib import Path
from ojr_desk.cli import main
folder, seed, rooms = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
chance, mine, typed = random.Random(seed), [], Path(folder, f"typed-{seed}.json")
def run(values, *words):
    typed.write_text(json.dumps(values), encoding="utf-8")
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        status = main(["--data", folder, "--today", "2026-11-22", *words, str(typed), "--json"], {})
    return status, json.loads(out.getvalue())
for turn in range(30):
    start = 8 * 60 + 10 * chance.randrange(30)
    end = start + 10 * chance.randrange(1, 9)
    values = {
        name: f"2026-11-23 {at // 60:02}:{at % 60:02}" for name, at in (("start_at", start), ("end_at", end))
    }
    if mine and chance.random() < 0.4:
        if chance.random() < 0.4:
            values = {"booking_state": "cancelled", "state_reason": "不办了"}
        words = ("edit", "booking", mine[chance.randrange(len(mine))])
    else:
        values |= {"venue": chance.choice(rooms), "purpose": "会议", "org_name": "老年协会"}
        values |= {"phone": "13805770001", "people": 3}
        words = ("add", "booking")
    status, told = run(values, *words)
    print(json.dumps([words[0], status, told]), flush=True)
    if words[0] == "add" and status == 0:
        mine.append(told[0]["uid"])
"""


def clerk(folder: Path, seed: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-X", "utf8", "-c", CLERK, str(folder), str(seed), "甲,乙"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")


def told_by(process: "subprocess.Popen[str]") -> list[Any]:
    out, _nothing = process.communicate()
    assert process.returncode == 0
    return [json.loads(line) for line in out.splitlines()]


def test_two_processes_never_give_a_room_twice_and_every_refusal_is_explained(desk: Desk) -> None:
    for name in "甲乙":
        add(desk, "venue", {"venue_name": name, "area": "50", "capacity": 20, "cleanup": 10})
    clerks = [clerk(desk.office.folder, seed) for seed in (1, 2)]
    acts = [act for each in clerks for act in told_by(each)]
    refused = [told["problems"] for _what, status, told in acts if status]
    assert refused
    assert {each["code"] for problems in refused for each in problems} == {"taken"}
    assert all("换时间" in each["message"] for problems in refused for each in problems)
    found = desk.registers.find("booking", Query(live=True), 1000).records
    held = sorted(
        (each for each in found if each.booking_state == "approved"), key=lambda each: each.start_at
    )
    assert len(held) > 4
    for room in {each.venue for each in held}:
        own = [each for each in held if each.venue == room]
        assert all((other.start_at - one.end_at).total_seconds() >= 600 for one, other in pairwise(own))
