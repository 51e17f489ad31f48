"""How the window looks: Fusion, light, red and yellow sparingly, and three sizes of letters."""

import re
from collections.abc import Iterable
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
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
CHOSEN, LINK = "#FBE4D5", "#0B57A4"
#: The ground and the ink of what is well, to be minded, late, or marked by somebody; as the style sheet has them.
TONES = {
    "good": ("#DFF0DD", "#1D5B1A"),
    "warn": ("#FFF0B8", "#5A4200"),
    "bad": ("#FBDADF", "#8F0B20"),
    "mark": ("#DCEBFA", "#0B4A8F"),
}
_LETTER = chr(0x4E00)
_FAMILY, _RARE = "Noto Sans SC", "HanaMinB"
#: A height in the style sheet that grows with the letters.
_HEIGHT = re.compile(r"@(\d+)px")


_INKS = (
    (QPalette.ColorRole.Window, GROUND),
    (QPalette.ColorRole.WindowText, INK),
    (QPalette.ColorRole.Base, PAPER),
    (QPalette.ColorRole.AlternateBase, "#FAF9F6"),
    (QPalette.ColorRole.Text, INK),
    (QPalette.ColorRole.Button, PAPER),
    (QPalette.ColorRole.ButtonText, INK),
    (QPalette.ColorRole.Highlight, "#F6CBB0"),
    (QPalette.ColorRole.HighlightedText, INK),
    (QPalette.ColorRole.PlaceholderText, "#6B6B6B"),
    (QPalette.ColorRole.ToolTipBase, "#FFF8DC"),
    (QPalette.ColorRole.ToolTipText, INK),
    (QPalette.ColorRole.Link, LINK),
)


def dress(application: QApplication, size: str = "standard") -> None:
    """Give *application* its style, colours and letters."""
    application.setStyle("Fusion")
    palette = QPalette()
    for role, colour in _INKS:
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#767676"))
    application.setPalette(palette)
    _load("NotoSansSC-Regular.ttf")
    resize(application, size)


def resize(application: QApplication, size: str) -> None:
    """Give everything letters of *size*."""
    application.setFont(_letters(size))
    high = QFontMetrics(application.font()).height()
    sheet = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    sheet = _HEIGHT.sub(lambda found: f"{max(int(found[1]), high)}px", sheet)
    # What a style sheet has dressed keeps its letters until it is dressed anew.
    application.setStyleSheet(sheet.replace("@icons", (RESOURCES / "icons").as_posix()))


def _letters(size: str) -> QFont:
    font = QFont([_FAMILY, _RARE])
    font.setPointSizeF(SIZES.get(size, SIZES["standard"]))
    return font


def add_rare_characters() -> None:
    """Load the font of rare characters: 30 MB that must not delay the first picture."""
    _load("HanaMinB.ttf")


@cache
def _load(name: str) -> None:
    """Load a font, once: Qt would hold each as often as it is loaded."""
    QFontDatabase.addApplicationFont(str(FONTS / name))


def em(widget: QWidget) -> int:
    """Measure one Chinese letter of *widget*, in pixels: what widths are counted in."""
    return max(1, widget.fontMetrics().horizontalAdvance(_LETTER))


def heading(label: QLabel, scale: float = 1.15) -> QLabel:
    """Write *label* in larger letters than the rest, also after these were resized."""
    label.setProperty("scale", scale)
    _scale(label)
    return label


def faint(words: str, parent: QWidget) -> QLabel:
    """Write a remark that takes as many lines as it needs."""
    made = QLabel(words, parent)
    made.setProperty("faint", True)
    made.setWordWrap(True)
    return made


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
