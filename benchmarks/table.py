"""A list of a million visits in the window: opening it, scrolling, jumping to its end, and what it takes of memory.

The peer is Qt's own table of as many columns over a C++ model of 12,000 rows, which holds every text: a
floor for what painting costs. Memory is compared with the window of an empty office. The records are
written behind the program's back, by one statement: they are read as any others.

    .venv/bin/python benchmarks/table.py [RECORDS]
"""

import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEventLoop  # noqa: E402 - the path comes first
from PySide6.QtGui import QStandardItem, QStandardItemModel  # noqa: E402 - the path comes first
from PySide6.QtWidgets import QApplication, QTableView  # noqa: E402 - the path comes first

from ojr_desk.desk import Desk, NewOffice  # noqa: E402 - the path comes first
from ojr_desk.register import REGISTERS  # noqa: E402 - the path comes first
from ojr_desk.store.engine import FILE_NAME  # noqa: E402 - the path comes first
from ui.record_model import PAGE  # noqa: E402 - the path comes first
from ui.register_page import RegisterPage  # noqa: E402 - the path comes first
from ui.stage import Stage, on_stage  # noqa: E402 - the path comes first

FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
INSERT INTO {table} ({columns}) SELECT {values} FROM n, {table} t WHERE t.id = 1
"""
WHAT = {
    "opened": "list there (p50 / p95)",
    "jump": "jump anywhere, rows there",
    "end": "jump to the end, rows there",
    "wheel": "three rows by the wheel",
    "page": "page down",
    "peer": "page down, C++ model",
}
NOW = datetime(2026, 11, 22, 10, 30)


def main() -> None:
    """Measure in processes of their own, and print."""
    if len(sys.argv) == 3:
        print(json.dumps(measured(Path(sys.argv[1]))))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as place:
        empty, full = Path(place) / "empty", Path(place) / "full"
        make(empty, 0)
        make(full, count)
        small, large = told(empty), told(full)
    print(f"{count:,} records")
    for name, what in WHAT.items():
        print(f"{what:30} {large[name][0]:8.1f} / {large[name][1]:.1f} ms")
    print(f"{'page down against C++':30} {large['page'][1] / large['peer'][1]:8.2f}   goal 1.75")
    for name in ("memory", "peak"):
        print(
            f"{name + ' above the empty window':30} {(large[name][0] - small[name][0]) / 1e6:8.1f} MB, goal 60"
        )


def told(folder: Path) -> dict[str, list[float]]:
    """Measure the office in *folder* in a process of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, __file__, str(folder), "child"]
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE)
    answer: dict[str, list[float]] = json.loads(done.stdout)
    return answer


def make(folder: Path, count: int) -> None:
    """Make an office with *count* visits."""
    desk = Desk.create(folder, NewOffice("\u6cb3\u5e95\u9ad8\u6751", "village"), lambda: NOW)
    if count:
        visit = {
            "anonymous": True,
            "matter_category": "other",
            "content": "\u6751\u53e3\u8def\u706f\u4e0d\u4eae\uff0c\u665a\u4e0a\u51fa\u884c\u4e0d\u65b9\u4fbf",
            "reply_content": "\u5df2\u8bb0\u4e0b\uff0c\u4e09\u5929\u5185\u8bf7\u7535\u5de5\u53bb\u4fee",
        }
        desk.registers.add("intake", [visit])
    desk.close()
    if count:
        fill(folder, count - 1)


def fill(folder: Path, count: int) -> None:
    """Write copies of the first visit, each with its own number and minute, without history and index."""
    register = REGISTERS["intake"]
    table = str(register.model.__tablename__)
    names = ["uid", *register.by_name]
    values = {name: f't."{name}"' for name in names}
    values["uid"] = "printf('01a20000-0000-7000-8000-%012x', i)"
    values["record_no"] = "printf('LF-%06d-%04d', 200001 + i / 9000, i % 9000)"
    values["occurred_at"] = (
        "strftime('%Y-%m-%d %H:%M:00.000000', '2026-11-01', printf('-%d minutes', :count - i))"
    )
    columns = ", ".join(f'"{name}"' for name in names)
    statement = FILL.format(table=table, columns=columns, values=", ".join(values[name] for name in names))
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        for (name,) in connection.execute(triggers, (table,)).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement, {"count": count})
        connection.commit()


def measured(folder: Path) -> dict[str, list[float]]:
    """Open the list of visits and go through it; times in milliseconds (median, p95), memory in bytes."""
    answer: dict[str, list[float]] = {}
    with on_stage(folder, lambda: NOW) as stage:
        page = stage.go("intake")
        assert isinstance(page, RegisterPage)
        page.put_away()
        stage.settle()
        if page.list.table.records.rowCount():
            answer |= gone_through(stage, page)
        stage.settle()
        answer["memory"] = [resident()]
        answer["peak"] = [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024]
        if page.list.table.records.rowCount():
            answer["peer"] = peer(page)
    return answer


def gone_through(stage: Stage, page: RegisterPage) -> dict[str, list[float]]:
    """Open the list anew, scroll it by the wheel and by pages, jump about and to its end."""
    bar = page.list.table.verticalScrollBar()
    step = bar.pageStep()
    middle = bar.maximum() // 2

    def open_anew() -> None:
        page.list.table.show_ids(array("q"))
        page.list.reload()
        rest(stage, page, 0)

    def go(place: int) -> None:
        bar.setValue(place)
        rest(stage, page, place)

    def turn(place: int) -> None:
        bar.setValue(place)
        page.list.table.viewport().repaint()

    opened = times([open_anew] * 5)
    jumps = times([partial(go, bar.maximum() * (place * 17 % 40) // 40) for place in range(40)])
    ends = times([partial(go, place) for _time in range(10) for place in (0, bar.maximum())][1::2])
    # Around the middle a person has been already: what a frame costs when its rows are there.
    here = [middle + at for at in range(0, PAGE, step)]
    for place in here * 2:
        go(place)
    return {
        "opened": opened,
        "jump": jumps,
        "end": ends,
        "wheel": times([partial(turn, middle + 3 * at) for at in range(40)]),
        "page": times([partial(turn, place) for place in here * 4]),
    }


def rest(stage: Stage, page: RegisterPage, place: int) -> None:
    """Wait until the row at *place* is there and painted."""
    # Waiting by asking again and again would take from the other thread what it needs to answer.
    wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    while page.list.table.records.rowCount() == 0 and stage.office.busy:
        QApplication.processEvents(wait)
    while page.list.table.records.row(place) is None:
        QApplication.processEvents(wait)
    page.list.table.viewport().repaint()


def peer(page: RegisterPage) -> list[float]:
    """Page through Qt's own table of the same size and columns."""
    columns = page.list.table.records.columnCount()
    model = QStandardItemModel(12_000, columns)
    for row in range(12_000):
        for column in range(columns):
            model.setItem(row, column, QStandardItem(f"LF-202611-{column:04d}"))
    table = QTableView()
    table.setModel(model)
    table.resize(page.list.table.size())
    table.verticalHeader().setDefaultSectionSize(page.list.table.verticalHeader().defaultSectionSize())
    table.verticalHeader().hide()
    for column in range(columns):
        table.setColumnWidth(column, page.list.table.columnWidth(column))
    table.show()
    QApplication.processEvents()
    bar = table.verticalScrollBar()

    def turn(place: int) -> None:
        bar.setValue(place)
        table.viewport().repaint()

    return times([partial(turn, 1000 + bar.pageStep() * at) for at in range(60)])


def times(acts: Sequence[Callable[[], object]]) -> list[float]:
    """Time each act; answer with the median and the 95th percentile."""
    found = []
    for act in acts:
        begun = time.perf_counter()
        act()
        found.append((time.perf_counter() - begun) * 1000)
    return [statistics.median(found), sorted(found)[int(len(found) * 0.95)]]


def resident() -> int:
    """Tell how much memory this process holds."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
