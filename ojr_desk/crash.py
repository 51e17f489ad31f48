"""What is left of a bug: a report that tells where it happened, and nothing of what is on record.

A traceback carries data in its messages (`KeyError: '陈志明'`, a bad number, a path with a user's name).
So everything beyond ASCII, every number of seven digits or more, every address and every home folder is
taken out; what remains is the program's own text.
"""

import os
import platform
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from tempfile import gettempdir

from ojr_desk.text import _

FOLDER = "crashes"
MOST_REPORTS = 20

_LONGEST_LINE = 500
_MOST_LINES = 1000
_PACKAGES = ("PySide6-Essentials", "SQLAlchemy", "sqlmodel", "sqlcipher3", "reportlab", "openpyxl")
_FOREIGN = re.compile(r"[^\x09\x0a\x20-\x7e]+")
_ADDRESS = re.compile(r"[^\s@'\"<>]+@[^\s@'\"<>]+")
#: Seven digits or more, also in groups: identity and card numbers, telephones, dates of birth.
_NUMBER = re.compile(r"(?<![0-9])(?:[0-9][ .\-/_]{0,2}){6,}[0-9][0-9Xx]*")


def report(error: BaseException, folder: Path, now: datetime, version: str) -> Path:
    """Write a report on *error* below *folder*, or where the disk lets us, and return its path.

    Never raises: if no disk takes it, the path is that of the null device.
    """
    text = "\n".join((*_about(now, version), "", *_places(error, folder), ""))
    for place in (folder / FOLDER, Path(gettempdir()) / f"ojr-desk-{FOLDER}"):
        with suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            path = _write(place, now, text)
            _thin(place)
            return path
    return Path(os.devnull)


def redacted(text: str) -> str:
    """Take out of *text* whatever may be of a person: foreign signs, numbers, addresses, home folders."""
    with suppress(RuntimeError):  # an account without a home
        for home in _spellings(Path.home()):
            text = re.sub(re.escape(home), "~", text, flags=re.IGNORECASE)
    return _NUMBER.sub("<number>", _ADDRESS.sub("<address>", _FOREIGN.sub("<text>", text)))


def _about(now: datetime, version: str) -> Iterator[str]:
    """Tell what ran."""
    yield _("程序出错报告（不含登记内容，可以交给维护人员）")
    yield f"{now.isoformat(timespec='seconds')}  ojr_desk {version}"
    yield f"Python {platform.python_version()}, {platform.platform()}"
    yield f"frozen: {bool(getattr(sys, 'frozen', False))}"
    for package in _PACKAGES:
        with suppress(PackageNotFoundError):
            yield f"{package} {version_of(package)}"


def _places(error: BaseException, folder: Path) -> Iterator[str]:
    """Tell where it happened: the traceback, without values, redacted line by line."""
    told = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    for data in _spellings(folder.absolute()):
        told = told.replace(data, "<data>")
    lines = redacted(told).splitlines()
    if len(lines) > _MOST_LINES:
        half = _MOST_LINES // 2
        lines = [*lines[:half], "…", *lines[-half:]]
    yield from (line[:_LONGEST_LINE] for line in lines)


def _spellings(path: Path) -> tuple[str, ...]:
    """Write a folder's path as messages do: as it is, quoted by Python, and with strokes the other way."""
    plain = str(path)
    return tuple(dict.fromkeys((plain, repr(plain)[1:-1], path.as_posix()))) if len(plain) > 3 else ()


def _write(place: Path, now: datetime, text: str) -> Path:
    stem = f"crash-{now:%Y%m%d-%H%M%S}"
    for number in range(1, 1000):
        path = place / (f"{stem}.txt" if number == 1 else f"{stem}-{number}.txt")
        with suppress(FileExistsError):
            with path.open("x", encoding="utf-8", errors="replace") as file:
                file.write(text)
            return path
    raise OSError(f"too many reports in {place}")


def _thin(place: Path) -> None:
    """Keep the newest reports only; one bug may come a thousand times."""
    reports = sorted(place.glob("crash-*.txt"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for old in reports[:-MOST_REPORTS]:
        old.unlink()
