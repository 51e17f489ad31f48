"""The window itself: who we are and what is sought above, where to go on the left, the page, the keys below.

It is shown before anything of the office is loaded, so it knows no page: these are entered later.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ojr_desk.paths import RESOURCES
from ojr_desk.text import _
from ui.key_bar import KeyBar
from ui.notice import Notice
from ui.page import Act, Page
from ui.sheaf_page import SheafPage
from ui.side_menu import Entry, SideMenu
from ui.style import SIZES, rescale, resize
from ui.top_bar import TopBar


class Window(QMainWindow):
    """The frame of everything. `painted` comes once, with the first picture on the screen."""

    painted = Signal()
    leaving = Signal()
    sized = Signal(str)
    moved = Signal(str)
    undo_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, size: str) -> None:
        super().__init__()
        self._entries: dict[str, Entry] = {}
        self._pages: dict[str, Page] = {}
        self._was_painted = False
        self._size = size if size in SIZES else next(iter(SIZES))
        self._everywhere: tuple[Act, ...] = ()
        self.may_leave: Callable[[], bool] = lambda: True
        self.setWindowTitle(_("瓯江红党群服务中心 · 台账"))
        self.setWindowIcon(QIcon(str(RESOURCES / "icons" / "ojr-desk.png")))
        self.top = TopBar()
        self.top.show_size(self._size)
        self.menu = SideMenu(_("台账和页面"))
        self.stack = QStackedWidget()
        self.notice = Notice(self)
        self.keys = KeyBar(self)
        self.undo = QPushButton()
        self._lay_out()
        self._bind_keys()

    def fill(self, entries: Sequence[Entry]) -> None:
        """Enter the lines of the menu; pages that are built already stay as they are."""
        here = self.here
        self._entries = {entry.key: entry for entry in entries}
        self.go(here if here in self._entries else entries[0].key)

    def go(self, key: str) -> Page:
        """Show a page; build it if this is the first time."""
        entry = self._entries[key]
        if entry.under:
            sheaf = self.go(entry.under)
            assert isinstance(sheaf, SheafPage)
            return sheaf.turn(key)
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = entry.build(self.stack)
            page.acts_changed.connect(self._show_keys)
            self.stack.addWidget(page)
        if self.stack.currentWidget() is not page:
            self.notice.clear()
        self.stack.setCurrentWidget(page)
        shown = [each for each in self.entries if each.side == entry.side and not each.under]
        self.menu.list_lines([each.line for each in shown], key)
        self.top.offer_sides(list(dict.fromkeys(each.side for each in self.entries)), entry.side)
        self._show_keys()
        self.moved.emit(key)
        return page

    @property
    def here(self) -> str:
        """Name the page that is seen."""
        return next((key for key, page in self._pages.items() if page is self.stack.currentWidget()), "")

    @property
    def has_unsaved(self) -> bool:
        """Tell whether anything that was typed would be lost with the window."""
        return any(page.is_touched for page in self._pages.values())

    @property
    def entries(self) -> tuple[Entry, ...]:
        """List the lines of the menu."""
        return tuple(self._entries.values())

    def set_acts(self, acts: Sequence[Act]) -> None:
        """Have these keys do their acts on every page that has no other use for them."""
        self._everywhere = tuple(acts)
        self._show_keys()

    def offer_undo(self, words: str) -> None:
        """Offer to take the last act back, named by *words*; without words nothing is offered."""
        self.undo.setText(_("撤销：{words}（Ctrl+Z）").format(words=words))
        self.undo.setVisible(bool(words))

    def show_office(self, name: str, user: str) -> None:
        """Say whose window this is and who sits at it."""
        self.top.show_office(name, user)
        self.setWindowTitle(name)

    def set_size(self, size: str) -> None:
        """Give everything letters of *size*."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._size = size
        resize(application, size)
        rescale(self)
        self.top.show_size(size)
        self.sized.emit(size)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks: Ctrl+Z where no letter can be taken back takes back the last act."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            line = isinstance(watched, QLineEdit) and not watched.isUndoAvailable()
            text = isinstance(watched, QPlainTextEdit) and not watched.document().isUndoAvailable()
            if (line or text) and event.matches(QKeySequence.StandardKey.Undo):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt tells: the first picture is on its way to the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt asks whether the window may go."""
        for page in self._pages.values():
            page.put_by()
        if self.may_leave():
            self.leaving.emit()
            event.accept()
        else:
            event.ignore()

    def _show_keys(self) -> None:
        page = self.stack.currentWidget()
        own = page.acts if isinstance(page, Page) else ()
        taken = {act.key for act in own}
        self.keys.show_acts([*(act for act in self._everywhere if act.key not in taken), *own])

    def _turn_to(self, side: str) -> None:
        self.go(next(entry.key for entry in self.entries if entry.side == side))

    def _take_back(self) -> None:
        if not self.undo.isHidden():
            self.undo_wanted.emit()

    def _step_size(self, step: int) -> None:
        names = list(SIZES)
        place = names.index(self._size) + step
        if 0 <= place < len(names):
            self.set_size(names[place])

    def _step_page(self, step: int) -> None:
        keys = self.menu.keys()
        if keys:
            self.go(keys[(keys.index(self.here) + step) % len(keys)])

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl++", lambda: self._step_size(1)),
            ("Ctrl+=", lambda: self._step_size(1)),
            ("Ctrl+-", lambda: self._step_size(-1)),
            ("Ctrl+PgDown", lambda: self._step_page(1)),
            ("Ctrl+PgUp", lambda: self._step_page(-1)),
            ("Ctrl+K", self.top.seek),
            ("Ctrl+Z", self._take_back),
            ("Ctrl+Y", self.again_wanted.emit),
        ):
            QShortcut(QKeySequence(keys), self, act)
        self.menu.chosen.connect(self.go)
        self.top.turned.connect(self._turn_to)
        self.top.sized.connect(self.set_size)
        self.undo.clicked.connect(lambda _on=False: self._take_back())
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._watch)

    def _watch(self, old: QWidget | None, new: QWidget | None) -> None:
        """Hear the keys of the line that is typed into, and of no other widget: each costs."""
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit | QPlainTextEdit):
            new.installEventFilter(self)

    def _lay_out(self) -> None:
        foot = QWidget()
        foot.setObjectName("foot")
        bottom = QHBoxLayout(foot)
        bottom.setContentsMargins(12, 2, 12, 2)
        bottom.addWidget(self.keys, 1)
        bottom.addWidget(self.undo)
        self.undo.setProperty("flat", True)
        self.undo.hide()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.menu)
        page = QVBoxLayout()
        page.setSpacing(0)
        page.addWidget(self.notice)
        page.addWidget(self.stack, 1)
        middle.addLayout(page, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(foot)
        self.setCentralWidget(whole)
