"""What a superior does with the month of all its units: looks at it, prints it, opens what is behind a number."""

from collections.abc import Mapping
from pathlib import Path

from ojr_desk.desk.handmade_kept import WAYS
from ojr_desk.desk.office import Office
from ojr_desk.desk.summary import Summary, summary
from ojr_desk.desk.summary_paper import summary_ledgers, summary_sheets
from ojr_desk.desk.units import due_units
from ojr_desk.exchange.blank_form import form_sheets
from ojr_desk.exchange.workbook import write_workbook
from ojr_desk.figures import kept_of
from ojr_desk.moments import Month, show_moment
from ojr_desk.printing import ledger_pdf
from ojr_desk.problems import Refused
from ojr_desk.progress import Progress, silent
from ojr_desk.register import REGISTERS
from ojr_desk.text import _, listed, on_paper


class Summaries:
    """The consolidated table of the units below this office, and the blank form for who has not the program."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def of(self, month: Month) -> Summary:
        """Reckon the table of *month*; raises `Refused` in an office that has nobody below it."""
        self._refuse_village()
        with self._office.reading() as session:
            return summary(session, self._office, month)

    def write(self, month: Month, path: Path, progress: Progress = silent) -> Summary:
        """Write the table of *month* as the workbook or the PDF that *path* names; raises `Refused` for others."""
        sort = path.suffix.lower()
        if sort not in (".xlsx", ".pdf"):
            raise Refused(_("汇总表写成 .xlsx 或 .pdf，不能是“{name}”。").format(name=path.name[:60]))
        self._refuse_village()
        with self._office.reading() as session, on_paper():
            made = summary(session, self._office, month)
            name = self._office.own(session).official_name
            if sort == ".pdf":
                ledger_pdf.write(summary_ledgers(made, name), path, progress)
            else:
                write_workbook(path, summary_sheets(made, name), progress=progress)
        return made

    def sources(self, made: Summary, unit: str) -> Mapping[str, str]:
        """Say of each number that a unit told by hand where it comes from, by the code of its indicator."""
        line = next((each for each in made.lines if each.standing.unit.uid == unit), None)
        if line is None or not line.standing.is_manual:
            return {}
        return {
            code: listed((_(WAYS[report.way]), report.source(number), show_moment(report.at), report.by), " ")
            for code, (number, report) in line.standing.handmade.numbers.items()
        }

    def form(self, month: Month, path: Path) -> Path:
        """Write the blank form of *month* for a village that has not the program."""
        self._refuse_village()
        with self._office.reading() as session, on_paper():
            names = tuple(each.name for each in due_units(session, self._office, month))
            kept = [each.code for each in REGISTERS.values() if self._office.enabled(each)]
            own = self._office.own(session).official_name
            write_workbook(path, form_sheets(month, own, names, kept_of(kept)))
        return path

    def _refuse_village(self) -> None:
        if not self._office.enabled(REGISTERS["unit"]):
            raise Refused(_("本中心下面没有要报月报的单位；是上级的，请先启用“下级单位”。"))
