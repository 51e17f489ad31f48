"""值班: a month's roster from its draft to the wall, who is on duty, what is missing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.duty_logs import still_open
from ojr_desk.desk.entries import change_one, stamp, void_one
from ojr_desk.desk.judges import filled, judged
from ojr_desk.desk.month_roster import MonthRoster, month_roster, on_the_wall
from ojr_desk.desk.office import Office
from ojr_desk.desk.posted import shifts as rows_of
from ojr_desk.desk.turns import Proposal, is_fixed, propose, slot_of
from ojr_desk.desk.typed import record_of
from ojr_desk.desk.watch import Shift, Watch, in_order, on_duty, without_log
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, MonthClosed, Refused
from ojr_desk.register import REGISTERS, Given, check
from ojr_desk.rules.rotation import Tally, tally
from ojr_desk.rules.shifts import Slot
from ojr_desk.store import months, records
from ojr_desk.text import _, on_paper


class Duty:
    """The roster of this office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def on_duty(self, moment: datetime | None = None) -> Watch:
        """Tell who is on duty now, or was at a moment."""
        with self._office.reading() as session:
            return on_duty(session, self._office, moment or self._office.now())

    def month(self, month: Month) -> MonthRoster:
        """Read a month's roster with its gaps, clashes and counts."""
        with self._office.reading() as session:
            return month_roster(session, self._office, month)

    def propose(self, month: Month) -> Proposal:
        """Go on with the rotation over a month; nothing is stored."""
        with self._office.reading() as session:
            return propose(session, self._office, month)

    def counts(self, proposal: Proposal) -> dict[str, Tally]:
        """Count the days of duty that a proposal gives to everybody."""
        with self._office.reading() as session:
            told = ((each.who, each.slot.day, each.slot.duty) for each in proposal.filled)
            return tally(told, self._office.calendar(session))

    def rotate(self, month: Month) -> Proposal:
        """Store the rotation of a month as its draft; what was given by hand, swapped or published stays."""
        with self._writing("rotate", month) as session:
            proposal = propose(session, self._office, month)
            self._store(session, proposal)
            return proposal

    def publish(self, month: Month, approved_by: str = "") -> Any:
        """Put a month's roster on the wall: its first version, or the next with what was changed since."""
        with self._writing("publish", month) as session:
            rows = rows_of(session, self._office, month.first, month.last)
            hanging = on_the_wall(session, self._office, month)
            gone, version = hanging.taken_off(rows), hanging.version + 1
            new = [each for each in rows if each.version is None]
            if not rows:
                raise Refused(_("{month}还没有排班，请先轮排或逐格排班。").format(month=month.title))
            if not new and not gone:
                raise Refused(_("公布以后没有变动，不用再公布。"))
            for each in new:
                records.change(session, REGISTERS["duty"], each.uid, {"version": version})
            values = {
                "of_month": str(month),
                "version": version,
                "shifts": len(rows),
                "changed": len(new) + gone if version > 1 else 0,
                "approved_by": approved_by or None,
            }
            record: Any = check(REGISTERS["roster"], values, self._office.given(session))
            stamp(session, self._office, REGISTERS["roster"], record)
            return records.insert(session, REGISTERS["roster"], record, self._office.now())

    def assign(self, slot: Slot, who: str, instead_of: str = "") -> Any:
        """Give a place of the roster to *who*, a key or name; *instead_of* is the shift that was there.

        Nobody takes the place away. Raises `Invalid` where that person cannot have it.
        """
        register = REGISTERS["duty"]
        with self._writing("add duty" if not instead_of else "edit duty", Month.of(slot.day)) as session:
            if not instead_of:
                return self._add(session, slot, who, self._office.given(session))
            record = records.get(session, register, instead_of)
            if record is None or record.center != self._office.center:
                raise Refused(_("没有这个班，请刷新后再试。"))
            if who:
                change_one(session, self._office, register, record, {"staff": who})
            else:
                with on_paper():
                    void_one(session, self._office, register, record, _("调整排班"))
            return records.get(session, register, instead_of)

    def shifts(self, day: date) -> tuple[Shift, ...]:
        """List the shifts of a day in their order, after every swap."""
        with self._office.reading() as session:
            return in_order(session, self._office, day, day)

    def still_open(self, day: date, shift: str) -> tuple[str, ...]:
        """Tell what the shifts before one left open, a line each: what its log begins with."""
        with self._office.reading() as session:
            return still_open(session, self._office, day, shift)

    def missing_logs(self, month: Month) -> tuple[tuple[date, str], ...]:
        """List the shifts of a month that are over and have no log."""
        with self._office.reading() as session:
            return without_log(session, self._office, month)

    @contextmanager
    def _writing(self, act: str, month: Month) -> Iterator[Session]:
        """Give the session of one act on a month; raises `MonthClosed`."""
        self._office.refuse_off(REGISTERS["duty"])
        with self._office.writing(act) as session:
            if months.is_closed(session, self._office.center, month):
                told = _("{month}已经结账，不能再排班；要改的请对那个班开更正单。")
                raise MonthClosed(told.format(month=month.title))
            yield session

    def _store(self, session: Session, proposal: Proposal) -> None:
        """Bring the draft to what was proposed: rows stay in their places, so that numbers do not run away."""
        office, register = self._office, REGISTERS["duty"]
        month = proposal.month
        draft = {
            slot_of(each): each
            for each in rows_of(session, office, month.first, month.last)
            if not is_fixed(each)
        }
        wanted = {
            (each.slot.day, each.slot.shift, each.slot.duty): each
            for each in proposal.filled
            if not each.is_pinned
        }
        given = office.given(session)
        for place in draft.keys() - wanted.keys():
            with on_paper():
                void_one(session, office, register, draft[place], _("重新轮排"))
        for place in wanted.keys() & draft.keys():
            row, slot = draft[place], wanted[place].slot
            told = {"staff": wanted[place].who, "starts": slot.starts, "ends": slot.ends}
            if any(getattr(row, name) != value for name, value in told.items()):
                records.change(session, register, row.uid, self._redone(session, row, told, given))
        for place, each in wanted.items():
            if place not in draft:
                self._add(session, each.slot, each.who, given, "rotation")

    def _redone(self, session: Session, row: Any, told: Mapping[str, Any], given: Given) -> dict[str, Any]:
        """Tell what a row of the draft is when it is another's; the others move too, so no clash is looked for."""
        register = REGISTERS["duty"]
        values = {each.name: getattr(row, each.name) for each in register.typed}
        record = check(register, {**values, **told, "contact_phone": ""}, given)
        judged(session, self._office, register, record, row)
        kept = {name: getattr(record, name) for name in values}
        return {**kept, **filled(register, record), "source": "rotation"}

    def _add(self, session: Session, slot: Slot, who: str, given: Given, source: str = "manual") -> Any:
        register = REGISTERS["duty"]
        values = {
            "duty_date": slot.day,
            "shift": slot.shift,
            "duty_type": slot.duty,
            "starts": slot.starts,
            "ends": slot.ends,
            "staff": who,
        }
        record = record_of(session, self._office, register, values, given, [])
        stamp(session, self._office, register, record)
        if problems := judged(session, self._office, register, record):
            raise Invalid(problems)
        record.source = source
        return records.insert(session, register, record, given.now)
