"""Editors for what is typed: words, numbers, days, times, and the tick."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QCheckBox, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from ojr_desk import moments
from ojr_desk.problems import Wrong
from ojr_desk.text import _
from ui.editor import Clock, Editor
from ui.style import HIT, em

_LEAST_LINES, _MOST_LINES = 2, 10


class LineEditor(Editor):
    """One line. It has no greatest length: Qt would count a rare character twice and cut it in half."""

    def __init__(self, parent: QWidget, hint: str = "") -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(hint)
        self.hold(self.line, *self._buttons())
        self.line.textEdited.connect(self.changed)

    def _buttons(self) -> tuple[QToolButton, ...]:
        return ()

    def opener(self, name: str, words: str, pressed: Callable[[], object]) -> QToolButton:
        """Make the small button behind the line that opens what may stand in it; keys have no need of it."""
        made = QToolButton(self)
        made.setObjectName(name)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName(words)
        made.clicked.connect(lambda _on: pressed())
        return made

    def value(self) -> Any:
        """Answer with the text."""
        return self.line.text()

    def put(self, value: Any, text: str) -> None:
        """Show *text* from its beginning."""
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def lock(self, locked: bool) -> None:
        """Let the text be copied but not changed."""
        self.line.setReadOnly(locked)
        for button in self.beside:
            button.setEnabled(not locked)


class LongEditor(Editor):
    """Many lines; it grows with the text, and Tab goes on to the next field."""

    enter_submits = False

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(self)
        self.hold(self.text)
        self.text.setTabChangesFocus(True)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._filling = False
        self.text.textChanged.connect(self._changed)
        self.text.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def value(self) -> Any:
        """Answer with the text."""
        return self.text.toPlainText()

    def put(self, value: Any, text: str) -> None:
        """Show *text*."""
        self._filling = True
        self.text.setPlainText(text)
        self._filling = False

    def lock(self, locked: bool) -> None:
        """Let the text be copied but not changed."""
        self.text.setReadOnly(locked)

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _changed(self) -> None:
        if not self._filling:
            self.typed.emit()

    def _fit(self) -> None:
        lines = int(self.text.document().size().height())
        shown = min(max(lines, _LEAST_LINES), _MOST_LINES)
        self.text.setFixedHeight(shown * self.text.fontMetrics().lineSpacing() + 20)


class DayEditor(LineEditor):
    """A day as people type it, 昨天 too; the arrow keys go a day up and down, the button opens a calendar."""

    def __init__(self, parent: QWidget, clock: Clock, timed: bool = False) -> None:
        super().__init__(parent)
        self._clock, self._timed = clock, timed

    def _buttons(self) -> tuple[QToolButton, ...]:
        return (self.opener("day", _("打开日历"), self._open),)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks: the arrow keys change the day."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            and not self.line.isReadOnly()
        ):
            self._go_to(self._moment() + timedelta(days=1 if event.key() == Qt.Key.Key_Up else -1))
            return True
        return super().eventFilter(watched, event)

    def _moment(self) -> datetime:
        """Read what stands there; where that is no day, take today."""
        now = self._clock()
        with suppress(Wrong):
            if self._timed:
                return moments.parse_moment(self.line.text(), now)
            return datetime.combine(moments.parse_day(self.line.text(), now.date()), now.time())
        return now

    def _go_to(self, moment: datetime) -> None:
        show = moments.show_moment(moment) if self._timed else moments.show_day(moment.date())
        self.line.setText(show)
        self.typed.emit()

    def _open(self) -> None:
        at = self._moment()
        sheet = QCalendarWidget(self)
        sheet.setWindowFlags(Qt.WindowType.Popup)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        sheet.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        sheet.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        sheet.setMinimumSize(8 * max(HIT, 3 * em(self)), 8 * max(HIT, 2 * em(self)))
        for name, arrow in (("prev", Qt.ArrowType.LeftArrow), ("next", Qt.ArrowType.RightArrow)):
            # Qt's own pictures are green.
            turn: Any = sheet.findChild(QToolButton, f"qt_calendar_{name}month")
            turn.setArrowType(arrow)
        sheet.setSelectedDate(QDate(at.year, at.month, at.day))
        sheet.clicked.connect(lambda day: self._chosen(sheet, day, at))
        sheet.activated.connect(lambda day: self._chosen(sheet, day, at))
        sheet.move(self.mapToGlobal(QPoint(0, self.height())))
        sheet.show()
        sheet.setFocus()

    def _chosen(self, sheet: QCalendarWidget, day: QDate, at: datetime) -> None:
        sheet.close()
        self._go_to(datetime.combine(date(day.year(), day.month(), day.day()), at.time()))
        self.line.setFocus()


class FlagEditor(Editor):
    """A tick, with its words beside it."""

    def __init__(self, parent: QWidget, label: str) -> None:
        super().__init__(parent)
        self.tick = QCheckBox(label, self)
        self.hold(self.tick)
        self.tick.toggled.connect(self.changed)

    def value(self) -> Any:
        """Answer with yes or no."""
        return self.tick.isChecked()

    def put(self, value: Any, text: str) -> None:
        """Tick it or not."""
        self.tick.blockSignals(True)
        self.tick.setChecked(bool(value))
        self.tick.blockSignals(False)
