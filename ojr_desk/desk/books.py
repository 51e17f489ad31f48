"""Books: bound for an audience, printed, previewed."""

from pathlib import Path

from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.binding import Binder
from ojr_desk.desk.office import Office
from ojr_desk.exchange.ledger_sheet import sheet_of_ledger
from ojr_desk.exchange.workbook import write_workbook
from ojr_desk.ledger import Ledger
from ojr_desk.moments import Month
from ojr_desk.printing import ledger_pdf
from ojr_desk.printing.ledger_pdf import Printed
from ojr_desk.problems import Refused
from ojr_desk.progress import Progress, silent
from ojr_desk.register import REGISTERS, Audience, Book, Register
from ojr_desk.text import _, listed, on_paper


class Books:
    """The printed books of this office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def all(self) -> list[tuple[Register, Book]]:
        """List the books of the enabled registers, in the order in which they are bound."""
        return [
            (register, book)
            for register in REGISTERS.values()
            if self._office.enabled(register)
            for book in register.books
        ]

    def named(self, code: str, month: Month | None = None) -> tuple[Register, Book]:
        """Find a book by its code, of a closed *month* also one that is not kept any more.

        Raises `Refused` with the codes there are.
        """
        for register in REGISTERS.values():
            for book in register.books:
                if book.code == code:
                    if not self._is_kept(register, month):
                        raise Refused(
                            _("“{title}”没有启用，没有这个月的本子。").format(title=_(register.title))
                        )
                    return register, book
        known = listed(book.code for _register, book in self.all())
        raise Refused(_("没有“{code}”这个本子。有这些：{known}").format(code=code[:40], known=known))

    def ledger(self, code: str, month: Month, audience: Audience = Audience.PAPER) -> Ledger:
        """Bind one book of one month."""
        register, book = self.named(code, month)
        with self._office.reading() as session, on_paper():
            binder = binder_of(session, self._office, month, audience)
            return binding.monthly(session, register, book, binder)

    def print(
        self,
        code: str,
        month: Month,
        path: Path,
        audience: Audience = Audience.PAPER,
        progress: Progress = silent,
    ) -> tuple[Ledger, Printed]:
        """Write one book of one month as a PDF."""
        ledger = self.ledger(code, month, audience)
        return ledger, ledger_pdf.write([ledger], path, progress)

    def export(
        self,
        code: str,
        month: Month,
        path: Path,
        audience: Audience = Audience.PAPER,
        progress: Progress = silent,
    ) -> Ledger:
        """Write one book of one month as a workbook, masked for the audience as its paper is."""
        ledger = self.ledger(code, month, audience)
        with on_paper():
            write_workbook(path, [sheet_of_ledger(ledger)], progress=progress)
        return ledger

    def _is_kept(self, register: Register, month: Month | None) -> bool:
        if month is None:
            return self._office.enabled(register)
        with self._office.reading() as session:
            return register in self._office.kept(session, month)


def binder_of(session: Session, office: Office, month: Month, audience: Audience = Audience.PAPER) -> Binder:
    """Tell how this office binds *month* now: for whom, and who sits at the desk."""
    clerk, calendar = office.clerk(session), office.calendar(session)
    return Binder(month, office.center, audience, office.now(), clerk, calendar)
