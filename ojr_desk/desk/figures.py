"""Figures: the monthly table, its analysis, any indicator for any days, and the records behind each number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import Session

from ojr_desk.desk.books import binder_of
from ojr_desk.desk.glimpse import Event, event, is_closed, masked_names
from ojr_desk.desk.office import Office
from ojr_desk.exchange.ledger_sheet import sheet_of_ledger
from ojr_desk.exchange.workbook import write_workbook
from ojr_desk.figures import INDICATORS, Asked, Figure, Indicator, Span, behind, figures_of, kept_of, tallies
from ojr_desk.figures.analysis import Analysis, Told, analysed
from ojr_desk.figures.table import Line, ledger, lines
from ojr_desk.ledger import Ledger
from ojr_desk.moments import Month
from ojr_desk.printing import ledger_pdf
from ojr_desk.printing.analysis_pdf import write_analysis
from ojr_desk.printing.ledger_pdf import Printed
from ojr_desk.problems import Refused
from ojr_desk.progress import Progress, silent
from ojr_desk.register import REGISTERS, Privacy, Register
from ojr_desk.store.asof import standing
from ojr_desk.text import _, labelled, listed, on_paper

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Named:
    """A record behind a number, and how much of it that record makes."""

    register: Register
    record: Any
    amount: int


@dataclass(frozen=True)
class Seen:
    """The same as a screen that faces the counter may show it: *who* it is about is masked.

    *what* is the name of what is not a person, such as the title of a case.
    """

    event: Event
    who: str
    what: str
    amount: int


class Figures:
    """The indicators of this office; a superior names one of its villages by *center*."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def offered(self) -> tuple[Indicator, ...]:
        """List the indicators of the registers that are kept, in the order of the table."""
        kept = [each.code for each in REGISTERS.values() if self._office.enabled(each)]
        return tuple(each for each in kept_of(kept).values() if each.shown)

    def figures(self, span: Span, center: str = "") -> dict[str, Figure]:
        """Reckon every indicator for some days."""
        with self._office.reading() as session:
            return self._figures(session, self._asked(session, span, center))

    def table(self, month: Month, center: str = "") -> tuple[Line, ...]:
        """Reckon a month beside the month before and the same month a year ago."""
        with self._office.reading() as session:
            return self._lines(session, month, center)

    def year(self, month: Month, center: str = "") -> Sequence[Told]:
        """Reckon a month and the twelve before it, oldest first, all by the registers of that month."""
        with self._office.reading() as session:
            return self._year(session, month, center)

    def ledger(self, month: Month) -> Ledger:
        """Bind the monthly table (T-M1) of this office."""
        with self._office.reading() as session, on_paper():
            asked = self._asked(session, Span.of(month))
            return ledger(
                session, binder_of(session, self._office, month), asked, self._lines(session, month)
            )

    def print(self, month: Month, path: Path, progress: Progress = silent) -> tuple[Ledger, Printed]:
        """Write the monthly table as a PDF."""
        made = self.ledger(month)
        return made, ledger_pdf.write([made], path, progress)

    def export(self, month: Month, path: Path, progress: Progress = silent) -> Ledger:
        """Write the monthly table as a workbook."""
        made = self.ledger(month)
        with on_paper():
            write_workbook(path, [sheet_of_ledger(made)], progress=progress)
        return made

    def analysis(self, month: Month) -> Analysis:
        """Analyse a month (T-M2) against the month before, a year ago and the twelve months before it."""
        with self._office.reading() as session, on_paper():
            asked = self._asked(session, Span.of(month))
            return analysed(
                session, binder_of(session, self._office, month), asked, self._year(session, month)
            )

    def print_analysis(self, month: Month, path: Path) -> Analysis:
        """Write the analysis as a PDF of one page."""
        made = self.analysis(month)
        write_analysis(made, path)
        return made

    def quick(self, codes: Sequence[str], span: Span) -> str:
        """Tell some indicators for some days as text for a chat (快报); raises `Refused` for one that is not there."""
        if not codes:
            raise Refused(_("还没有选指标，请先选要报的指标。"))
        with self._office.reading() as session, on_paper():
            found = self._figures(session, self._asked(session, span))
            chosen = [self._named(found, code) for code in codes]
            own = self._office.own(session)
            told = [_sentence(figure) for figure in chosen]
            if span.last > self._office.today():
                told.append(_("截至 {day}").format(day=self._office.today().isoformat()))
            return "\n".join((_("{name}（{days}）").format(name=own.official_name, days=span.title), *told))

    def records(self, code: str, span: Span, center: str = "", most: int | None = None) -> list[Named]:
        """Read the records behind a number, oldest first, at most *most*; of a ratio those of its whole."""
        with self._office.reading() as session:
            return self._records(session, code, self._asked(session, span, center), most)

    def seen(self, code: str, span: Span, most: int | None = None, center: str = "") -> list[Seen]:
        """List the records behind a number as they may be seen at the counter."""
        with self._office.reading() as session:
            found = self._records(session, code, self._asked(session, span, center), most)
            names = masked_names(session, [(each.register, each.record) for each in found])
            return [
                Seen(
                    event(each.register, each.record),
                    names.get(each.record.uid, ""),
                    _title(each.register, each.record),
                    each.amount,
                )
                for each in found
            ]

    def _records(self, session: Session, code: str, asked: Asked, most: int | None) -> list[Named]:
        self._named(kept_of(asked.kept), code)
        found = behind(session, asked, code)[:most]
        known: dict[str, Any] = {}
        for register in {each.register for each in found}:
            uids = [each.uid for each in found if each.register == register]
            known |= standing(session, register, uids, asked.span.last)
        return [Named(REGISTERS[each.register], known[each.uid], each.amount) for each in found]

    def _named(self, there: Mapping[str, Thing], code: str) -> Thing:
        """Find what is *there* under the code of an indicator."""
        if code in there:
            return there[code]
        known = listed(
            _("{code}（{title}）").format(code=each.code, title=_(each.title)) for each in self.offered()
        )
        if code in INDICATORS:
            raise Refused(
                _("“{title}”要的台账没有启用。有这些：{known}").format(
                    title=_(INDICATORS[code].title), known=known
                )
            )
        raise Refused(_("没有“{code}”这个指标。有这些：{known}").format(code=code[:40], known=known))

    def _figures(self, session: Session, asked: Asked) -> dict[str, Figure]:
        return figures_of(tallies(session, asked)[asked.center])

    def _lines(self, session: Session, month: Month, center: str = "") -> tuple[Line, ...]:
        year_ago = Month(month.year - 1, month.month)
        now, before, then = self._each(session, (month, month.previous(), year_ago), center)
        return lines(now, before, then)

    def _year(self, session: Session, month: Month, center: str = "") -> Sequence[Told]:
        found = [month]
        for _place in range(12):
            found.append(found[-1].previous())
        return [*zip(found, self._each(session, found, center), strict=True)][::-1]

    def _each(self, session: Session, some: Sequence[Month], center: str = "") -> list[dict[str, Figure]]:
        """Reckon some months, all by the registers of the first: like is compared with like."""
        asked = self._asked(session, Span.of(some[0]), center)
        return [self._figures(session, replace(asked, span=Span.of(month))) for month in some]

    def _asked(self, session: Session, span: Span, center: str = "") -> Asked:
        office = self._office
        center = center or office.center
        kept = [each for each in REGISTERS.values() if office.enabled(each)]
        if span.month is not None and center == office.center:
            # A register that is switched off later changes nothing in a month that was closed with it.
            kept = [*office.kept(session, span.month)]
        codes = frozenset(each.code for each in kept)
        return Asked(span, codes, office.calendar(session), office.today(), center)


def _title(register: Register, record: Any) -> str:
    """Name a record where its name is open to everybody and it has one beside its number."""
    name = register.by_name[register.label_by]
    if is_closed(record) or name.name == "record_no" or name.privacy is not Privacy.OPEN:
        return ""
    return register.label_of(record)


def _sentence(figure: Figure) -> str:
    """Write a number with its name; of a ratio also the two sums it is made of."""
    told = f"{figure.told}{_(figure.indicator.unit)}" if figure.whole is None else figure.told
    if figure.whole:
        told = _("{share}（{part}/{whole}）").format(share=told, part=figure.part, whole=figure.whole)
    return labelled(_(figure.indicator.title), told)
