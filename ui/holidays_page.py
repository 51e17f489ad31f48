"""放假安排: the holidays of a year, typed from the notice or read out of its text, taken in and handed out as a file."""

from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ojr_desk.problems import UserError, Wrong
from ojr_desk.rules.notice import (
    NAMES,
    Holiday,
    days_of,
    holidays_of,
    read_day,
    read_days,
    read_notice,
)
from ojr_desk.text import _, listed
from ui.buttons import button, row
from ui.choice_editors import ChoiceBox
from ui.files import ask_file, ask_where
from ui.flow import Flow
from ui.lines_page import FreshPage
from ui.notice import Notice
from ui.office import Office
from ui.scrolled import scrolled
from ui.style import em, mark

#: More lines than the notice of any year has had.
_LINES = 9


class _Line(NamedTuple):
    name: QLineEdit
    first: QLineEdit
    last: QLineEdit
    worked: QLineEdit


class HolidaysPage(FreshPage):
    """One line for each holiday of a year; what was typed stays until it is stored."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self.years = ChoiceBox(self)
        self.years.setAccessibleName(_("年份"))
        self.years.setMinimumContentsLength(16)
        self.notice = Notice(self)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("放假通知的原文"))
        self.text.setPlaceholderText(
            _("把通知里“一、元旦：1月1日至3日放假……”这几段贴在这里，按“读出来”就填好下面的表。")
        )
        self.lines = [self._make_line() for _place in range(_LINES)]
        self.save = button(_("保存"), self.store, self, main=True)
        self._lay_out()
        this = office.now().year
        for year in range(this + 1, this - 4, -1):
            self.years.addItem(_("{year} 年").format(year=year), year)
        self.years.setCurrentIndex(1)
        self.years.activated.connect(lambda _place: self.reload())

    @property
    def year(self) -> int:
        """The year that is seen."""
        return int(self.years.currentData())

    def reload(self) -> None:
        """Show what is known of the year."""
        year = self.year
        self._office.ask(
            lambda desk: (year, desk.holidays.days(year), sorted(desk.holidays.calendar().years)),
            lambda told: self._show(*told),
        )

    def read(self) -> None:
        """Fill the lines with what the text of the notice says."""
        try:
            self._fill(read_notice(self.text.toPlainText(), self.year))
        except Wrong as wrong:
            self.notice.refuse(wrong.message)
            return
        for line in self.lines:
            line.first.setModified(True)
        self.notice.tell(_("已读出来，请和通知对一遍，再按“保存”。"))

    def store(self) -> None:
        """Store the lines as the table of the year; deadlines that were estimated are counted again."""
        year = self.year
        try:
            days = days_of(self._typed())
        except Wrong as wrong:
            self.notice.refuse(wrong.message)
            return
        self._office.ask(lambda desk: desk.holidays.replace(year, days, "typed"), self._stored, self._refused)

    def take_in(self, file: Path) -> None:
        """Take in a year's table from a file."""

        def done(answer: tuple[int, Any]) -> None:
            place = self.years.findData(answer[0])
            self.years.setCurrentIndex(max(place, 0))
            self._stored(answer[1])

        self._office.ask(lambda desk: desk.holidays.take_in(file), done, self._refused)

    def hand_out(self, file: Path) -> None:
        """Write the year's table to a file for the neighbours."""
        year = self.year
        told = _("已写到 {file}，别的中心可以用“从文件录入”。").format(file=file)
        self._office.ask(
            lambda desk: desk.holidays.hand_out(year, file),
            lambda _nothing: self.notice.tell(told),
            self._refused,
        )

    @property
    def is_touched(self) -> bool:
        """Tell whether something was typed that is not stored."""
        return any(edit.isModified() for line in self.lines for edit in line)

    def _typed(self) -> list[Holiday]:
        """Read the lines; raises `Wrong` with what is wrong in the first that cannot be read, and marks it."""
        found = []
        for line in self.lines:
            for edit in line:
                mark(edit, "wrong", False)
            if not any(edit.text().strip() for edit in line[1:]):
                continue
            found.append(
                Holiday(
                    line.name.text().strip() or _("放假"),
                    self._day(line.first),
                    self._day(line.last if line.last.text().strip() else line.first),
                    self._days(line.worked),
                )
            )
        if not found:
            raise Wrong(_("还没有填放假日期。"), "empty")
        return found

    def _day(self, edit: QLineEdit) -> Any:
        try:
            return read_day(edit.text(), self.year)
        except Wrong:
            mark(edit, "wrong", True)
            edit.setFocus()
            raise

    def _days(self, edit: QLineEdit) -> Any:
        try:
            return read_days(edit.text(), self.year)
        except Wrong:
            mark(edit, "wrong", True)
            edit.setFocus()
            raise

    def _stored(self, counted: Any) -> None:
        self.notice.tell(
            _("已保存。{count} 件的到期日有变化。").format(count=len(counted.moved)),
            listed([f"{number} {was:%m-%d} → {now:%m-%d}" for number, was, now in counted.moved], most=8),
        )
        self._office.changes.changed.emit("case")
        self.reload()

    def _refused(self, error: UserError) -> None:
        self.notice.refuse(error.message)

    def _show(self, year: int, days: list[Any], known: list[int]) -> None:
        if year != self.year:
            return
        for place in range(self.years.count()):
            each = self.years.itemData(place)
            words = _("{year} 年") if each in known else _("{year} 年（还没录入）")
            self.years.setItemText(place, words.format(year=each))
        self._fill(list(holidays_of(days)))

    def _fill(self, holidays: list[Holiday]) -> None:
        names = [] if holidays else list(NAMES)
        for place, line in enumerate(self.lines):
            texts = ("", "", "", "")
            if place < len(holidays):
                texts = _words(holidays[place], self.year)
            elif place < len(names):
                texts = (names[place], "", "", "")
            for edit, text in zip(line, texts, strict=True):
                mark(edit, "wrong", False)
                edit.setText(text)
                edit.setCursorPosition(0)

    def _make_line(self) -> _Line:
        made = _Line(*(QLineEdit(self) for _place in range(4)))
        for edit, hint in zip(made[1:], ("10.1", "10.7", _("9.20、10.10")), strict=True):
            edit.setPlaceholderText(hint)
        return made

    def _lay_out(self) -> None:
        heads = (_("节日"), _("放假第一天"), _("最后一天"), _("周末上班的日子"))
        grid = QGridLayout()
        for at, head in enumerate(heads):
            grid.addWidget(QLabel(head), 0, at)
        for place, line in enumerate(self.lines, 1):
            for at, edit in enumerate(line):
                edit.setAccessibleName(_("第 {n} 行，{head}").format(n=place, head=heads[at]))
                grid.addWidget(edit, place, at)
        grid.setColumnStretch(3, 1)
        self.text.setFixedHeight(4 * em(self) + 16)
        kinds = _("放假安排 (*.json)")
        top = Flow()
        top.addWidget(self.years)
        top.addWidget(
            button(_("从文件录入…"), lambda: ask_file(self, _("选放假安排文件"), kinds, self.take_in), self)
        )
        top.addWidget(button(_("导出给别的中心…"), self._ask_where, self))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self.text)
        column.addLayout(row(button(_("读出来"), self.read, self)))
        column.addLayout(grid)
        column.addStretch(1)
        scroll = scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 10, 10, 10)
        whole.addLayout(top)
        whole.addWidget(self.notice)
        whole.addWidget(scroll, 1)
        whole.addLayout(row(self.save))

    def _ask_where(self) -> None:
        name = _("{year}年放假安排.json").format(year=self.year)
        ask_where(self, _("导出放假安排"), name, self.hand_out)


def _words(holiday: Holiday, year: int) -> tuple[str, str, str, str]:
    def day(each: Any) -> str:
        return f"{each.month}.{each.day}" if each.year == year else each.isoformat()

    return holiday.name, day(holiday.first), day(holiday.last), listed(map(day, holiday.worked))
