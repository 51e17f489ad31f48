"""A small look at one attached file."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from ojr_desk.desk.attachments import Attachment
from ojr_desk.text import _
from ui import pictures
from ui.here import here
from ui.office import Office
from ui.style import em

#: How large a photo is shown, in letters.
_WIDE, _HIGH = 16, 14


class Picture(QLabel):
    """Shows a photo; of another file it says how to look at it, and *invitation* while none is chosen."""

    def __init__(self, parent: QWidget, office: Office, invitation: str) -> None:
        super().__init__(parent)
        self._office, self._invitation = office, invitation
        self._chosen: Attachment | None = None
        letter = em(self)
        self.setFixedSize(_WIDE * letter, _HIGH * letter)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setObjectName("picture")
        self.setAccessibleName(_("选中的照片"))

    def show_file(self, chosen: Attachment | None) -> None:
        """Show one file, or that there is none."""
        self._chosen = chosen
        self.clear()
        if chosen is None:
            self.setText(self._invitation)
        elif chosen.path.suffix not in pictures.SUFFIXES:
            self.setText(_("按“打开”看内容"))
        else:
            path, size = chosen.path, self.contentsRect().size()
            self._office.draw(
                lambda: pictures.small(path, size), here(self, lambda image: self._drawn(chosen, image))
            )

    def _drawn(self, chosen: Attachment, image: QImage) -> None:
        if chosen != self._chosen:
            return
        self.setPixmap(QPixmap.fromImage(image))
        if image.isNull():
            self.setText(_("这张照片看不了"))
