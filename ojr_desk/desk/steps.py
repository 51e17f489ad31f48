"""Steps of cases within one transaction: judged by the rules, stored as rows that are only added."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.in_force import limits_in_force
from ojr_desk.desk.office import Office
from ojr_desk.problems import Invalid, Problem, Refused
from ojr_desk.register import REGISTERS, Given, check, is_blank
from ojr_desk.registers.case import FINISHED, title_of
from ojr_desk.rules.cases import (
    RUNNING,
    VALUES,
    Done,
    Occasion,
    check_step,
    deadline_now,
    due,
    elapsed,
    state_of,
)
from ojr_desk.rules.workdays import Deadline
from ojr_desk.store import records
from ojr_desk.store.asof import steps_until
from ojr_desk.store.uid import uid as new_uid
from ojr_desk.text import N_, _, listed, on_paper

#: What the program writes on a step.
OWN = ("case", "intake", "step", "state_after", "due_is_estimated", "elapsed_workdays")


class Steps:
    """Takes the steps of one act."""

    def __init__(self, session: Session, office: Office, given: Given) -> None:
        self._session, self._office, self._given = session, office, given
        self._calendar = office.calendar(session)

    def take(self, code: str, record: Any, step: str, values: Mapping[str, Any]) -> str:
        """Check a step by the rules and by its declaration, and store it; answer with the record to go on with."""
        refuse_own(values)
        done = self._so_far(code, record)
        row = {**self._row(step), **values, code: record.uid}
        if step == "archive" and is_blank(row.get("archive_no")):
            row["archive_no"] = record.record_no
        typed: Any = check(REGISTERS["step"], row, self._given)
        if step == "accept" and typed.due_on is None:
            typed.due_on = self._due(record, typed.occurred_at.date()).day
        new = Done(step, typed.occurred_at, typed.by or "", _values(typed))
        own = self._office.own(self._session)
        occasion = Occasion(
            nature=record.matter_nature,
            at=new.at,
            by=new.by,
            calendar=self._calendar,
            superior=bool(own and own.superior_name),
            head=(own.head or "") if own else "",
        )
        if problems := check_step(occasion, done, step, new.values):
            raise Invalid(problems)
        before, after = state_of(done), state_of([*done, new])
        row |= self._clock([*done, new], before, after)
        again = self._open_again(record, new) if step == "reopen" else None
        if again is not None:
            row["text"] = _told_where(again, typed.text)
        self._store(row, after if after != before else None)
        if code == "case":
            self.project(record, self._promise(new.at.date(), new.values) if step == "accept" else {})
        return str(record.uid if again is None else again.uid)

    def open_case(self, intake: Any) -> Any:
        """Store the case of an intake that is taken up, with the step of acceptance."""
        values = {
            "source": "intake",
            "title": title_of(intake.matter_category),
            "matter_nature": intake.matter_nature,
            "urgency": intake.urgency,
            "occurred_at": intake.occurred_at,
            "owner_leader": own.head if (own := self._office.own(self._session)) else None,
        }
        case: Any = check(REGISTERS["case"], values, self._given)
        case.intake, case.recorded_by = intake.uid, intake.recorded_by
        return self._open(case, intake.received_by, self._due(intake, intake.occurred_at.date()))

    def _open_again(self, case: Any, new: Done) -> Any:
        """Store the case by which one that was filed away is taken up again: what it was about, linked to it."""
        register = REGISTERS["case"]
        if again := records.by_links(self._session, register, "previous", [case.uid]):
            number = next((each.record_no for each in again if each.record_status != "void"), "")
            if number:
                raise Refused(_("已经重新立了 {number}，请在那一张上办理。").format(number=number))
        told = ("source", "title", "matter_nature", "urgency", "content", "owner_leader")
        values = {name: getattr(case, name) for name in told} | {"occurred_at": new.at}
        fresh: Any = check(register, values, self._given)
        fresh.intake, fresh.previous, fresh.recorded_by = case.intake, case.uid, self._office.user
        return self._open(fresh, new.by, self._due(fresh, new.at.date()))

    def _open(self, case: Any, by: str | None, deadline: Deadline) -> Any:
        """Store a new case with the step of its acceptance."""
        case.uid, case.center = new_uid(), self._office.center
        records.insert(self._session, REGISTERS["case"], case, self._given.now)
        row = {
            **self._row("accept"),
            "case": case.uid,
            "occurred_at": case.occurred_at,
            "by": by,
            "due_on": deadline.day,
            "due_is_estimated": deadline.estimated,
        }
        self._store(row, "accepted")
        self.project(case, self._promise(case.occurred_at.date(), {"due_on": deadline.day}))
        return case

    def put_off(self, case: Any, deadline: Deadline) -> None:
        """Store that a case's deadline was counted again."""
        row = {**self._row("recount"), "case": case.uid}
        self._store(row | {"due_on": deadline.day, "due_is_estimated": deadline.estimated}, None)
        self.project(case)

    def _row(self, step: str) -> dict[str, Any]:
        # To the minute, as people type: a step typed a moment later is not earlier than this one.
        return {"step": step, "occurred_at": self._given.now.replace(second=0), "by": self._given.user}

    def _due(self, matter: Any, accepted_on: date) -> Deadline:
        limits = limits_in_force(self._session, self._office, accepted_on)
        # What an intake is taken up for is of no source but itself.
        source = getattr(matter, "source", "")
        return due(matter.matter_nature, matter.urgency, accepted_on, self._calendar, limits, source)

    def _so_far(self, code: str, record: Any) -> list[Done]:
        done = [as_done(each) for each in rows_of(self._session, code, record.uid)]
        return [*_settled(record), *done] if code == "intake" else done

    def _clock(self, steps: Sequence[Done], before: str, after: str) -> dict[str, Any]:
        """Write on the last step what the clock says: the deadline it moves, the time the case took."""
        new = steps[-1]
        told: dict[str, Any] = {}
        restarts = before not in RUNNING and after in RUNNING
        if new.values.get("due_on") or restarts:
            deadline = deadline_now(steps, self._calendar)
            if deadline is not None:
                told |= {"due_on": deadline.day, "due_is_estimated": deadline.estimated}
        if after in FINISHED and before not in FINISHED:
            told["elapsed_workdays"] = elapsed(steps, self._calendar, new.at.date())
        return told

    def _store(self, row: Mapping[str, Any], state: str | None) -> None:
        register = REGISTERS["step"]
        record: Any = check(register, {**row, "state_after": state}, self._given)
        if record.case and not record.intake:
            record.intake = records.get(self._session, REGISTERS["case"], record.case).intake
        record.center, record.recorded_by = self._office.center, self._office.user
        records.insert(self._session, register, record, self._given.now)

    def _promise(self, accepted_on: date, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Tell how many working days the person was promised."""
        return {"sla_days": self._calendar.working_days_between(accepted_on, values["due_on"])}

    def project(self, case: Any, more: Mapping[str, Any] | None = None) -> None:
        """Bring the case's computed columns up to its last step, with what *more* was told of it."""
        register = REGISTERS["case"]
        assert register.as_of is not None
        steps = steps_until(self._session, register, [case.uid], date.max).get(case.uid, [])
        told = {**register.as_of(case, steps), **(more or {})}
        records.change(self._session, register, case.uid, told)


@on_paper()
def _told_where(case: Any, text: str) -> str:
    """Write where the matter goes on, for it is kept and printed."""
    return listed((text, _("另立办理单 {number}").format(number=case.record_no)), N_("；"))


def rows_of(session: Session, link: str, uid: str) -> list[Any]:
    """Read the steps of a case or an intake that were not taken back, oldest first."""
    found = records.by_links(session, REGISTERS["step"], link, [uid])
    return [each for each in found if each.record_status != "void"]


def as_done(row: Any) -> Done:
    """See a stored step as the rules do."""
    return Done(row.step, row.occurred_at, row.by or "", _values(row))


def refuse_own(values: Mapping[str, Any]) -> None:
    """Refuse values that are the program's to fill."""
    columns = REGISTERS["step"].by_name
    told = _("{label}由程序自动填写，请不要填")
    problems = [
        Problem(told.format(label=_(columns[name].label)), "computed", name) for name in OWN if name in values
    ]
    if problems:
        raise Invalid(problems)


def _values(row: Any) -> dict[str, Any]:
    return {name: value for name in VALUES if not is_blank(value := getattr(row, name))}


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
