"""Finds what a person could not read: text that is cut, controls that lie on each other, forms wider than their place."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionGroupBox,
    QWidget,
)

from tests.ui.conftest import children
from ui.long_button import LongButton

#: Qt lays out what is inside these itself.
_WHOLE = (QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QSplitter)
#: What a line must hold that anything is typed into.
_TELEPHONE = "13957770001"
#: Rounding of the letters' widths, in pixels.
_SLACK = 1


def wrong_with(top: QWidget) -> list[str]:
    """Say of all that is seen in *top* what is cut, covered or out of reach."""
    seen = [top, *(each for each in children(top, QWidget) if each.isVisible())]
    told = [*_cut(seen), *_narrow(seen), *_covered(seen), *_too_wide(seen), *_outside(seen, top)]
    return [f"{told_of(widget)}: {what}" for widget, what in told]


def told_of(widget: QWidget) -> str:
    """Name a widget for the person who reads what failed."""
    words = _text(widget) or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} “{words[:30]}”"


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        rich = "<" in widget.text() and widget.textFormat() != Qt.TextFormat.PlainText
        return QTextDocumentFragment.fromHtml(widget.text()).toPlainText() if rich else widget.text()
    if isinstance(widget, QAbstractButton):
        return widget.text()
    return ""


def _cut(seen: list[QWidget]) -> Iterator[tuple[QWidget, str]]:
    for widget in seen:
        for text, room, flags in _texts(widget):
            need = room_for(text, widget.fontMetrics(), room.width(), flags)
            if need.width() > room.width() + _SLACK or need.height() > room.height() + _SLACK:
                yield widget, f"needs {need.width()}×{need.height()}, has {room.width()}×{room.height()}"


def _narrow(seen: list[QWidget]) -> Iterator[tuple[QWidget, str]]:
    """Find lines in which nobody sees a whole telephone number, unless they are meant for less."""
    for widget in seen:
        if isinstance(widget, QLineEdit) and widget.minimumWidth() != widget.maximumWidth():
            need = widget.fontMetrics().horizontalAdvance(_TELEPHONE)
            room = widget.contentsRect().width()
            if not isinstance(widget.parentWidget(), QComboBox) and need > room:
                yield widget, f"needs {need}, has {room}"


def room_for(text: str, metrics: QFontMetrics, width: int, flags: int) -> QSize:
    """Measure what *text* takes up in lines of *width*."""
    return metrics.boundingRect(QRect(0, 0, max(width, 1), 100_000), flags, text).size()


def _texts(widget: QWidget) -> Iterator[tuple[str, QRect, int]]:
    """List what a widget writes, the room that it has for it, and how it is written."""
    style, mnemonic = widget.style(), int(Qt.TextFlag.TextShowMnemonic)
    if isinstance(widget, QLabel) and widget.text():
        room = widget.contentsRect().adjusted(*(2 * [widget.margin()]), *(2 * [-widget.margin()]))
        yield _text(widget), room, int(Qt.TextFlag.TextWordWrap) if widget.wordWrap() else 0
    elif isinstance(widget, QCheckBox | QRadioButton) and widget.text():
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxContents
        if isinstance(widget, QRadioButton):
            part = QStyle.SubElement.SE_RadioButtonContents
        yield widget.text(), style.subElementRect(part, option, widget), mnemonic
    elif isinstance(widget, LongButton):
        yield widget.text(), widget.room, int(Qt.TextFlag.TextWordWrap)
    elif isinstance(widget, QPushButton) and widget.text():
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        yield (
            widget.text(),
            style.subElementRect(QStyle.SubElement.SE_PushButtonContents, option, widget),
            mnemonic,
        )
    elif isinstance(widget, QComboBox) and not widget.isEditable():
        box = QStyleOptionComboBox()
        widget.initStyleOption(box)
        part_of = QStyle.SubControl.SC_ComboBoxEditField
        yield (
            widget.currentText(),
            style.subControlRect(QStyle.ComplexControl.CC_ComboBox, box, part_of, widget),
            0,
        )
    elif isinstance(widget, QGroupBox):
        group = QStyleOptionGroupBox()
        widget.initStyleOption(group)
        label = QStyle.SubControl.SC_GroupBoxLabel
        yield (
            widget.title(),
            style.subControlRect(QStyle.ComplexControl.CC_GroupBox, group, label, widget),
            mnemonic,
        )
    elif isinstance(widget, QListWidget):
        for place in range(widget.count()):
            item = widget.item(place)
            option_room = widget.viewport().rect()
            option_room.setHeight(widget.visualItemRect(item).height())
            flags = int(Qt.TextFlag.TextWordWrap) if widget.wordWrap() else 0
            yield item.text(), option_room.adjusted(_OF_A_LINE, 0, 0, 0), flags


#: What stands before the words of a line of the menu, in pixels: as the style sheet has it.
_OF_A_LINE = 18


def _covered(seen: list[QWidget]) -> Iterator[tuple[QWidget, str]]:
    for parent in seen:
        if isinstance(parent, (*_WHOLE, QAbstractScrollArea)):
            continue
        inside = [
            each
            for each in parent.children()
            if isinstance(each, QWidget)
            and each in seen
            and not each.isWindow()
            and not each.size().isEmpty()
        ]
        for one, other in combinations(inside, 2):
            both = one.geometry().intersected(other.geometry())
            if both.width() > _SLACK and both.height() > _SLACK:
                yield one, f"lies on {told_of(other)}"


def _too_wide(seen: list[QWidget]) -> Iterator[tuple[QWidget, str]]:
    """Find forms that would have to be scrolled sideways, or cannot even be."""
    for area in seen:
        if isinstance(area, QScrollArea) and area.widget() is not None:
            wide, room = area.widget().width(), area.viewport().width()
            if wide > room + _SLACK:
                yield area, f"is {wide} wide in {room}"


def _outside(seen: list[QWidget], top: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Find what stands outside the widget that it is in, where nothing can be scrolled."""
    for widget in seen:
        parent = widget.parentWidget()
        if widget is top or parent is None or widget.isWindow() or isinstance(parent, _WHOLE):
            continue
        scrolled = isinstance(parent.parentWidget(), QAbstractScrollArea)
        if not scrolled and not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            yield widget, f"at {widget.geometry().getRect()} in {parent.size().toTuple()}"
