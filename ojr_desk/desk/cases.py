"""Cases: taken up from an intake, moved on by steps, each a dated row that is only added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.in_force import limits_in_force
from ojr_desk.desk.office import Office
from ojr_desk.desk.recount import Recounted, recounted
from ojr_desk.desk.steps import Steps, as_done, refuse_own, rows_of
from ojr_desk.problems import Invalid, Problem, Refused
from ojr_desk.register import REGISTERS
from ojr_desk.registers.case import FINISHED
from ojr_desk.rules.cases import RUNNING, Owed, allowed, deadline_now, owed, state_of, supervision
from ojr_desk.rules.finishing import FINISH, portions, unfit, way
from ojr_desk.store import records
from ojr_desk.text import _, labelled

#: The steps of an intake that has no case.
ON_INTAKES = ("follow_up", "archive")


@dataclass(frozen=True)
class Standing:
    """How a case stands today: its steps, what may be done next, and how near its deadline is."""

    record: Any
    steps: tuple[Any, ...]
    allowed: tuple[str, ...]
    supervision: str
    owed: Owed | None = None

    @property
    def can_be_finished(self) -> bool:
        """Tell whether it can be closed at once (一步办结)."""
        return bool(way(self.record.case_state))


class Cases:
    """What is done with cases."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def standing(self, uid: str) -> Standing:
        """Tell how a case stands."""
        with self._office.reading() as session:
            record = self._case(session, uid)
            steps = rows_of(session, "case", record.uid)
            done = [as_done(each) for each in steps]
            calendar = self._office.calendar(session)
            deadline = deadline_now(done, calendar)
            state = state_of(done)
            warning = "none"
            if deadline is not None and state in RUNNING:
                warning = supervision(deadline, self._office.today(), calendar)
            today = self._office.today()
            limits = limits_in_force(session, self._office, steps[-1].occurred_at.date() if steps else today)
            next_owed = owed(record.matter_nature, done, calendar, limits)
            return Standing(record, tuple(steps), allowed(state, done), warning, next_owed)

    def act(self, code: str, uid: str, step: str, values: Mapping[str, Any]) -> Any:
        """Take an allowed step of a case, or follow an intake up; answer with the record as it is then.

        The step `finish` of a case is all that lead to its closing; `reopen` answers with the case that it goes
        on with.
        """
        if code not in ("case", "intake"):
            raise Refused(_("这本台账没有办理步骤，只有办理单和来访来电来信有。"))
        with self._office.writing(_deed(step)) as session:
            record = self._case(session, uid) if code == "case" else self._intake(session, uid)
            return self._act(session, code, record, step, values)

    def finish(self, uid: str, values: Mapping[str, Any]) -> Any:
        """Take a case through all that is left to its closing (一步办结), all or nothing.

        *values* are the text, the method of the reply and the result, each asked for once.
        """
        return self.act("case", uid, FINISH, values)

    def act_all(self, uids: Sequence[str], step: str, values: Mapping[str, Any]) -> list[Any]:
        """Take one step of several cases, all or none; answer with the cases as they are then.

        Raises `Invalid` with every problem of every case; its row is the case's place in *uids*, from 1.
        """
        if not uids:
            raise Refused(_("还没有选办理单，请先选中要办的。"))
        acted: dict[str, Any] = {}
        problems: list[Problem] = []
        with self._office.writing(_deed(step)) as session:
            for place, uid in enumerate(uids, 1):
                number = uid[:40]
                try:
                    record = self._case(session, uid)
                    number = record.record_no
                    if record.uid not in acted:
                        acted[record.uid] = self._act(session, "case", record, step, values)
                except Invalid as invalid:
                    problems += [
                        replace(each, row=place, message=labelled(number, each.message))
                        for each in invalid.problems
                    ]
                except Refused as refused:
                    problems.append(Problem(refused.message, "refused", row=place))
            if problems:
                raise Invalid(problems)
        return list(acted.values())

    def recount(self) -> Recounted:
        """Count the estimated deadlines of open cases again, as when a year's holidays were entered."""
        with self._office.writing("recount") as session:
            return self.recount_in(session)

    def recount_in(self, session: Session) -> Recounted:
        """Count the estimated deadlines again within an act."""
        model: Any = REGISTERS["case"].model
        moved, waiting = [], []
        given = self._office.given(session)
        calendar = self._office.calendar(session)
        limits_on = partial(limits_in_force, session, self._office)
        steps = Steps(session, self._office, given)
        must_wait = given.closed(given.now.date())
        chosen = select(model).where(
            model.center == self._office.center,
            model.due_is_estimated.is_(True),
            model.record_status != "void",
            model.case_state.not_in(FINISHED),
        )
        for case in list(session.execute(chosen).scalars()):
            told = [(as_done(each), each.step == "recount") for each in rows_of(session, "case", case.uid)]
            fresh = recounted(case, told, calendar, given.now, limits_on)
            if fresh is None or (fresh.day, fresh.estimated) == (case.due_on, case.due_is_estimated):
                continue
            if must_wait:
                waiting.append(case.record_no)
                continue
            was = case.due_on
            steps.put_off(case, fresh)
            if was != fresh.day:
                moved.append((case.record_no, was, fresh.day))
        return Recounted(tuple(moved), tuple(waiting))

    def _act(self, session: Session, code: str, record: Any, step: str, values: Mapping[str, Any]) -> Any:
        """Take a step, or all that are meant by it; answer with the record as it is then."""
        self._office.refuse_off(REGISTERS[code])
        self._refuse(record)
        if code == "intake" and step not in ON_INTAKES:
            raise Refused(
                _("没有转办理单的登记只能回访和归档；要办理的，请把处理方式改为受理转办理单，或另登记一件。")
            )
        taken: Sequence[tuple[str, Mapping[str, Any]]] = [(step, values)]
        if step == FINISH:
            refuse_own(values)
            if problems := unfit(record.case_state, values):
                raise Invalid(problems)
            taken = list(portions(way(record.case_state), values))
        steps = Steps(session, self._office, self._office.given(session))
        uid = record.uid
        for each, its in taken:
            uid = steps.take(code, record, each, its)
        return records.get(session, REGISTERS[code], uid)

    def _case(self, session: Session, uid: str) -> Any:
        return self._one(session, "case", uid)

    def _intake(self, session: Session, uid: str) -> Any:
        record = self._one(session, "intake", uid)
        if record.case:
            raise Refused(_("这件事已经转了办理单，请在办理单上办理。"))
        return record

    def _one(self, session: Session, code: str, uid: str) -> Any:
        found = records.resolve(session, code, uid, self._office.center)
        record = records.get(session, REGISTERS[code], found[0] if len(found) == 1 else uid)
        if record is None:
            raise Refused(_("没有“{uid}”这张办理单，请检查编号。").format(uid=uid[:40]))
        return record

    def _refuse(self, record: Any) -> None:
        if record.center != self._office.center:
            raise Refused(_("这是别的中心的办理单，只能由那个中心办理。"))
        if record.record_status == "void":
            raise Refused(_("{number} 已经作废，不能再办。").format(number=record.record_no))
        if record.confidentiality == "sealed":
            raise Refused(_("检举控告不由本中心办理，只登记编号和日期，内容另册密封。"))


def _deed(step: str) -> str:
    """Name the deed as it can be undone: all steps to the closing are one."""
    return "settle case" if step == FINISH else f"act {step}"
