"""Loading an old Excel book: looked at first, headings put right, then loaded — and the whole of it undone at will."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ojr_desk.desk.loading import Loading, Wishes
from ojr_desk.exchange.old_book_headings import targets
from ojr_desk.problems import Cancelled, Locked, Problem, Refused, UserError
from ojr_desk.text import _
from ui.asking import Asking
from ui.backlog.asked import Asked
from ui.backlog.complaints import Complaints
from ui.backlog.load_words import loaded, of_sheet, placed, planned, where
from ui.backlog.meanings import Meanings
from ui.backlog.pasted import Heading
from ui.backlog.rules import pair
from ui.backlog.taking_back import TakingBack
from ui.buttons import button
from ui.changes import Changes
from ui.choice_editors import ChoiceBox
from ui.files import ask_file
from ui.flow import Flow
from ui.front import present
from ui.here import here
from ui.notice import Notice
from ui.office import Office
from ui.style import HIT
from ui.view import View


class LoadPage(QWidget):
    """The leaf of old Excel books."""

    def __init__(self, parent: QWidget, office: Office, view: View) -> None:
        super().__init__(parent)
        self._office, self.view, self.register = office, view, view.register
        self._path: Path | None = None
        self._password: str | None = None
        self._plan: Loading | None = None
        self.setAcceptDrops(True)
        self.notice = Notice(self)
        self.choose = button(_("选 Excel 文件…"), self.ask, self, main=True)
        self.file = QLabel(self)
        self.sheets = ChoiceBox(self)
        self.asked = Asked(self, office, self.register)
        self.where = QLabel(self)
        self.meanings = Meanings(self, targets(self.register), _("位置"))
        self.complaints = Complaints(self, _("有问题的行"))
        self.again = button("", self.look, self)
        self.load = button("", self.carry_out, self, main=True)
        self.undoing = TakingBack(self, office, self.notice)
        self._lay_out()
        self._bind()
        self._clear()
        code = self.register.code
        office.ask(lambda desk: desk.old_books.last(code), here(self, self._offer_earlier))

    def ask(self) -> None:
        """Ask for the file."""
        ask_file(self, _("选以前的 Excel 本子"), _("表格文件 (*.xlsx *.xls *.et *.csv)"), self.open)

    def open(self, path: Path) -> None:
        """Look at the book at *path*; nothing is stored."""
        self._clear()
        self._path = path
        self.file.setText(path.name)
        self.look()

    def look(self) -> None:
        """Tell what loading would do, as things are said now."""
        path, password, code, wishes = self._path, self._password, self.register.code, self._wishes()
        if path is None or wishes is None:
            return
        self.load.setEnabled(False)
        self._office.labour(
            _("正在看这本表"),
            lambda desk, progress: desk.old_books.plan(code, path, wishes, password, progress),
            here(self, self._planned),
            here(self, self._failed),
        )

    def carry_out(self) -> None:
        """Load what is shown, and write back what is refused."""
        path, password, code, wishes = self._path, self._password, self.register.code, self._wishes()
        if path is None or wishes is None:
            return

        def work(desk: Any, progress: Any) -> tuple[Loading, Any]:
            done = desk.old_books.load(code, path, wishes, None, password, progress)
            return done, desk.undo.last() if done.stored else None

        self.load.setEnabled(False)
        self._office.labour(_("正在载入"), work, here(self, self._loaded), here(self, self._failed))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt asks whether a file may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt tells: a file was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open(paths[0])

    def _offer_earlier(self, offer: Any) -> None:
        """Offer to undo the book that was loaded last, as long as none is loaded now."""
        if offer is not None and self.undoing.is_empty:
            self.undoing.offer(offer, asks=True)

    def _wishes(self) -> Wishes | None:
        """Gather what the person says; None where the year is none."""
        try:
            return self.asked.wishes(self.meanings.hints())
        except Refused as refused:
            self.notice.refuse(refused.message)
            return None

    def _planned(self, plan: Loading) -> None:
        self._plan = plan
        self.asked.ask_for(plan)
        if self.asked.take_book(plan, self.view.plan.first.get(self.register.numbered_by)):
            # It is seen once the book is known: laying it out twice takes twice as long.
            self.look()
            return
        self._offer_sheets(plan)
        self._show_meanings()
        self._show_problems(plan.problems)
        self.load.setText(_("载入 {count} 行").format(count=plan.accepted))
        self.load.setEnabled(plan.accepted > 0)
        self.again.setText(_("再看一遍"))
        self.again.setEnabled(True)
        (self.notice.warn if plan.accepted or plan.there else self.notice.refuse)(
            *planned(self.register, plan)
        )
        (self.asked.unanswered() or self.meanings.unexplained() or self._next(plan)).setFocus()

    def _next(self, plan: Loading) -> QWidget:
        return self.load if plan.accepted else self.choose

    def _loaded(self, answer: tuple[Loading, Any]) -> None:
        done, offer = answer
        (self.notice.warn if done.refused else self.notice.tell)(*loaded(done))
        self._show_problems(done.problems)
        self.undoing.offer(offer)
        self.load.setText(_("载入"))
        if done.rejects is not None:
            # What was refused is mended there, and comes from there.
            self._path, self._password = done.rejects, None
            self.file.setText(done.rejects.name)
            self.again.setText(_("退回的表改好了，再次载入"))
        self.again.setEnabled(True)
        (self.again if done.rejects else self.choose).setFocus()
        self._office.changes.changed.emit(Changes.EVERYTHING)

    def _failed(self, error: UserError) -> None:
        self.load.setEnabled(False)
        self.again.setEnabled(self._path is not None)
        if isinstance(error, Locked):
            question = Asking(_("打开文件的密码"), error.message, [_("密码")], self._unlock, secret=True)
            present(question)
        (self.notice.warn if isinstance(error, Cancelled) else self.notice.refuse)(error.message)

    def _unlock(self, answers: list[str]) -> None:
        self._password = answers[0]
        self.look()

    def _offer_sheets(self, plan: Loading) -> None:
        shown = self.sheets.currentText()
        self.sheets.clear()
        for sheet in plan.sheets:
            self.sheets.addItem(sheet.name)
        self.sheets.setCurrentIndex(max(0, self.sheets.findText(shown, Qt.MatchFlag.MatchExactly)))
        self._sheets_asked.setVisible(len(plan.sheets) > 1)

    def _show_meanings(self) -> None:
        """Ask about the headings of the sheet that is shown, and about its words."""
        plan, place = self._plan, self.sheets.currentIndex()
        if plan is None:
            return
        sheet = plan.sheets[place] if 0 <= place < len(plan.sheets) else None
        headings = of_sheet(sheet) if sheet else [Heading(each, "", ()) for each in plan.unknown]
        self.meanings.show_table(headings, sheet.words if sheet else ())
        self.where.setText(where(sheet))

    def _explained(self) -> None:
        """Look again once all words are explained; before that a person goes on to the next."""
        rest = self.meanings.unexplained()
        if rest is None:
            self.look()
        else:
            self._stale()
            rest.setFocus()

    def _stale(self) -> None:
        """Have the book looked at again before it is loaded: something else is said now."""
        self.load.setEnabled(False)
        self.again.setEnabled(self._path is not None)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        several = self._plan is not None and len(self._plan.sheets) > 1
        self.complaints.show_all(problems, lambda each: (placed(each, several), None))

    def _clear(self) -> None:
        self._path = self._password = self._plan = None
        self.file.setText(_("可以把文件拖到这里。"))
        self.asked.forget()
        self._sheets_asked.hide()
        self.where.setText(_("先看一遍，什么也不会存；看着对了，再按“载入”。"))
        self.meanings.forget()
        self.complaints.clear_all()
        self.load.setText(_("载入"))
        self.load.setEnabled(False)
        self.again.setText(_("再看一遍"))
        self.again.setEnabled(False)
        self.notice.clear()

    def _bind(self) -> None:
        self.meanings.said.connect(self.look)
        self.meanings.explained.connect(self._explained)
        self.sheets.activated.connect(lambda _at: self._show_meanings())
        self.asked.changed.connect(self._stale)
        self.asked.submitted.connect(self.look)

    def _lay_out(self) -> None:
        self.sheets.setAccessibleName(_("工作表"))
        self.where.setWordWrap(True)
        self.where.setProperty("faint", True)
        self.file.setMinimumHeight(HIT)
        top, buttons = QWidget(self), QWidget(self)
        self._sheets_asked = pair(top, _("工作表"), self.sheets)
        above, below = Flow(top, across=16), Flow(buttons)
        for each in (self.choose, self.file, self._sheets_asked, self.asked.reason_asked):
            above.addWidget(each)
        for control in (self.load, self.again, self.undoing.button):
            below.addWidget(control)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (top, self.notice, self.asked, self.where):
            column.addWidget(widget)
        column.addWidget(self.meanings, 1)
        column.addWidget(self.complaints)
        column.addWidget(buttons)
