"""What a person looks for in a list: words, and a month where records have one."""

from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from ojr_desk.moments import Month
from ojr_desk.text import _
from ui.choice_editors import ChoiceBox
from ui.flow import Flow

#: How long typing rests before it is looked for, in milliseconds.
_REST = 200
_MONTHS = 36
#: The width of the list of months, in Latin letters; the word for all of them may need more.
_LETTERS = 7


class Sought(NamedTuple):
    """What is looked for: words, and the records of a month or of all."""

    words: tuple[str, ...]
    month: Month | None


class SearchBar(QWidget):
    """One line for words, one list of months, and how many were found; behind them what else can be done.

    `asked` wants it looked for, `left` wants to go on to what was found.
    """

    asked, left = Signal(), Signal()

    def __init__(self, parent: QWidget, dated: bool) -> None:
        super().__init__(parent)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(_("查找：姓名、首字母、内容、电话尾号"))
        self.words.setClearButtonEnabled(True)
        self.words.setAccessibleName(_("查找"))
        self.months = ChoiceBox(self)
        self.months.setMinimumContentsLength(max(_LETTERS, len(_("全部月份"))))
        self.months.setAccessibleName(_("月份"))
        self.months.addItem(_("全部月份"), None)
        self.months.setVisible(dated)
        self.count = QLabel(self)
        self.count.setProperty("faint", True)
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._timer.timeout.connect(self.asked)
        self.words.textChanged.connect(lambda _text: self._timer.start())
        self.words.returnPressed.connect(self._at_once)
        QShortcut(QKeySequence("Down"), self.words, self.left.emit, context=Qt.ShortcutContext.WidgetShortcut)
        self.months.activated.connect(lambda _place: self._at_once())
        self._flow = Flow(self, fills=True)
        for each in (self.words, self.months, self.count):
            self._flow.addWidget(each)

    def add(self, button: QPushButton) -> None:
        """Set a button behind the rest; in a narrow list it goes to the next line."""
        self._flow.addWidget(button)

    def offer_months(self, last: Month) -> None:
        """Offer *last* and the months before it."""
        while self.months.count() > 1:
            self.months.removeItem(1)
        month = last
        for _place in range(_MONTHS):
            self.months.addItem(month.title, month)
            month = month.previous()

    def sought(self) -> Sought:
        """Say what is looked for at present."""
        return Sought(tuple(self.words.text().split()), self.months.currentData())

    def found(self, count: int) -> None:
        """Tell how many were found."""
        self.count.setText(_("共 {count} 条").format(count=f"{count:,}"))

    def _at_once(self) -> None:
        self._timer.stop()
        self.asked.emit()
