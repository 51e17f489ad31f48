"""Who changed what in a record, when, and from which value."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout

from ojr_desk.desk.retold import Line, lines
from ojr_desk.register import Register
from ojr_desk.text import _
from ui.buttons import button, row
from ui.front import front
from ui.here import here
from ui.office import Office


class HistoryDialog(QDialog):
    """A table of everything that was ever changed in one record."""

    def __init__(self, office: Office, register: Register, uid: str, number: str) -> None:
        super().__init__(front())
        self.setWindowTitle(_("{number} 的修改痕迹").format(number=number))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.windowTitle())
        self.table.setHorizontalHeaderLabels([_("时间"), _("经手人"), _("做了什么"), _("内容")])
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        # Rows follow the width that the last column is given.
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(self.table)
        column.addLayout(row(button(_("关上"), self.close)))
        self.resize(900, 560)
        office.ask(lambda desk: lines(desk, register, uid), here(self, self._show))

    def _show(self, told: list[Line]) -> None:
        self.table.setRowCount(len(told))
        for place, line in enumerate(told):
            for at, text in enumerate((line.at, line.who, line.what, line.changes)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.table.setItem(place, at, item)
        for at in range(self.table.columnCount() - 1):
            self.table.resizeColumnToContents(at)
