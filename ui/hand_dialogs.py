"""What villages tell without a pack: keying in a telephone call, saying what a table means, seeing who told what."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ojr_desk.figures import SUMS
from ojr_desk.moments import Month, show_moment
from ojr_desk.problems import UserError
from ojr_desk.text import _, labelled, listed
from ui.asking import Asking
from ui.buttons import button, row
from ui.changes import Changes
from ui.front import front, present
from ui.months import MonthBox
from ui.notice import Notice
from ui.office import Office
from ui.plain_table import PlainTable
from ui.scrolled import scrolled
from ui.style import em
from ui.tall import TallItems

#: The size of a dialog, in letters; no wider than a small screen, in pixels.
_ACROSS, _DOWN = 38, 28
_WIDEST, _HIGHEST = 1300, 680


class TelephoneDialog(QDialog):
    """Asks who told how much: one line per indicator, those that nobody told are left empty."""

    def __init__(self, office: Office, unit: str, name: str, month: Month) -> None:
        super().__init__(front())
        self._office, self._unit, self._month = office, unit, month
        self.setWindowTitle(_("电话报数：{name}{month}").format(name=name, month=month.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        self.teller = QLineEdit(self)
        self.teller.setAccessibleName(_("报数人"))
        self.lines: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.addRow(_("报数人"), self.teller)
        for each in SUMS.values():
            line = QLineEdit()
            label = _("{title}（{unit}）").format(title=_(each.title), unit=_(each.unit))
            line.setAccessibleName(label)
            line.setToolTip(_(each.means))
            self.lines[each.code] = line
            form.addRow(label, line)
        inner = QWidget()
        inner.setLayout(form)
        told = QLabel(_("报了几项填几项，没有报的空着；报的是没有就写 0。"), self)
        told.setProperty("faint", True)
        told.setWordWrap(True)
        keep = button(_("记下"), self.keep, self, main=True)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addWidget(self.notice)
        column.addWidget(scrolled(inner, _("各项指标")), 1)
        column.addLayout(row(keep, button(_("关上"), self.close, self)))
        _size(self)

    def keep(self) -> None:
        """Keep what was told."""
        numbers = {code: line.text() for code, line in self.lines.items() if line.text().strip()}
        unit, month, teller = self._unit, self._month, self.teller.text()
        self._office.ask(
            lambda desk: desk.handmade.told_by_telephone(unit, month, numbers, teller),
            lambda _told: self._kept(),
            lambda error: self.notice.refuse(error.message),
        )

    def _kept(self) -> None:
        self._office.changes.changed.emit(Changes.MONTHS)
        self.accept()


class MeaningDialog(QDialog):
    """Asks whose a hand-made table is, of which month, and what its headings mean; guesses stand there already."""

    def __init__(self, office: Office, path: Path, plan: Any, done: Callable[[], object]) -> None:
        super().__init__(front())
        self._office, self._path, self._done = office, path, done
        self.setWindowTitle(_("确认手工报：{name}").format(name=path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        now = Month.of(office.now().date())
        self.units = _box(_("单位"), [("", _("请选择")), *((each.uid, each.name) for each in plan.units)])
        self.months = MonthBox(now, plan.month or now.previous())
        if plan.unit is not None:
            self.units.setCurrentIndex(max(0, self.units.findData(plan.unit.uid)))
        self.columns: dict[str, QComboBox] = {}
        form = QFormLayout()
        form.addRow(_("哪个单位报的"), self.units)
        form.addRow(_("哪个月的"), self.months)
        meanings = [("", _("不用")), *((each.code, _(each.title)) for each in SUMS.values())]
        for each in (entry for totals in plan.book.totals for entry in totals.entries):
            box = _box(each.heading, meanings)
            box.setCurrentIndex(max(0, box.findData(each.code or "")))
            self.columns[each.heading] = box
            told = _("{heading}（{number}）").format(heading=each.heading, number=_shown(each.value))
            form.addRow(told, box)
        for number in (each for each in plan.book.numbers if not each.place):
            told = labelled(_(SUMS[number.code].title), str(number.parts))
            form.addRow(number.sheet, QLabel(listed((told, number.heading))))
        inner = QWidget()
        inner.setLayout(form)
        self.notice.warn(*plan.problems)
        self.take = button(_("确认，收下"), lambda: self.confirm(replaces=False), self, main=True)
        self.replace = button(_("以这一份为准，替换"), lambda: self.confirm(replaces=True), self)
        self.replace.setVisible(plan.decision == "conflict")
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addWidget(scrolled(inner, _("各栏的意思")), 1)
        column.addLayout(row(self.take, self.replace, button(_("关上"), self.close, self)))
        _size(self)

    def confirm(self, *, replaces: bool) -> None:
        """Take the file in as it is said here."""
        from ojr_desk.desk.handmade import HandAnswers  # noqa: PLC0415 - it is loaded with the desk

        said = {heading: str(box.currentData()) for heading, box in self.columns.items()}
        answers = HandAnswers(str(self.units.currentData()), self.months.month, said, replaces)
        if not answers.unit:
            self.notice.refuse(_("请先选是哪个单位报的。"))
            return
        path = self._path
        self._office.ask(lambda desk: desk.handmade.take(path, answers), self._taken, self._failed)

    def _taken(self, plan: Any) -> None:
        if plan.decision in ("manual", "same"):
            self._office.changes.changed.emit(Changes.EVERYTHING)
            self.accept()
            self._done()
            return
        self.replace.setVisible(plan.decision == "conflict")
        self.notice.refuse(*plan.problems)

    def _failed(self, error: UserError) -> None:
        self.notice.refuse(error.message)


class SourcesDialog(QDialog):
    """Shows what a unit told by hand of a month, number by number, and lets a report be declared void."""

    def __init__(self, office: Office, standing: Any, month: Month) -> None:
        super().__init__(front())
        self._office = office
        self.setWindowTitle(_("手工报：{name}{month}").format(name=standing.unit.name, month=month.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        heads = [_("指标"), _("数"), _("来源"), _("记下的时间"), _("经手"), _("现在")]
        self.table = PlainTable(self.windowTitle(), heads)
        counting = standing.handmade.numbers
        self._rows = [
            (report, number, counting.get(number.code) == (number, report))
            for report in standing.handmade.reports
            for number in report.numbers
        ]
        self.table.show_rows([_source(*each) for each in self._rows])
        self.drop = button(_("作废这一份…"), self._ask_void, self)
        self.drop.setEnabled(bool(self._rows))
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.drop, button(_("关上"), self.close, self)))
        self.resize(min(60 * em(self), _WIDEST), min(22 * em(self), _HIGHEST))

    def void(self, reason: str) -> None:
        """Declare the report void that the chosen number is from."""
        report = self._rows[max(0, self.table.currentRow())][0].id
        self._office.ask(
            lambda desk: desk.handmade.void(report, reason),
            lambda _nothing: self._gone(),
            lambda error: self.notice.refuse(error.message),
        )

    def _ask_void(self) -> None:
        report = self._rows[max(0, self.table.currentRow())][0]
        question = _("作废以后，这一份里的 {n} 个数都不再计算；内容留着备查。").format(n=len(report.numbers))
        present(Asking(_("作废手工报"), question, [_("原因")], lambda told: self.void(told[0])))

    def _gone(self) -> None:
        self._office.changes.changed.emit(Changes.EVERYTHING)
        self.accept()


def _source(report: Any, number: Any, counts: bool) -> tuple[str, ...]:
    each = SUMS[number.code]
    shown = str(number.parts) if each.scale == 1 else f"{number.parts / each.scale:.2f}"
    now = _("计算") if counts else _("以后来的为准")
    return (_(each.title), shown, report.source(number), show_moment(report.at), report.by, now)


def _shown(value: Any) -> str:
    return _("空") if value is None else str(value)[:20]


def _box(name: str, offered: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setItemDelegate(TallItems(box))
    box.setAccessibleName(name)
    for code, title in offered:
        box.addItem(title, code)
    return box


def _size(dialog: QDialog) -> None:
    dialog.resize(min(_ACROSS * em(dialog), _WIDEST), min(_DOWN * em(dialog), _HIGHEST))
