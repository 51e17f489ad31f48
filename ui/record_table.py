"""A table over any number of records, painted from texts that were written elsewhere.

Texts are written on the database lane; what Qt asks while painting is only looked up.
"""

from array import array
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ojr_desk.register import Column
from ui.record_columns import Row
from ui.record_model import PAGE, RecordModel
from ui.style import CHOSEN, FAINT, HIT, INK, TONES, em

_WIDEST = 18  # letters of a column at first
_Index = QModelIndex | QPersistentModelIndex


class _Plain(QStyledItemDelegate):
    """Paints plain text and nothing else: several times as fast as what can also paint icons and ticks."""

    def __init__(self, table: "RecordTable", columns: Sequence[Column], signed: bool) -> None:
        super().__init__(table)
        self._signed = signed
        self._table = table
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        self._sides = [int((right if each.kind.right else left) | middle) for each in columns]
        if signed:
            self._sides.insert(0, int(left | middle))
        self._grounds = {tone: QColor(ground) for tone, (ground, _ink) in TONES.items()}
        self._inks = {tone: QColor(ink) for tone, (_ground, ink) in TONES.items()}
        self._faint, self._ink, self._chosen = QColor(FAINT), QColor(INK), QColor(CHOSEN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Qt asks."""
        state: Any = option
        rect: QRect = state.rect
        if index.row() in self._table.chosen_rows:
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
        if self._signed and index.column() == 0 and row.tone in self._grounds:
            painter.fillRect(rect.adjusted(2, 4, -2, -4), self._grounds[row.tone])
            painter.setPen(self._inks[row.tone])
        elided = state.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, self._sides[index.column()], elided)


class RecordTable(QTableView):
    """The list of a register's records. `opened` tells which one a person chose."""

    opened = Signal(str)

    def __init__(
        self, parent: QWidget | None, columns: Sequence[Column], sign: str = "", *, many: bool = False
    ) -> None:
        super().__init__(parent)
        self.records = RecordModel(columns, sign)
        self._sized, self._signed = False, bool(sign)
        self._seen = (0, 0)
        #: The row that is chosen, or -1; asked for each cell that is painted.
        self.chosen_row = -1
        self.chosen_rows: frozenset[int] = frozenset()
        self._center = next(
            (at for at, each in enumerate(columns, int(bool(sign))) if each.name == "center"), -1
        )
        self.setModel(self.records)
        self.setItemDelegate(_Plain(self, columns, bool(sign)))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        one, several = (
            QAbstractItemView.SelectionMode.SingleSelection,
            QAbstractItemView.SelectionMode.ExtendedSelection,
        )
        self.setSelectionMode(several if many else one)
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

    def grow_ids(self, ids: "array[int]") -> None:
        """Show all records where only the first were shown."""
        self.records.grow(ids)
        self._look()

    def show_centers(self, several: bool) -> None:
        """Show whose each record is, where those of several centres stand in one list."""
        if self._center >= 0:
            self.setColumnHidden(self._center, not several)

    def show_sign(self, shown: bool) -> None:
        """Show what stands before the records, where there is anything to say of some."""
        if self._signed:
            self.setColumnHidden(0, not shown)

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
        widest = _WIDEST * em(self)
        for place in range(self.records.columnCount()):
            head = str(self.records.headerData(place, Qt.Orientation.Horizontal))
            texts = {head, *(row.texts[place] for row in sample)}
            wide = max(metrics.horizontalAdvance(text) for text in texts)
            self.setColumnWidth(place, min(wide, widest) + 24)

    @property
    def chosen(self) -> list[str]:
        """List the keys of the records that are chosen, as far as they are held."""
        rows = (self.records.row(each.row()) for each in self.selectionModel().selectedRows())
        return [row.uid for row in rows if row is not None]

    def _mark_chosen(self) -> None:
        chosen = self.selectionModel().selectedRows()
        self.chosen_row = chosen[0].row() if chosen else -1
        self.chosen_rows = frozenset(each.row() for each in chosen)

    def _open(self, index: _Index) -> None:
        row = self.records.row(index.row())
        if row is not None:
            self.opened.emit(row.uid)
