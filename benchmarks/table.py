"""The table of a million records: opening it, scrolling, jumping to the end, and what it holds in memory.

    .venv/bin/python benchmarks/table.py [RECORDS]

The same window without a screen, in fresh processes, in turn on an office with so many records and on an empty one.
Demand: memory within 60 MB of the empty window's; only a window of rows is held.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ROUNDS, JUMPS = 3, 40


def look(folder: Path) -> dict[str, Any]:
    """Open the window on *folder*, go through its table, and tell times in milliseconds and memory in MB."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - only the measured process needs Qt

    from ui.record_table import RecordTable  # noqa: PLC0415 - only the measured process needs Qt
    from ui.stage import on_stage  # noqa: PLC0415 - only the measured process needs Qt

    begun = time.perf_counter()
    with on_stage(folder, datetime.now) as stage:
        page = stage.go("intake")
        opened = (time.perf_counter() - begun) * 1000
        table = page.findChild(RecordTable)
        assert table is not None
        rows = table.records.rowCount()
        jumps = []
        for place in range(JUMPS if rows else 0):
            start = time.perf_counter()
            at = rows - 1 if place == JUMPS - 1 else (place * 7919 * 101) % rows
            table.scrollTo(table.records.index(at, 0))
            while table.records.row(at) is None:
                QCoreApplication.processEvents()
            table.viewport().repaint()
            jumps.append((time.perf_counter() - start) * 1000)
        told = {"rows": rows, "opened": opened, "jump": median(jumps or [0.0]), "held": table.records.held}
        return told | {"memory": _memory()}


def _memory() -> float:
    """Tell what this process holds, in MB; on Windows by what the system calls its working set."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - needed on one system only
        from ctypes import wintypes  # noqa: PLC0415 - needed on one system only

        counters = (ctypes.c_size_t * 10)()
        process = ctypes.windll.kernel32.GetCurrentProcess()
        ctypes.windll.psapi.GetProcessMemoryInfo(wintypes.HANDLE(process), counters, ctypes.sizeof(counters))
        return float(counters[2]) / 1e6
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Make both offices, look at them in turn, print medians."""
    if sys.argv[1:2] == ["--look"]:
        print(json.dumps(look(Path(sys.argv[2]))))
        return
    from benchmarks.million import fill  # noqa: PLC0415 - the measured process must not load it

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        offices = {"empty": Path(name) / "empty", "full": Path(name) / "full"}
        fill(offices["empty"], 0, 0).close()
        fill(offices["full"], count).close()
        told: dict[str, list[dict[str, Any]]] = {"empty": [], "full": []}
        for _round in range(ROUNDS):
            for what, folder in offices.items():
                command = [sys.executable, __file__, "--look", str(folder)]
                done = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8")
                told[what].append(json.loads(done.stdout.splitlines()[-1]))
        for what, looks in told.items():
            middle = {key: median(each[key] for each in looks) for key in looks[0]}
            print(what, ", ".join(f"{key} {value:.1f}" for key, value in middle.items()))
        more = median(e["memory"] for e in told["full"]) - median(e["memory"] for e in told["empty"])
        print(f"memory above the empty window's: {more:.1f} MB (at most 60)")


if __name__ == "__main__":
    main()
