"""The pack: one workbook that people read and the program reads back.

What a person sees are the sheets. Behind them, in a hidden sheet, lies the manifest: who reports
which month in which revision, every row as it was exported, and how everything was called then. So a
cell edited in WPS is known exactly, rows may be sorted and sheets renamed, the file's name means nothing,
and words may change from one version of the program to the next.
"""

from pathlib import Path

from ojr_desk.exchange import manifest
from ojr_desk.exchange.contents import Pack
from ojr_desk.exchange.edits import ReadPack, compare
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.reading import ReadBook, read_workbook
from ojr_desk.exchange.sheets import cover, sheet_of
from ojr_desk.exchange.workbook import chunks, write_workbook
from ojr_desk.problems import NotOurs
from ojr_desk.progress import Progress, silent
from ojr_desk.text import _, on_paper


@on_paper()
def write(pack: Pack, path: Path, password: str | None = None, progress: Progress = silent) -> None:
    """Write *pack* as a workbook, locked with *password* if there is one."""
    sheets = [cover(pack), *(sheet_of(pack, sheaf) for sheaf in pack.sheaves)]
    told = manifest.written(manifest.month_manifest(pack))
    hidden = {manifest.SHEET: chunks(told)}
    write_workbook(path, sheets, hidden, progress, password)


def read(path: Path, password: str | None = None) -> ReadPack:
    """Read a pack back; raises `NotOurs`, `Damaged`, `Locked` or `FromNewerProgram`."""
    return pack_in(read_workbook(admit(path, password)))


def pack_in(book: ReadBook) -> ReadPack:
    """Find the pack in a workbook; raises `NotOurs`, `Damaged` or `FromNewerProgram`."""
    told = manifest.manifest_of(book)
    if told.get("kind") != "month":
        raise NotOurs(_("《{name}》是本程序的文件，但不是月报。").format(name=book.name))
    return compare(book, *manifest.month_told(told, book.name))
