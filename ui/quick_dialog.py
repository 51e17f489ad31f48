"""快报: any indicators for any days as text for a chat, in three clicks: open, choose, copy."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ojr_desk.figures import Indicator, Span
from ojr_desk.moments import Month, parse_day, show_day
from ojr_desk.problems import UserError, Wrong
from ojr_desk.text import N_, _
from ui.buttons import button, row
from ui.flow import Flow
from ui.front import front
from ui.line_editors import DayEditor
from ui.notice import Notice
from ui.office import Office
from ui.scrolled import scrolled
from ui.style import em
from ui.tall import TallItems

#: No wider than a small screen, in pixels.
_WIDEST = 1300
RANGES = {
    "month": N_("这个月"),
    "last": N_("上个月"),
    "quarter": N_("本季度"),
    "year": N_("今年"),
    "own": N_("自己填"),
}


def days_of(which: str, today: date) -> Span:
    """Tell which days a key of `RANGES` means, up to today."""
    if which == "last":
        return Span.of(Month.of(today).previous())
    month = {"quarter": today.month - (today.month - 1) % 3, "year": 1}.get(which, today.month)
    return Span(date(today.year, month, 1), today)


class QuickDialog(QDialog):
    """Indicators to tick, days to choose, and the text that comes of it, which is copied by one button."""

    def __init__(self, office: Office, offered: Sequence[Indicator], chosen: str, span: Span) -> None:
        super().__init__(front())
        self._office = office
        self._ticket = 0
        self.setWindowTitle(_("快报"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.boxes = {each.code: QCheckBox(_(each.title)) for each in offered}
        for each in offered:
            self.boxes[each.code].setToolTip(_(each.means))
            self.boxes[each.code].setChecked(each.code == chosen)
        self.ranges = QComboBox()
        self.ranges.setItemDelegate(TallItems(self.ranges))
        self.ranges.setAccessibleName(_("哪几天"))
        for key, words in RANGES.items():
            self.ranges.addItem(_(words), key)
        self.first, self.last = DayEditor(self, office.now), DayEditor(self, office.now)
        self.first.name(_("开始日期"), "")
        self.last.name(_("截止日期"), "")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("快报的文字"))
        self.text.setTabChangesFocus(True)
        self.notice = Notice(self)
        self.copy = button(_("复制"), self._copy, main=True)
        self._lay_out()
        for box in self.boxes.values():
            box.toggled.connect(lambda _on: self.reload())
        self.ranges.activated.connect(lambda _place: self._choose_range())
        for editor in (self.first, self.last):
            editor.typed.connect(self._typed)
        self._put(span)
        next(iter(self.boxes.values())).setFocus()

    @property
    def codes(self) -> list[str]:
        """List the indicators that are ticked, in the order of the table."""
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def reload(self) -> None:
        """Have the text written anew; an answer to an older choice is dropped."""
        self._ticket += 1
        ticket, codes = self._ticket, self.codes
        self.copy.setEnabled(False)
        try:
            span = self._span()
        except (Wrong, UserError) as error:
            self.notice.refuse(str(error))
            return

        def written(text: str) -> None:
            if ticket == self._ticket:
                self.notice.clear()
                self.text.setPlainText(text)
                self.copy.setEnabled(True)

        def refused(error: UserError) -> None:
            if ticket == self._ticket:
                self.text.setPlainText("")
                self.notice.warn(error.message)

        self._office.ask(lambda desk: desk.figures.quick(codes, span), written, refused)

    def _span(self) -> Span:
        today = self._office.now().date()
        return Span(*(parse_day(str(editor.value()), today) for editor in (self.first, self.last)))

    def _put(self, span: Span) -> None:
        for editor, day in ((self.first, span.first), (self.last, span.last)):
            editor.put(day, show_day(day))
        today = self._office.now().date()
        same = [
            place
            for place in range(self.ranges.count())
            if days_of(str(self.ranges.itemData(place)), today) == span
        ]
        self.ranges.setCurrentIndex(same[0] if same else self.ranges.count() - 1)
        self.reload()

    def _choose_range(self) -> None:
        which = str(self.ranges.currentData())
        if which == "own":
            self.first.setFocus()
        else:
            self._put(days_of(which, self._office.now().date()))

    def _typed(self) -> None:
        self.ranges.setCurrentIndex(self.ranges.count() - 1)
        self.reload()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.notice.tell(_("已复制，可以粘贴到群里了。"))

    def _lay_out(self) -> None:
        top = Flow(across=8, down=4)
        for each in (self.ranges, self.first, self.last):
            top.addWidget(each)
        for editor in (self.first, self.last):
            editor.setFixedWidth(9 * em(self))
        right = QVBoxLayout()
        right.addLayout(top)
        right.addWidget(self.text, 1)
        right.addWidget(self.notice)
        right.addLayout(row(self.copy, button(_("关上"), self.close)))
        both = QHBoxLayout(self)
        both.addWidget(self._list(), 1)
        both.addLayout(right, 2)
        self.resize(min(50 * em(self), _WIDEST), 600)

    def _list(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(0)
        for box in self.boxes.values():
            column.addWidget(box)
        column.addStretch(1)
        return scrolled(inside)
