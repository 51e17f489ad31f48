"""What belongs to a loan, a thing or a request: its dated rows, oldest first, and a short form for the next one."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from ojr_desk.problems import Invalid, UserError
from ojr_desk.register import REGISTERS, Audience, Given, Link
from ojr_desk.text import N_, _, listed
from ui.beside import Beside
from ui.buttons import button, row
from ui.content import Plan
from ui.flow import Flow, empty
from ui.notice import Notice
from ui.offers import look_up
from ui.office import Office
from ui.record_form import RecordForm
from ui.scrolled import scrolled
from ui.style import heading


class Following(Beside):
    """The rows of one record with a button for each that may come next; subclasses say which these are."""

    comes_first = True
    #: The register of the rows, and the link by which they belong to the record.
    rows: ClassVar[str]
    link: ClassVar[str]
    #: What a row is dated by and called by, in its heading.
    heads: ClassVar[tuple[str, ...]]

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._uid = self._key = ""
        self.form: RecordForm | None = None
        self.state = QLabel()
        self.state.setObjectName("state")
        self.state.setWordWrap(True)
        self.next = Flow()
        self.notice = Notice()
        self._title = heading(QLabel())
        self.yes = button("", self.take, main=True)
        self._lay_out()

    def read(self, desk: Any, uid: str) -> Any:
        """Read at the desk how the record stands."""
        raise NotImplementedError

    def told(self, standing: Any) -> str:
        """Say in a line how the record stands."""
        raise NotImplementedError

    def label(self, key: str) -> str:
        """Name what may come next."""
        raise NotImplementedError

    def asked(self, key: str) -> tuple[str, ...]:
        """Name the columns that it asks for."""
        raise NotImplementedError

    def given(self, key: str) -> Mapping[str, Any]:
        """Give what it is already known to be."""
        return {}

    def show_record(self, record: Any) -> None:
        """Show the rows of *record*."""
        uid = self._uid = str(record.uid)
        self._office.ask(lambda desk: self.read(desk, uid), self._show)

    def choose(self, key: str) -> None:
        """Ask for what the next row needs."""
        self._key = key
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        columns = REGISTERS[self.rows].by_name
        # Which field makes sense is told by the button, not by another field.
        chosen = tuple(replace(columns[name], when={}) for name in self.asked(key))
        self.form = RecordForm(self, Plan(chosen), look_up(self._office), self._office.now)
        facts = self._office.facts
        begun = Given(self._office.now().replace(second=0, microsecond=0), user=facts.user or None)
        self.form.begin(begun, {facts.user: facts.user_name})
        self.form.submitted.connect(self.take)
        self._column.insertWidget(2, self.form, 1)
        self._title.setText(self.label(key))
        self.yes.setText(_("登记“{step}”").format(step=self.label(key)))
        self.yes.setEnabled(True)
        self.notice.clear()
        self._leaves.setCurrentIndex(1)
        self.form.focus_first()

    def take(self) -> None:
        """Store the row that was filled in."""
        if self.form is None or not self.yes.isEnabled():
            return
        values = {self.link: self._uid, **self.given(self._key), **self.form.values()}
        code = self.rows
        self.yes.setEnabled(False)
        self._office.ask(lambda desk: desk.registers.add(code, [values]), self._taken, self._refused)

    def _taken(self, _added: object) -> None:
        self._leaves.setCurrentIndex(0)
        self._office.changes.changed.emit(self.rows)
        self.changed.emit()

    def _refused(self, error: UserError) -> None:
        self.yes.setEnabled(True)
        if isinstance(error, Invalid) and self.form is not None:
            rest = self.form.show_problems(error.problems)
            self.notice.refuse(_("还没有登记，看红字。"), *rest)
        else:
            self.notice.refuse(error.message)

    def _show(self, standing: Any) -> None:
        if standing.record.uid != self._uid:
            return
        self._leaves.setCurrentIndex(0)
        self.state.setText(self.told(standing))
        empty(self._lines)
        for each in standing.rows:
            self._lines.addWidget(self._line(each, standing.labels))
        if not standing.rows:
            self._lines.addWidget(QLabel(_("还没有登记过。")))
        self._lines.addStretch(1)
        empty(self.next)
        own = standing.record.center == self._office.facts.center
        for key in standing.may if own else ():
            self.next.addWidget(button(self.label(key), partial(self.choose, key)))

    def _line(self, each: Any, labels: Mapping[str, str]) -> QLabel:
        columns = REGISTERS[self.rows].typed
        shown: dict[str, str] = {}
        for column in columns:
            value = getattr(each, column.name)
            if column.common or column.name == self.link or value in (None, ""):
                continue
            told = (
                labels.get(value, "")
                if isinstance(column.kind, Link)
                else column.cell(value, Audience.SCREEN)
            )
            shown[column.name] = told
        lines = [listed((shown.pop(name, "") for name in self.heads), N_("　"))]
        by_name = REGISTERS[self.rows].by_name
        lines += [
            _("　　{label}：{value}").format(label=_(by_name[name].label), value=told)
            for name, told in shown.items()
            if told
        ]
        made = QLabel("\n".join(lines))
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("sheet")
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 4, 12, 4)
        self._lines.setSpacing(12)
        read = QWidget()
        column = QVBoxLayout(read)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(self.state)
        column.addLayout(self.next)
        column.addWidget(scrolled(inside, self.words), 1)
        typed = QWidget()
        self._column = QVBoxLayout(typed)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self._column.addWidget(self.notice)
        self._column.addLayout(row(self.yes, button(_("不办了"), lambda: self._leaves.setCurrentIndex(0))))
        self._leaves = QStackedWidget()
        self._leaves.addWidget(read)
        self._leaves.addWidget(typed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._leaves)
