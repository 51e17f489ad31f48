"""月报表: every indicator of a month with the month before beside it; each number opens its records."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ojr_desk.figures import Span
from ojr_desk.figures.analysis import Told, lived, trend
from ojr_desk.figures.outliers import outlier
from ojr_desk.figures.table import Line, lines
from ojr_desk.moments import Month
from ojr_desk.text import N_, _, labelled, listed
from ui.behind_dialog import BehindDialog
from ui.buttons import button
from ui.chart_view import ChartView
from ui.files import ask_where
from ui.flow import Flow
from ui.front import present
from ui.months import MonthBox
from ui.notice import Notice
from ui.office import Office
from ui.page import Act, Page
from ui.paper_dialog import PaperDialog
from ui.plain_table import PlainTable
from ui.quick_dialog import QuickDialog
from ui.style import em

#: The column of definitions, and how many letters wide a page is that has room for it.
_MEANS, _ABREAST = 5, 50


class FiguresPage(Page):
    """The table of a month; below it what the chosen number means and how it went in twelve months."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._ticket = 0
        self._stale = True
        self._told: list[Told] = []
        self.lines: tuple[Line, ...] = ()
        today = office.now().date()
        month = Month.of(today)
        self.months = MonthBox(month, month if today == month.last else month.previous())
        self.table = PlainTable(
            _("月报表"), [_("指标"), _("本月"), _("上月"), _("去年同月"), _("单位"), _("口径")]
        )
        self.means = QLabel()
        self.means.setWordWrap(True)
        self.chart = ChartView()
        self.notice = Notice()
        self.open_records = button(_("看记录"), self.open_chosen, main=True)
        self.paper = button(_("打印汇总表…"), self._show_table)
        self.analysis = button(_("打印分析…"), self._show_analysis)
        self.excel = button(_("存成 Excel…"), self._ask_excel)
        self.quick = button(_("快报…"), self.ask_quick)
        self._lay_out()
        self.months.activated.connect(lambda _place: self.reload())
        self.table.itemSelectionChanged.connect(self._chosen)
        self.table.cellActivated.connect(lambda _place, _at: self.open_chosen())
        office.changes.changed.connect(lambda _what: self._changed())

    @property
    def acts(self) -> tuple[Act, ...]:
        """List what the keys do here."""
        return (Act("F8", _("快报"), self.ask_quick), Act("F9", _("看记录"), self.open_chosen))

    @property
    def line(self) -> Line | None:
        """The indicator that is chosen."""
        place = self.table.currentRow()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def reload(self) -> None:
        """Reckon the month anew; an answer to an older choice is dropped."""
        self._stale = False
        self._ticket += 1
        ticket, month = self._ticket, self.months.month

        def reckoned(told: list[Told]) -> None:
            if ticket == self._ticket:
                self._show(told)

        # The month itself is there at once; in an old office the year before it takes longer.
        self._office.ask(lambda desk: [(month, desk.figures.figures(Span.of(month)))], reckoned)
        self._office.ask(lambda desk: desk.figures.year(month), reckoned)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what changed meanwhile is read now."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: where definitions find no room in the table, that of the chosen number stands below it."""
        super().resizeEvent(event)
        self.table.setColumnHidden(_MEANS, self.width() < _ABREAST * em(self))

    def open_chosen(self) -> None:
        """List the records behind the number that is chosen."""
        if self.line is not None:
            present(BehindDialog(self._office, self.line.now, Span.of(self._told[-1][0])))

    def export(self, path: Path) -> None:
        """Write the table as a workbook."""
        month = self.months.month
        self._office.aside(
            _("正在写 Excel"),
            lambda desk, progress: desk.figures.export(month, path, progress),
            lambda _ledger: self.notice.tell(_("已存到 {file}").format(file=path)),
            lambda error: self.notice.refuse(error.message),
        )

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def _show(self, told: list[Told]) -> None:
        self._told = told
        now, before, year_ago = (dict(told).get(each, {}) for each in _compared(told[-1][0]))
        self.lines = lines(now, before, year_ago)
        self.table.show_rows([_texts(line) for line in self.lines])
        for each in (self.open_records, self.paper, self.analysis, self.excel, self.quick):
            each.setEnabled(bool(self.lines))
        if not self.lines:
            self.notice.warn(_("还没有启用有指标的台账，请到“设置”里启用。"))

    def _chosen(self) -> None:
        line = self.line
        if line is None:
            self.means.setText("")
            self.chart.show_chart(None)
            return
        code = line.indicator.code
        earlier = lived([figures for _month, figures in self._told[:-1]])
        unusual = outlier(line.now, [month[code] for month in earlier if code in month])
        means = labelled(_(line.indicator.title), _(line.indicator.means))
        self.means.setText(listed((means, unusual.told if unusual else ""), N_("\n")))
        self.chart.show_chart(trend(self._told[1:], code) if len(self._told) > 1 else None)

    def _show_table(self) -> None:
        month = self.months.month
        self._paper(_("月度汇总表"), lambda desk, path, told: desk.figures.print(month, path, told))

    def _show_analysis(self) -> None:
        month = self.months.month
        self._paper(_("月度分析"), lambda desk, path, _told: desk.figures.print_analysis(month, path))

    def _paper(self, title: str, write: Callable[[Any, Path, Any], Any]) -> None:
        """Have a paper written and show it, to be printed or kept."""
        self._ticket += 1
        path = self._office.scratch / f"figures{self._ticket}" / f"{title}_{self.months.month.compact}.pdf"

        def work(desk: Any, progress: Any) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(desk, path, progress)

        self._office.aside(
            _("正在排版《{book}》").format(book=title),
            work,
            lambda _nothing: present(PaperDialog(self._office, title, path)),
            lambda error: self.notice.refuse(error.message),
        )

    def _ask_excel(self) -> None:
        name = _("月度汇总表_{month}.xlsx").format(month=self.months.month.compact)
        ask_where(self, _("存成 Excel"), name, self.export)

    def ask_quick(self) -> None:
        """Open the window of 快报, with the month and the number that are chosen."""
        if not self.lines:
            return
        chosen = self.line.indicator.code if self.line else ""
        today = self._office.now().date()
        month = self.months.month
        span = Span(month.first, min(month.last, max(today, month.first)))
        offered = [line.indicator for line in self.lines]
        present(QuickDialog(self._office, offered, chosen, span))

    def _lay_out(self) -> None:
        top = Flow(across=8, down=4)
        for each in (self.months, self.open_records, self.quick, self.paper, self.analysis, self.excel):
            top.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addWidget(self.means)
        column.addWidget(self.chart)


def _compared(month: Month) -> tuple[Month, Month, Month]:
    """Name a month, the one before it, and the same a year ago."""
    return month, month.previous(), Month(month.year - 1, month.month)


def _texts(line: Line) -> tuple[str, ...]:
    each = line.indicator
    shown = (figure.told if figure else "—" for figure in (line.now, line.before, line.year_ago))
    return (_(each.title), *shown, _(each.unit), _(each.means))
