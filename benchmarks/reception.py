"""What a clerk asks all day, in an office of 300 records and in one of 300 000.

    .venv/bin/python benchmarks/reception.py [RECORDS]

The first page, the one search box, a person's card, what shows beside a form, whether it was here before.
Demand: in the large office at most 1.5 times as long as in the small one, or at most 5 ms more. Searching has more to
look at there: the one box, which asks every register, takes at its p95 at most twice as long as one register's.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import text  # noqa: E402 - the path comes first

from benchmarks.million import THINGS, fill, insert  # noqa: E402 - the path comes first
from ojr_desk.desk import Desk, rehearsed  # noqa: E402 - the path comes first
from ojr_desk.register import REGISTERS  # noqa: E402 - the path comes first
from ojr_desk.rules.pinyin import initials  # noqa: E402 - the path comes first
from ojr_desk.store.query import Query  # noqa: E402 - the path comes first
from ojr_desk.store.uid import uid  # noqa: E402 - the path comes first

SMALL = 300
ROUNDS = 40
RUNNING = 30
BOX, ONE = "search everything", "search one register"


def office(folder: Path, count: int) -> Desk:
    """Make an office with so many intakes, a case of every tenth, and some dozens that are open."""
    desk = fill(folder, count, persons=max(30, min(20_000, count // 10)))
    with desk.office.reading() as session:
        rows = session.execute(text("SELECT uid, occurred_at FROM intake ORDER BY id")).all()
        last = datetime.fromisoformat(rows[-1].occurred_at).date()
    insert(desk, REGISTERS["case"], _cases(desk.office.center, [row.uid for row in rows[::10]], last))
    _count(desk)
    folder = desk.office.folder
    desk.close()
    return Desk.open(folder, rehearsed(last + timedelta(days=1)))


def _cases(center: str, intakes: list[str], last: date) -> Iterator[dict[str, Any]]:
    for number, intake in enumerate(intakes):
        is_open = number >= len(intakes) - RUNNING
        day = last - timedelta(days=(len(intakes) - number) // 4)
        yield {
            "uid": uid(),
            "center": center,
            "record_no": f"BL-{day:%Y%m}-{number:06d}",
            "source": "intake",
            "intake": intake,
            "title": "公共设施·道路路灯（求助）",
            "matter_nature": "help",
            "occurred_at": f"{day} 09:00:00.000000",
            "case_state": "handling" if is_open else "archived",
            "due_on": f"{day + timedelta(days=4)}",
            "due_is_estimated": 0,
            "record_status": "normal",
            "confidentiality": "ordinary",
            "recorded_at": f"{day} 09:00:00.000000",
        }


def _count(desk: Desk) -> None:
    """Write the counters of numbers that the rows would have left."""
    with desk.office.database.writing("", "benchmark", datetime.now()) as session:
        for name in ("intake", "service_case"):
            session.execute(
                text(
                    'INSERT OR REPLACE INTO number_counter(center, "class", month, last) '
                    "SELECT center, substr(record_no, 1, 2), substr(record_no, 4, 4) || '-' || substr(record_no, 8, 2), "
                    f"count(*) FROM {name} GROUP BY 1, 2, 3"
                )
            )


def questions(desk: Desk) -> dict[str, Callable[[], object]]:
    """Choose what is asked, each time of somebody else."""
    rng = random.Random(7)
    with desk.office.reading() as session:
        people = session.execute(text("SELECT uid, full_name, phone FROM person")).all()
    some = rng.sample(people, min(len(people), 25))

    def search() -> str:
        who = rng.choice(some)
        return rng.choice(
            (who.full_name, initials(who.full_name)[0], who.phone[-4:], rng.choice(THINGS)[-4:])
        )

    return {
        "the first page": lambda: desk.today(),
        BOX: lambda: desk.search.everything(search()),
        ONE: lambda: desk.registers.find("intake", Query((search(),)), 50, 1000),
        "a person's card": lambda: desk.persons.card(rng.choice(some).uid),
        "beside the form": lambda: desk.persons.history(rng.choice(some).uid),
        "was it here before": lambda: desk.intakes.repeats({"person": rng.choice(some).uid}),
        "whose telephone": lambda: desk.persons.with_phone(rng.choice(some).phone),
        "the matters": lambda: desk.categories.offered(),
        "find a matter": lambda: desk.categories.find("ylbx"),
        "a phrase": lambda: desk.phrases.offer("/yb", "content"),
    }


def main() -> None:
    """Measure and print."""
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    times: dict[int, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        for count in (SMALL, large):
            desk = office(Path(name) / str(count), count)
            times[count] = {}
            for what, ask in questions(desk).items():
                ask()
                times[count][what] = [_took(ask) for _n in range(ROUNDS)]
            desk.close()
    for what, small in times[SMALL].items():
        many = times[large][what]
        p95 = quantiles(many, n=20)[-1]
        fine = median(many) <= max(1.5 * median(small), median(small) + 5)
        if what in (BOX, ONE):
            fine = what == ONE or p95 <= 2 * quantiles(times[large][ONE], n=20)[-1]
        print(
            f"{what:22}{median(small):8.1f} ms{median(many):8.1f} ms  p95 {p95:6.1f} ms  {'' if fine else 'TOO SLOW'}"
        )


def _took(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
