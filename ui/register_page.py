"""A register: its list, and one record beside it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ojr_desk.text import _
from ui.office import Office
from ui.page import Act, Page
from ui.record_panel import RecordPanel
from ui.style import em
from ui.view import View

#: A page narrower than so many letters shows the list or the form, not both.
_BOTH = 50
#: The form's share of the page.
_FORM_LETTERS = 27


class RegisterPage(Page):
    """The list of one view beside its form; on a narrow page one of them.

    The form is there at once; the list is made when there is an office to list.
    """

    #: Whether the form stands first and takes what room there is, instead of the list.
    form_first = False
    #: Whether the form is there before somebody asks for it.
    form_at_first = True

    def __init__(self, parent: QWidget, office: Office, view: View) -> None:
        super().__init__(parent)
        self._office, self.view, self.register = office, view, view.register
        self._left = QWidget(self)
        self._column = QVBoxLayout(self._left)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.panel = self.make_panel()
        self._wants_panel = self.form_at_first and view.adds
        #: Whether somebody asked for the form: where there is room for one, the list is seen first.
        self._asked = self.form_first
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 10, 10)
        sides = ((self._left, 2), (self.panel, 3))
        for widget, share in sides[::-1] if self.form_first else ((self._left, 1), (self.panel, 0)):
            row.addWidget(widget, share)
        self.panel.closed.connect(self.put_away)
        if office.facts.name:
            self._make_list()
        else:
            office.informed.connect(self._make_list, Qt.ConnectionType.SingleShotConnection)
        self._arrange()

    def make_panel(self) -> RecordPanel:
        """Make the form with its buttons."""
        return RecordPanel(self, self._office, self.view)

    @property
    def acts(self) -> tuple[Act, ...]:
        """List what the keys do here."""
        told: tuple[Act, ...] = (Act("F7", _("查找"), lambda: self.list.seek()),)
        return (Act("F6", _("新登记"), self.begin), *told) if self.view.adds else told

    @property
    def is_touched(self) -> bool:
        """Tell whether changes of a stored record would be lost."""
        return self.panel.is_touched

    def put_by(self) -> None:
        """Keep a new record that is half typed."""
        self.panel.keep_draft()

    def begin(self) -> None:
        """Begin a new record."""
        if self.view.adds:
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

        self.list = RecordList(self._left, self._office, self.view)
        self._column.addWidget(self.list)
        self.list.add.setVisible(self.view.adds and not self.form_first)
        self.list.wanted.connect(self.begin)
        self.list.opened.connect(self.open)
        QShortcut(
            QKeySequence("Esc"), self, self.put_away, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    def _show_panel(self, shown: bool) -> None:
        self._wants_panel = self._asked = shown
        self._arrange()

    def _arrange(self) -> None:
        letter = em(self)
        both = self.width() >= _BOTH * letter
        shown = self._wants_panel and (both or self._asked)
        self.panel.setVisible(shown)
        self._left.setVisible(both or not shown)
        narrow = both and not self.form_first
        self.panel.setMaximumWidth(_FORM_LETTERS * letter if narrow else 16_777_215)
        self.panel.setMinimumWidth(_FORM_LETTERS * letter if both else 0)
