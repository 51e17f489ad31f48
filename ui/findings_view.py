"""What a check of a month found: a light in words for each, and the way to where it is mended."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.text import N_, _
from ui.buttons import button
from ui.flow import empty
from ui.long_button import LongButton
from ui.office import Office
from ui.scrolled import scrolled
from ui.style import mark

#: How each light is said and coloured.
_LIGHTS = {"red": (N_("必须改"), "bad"), "amber": (N_("请看看"), "warn"), "green": (N_("没问题"), "good")}


class FindingsView(QWidget):
    """The findings of one month, red first; *none* is called to confirm 本月无.

    Where somebody looks at another centre's month, *mark* makes a mark of a finding, and *go* leads to a record.
    """

    def __init__(
        self,
        parent: QWidget,
        office: Office,
        none: Callable[[], object],
        mark: Callable[[Any], object] | None = None,
        go: Callable[[str, str], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._none, self._mark = none, mark
        self._go = go or office.wanted.emit
        inside = QWidget()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        within = QVBoxLayout(inside)
        within.setContentsMargins(0, 0, 8, 0)
        within.addLayout(self._grid)
        within.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inside, _("检查结果")))
        self.count = 0

    def show_findings(self, found: Sequence[Any]) -> None:
        """Show what was found, in its order."""
        empty(self._grid)
        self.count = len(found)
        for place, each in enumerate(found):
            words, tone = _LIGHTS[each.light]
            light = QLabel(_(words), self)
            light.setObjectName("state")
            mark(light, "tone", tone)
            self._grid.addWidget(light, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._told(each), place, 1)
            if each.act == "none":
                self._grid.addWidget(button(_("确认本月无"), self._none), place, 2)
            if self._mark is not None and each.light != "green":
                self._grid.addWidget(button(_("转为批注"), partial(self._mark, each)), place, 2)

    def _told(self, finding: Any) -> QWidget:
        if finding.uid:
            way = partial(self._go, finding.register, finding.uid)
            return LongButton(finding.words, way, self)
        if finding.page and self._mark is None:
            return LongButton(finding.words, partial(self._go, "", finding.page), self)
        told = QLabel(finding.words, self)
        told.setWordWrap(True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setContentsMargins(9, 6, 9, 6)
        return told
