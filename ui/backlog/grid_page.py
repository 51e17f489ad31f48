"""Copying a handwritten book: the grid, what holds for all its rows, what is wrong with them, and the saving."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidgetItem, QMessageBox, QVBoxLayout, QWidget

from ojr_desk.text import _
from ui import errors
from ui.backlog.checking import Checking
from ui.backlog.complaints import Complaints
from ui.backlog.grid import Grid
from ui.backlog.keeping import Keeping
from ui.backlog.layout import Cells, Layout
from ui.backlog.model import GridModel
from ui.backlog.pasting import Pasting
from ui.backlog.rules import Rules
from ui.backlog.storing import Storing
from ui.backlog.taking_back import TakingBack
from ui.buttons import button
from ui.flow import Flow
from ui.front import present
from ui.notice import Notice
from ui.offers import look_up
from ui.office import Office
from ui.view import View


class GridPage(QWidget):
    """The leaf of the grid."""

    def __init__(self, parent: QWidget, office: Office, view: View) -> None:
        super().__init__(parent)
        self._office, self.view, self.layout_ = office, view, Layout(view)
        facts = office.facts
        self.model = GridModel(self, self.layout_, office.now)
        self.model.rows.firsts = self.layout_.firsts(office.now(), facts.user, facts.user_name)
        self.notice = Notice(self)
        self.grid = Grid(self, self.model, look_up(office))
        self.grid.setAccessibleName(_("{title}，手写本子补录").format(title=view.title))
        self.rules = Rules(self)
        self.complaints = Complaints(self, _("要改和要注意的地方"))
        self.undoing = TakingBack(self, office, self.notice)
        self.keeping = Keeping(self, office, view.key, self.model, self.grid)
        self.checking = Checking(self, office, self.model, self.grid)
        self.pasting = Pasting(self, office, self.model, self.grid, self.notice)
        self.storing = Storing(self, office, self.model, self.keeping, self.undoing)
        self.save = button(_("全部保存（Ctrl+回车）"), self.store, self, main=True)
        self.save_good = button("", partial(self.store, good=True), self)
        self._lay_out()
        self._bind()
        self.keeping.recall(self._recalled)

    @property
    def count(self) -> int:
        """Tell how many rows are not stored yet."""
        return len(self.model.rows.filled())

    @property
    def is_busy(self) -> bool:
        """Tell whether rows are being stored."""
        return self.storing.is_busy

    def begin(self) -> None:
        """Put the cursor into the first cell that is empty."""
        filled = self.model.rows.filled()
        self.grid.go(filled[-1] + 1 if filled else 0, 0)

    def put_by(self) -> None:
        """Keep what is typed in the data folder; while rows are being stored they are kept already."""
        if not self.is_busy:
            self.grid.settle()
            self.keeping.keep()

    def store(self, good: bool = False) -> None:
        """Store all rows in one act, or with *good* those that nothing is wrong with."""
        self.grid.settle()
        self.storing.store(good)

    def remove(self) -> None:
        """Take the row out in which the cursor stands."""
        at = self.grid.currentIndex()
        if at.isValid() and self.model.rows[at.row()].cells:
            self.grid.settle()
            self.model.take_out([self.model.rows[at.row()].serial])
            self.model.touched.emit()
            self._show_complaints()
            self.grid.go(at.row(), at.column())

    def leave(self) -> None:
        """Go from the grid to what holds for all rows; where nothing does, to the saving."""
        self.grid.settle()
        (self.rules.reason if self.rules.isVisible() else self.save).setFocus()

    def clear(self) -> None:
        """Ask, and take all rows out."""
        if not self.count:
            return
        told = _("表格里的 {count} 行都还没有保存。要全部清空吗？").format(count=self.count)
        question = errors.box(_("清空表格"), told, QMessageBox.Icon.Question)
        yes = QMessageBox.StandardButton.Discard
        question.setStandardButtons(yes | QMessageBox.StandardButton.Cancel)
        question.buttonClicked.connect(
            lambda pressed: self.empty() if question.standardButton(pressed) == yes else None
        )
        present(question)

    def empty(self) -> None:
        """Take all rows out."""
        self.model.start_over([])
        self.keeping.keep()
        self.notice.clear()
        self._show_complaints()
        self.grid.go(0, 0)

    def _recalled(self, rows: list[Cells], batch: Sequence[str]) -> None:
        """Go on with what was typed before."""
        if len(batch) == 2:
            self.rules.put(*batch)
        if rows:
            self.grid.settle()
            self.model.widen(name for cells in rows for name in cells)
            self.model.put_in(0, rows)
            self.notice.warn(
                _("上次有 {count} 行还没有保存，已经恢复：请接着写，或者按“清空”。").format(count=len(rows))
            )
            self.begin()
            self.checking.soon()

    def _stored(self) -> None:
        self._show_complaints()
        self._office.changes.changed.emit(self.view.register.code)
        self.begin()

    def _refused(self) -> None:
        self._show_complaints()
        self._next_complaint(first=True)

    def _bring_back(self, numbers: Sequence[str]) -> None:
        self.storing.bring_back(numbers)
        self.checking.soon()

    def _show_complaints(self) -> None:
        """Write what is wrong, in words; the cells show it as well."""
        found = self.model.rows.complaints()
        self.complaints.show_all(found, lambda each: (each.words(self.layout_), each[:2]))
        good = self.count - len({each.row for each in found if each.is_wrong})
        self.save_good.setText(_("只保存没有问题的 {count} 行").format(count=good))
        self.save_good.setVisible(0 < good < self.count)

    def _next_complaint(self, first: bool = False) -> None:
        """Go to the first cell with a complaint, or to the next one below."""
        if self.complaints.count():
            at = 0 if first else (self.complaints.currentRow() + 1) % self.complaints.count()
            self.complaints.setCurrentRow(at)
            self._go_to(self.complaints.item(at))

    def _go_to(self, item: QListWidgetItem) -> None:
        where = item.data(Qt.ItemDataRole.UserRole)
        if where is not None:
            row, column = where
            self.grid.go(row, max(0, column))

    def _rule(self) -> None:
        """Have all rows looked at anew: what holds for all of them was changed."""
        self.model.batch = self.rules.batch
        self.model.recheck()
        self.keeping.later()
        self.checking.check()

    def _wait(self, busy: bool) -> None:
        self.checking.is_held = busy
        for each in (self.grid, self.save, self.save_good):
            each.setEnabled(not busy)

    def _want(self, what: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "save": self.store,
            "paste": self.pasting.paste,
            "remove": self.remove,
            "leave": self.leave,
            "next": self._next_complaint,
        }
        acts[what]()

    def _bind(self) -> None:
        self.model.touched.connect(self.keeping.later)
        self.model.touched.connect(self.notice.clear)
        self.grid.went_on.connect(self.checking.check)
        self.grid.typed.connect(self.keeping.later)
        self.grid.wanted.connect(self._want)
        self.checking.told.connect(self._show_complaints)
        self.pasting.put_in.connect(self.checking.soon)
        self.storing.waiting.connect(self._wait)
        self.storing.stored.connect(self._stored)
        self.storing.refused.connect(self._refused)
        self.complaints.itemClicked.connect(self._go_to)
        self.complaints.itemActivated.connect(self._go_to)
        self.rules.changed.connect(self._rule)
        self.undoing.undone.connect(self._bring_back)

    def _lay_out(self) -> None:
        self.save_good.hide()
        self.rules.setVisible(bool(self.layout_.register.dated_by))
        told = _(
            "回车到下一行，Tab 到下一格；日期空着同上一行，也可写 t、-1、11.22；姓名可写首字母；F8 同上；F4 列出可选的；F6 离开表格。"
        )
        help_ = QLabel(told, self)
        help_.setWordWrap(True)
        help_.setProperty("faint", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for each in (self.rules, help_, self.notice):
            column.addWidget(each)
        column.addWidget(self.grid, 1)
        column.addWidget(self.complaints)
        column.addWidget(self._buttons())

    def _buttons(self) -> QWidget:
        buttons = QWidget(self)
        below = Flow(buttons)
        for each in (
            self.save,
            self.save_good,
            button(_("粘贴表格（Ctrl+V）"), self.pasting.paste, self),
            button(_("同上（F8）"), self.grid.repeat_above, self),
            button(_("下一处要改的（F7）"), self._next_complaint, self),
            button(_("删行（Ctrl+Delete）"), self.remove, self),
            button(_("清空…"), self.clear, self),
            self.undoing.button,
        ):
            below.addWidget(each)
        return buttons
