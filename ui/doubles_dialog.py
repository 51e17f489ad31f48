"""查重、合并: who was perhaps entered twice — made one, or marked as two."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ojr_desk.problems import UserError
from ojr_desk.text import N_, _, listed
from ui.buttons import button, row
from ui.changes import Changes
from ui.front import front
from ui.notice import Notice
from ui.office import Office
from ui.scrolled import scrolled
from ui.style import heading


class DoublesDialog(QDialog):
    """Persons who may be one, group by group; the first of each is kept, the others merged into it, or marked as two.

    Below them are the *parted*, of whom somebody said that they are two, for this to be taken back.
    """

    def __init__(self, office: Office, found: list[Any], parted: list[Any]) -> None:
        from ojr_desk.desk.doubles import REASONS  # noqa: PLC0415 - it is loaded with the desk

        super().__init__(front())
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
            lines.addWidget(_wrapped(_("保留：{person}").format(person=_told(keep))))
            for each in others:
                lines.addWidget(_wrapped(_("重复：{person}").format(person=_told(each))))
                lines.addWidget(Pair(office, self.notice, (keep, each)))
        if not found:
            lines.addWidget(QLabel(_("没有发现重复登记的人。")))
        if parted:
            lines.addWidget(heading(QLabel(_("已标记不是同一个人")), 1.0))
        for one, other in parted:
            for each in (one, other):
                lines.addWidget(_wrapped(_told(each)))
            lines.addWidget(Pair(office, self.notice, (one, other), is_parted=True))
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addWidget(scrolled(inside), 1)
        column.addLayout(row(button(_("关上"), self.close, self)))
        self.resize(980, 560)


class Pair(QWidget):
    """What may be done about two persons; what is done is told in *notice*."""

    def __init__(
        self, office: Office, notice: Notice, pair: tuple[Any, Any], is_parted: bool = False
    ) -> None:
        super().__init__()
        self._office, self._notice = office, notice
        self._keep, self._double = pair
        self.merge = button(_("并入上面这位"), self._merge, self)
        self.merge.setAccessibleName(self._named(_("把 {double} 并入 {keep}")))
        # Of two who were marked as two nobody stands above the other.
        self.merge.setVisible(not is_parted)
        self.part = button("", self._turn, self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.merge)
        line.addWidget(self.part)
        line.addStretch(1)
        self._show(is_parted)

    def _named(self, words: str) -> str:
        return words.format(double=self._double.record_no, keep=self._keep.record_no)

    def _show(self, is_parted: bool) -> None:
        self._is_parted = is_parted
        self.merge.setEnabled(not is_parted)
        self.part.setEnabled(True)
        self.part.setText(_("取消标记") if is_parted else _("不是同一个人"))
        told = _("取消 {double} 和 {keep} 的标记") if is_parted else _("{double} 和 {keep} 不是同一个人")
        self.part.setAccessibleName(self._named(told))

    def _merge(self) -> None:
        self._still()
        keep, double = self._keep.uid, self._double.uid

        def done(_person: object) -> None:
            self._notice.tell(self._named(_("{double} 已并入 {keep}；并错了，打开 {keep} 按“拆开合并”。")))
            self._office.changes.changed.emit(Changes.EVERYTHING)

        self._office.ask(lambda desk: desk.persons.merge(keep, double), done, self._failed)

    def _turn(self) -> None:
        """Mark them as two, or take that back."""
        self._still()
        keep, double, was = self._keep.uid, self._double.uid, self._is_parted

        def done(_nothing: object) -> None:
            self._show(not was)
            told = _("{double} 和 {keep} 的标记已取消，下次查重再列出。")
            if not was:
                told = _("{double} 和 {keep} 已标记不是同一个人，不再列出；标错了，按“取消标记”。")
            self._notice.tell(self._named(told))

        self._office.ask(
            lambda desk: (desk.persons.unpart if was else desk.persons.part)(keep, double), done, self._failed
        )

    def _still(self) -> None:
        for each in (self.merge, self.part):
            each.setEnabled(False)

    def _failed(self, error: UserError) -> None:
        self._notice.refuse(error.message)
        self._show(self._is_parted)


def _wrapped(words: str) -> QLabel:
    made = QLabel(words)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def _told(person: Any) -> str:
    events = _("{count} 次来往").format(count=person.events)
    return listed((person.record_no, person.name, person.phone, person.grid, events), N_("　"))
