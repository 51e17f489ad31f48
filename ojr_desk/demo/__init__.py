"""An invented, plausible office, for trying the program out, for tests and for measurements.

Names, places, telephones and ID numbers are invented; the numbers are of ranges that nobody bears.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ojr_desk.demo.agenda import Agenda
from ojr_desk.demo.people import NOWHERE
from ojr_desk.demo.setting import Village
from ojr_desk.demo.stage import furnish
from ojr_desk.demo.story import MonthEnd, Story
from ojr_desk.demo.words import office, stream, table
from ojr_desk.desk import Desk, NewOffice
from ojr_desk.desk.office import PATIENCE
from ojr_desk.moments import Month
from ojr_desk.problems import NoRoom, Refused
from ojr_desk.progress import Progress, silent
from ojr_desk.store.engine import FILE_NAME
from ojr_desk.store.lockfile import hold
from ojr_desk.store.query import Query
from ojr_desk.text import _

MOST_MONTHS = 120
MOST_CENTERS = 200
_PACKS = "packs"
_SET_UP = time(9, 0)


def invent(
    folder: Path,
    months: int = 3,
    centers: int = 0,
    seed: int = 1,
    today: date | None = None,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Make an invented office in *folder*: *months* whole months before *today*, all of them open.

    With *centers* it is a superior's empty office, with the packs of so many villages in `packs/`.
    Equal seeds make equal offices but for the keys. Answers with the office and the number of records
    of each enabled register. Raises `Refused` where an office is already, and `NoRoom`.
    """
    _refuse_too_many(months, MOST_MONTHS)
    _refuse_too_many(centers, MOST_CENTERS)
    last = Month.of(today or date.today()).previous()
    told = _until(last, months)
    with _workshop(folder) as workshop:
        made = workshop / "office"
        if centers:
            _write_packs(workshop, told, centers, seed, progress)
            answer = _superior(made, _eve(told, last), seed)
        else:
            busy = _village(seed, 0, shows_all=True)
            answer = _tell(made, busy, told, _eve(told, last), None, progress)
    answer["office"]["folder"] = str(folder.resolve())
    return answer


def _refuse_too_many(count: int, most: int) -> None:
    if not 0 <= count <= most:
        raise Refused(
            _("示例的月数最多 {months}、中心数最多 {centers}，不能是负数。").format(
                months=MOST_MONTHS, centers=MOST_CENTERS
            )
        )


def _until(last: Month, count: int) -> tuple[Month, ...]:
    """List *count* months up to *last*."""
    months: list[Month] = []
    for _n in range(count):
        months.insert(0, last)
        last = last.previous()
    return tuple(months)


def _eve(months: Sequence[Month], last: Month) -> datetime:
    """Tell when an office is set up: on the day before its first month."""
    first = months[0] if months else last.next()
    return datetime.combine(first.first - timedelta(days=1), _SET_UP)


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Give a place below *folder* where all is made; it is moved into *folder* when it is whole."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = TemporaryDirectory(prefix=".demo-", dir=folder)
    except OSError as error:
        raise NoRoom(_("不能在 {folder} 建立资料文件夹，请换一个位置。").format(folder=folder)) from error
    with made as place, hold(folder, PATIENCE, "demo"):
        for name in (FILE_NAME, _PACKS):
            if (folder / name).exists():
                raise Refused(_("{folder} 里已经有一个中心了，示例要建在空文件夹里。").format(folder=folder))
        yield Path(place)
        # The office comes last: where it is, everything is.
        for path in (Path(place, _PACKS), Path(place, "office", FILE_NAME)):
            if path.exists():
                path.rename(folder / path.name)


def _village(seed: int, number: int, shows_all: bool = False) -> Village:
    """Invent a village; those of one seed have different names and codes."""
    pairs = [first + second for first, _second in table("villages") for _first, second in table("villages")]
    stream(seed, "villages").shuffle(pairs)
    rng = stream(seed, f"village {number}")
    return Village(
        seed=f"{seed}/{number}",
        name=pairs[number],
        code=f"{NOWHERE}{_street(seed)}{200 + number}",
        busy=1.0 if shows_all else rng.uniform(0.25, 0.6),
        people=180 if shows_all else rng.randrange(80, 120),
        shows_all=shows_all,
    )


def _street(seed: int) -> str:
    """Give the three digits of the town, 100 to 199: offices of different seeds are different ones."""
    return f"{100 + (89 + seed) % 100}"


def _tell(
    folder: Path,
    village: Village,
    months: Sequence[Month],
    start: datetime,
    month_end: MonthEnd | None,
    progress: Progress,
) -> dict[str, Any]:
    """Make the office of a village and tell its story."""
    agenda = Agenda(start)
    desk = Desk.create(
        folder, NewOffice(village.name, "village", village.code, office()["town"]["name"]), agenda
    )
    try:
        with desk.alone("demo"):
            Story(furnish(desk, agenda, village, months), month_end).tell(progress)
        return _answer(desk)
    finally:
        desk.close()


def _write_packs(
    workshop: Path, months: Sequence[Month], centers: int, seed: int, progress: Progress
) -> None:
    """Write what so many villages report of each month."""
    packs = workshop / _PACKS
    packs.mkdir()

    def report(desk: Desk, month: Month) -> None:
        desk.months.close(month)
        desk.outbox.send(month, packs)

    for number in range(centers if months else 0):
        progress(number, centers)
        with TemporaryDirectory(dir=workshop) as place:
            _tell(
                Path(place, "office"),
                _village(seed, number),
                months,
                _eve(months, months[-1]),
                report,
                silent,
            )
    progress(centers, centers)


def _superior(folder: Path, start: datetime, seed: int) -> dict[str, Any]:
    """Make the empty office of the town."""
    town = office()["town"]
    facts = NewOffice(town["name"], "township", f"{NOWHERE}{_street(seed)}000", town["superior"])
    desk = Desk.create(folder, facts, lambda: start)
    try:
        return _answer(desk)
    finally:
        desk.close()


def _answer(desk: Desk) -> dict[str, Any]:
    """Tell which office was made and what it holds."""
    with desk.office.reading() as session:
        center = desk.office.own(session)
    kept = [each for each in desk.registers.all() if desk.registers.enabled(each.code)]
    return {
        "office": {
            "uid": center.uid,
            "name": center.official_name,
            "short_name": center.short_name,
            "level": desk.office.level,
            "code": center.division_code,
            "superior": center.superior_name,
        },
        "counts": {each.code: desk.registers.find(each.code, Query(), limit=0).total for each in kept},
    }
