"""The editor for who comes: a person by initials, name or last digits, or 匿名."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from ojr_desk.text import _
from ui.editor import LookUp, Offer
from ui.link_editor import LinkEditor

#: What stands in the line, and what the editor answers with, when somebody does not give a name.
ANONYMOUS = "anonymous"


class Visitor(LinkEditor):
    """A link with a button 匿名 beside it; `met` brings the key of the person who was chosen, or nothing."""

    met = Signal(str)

    def __init__(self, parent: QWidget, look_up: LookUp, hint: str) -> None:
        super().__init__(parent, "person", look_up, hint)
        self.line.setObjectName("visitor")
        self.anonymous = QToolButton(self)
        self.anonymous.setText(_("匿名"))
        self.anonymous.setCheckable(True)
        self.anonymous.setObjectName("anonymous")
        # Tab goes on to the telephone; by keys 匿名 is typed.
        self.anonymous.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.anonymous.toggled.connect(self._hide_name)
        self.left.connect(self.leave)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.anonymous)
        self.beside = (*self.beside, self.anonymous)

    def value(self) -> Any:
        """Answer with the key of the person chosen, the words typed, or `ANONYMOUS`."""
        return ANONYMOUS if self.anonymous.isChecked() else super().value()

    def words(self) -> str:
        """Answer with the name that stands there."""
        return "" if self.anonymous.isChecked() else super().words()

    def put(self, value: Any, text: str) -> None:
        """Have the person *value* stand there under the name."""
        nobody = value == ANONYMOUS
        self.anonymous.setChecked(nobody)
        super().put("" if nobody else value, "" if nobody else text)

    def leave(self) -> None:
        """Take the word 匿名, or its initials, for the button."""
        if self.line.text().strip() in (_("匿名"), "nm") and not self._uid:
            self.anonymous.setChecked(True)

    def _hide_name(self, nobody: bool) -> None:
        if nobody:
            super().put("", "")
        self.line.setEnabled(not nobody)
        self.met.emit("")
        self.typed.emit()

    def changed(self, *_what: object) -> None:
        """Tell that something was typed: nobody is chosen any more."""
        super().changed()
        self.met.emit("")

    def _chosen(self, offer: Offer) -> None:
        super()._chosen(offer)
        self.met.emit(offer.uid)
