"""Saving one record with everything on, against a bare insert-and-commit with the same driver.

    .venv/bin/python benchmarks/save.py

Both files lie in one folder, both are WAL with synchronous=FULL; rounds are interleaved. Demand: the
ratio of medians is at most 5.
"""

import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlcipher3 import dbapi2  # noqa: E402 - the path comes first

from ojr_desk.desk import Desk, NewOffice  # noqa: E402 - the path comes first

ROUNDS, BATCH = 30, 20
PHRASES = (
    "路灯不亮了三天，请来修",
    "低保怎么申请，要带什么材料",
    "隔壁施工太吵，晚上睡不着",
    "医保缴费不会用手机",
)


def bare(folder: Path) -> Any:
    """Open a plain file with one table of as many columns, and a few of the same indexes."""
    connection = dbapi2.connect(str(folder / "bare.db"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    names = ", ".join(f"c{n} TEXT" for n in range(45))
    connection.execute(f"CREATE TABLE t (id INTEGER PRIMARY KEY, {names})")
    return connection


def bare_save(connection: Any, number: int) -> None:
    """Insert one row of 45 values and commit."""
    values = [f"{PHRASES[number % 4]}{number}" if n < 8 else "普通" for n in range(45)]
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"INSERT INTO t VALUES (NULL, {', '.join('?' * 45)})", values)
    connection.execute("COMMIT")


def full_save(desk: Desk, number: int, at: datetime) -> None:
    """Store one visit through the desk, as the window does."""
    values = {
        "occurred_at": at,
        "person": "陈志明",
        "content": f"{PHRASES[number % 4]}{number}",
        "matter_category": "facilities.road",
        "received_by": "叶建国",
        "reply_content": "已经当场答复，请放心",
    }
    desk.registers.add("intake", [values])


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        connection = bare(folder)
        desk = Desk.create(folder / "office", NewOffice("测试村", "village"))
        desk.registers.add("staff", [{"full_name": "叶建国"}])
        desk.registers.add("person", [{"full_name": "陈志明", "phone": "13805771234"}])
        at = datetime.now().replace(second=0, microsecond=0) - timedelta(minutes=1)
        times: dict[str, list[float]] = {"bare": [], "desk": []}
        with desk.alone("benchmark"):
            for number in range(ROUNDS * BATCH):
                for what in ("bare", "desk"):
                    start = time.perf_counter()
                    if what == "bare":
                        bare_save(connection, number)
                    else:
                        full_save(desk, number, at)
                    times[what].append(time.perf_counter() - start)
        desk.close()
    warm = {what: median(each[BATCH:]) * 1000 for what, each in times.items()}
    print(
        f"bare {warm['bare']:.3f} ms, desk {warm['desk']:.3f} ms, ratio {warm['desk'] / warm['bare']:.2f} (at most 5)"
    )


if __name__ == "__main__":
    main()
