"""What a superior does with its board: look at it, print it, write to those who have not reported."""

from pathlib import Path

from ojr_desk.desk.board import Board, board, deadline, reminder
from ojr_desk.desk.board_paper import board_ledger
from ojr_desk.desk.office import Office
from ojr_desk.moments import Month
from ojr_desk.printing import ledger_pdf
from ojr_desk.printing.ledger_pdf import Printed
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS
from ojr_desk.store import settings
from ojr_desk.text import _, on_paper

_MOST_DAYS = 23


class Boards:
    """How the units below this office stand with their reports."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def of(self, month: Month) -> Board:
        """Read the board of *month*; raises `Refused` in an office that has nobody below it."""
        self._refuse_village()
        with self._office.reading() as session:
            return board(session, self._office, month)

    def deadline(self) -> int:
        """Tell on which working day after the month reports are due."""
        with self._office.reading() as session:
            return deadline(session)

    def set_deadline(self, days: int) -> None:
        """Let reports be due on another working day after the month, from 1 to 23."""
        self._refuse_village()
        if not 1 <= days <= _MOST_DAYS:
            raise Refused(
                _("报送期限要填 1 到 {most}（次月第几个工作日），不能是 {days}。").format(
                    most=_MOST_DAYS, days=days
                )
            )
        with self._office.writing("set deadline") as session:
            settings.write(session.connection(), settings.REPORT_DAYS, str(days))

    def reminder(self, month: Month) -> str:
        """Write who has not reported of *month*, to be copied into a chat."""
        return reminder(self.of(month), self._office.now())

    def paper(self, month: Month, path: Path, only_missing: bool = False) -> Printed:
        """Print the board, or the notice to those who have not reported, to *path*."""
        board = self.of(month)
        with self._office.reading() as session, on_paper():
            name = self._office.own(session).official_name
            return ledger_pdf.write([board_ledger(board, name, self._office.now(), only_missing)], path)

    def _refuse_village(self) -> None:
        if not self._office.enabled(REGISTERS["unit"]):
            raise Refused(_("本中心下面没有要报月报的单位；是上级的，请先启用“下级单位”。"))
