"""村社汇总表: every unit's indicators of a month side by side and their sums; each number opens what it rests on."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ojr_desk.desk.summary import Summary, SummaryLine
from ojr_desk.figures import Figure, Span
from ojr_desk.moments import Month, show_moment
from ojr_desk.text import N_, _, labelled, listed
from ui.behind_dialog import BehindDialog
from ui.buttons import button
from ui.files import ask_where
from ui.flow import Flow
from ui.front import present
from ui.hand_dialogs import SourcesDialog
from ui.months import MonthBox
from ui.notice import Notice
from ui.office import Office
from ui.page import Act, Page
from ui.paper_dialog import PaperDialog
from ui.plain_table import PlainTable

#: Columns before those of the indicators; the units' names stand before all of them and stay there.
_BEFORE = 1


class SummaryPage(Page):
    """The table of a month; Enter on a number opens its records, or who told it by hand."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._ticket = 0
        self.summary: Summary | None = None
        today = office.now().date()
        self.months = MonthBox(Month.of(today), Month.of(today).previous())
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.means = QLabel()
        self.means.setWordWrap(True)
        self.means.setProperty("faint", True)
        self.notice = Notice()
        self.table = PlainTable(_("村社汇总表"), [_("状态")])
        self.table.verticalHeader().show()
        self.table.verticalHeader().setStyleSheet(
            "QHeaderView::section { border-bottom: 1px solid #DCD7CD; }"
        )
        self.open_number = button(_("看这个数的来源"), self.open_chosen, main=True)
        self.paper = button(_("打印汇总表…"), self._show_paper)
        self.excel = button(_("存成 Excel…"), self._ask_excel)
        self.form = button(_("空白填报模板…"), self._ask_form)
        self._lay_out()
        self.months.currentIndexChanged.connect(lambda _place: self.reload())
        self.table.currentCellChanged.connect(lambda *_cells: self._chosen())
        self.table.cellActivated.connect(lambda _place, _at: self.open_chosen())
        office.changes.changed.connect(lambda _what: self.reload() if self.isVisible() else None)

    @property
    def acts(self) -> tuple[Act, ...]:
        """List what the keys do here."""
        return (Act("F9", _("看来源"), self.open_chosen),)

    @property
    def line(self) -> SummaryLine | None:
        """The unit that is chosen."""
        lines = self.summary.lines if self.summary else ()
        place = self.table.currentRow()
        return lines[place] if 0 <= place < len(lines) else None

    @property
    def code(self) -> str:
        """The indicator that is chosen."""
        indicators = self.summary.indicators if self.summary else ()
        place = self.table.currentColumn() - _BEFORE
        return indicators[place].code if 0 <= place < len(indicators) else ""

    def reload(self) -> None:
        """Reckon the month anew; an answer to an older choice is dropped."""
        self._ticket += 1
        ticket, month = self._ticket, self.months.month

        def reckoned(made: Summary) -> None:
            if ticket == self._ticket:
                self._show(made)

        self._office.ask(
            lambda desk: desk.summaries.of(month), reckoned, lambda error: self.notice.refuse(error.message)
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what came meanwhile is read now."""
        super().showEvent(event)
        self.reload()

    def open_chosen(self) -> None:
        """Open the records behind the number that is chosen, or who told it by hand."""
        line = self.line
        figure = line.figures.get(self.code) if line else None
        if line is None or figure is None or self.summary is None:
            return
        if line.standing.is_manual:
            present(SourcesDialog(self._office, line.standing, self.summary.month))
        else:
            span = Span.of(self.summary.month)
            present(BehindDialog(self._office, figure, span, line.standing.unit.center))

    def write(self, path: Path) -> None:
        """Write the table as a workbook."""
        self._write(path, lambda desk, month: desk.summaries.write(month, path))

    def write_form(self, path: Path) -> None:
        """Write the blank form of the month."""
        self._write(path, lambda desk, month: desk.summaries.form(month, path))

    def _write(self, path: Path, work: Any) -> None:
        month = self.months.month
        self._office.aside(
            _("正在写 Excel"),
            lambda desk, _progress: work(desk, month),
            lambda _made: self.notice.tell(_("已存到 {file}").format(file=path)),
            lambda error: self.notice.refuse(error.message),
        )

    def _show(self, made: Summary) -> None:
        self.summary = made
        heads = [_("状态"), *(_(each.title) for each in made.indicators), _("报送时间"), _("备注")]
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        rows = [self._texts(line) for line in made.lines]
        if rows:
            sums = [_told(made.totals.get(each.code)) for each in made.indicators]
            rows.append(("", *sums, "", ""))
        self.table.show_rows(rows)
        self.table.setVerticalHeaderLabels([*(line.name for line in made.lines), _("合计")][: len(rows)])
        told = _("应报 {n} 个，已报 {m} 个，其中手工报 {k} 个（带 *）").format(
            n=len(made.lines), m=len(made.lines) - len(made.missing), k=len(made.by_hand)
        )
        missing = listed((each.standing.unit.name for each in made.missing), most=12)
        self.counts.setText(listed((told, labelled(_("没有报的"), missing) if missing else ""), N_("　")))
        for each in (self.paper, self.excel):
            each.setEnabled(bool(made.lines))
        if not made.lines:
            self.notice.warn(
                _("名册里没有这个月要报的单位：请在“下级单位”里登记，或者先收一份月报，会自动加入。")
            )
        self._chosen()

    def _texts(self, line: SummaryLine) -> tuple[str, ...]:
        assert self.summary is not None
        standing = line.standing
        numbers = (_told(line.figures.get(each.code)) for each in self.summary.indicators)
        at = show_moment(standing.received_at) if standing.received_at else ""
        return (standing.word, *numbers, at, listed((*standing.lacking, standing.note)))

    def _chosen(self) -> None:
        code = self.code
        indicator = (
            next((each for each in self.summary.indicators if each.code == code), None)
            if self.summary
            else None
        )
        self.means.setText(labelled(_(indicator.title), _(indicator.means)) if indicator else "")
        line = self.line
        self.open_number.setEnabled(line is not None and code in line.figures)

    def _show_paper(self) -> None:
        month = self.months.month
        path = self._office.scratch / _("村社汇总表_{month}.pdf").format(month=month.compact)
        self._office.aside(
            _("正在排版"),
            lambda desk, _progress: desk.summaries.write(month, path),
            lambda _made: present(PaperDialog(self._office, _("村社汇总表"), path)),
            lambda error: self.notice.refuse(error.message),
        )

    def _ask_excel(self) -> None:
        name = _("村社汇总表_{month}.xlsx").format(month=self.months.month.compact)
        ask_where(self, _("存成 Excel"), name, self.write)

    def _ask_form(self) -> None:
        name = _("月报手工填报表_{month}.xlsx").format(month=self.months.month.compact)
        ask_where(self, _("空白填报模板"), name, self.write_form)

    def _lay_out(self) -> None:
        top = Flow(across=8, down=4)
        for each in (self.months, self.open_number, self.paper, self.excel, self.form):
            top.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addLayout(top)
        column.addWidget(self.counts)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addWidget(self.means)


def _told(figure: Figure | None) -> str:
    return figure.told if figure is not None else ""
