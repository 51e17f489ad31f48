"""How long it takes to invent an office, and to take in what so many villages report of a month.

python -m benchmarks.office [MONTHS] [CENTERS]
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from ojr_desk.demo import invent
from ojr_desk.desk import Desk, rehearsed

TODAY = date(2026, 11, 22)


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print how many seconds a block took, by the clock and of the processor."""
    clock, work = time.perf_counter(), time.process_time()
    yield
    print(f"{what:<44}{time.perf_counter() - clock:8.1f} s{time.process_time() - work:8.1f} s of work")


def main(months: int, centers: int) -> None:
    """Invent a village of some months, then a town with its villages' packs, and take these in."""
    with TemporaryDirectory() as place:
        with measured(f"a village of {months} months"):
            print(invent(Path(place, "village"), months, 0, 1, TODAY)["counts"])
        with measured(f"a month's packs of {centers} villages"):
            invent(Path(place, "town"), 1, centers, 1, TODAY)
        desk = Desk.open(Path(place, "town"), rehearsed(TODAY))
        with measured("take them in"):
            received = desk.inbox.receive([Path(place, "town", "packs")])
        desk.close()
        print(
            {decision: sum(each.decision == decision for each in received) for decision in ("new", "refused")}
        )


if __name__ == "__main__":
    asked = [int(each) for each in sys.argv[1:3]]
    main(*(asked + [3, 10][len(asked) :]))
