"""人员查询: one person's card with all that happened, and those who were perhaps entered twice."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.register import REGISTERS
from ojr_desk.text import N_, _, listed
from ui.beside import Beside
from ui.buttons import button
from ui.changes import Changes
from ui.doubles_dialog import DoublesDialog
from ui.flow import empty
from ui.front import present
from ui.office import Office
from ui.page import Act
from ui.register_page import RegisterPage
from ui.scrolled import scrolled
from ui.view import whole

#: Events that the card shows at once.
_PAGE = 20


class PersonPage(RegisterPage):
    """The persons that this centre knows."""

    form_at_first = False

    def __init__(self, parent: QWidget, office: Office) -> None:
        view = whole(REGISTERS["person"], PersonCard)._replace(title=_("人员查询"))
        super().__init__(parent, office, view)

    @property
    def acts(self) -> tuple[Act, ...]:
        """List what the keys do here."""
        return (*super().acts, Act("F8", _("查重、合并"), self.find_doubles))

    def find_doubles(self) -> None:
        """Show who was perhaps entered twice."""
        self._office.ask(
            lambda desk: (desk.persons.doubles(), desk.persons.parted()),
            lambda found: present(DoublesDialog(self._office, *found)),
        )


class PersonCard(Beside):
    """What happened with one person: when, of what sort and how it stands; opening one is a deliberate act."""

    comes_first = True

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._uid, self._shown = "", 0
        self.total = QLabel()
        self.total.setProperty("faint", True)
        self.total.setWordWrap(True)
        self.apart = button(_("拆开合并"), self._take_apart, self)
        self.more = button(_("更早的…"), lambda: self._read(self._shown), self, flat=True)
        inside = QWidget()
        inside.setObjectName("sheet")
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 4, 12, 4)
        self._lines.setSpacing(2)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = scrolled(inside)
        top = QHBoxLayout()
        top.addWidget(self.total, 1)
        top.addWidget(self.apart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.addLayout(top)
        column.addWidget(scroll, 1)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def words(self) -> str:
        """Name the leaf."""
        return _("来往")

    def show_record(self, record: Any) -> None:
        """Show what happened with *record*, a person."""
        self._uid = str(record.uid)
        self._read(0)

    def _read(self, skip: int) -> None:
        uid = self._uid
        self._office.ask(
            lambda desk: desk.persons.card(uid, skip, _PAGE), lambda card: self._show(uid, skip, card)
        )

    def _show(self, uid: str, skip: int, card: Any) -> None:
        if uid != self._uid:
            return
        if not skip:
            empty(self._lines)
        told = _("共 {count} 次来往").format(count=card.total) if card.total else _("还没有来往记录。")
        if card.doubles:
            told += _("　已并入：{numbers}").format(numbers=listed(card.doubles, most=5))
        lent = (_("借用未还：{what}").format(what=each.words) for each in card.lent)
        self.total.setText("\n".join((told, *lent)))
        self.apart.setVisible(bool(card.doubles))
        self._doubles = card.doubles
        for event in card.events:
            parts = (f"{event.day:%Y-%m-%d}" if event.day else "", event.kind, event.state, event.record_no)
            words = listed(parts, N_("　"))
            line = button(
                words, partial(self._office.wanted.emit, event.register, event.uid), self, flat=True
            )
            line.setToolTip(_("打开这一条"))
            self._lines.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        self._shown = skip + len(card.events)
        self.more.setVisible(self._shown < card.total)

    def _take_apart(self) -> None:
        double = self._doubles[-1]

        def done(_person: object) -> None:
            self._office.changes.changed.emit(Changes.EVERYTHING)
            self.changed.emit()

        self._office.ask(lambda desk: desk.persons.unmerge(double), done)
