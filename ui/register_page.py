"""A register: its list, and one record beside it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ojr_desk.register import Register
from ui.beside import Beside
from ui.office import Office
from ui.page import Page
from ui.record_panel import RecordPanel
from ui.style import em

#: A page narrower than so many letters shows the list or the form, not both.
_BOTH = 56
#: The form's share of the page.
_FORM_LETTERS = 27


class RegisterPage(Page):
    """The list of one register on the left, the form on the right; on a narrow page one of them.

    The form is there at once; the list is made when there is an office to list.
    """

    def __init__(
        self,
        parent: QWidget,
        office: Office,
        register: Register,
        beside: Callable[[QWidget, Office], Beside] | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self.register = office, register
        self._left = QWidget(self)
        self._column = QVBoxLayout(self._left)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.panel = RecordPanel(self, office, register, beside)
        self._wants_panel = not register.through
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 10, 10)
        row.addWidget(self._left, 1)
        row.addWidget(self.panel)
        self.panel.closed.connect(self.put_away)
        if office.facts.name:
            self._make_list()
        else:
            office.informed.connect(self._make_list, Qt.ConnectionType.SingleShotConnection)
        self._arrange()

    @property
    def is_touched(self) -> bool:
        """Tell whether changes of a stored record would be lost."""
        return self.panel.is_touched

    def put_by(self) -> None:
        """Keep a new record that is half typed."""
        self.panel.keep_draft()

    def begin(self) -> None:
        """Begin a new record."""
        if not self.register.through:
            self.list.table.clearSelection()
            self.panel.new()
            self._show_panel(True)

    def open(self, uid: str) -> None:
        """Show a stored record beside the list."""
        self.panel.open(uid)
        self._show_panel(True)

    def put_away(self) -> None:
        """Put the form away and show the whole list."""
        self._show_panel(False)
        self.list.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: there is room for list and form, or for one of them."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: larger letters need more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _make_list(self) -> None:
        from ui.record_list import RecordList  # noqa: PLC0415 - the first form must not wait for it

        self.list = RecordList(self._left, self._office, self.register)
        self._column.addWidget(self.list)
        self.list.wanted.connect(self.begin)
        self.list.opened.connect(self.open)
        for keys, act in (
            ("F2", self.begin),
            ("F3", self.list.seek),
            ("F5", self.list.reload),
            ("Esc", self.put_away),
        ):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _show_panel(self, shown: bool) -> None:
        self._wants_panel = shown
        self._arrange()

    def _arrange(self) -> None:
        letter = em(self)
        both = self.width() >= _BOTH * letter
        self.panel.setVisible(self._wants_panel)
        self._left.setVisible(both or not self._wants_panel)
        self.panel.setMaximumWidth(_FORM_LETTERS * letter if both else 16_777_215)
        self.panel.setMinimumWidth(_FORM_LETTERS * letter if both else 0)
