"""Lines of a list as high as a finger."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.style import HIT


class TallItems(QStyledItemDelegate):
    """Gives every line of a list the least height of what is clicked."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt asks."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + 24, max(HIT, size.height() + 12))
