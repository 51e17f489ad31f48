"""What the superior answered and had to say: all that is unread in full, and the notices read before."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from ojr_desk.moments import show_moment
from ojr_desk.text import _
from ui.buttons import button, row
from ui.changes import Changes
from ui.front import front, present
from ui.office import Office
from ui.scrolled import scrolled
from ui.style import heading


def show_superior(office: Office) -> None:
    """Read what the superior answered and had to say, and show it."""
    office.ask(
        lambda desk: (desk.answers.unread(), desk.notices.all()),
        lambda told: present(SuperiorDialog(office, *told)),
    )


class SuperiorDialog(QDialog):
    """Answers and notices, the unread ones first; they are unread until somebody says that they were read."""

    def __init__(self, office: Office, answers: Sequence[Any], notices: Sequence[Any]) -> None:
        super().__init__(front())
        self._office = office
        self._packs = [each.pack for each in answers]
        self._unread = [each.uid for each in notices if each.opened_at is None]
        self.setWindowTitle(_("上级的答复和通知"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        inside.setObjectName("sheet")
        self._lines = QVBoxLayout(inside)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        for each in notices:
            if each.opened_at is None:
                self._add(_("未读：{what}").format(what=each.words), each.text, each.at)
        for each in answers:
            self._add(_("未读：{what}").format(what=each.words), "", each.at)
        for each in notices:
            if each.opened_at is not None:
                self._add(each.words, each.text, each.at)
        if not (answers or notices):
            self._lines.addWidget(QLabel(_("上级还没有答复和通知。"), inside))
        self.done_reading = button(_("都看过了"), self._read, self, main=True)
        self.done_reading.setVisible(bool(self._packs or self._unread))
        column = QVBoxLayout(self)
        column.addWidget(scrolled(inside, _("上级的答复和通知")), 1)
        column.addLayout(row(self.done_reading, button(_("关上"), self.close, self)))
        self.resize(820, 560)

    def _add(self, words: str, text: str, at: Any) -> None:
        title = heading(QLabel(words), 1.0)
        told = "\n".join(filter(None, (text, _("收到：{at}").format(at=show_moment(at)))))
        for label in (title, QLabel(told)):
            # What comes from outside is shown as it is, not as rich text.
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._lines.addWidget(label)

    def _read(self) -> None:
        packs, unread = self._packs, self._unread

        def read(desk: Any) -> None:
            desk.answers.read(packs)
            desk.notices.read(unread)

        def done(_nothing: object) -> None:
            self._office.changes.changed.emit(Changes.EVERYTHING)
            self.close()

        self._office.ask(read, done)
