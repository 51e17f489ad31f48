"""A question that needs a few words, such as the reason of a 作废: nothing happens before they are given."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from ojr_desk.text import _
from ui.front import front
from ui.style import em, mark

#: How wide a question is.
_LETTERS = 26


class Asking(QDialog):
    """Asks for one line per label; *answered* gets them all, none of them empty. *secret* ones show dots."""

    def __init__(
        self,
        title: str,
        question: str,
        labels: Sequence[str],
        answered: Callable[[list[str]], object],
        secret: bool = False,
    ) -> None:
        super().__init__(front())
        self._answered = answered
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.told = told = QLabel(question)
        told.setWordWrap(True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        form = QFormLayout()
        self.lines = [QLineEdit() for _label in labels]
        for label, line in zip(labels, self.lines, strict=True):
            line.setAccessibleName(label)
            if secret:
                line.setEchoMode(QLineEdit.EchoMode.Password)
            line.textEdited.connect(lambda _text, line=line: mark(line, "wrong", False))
            form.addRow(label, line)
        buttons = QDialogButtonBox()
        yes = QPushButton(_("确定"))
        yes.setProperty("main", True)
        yes.setDefault(True)
        buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton(_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addLayout(form)
        column.addWidget(buttons)
        told.ensurePolished()
        self.setMinimumWidth(_LETTERS * em(told))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: how high the question is follows from how wide it is, which a dialog does not see to."""
        super().resizeEvent(event)
        self.told.setMinimumHeight(self.told.heightForWidth(self.told.width()))

    def accept(self) -> None:
        """Hand the answers over, once none is empty."""
        empty = [line for line in self.lines if not line.text().strip()]
        for line in empty:
            mark(line, "wrong", True)
        if empty:
            empty[0].setFocus()
            return
        super().accept()
        self._answered([line.text().strip() for line in self.lines])
