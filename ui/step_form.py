"""The form of one step of a case: only what this step needs, or may have."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ojr_desk.problems import Invalid, UserError
from ojr_desk.register import REGISTERS, Given
from ojr_desk.rules.cases import STEPS
from ojr_desk.text import _
from ui.buttons import button, row
from ui.content import Plan
from ui.notice import Notice
from ui.offers import look_up
from ui.office import Office
from ui.record_form import RecordForm
from ui.style import heading


class StepForm(QWidget):
    """Asks for the values of a step and takes it. `taken` tells that it is stored, `left` that it is not."""

    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._code = self._uid = self._step = ""
        self.form: RecordForm | None = None
        self._title = heading(QLabel())
        self.notice = Notice()
        self.yes = button("", self.take, main=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self._column.addWidget(self.notice)
        self._column.addLayout(row(self.yes, button(_("不办了"), self.left.emit)))

    def begin(self, code: str, uid: str, step: str) -> None:
        """Ask for what *step* of a record needs."""
        self._code, self._uid, self._step = code, uid, step
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.deleteLater()
        declared = STEPS[step]
        columns = REGISTERS["step"].by_name
        names = ("occurred_at", "by", *declared.needs, *declared.may)
        plan = Plan(tuple(columns[name] for name in names), required=frozenset(declared.needs))
        self.form = RecordForm(self, plan, look_up(self._office), self._office.now)
        facts = self._office.facts
        given = Given(self._office.now().replace(second=0, microsecond=0), user=facts.user or None)
        self.form.begin(given, {facts.user: facts.user_name})
        self.form.submitted.connect(self.take)
        self._column.insertWidget(2, self.form, 1)
        self._title.setText(_(declared.label))
        self.yes.setText(_("登记“{step}”").format(step=_(declared.label)))
        self.yes.setEnabled(True)
        self.notice.clear()
        self.form.focus_first()

    def take(self) -> None:
        """Take the step with what was filled in."""
        if self.form is None or not self.yes.isEnabled():
            return
        code, uid, step, values = self._code, self._uid, self._step, self.form.values()
        self.yes.setEnabled(False)
        self._office.ask(lambda desk: desk.cases.act(code, uid, step, values), self._done, self._refused)

    def _done(self, _record: Any) -> None:
        self.yes.setEnabled(True)
        self.taken.emit()

    def _refused(self, error: UserError) -> None:
        self.yes.setEnabled(True)
        if isinstance(error, Invalid) and self.form is not None:
            rest = self.form.show_problems(error.problems)
            self.notice.refuse(_("这一步还没有登记，看红字。"), *rest)
        else:
            self.notice.refuse(error.message)
