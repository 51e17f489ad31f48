"""办理时限: how many days each nature may take, the default or this office's own, from a day on."""

from typing import Any, NamedTuple

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from ojr_desk.register import REGISTERS
from ojr_desk.rules.clock import UNITS
from ojr_desk.text import _
from ui.buttons import button
from ui.choice_editors import ChoiceBox
from ui.lines_page import LinesPage
from ui.office import Office
from ui.style import em


class _Row(NamedTuple):
    days: QLineEdit
    unit: ChoiceBox
    save: QPushButton


class LimitsPage(LinesPage):
    """One line for each nature of a request; a change holds for what is accepted from now on."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent, office, _("改动只管以后受理的事；已经受理的，到期日不变。"))
        office.changes.changed.connect(lambda what: self.reload() if what == "limit" else None)

    def reload(self) -> None:
        """Read the limits anew."""
        self._office.ask(lambda desk: desk.limits.all(), self._show)

    def store(self, nature: str) -> None:
        """Store the limit of one nature as it stands there."""
        row = self.rows[nature]
        days, unit = row.days.text(), row.unit.currentData()
        self._office.ask(lambda desk: desk.limits.set(nature, days, unit), self._stored, self._refused)

    def take_default(self, nature: str) -> None:
        """Go back to the default limit of one nature."""
        self._office.ask(lambda desk: desk.limits.reset(nature), self._stored, self._refused)

    @property
    def is_touched(self) -> bool:
        """Tell whether a limit was typed that is not stored."""
        return any(row.days.isModified() for row in self.rows.values())

    def _show(self, limits: tuple[Any, ...]) -> None:
        self._start_lines(_("诉求性质"), _("期限"))
        for place, each in enumerate(limits):
            self._add(2 * place + 1, each)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(5, 2)
        self._grid.setRowStretch(2 * len(limits) + 1, 1)

    def _add(self, place: int, allowance: Any) -> None:
        nature = allowance.nature
        label = REGISTERS["limit"].by_name["matter_nature"].kind.show(nature)
        days = QLineEdit(str(allowance.limit.days), self)
        days.setFixedWidth(4 * em(self))
        days.setAccessibleName(_("{nature}的天数").format(nature=label))
        unit = ChoiceBox(self)
        unit.setMinimumContentsLength(10)
        unit.setAccessibleName(_("{nature}按什么天算").format(nature=label))
        for code, words in UNITS.items():
            unit.addItem(_(words), code)
        unit.setCurrentIndex(unit.findData(allowance.limit.unit))
        save = button(_("保存"), lambda: self.store(nature), self)
        save.setAccessibleName(_("保存{nature}的期限").format(nature=label))
        days.returnPressed.connect(lambda: self.store(nature))
        self.rows[nature] = _Row(days, unit, save)
        note = _("默认 {days}{unit}").format(
            days=allowance.default.days, unit=_(UNITS[allowance.default.unit])
        )
        if allowance.since is not None:
            note = _("{day} 起用本中心的；{default}").format(day=allowance.since.isoformat(), default=note)
        if allowance.coming is not None:
            note = _("{note}；{day} 起改为 {days}").format(
                note=note, day=allowance.coming_on.isoformat(), days=allowance.coming.days
            )
        named, told = QLabel(label, self), QLabel(note, self)
        told.setProperty("faint", True)
        for line in (named, told):
            line.setWordWrap(True)
        for at, widget in enumerate((named, days, unit, save)):
            self._grid.addWidget(widget, place, at)
        self._grid.addWidget(told, place + 1, 1, 1, 5)
        if allowance.uid:
            back = button(_("恢复默认"), lambda: self.take_default(nature), self, flat=True)
            back.setAccessibleName(_("{nature}恢复默认期限").format(nature=label))
            self._grid.addWidget(back, place, 4)

    def _stored(self, _allowance: object) -> None:
        self.notice.tell(_("已保存，从现在起受理的按新期限。"))
        self._office.changes.changed.emit("limit")
