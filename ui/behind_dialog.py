"""The records behind one number: each opens on its page."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout

from ojr_desk.figures import Figure, Ratio, Span
from ojr_desk.register import REGISTERS
from ojr_desk.text import _
from ui.buttons import button, row
from ui.front import front
from ui.office import Office
from ui.plain_table import PlainTable
from ui.style import em

#: So many are listed; a year's entries are looked through on their own page.
_MOST = 2000
#: No wider than a small screen, in pixels.
_WIDEST = 1300


class BehindDialog(QDialog):
    """A list of the records that make a number; Enter or a double click opens one."""

    def __init__(self, office: Office, figure: Figure, span: Span, center: str = "") -> None:
        super().__init__(front())
        self._office = office
        self._seen: list[Any] = []
        self.setWindowTitle(
            _("{title} {number}（{days}）").format(
                title=_(figure.indicator.title), number=figure.told, days=span.title
            )
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.told = QLabel(_(figure.indicator.means))
        self.told.setWordWrap(True)
        self.told.setProperty("faint", True)
        self.heads = [_("编号"), _("日期"), _("台账"), _("事项"), _("姓名"), _("现在"), _("计数")]
        self.table = PlainTable(self.windowTitle(), self.heads)
        self.table.cellActivated.connect(lambda place, _at: self._open(place))
        self.open_it = button(_("打开这一条"), lambda: self._open(self.table.currentRow()), main=True)
        column = QVBoxLayout(self)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.open_it, button(_("关上"), self.close)))
        self.resize(min(50 * em(self), _WIDEST), 600)
        code = figure.indicator.code
        is_ratio = isinstance(figure.indicator, Ratio)
        office.ask(
            lambda desk: desk.figures.seen(code, span, _MOST + 1, center),
            lambda seen: self._show(seen, is_ratio),
        )

    def _show(self, seen: list[Any], is_ratio: bool) -> None:
        self._seen = seen[:_MOST]
        self.table.show_rows([_texts(each) for each in self._seen])
        self.table.setColumnHidden(6, is_ratio or all(each.amount == 1 for each in self._seen))
        for at, empty in ((3, not any(each.what for each in seen)), (4, not any(each.who for each in seen))):
            self.table.setColumnHidden(at, empty)
        self.open_it.setEnabled(bool(self._seen))
        told = _("共 {n} 条。").format(n=len(self._seen))
        if len(seen) > _MOST:
            told = _("只列出前 {n} 条。").format(n=_MOST)
        if is_ratio:
            told = _("列出的是分母里的记录，{told}").format(told=told)
        self.told.setText(_("{told}　{means}").format(told=told, means=self.told.text()))

    def _open(self, place: int) -> None:
        if 0 <= place < len(self._seen):
            event = self._seen[place].event
            self.accept()
            self._office.wanted.emit(event.register, event.uid)


def _texts(seen: Any) -> tuple[str, ...]:
    event = seen.event
    day = event.day.isoformat() if event.day else ""
    kind = event.kind or _(REGISTERS[event.register].title)
    return (event.record_no, day, kind, seen.what, seen.who, event.state, str(seen.amount))
