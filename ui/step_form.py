"""The form of one step of a case: only what this step needs, or may have."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ojr_desk.problems import Invalid, UserError
from ojr_desk.register import REGISTERS, Given
from ojr_desk.rules.cases import STEPS
from ojr_desk.rules.finishing import ASKED, FINISH, LABEL
from ojr_desk.text import _
from ui.buttons import button, row
from ui.content import Plan
from ui.notice import Notice
from ui.offers import look_up
from ui.office import Office
from ui.record_form import RecordForm
from ui.style import heading

#: How many complaints of cases that are acted on together stand above the form.
_NAMED = 8


class StepForm(QWidget):
    """Asks for the values of a step and takes it, of one record or of several cases at once.

    `taken` tells that it is stored, `left` that it is not.
    """

    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._code = self._step = ""
        self._uids: tuple[str, ...] = ()
        self.form: RecordForm | None = None
        self._title = heading(QLabel())
        self.notice = Notice()
        self.yes = button("", self.take, main=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self._column.addWidget(self.notice)
        self._column.addLayout(row(self.yes, button(_("不办了"), self.left.emit)))

    def begin(self, code: str, uids: Sequence[str], step: str) -> None:
        """Ask for what *step* of some records needs."""
        self._code, self._uids, self._step = code, tuple(uids), step
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        label, needs, may = _asked(step)
        columns = REGISTERS["step"].by_name
        plan = Plan(
            tuple(columns[name] for name in ("occurred_at", "by", *needs, *may)), required=frozenset(needs)
        )
        self.form = RecordForm(self, plan, look_up(self._office), self._office.now)
        facts = self._office.facts
        given = Given(self._office.now().replace(second=0, microsecond=0), user=facts.user or None)
        self.form.begin(given, {facts.user: facts.user_name})
        self.form.submitted.connect(self.take)
        self._column.insertWidget(2, self.form, 1)
        self._title.setText(_(label))
        self.yes.setText(_("登记“{step}”").format(step=_(label)))
        self.yes.setEnabled(True)
        self.notice.clear()
        self.form.focus_first()

    def take(self) -> None:
        """Take the step with what was filled in."""
        if self.form is None or not self.yes.isEnabled():
            return
        code, uids, step, values = self._code, self._uids, self._step, self.form.values()

        def act(desk: Any) -> None:
            if len(uids) == 1:
                desk.cases.act(code, uids[0], step, values)
            else:
                desk.cases.act_all(uids, step, values)

        self.yes.setEnabled(False)
        self._office.ask(act, self._done, self._refused)

    def _done(self, _nothing: object) -> None:
        self.yes.setEnabled(True)
        self.taken.emit()

    def _refused(self, error: UserError) -> None:
        self.yes.setEnabled(True)
        if isinstance(error, Invalid) and self.form is not None:
            rest = self.form.show_problems(error.problems)[:_NAMED]
            self.notice.refuse(_("这一步还没有登记，看红字。"), *rest)
        else:
            self.notice.refuse(error.message)


def _asked(step: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Tell how a step is called, what it needs and what it may have besides."""
    if step == FINISH:
        return LABEL, ASKED, ()
    declared = STEPS[step]
    return declared.label, declared.needs, declared.may
