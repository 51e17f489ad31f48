"""The window itself: who we are above, where to go on the left, the page, the keys below.

It is shown before anything of the office is loaded, so it knows no page: these are entered later.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ojr_desk.paths import RESOURCES
from ojr_desk.text import _
from ui.page import Page
from ui.style import HIT, SIZE_NAMES, SIZES, em, heading, rescale, resize

_KEY = Qt.ItemDataRole.UserRole


class Entry(NamedTuple):
    """One line of the menu, under the heading of its group; the page is built when it is first gone to."""

    key: str
    title: str
    group: str
    build: Callable[[QWidget], Page]


class Window(QMainWindow):
    """The frame of everything. `painted` comes once, with the first picture on the screen."""

    painted = Signal()
    leaving = Signal()
    sized = Signal(str)
    seated = Signal(str)

    def __init__(self, size: str) -> None:
        super().__init__()
        self._entries: dict[str, Entry] = {}
        self._pages: dict[str, Page] = {}
        self._was_painted = False
        self._size = size if size in SIZES else next(iter(SIZES))
        self.may_leave: Callable[[], bool] = lambda: True
        self.setWindowTitle(_("瓯江红党群服务中心 · 台账"))
        self.setWindowIcon(QIcon(str(RESOURCES / "icons" / "ojr-desk.png")))
        self.name = heading(QLabel(_("瓯江红党群服务中心")), 1.2)
        self.user = QPushButton()
        self.user.setMenu(QMenu(self.user))
        self.user.hide()
        self.menu = QListWidget()
        self.stack = QStackedWidget()
        self.foot = QLabel(_("正在打开……"))
        self._lay_out()
        self._bind_keys()

    def fill(self, entries: Sequence[Entry]) -> None:
        """Enter the lines of the menu; pages that are built already stay as they are."""
        here = self.here
        self._entries = {entry.key: entry for entry in entries}
        self.menu.blockSignals(True)
        self.menu.clear()
        group = ""
        for entry in entries:
            if entry.group != group:
                group = entry.group
                self._add_line(group, None)
            self._add_line(entry.title, entry.key)
        self.menu.blockSignals(False)
        self._fit_menu()
        self.go(here if here in self._entries else entries[0].key)

    def go(self, key: str) -> Page:
        """Show a page; build it if this is the first time."""
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._entries[key].build(self.stack)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        for place in range(self.menu.count()):
            if self.menu.item(place).data(_KEY) == key:
                self.menu.blockSignals(True)
                self.menu.setCurrentRow(place)
                self.menu.blockSignals(False)
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

    def show_office(self, name: str, user: str) -> None:
        """Say whose window this is and who sits at it."""
        self.name.setText(name)
        self.setWindowTitle(name)
        self.user.setText(_("值班：{name}").format(name=user) if user else _("今天谁值班？"))

    def offer_staff(self, staff: Sequence[tuple[str, str]]) -> None:
        """Offer who may sit here, by key and name."""
        menu = self.user.menu()
        menu.clear()
        for uid, name in staff:
            menu.addAction(name, lambda uid=uid: self.seated.emit(uid))
        self.user.setVisible(bool(staff))

    def set_size(self, size: str) -> None:
        """Give everything letters of *size*."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._size = size
        resize(application, size)
        rescale(self)
        self._fit_menu()
        for name, button in self._sizes.items():
            button.setChecked(name == size)
        self.sized.emit(size)

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

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: larger letters need a wider menu."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_menu()

    def _add_line(self, words: str, key: str | None) -> None:
        item = QListWidgetItem(words)
        if key is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setData(_KEY, key)
        self.menu.addItem(item)

    def _fit_menu(self) -> None:
        metrics = self.menu.fontMetrics()
        self.menu.setFixedWidth(7 * em(self.menu) + 56)
        for place in range(self.menu.count()):
            item = self.menu.item(place)
            high = max(HIT, metrics.height() + 12) if item.data(_KEY) else metrics.height() + 4
            item.setSizeHint(QSize(0, high))

    def _chosen(self) -> None:
        item = self.menu.currentItem()
        if item is not None and item.data(_KEY):
            self.go(item.data(_KEY))

    def _step_size(self, step: int) -> None:
        names = list(SIZES)
        place = names.index(self._size) + step
        if 0 <= place < len(names):
            self.set_size(names[place])

    def _step_page(self, step: int) -> None:
        keys = list(self._entries)
        if keys:
            self.go(keys[(keys.index(self.here) + step) % len(keys)])

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl++", lambda: self._step_size(1)),
            ("Ctrl+=", lambda: self._step_size(1)),
            ("Ctrl+-", lambda: self._step_size(-1)),
            ("Ctrl+PgDown", lambda: self._step_page(1)),
            ("Ctrl+PgUp", lambda: self._step_page(-1)),
        ):
            QShortcut(QKeySequence(keys), self, act)
        self.menu.currentRowChanged.connect(lambda _row: self._chosen())

    def _lay_out(self) -> None:
        top = QWidget()
        top.setObjectName("top")
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 4, 12, 6)
        row.addWidget(self.name, 1)
        row.addWidget(self.user)
        row.addSpacing(16)
        self._sizes = {name: self._size_button(name, words) for name, words in SIZE_NAMES.items()}
        for button in self._sizes.values():
            row.addWidget(button)
        self.menu.setObjectName("menu")
        self.menu.setAccessibleName(_("台账和页面"))
        self.menu.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_menu()
        foot = QWidget()
        foot.setObjectName("foot")
        bottom = QHBoxLayout(foot)
        bottom.setContentsMargins(16, 4, 16, 4)
        bottom.addWidget(self.foot, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.menu)
        middle.addWidget(self.stack, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addLayout(middle, 1)
        column.addWidget(foot)
        self.setCentralWidget(whole)

    def _size_button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(_(words))
        button.setCheckable(True)
        button.setChecked(name == self._size)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(_("字号：{name}").format(name=_(words)))
        button.clicked.connect(lambda _on: self.set_size(name))
        return button
