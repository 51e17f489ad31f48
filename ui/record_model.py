"""The rows of a list of any length: it knows the row numbers of all and holds the text of a few pages."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ojr_desk.register import Column
from ojr_desk.text import _
from ui.record_columns import Row

#: Records fetched at once, and how many such pages are held: a screen shows fewer than forty rows.
PAGE, PAGES = 64, 32
_Index = QModelIndex | QPersistentModelIndex


class RecordModel(QAbstractTableModel):
    """The rows of a list. `wanted` names a page that is to be fetched; until it is there its cells are empty."""

    wanted = Signal(int)

    def __init__(self, columns: Sequence[Column], sign: str = "") -> None:
        super().__init__()
        self._heads = [_(column.label) for column in columns]
        self._right = [column.kind.right for column in columns]
        if sign:
            self._heads.insert(0, sign)
            self._right.insert(0, False)
        self._ids = array("q")
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._asked: set[int] = set()
        # Qt asks for these by the thousand: each is made once.
        self._left_side = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._right_side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show(self, ids: "array[int]") -> None:
        """Show other records from now on."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def grow(self, ids: "array[int]") -> None:
        """Show more records below those that are shown; others from now on, if these are not among them any more."""
        shown = len(self._ids)
        if ids[:shown] != self._ids:
            self.show(ids)
        elif len(ids) > shown:
            # What was fetched of the last page is only its beginning.
            self._pages.pop(shown // PAGE, None)
            self._asked.discard(shown // PAGE)
            self.beginInsertRows(QModelIndex(), shown, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()

    def take(self, page: int, fetched: list[Row]) -> None:
        """Take in a page that was fetched; the one longest not looked at goes."""
        self._asked.discard(page)
        self._pages[page] = fetched
        while len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        first, last = page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._heads) - 1))

    def ids_of(self, page: int) -> list[int]:
        """List the row numbers of a page."""
        return list(self._ids[page * PAGE : (page + 1) * PAGE])

    def row(self, place: int) -> Row | None:
        """Answer with a row, if its page is held; else have it fetched."""
        page = self._pages.get(place // PAGE)
        if page is None:
            self._want(place // PAGE)
            return None
        self._pages.move_to_end(place // PAGE)
        return page[place % PAGE] if place % PAGE < len(page) else None

    @property
    def held(self) -> int:
        """Count the rows whose texts are held."""
        return sum(map(len, self._pages.values()))

    def _want(self, page: int) -> None:
        if page not in self._asked and page * PAGE < len(self._ids):
            self._asked.add(page)
            self.wanted.emit(page)

    def given_up(self, page: int) -> None:
        """Take note that a page will not come, so that it may be asked for again."""
        self._asked.discard(page)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt asks."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt asks."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: _Index, role: int = 0) -> Any:
        """Qt asks."""
        if role == 0:  # DisplayRole
            row = self.row(index.row())
            return row.texts[index.column()] if row is not None else ""
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Qt asks."""
        if orientation == Qt.Orientation.Horizontal:
            if role == 0:
                return self._heads[section]
            if role == 7:  # TextAlignmentRole
                return self._right_side if self._right[section] else self._left_side
        return None
