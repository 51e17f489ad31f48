"""The bar at the foot of the window: what each key does on this page, for hands that prefer the mouse too."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from ui.flow import Flow
from ui.page import Act


class KeyBar(QWidget):
    """A button for each act, in as many lines as it takes; the keys hold in the whole window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self._flow = Flow(self, across=4, down=2)
        self._acts: tuple[Act, ...] = ()
        self._shortcuts: list[QShortcut] = []
        self._buttons: list[QPushButton] = []

    def show_acts(self, acts: Sequence[Act]) -> None:
        """Show these acts in place of those before, and let their keys do them; the same words stay as they stand."""
        before, self._acts = self._acts, tuple(acts)
        if [each[:2] for each in before] == [each[:2] for each in self._acts]:
            return
        for old in (*self._shortcuts, *self._buttons):
            if isinstance(old, QWidget):
                old.hide()
            old.setParent(None)
            old.deleteLater()
        self._shortcuts = [
            QShortcut(QKeySequence(act.key), self.window(), partial(self._do, at))
            for at, act in enumerate(acts)
        ]
        self._buttons = [self._button(at, act) for at, act in enumerate(acts) if act.words]
        self.updateGeometry()

    @property
    def words(self) -> list[str]:
        """List what stands in it."""
        return [each.text() for each in self._buttons]

    def _do(self, at: int) -> None:
        """Do what the key at this place means now."""
        self._acts[at].do()

    def _button(self, at: int, act: Act) -> QPushButton:
        made = QPushButton(f"{act.key} {act.words}", self)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda _on=False: self._do(at))
        self._flow.addWidget(made)
        made.show()
        return made
