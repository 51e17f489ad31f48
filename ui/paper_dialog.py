"""One paper to be looked at and printed, such as the slip that a resident takes home."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from ojr_desk.text import _
from ui.buttons import button, row
from ui.front import front
from ui.notice import Notice
from ui.office import Office
from ui.paper import ask_print, ask_save
from ui.sheet_view import SheetView


class PaperDialog(QDialog):
    """Shows a PDF file with buttons to print and to keep it."""

    def __init__(self, office: Office, title: str, path: Path) -> None:
        super().__init__(front())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = SheetView(office)
        self.notice = Notice(self)
        told = self.notice.tell
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addWidget(self.notice)
        column.addLayout(
            row(
                button(
                    _("打印…"),
                    lambda: ask_print(office, self, path, self.view.pages, self.notice),
                    self,
                    main=True,
                ),
                button(_("存成 PDF…"), lambda: ask_save(office, self, path, told), self),
                button(_("关上"), self.close, self),
            )
        )
        self.resize(900, 640)
        self.view.show_file(path)
