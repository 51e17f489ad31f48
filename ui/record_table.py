"""A table over any number of records: it knows the row numbers of all and holds the text of a few pages.

Texts are written on the database lane; what Qt asks while painting is only looked up here.
"""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ojr_desk.register import Audience, Book, Column, Link, Register, Text, is_blank
from ojr_desk.text import _
from ui.style import CHOSEN, FAINT, HIT, INK

#: Records fetched at once, and how many such pages are held: a screen shows fewer than forty rows.
PAGE, PAGES = 64, 32
#: Longer texts are cut: a row shows no more, and the form shows all.
_LETTERS = 60
_WIDEST = 18  # letters of a column at first
_Index = QModelIndex | QPersistentModelIndex


class Row(NamedTuple):
    """One record as the table shows it."""

    uid: str
    texts: tuple[str, ...]
    void: bool


def shown_columns(register: Register) -> tuple[Column, ...]:
    """Choose what a list shows, best first: the number, when, whom or what, what must be there, how it stands."""

    def rank(column: Column) -> int:
        if column.name in ("record_no", register.dated_by):
            return 0 if column.name == "record_no" else 1
        if column.name == "center":
            return 2
        if column.name == register.label_by or (column.search and isinstance(column.kind, Link)):
            return 3
        if column.required:
            return 4
        if column.search and not (isinstance(column.kind, Text) and column.kind.long):
            return 5
        return 6 if column.computed else 7

    rare = seldom(register)
    wanted = [
        column
        for column in register.columns
        if column.name in ("record_no", "record_status", "center")
        or (not column.common and column.name not in rare)
    ]
    return tuple(sorted(wanted, key=lambda column: (column.name == "record_status", rank(column))))


def seldom(register: Register) -> frozenset[str]:
    """Name the columns that a daily record seldom needs: not required, not searched, in no book, empty at first."""
    if register.standing:
        return frozenset(
            column.name for column in register.typed if column.common and column.name != "valid_from"
        )
    printed = {name for book in register.books for name in _printed(book)}
    return frozenset(
        column.name
        for column in register.typed
        if column.common
        or not (
            column.required
            or column.search
            or column.name in printed
            or column.name == register.dated_by
            or not (is_blank(column.default) and column.default is not False)
        )
    )


def _printed(book: Book) -> set[str]:
    return {
        name
        for each in book.columns
        if (name := each if isinstance(each, str) else getattr(each, "name", ""))
    }


def rows(columns: Sequence[Column], records: Sequence[Any], labels: Any) -> list[Row]:
    """Write *records* as rows of text for the screen."""
    return [
        Row(
            record.uid,
            tuple(_cell(column, getattr(record, column.name), labels) for column in columns),
            record.record_status == "void",
        )
        for record in records
    ]


def _cell(column: Column, value: Any, labels: Any) -> str:
    # What is usual is not said: a list is read by what stands out.
    if (
        value is None
        or value == ""
        or value is False
        or (column.name == "record_status" and value == "normal")
    ):
        return ""
    text = (
        str(labels.get(value, "")) if isinstance(column.kind, Link) else column.cell(value, Audience.SCREEN)
    )
    return " ".join(text[:_LETTERS].split())


class RecordModel(QAbstractTableModel):
    """The rows of a list. `wanted` names a page that is to be fetched; until it is there its cells are empty."""

    wanted = Signal(int)

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self._heads = [_(column.label) for column in columns]
        self._right = [column.kind.right for column in columns]
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


class _Plain(QStyledItemDelegate):
    """Paints plain text and nothing else: several times as fast as what can also paint icons and ticks."""

    def __init__(self, table: "RecordTable", columns: Sequence[Column]) -> None:
        super().__init__(table)
        self._table = table
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        self._sides = [int((right if each.kind.right else left) | middle) for each in columns]
        self._faint, self._ink, self._chosen = QColor(FAINT), QColor(INK), QColor(CHOSEN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Qt asks."""
        state: Any = option
        rect: QRect = state.rect
        if index.row() == self._table.chosen_row:
            painter.fillRect(rect, self._chosen)
        model: Any = index.model()
        row = model.row(index.row())
        if row is None:
            return
        text = row.texts[index.column()]
        if not text:
            return
        inside = rect.adjusted(8, 0, -8, 0)
        painter.setPen(self._faint if row.void else self._ink)
        elided = state.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, self._sides[index.column()], elided)


class RecordTable(QTableView):
    """The list of a register's records. `opened` tells which one a person chose."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None, columns: Sequence[Column]) -> None:
        super().__init__(parent)
        self.records = RecordModel(columns)
        self._sized = False
        self._seen = (0, 0)
        #: The row that is chosen, or -1; asked for each cell that is painted.
        self.chosen_row = -1
        self._center = next((at for at, each in enumerate(columns) if each.name == "center"), -1)
        self.setModel(self.records)
        self.setItemDelegate(_Plain(self, columns))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.selectionModel().selectionChanged.connect(self._mark_chosen)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        self._fit_rows()

    def show_ids(self, ids: "array[int]") -> None:
        """Show these records, from the first."""
        self.records.show(ids)
        self.scrollToTop()
        self._look()

    def show_centers(self, several: bool) -> None:
        """Show whose each record is, where those of several centres stand in one list."""
        if self._center >= 0:
            self.setColumnHidden(self._center, not several)

    def take(self, page: int, fetched: list[Row]) -> None:
        """Take in a page; the first one tells how wide the columns should be."""
        self.records.take(page, fetched)
        if not self._sized and fetched:
            self._sized = True
            self._fit_columns(fetched[:40])

    def sees(self, page: int) -> bool:
        """Tell whether *page* is on the screen, as far as was last known; any thread may ask."""
        first, last = self._seen
        return first <= page <= last

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt tells: other rows are seen."""
        super().scrollContentsBy(dx, dy)
        self._look()

    def resizeEvent(self, event: Any) -> None:
        """Qt tells: more or fewer rows are seen."""
        super().resizeEvent(event)
        self._look()

    def _look(self) -> None:
        height = max(1, self.verticalHeader().defaultSectionSize())
        first = max(0, self.rowAt(0))
        self._seen = (first // PAGE, (first + self.viewport().height() // height + 1) // PAGE)

    def changeEvent(self, event: Any) -> None:
        """Qt tells: other letters need other heights and widths."""
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._fit_rows()
            self._sized = False
            QTimer.singleShot(0, self._fit_again)

    def _fit_again(self) -> None:
        held = [row for place in range(min(40, self.records.rowCount())) if (row := self.records.row(place))]
        if held:
            self._sized = True
            self._fit_columns(held)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(HIT, self.fontMetrics().height() + 16))

    def _fit_columns(self, sample: Sequence[Row]) -> None:
        metrics = self.fontMetrics()
        widest = _WIDEST * metrics.horizontalAdvance("\u4e00")
        for place in range(self.records.columnCount()):
            head = str(self.records.headerData(place, Qt.Orientation.Horizontal))
            texts = {head, *(row.texts[place] for row in sample)}
            wide = max(metrics.horizontalAdvance(text) for text in texts)
            self.setColumnWidth(place, min(wide, widest) + 24)

    def _mark_chosen(self) -> None:
        chosen = self.selectionModel().selectedRows()
        self.chosen_row = chosen[0].row() if chosen else -1

    def _open(self, index: _Index) -> None:
        row = self.records.row(index.row())
        if row is not None:
            self.opened.emit(row.uid)
