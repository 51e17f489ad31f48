"""One field of a form: its label, its editor, what is wrong with it, and the mask over what is private."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ojr_desk.register import Choices, Column, Flag, Text
from ojr_desk.text import _
from ui.editor import Editor
from ui.style import RED, em

#: The label's width in letters; longer ones are broken.
_LABEL_LETTERS = 6.4

#: Makes the editor as a child of the field.
Make = Callable[[QWidget], Editor]


class Field(QWidget):
    """A label with an editor; a complaint stands below the editor, never in its place."""

    def __init__(self, parent: QWidget, column: Column, required: bool, make: Make) -> None:
        super().__init__(parent)
        self.column, self.editor = column, make(self)
        self.required = required
        self._complaint: QLabel | None = None
        self._remark: QLabel | None = None
        self._mask: QWidget | None = None
        # A tick carries its words itself.
        words = "" if isinstance(column.kind, Flag) and column.default is not None else _(column.label)
        self._label = QLabel(_starred(words) if required else words, self)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._label.setContentsMargins(0, 5, 0, 0)
        self._label.setToolTip(_(column.help))
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._column.addWidget(self.editor)
        # Beside a field that complains it stays level with its label.
        self._column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._column, 1)
        self._fit_label()

    @property
    def wide(self) -> bool:
        """Tell whether it needs the whole width of a form."""
        kind = self.column.kind
        return self.editor.wide or (isinstance(kind, Text) and kind.long) or isinstance(kind, Choices)

    def complain(self, message: str) -> None:
        """Show what is wrong, or with an empty *message* that nothing is."""
        if self._complaint is None:
            if not message:
                return
            self._complaint = self._below("wrong")
        self._complaint.setText(message)
        self._complaint.setVisible(bool(message))
        self.editor.complain(bool(message))

    def remark(self, words: str) -> None:
        """Show what somebody else wrote to this field, or with empty *words* that nobody did."""
        if self._remark is None:
            if not words:
                return
            self._remark = self._below("remark")
        self._remark.setText(words)
        self._remark.setVisible(bool(words))

    @property
    def remarked(self) -> str:
        """What somebody else wrote to it."""
        return self._remark.text() if self._remark is not None else ""

    def _below(self, sort: str) -> QLabel:
        """Make a label that stands below the editor, in the colour of its sort."""
        made = QLabel(self)
        made.setWordWrap(True)
        made.setProperty(sort, True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        self._column.insertWidget(self._column.count() - 1, made)
        return made

    @property
    def complaint(self) -> str:
        """What it complains of at present."""
        return self._complaint.text() if self._complaint is not None else ""

    def cover(self, masked: str, uncover: Callable[[], Any]) -> None:
        """Lay a mask over the value; a click takes it away, once."""
        self._drop_mask()
        self._mask = QWidget(self)
        told = QLabel(masked or _("已遮盖"), self._mask)
        told.setTextFormat(Qt.TextFormat.PlainText)
        show = QPushButton(_("显示"), self._mask)
        show.setAccessibleName(_("{label}，已遮盖，按一下显示").format(label=_(self.column.label)))
        show.clicked.connect(lambda: self._uncover(uncover))
        row = QHBoxLayout(self._mask)
        row.setContentsMargins(9, 0, 0, 0)
        row.addWidget(told, 1)
        row.addWidget(show)
        self.editor.hide()
        self._column.insertWidget(0, self._mask)

    @property
    def covered(self) -> bool:
        """Tell whether its value is masked at present."""
        return self._mask is not None

    def bare(self) -> None:
        """Take a mask away without showing what was under it."""
        if self._mask is not None:
            self._drop_mask()
            self.editor.show()

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_label()

    def _uncover(self, uncover: Callable[[], Any]) -> None:
        self.bare()
        uncover()
        self.editor.setFocus()

    def _drop_mask(self) -> None:
        if self._mask is not None:
            self._mask.hide()
            self._mask.deleteLater()
            self._mask = None

    def _fit_label(self) -> None:
        self._label.setFixedWidth(int(em(self) * _LABEL_LETTERS))


def _starred(label: str) -> str:
    return f'{label}<span style="color:{RED}">&nbsp;*</span>'
