"""Write a workbook that WPS, Excel and LibreOffice show and print alike.

openpyxl makes all of it but the rows: styles, widths, drop-downs, the set-up of the page, hidden sheets.
The rows are written as text between, for the reasons in `docs/decisions/0030-rows-as-text.md`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from ojr_desk.exchange.password import encrypt
from ojr_desk.exchange.rows import RowWriter
from ojr_desk.exchange.sheet import Sheet
from ojr_desk.exchange.skeleton import Frame, skeleton
from ojr_desk.problems import Invalid, Problem
from ojr_desk.progress import Progress, silent
from ojr_desk.saving import save

#: Characters of one cell of a hidden sheet, well below the 32 767 that a cell can hold.
CHUNK = 30_000
_BATCH = 200
_MOST_PROBLEMS = 100
_SIZE = re.compile(rb'<dimension ref="[^"]*" ?/>')


def write_workbook(
    path: Path,
    sheets: Sequence[Sheet],
    hidden: Mapping[str, Sequence[str]] | None = None,
    progress: Progress = silent,
    password: str | None = None,
) -> None:
    """Write *sheets*, and *hidden* ones with one text to a row, to *path*, locked if there is a *password*.

    Raises `Invalid` for cells that no workbook can hold, `NoRoom`, and `Cancelled` from *progress*; then
    there is no new file and the old one is as it was. Nothing is written to disk before all is ready.
    """
    content = compose(sheets, hidden or {}, progress)
    save(path, content if password is None else encrypt(content, password))


def compose(
    sheets: Sequence[Sheet], hidden: Mapping[str, Sequence[str]], progress: Progress = silent
) -> bytes:
    """Make the bytes of a workbook; see `write_workbook`."""
    frame = skeleton(sheets, hidden)
    writing = _Writing(frame, sum(len(sheet.rows) for sheet in sheets), progress)
    made = BytesIO()
    with ZipFile(BytesIO(frame.content)) as bare, ZipFile(made, "w", ZIP_DEFLATED) as whole:
        for part in bare.namelist():
            content = bare.read(part)
            if part in frame.parts:
                with whole.open(part, "w") as file:
                    for piece in writing.sheet(content, sheets[frame.parts[part]]):
                        file.write(piece)
            else:
                whole.writestr(part, content)
    if writing.problems:
        raise Invalid(writing.problems)
    return made.getvalue()


def chunks(text: str) -> tuple[str, ...]:
    """Cut *text* into pieces for the cells of a hidden sheet; `ReadSheet.joined` puts them together."""
    return tuple(text[start : start + CHUNK // 2] for start in range(0, len(text), CHUNK // 2))


class _Writing:
    """How far the rows are, and what is wrong with them."""

    def __init__(self, frame: Frame, total: int, progress: Progress) -> None:
        self._frame = frame
        self._total = total
        self._done = 0
        self._progress = progress
        self.problems: list[Problem] = []

    def sheet(self, bare: bytes, sheet: Sheet) -> Iterator[bytes]:
        """Yield a sheet's part with its rows put in."""
        head, mark, tail = bare.partition(b"</sheetData>")
        size = f'<dimension ref="A1:{get_column_letter(len(sheet.columns))}{sheet.last_row}"/>'
        yield _SIZE.sub(size.encode("ascii"), head, count=1)
        writer = RowWriter(sheet.title, sheet.columns, self._frame.styles)
        for start in range(0, len(sheet.rows), _BATCH):
            batch = sheet.rows[start : start + _BATCH]
            self._progress(self._done, self._total)
            yield "".join(
                writer.row(sheet.first_row + start + at, row) for at, row in enumerate(batch)
            ).encode("utf-8")
            self._done += len(batch)
        for at, line in enumerate(sheet.below):
            yield writer.line(sheet.first_row + len(sheet.rows) + at, line).encode("utf-8")
        yield mark + tail
        self._progress(self._done, self._total)
        self.problems += writer.problems[: _MOST_PROBLEMS - len(self.problems)]
