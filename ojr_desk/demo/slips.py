"""What goes wrong and what changes in an office: void and mended records, doubles, corrections, new staff."""

from datetime import datetime

from ojr_desk.demo.people import mobile, staff_members
from ojr_desk.demo.stage import Stage
from ojr_desk.demo.words import lines, office, stream, table
from ojr_desk.moments import Month


class Slips:
    """The slips and changes of one office; each is put on the agenda and happens at its moment."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._rng = stream(stage.village.seed, "slips")

    def void(self, moment: datetime) -> None:
        """Declare one of this month's intakes void."""
        self._stage.agenda.at(moment, self._void)

    def mend(self, moment: datetime) -> None:
        """Change a word in one of this month's intakes."""
        self._stage.agenda.at(moment, self._mend)

    def double(self, moment: datetime) -> None:
        """Enter somebody a second time and find out."""
        self._stage.agenda.at(moment, self._double)

    def correct(self, moment: datetime, month: Month) -> None:
        """Put right what the closed *month* holds."""
        self._stage.agenda.at(moment, lambda: self._correct(month))

    def replace(self, moment: datetime) -> None:
        """Let one of the staff leave and another one come."""
        self._stage.agenda.at(moment, self._replace)

    def _one_of(self, month: Month) -> str | None:
        settled = self._stage.settled.get(month)
        return self._rng.choice(settled) if settled else None

    def _void(self) -> None:
        stage, month = self._stage, Month.of(self._stage.agenda.now)
        uid = self._one_of(month)
        if uid:
            stage.settled[month].remove(uid)
            stage.sit(stage.cast.one("clerk"))
            stage.desk.registers.void("intake", uid, self._rng.choice(lines("slips")))

    def _mend(self) -> None:
        uid = self._one_of(Month.of(self._stage.agenda.now))
        if uid:
            self._stage.sit(self._stage.cast.one("desk"))
            values = {"urgency": "soon", "remark": self._rng.choice(lines("remarks"))}
            self._stage.desk.registers.edit("intake", uid, values)

    def _double(self) -> None:
        stage = self._stage
        stage.sit(stage.cast.one("desk"))
        uid = self._rng.choice([uid for uid, row in stage.people.known.items() if row.get("phone")])
        row = {"full_name": stage.people.known[uid]["full_name"], "phone": mobile(self._rng)}
        (added,) = stage.desk.registers.add("person", [row])
        stage.desk.persons.merge(uid, added.record.uid)

    def _correct(self, month: Month) -> None:
        """Correct a record; where the month is still open, it is closed for the moment of the correction."""
        stage, rng = self._stage, self._rng
        uid = self._one_of(month)
        if uid is None:
            return
        stage.sit(stage.cast.one("clerk"))
        is_closed = month in stage.desk.months.closed()
        if not is_closed:
            stage.desk.months.close(month)
        record = stage.desk.registers.get("intake", uid)
        fit = [each for each in table("corrections") if str(getattr(record, each[0])) != each[1]]
        column, value, reason = rng.choice(fit)
        stage.desk.months.correct("intake", uid, {column: value}, reason)
        if not is_closed:
            stage.desk.months.reopen(month, rng.choice(lines("reopened")), stage.cast.one("secretary").name)

    def _replace(self) -> None:
        stage, today = self._stage, self._stage.agenda.now.date()
        stage.sit(stage.cast.one("clerk"))
        part = office()["staff"][-1]
        gone = {"employment_state": "left", "end_on": today, "valid_from": today}
        stage.desk.registers.edit("staff", stage.cast.one(part["role"]).uid, gone)
        taken = [member.name for member in stage.cast.members]
        (member,) = staff_members(f"{stage.village.seed}/new", ["male"], taken)
        row = {name: value for name, value in part.items() if name != "role"} | member
        stage.desk.registers.add("staff", [row | {"start_on": today, "valid_from": today}])
