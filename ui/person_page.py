"""人员查询: one person's card with all that happened, and those who were perhaps entered twice."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.problems import UserError
from ojr_desk.register import REGISTERS
from ojr_desk.text import N_, _, listed
from ui.beside import Beside
from ui.buttons import button, row
from ui.changes import Changes
from ui.flow import empty
from ui.front import front, present
from ui.notice import Notice
from ui.office import Office
from ui.page import Act
from ui.register_page import RegisterPage
from ui.scrolled import scrolled
from ui.style import heading
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
            lambda desk: desk.persons.doubles(), lambda found: present(DoublesDialog(self._office, found))
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
        self.total.setText(told)
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


class DoublesDialog(QDialog):
    """Persons who may be one, group by group; the first of each is kept, the others can be merged into it."""

    def __init__(self, office: Office, found: list[Any]) -> None:
        from ojr_desk.desk.doubles import REASONS  # noqa: PLC0415 - it is loaded with the desk

        super().__init__(front())
        self._office = office
        self.setWindowTitle(_("查重、合并"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice(self)
        inside = QWidget()
        inside.setObjectName("sheet")
        lines = QVBoxLayout(inside)
        lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        for group in found:
            lines.addWidget(heading(QLabel(_(REASONS[group.why])), 1.0))
            keep, *others = group.persons
            lines.addWidget(QLabel(_("保留：{person}").format(person=_told(keep))))
            for each in others:
                lines.addLayout(self._line(keep, each))
        if not found:
            lines.addWidget(QLabel(_("没有发现重复登记的人。")))
        scroll = scrolled(inside)
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addWidget(scroll, 1)
        column.addLayout(row(button(_("关上"), self.close, self)))
        self.resize(860, 560)

    def _line(self, keep: Any, double: Any) -> QHBoxLayout:
        line = QHBoxLayout()
        words = QLabel(_("重复：{person}").format(person=_told(double)))
        merge = button(_("并入上面这位"), lambda: None, self)
        merge.clicked.connect(lambda _on=False: self._merge(keep, double, merge))
        merge.setAccessibleName(
            _("把 {double} 并入 {keep}").format(double=double.record_no, keep=keep.record_no)
        )
        line.addWidget(words, 1)
        line.addWidget(merge)
        return line

    def _merge(self, keep: Any, double: Any, pressed: QWidget) -> None:
        pressed.setEnabled(False)

        def done(_person: object) -> None:
            told = _("{double} 已并入 {keep}；并错了，打开 {keep} 按“拆开合并”。")
            self.notice.tell(told.format(double=double.record_no, keep=keep.record_no))
            self._office.changes.changed.emit(Changes.EVERYTHING)

        def failed(error: UserError) -> None:
            self.notice.refuse(error.message)
            pressed.setEnabled(True)

        self._office.ask(lambda desk: desk.persons.merge(keep.uid, double.uid), done, failed)


def _told(person: Any) -> str:
    events = _("{count} 次来往").format(count=person.events)
    return listed((person.record_no, person.name, person.phone, person.grid, events), N_("　"))
