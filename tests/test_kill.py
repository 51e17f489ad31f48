"""A process killed at any moment: what it acknowledged is there, what it did not is there whole or not at all."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.store import history
from ojr_desk.store.engine import FILE_NAME
from ojr_desk.store.query import Query
from ojr_desk.store.triggers import table
from tests.office import TODAY, add, copied, visit

KILLS = 30
ROWS = 100
OCTOBER = Month(2026, 10)
#: Says what it has done, line by line, before it goes on.
ADDING = """
import sys
from datetime import date
from pathlib import Path
from ojr_desk.desk import Desk, rehearsed
desk = Desk.open(Path(sys.argv[1]), rehearsed(date(2026, 11, 22)))
row = {"matter_category": "other", "content": "路灯不亮", "disposition": "accepted", "matter_nature": "help"}
print("ready", flush=True)
while True:
    for added in desk.registers.add("intake", [row | {"person": f"林{n}"} for n in "甲乙丙"]):
        print(added.record.uid, added.record.record_no, flush=True)
"""
RECEIVING = """
import sys
from datetime import date
from pathlib import Path
from ojr_desk.desk import Desk, rehearsed
desk = Desk.open(Path(sys.argv[1]), rehearsed(date(2026, 11, 22)))
print("ready", flush=True)
for received in desk.inbox.receive([Path(sys.argv[2])], Path(sys.argv[3])):
    print(received.decision, flush=True)
"""
MAKING = """
import sys
from pathlib import Path
from ojr_desk.desk import Desk, NewOffice
print("ready", flush=True)
Desk.create(Path(sys.argv[1]), NewOffice("龙川村", "village")).close()
print("made", flush=True)
"""


def killed(code: str, after: float | None, *arguments: object, lines: int = 0) -> list[str]:
    """Run *code* and kill it some seconds after it told so many *lines*, or let it end; answer with all it told."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        told = "".join(process.stdout.readline() for _line in range(lines))
        if after is not None:
            time.sleep(after)
            process.kill()
        told += process.stdout.read()
    # The last line may have been cut off in the middle: then nobody was told.
    return told[: told.rfind("\n") + 1].splitlines()


def moments(chance: random.Random, kills: int, takes: float) -> list[float | None]:
    """Choose when to kill: at once, not at all, and at any moment between."""
    return [0.0, *(chance.uniform(0, takes) for _each in range(kills - 2)), None]


@pytest.fixture
def chance() -> random.Random:
    """Moments that differ within a run and are the same in every run."""
    return random.Random(20261122)


def sound(desk: Desk) -> None:
    """Tell that the office is whole: numbers, history, cases, index."""
    assert desk.months.state(Month(2026, 11)).gaps == ()
    with desk.office.reading() as session:
        ask = session.connection().exec_driver_sql
        assert history.verify(session).broken_at is None
        assert ask("PRAGMA integrity_check").scalar() == "ok"
        assert (
            ask("SELECT count(*) FROM intake").scalar() == ask("SELECT count(*) FROM service_case").scalar()
        )
        assert (
            ask("SELECT count(*) FROM service_case").scalar()
            == ask("SELECT count(*) FROM case_step").scalar()
        )
        tables = [table(register) for register in REGISTERS.values()]
        rows = sum(ask(f"SELECT count(*) FROM {name}").scalar_one() for name in tables)
        assert ask("SELECT count(*) FROM search_docsize").scalar() == rows


def test_no_acknowledged_record_is_lost(
    village_template: Path, tmp_path: Path, chance: random.Random
) -> None:
    folder = tmp_path / "village"
    copied(village_template, folder, rehearsed(TODAY)).close()
    acknowledged: list[str] = []
    for each in range(KILLS):
        # Counted in what was done, not in seconds, so that a slow machine is killed at work too.
        acknowledged += killed(ADDING, chance.uniform(0, 0.05), folder, lines=each % 6)
        desk = Desk.open(folder, rehearsed(TODAY))
        there = desk.registers.find("intake", Query(), limit=100_000).records
        known = {f"{each.uid} {each.record_no}" for each in there}
        assert set(acknowledged) <= known
        assert len(there) % 3 == 0, "a batch is stored whole or not at all"
        desk.close()
    desk = Desk.open(folder, rehearsed(TODAY))
    sound(desk)
    assert len(acknowledged) > KILLS, "the processes were killed while they worked"
    assert add(desk, "intake", visit()).uid
    desk.close()


def test_no_pack_is_taken_in_by_half(
    desk: Desk, superior: Desk, superior_template: Path, tmp_path: Path, chance: random.Random
) -> None:
    rows = [visit(occurred_at=f"2026-10-{n % 28 + 1:02} 09:00") for n in range(ROWS)]
    desk.registers.add("intake", rows)
    desk.months.close(OCTOBER)
    pack = desk.outbox.send(OCTOBER, tmp_path / "stick").files[0]
    whole = {"intake": ROWS, "center": 2}
    begun = time.monotonic()
    superior.inbox.receive([pack], tmp_path / "receipts")
    takes, ends = time.monotonic() - begun, set()
    for each, after in enumerate(moments(chance, KILLS, takes * 2)):
        fresh = tmp_path / f"superior{each}"
        copied(superior_template, fresh, rehearsed(TODAY)).close()
        told = killed(RECEIVING, after, fresh, pack, fresh / "receipts")
        upper = Desk.open(fresh, rehearsed(TODAY))
        counts = {code: upper.registers.find(code, Query(), limit=1).total for code in whole}
        assert counts in ({"intake": 0, "center": 1}, whole)
        if told:
            assert (told, counts) == (["new"], whole)
        ends.add(counts["intake"])
        with upper.office.reading() as session:
            assert session.connection().exec_driver_sql("SELECT count(*) FROM receiving").scalar() == 0
        again = upper.inbox.receive([pack], fresh / "receipts")
        assert [file.decision for file in again] == ["same" if counts == whole else "new"]
        assert again[0].receipt is not None
        assert upper.registers.find("intake", Query(), limit=1).total == ROWS
        upper.close()
    assert ends == {0, ROWS}, "some were killed before and some after"


def test_an_office_is_made_whole_or_not_at_all(tmp_path: Path, chance: random.Random) -> None:
    ends = set()
    for each, after in enumerate(moments(chance, 8, 0.4)):
        folder = tmp_path / str(each)
        folder.mkdir()
        told = killed(MAKING, after, folder)
        there = (folder / FILE_NAME).exists()
        assert there or not told
        ends.add(there)
        if there:
            Desk.open(folder).close()
        else:
            code = MAKING.replace('print("ready", flush=True)\n', "")
            subprocess.run([sys.executable, "-c", code, str(folder)], check=True, stdout=subprocess.DEVNULL)
    assert ends == {True, False}
