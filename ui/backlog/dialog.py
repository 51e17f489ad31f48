"""The window for what was kept before the program: a handwritten book, a pasted table, an old Excel book."""

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ojr_desk.text import _
from ui.backlog.grid_page import GridPage
from ui.backlog.load_page import LoadPage
from ui.buttons import button
from ui.front import front, present
from ui.office import Office
from ui.tabs import Tabs
from ui.view import View
from ui.window import Window


class BacklogDialog(QDialog):
    """Two leaves over the window: the grid, and old Excel books. What is not stored is kept when it closes.

    The second leaf is made when it is turned to first: who copies a book by hand does not wait for it.
    """

    def __init__(self, office: Office, view: View) -> None:
        parent = front()
        super().__init__(parent)
        self.setWindowTitle(_("{title}：补录、导入").format(title=view.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.leaves = Tabs(self)
        self.grid = GridPage(self.leaves.stack, office, view)
        self._office, self._view = office, view
        self._leaf = QWidget(self.leaves.stack)
        QVBoxLayout(self._leaf).setContentsMargins(0, 0, 0, 0)
        self.leaves.add(_("手写本子、粘贴表格"), self.grid)
        self.leaves.add(_("导入旧的 Excel 本子"), self._leaf)
        self.leaves.turned.connect(lambda place: self.load if place else None)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.leaves, 1)
        bar = self.leaves.bar.layout()
        assert bar is not None
        bar.addWidget(button(_("关上（没保存的留着）"), self.close, self.leaves.bar))
        if parent is not None:
            self.resize(parent.window().size())
        self.leaves.turn(0)
        self.finished.connect(self._put_by)

    @cached_property
    def load(self) -> LoadPage:
        """The leaf of old Excel books."""
        page, column = LoadPage(self._leaf, self._office, self._view), self._leaf.layout()
        assert column is not None
        column.addWidget(page)
        return page

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: the person begins."""
        super().showEvent(event)
        if self.leaves.place == 0:
            self.grid.begin()

    def reject(self) -> None:
        """Close, but not while rows are being stored."""
        if not self.grid.is_busy:
            self.grid.grid.settle()
            super().reject()

    def _put_by(self) -> None:
        """Keep what is not stored, and say so where the person goes on."""
        self.grid.put_by()
        window, count = self.parent(), self.grid.count
        if isinstance(window, Window) and count:
            window.notice.warn(
                _("补录表格里还有 {count} 行没有保存，已经留着：再打开可以接着写。").format(count=count)
            )


def open_backlog(office: Office, view: View) -> BacklogDialog:
    """Open the window for the register of *view*."""
    dialog = BacklogDialog(office, view)
    present(dialog)
    return dialog
