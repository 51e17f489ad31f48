"""Finding a label of a long list by any part of it, or by its initials."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QListView

from ojr_desk.rules.pinyin import initials
from ui.tall import TallItems

_MATCH = Qt.ItemDataRole.UserRole + 1


class ByInitials(QCompleter):
    """Finds by any part of a label or by its initials, and writes the label."""

    def __init__(self, labels: list[str], box: QComboBox) -> None:
        model = QStandardItemModel(box)
        for label in labels:
            item = QStandardItem(label)
            item.setData(" ".join((label, *initials(label))), _MATCH)
            model.appendRow(item)
        super().__init__(model, box)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompletionRole(_MATCH)
        view = QListView()
        view.setObjectName("offers")
        self.setPopup(view)
        view.setItemDelegate(TallItems(view))

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Qt asks: what is written is the label."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))
