"""A line that says what has just happened: stored, to be minded, or refused."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.style import mark


class Notice(QLabel):
    """Some sentences on a coloured ground; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.clear()

    def tell(self, *sentences: str) -> None:
        """Say that something is done."""
        self._say("good", sentences)

    def warn(self, *sentences: str) -> None:
        """Say what is to be minded."""
        self._say("warn", sentences)

    def refuse(self, *sentences: str) -> None:
        """Say what was not done, and why."""
        self._say("bad", sentences)

    def remark(self, *sentences: str) -> None:
        """Say what somebody else wrote to it."""
        self._say("mark", sentences)

    def clear(self) -> None:
        """Say nothing."""
        self.setText("")
        self.hide()

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing is said."""
        return not self.text()

    def _say(self, tone: str, sentences: tuple[str, ...]) -> None:
        self.setText("\n".join(each for each in sentences if each))
        mark(self, "tone", tone)
        self.show()
