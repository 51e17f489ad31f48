"""How the window looks: Fusion, light, red and yellow sparingly, and three sizes of letters."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ojr_desk.paths import FONTS, RESOURCES
from ojr_desk.text import N_

#: Letters on the screen, in points; what the window remembers is the name.
SIZES = {"standard": 14, "large": 17, "huge": 21}
SIZE_NAMES = {"standard": N_("标准"), "large": N_("大"), "huge": N_("特大")}
#: Nothing that is clicked is lower than this, in pixels.
HIT = 40

RED, DEEP_RED, YELLOW = "#C8102E", "#A50D26", "#FFCD00"
INK, FAINT, PAPER, GROUND, LINE = "#1B1B1B", "#595959", "#FFFFFF", "#F4F2EE", "#C9C4BB"
CHOSEN = "#FBE4D5"
_FAMILY, _RARE = "Noto Sans SC", "HanaMinB"


@dataclass(frozen=True)
class _Ink:
    role: QPalette.ColorRole
    colour: str


_INKS = (
    _Ink(QPalette.ColorRole.Window, GROUND),
    _Ink(QPalette.ColorRole.WindowText, INK),
    _Ink(QPalette.ColorRole.Base, PAPER),
    _Ink(QPalette.ColorRole.AlternateBase, "#FAF9F6"),
    _Ink(QPalette.ColorRole.Text, INK),
    _Ink(QPalette.ColorRole.Button, "#FFFFFF"),
    _Ink(QPalette.ColorRole.ButtonText, INK),
    _Ink(QPalette.ColorRole.Highlight, "#F6CBB0"),
    _Ink(QPalette.ColorRole.HighlightedText, INK),
    _Ink(QPalette.ColorRole.PlaceholderText, "#6B6B6B"),
    _Ink(QPalette.ColorRole.ToolTipBase, "#FFF8DC"),
    _Ink(QPalette.ColorRole.ToolTipText, INK),
    _Ink(QPalette.ColorRole.Link, "#0B57A4"),
)


def dress(application: QApplication, size: str = "standard") -> None:
    """Give *application* its style, colours and letters."""
    application.setStyle("Fusion")
    palette = QPalette()
    for ink in _INKS:
        palette.setColor(ink.role, QColor(ink.colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#767676"))
    application.setPalette(palette)
    QFontDatabase.addApplicationFont(str(FONTS / "NotoSansSC-Regular.ttf"))
    resize(application, size)
    sheet = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    application.setStyleSheet(sheet.replace("@icons", (RESOURCES / "icons").as_posix()))


def resize(application: QApplication, size: str) -> None:
    """Give everything letters of *size*."""
    font = QFont([_FAMILY, _RARE])
    font.setPointSizeF(SIZES.get(size, SIZES["standard"]))
    application.setFont(font)


def add_rare_characters() -> None:
    """Load the font of rare characters: 30 MB that must not delay the first picture."""
    QFontDatabase.addApplicationFont(str(FONTS / "HanaMinB.ttf"))


def heading(label: QLabel, scale: float = 1.15) -> QLabel:
    """Write *label* in larger letters than the rest, also after these were resized."""
    label.setProperty("scale", scale)
    _scale(label)
    return label


def _scale(label: QWidget) -> None:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * float(label.property("scale")))
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)


def rescale(window: QWidget) -> None:
    """Bring the headings in *window* up to the size of the letters in use."""
    labels: Iterable[QWidget] = window.findChildren(QLabel)
    for label in labels:
        if label.property("scale"):
            _scale(label)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet speaks of, and have it take effect."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def hand(widget: QWidget) -> None:
    """Show the pointing hand over *widget*."""
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
