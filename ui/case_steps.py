"""What was done with a case so far, and the steps that may be taken next — no others are offered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ojr_desk.desk.urging import PAPERS
from ojr_desk.register import REGISTERS, Audience, Link
from ojr_desk.rules.cases import LIMITED, STATES, STEPS, SUPERVISION, VALUES, Owed
from ojr_desk.rules.finishing import FINISH, LABEL
from ojr_desk.store.query import Query
from ojr_desk.text import N_, _, listed
from ui.beside import Beside
from ui.buttons import button
from ui.flow import Flow, empty
from ui.front import present
from ui.office import Office
from ui.paper_dialog import PaperDialog
from ui.scrolled import scrolled
from ui.step_form import StepForm
from ui.style import mark

#: How near a deadline is, in colour.
_TONES = {"none": "good", "near": "warn", "due": "warn"}
#: What an intake without a case of its own may still get.
_AFTERWARDS = "follow_up"


@dataclass(frozen=True)
class Trail:
    """The steps of one record, oldest first, with the names in them, and what may come next."""

    record: Any
    steps: tuple[Any, ...]
    labels: Mapping[str, str]
    allowed: tuple[str, ...]
    supervision: str = ""
    owed: Owed | None = None
    can_be_finished: bool = False


def trail_of(desk: Any, code: str, uid: str) -> Trail:
    """Read at the desk how a case, or an intake without one, has been followed up."""
    if code == "case":
        standing = desk.cases.standing(uid)
        labels = desk.registers.labels("step", standing.steps)
        return Trail(
            standing.record,
            standing.steps,
            labels,
            standing.allowed,
            standing.supervision,
            standing.owed,
            standing.can_be_finished,
        )
    record = desk.registers.get(code, uid)
    found = desk.registers.find("step", Query(only=((code, (uid,)),)), 100)
    settled = record.closed_at is not None and not record.case and record.record_status != "void"
    done = any(each.step == _AFTERWARDS for each in found.records)
    allowed = (_AFTERWARDS,) if settled and not done else ()
    return Trail(record, tuple(reversed(found.records)), found.labels, allowed)


class CaseSteps(Beside):
    """The trail of a case with a button for each step that may be taken."""

    code = "case"
    comes_first = True
    paper = N_("督办单…")

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._uid = ""
        self.state, self.due = QLabel(), QLabel()
        self.form = StepForm(self, office)
        self.form.taken.connect(self.changed)
        self.form.left.connect(self._put_form_away)
        self.next = Flow()
        self._lay_out()
        self.slip = button(_(self.paper), self.show_slip, self)
        self.top.addWidget(self.slip)

    @property
    def words(self) -> str:
        """Name the leaf."""
        return _("办理经过")

    def show_slip(self) -> None:
        """Show the paper that the person takes home, or that urges who handles a case."""
        uid = self._uid
        path = self._office.scratch / f"{uid}.pdf"

        def written(slip: Any) -> None:
            present(PaperDialog(self._office, slip.title, path))

        self._office.aside(_("正在排版"), lambda desk, _progress: desk.slips.write(uid, path), written)

    def show_record(self, record: Any) -> None:
        """Show the trail of *record*."""
        uid, code = str(record.uid), self.code
        self._uid = uid
        self._office.ask(lambda desk: trail_of(desk, code, uid), self._show)

    def choose(self, step: str) -> None:
        """Ask for what a step needs."""
        self._leaves.setCurrentWidget(self.form)
        self.form.begin(self.code, [self._uid], step)

    def _put_form_away(self) -> None:
        self._leaves.setCurrentIndex(0)

    def _show(self, trail: Trail) -> None:
        if trail.record.uid != self._uid:
            return
        self._put_form_away()
        self._show_state(trail)
        urged = any(each.step in PAPERS for each in trail.steps)
        self.slip.setVisible(self.code == "intake" or urged)
        empty(self._lines)
        for step in trail.steps:
            self._lines.addWidget(_line(step, trail.labels))
        if not trail.steps:
            self._lines.addWidget(QLabel(_("还没有办理经过。")))
        self._lines.addStretch(1)
        empty(self.next)
        own = trail.record.center == self._office.facts.center
        for code in trail.allowed if own else ():
            self.next.addWidget(button(_(STEPS[code].label), self._chooser(code)))
        if own and trail.can_be_finished:
            self.next.addWidget(button(_(LABEL), self._chooser(FINISH)))
        self._what.setText(_("下一步：") if own and trail.allowed else _("没有可以办的下一步。"))

    def _chooser(self, step: str) -> Callable[[], None]:
        return lambda: self.choose(step)

    def _show_state(self, trail: Trail) -> None:
        self.state.setVisible(bool(trail.supervision))
        self.due.setVisible(bool(trail.supervision))
        if not trail.supervision:
            return
        record = trail.record
        self.state.setText(_(STATES.get(record.case_state, record.case_state)))
        told = _("到期 {day}").format(day=record.due_on.isoformat()) if record.due_on else _("没有期限")
        if record.due_is_estimated:
            told += _("（暂估）")
        late = _(SUPERVISION[trail.supervision]) if trail.supervision != "none" else ""
        self.due.setText(listed((told, late, _owed(trail.owed)), N_("　")))
        mark(self.due, "tone", _TONES.get(trail.supervision, "bad"))

    def _lay_out(self) -> None:
        for label in (self.state, self.due):
            label.setObjectName("state")
        self.top = QHBoxLayout()
        self.top.addWidget(self.state)
        self.top.addWidget(self.due)
        self.top.addStretch(1)
        inside = QWidget()
        inside.setObjectName("sheet")
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 4, 12, 4)
        self._lines.setSpacing(12)
        scroll = scrolled(inside, self.words)
        self._what = QLabel()
        read = QWidget()
        column = QVBoxLayout(read)
        column.setContentsMargins(0, 0, 6, 0)
        column.addLayout(self.top)
        column.addWidget(scroll, 1)
        column.addWidget(self._what)
        column.addLayout(self.next)
        self._leaves = QStackedWidget()
        self._leaves.addWidget(read)
        self._leaves.addWidget(self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._leaves)


class IntakeSteps(CaseSteps):
    """The slip of an intake, and how one that was settled at once is followed up."""

    code = "intake"
    comes_first = False
    paper = N_("回执单…")

    @property
    def words(self) -> str:
        """Name the leaf."""
        return _("回执、回访")


def _owed(owed: Owed | None) -> str:
    """Write what is to be done next within a limit of its own."""
    if owed is None:
        return ""
    return _("{what}最晚 {day}").format(what=_(LIMITED[owed.what]), day=f"{owed.deadline.day:%m-%d}")


def _line(step: Any, labels: Mapping[str, str]) -> QLabel:
    """Write one step: when, what, by whom, and below it what it says."""
    columns = REGISTERS["step"].by_name
    head = (
        columns["occurred_at"].kind.show(step.occurred_at),
        columns["step"].kind.show(step.step),
        labels.get(step.by or "", ""),
    )
    told = [listed(head, N_("　"))]
    for name in VALUES:
        column, value = columns[name], getattr(step, name)
        shown = (
            labels.get(value, "") if isinstance(column.kind, Link) else column.cell(value, Audience.SCREEN)
        )
        if shown:
            told.append(_("　　{label}：{value}").format(label=_(column.label), value=shown))
    made = QLabel("\n".join(told))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
