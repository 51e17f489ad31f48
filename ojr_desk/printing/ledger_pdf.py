"""A stack of ledgers in one PDF file, each with its own page numbers, ready for the printer and the binder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ojr_desk.ledger import Ledger
from ojr_desk.printing import page as around
from ojr_desk.printing.columns import columns
from ojr_desk.printing.fonts import check, is_plain, missing, plain
from ojr_desk.printing.ledger_drawing import draw_around, draw_sheet
from ojr_desk.printing.ledger_layout import Frame, Report, body_size, broken, fill, page_size
from ojr_desk.printing.paper import MM, Paper, paper
from ojr_desk.problems import Refused
from ojr_desk.progress import Progress, silent
from ojr_desk.text import N_, _, aloud, listed, on_paper

_LEAST_ROOM = 30 * MM


@dataclass(frozen=True)
class Printed:
    """What became of a stack: how many pages in all, and on which each ledger begins, from 1."""

    pages: int
    page_of_each: tuple[int, ...]


@on_paper()
def write(ledgers: Sequence[Ledger], path: Path, progress: Progress = silent) -> Printed:
    """Print *ledgers* one after another into the file *path*; every record is reported twice, placed and drawn.

    Raises `NoGlyph`, `Refused` (too much for a page), `NoRoom`, and what *progress* raises; no file is left then.
    """
    if not ledgers:
        with aloud():
            raise Refused(_("没有选中要打印的台账：请先选一本。"))
    with aloud():
        names = [_("第 {number} 本").format(number=at + 1) for at in range(len(ledgers))]
    titles = [" ".join(plain(ledger.title).split()) for ledger in ledgers]
    done, begins, total = 0, [], sum(map(_steps, ledgers))
    with paper(path, listed(dict.fromkeys(titles))) as sheets:
        for ledger, name, title in zip(ledgers, names, titles, strict=True):
            ready, alphabets = _ready(ledger, name if len(ledgers) > 1 else "")
            begins.append(sheets.getPageNumber())
            sheets.mark(title + around.bracketed(ready.period))
            _print(ready, alphabets, sheets, _from(progress, done, total))
            done += _steps(ledger)
            progress(done, total)
        pages = sheets.getPageNumber() - 1
    return Printed(pages, tuple(begins))


def _steps(ledger: Ledger) -> int:
    return 2 * len(ledger.rows) + 1


def _from(progress: Progress, done: int, total: int) -> Report:
    return lambda count: progress(done + count, total)


def _print(ledger: Ledger, alphabets: list[set[str]], sheets: Paper, report: Report) -> None:
    frame = _frame(ledger, alphabets)
    tail = [frame.across(text) for text in _closing(ledger)]
    laid = fill(broken(ledger.rows, frame, report), frame, tail)
    sheets.setPageSize(frame.page)
    stencil = f"around{sheets.getPageNumber()}"
    if len(laid) > 1:
        sheets.beginForm(stencil)  # what all pages but the first share is in the file once
        draw_around(frame, sheets, first=False)
        sheets.endForm()
    for sheet in laid:
        report(len(ledger.rows) + sheet.start)
        if ledger.watermark:
            sheets.watermark(ledger.watermark)
        if sheet.number:
            sheets.doForm(stencil)
        else:
            draw_around(frame, sheets, first=True)
        subtotal = frame.across(_subtotal(ledger, sheet.start, sheet.stop)).cells[0]
        draw_sheet(sheet, frame, sheets, subtotal, empty_book=not ledger.rows)
        around.draw(sheets, [around.page_number(frame.page, sheet.number + 1, len(laid))])
        sheets.showPage()
    report(2 * len(ledger.rows))


def _ready(ledger: Ledger, named: str) -> tuple[Ledger, list[set[str]]]:
    """Return *ledger* as it can stand on paper, and the characters of each column.

    Raises `NoGlyph`, which tells places in the book that is *named* so.
    """
    alphabets = [set("".join(texts)) for texts in zip(*ledger.rows, strict=True)] or [
        set() for _heading in ledger.headings
    ]
    everything = set().union(*alphabets, *(text for _where, text, _row in _around_rows(ledger)))
    if missing("".join(sorted(everything))):
        with aloud():
            check(_pieces(ledger, named))
    return (ledger, alphabets) if is_plain(everything) else _ready(_plain(ledger), named)


def _around_rows(ledger: Ledger) -> Iterator[tuple[str, str, int | None]]:
    """Yield the name and the text of everything but the rows."""
    yield _("标题"), ledger.title, None
    yield _("所属期"), ledger.period, None
    for heading in ledger.headings:
        yield _("表头"), heading.label, None
    for measure in ledger.measures:
        yield _("合计项目"), measure.label + measure.unit, None
    named = {
        _("说明行"): ledger.facts,
        _("合计下的说明"): ledger.closing,
        _("上期更正"): ledger.amendments,
        _("签字栏"): ledger.signatures,
        _("页脚"): (ledger.foot, ledger.code),
        _("水印"): (ledger.watermark,),
    }
    for where, texts in named.items():
        yield from ((where, text, None) for text in texts)


def _pieces(ledger: Ledger, named: str) -> Iterator[tuple[str, str, int | None]]:
    """Yield the name of each place, the text there and, for a cell of a record without a number, the row from 1."""
    for where, text, row in _around_rows(ledger):
        yield listed((named, where), N_("，")), text, row
    for at, cells in enumerate(ledger.rows, start=1):
        for heading, text in zip(ledger.headings, cells, strict=True):
            if ledger.numbers:
                where = _("{number}「{heading}」").format(
                    number=ledger.numbers[at - 1], heading=heading.label
                )
                yield where, text, None
            else:
                where = _("第 {row} 行「{heading}」").format(row=at, heading=heading.label)
                yield listed((named, where), N_("，")), text, at


def _plain(ledger: Ledger) -> Ledger:
    """Return *ledger* with every text `plain`."""
    return replace(
        ledger,
        title=plain(ledger.title),
        period=plain(ledger.period),
        facts=tuple(map(plain, ledger.facts)),
        headings=tuple(replace(heading, label=plain(heading.label)) for heading in ledger.headings),
        rows=tuple(tuple(map(plain, row)) for row in ledger.rows),
        measures=tuple(
            replace(each, label=plain(each.label), unit=plain(each.unit)) for each in ledger.measures
        ),
        closing=tuple(map(plain, ledger.closing)),
        amendments=tuple(map(plain, ledger.amendments)),
        signatures=tuple(map(plain, ledger.signatures)),
        foot=plain(ledger.foot),
        code=plain(ledger.code),
        watermark=plain(ledger.watermark),
    )


def _frame(ledger: Ledger, alphabets: list[set[str]]) -> Frame:
    """Measure what all pages of *ledger* share. Raises `Refused` when it leaves no room for records."""
    page, size = page_size(ledger), body_size(ledger)
    foot = around.foot(page, ledger.foot, ledger.code)
    signed = around.signatures(page, ledger.signatures, foot.edge)
    frame = Frame(
        page=page,
        size=size,
        columns=columns(ledger.headings, alphabets, page[0] - around.LEFT - around.RIGHT, size),
        head=around.head(page, ledger.title, ledger.period, ledger.facts),
        running_head=around.running_head(page, ledger.title, ledger.period),
        below=around.Block(foot.lines + signed.lines, signed.edge),
    )
    subtotal = frame.across(_subtotal(ledger, 0, None)).height if ledger.add_up else 0
    frame = replace(frame, subtotal=subtotal)
    if min(frame.room(True), frame.room(False)) < _LEAST_ROOM:
        with aloud():
            told = _("《{title}》的标题、说明行或签字栏太长，一页纸放不下：请改短后再打印。")
        raise Refused(told.format(title=ledger.title[:40]))
    return frame


def _told(ledger: Ledger, start: int, stop: int | None) -> str:
    count = len(ledger.rows[start:stop])
    return ledger.tally(start, stop) or _("{count} 条").format(count=count)


def _subtotal(ledger: Ledger, start: int, stop: int | None) -> str:
    return _("本页小计：{told}").format(told=_told(ledger, start, stop))


def _closing(ledger: Ledger) -> Iterator[str]:
    """Yield what stands once, below the last record."""
    if ledger.add_up:
        told = _("本月合计：{told}") if ledger.of_one_month else _("合计：{told}")
        yield told.format(told=_told(ledger, 0, None))
    yield from ledger.closing
    if ledger.amendments:
        yield "\n".join((_("上期更正："), *ledger.amendments))
