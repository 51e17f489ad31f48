"""The month's whole stack for the binder: contents on top, then every book that holds something, then 本月无 as one page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.binding import Binder
from ojr_desk.desk.books import Books, binder_of
from ojr_desk.desk.figures import Figures
from ojr_desk.desk.office import Office
from ojr_desk.ledger import Heading, Ledger
from ojr_desk.moments import Month, show_moment
from ojr_desk.printing import ledger_pdf
from ojr_desk.printing.ledger_pdf import Printed
from ojr_desk.progress import Progress, silent
from ojr_desk.store import months, records
from ojr_desk.store.asof import standing
from ojr_desk.text import N_, _, on_paper

_SIGNED_BY = (N_("主要负责人（签字）"), N_("审核人（签字）"), N_("填报人"))


@dataclass(frozen=True)
class Stacked:
    """What was printed: how many pages, and which books in the order of binding, the contents first."""

    pages: int
    ledgers: tuple[Ledger, ...]


class Stack:
    """The stack of this office's books."""

    def __init__(self, office: Office, books: Books, figures: Figures) -> None:
        self._office = office
        self._books = books
        self._figures = figures

    def print(self, month: Month, path: Path, progress: Progress = silent) -> Stacked:
        """Write the stack of *month* to *path*; as long as it is open, every page says so across it.

        Raises what `ledger_pdf.write` raises; no file is left then.
        """
        with on_paper():
            found = list(self._ledgers(month))
            with self._office.reading() as session:
                binder = binder_of(session, self._office, month)
                with TemporaryDirectory(prefix="ojr-stack-") as folder:
                    # Twice: the contents tell on which page each begins.
                    laid = ledger_pdf.write(found, Path(folder) / "books.pdf")
                    above = ledger_pdf.write(
                        [self._contents(session, binder, found, laid, 0)], Path(folder) / "c.pdf"
                    )
                contents = self._contents(session, binder, found, laid, above.pages)
            whole = (contents, *found)
            return Stacked(ledger_pdf.write(whole, path, progress).pages, whole)

    def _ledgers(self, month: Month) -> Iterator[Ledger]:
        """Bind what is in the stack: the table of figures, the books with a line, and one page of those without."""
        yield self._figures.ledger(month)
        empty = []
        with self._office.reading() as session:
            kept = self._office.kept(session, month)
        for register in kept:
            for book in register.books:
                ledger = self._books.ledger(book.code, month)
                if ledger.rows or ledger.amendments:
                    yield ledger
                else:
                    empty.append((register.code, _(book.title)))
        if empty:
            with self._office.reading() as session:
                yield _nothing(session, binder_of(session, self._office, month), empty)

    def _contents(
        self, session: Session, binder: Binder, found: Sequence[Ledger], laid: Printed, above: int
    ) -> Ledger:
        center = standing(session, "center", [binder.center], binder.month.last)[binder.center]
        ends = (*laid.page_of_each[1:], laid.pages + 1)
        rows = tuple(
            (
                str(place),
                ledger.title.removeprefix(center.official_name),
                str(begin + above),
                str(end - begin),
                str(len(ledger.rows)),
                ledger.tally() or "—",
                ledger.code,
            )
            for place, (ledger, begin, end) in enumerate(zip(found, laid.page_of_each, ends, strict=True), 1)
        )
        heads = (
            (_("序号"), 10), (_("本子"), 52), (_("起始页"), 16), (_("页数"), 14), (_("行数"), 14),
            (_("合计"), 118), (_("校验码"), 26),
        )  # fmt: skip
        made = Ledger(
            title=_("{name}台账汇编（封面、目录）").format(name=center.official_name),
            period=binder.month.title,
            facts=binding.facts(center, binder),
            headings=tuple(Heading(label, width) for label, width in heads),
            rows=rows,
            code="",
            closing=(
                _("共 {books} 本，{pages} 页（含目录）").format(books=len(found), pages=laid.pages + above),
            ),
            signatures=binding.signatures(_SIGNED_BY, center, binder),
            foot=binding.foot(session, binder),
            watermark=_watermark(session, binder),
        )
        return replace(made, code=binding.code_of(made))


def _nothing(session: Session, binder: Binder, empty: Sequence[tuple[str, str]]) -> Ledger:
    """Bind the books without a line as one page, with who confirmed that there was nothing."""
    center = standing(session, "center", [binder.center], binder.month.last)[binder.center]
    confirmed = months.confirmed_none(session, binder.center, binder.month)
    names = records.labels(session, "staff", [by for _at, by in confirmed.values() if by])
    rows = []
    for place, (code, title) in enumerate(empty, 1):
        at, by = confirmed.get(code, (None, None))
        sure = _("本月无") if at else _("没有登记，未确认")
        rows.append((str(place), title, sure, names.get(by or "", "—"), show_moment(at) if at else "—"))
    heads = ((_("序号"), 12), (_("本子"), 90), (_("本月情况"), 60), (_("确认人"), 40), (_("确认时间"), 48))
    made = Ledger(
        title=_("{name}本月无登记的台账").format(name=center.official_name),
        period=binder.month.title,
        facts=binding.facts(center, binder),
        headings=tuple(Heading(label, width) for label, width in heads),
        rows=tuple(rows),
        code="",
        signatures=binding.signatures(_SIGNED_BY, center, binder),
        foot=binding.foot(session, binder),
        watermark=_watermark(session, binder),
    )
    return replace(made, code=binding.code_of(made))


def _watermark(session: Session, binder: Binder) -> str:
    return "" if months.is_closed(session, binder.center, binder.month) else _("未结账")
