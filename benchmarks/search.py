"""Search on a million records, beside LIKE on the same file.

    .venv/bin/python benchmarks/search.py [RECORDS]

Names of two and three characters, pinyin initials, last four digits of a telephone, words of the matter; the newest
50 with their rows and a count up to 1 000, as the window asks. The two ways take turns, query by query.
Demand: p95 at most 1/100 of that of LIKE '%…%'.
"""

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import text  # noqa: E402 - the path comes first

from benchmarks.million import THINGS, fill  # noqa: E402 - the path comes first
from ojr_desk.desk import Desk  # noqa: E402 - the path comes first
from ojr_desk.rules.pinyin import initials  # noqa: E402 - the path comes first
from ojr_desk.store.query import Query  # noqa: E402 - the path comes first

QUERIES = 25
LIKE = text(
    "SELECT t.id FROM intake t LEFT JOIN person p ON p.uid = t.person WHERE p.full_name LIKE :word "
    "OR p.phone LIKE :word OR t.content LIKE :word OR t.reply_content LIKE :word ORDER BY t.id DESC LIMIT 50"
)


def asked(desk: Desk, rng: random.Random) -> dict[str, list[tuple[str, str]]]:
    """Choose the queries of each class: what is typed, and what LIKE is asked in its place."""
    with desk.office.reading() as session:
        people = session.execute(text("SELECT full_name, phone FROM person")).all()
    two = [row.full_name for row in people if len(row.full_name) == 2]
    three = [row.full_name for row in people if len(row.full_name) == 3]
    some = rng.sample(three, QUERIES)
    tails = [row.phone[-4:] for row in rng.sample(people, QUERIES)]
    return {
        "two characters": [(name, name) for name in rng.sample(two, QUERIES)],
        "three characters": [(name, name) for name in rng.sample(three, QUERIES)],
        "initials": [(initials(name)[0], name) for name in some],
        "last four digits": [(tail, tail) for tail in tails],
        "a matter": [(word, word) for word in (rng.choice(THINGS)[-4:] for _ in range(QUERIES))],
        "nothing found": [(word, word) for word in (f"无此事{n}" for n in range(QUERIES))],
    }


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        desk = fill(Path(name) / "office", count)
        every: dict[str, list[float]] = {"search": [], "LIKE": []}
        for what, queries in asked(desk, random.Random(7)).items():
            times: dict[str, list[float]] = {"search": [], "LIKE": []}
            for typed, word in queries:
                start = time.perf_counter()
                desk.registers.find("intake", Query((typed,)), 50, 1000)
                times["search"].append((time.perf_counter() - start) * 1000)
                start = time.perf_counter()
                with desk.office.reading() as session:
                    session.execute(LIKE, {"word": f"%{word}%"}).all()
                times["LIKE"].append((time.perf_counter() - start) * 1000)
            for way, measured in times.items():
                every[way] += measured
            told = ", ".join(f"{way} {median(each):.1f}/{max(each):.1f} ms" for way, each in times.items())
            print(f"{what:18} median/max: {told}", flush=True)
        p95 = {way: quantiles(each, n=20)[-1] for way, each in every.items()}
        print(
            f"p95: search {p95['search']:.2f} ms, LIKE {p95['LIKE']:.1f} ms, 1/{p95['LIKE'] / p95['search']:.0f} (at most 1/100)"
        )
        desk.close()


if __name__ == "__main__":
    main()
