"""Loading an old Excel book: looked at first, headings put right, then loaded — and the whole of it undone at will."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ojr_desk.desk.loading import Hints, Loading, Wishes
from ojr_desk.exchange.old_book_headings import targets
from ojr_desk.problems import Cancelled, Locked, Problem, UserError
from ojr_desk.register import is_blank
from ojr_desk.text import _, listed
from ui.asking import Asking
from ui.backlog.complaints import Complaints
from ui.backlog.headings import Headings
from ui.backlog.here import here
from ui.backlog.load_words import counted, loaded, of_sheet, placed
from ui.backlog.pasted import Heading
from ui.backlog.rules import pair, reasons
from ui.backlog.taking_back import TakingBack
from ui.buttons import button
from ui.changes import Changes
from ui.choice_editors import ChoiceBox
from ui.editor import Editor
from ui.editors import editor
from ui.files import ask_file
from ui.flow import Flow
from ui.front import present
from ui.notice import Notice
from ui.offers import look_up
from ui.office import Office
from ui.style import HIT, mark
from ui.view import View

_FIRST_YEAR, _LAST_YEAR = 1949, 2199
_FEW = 5


class LoadPage(QWidget):
    """The leaf of old Excel books."""

    def __init__(self, parent: QWidget, office: Office, view: View) -> None:
        super().__init__(parent)
        self._office, self.view, self.register = office, view, view.register
        self._path: Path | None = None
        self._password: str | None = None
        self._said: dict[str, str] = {}
        self._plan: Loading | None = None
        self._defaults: dict[str, Editor] = {}
        self.setAcceptDrops(True)
        self.notice = Notice(self)
        self.choose = button(_("选 Excel 文件…"), self.ask, self, main=True)
        self.file = QLabel(self)
        self.sheets = ChoiceBox(self)
        self.year = QLineEdit(self)
        self.reason = reasons(self)
        self.headings = Headings(self, targets(self.register), _("位置"))
        self.complaints = Complaints(self, _("有问题的行"))
        self.again = button(_("再看一遍"), self.look, self)
        self.load = button(_("载入"), self.carry_out, self, main=True)
        self.undoing = TakingBack(self, office, self.notice)
        self._lay_out()
        self._bind()
        self._clear()

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

    def _wishes(self) -> Wishes | None:
        """Gather what the person says; None where the year is none."""
        text = self.year.text().strip().removesuffix(_("年"))
        fits = not text or (text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR)
        mark(self.year, "wrong", not fits)
        if not fits:
            self.notice.refuse(_("年份请写四位数字，例如 2025。"))
            return None
        told = {name: made.value() for name, made in self._defaults.items()}
        defaults = {name: value for name, value in told.items() if not is_blank(value)}
        hints = Hints(dict(self._said), year=int(text) if text else None)
        return Wishes(hints, defaults, str(self.reason.currentData()))

    def _planned(self, plan: Loading) -> None:
        self._plan = plan
        self._offer_sheets(plan)
        self._show_headings()
        self._ask_defaults(plan)
        if self._is_of_another_book(plan):
            self.look()
            return
        self._show_problems(plan.problems)
        needs_year = any(each.code == "no_year" for each in plan.problems)
        self._year_asked.setVisible(needs_year or bool(self.year.text()))
        self.load.setText(_("载入 {count} 行").format(count=plan.accepted))
        self.load.setEnabled(plan.accepted > 0)
        self.again.setEnabled(True)
        told = counted(self.register, plan)
        if plan.accepted:
            self.notice.warn(_("还没有载入，请看过以后按“载入”。"), *told)
        else:
            self.notice.refuse(_("没有可以载入的行。"), *told)
        for made in self._defaults.values():
            if is_blank(made.value()):
                made.setFocus()
                return
        (self.load if plan.accepted else self.choose).setFocus()

    def _is_of_another_book(self, plan: Loading) -> bool:
        """Take the book of the page where the file says nothing of which it is; answer whether that is new."""
        name = self.register.numbered_by
        own = self.view.plan.first.get(name)
        if not name or not own or name in self._defaults or not plan.sheets:
            return False
        if any(name in sheet.assumed or name in sheet.matched.values() for sheet in plan.sheets):
            return False
        self._ask_default(name).put(own, self.register.by_name[name].kind.show(own))
        return True

    def _loaded(self, answer: tuple[Loading, Any]) -> None:
        done, offer = answer
        (self.notice.warn if done.refused else self.notice.tell)(*loaded(done))
        self._show_problems(done.problems)
        self.undoing.offer(offer)
        self._path = None
        self.load.setText(_("载入"))
        self.again.setEnabled(False)
        self.choose.setFocus()
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

    def _say(self, heading: str, name: str) -> None:
        """Take a person's word for a heading, and look again."""
        if name:
            self._said = {each: said for each, said in self._said.items() if said != name}
        self._said[heading] = name
        self.look()

    def _offer_sheets(self, plan: Loading) -> None:
        shown = self.sheets.currentText()
        self.sheets.clear()
        for sheet in plan.sheets:
            self.sheets.addItem(sheet.name)
        self.sheets.setCurrentIndex(max(0, self.sheets.findText(shown, Qt.MatchFlag.MatchExactly)))
        self._sheets_asked.setVisible(len(plan.sheets) > 1)

    def _show_headings(self) -> None:
        plan = self._plan
        if plan is None:
            return
        place = self.sheets.currentIndex()
        sheet = plan.sheets[place] if 0 <= place < len(plan.sheets) else None
        self.headings.show_headings(
            of_sheet(sheet) if sheet else [Heading(each, "", ()) for each in plan.unknown]
        )
        rows = listed(map(str, sheet.heading_rows)) if sheet else ""
        self.where.setText(
            _("表头在第 {rows} 行，下面有 {count} 行记录。对错了的请在右边改，下次会记得。").format(
                rows=rows, count=sheet.rows
            )
            if sheet
            else _("没有认出表头：请在右边告诉程序，这些栏各记到哪里。")
        )
        self.where.show()

    def _ask_defaults(self, plan: Loading) -> None:
        """Ask once for what the book does not tell."""
        for name in plan.missing:
            if name not in self._defaults:
                self._ask_default(name)

    def _ask_default(self, name: str) -> Editor:
        column = self.register.by_name[name]
        made = self._defaults[name] = editor(self._asked, column, look_up(self._office), self._office.now)
        made.setMinimumWidth(9 * made.fontMetrics().height())
        made.typed.connect(self._stale)
        made.submitted.connect(self.look)
        both = pair(self._asked, _(column.label), made)
        self._asked_flow.addWidget(both)
        both.show()
        self._asked.show()
        return made

    def _stale(self) -> None:
        """Have the book looked at again before it is loaded: something else is said now."""
        self.load.setEnabled(False)
        self.again.setEnabled(self._path is not None)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        several = self._plan is not None and len(self._plan.sheets) > 1
        self.complaints.show_all([(placed(each, several), None) for each in problems])

    def _clear(self) -> None:
        self._path = self._password = self._plan = None
        self._said = {}
        for made in self._defaults.values():
            both = made.parentWidget()
            assert both is not None
            both.hide()
            both.setParent(None)
            both.deleteLater()
        self._defaults = {}
        self.file.setText(_("可以把文件拖到这里。"))
        for each in (self._asked, self._year_asked, self._sheets_asked, self.where):
            each.hide()
        self.year.clear()
        self.headings.show_headings([])
        self.complaints.show_all([])
        self.load.setText(_("载入"))
        self.load.setEnabled(False)
        self.again.setEnabled(False)
        self.notice.clear()

    def _bind(self) -> None:
        self.headings.said.connect(self._say)
        self.sheets.activated.connect(lambda _at: self._show_headings())
        self.year.textEdited.connect(lambda _text: self._stale())
        self.year.returnPressed.connect(self.look)
        self.reason.activated.connect(lambda _at: self._stale())

    def _lay_out(self) -> None:
        self.sheets.setAccessibleName(_("工作表"))
        self.year.setAccessibleName(_("年份"))
        self.year.setFixedWidth(self.year.fontMetrics().horizontalAdvance("0000") + 40)
        self.reason.setCurrentIndex(self.reason.findData(Wishes().reason))
        self.where = QLabel(self)
        self.where.setWordWrap(True)
        self.where.setProperty("faint", True)
        top = QWidget(self)
        above = Flow(top, across=16)
        above.addWidget(self.choose)
        self.file.setMinimumHeight(HIT)
        above.addWidget(self.file)
        pairs = partial(pair, top)
        reason = pairs(_("补录原因"), self.reason)
        self._sheets_asked = pairs(_("工作表"), self.sheets)
        self._year_asked = pairs(_("本子里没写年份的，是哪一年"), self.year)
        for each in (self._sheets_asked, self._year_asked, reason):
            above.addWidget(each)
        reason.setVisible(bool(self.register.dated_by))
        self._asked = QWidget(self)
        self._asked_flow = Flow(self._asked, across=16)
        buttons = QWidget(self)
        below = Flow(buttons)
        for control in (self.load, self.again, self.undoing.button):
            below.addWidget(control)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (top, self.notice, self._asked, self.where):
            column.addWidget(widget)
        column.addWidget(self.headings, 1)
        column.addWidget(self.complaints)
        column.addWidget(buttons)
