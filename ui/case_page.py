"""办理中: cases by their deadline, each with a word and a colour, one of them with its steps, or several at once."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ojr_desk.register import REGISTERS
from ojr_desk.registers.case import FINISHED
from ojr_desk.rules.cases import RUNNING, STATES, STEPS
from ojr_desk.rules.clock import supervision
from ojr_desk.rules.workdays import Deadline
from ojr_desk.text import N_, _
from ui.buttons import button, row
from ui.case_steps import CaseSteps
from ui.content import Plan
from ui.front import front, present
from ui.office import Office
from ui.paper_dialog import PaperDialog
from ui.record_columns import seldom
from ui.register_page import RegisterPage
from ui.step_form import StepForm
from ui.view import Sign, View

#: Which cases are listed, by the states that they are in; nothing stands for all.
_OPEN = tuple(state for state in STATES if state not in FINISHED)
SHARES = {
    "open": (N_("办理中"), _OPEN),
    "told": (N_("等回访、归档"), ("closed", "followed_up")),
    "all": (N_("全部"), ()),
}
_SHOWN = ("record_no", "title", "handler", "case_state", "occurred_at", "record_status")
#: What can be done with several cases at once.
_TOGETHER = ("assign", "remind", "supervise")
_TONES = {"none": "", "near": "warn", "due": "bad"}


class CasePage(RegisterPage):
    """The cases of this office, the most urgent first."""

    # Most cases come from the counter: what is seen first is what is to be done.
    form_at_first = False

    def __init__(self, parent: QWidget, office: Office) -> None:
        register = REGISTERS["case"]
        view = View(
            key="case",
            title=_("办理中"),
            register=register,
            plan=Plan(register.typed, seldom(register)),
            shown=tuple(register.by_name[name] for name in _SHOWN),
            only=(("case_state", _OPEN),),
            beside=CaseSteps,
            by="due_on",
            sign=Sign(_("期限"), signs),
            many=True,
        )
        self._share = "open"
        super().__init__(parent, office, view)

    def show_share(self, share: str) -> None:
        """List another share of the cases."""
        self._share = share
        states = SHARES[share][1]
        self.list.only, self.list.live = (("case_state", states),) if states else (), bool(states)
        self.list.reload()

    def act_together(self, step: str) -> None:
        """Ask for what a step of all chosen cases needs."""
        uids = self.list.table.chosen
        if uids:
            present(_Together(self._office, uids, step))

    def print_together(self) -> None:
        """Show the papers of all chosen cases as one file that can be printed."""
        uids = self.list.table.chosen
        path = self._office.scratch / "cases.pdf"
        title = _("打印 {count} 件").format(count=len(uids))
        if uids:
            self._office.aside(
                _("正在排版"),
                lambda desk, _progress: desk.slips.write_cases(uids, path),
                lambda _slips: present(PaperDialog(self._office, title, path)),
            )

    def _make_list(self) -> None:
        super()._make_list()
        self.list.live = True
        shares, group = QHBoxLayout(), QButtonGroup(self)
        for share, (words, _states) in SHARES.items():
            made = QPushButton(_(words), self._left)
            made.setCheckable(True)
            made.setChecked(share == self._share)
            made.clicked.connect(partial(self._choose, share))
            group.addButton(made)
            shares.addWidget(made)
        shares.addStretch(1)
        self._column.insertLayout(0, shares)
        self._together = [
            button(
                _("{step}…").format(step=_(STEPS[step].label)), partial(self.act_together, step), self._left
            )
            for step in _TOGETHER
        ]
        self._together.append(button(_("打印…"), self.print_together, self._left))
        self._column.addLayout(row(*self._together))
        self.list.table.selectionModel().selectionChanged.connect(lambda: self._count())
        self._count()

    def _choose(self, share: str, _on: bool = True) -> None:
        self.show_share(share)

    def _count(self) -> None:
        """Offer what can be done together once several are chosen."""
        several = len(self.list.table.selectionModel().selectedRows()) > 1
        for each in self._together:
            each.setVisible(several)


class _Together(QDialog):
    """Asks for the values of one step, and takes it of several cases: of all, or of none."""

    def __init__(self, office: Office, uids: Sequence[str], step: str) -> None:
        super().__init__(front())
        words = _("{step}：{count} 件一起办")
        self.setWindowTitle(words.format(step=_(STEPS[step].label), count=len(uids)))
        form = StepForm(self, office)
        form.taken.connect(lambda: self._taken(office))
        form.left.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(form)
        form.begin("case", uids, step)
        self.resize(640, 480)

    def _taken(self, office: Office) -> None:
        office.changes.changed.emit("case")
        self.accept()


def signs(desk: Any, cases: Sequence[Any]) -> list[tuple[str, str]]:
    """Tell of each case how near its deadline is: in words, for colours alone are not seen by everyone."""
    calendar, today = desk.holidays.calendar(), desk.office.today()

    def sign(case: Any) -> tuple[str, str]:
        if case.record_status == "void" or case.due_on is None or case.case_state not in RUNNING:
            return (_(STATES.get(case.case_state, "")), "")
        near = supervision(Deadline(case.due_on, case.due_is_estimated), today, calendar)
        if near in _TONES:
            left = calendar.working_days_between(today, case.due_on)
            words = _("今天到期") if near == "due" else _("还剩{days}个工作日").format(days=left)
            return words, _TONES[near]
        late = calendar.working_days_between(case.due_on, today)
        return _("逾期{days}个工作日").format(days=late), "bad"

    return [sign(case) for case in cases]
