"""The office before the first visitor comes: the centre, its staff and posts, rooms and opening hours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ojr_desk.demo.hours import Hours
from ojr_desk.demo.people import NOWHERE, People, completed, landline, staff_members
from ojr_desk.demo.words import office, stream, table
from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.rules.identity import credit_code
from ojr_desk.rules.workdays import Calendar

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LEAST_STAFF = 8
_LEAST_VENUES = 5


@dataclass(frozen=True)
class Village:
    """An invented village: what its chance is drawn from, its name and code, how busy its centre is.

    *busy* is 1 for a centre with some ten visitors and callers a day; *shows_all* has cases stand in every
    state at the end.
    """

    seed: str
    name: str
    code: str
    busy: float = 1.0
    people: int = 180
    shows_all: bool = False


@dataclass(frozen=True)
class Member:
    """One of the staff, and the part that is played."""

    uid: str
    name: str
    role: str


@dataclass(frozen=True)
class Cast:
    """The staff of an office."""

    members: tuple[Member, ...]

    def all(self, *roles: str) -> list[Member]:
        """List those who play one of *roles*."""
        return [each for each in self.members if each.role in roles]

    def one(self, role: str) -> Member:
        """Name the first who plays *role*."""
        return self.all(role)[0]


def set_up(desk: Desk, village: Village, opened_on: date) -> Cast:
    """Enter the centre, its staff, posts and rooms; all of it stands since *opened_on*."""
    rng = stream(village.seed, "setting")
    told = office()
    facts = {
        name: value.format(village=village.name) if isinstance(value, str) else value
        for name, value in told["center"].items()
    }
    number = f"{rng.randrange(1000):03}"
    counted = rng.randrange(900, 2600)
    desk.registers.edit(
        "center",
        desk.office.center,
        facts
        | {
            "opened_on": opened_on,
            "superior_code": f"{village.code[:9]}000",
            "hotline": landline(rng),
            "volunteer_hotline": landline(rng),
            "uscc_committee": completed(f"54{NOWHERE}ME0000{number}", _CREDIT_SIGNS, credit_code),
            "uscc_coop": completed(f"N2{NOWHERE}MF0000{number}", _CREDIT_SIGNS, credit_code),
            "floor_area": f"{rng.randrange(42_000, 78_000) / 100:.2f}",
            "party_members": counted // 25,
            "branches": 1,
            "registered_people": counted,
            "resident_people": counted + rng.randrange(-400, 300),
        },
    )
    cast = _staff(desk, village, opened_on)
    desk.registers.edit(
        "center",
        desk.office.center,
        {"head": cast.one("secretary").uid, "contact": cast.one("clerk").uid},
    )
    _posts(desk, cast, opened_on)
    venues = told["venue"][: rng.randrange(_LEAST_VENUES, len(told["venue"]) + 1)]
    desk.registers.add("venue", [each | {"approver": cast.one("clerk").uid} for each in venues])
    desk.registers.add("limit", [each | {"valid_from": opened_on} for each in told["limit"]])
    desk.registers.add("category", told["category"])
    return cast


def _staff(desk: Desk, village: Village, opened_on: date) -> Cast:
    rng = stream(village.seed, "members")
    parts = office()["staff"]
    leaver = parts[-1]
    parts = [*parts[: rng.randrange(_LEAST_STAFF - 1, len(parts))], leaver]
    members = staff_members(village.seed, [part["gender"] for part in parts])
    rows = [
        {name: value for name, value in part.items() if name != "role"}
        | member
        | {
            "start_on": opened_on + timedelta(days=rng.randrange(60)),
            "birth_month": f"{rng.randrange(1966, 2000)}-{rng.randrange(1, 13):02}",
            "short_no": f"6{rng.randrange(10_000):04}",
            "office_tel": landline(rng),
        }
        for part, member in zip(parts, members, strict=True)
    ]
    added = desk.registers.add("staff", rows)
    return Cast(
        tuple(
            Member(each.record.uid, each.record.full_name, part["role"])
            for each, part in zip(added, parts, strict=True)
        )
    )


def _posts(desk: Desk, cast: Cast, opened_on: date) -> None:
    links = ("holder", "backup_holder")
    rows = [
        post
        | {name: cast.members[post[name]].uid for name in links}
        | {"posted_on": opened_on + timedelta(days=10)}
        for post in office()["post"]
    ]
    desk.registers.add("post", rows)


def hours_of(village: Village, calendar: Calendar, first: Month, last: Month, opened_on: date) -> Hours:
    """Make the opening hours of a village for the months of a story, with the days on which it is shut."""
    told = office()["opening"]
    standing = [
        told[name] | {"valid_from": opened_on} for name in ("regular", "weekend", "library", "holiday")
    ]
    summers = [_summer(told["summer"], year) for year in range(first.year, last.year + 1)]
    closures = list(_closures(village, calendar, first, last))
    return Hours(calendar, (*standing, *summers, *closures))


def _summer(rule: Mapping[str, Any], year: int) -> dict[str, Any]:
    return dict(rule) | {
        "title": rule["title"].format(year=year),
        "valid_from": date(year, 7, 1),
        "valid_to": date(year, 9, 10),
    }


def _closures(village: Village, calendar: Calendar, first: Month, last: Month) -> Iterator[dict[str, Any]]:
    """Yield days on which the office is shut, about one every other month, never near the month's ends."""
    rng = stream(village.seed, "closures")
    month = first
    while month <= last:
        reasons = [each for each in table("closures") if str(month.month) in each[1].split()]
        if reasons and (rng.random() < 0.5 or month == first):
            reason, _months, title = rng.choice(reasons)
            days = [month.first + timedelta(days=n) for n in range(8, 22)]
            day = rng.choice([each for each in days if calendar.is_working(each)])
            yield {
                "title": title,
                "rule_type": "closed",
                "closure_reason": reason,
                "valid_from": day,
                "valid_to": day,
                "superior_informed": True,
            }
        month = month.next()


def enter_people(desk: Desk, people: People, count: int) -> None:
    """Enter the first *count* people of a village, as from the list that the office had on paper."""
    rows = [people.strangers.pop(0) for _n in range(count)]
    for added, row in zip(desk.registers.add("person", rows), rows, strict=True):
        people.meet(added.record.uid, row)
