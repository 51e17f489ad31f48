"""The columns of a foreign table beside what each is taken for, which may be put right."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from ojr_desk.exchange.old_book_headings import Target
from ojr_desk.register import REGISTERS
from ojr_desk.text import _, listed
from ui.backlog.pasted import Heading
from ui.choice_editors import ChoiceBox
from ui.style import HIT, em


class Headings(QTableWidget):
    """A line for each heading; `said` tells what a person says of one: the heading and the name of a column."""

    said = Signal(str, str)

    def __init__(self, parent: QWidget, targets: Mapping[str, Target], second: str) -> None:
        super().__init__(0, 3, parent)
        self._targets = targets
        self.setAccessibleName(_("表头对到哪一栏"))
        self.setHorizontalHeaderLabels([_("表里的表头"), second, _("记到哪一栏")])
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self._fit()

    def show_headings(self, headings: Sequence[Heading]) -> None:
        """Show these headings."""
        focused = next((at for at in range(self.rowCount()) if self.box(at).hasFocus()), -1)
        self.setRowCount(len(headings))
        for at, heading in enumerate(headings):
            for column, text in enumerate((heading.text, " ".join(heading.example.split())[:40])):
                item = QTableWidgetItem(text)
                item.setToolTip(heading.example)
                self.setItem(at, column, item)
            self.setCellWidget(at, 2, self._box(heading))
        self._fit()
        if 0 <= focused < len(headings):
            self.box(focused).setFocus()

    def box(self, at: int) -> ChoiceBox:
        """Answer with the list beside a heading."""
        found = self.cellWidget(at, 2)
        assert isinstance(found, ChoiceBox)
        return found

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _box(self, heading: Heading) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setAccessibleName(_("“{heading}”记到哪一栏").format(heading=heading.text))
        box.addItem(_("（不要）"), "")
        if len(heading.names) > 1:
            box.addItem(
                listed(label_of(self._targets[name]) for name in heading.names), ",".join(heading.names)
            )
        for name, target in self._targets.items():
            box.addItem(label_of(target), name)
        box.setCurrentIndex(max(0, box.findData(",".join(heading.names))))
        box.activated.connect(lambda _at: self._chosen(heading, str(box.currentData())))
        return box

    def _chosen(self, heading: Heading, name: str) -> None:
        if name != ",".join(heading.names) and "," not in name:
            self.said.emit(heading.text, name)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(HIT + 4, self.fontMetrics().height() + 20))
        letter = em(self)
        for at, letters in enumerate((9, 13, 13)):
            self.setColumnWidth(at, letters * letter)
        self.horizontalHeader().setStretchLastSection(True)


def label_of(target: Target) -> str:
    """Name what a heading may stand for."""
    label = _(target.column.label)
    title = _(REGISTERS["person"].title)
    return _("{whose}·{label}").format(whose=title, label=label) if target.link else label
