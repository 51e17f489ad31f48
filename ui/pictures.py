"""Photos: whether they can be seen at all, small ones to look at, and those that were copied elsewhere."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from ojr_desk.problems import BadFile
from ojr_desk.text import _

#: What is shown as a picture, by ending.
SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
_KEEP = Qt.AspectRatioMode.KeepAspectRatio
_SMOOTH = Qt.TransformationMode.SmoothTransformation


def refuse_broken(file: Path) -> None:
    """Raise `BadFile` for a photo that nobody could see: cut off while it was copied, or no picture at all."""
    if file.suffix.lower() in SUFFIXES and file.is_file() and QImageReader(str(file)).read().isNull():
        raise BadFile(_("《{name}》不是能看的照片，可能没有拷全，请重新拷一次再加。").format(name=file.name))


def small(file: Path, size: QSize) -> QImage:
    """Read a photo as it was held, no larger than *size*; an empty one where there is none to see."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid() and (whole.width() > size.width() or whole.height() > size.height()):
        longest = max(size.width(), size.height())
        # Before it is turned upright, so for both ways.
        reader.setScaledSize(whole.scaled(longest, longest, _KEEP))
    read = reader.read()
    return read if read.isNull() else read.scaled(size, _KEEP, _SMOOTH)
