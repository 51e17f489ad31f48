"""到期一览: everything with a date on one list — every register joins by declaring `dues`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk import __version__
from ojr_desk.desk.office import Office
from ojr_desk.exchange.ledger_sheet import sheet_of_ledger
from ojr_desk.exchange.workbook import write_workbook
from ojr_desk.ledger import Heading, Ledger
from ojr_desk.moments import show_moment
from ojr_desk.printing import ledger_pdf
from ojr_desk.printing.ledger_pdf import Printed
from ojr_desk.register import REGISTERS, Audience, DueOn, Link, Register
from ojr_desk.rules.masking import mask_name
from ojr_desk.store import records
from ojr_desk.text import _, labelled, on_paper

#: How far ahead the list looks.
AHEAD = timedelta(days=60)
#: More than anybody goes through; what is due first is listed.
MOST = 500
#: In whose names a villager's is; on the screen, which faces the counter, it stands with a mask.
_VILLAGERS = "person"


@dataclass(frozen=True)
class DueItem:
    """Something that is due: in which register, what is to be done about what, until when, by or with whom.

    *days* is how many natural days are left; below nought it is late.
    """

    register: str
    uid: str
    record_no: str
    what: str
    about: str
    who: str
    day: date
    days: int

    @property
    def words(self) -> str:
        """Say how near it is."""
        if not self.days:
            return _("今天到期")
        if self.days < 0:
            return _("逾期 {n} 天").format(n=-self.days)
        return _("还有 {n} 天").format(n=self.days)


class Dues:
    """What is due, of all registers together."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def until(self, last: date | None = None, masked: bool = True) -> tuple[DueItem, ...]:
        """List what is due up to *last* (by default `AHEAD` from today) and what is late, the most urgent first.

        With *masked* villagers are named by a mask, as on a screen that faces the counter.
        """
        today = self._office.today()
        with self._office.reading() as session:
            found = [
                item
                for register in REGISTERS.values()
                if self._office.enabled(register)
                for due in register.dues
                for item in _read(
                    session, self._office, register, due, (today, last or today + AHEAD), masked
                )
            ]
        return tuple(sorted(found, key=lambda each: (each.day, each.register, each.record_no))[:MOST])

    def ledger(self, last: date | None = None) -> Ledger:
        """Write the list as a sheet for paper or a workbook, by day."""
        now = self._office.now()
        last = last or now.date() + AHEAD
        with on_paper():
            items = self.until(last, masked=False)
            with self._office.reading() as session:
                own = self._office.own(session)
            return Ledger(
                title=_("{name}到期一览").format(name=own.official_name),
                period=_("到 {day} 为止").format(day=last.isoformat()),
                facts=(labelled(_("打印日期"), now.date().isoformat()),),
                headings=tuple(
                    Heading(label, width)
                    for label, width in (
                        (_("序号"), 10),
                        (_("到期日"), 22),
                        (_("还有几天"), 24),
                        (_("要办什么"), 32),
                        (_("是哪一件"), 70),
                        (_("找谁"), 40),
                        (_("编号"), 32),
                        (_("办好打勾"), 20),
                    )
                ),
                rows=tuple(_row(place, each) for place, each in enumerate(items, 1)),
                code="",
                of_one_month=False,
                foot=_("打印时间 {at}　ojr_desk {version}").format(at=show_moment(now), version=__version__),
                numbers=tuple(each.record_no for each in items),
            )

    def print(self, path: Path, last: date | None = None) -> Printed:
        """Write the list as a PDF."""
        return ledger_pdf.write([self.ledger(last)], path)

    def export(self, path: Path, last: date | None = None) -> Ledger:
        """Write the list as a workbook."""
        ledger = self.ledger(last)
        with on_paper():
            write_workbook(path, [sheet_of_ledger(ledger)])
        return ledger


def _row(place: int, item: DueItem) -> tuple[str, ...]:
    day = item.day.isoformat()
    return (str(place), day, item.words, item.what, item.about, item.who or "—", item.record_no, "□")


def _read(
    session: Session, office: Office, register: Register, due: DueOn, days: tuple[date, date], masked: bool
) -> Iterator[DueItem]:
    today, last = days
    model: Any = register.model
    column = getattr(model, due.column)
    chosen = select(model).where(
        column <= last,
        model.center == office.center,
        model.record_status != "void",
        model.confidentiality != "sealed",
        *(getattr(model, name).in_(codes) for name, codes in due.only.items()),
    )
    if due.passes:
        chosen = chosen.where(column >= today)
    found = list(session.execute(chosen.order_by(column, model.id).limit(MOST)).scalars())
    names = records.link_labels(session, register, found)
    for each in found:
        day = getattr(each, due.column)
        yield DueItem(
            register=register.code,
            uid=each.uid,
            record_no=each.record_no,
            what=_(due.what),
            about=_shown(register, due.about, each, names) if due.about else register.label_of(each),
            who=_who(register, due.who, each, names, masked),
            day=day,
            days=(day - today).days,
        )


def _shown(register: Register, name: str, record: Any, names: Any) -> str:
    column, value = register.by_name[name], getattr(record, name)
    if isinstance(column.kind, Link):
        return str(names.get(value or "", ""))
    return column.cell(value, Audience.SCREEN)


def _who(register: Register, fields: Sequence[str], record: Any, names: Any, masked: bool) -> str:
    for name in fields:
        if told := _shown(register, name, record, names):
            kind = register.by_name[name].kind
            is_villager = isinstance(kind, Link) and kind.to == _VILLAGERS
            return mask_name(told) if masked and is_villager else told
    return ""
