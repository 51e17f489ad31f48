"""The bar at the top of the window: whose it is, what is sought in all of it, who sits here, how large it is written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from ojr_desk.text import _
from ui.style import SIZE_NAMES, heading


class TopBar(QWidget):
    """`seated` brings who sits down here, `turned` the half of the window that is wanted, `sized` a size."""

    seated = Signal(str)
    turned = Signal(str)
    sized = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = heading(QLabel(_("瓯江红党群服务中心")), 1.2)
        self.name.setWordWrap(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("查找全部（Ctrl+K）"))
        self.search.setAccessibleName(_("查找全部登记"))
        self.search.setClearButtonEnabled(True)
        self.user = self._menu_button("")
        self.user.hide()
        self.sizes = self._menu_button(_("字号"))
        self.sizes.setToolTip(_("字号（Ctrl + 和 Ctrl −）"))
        self._sizes = {name: self._size(name, words) for name, words in SIZE_NAMES.items()}
        self._sides = QButtonGroup(self)
        self._switch = QHBoxLayout()
        self._switch.setSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 6)
        row.setSpacing(12)
        row.addWidget(self.name, 3)
        row.addLayout(self._switch)
        row.addWidget(self.search, 2)
        row.addWidget(self.user)
        row.addWidget(self.sizes)

    def show_office(self, name: str, user: str) -> None:
        """Say whose window this is and who sits at it."""
        self.name.setText(name)
        self.name.setToolTip(name)
        self.user.setText(_("值班：{name}").format(name=user) if user else _("今天谁值班？"))

    def offer_staff(self, staff: Sequence[tuple[str, str]]) -> None:
        """Offer who may sit here, by key and name."""
        menu = self.user.menu()
        menu.clear()
        for uid, name in staff:
            menu.addAction(name, lambda uid=uid: self.seated.emit(uid))
        self.user.setVisible(bool(staff))

    def offer_sides(self, sides: Sequence[str], here: str) -> None:
        """Offer the halves of the window, where there are two."""
        wanted = list(sides) if len(sides) > 1 else []
        if [each.text() for each in self._sides.buttons()] != wanted:
            for old in self._sides.buttons():
                self._sides.removeButton(old)
                old.hide()
                old.deleteLater()
            for side in wanted:
                self._add_side(side)
        for each in self._sides.buttons():
            each.setChecked(each.text() == here)

    def show_size(self, size: str) -> None:
        """Mark the size in use."""
        for name, action in self._sizes.items():
            action.setChecked(name == size)

    def seek(self) -> None:
        """Put the cursor where one says what is looked for."""
        self.search.setFocus()
        self.search.selectAll()

    def _add_side(self, side: str) -> None:
        made = QPushButton(side)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda _on: self.turned.emit(side))
        self._sides.addButton(made)
        self._switch.addWidget(made)

    def _menu_button(self, words: str) -> QPushButton:
        made = QPushButton(words, self)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setMenu(QMenu(made))
        return made

    def _size(self, name: str, words: str) -> QAction:
        made = self.sizes.menu().addAction(_(words), lambda: self.sized.emit(name))
        made.setCheckable(True)
        return made
