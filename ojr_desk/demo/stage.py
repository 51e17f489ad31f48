"""Where a story happens: the desk, its clock, the people on both sides of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ojr_desk.demo.agenda import Agenda
from ojr_desk.demo.hours import Hours
from ojr_desk.demo.people import People, invent_people
from ojr_desk.demo.setting import Cast, Member, Village, enter_people, hours_of, set_up
from ojr_desk.desk import Desk
from ojr_desk.moments import Month


@dataclass(frozen=True)
class Stage:
    """Everything that the parts of a story share; *settled* are intakes of each month that are done with."""

    desk: Desk
    agenda: Agenda
    village: Village
    months: Sequence[Month]
    cast: Cast
    hours: Hours
    people: People
    settled: dict[Month, list[str]]

    def sit(self, member: Member) -> None:
        """Let one of the staff work at the desk."""
        if self.desk.office.user != member.uid:
            self.desk.sit_down(member.name)

    def office_days(self, month: Month) -> list[date]:
        """List the days of a month on which the staff are in."""
        return list(self.hours.office_days(month.first, month.last))


def furnish(desk: Desk, agenda: Agenda, village: Village, months: Sequence[Month]) -> Stage:
    """Set an empty office up for a story."""
    today = agenda.now.date()
    opened_on = date(today.year - 2, 7, 1)
    cast = set_up(desk, village, opened_on)
    first, last = (months[0], months[-1]) if months else (Month.of(today), Month.of(today))
    hours = hours_of(village, desk.holidays.calendar(), first, last, opened_on)
    people = invent_people(village.seed, village.people)
    stage = Stage(desk, agenda, village, months, cast, hours, people, {})
    stage.sit(cast.one("clerk"))
    desk.registers.add("opening", [rule for rule in hours.rules if rule["rule_type"] != "closed"])
    enter_people(desk, people, village.people // 2)
    return stage
