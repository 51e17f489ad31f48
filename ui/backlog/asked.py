"""What a person is asked of an old book besides its headings: what it lacks, its year, why it is entered late."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ojr_desk.desk.loading import Hints, Loading, Wishes
from ojr_desk.problems import Refused
from ojr_desk.register import Register, is_blank
from ojr_desk.text import _
from ui.backlog.rules import pair, reasons
from ui.editor import Editor
from ui.editors import editor
from ui.flow import Flow
from ui.offers import look_up
from ui.office import Office
from ui.style import mark

_FIRST_YEAR, _LAST_YEAR = 1949, 2199


class Asked(QWidget):
    """Questions about one book. `changed` tells that another answer is given, `submitted` that Enter was pressed."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget, office: Office, register: Register) -> None:
        super().__init__(parent)
        self._office, self._register = office, register
        self.defaults: dict[str, Editor] = {}
        self.year = QLineEdit(self)
        self.year.setAccessibleName(_("年份"))
        self.year.setFixedWidth(self.year.fontMetrics().horizontalAdvance("0000") + 40)
        self.reason = reasons(self)
        self.reason.setCurrentIndex(self.reason.findData(Wishes().reason))
        self._year_asked = pair(self, _("本子里没写年份的，是哪一年"), self.year)
        #: Stands where there is room for it: it is asked of every book.
        self.reason_asked = pair(self, _("补录原因"), self.reason)
        self._flow = Flow(self, across=16)
        self._flow.addWidget(self._year_asked)
        self.year.textEdited.connect(lambda _text: self.changed.emit())
        self.year.returnPressed.connect(self.submitted)
        self.reason.activated.connect(lambda _at: self.changed.emit())
        self.forget()

    def wishes(self, hints: Hints) -> Wishes:
        """Gather the answers beside what was said of headings and words; raises `Refused` where a year is none."""
        text = self.year.text().strip().removesuffix(_("年"))
        fits = not text or (text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR)
        mark(self.year, "wrong", not fits)
        if not fits:
            raise Refused(_("年份请写四位数字，例如 2025。"))
        told = {name: made.value() for name, made in self.defaults.items()}
        defaults = {name: value for name, value in told.items() if not is_blank(value)}
        year = int(text) if text else None
        return Wishes(Hints(hints.columns, hints.words, year), defaults, str(self.reason.currentData()))

    def ask_for(self, plan: Loading) -> None:
        """Ask once for what the book does not tell."""
        for name in plan.missing:
            if name not in self.defaults:
                self.ask_default(name)
        self.reason_asked.setVisible(bool(self._register.dated_by))
        needs_year = any(each.code == "no_year" for each in plan.problems) or bool(self.year.text())
        self._year_asked.setVisible(needs_year)
        self.setVisible(needs_year or bool(self.defaults))

    def take_book(self, plan: Loading, own: object) -> bool:
        """Take the book of the page, *own*, where the file says nothing of which it is; answer whether that is new."""
        name = self._register.numbered_by
        if not name or not own or name in self.defaults or not plan.sheets:
            return False
        if any(name in sheet.assumed or name in sheet.matched.values() for sheet in plan.sheets):
            return False
        self.ask_default(name).put(own, self._register.by_name[name].kind.show(own))
        return True

    def ask_default(self, name: str) -> Editor:
        """Ask for what stands in the empty cells of a column."""
        column = self._register.by_name[name]
        made = self.defaults[name] = editor(self, column, look_up(self._office), self._office.now)
        made.setMinimumWidth(9 * made.fontMetrics().height())
        made.typed.connect(self.changed)
        made.submitted.connect(self.submitted)
        both = pair(self, _(column.label), made)
        self._flow.addWidget(both)
        both.show()
        self.show()
        return made

    def unanswered(self) -> Editor | None:
        """Answer with the first question that has no answer yet."""
        return next((made for made in self.defaults.values() if is_blank(made.value())), None)

    def forget(self) -> None:
        """Ask nothing until another book is seen."""
        for made in self.defaults.values():
            both = made.parentWidget()
            assert both is not None
            both.hide()
            both.setParent(None)
            both.deleteLater()
        self.defaults = {}
        self.year.clear()
        self.reason_asked.hide()
        self.hide()
