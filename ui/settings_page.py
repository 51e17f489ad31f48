"""What the office decides for itself: which registers it keeps, and the holidays of each year."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QGroupBox, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ojr_desk.desk.recount import Recounted
from ojr_desk.desk.registers import ALWAYS_ON
from ojr_desk.problems import UserError
from ojr_desk.register import GROUPS, REGISTERS
from ojr_desk.text import _, listed
from ui.buttons import button
from ui.changes import Changes
from ui.files import ask_file
from ui.flow import Flow
from ui.notice import Notice
from ui.office import Office
from ui.page import Page


class SettingsPage(Page):
    """A tick for each register, and the years whose holidays are known."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self.ticks: dict[str, QCheckBox] = {}
        self.notice = Notice()
        self.years = QLabel()
        self.years.setWordWrap(True)
        self._lay_out()
        office.informed.connect(self._informed)
        self._informed()

    def switch(self, code: str, on: bool) -> None:
        """Switch a register on or off."""
        self._office.ask(
            lambda desk: desk.registers.switch(code, on),
            lambda _register: self._switched(),
            self._refused,
        )

    def take_in_year(self, file: Path) -> None:
        """Take in a year's holidays; deadlines that were estimated are counted again."""

        def work(desk: Any) -> tuple[int, Recounted]:
            return desk.holidays.take_in(file), desk.cases.recount()

        def done(answer: tuple[int, Recounted]) -> None:
            year, counted = answer
            told = _("已录入 {year} 年放假安排，{count} 件的到期日有变化。")
            told = told.format(year=year, count=len(counted.moved))
            if counted.notice:
                self.notice.warn(told, counted.notice)
            else:
                self.notice.tell(told)
            self._read_years()
            self._office.changes.changed.emit("case")

        self._office.ask(work, done, self._refused)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: the years are read when they are seen."""
        super().showEvent(event)
        self._read_years()

    def _switched(self) -> None:
        self.notice.tell(_("已改。停用的台账不再列出，以前登记的都还在。"))
        self._office.changes.changed.emit(Changes.SWITCHES)

    def _refused(self, error: UserError) -> None:
        self.notice.refuse(error.message)
        self._informed()

    def _informed(self) -> None:
        for code, tick in self.ticks.items():
            tick.blockSignals(True)
            tick.setChecked(code in self._office.facts.enabled)
            tick.blockSignals(False)

    def _read_years(self) -> None:
        self._office.ask(lambda desk: sorted(desk.holidays.calendar().years), self._show_years)

    def _show_years(self, years: list[int]) -> None:
        known = listed(map(str, years[-6:]))
        self.years.setText(_("已录入放假安排的年份：{years}").format(years=known or _("没有")))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        for group, title in GROUPS.items():
            kept = [each for each in REGISTERS.values() if each.group == group and each.code not in ALWAYS_ON]
            if not kept:
                continue
            box = QGroupBox(_(title))
            lines = Flow(box, across=24)
            lines.setContentsMargins(12, 4, 12, 4)
            for register in kept:
                tick = QCheckBox(_(register.title), box)
                tick.toggled.connect(lambda on, code=register.code: self.switch(code, on))
                lines.addWidget(tick)
                self.ticks[register.code] = tick
            column.addWidget(box)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        told = QLabel(_("打勾的台账列在左边；不用的去掉勾，以前登记的不会丢。"))
        told.setProperty("faint", True)
        kinds = _("放假安排 (*.json *.csv *.txt)")
        take = button(
            _("录入放假安排…"), lambda: ask_file(self, _("选放假安排文件"), kinds, self.take_in_year)
        )
        below = QHBoxLayout()
        below.addWidget(self.years, 1)
        below.addWidget(take, 0, Qt.AlignmentFlag.AlignRight)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 10, 10, 10)
        whole.addWidget(told)
        whole.addWidget(self.notice)
        whole.addWidget(scroll, 1)
        whole.addLayout(below)
