"""Reading a printed PDF back: its text as a person would copy it, and where each character stands."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw

from ojr_desk.ledger import Heading, Ledger, Measure
from ojr_desk.printing.columns import columns
from ojr_desk.printing.ledger_layout import page_size
from ojr_desk.printing.page import LEFT, RIGHT


@dataclass(frozen=True)
class Glyph:
    """One character on paper, in points from the lower left corner."""

    character: str
    left: float
    bottom: float
    right: float
    top: float


def glyphs(path: Path) -> list[list[Glyph]]:
    """Return the visible characters of each page of *path*, in the order in which they were drawn."""
    with pypdfium2.PdfDocument(path) as document:
        return [_glyphs(page.get_textpage()) for page in document]


def _glyphs(page: pypdfium2.PdfTextPage) -> list[Glyph]:
    found, raw = [], pypdfium2.raw
    at, count = 0, raw.FPDFText_CountChars(page)
    while at < count:
        code = raw.FPDFText_GetUnicode(page, at)
        wide = 0xD800 <= code < 0xDC00  # the library tells characters beyond U+FFFF as two halves
        if wide:
            code = 0x10000 + ((code - 0xD800) << 10) + raw.FPDFText_GetUnicode(page, at + 1) - 0xDC00
        if not raw.FPDFText_IsGenerated(page, at) and not chr(code).isspace():
            left, bottom, right, top = page.get_charbox(at)
            found.append(Glyph(chr(code), left, bottom, right, top))
        at += 2 if wide else 1
    return found


def texts(path: Path) -> list[str]:
    """Return the text of each page without white space."""
    return ["".join(glyph.character for glyph in page) for page in glyphs(path)]


def bare(text: str) -> str:
    """Return *text* without white space, to compare with what was copied from paper."""
    return "".join(text.split())


def told_by_poppler(path: Path) -> str:
    """Return the text by a second reader, in the order of drawing and without white space."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    return bare(subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8"))


def has(command: str) -> bool:
    """Tell whether *command* is installed here."""
    return shutil.which(command) is not None


def records(path: Path, ledger: Ledger) -> list[list[str]]:
    """Return the cells of the printed records, put together from where the characters stand.

    Fails if a character reaches beyond its column.
    """
    return [
        ["".join(glyph.character for glyph in cell) for cell in row]
        for page in glyphs(path)
        for row in _records(_table(page, ledger), ledger)
    ]


def heights(path: Path, ledger: Ledger) -> list[list[tuple[float, float]]]:
    """Return for each page the lowest and the highest ink of each record."""
    return [
        [
            (
                min(glyph.bottom for cell in row for glyph in cell),
                max(glyph.top for cell in row for glyph in cell),
            )
            for row in _records(_table(page, ledger), ledger)
        ]
        for page in glyphs(path)
    ]


def _table(page: Sequence[Glyph], ledger: Ledger) -> list[Glyph]:
    """Return the glyphs between the labels of the columns and what follows the records."""
    text = "".join(glyph.character for glyph in page)
    labels = bare("".join(heading.label for heading in ledger.headings))
    start = text.index(labels) + len(labels)
    stop = min(
        at for at in (text.find(mark, start) for mark in ("本页小计", "以下空白", "本月无")) if at >= 0
    )
    return list(page[start:stop])


def _records(table: Sequence[Glyph], ledger: Ledger) -> list[list[list[Glyph]]]:
    width = page_size(ledger)[0] - LEFT - RIGHT
    edges = [column.x for column in columns(ledger.headings, [set()] * len(ledger.headings), width, 9)]
    edges.append(LEFT + width)
    rows: list[list[list[Glyph]]] = []
    last = len(edges)
    for glyph in table:
        middle = (glyph.left + glyph.right) / 2
        at = max(column for column, edge in enumerate(edges[:-1]) if edge <= middle)
        assert edges[at] <= glyph.left + 0.5 and glyph.right - 0.5 <= edges[at + 1], (
            f"{glyph} leaves its cell"
        )
        if at < last:
            rows.append([[] for _heading in ledger.headings])
        rows[-1][at].append(glyph)
        last = at
    return rows


def ledger(rows: Sequence[tuple[str, ...]] = (), **changed: object) -> Ledger:
    """Return a book of four columns with *rows*; every record counts as one and as its number of characters."""
    facts: dict[str, object] = {
        "title": "瓯江红霞垟村党群服务中心群众来访登记台账",
        "period": "2026年11月",
        "facts": ("填报单位（盖章）：霞垟村", "填报时间：2026年12月2日", "单位：件"),
        "headings": (Heading("序号", 12), Heading("姓名", 24), Heading("主要内容", 90), Heading("时间", 26)),
        "rows": tuple(rows),
        "code": "3F9A12C4",
        "measures": (
            Measure("来访", "件", (1,) * len(rows)),
            Measure("", "字", tuple(sum(map(len, row)) for row in rows)),
        ),
        "signatures": ("主要负责人（签字）：", "审核人（签字）：", "填报人：叶建国"),
        "foot": "打印时间 2026-12-02 16:20",
    }
    return Ledger(**{**facts, **changed})  # type: ignore[arg-type]  # a test may change any of them


def numbered(contents: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return a record for each of *contents*, numbered from 1."""
    return tuple((str(at), "林𠮷华", text, "11-22 09:30") for at, text in enumerate(contents, start=1))
