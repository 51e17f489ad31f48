"""The month's roster by person, and how often everybody is on duty."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidgetItem

from ojr_desk.desk.month_roster import MonthRoster
from ojr_desk.text import _
from ui.duty.cells import WEEK, Cell, by_person, kind_words
from ui.duty.grid import GROUNDS, Grid
from ui.style import FAINT, TONES, em


class PeopleTable(Grid):
    """People down, days across: who has how much, at a glance."""

    def __init__(self) -> None:
        super().__init__(_("按人看"))
        self.horizontalHeader().setMinimumSectionSize(20)
        # The heads of other tables have room to their sides; here there are 31 of them.
        self.horizontalHeader().setStyleSheet("QHeaderView::section { padding: 0; }")
        self.verticalHeader().setStyleSheet("QHeaderView::section { border-bottom: 1px solid #E5E0D8; }")

    def show_roster(self, roster: MonthRoster, today: date) -> None:
        """Show a month."""
        cells = by_person(roster)
        people = sorted(
            roster.people, key=lambda who: -roster.tallies[who].total if who in roster.tallies else 0
        )
        self.setRowCount(len(people))
        self.setColumnCount(len(roster.days))
        self.setVerticalHeaderLabels([roster.people[who] for who in people])
        for at, day in enumerate(roster.days):
            head = QTableWidgetItem(f"{day.day.day}\n{_(WEEK[day.day.weekday()])[-1]}")
            head.setToolTip(kind_words(day))
            if day.kind != "working":
                head.setForeground(QBrush(QColor(TONES["bad"][1] if day.kind != "makeup" else FAINT)))
            self.setHorizontalHeaderItem(at, head)
            for place, who in enumerate(people):
                cell = cells.get((who, day.day), Cell(tip=kind_words(day)))
                self.put(place, at, cell, GROUNDS.get(day.kind, ""), day.day == today)
        self.fit()

    def fit(self) -> None:
        """Give every day the same room."""
        super().fit()
        if self.columnCount():
            self.horizontalHeader().setFixedHeight(2 * self.fontMetrics().height() + 10)
            shared = self.viewport().width() // self.columnCount()
            self.horizontalHeader().setDefaultSectionSize(max(int(1.6 * em(self)), shared))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: there is more room, or less."""
        super().resizeEvent(event)
        self.fit()


class CountTable(Grid):
    """How often everybody is on duty, who has most first."""

    def __init__(self) -> None:
        super().__init__(_("次数"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.horizontalHeader().setStyleSheet("QHeaderView::section { padding: 0; }")

    def show_counts(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these counts."""
        self.setColumnCount(len(heads))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(heads))
        for place, texts in enumerate(rows):
            for at, text in enumerate(texts):
                self.put(place, at, Cell(text, text if at == 0 else ""), "")
        self.fit()

    def fit(self) -> None:
        """Give the numbers no more room than they and their headings need."""
        super().fit()
        for at in range(self.columnCount()):
            heading = self.horizontalHeader().sectionSizeHint(at)
            self.setColumnWidth(at, max(int((4.5 if at == 0 else 2.7) * em(self)), heading))

    @property
    def whole_width(self) -> int:
        """Tell how wide it is when nothing is cut off."""
        return sum(self.columnWidth(at) for at in range(self.columnCount())) + em(self)
