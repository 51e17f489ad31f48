"""Cases: taken up from an intake, moved on by steps, each a dated row that is only added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.recount import Recounted, recounted
from ojr_desk.problems import Invalid, Problem, Refused
from ojr_desk.register import REGISTERS, Given, check, is_blank
from ojr_desk.registers.case import FINISHED, title_of
from ojr_desk.rules.cases import (
    RUNNING,
    VALUES,
    Done,
    Occasion,
    allowed,
    check_step,
    deadline_now,
    due,
    elapsed,
    state_of,
    supervision,
)
from ojr_desk.store import records
from ojr_desk.store.asof import steps_until
from ojr_desk.store.uid import uid as new_uid
from ojr_desk.text import _

#: The steps of an intake that has no case.
ON_INTAKES = ("follow_up", "archive")
#: What the program writes on a step.
OWN = ("case", "intake", "step", "state_after", "due_is_estimated", "elapsed_workdays")


@dataclass(frozen=True)
class Standing:
    """How a case stands today: its steps, what may be done next, and how near its deadline is."""

    record: Any
    steps: tuple[Any, ...]
    allowed: tuple[str, ...]
    supervision: str


class Cases:
    """What is done with cases."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def standing(self, uid: str) -> Standing:
        """Tell how a case stands."""
        with self._office.reading() as session:
            record = self._case(session, uid)
            steps = self._steps(session, "case", record.uid)
            done = [_done(each) for each in steps]
            calendar = self._office.calendar(session)
            deadline = deadline_now(done, calendar)
            state = state_of(done)
            warning = "none"
            if deadline is not None and state in RUNNING:
                warning = supervision(deadline, self._office.today(), calendar)
            return Standing(record, tuple(steps), allowed(state, done), warning)

    def act(self, code: str, uid: str, step: str, values: Mapping[str, Any]) -> Any:
        """Take an allowed step of a case, or follow an intake up; answer with the record as it is then."""
        if code not in ("case", "intake"):
            raise Refused(_("这本台账没有办理步骤，只有办理单和来访来电来信有。"))
        with self._office.writing(f"act {step}") as session:
            record = self._case(session, uid) if code == "case" else self._intake(session, uid)
            self._refuse(record)
            if code == "intake" and step not in ON_INTAKES:
                raise Refused(
                    _(
                        "没有转办理单的登记只能回访和归档；要办理的，请把处理方式改为受理转办理单，或另登记一件。"
                    )
                )
            given = self._office.given(session)
            steps = self._steps(session, code, record.uid)
            done = [_done(each) for each in steps]
            if code == "intake":
                done = [*_settled(record), *done]
            self._take(session, code, record, done, step, values, given)
            return records.get(session, REGISTERS[code], record.uid)

    def recount(self) -> Recounted:
        """Count the estimated deadlines of open cases again, as when a year's holidays were entered."""
        model: Any = REGISTERS["case"].model
        moved, waiting = [], []
        with self._office.writing("recount") as session:
            given = self._office.given(session)
            calendar = self._office.calendar(session)
            must_wait = given.closed(given.now.date())
            chosen = select(model).where(
                model.center == self._office.center,
                model.due_is_estimated.is_(True),
                model.record_status != "void",
                model.case_state.not_in(FINISHED),
            )
            for case in list(session.execute(chosen).scalars()):
                steps = self._steps(session, "case", case.uid)
                told = [(_done(each), each.step == "recount") for each in steps]
                fresh = recounted(case, told, calendar, given.now)
                if fresh is None or (fresh.day, fresh.estimated) == (case.due_on, case.due_is_estimated):
                    continue
                if must_wait:
                    waiting.append(case.record_no)
                    continue
                was = case.due_on
                row = {**_row("recount", given), "case": case.uid}
                row |= {"due_on": fresh.day, "due_is_estimated": fresh.estimated}
                self._store(session, row, None, given)
                self.project(session, case)
                if was != fresh.day:
                    moved.append((case.record_no, was, fresh.day))
        return Recounted(tuple(moved), tuple(waiting))

    def _take(
        self,
        session: Session,
        code: str,
        record: Any,
        done: Sequence[Done],
        step: str,
        values: Mapping[str, Any],
        given: Given,
    ) -> None:
        """Check a step by the rules and by its declaration, and store it."""
        register = REGISTERS["step"]
        calendar = self._office.calendar(session)
        _refuse_own(values)
        row = {**_row(step, given), **values, code: record.uid}
        if step == "archive" and is_blank(row.get("archive_no")):
            row["archive_no"] = record.record_no
        typed: Any = check(register, row, given)
        at = typed.occurred_at
        if step == "accept" and typed.due_on is None:
            typed.due_on = due(record.matter_nature, record.urgency, at.date(), calendar).day
        new = Done(step, at, typed.by or "", _values(typed, VALUES))
        own = self._office.own(session)
        occasion = Occasion(
            nature=record.matter_nature,
            at=at,
            by=new.by,
            calendar=calendar,
            superior=bool(own and own.superior_name),
        )
        problems = check_step(occasion, done, step, new.values)
        if problems:
            raise Invalid(problems)
        before, after = state_of(done), state_of([*done, new])
        row |= self._clock([*done, new], before, after, new, calendar)
        self._store(session, row, after if after != before else None, given)
        if code == "case":
            self.project(session, record)

    def _clock(
        self, steps: Sequence[Done], before: str, after: str, new: Done, calendar: Any
    ) -> dict[str, Any]:
        """Write on the step what the clock says: the deadline it moves, the time the case took."""
        told: dict[str, Any] = {}
        restarts = before not in RUNNING and after in RUNNING
        if new.values.get("due_on") or restarts:
            deadline = deadline_now(steps, calendar)
            if deadline is not None:
                told |= {"due_on": deadline.day, "due_is_estimated": deadline.estimated}
        if after in FINISHED and before not in FINISHED:
            told["elapsed_workdays"] = elapsed(steps, calendar, new.at.date())
        return told

    def _store(self, session: Session, row: Mapping[str, Any], state: str | None, given: Given) -> None:
        register = REGISTERS["step"]
        record: Any = check(register, {**row, "state_after": state}, given)
        if record.case and not record.intake:
            record.intake = records.get(session, REGISTERS["case"], record.case).intake
        record.center, record.recorded_by = self._office.center, self._office.user
        records.insert(session, register, record, given.now)

    def project(self, session: Session, case: Any) -> None:
        """Bring the case's computed columns up to its last step."""
        register = REGISTERS["case"]
        assert register.as_of is not None
        steps = steps_until(session, register, [case.uid], date.max).get(case.uid, [])
        records.change(session, register, case.uid, register.as_of(case, steps))

    def _steps(self, session: Session, link: str, uid: str) -> list[Any]:
        found = records.by_links(session, REGISTERS["step"], link, [uid])
        return [each for each in found if each.record_status != "void"]

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


def open_case(session: Session, office: Office, intake: Any, given: Given) -> Any:
    """Store the case of an intake that is taken up, with the step of acceptance."""
    cases = Cases(office)
    register = REGISTERS["case"]
    values = {
        "source": "intake",
        "title": title_of(intake.matter_category, intake.matter_nature),
        "matter_nature": intake.matter_nature,
        "urgency": intake.urgency,
        "occurred_at": intake.occurred_at,
    }
    case: Any = check(register, values, given)
    case.uid, case.intake = new_uid(), intake.uid
    case.center, case.recorded_by = intake.center, intake.recorded_by
    records.insert(session, register, case, given.now)
    calendar = office.calendar(session)
    deadline = due(intake.matter_nature, intake.urgency, intake.occurred_at.date(), calendar)
    row = {
        **_row("accept", given),
        "case": case.uid,
        "occurred_at": intake.occurred_at,
        "by": intake.received_by,
        "due_on": deadline.day,
        "due_is_estimated": deadline.estimated,
    }
    cases._store(session, row, "accepted", given)
    cases.project(session, case)
    return case


def _row(step: str, given: Given) -> dict[str, Any]:
    # To the minute, as people type: a step typed a moment later is not earlier than this one.
    return {"step": step, "occurred_at": given.now.replace(second=0), "by": given.user}


def _refuse_own(values: Mapping[str, Any]) -> None:
    """Refuse values that are the program's to fill."""
    columns = REGISTERS["step"].by_name
    told = _("{label}由程序自动填写，请不要填")
    problems = [
        Problem(told.format(label=_(columns[name].label)), "computed", name) for name in OWN if name in values
    ]
    if problems:
        raise Invalid(problems)


def _done(row: Any) -> Done:
    """See a stored step as the rules do."""
    return Done(row.step, row.occurred_at, row.by or "", _values(row, VALUES))


def _values(row: Any, names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name in VALUES if name in names and not is_blank(value := getattr(row, name))}


def _settled(intake: Any) -> list[Done]:
    """See an intake that was answered at once as a case that was settled and closed at once."""
    if intake.closed_at is None:
        return []
    at: datetime = intake.occurred_at
    by = intake.received_by or ""
    return [
        Done("settle", at, by, {"text": intake.reply_content}),
        Done("close", at, by, {"result": "explained"}),
    ]
