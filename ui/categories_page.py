"""事项类别: which matters have a digit at the counter, how people here call them, which are not offered."""

from typing import Any, NamedTuple

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from ojr_desk.text import _, listed
from ui.lines_page import LinesPage
from ui.office import Office
from ui.style import em


class _Row(NamedTuple):
    digit: QLineEdit
    aliases: QLineEdit
    hidden: QCheckBox
    before: tuple[str, str, bool]

    @property
    def told(self) -> tuple[str, str, bool]:
        """What stands there."""
        return self.digit.text().strip(), self.aliases.text().strip(), self.hidden.isChecked()


class CategoriesPage(LinesPage):
    """One line for each matter of the county's list."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        remark = _(
            "类别由上级统一；这里定登记时按哪个数字、本地怎么叫、哪些不用。没填数字的由程序按用得多少安排。"
        )
        super().__init__(parent, office, remark)

    def reload(self) -> None:
        """Read the matters anew."""
        self._office.ask(lambda desk: desk.categories.all(), self._show)

    def store(self, matter: str) -> None:
        """Store what stands in the line of one matter, if it was changed."""
        row = self.rows[matter]
        if row.told == row.before:
            return
        digit, aliases, hidden = row.told
        values = {"digit": digit or None, "aliases": aliases, "hidden": hidden}
        self._office.ask(lambda desk: desk.categories.set(matter, values), self._stored, self._refused)

    @property
    def is_touched(self) -> bool:
        """Tell whether something was typed that is not stored."""
        return any(row.told != row.before for row in self.rows.values())

    def _show(self, matters: tuple[Any, ...]) -> None:
        self._start_lines(_("事项类别"), _("数字键"), _("本地叫法"), _("不用"))
        for place, each in enumerate(matters, 1):
            self._add(place, each)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 2)

    def _add(self, place: int, category: Any) -> None:
        matter, label = category.matter, category.label
        chosen = str(category.digit) if category.digit and category.is_chosen else ""
        digit = QLineEdit(chosen, self)
        digit.setPlaceholderText(str(category.digit or ""))
        digit.setFixedWidth(3 * em(self))
        digit.setAccessibleName(_("{matter}的数字键").format(matter=label))
        aliases = QLineEdit(listed(category.aliases), self)
        aliases.setAccessibleName(_("{matter}的本地叫法").format(matter=label))
        hidden = QCheckBox(self)
        hidden.setChecked(category.hidden)
        hidden.setAccessibleName(_("{matter}不用").format(matter=label))
        row = self.rows[matter] = _Row(digit, aliases, hidden, ("", "", False))
        self.rows[matter] = row._replace(before=row.told)
        for edit in (digit, aliases):
            edit.editingFinished.connect(lambda: self.store(matter))
        hidden.toggled.connect(lambda _on: self.store(matter))
        named = QLabel(label, self)
        named.setWordWrap(True)
        for at, widget in enumerate((named, digit, aliases, hidden)):
            self._grid.addWidget(widget, place, at)

    def _stored(self, category: Any) -> None:
        self.notice.tell(_("已保存：{matter}").format(matter=category.label))
        self._office.changes.changed.emit("category")
        row = self.rows[category.matter]
        self.rows[category.matter] = row._replace(before=row.told)
