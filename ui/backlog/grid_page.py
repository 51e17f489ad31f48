"""Copying a handwritten book: the grid, what holds for all its rows, what is wrong with them, and the saving."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidgetItem,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ojr_desk.exchange.reading import ReadSheet
from ojr_desk.problems import UserError
from ojr_desk.text import _
from ui import drafts, errors
from ui.backlog.clipboard import sheet_of
from ui.backlog.complaints import Complaints
from ui.backlog.grid import Grid
from ui.backlog.here import here
from ui.backlog.layout import Batch, Cells, Layout
from ui.backlog.model import GridModel, placed, restored
from ui.backlog.paste_dialog import PasteDialog
from ui.backlog.pasted import Pasted
from ui.backlog.rules import Rules
from ui.backlog.taking_back import TakingBack
from ui.backlog.trial import Saved, Told, Typed, save, try_out
from ui.buttons import button
from ui.flow import Flow
from ui.front import present
from ui.notice import Notice
from ui.offers import look_up
from ui.office import Office
from ui.view import View

#: How long after the first key the rows are kept, in milliseconds.
_DRAFT_AFTER = 2000
_FILE = "backlog-{key}"
_FEW = 5


class GridPage(QWidget):
    """The leaf of the grid."""

    def __init__(self, parent: QWidget, office: Office, view: View) -> None:
        super().__init__(parent)
        self._office, self.view, self.layout_ = office, view, Layout(view)
        self._key = _FILE.format(key=view.key)
        self._busy = False
        self._taken_out: dict[str, Cells] = {}
        self.model = GridModel(self, self.layout_, office.now)
        facts = office.facts
        self.model.firsts = self.layout_.firsts(office.now(), facts.user, facts.user_name)
        self.notice = Notice(self)
        self.grid = Grid(self, self.model, look_up(office))
        self.grid.setAccessibleName(_("{title}，手写本子补录").format(title=view.title))
        self.rules = Rules(self)
        self.complaints = Complaints(self, _("要改和要注意的地方"))
        self.undoing = TakingBack(self, office, self.notice)
        self.save = button(_("全部保存（Ctrl+回车）"), self.store, self, main=True)
        self.save_good = button("", partial(self.store, good=True), self)
        self._lay_out()
        self._bind()
        self._recall()

    @property
    def count(self) -> int:
        """Tell how many rows are not stored yet."""
        return len(self.model.filled())

    @property
    def is_busy(self) -> bool:
        """Tell whether rows are being stored."""
        return self._busy

    def begin(self) -> None:
        """Put the cursor into the first cell that is empty."""
        filled = self.model.filled()
        self.grid.go(filled[-1] + 1 if filled else 0, 0)

    def put_by(self) -> None:
        """Keep what is typed in the data folder; while rows are being stored they are kept already."""
        if not self._busy:
            self.grid.settle()
            self._keep()

    def store(self, good: bool = False) -> None:
        """Store all rows in one act, or with *good* those that nothing is wrong with."""
        self.grid.settle()
        places = [place for place in self.model.filled() if not (good and self.model.rows[place].problems)]
        if self._busy or not places:
            if not self._busy:
                self.notice.warn(_("还没有写什么：请在表格里写，或者从 WPS、Excel 粘贴。"))
            return
        self._keep()
        rows, layout, batch = self.model.typed(places), self.layout_, self.model.batch
        folder, key = self._office.folder, self._key
        rest = [kept for place, kept in self._kept_by_place() if place not in places]

        def work(desk: Any, _progress: Any) -> Saved | list[Told]:
            answer = save(desk, layout, rows, batch)
            if isinstance(answer, Saved):
                # Here, not in the answer: a window that closes now gets none, and must not offer the rows again.
                drafts.keep(folder, key, _draft(rest, batch))
            return answer

        self._wait(True)
        self._office.labour(_("正在保存"), work, here(self, self._answered), here(self, self._refused))

    def paste(self) -> None:
        """Show what lies on the clipboard, as a table to be taken."""
        self.grid.settle()
        mime = QApplication.clipboard().mimeData()
        text, html = mime.text(), mime.html() if mime.hasHtml() else ""
        self._office.draw(
            lambda: sheet_of(text, html), here(self, self._show_pasted), here(self, self._refused)
        )

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
        question.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
        question.buttonClicked.connect(
            lambda pressed: (
                self._empty()
                if question.standardButton(pressed) == QMessageBox.StandardButton.Discard
                else None
            )
        )
        present(question)

    def check(self) -> None:
        """Have the desk look at the rows that it has not seen as they stand."""
        current = self.grid.currentIndex().row()
        places = [
            place
            for place in self.model.filled()
            if not self.model.rows[place].is_checked and (place != current or self.grid.line is None)
        ]
        if not places or self._busy:
            return
        for place in places:
            self.model.rows[place].is_checked = True
        rows, layout, batch = self.model.typed(places), self.layout_, self.model.batch
        self._office.ask(
            lambda desk: try_out(desk, layout, rows, batch), here(self, partial(self._told, rows))
        )

    def _told(self, asked: Sequence[Typed], told: Sequence[Told]) -> None:
        """Show what the desk says, but of no row that was changed since it was asked."""
        places = {row.serial: place for place, row in enumerate(self.model.rows)}
        there = {
            row.serial: row
            for row in self.model.typed(places[each.serial] for each in asked if each.serial in places)
        }
        fresh = [each for each, row in zip(told, asked, strict=True) if there.get(each.serial) == row]
        self.model.take(fresh)
        self._show_complaints()

    def _answered(self, answer: Saved | list[Told]) -> None:
        self._wait(False)
        if isinstance(answer, Saved):
            self._saved(answer)
            return
        self.model.take(answer)
        self._show_complaints()
        wrong = sum(bool(each.problems) for each in answer)
        self.notice.refuse(
            _("一行也没有保存：{count} 行有要改的地方，见下面。改好再保存，或者先保存没有问题的。").format(
                count=wrong
            )
        )
        self._next_complaint(first=True)

    def _saved(self, saved: Saved) -> None:
        rows = {row.serial: row.cells for row in self.model.rows}
        self._taken_out = {
            number: dict(rows[serial]) for serial, number in saved.numbers.items() if serial in rows
        }
        self.model.take_out(saved.numbers)
        numbers = list(saved.numbers.values())
        told = (
            _("已保存 {count} 行：{first} 到 {last}。")
            if len(numbers) > 1
            else _("已保存 {count} 行：{first}。")
        )
        more = len(saved.notices) - _FEW
        self.notice.tell(
            told.format(count=len(numbers), first=numbers[0], last=numbers[-1]),
            _("还有 {count} 行没有保存。").format(count=self.count) if self.count else "",
            *saved.notices[:_FEW],
            _("还有 {n} 条类似的提示").format(n=more) if more > 0 else "",
        )
        self.undoing.offer(saved.offer)
        self._show_complaints()
        self._office.changes.changed.emit(self.view.register.code)
        self.begin()

    def _refused(self, error: UserError) -> None:
        self._wait(False)
        self.notice.refuse(error.message)

    def _bring_back(self, numbers: Sequence[str]) -> None:
        """Put the rows into the grid again whose records were taken back."""
        rows = [self._taken_out[number] for number in sorted(numbers) if number in self._taken_out]
        self.model.put_in(0, rows)
        self._taken_out = {}
        self.check()

    def _show_pasted(self, sheet: ReadSheet) -> None:
        at = self.grid.currentIndex()
        column = at.column() if at.isValid() else 0
        present(PasteDialog(self._office, self.layout_, sheet, column, self._take_pasted))

    def _take_pasted(self, pasted: Pasted) -> None:
        layout, batch, now = self.layout_, self.model.batch, self._office.now()
        self.model.widen(pasted.names)
        self._office.draw(
            lambda: [layout.tidy(cells, batch, now) for cells in pasted.rows], here(self, self._put_in)
        )

    def _put_in(self, rows: Sequence[Cells]) -> None:
        """Put pasted rows in where the cursor stands."""
        at = self.grid.currentIndex()
        place = at.row() if at.isValid() else 0
        self.model.put_in(place, rows)
        self.notice.tell(_("已放进 {count} 行，还没有保存。").format(count=len(rows)))
        self.check()
        self.grid.go(place, 0)

    def _show_complaints(self) -> None:
        """Write what is wrong, in words; the cells show it as well."""
        found = self.model.complaints()
        self.complaints.show_all([(placed(self.model, each), each[:2]) for each in found])
        wrong = {place for place, _column, _message, is_wrong in found if is_wrong}
        good = self.count - len(wrong)
        self.save_good.setText(_("只保存没有问题的 {count} 行").format(count=good))
        self.save_good.setVisible(bool(wrong) and good > 0)

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

    def _touched(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        """Write what is typed into the data folder."""
        self._timer.stop()
        if not self._busy:
            drafts.keep(
                self._office.folder,
                self._key,
                _draft([row for _place, row in self._kept_by_place()], self.model.batch),
            )

    def _kept_by_place(self) -> list[tuple[int, dict[str, tuple[str, str]]]]:
        found = {place: self.model.kept(place) for place in self.model.filled()}
        if half := self.grid.half_typed:
            found[half[0]] = self.model.kept_with(*half)
        return [(place, cells) for place, cells in sorted(found.items()) if cells]

    def _recall(self) -> None:
        """Go on with what was typed before."""
        draft = drafts.recall(self._office.folder, self._key)
        rows = [
            {name: cell for name, cell in cells.items() if name in self.layout_.known}
            for cells in restored(draft.get("rows", ("", ""))[0])
        ]
        if "batch" in draft:
            self.rules.put(*draft["batch"])
        if any(rows):
            self.model.widen(name for cells in rows for name in cells)
            self.model.start_over(rows)
            self.notice.warn(
                _("上次有 {count} 行还没有保存，已经恢复：请接着写，或者按“清空”。").format(count=self.count)
            )
            self.check()

    def _empty(self) -> None:
        self.model.start_over([])
        self._keep()
        self.notice.clear()
        self._show_complaints()
        self.grid.go(0, 0)

    def _rule(self) -> None:
        """Have all rows looked at anew: what holds for all of them was changed."""
        self.model.batch = self.rules.batch
        self.model.recheck()
        self._touched()
        self.check()

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        for each in (self.grid, self.save, self.save_good):
            each.setEnabled(not busy)

    def _want(self, what: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "save": self.store,
            "paste": self.paste,
            "remove": self.remove,
            "leave": self.leave,
            "next": self._next_complaint,
        }
        acts[what]()

    def _bind(self) -> None:
        self._timer = QTimer(self, singleShot=True, interval=_DRAFT_AFTER)
        self._timer.timeout.connect(self._keep)
        self.model.touched.connect(self._touched)
        self.model.touched.connect(self.notice.clear)
        self.grid.went_on.connect(self.check)
        self.grid.typed.connect(self._touched)
        self.grid.wanted.connect(self._want)
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
        buttons = QWidget(self)
        below = Flow(buttons)
        for each in (
            self.save,
            self.save_good,
            button(_("粘贴表格（Ctrl+V）"), self.paste, self),
            button(_("同上（F8）"), self.grid.repeat_above, self),
            button(_("下一处要改的（F7）"), self._next_complaint, self),
            button(_("删去这一行（Ctrl+Delete）"), self.remove, self),
            button(_("清空…"), self.clear, self),
            self.undoing.button,
        ):
            below.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rules)
        column.addWidget(help_)
        column.addWidget(self.notice)
        column.addWidget(self.grid, 1)
        column.addWidget(self.complaints)
        column.addWidget(buttons)


def _draft(rows: Sequence[dict[str, tuple[str, str]]], batch: Batch) -> drafts.Draft:
    """Write rows as the file of drafts holds them; none leave none."""
    return {"rows": (list(rows), ""), "batch": (batch.reason, f"{batch.hour:%H:%M}")} if rows else {}
